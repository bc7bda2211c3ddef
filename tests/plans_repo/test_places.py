"""A title that names another place is remarked on, fails L01 and fills no line of the catalogue by itself."""

import pytest

from plans_repo.checks import checking
from plans_repo.checks.result import Outcome
from plans_repo.intake import take_file
from plans_repo.organisations import Organisation, OrganisationKind
from plans_repo.places import named_place, other_place
from plans_repo.store.work import Store
from plans_repo.writing import catalogue
from plans_repo.writing.catalogue import Standing
from sim.procedure import Hazard
from tests.plans_repo.writing.test_beginning import EVERYBODY, bodies


def body(name: str, area: str, kind: OrganisationKind = OrganisationKind.GOVERNMENT) -> Organisation:
    return Organisation(id=name, name=name, name_en="", kind=kind, parent=None, area=area)


BODIES = (
    body("云陵市人民政府", "/y/"),
    body("清川县人民政府", "/y/q/"),
    body("石岭县人民政府", "/y/s/"),
    body("清川县双堤镇人民政府", "/y/q/t/", OrganisationKind.TOWNSHIP),
)


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("清川县防汛应急预案", ""),
        ("云陵市清川县防汛应急预案", ""),
        ("防汛应急预案", ""),
        ("城市内涝应急预案", ""),
        ("城区内涝应急预案", ""),
        ("景区踩踏事件应急预案", ""),
        ("清川县双堤镇防汛应急预案", ""),
        ("清川县石岭县防汛联合应急预案", ""),
        ("石岭县、清川县跨区域联防联控预案", ""),
        ("石岭县临河县防汛联合应急预案", "石岭县"),
        ("石岭县防汛应急预案", "石岭县"),
        ("临河县防汛抗旱应急预案", "临河县"),
        ("宁江市安平区地震应急预案", "宁江市安平区"),
        ("恩泽土家族苗族自治州地震应急预案", "恩泽土家族苗族自治州"),
    ],
)
def test_only_a_place_that_is_not_ones_own_is_another(title: str, place: str) -> None:
    assert other_place(title, "/y/q/", BODIES) == place


def test_without_known_places_nothing_is_said() -> None:
    assert other_place("临河县防汛应急预案", "/", ()) == ""
    assert named_place("市级应急预案") == ""


def test_a_plan_of_another_place_is_remarked_on_and_meets_no_line(store: Store) -> None:
    with store.work(EVERYBODY) as work:
        county = bodies(work)["临河县人民政府"]
        text = "# 石桥县防汛抗旱应急预案\n\n## 1 总则\n\n### 1.1 目的\n\n依法防汛。\n".encode()
        opened = take_file(work, text, "a.md", hazard=Hazard.FLOOD, organisation=county.id).first
        assert [(one.code, dict(one.fields)["place"]) for one in opened.warnings if one.code.startswith("title")] == [
            ("title-of-another-place", "石桥县")
        ]
        lines = {one.title: one for one in catalogue.catalogue(work)}
        assert lines["临河县防汛抗旱应急预案"].standing is Standing.MISSING
        assert (lines["石桥县防汛抗旱应急预案"].elsewhere, lines["石桥县防汛抗旱应急预案"].asked) == ("石桥县", "")
        (result,) = (one for one in checking.check(work, opened.plan).results if one.id == "L01")
        assert result.outcome is Outcome.FAIL
        assert "石桥县" in result.found


def test_a_second_plan_of_the_same_name_is_remarked_on_and_a_revision_is_not(store: Store) -> None:
    text = "# 临河县防汛抗旱应急预案\n\n## 1 总则\n\n依法防汛。\n".encode()
    with store.work(EVERYBODY) as work:
        first = take_file(work, text, "a.md").first
        again = take_file(work, text.replace("依法".encode(), "科学".encode()), "b.md").first
        into = take_file(work, text.replace("依法".encode(), "依规".encode()), "c.md", into=first.plan).first
        told = [dict(one.fields)["plan"] for one in again.warnings if one.code == "title-known"]
    assert told == [first.plan]
    assert not [one for one in first.warnings if one.code == "title-known"]
    assert into.plan == first.plan
