"""Which upper and linked plans are proposed: the nearest by title, none where a title names another place."""

import pytest

from plans_repo import plans
from plans_repo.linkage.network import network, proposals
from plans_repo.linkage.proposing import Basis
from plans_repo.linkage.subjects import subjects, topic, wider
from plans_repo.organisations import OrganisationKind
from plans_repo.plans import PlanKind, RelationKind
from plans_repo.store.work import Actor, Store, Work
from tests.plans_repo.builders import a_body
from tests.plans_repo.linkage.test_linkage import kept

CITY, COUNTY, OTHER, TOWN = "/y/", "/y/q/", "/y/s/", "/y/q/4/"
COUNTY_PLANS = (
    "清川县防汛应急预案", "清川县城区内涝应急预案（试行）", "清川县山洪灾害防御应急预案",
    "清川县山洪灾害人员转移应急预案", "清川县抗旱应急预案", "清川县水利工程险情应急预案",
    "清川县城市建筑火灾事故应急预案",
    "清川县高层建筑及人员密集场所火灾应急预案", "清川县森林火灾应急预案", "清川县矿山生产安全事故应急预案",
)  # fmt: skip


@pytest.fixture
def work(store: Store, everybody: Actor):  # type: ignore[no-untyped-def]
    with store.work(everybody) as opened:
        yield opened


@pytest.fixture
def bodies(work: Work) -> dict[str, str]:
    """A city, two counties, a township of the first."""
    government, town = OrganisationKind.GOVERNMENT, OrganisationKind.TOWNSHIP
    said = (
        (CITY, "云陵市人民政府", government), (COUNTY, "清川县人民政府", government),
        (OTHER, "石岭县人民政府", government), (TOWN, "清川县双堤镇人民政府", town),
    )  # fmt: skip
    return {area: a_body(work, name, area, kind).id for area, name, kind in said}


@pytest.fixture
def county(work: Work, bodies: dict[str, str]) -> dict[str, str]:
    """The county's overall plan and its special plans, by title."""
    made = {title: kept(work, title, bodies[COUNTY]) for title in COUNTY_PLANS}
    title = "清川县突发事件总体应急预案"
    return made | {title: kept(work, title, bodies[COUNTY], kind=PlanKind.OVERALL, hazard=None)}


def proposed(work: Work, plan: str, kind: RelationKind | None = None) -> set[tuple[str, Basis]]:
    found = network(work, plan)
    return {
        (found.titles[tie.other], tie.basis.basis)
        for tie in proposals(work, plan)
        if tie.basis and kind in (None, tie.kind)
    }


OFFERED = [
    ("清川县双堤镇防汛应急预案", {("清川县防汛应急预案", Basis.SAME_SUBJECT)}),
    ("双堤镇防汛应急预案", {("清川县防汛应急预案", Basis.SAME_SUBJECT)}),
    ("清川县双堤镇山洪灾害防御应急预案", {("清川县山洪灾害防御应急预案", Basis.SAME_SUBJECT)}),
    ("清川县双堤镇城镇内涝应急预案", {("清川县城区内涝应急预案（试行）", Basis.SAME_SUBJECT)}),
    (
        "清川县双堤镇防汛抗旱应急预案",
        {("清川县防汛应急预案", Basis.SAME_SUBJECT), ("清川县抗旱应急预案", Basis.SAME_SUBJECT)},
    ),
    ("清川县双堤镇煤矿事故应急预案", {("清川县矿山生产安全事故应急预案", Basis.WIDER_SUBJECT)}),
    ("清川县双堤镇森林火灾应急预案", {("清川县森林火灾应急预案", Basis.SAME_SUBJECT)}),
    (
        "清川县双堤镇敬老院火灾应急预案",
        {("清川县突发事件总体应急预案", Basis.OVERALL)},
    ),  # no plan for fires as such
    ("清川县双堤镇蜂群伤人事件应急预案", {("清川县突发事件总体应急预案", Basis.OVERALL)}),
    ("清川县双堤镇突发事件应急预案", {("清川县突发事件总体应急预案", Basis.OVERALL)}),
]


def test_a_township_is_offered_the_nearest_plan_of_its_county(
    work: Work, bodies: dict[str, str], county: dict[str, str]
) -> None:
    for title, wanted in OFFERED:
        own = kept(work, title, bodies[TOWN], kind=PlanKind.TOWNSHIP)
        assert proposed(work, own, RelationKind.UPPER) == wanted, title


def test_what_was_said_is_not_proposed_again_in_other_words(
    work: Work, bodies: dict[str, str], county: dict[str, str]
) -> None:
    own = kept(work, "清川县双堤镇防汛应急预案", bodies[TOWN], kind=PlanKind.TOWNSHIP)
    plans.relate(work, own, county["清川县防汛应急预案"], RelationKind.UPPER)
    assert proposals(work, own) == ()


def test_a_plan_of_another_county_kept_here_by_mistake_is_upper_of_nothing(work: Work, bodies: dict[str, str]) -> None:
    """The importer filed 石岭县's and an unregistered county's plan under 清川县: the titles decide."""
    wrong = kept(work, "石岭县防汛应急预案", bodies[COUNTY])
    unknown = kept(work, "临河县防汛抗旱应急预案", bodies[COUNTY])
    own = kept(work, "清川县双堤镇防汛应急预案", bodies[TOWN], kind=PlanKind.TOWNSHIP)
    found = network(work, own)
    assert found.ties == ()
    assert {(one.plan, one.place, one.body) for one in found.doubts} == {
        (wrong, "石岭县", "清川县人民政府"),
        (unknown, "临河县", "清川县人民政府"),
    }
    assert proposals(work, wrong) == proposals(work, unknown) == ()
    right = kept(work, "清川县防汛应急预案", bodies[COUNTY])
    assert proposed(work, own) == {("清川县防汛应急预案", Basis.SAME_SUBJECT)}
    assert right


NAMED = [
    ("石岭县防汛应急预案", COUNTY, PlanKind.SPECIAL, "石岭县"),  # another county of the register
    ("临河县防汛应急预案", COUNTY, PlanKind.SPECIAL, "临河县"),  # one the register does not know
    ("云陵市临河县防汛应急预案", COUNTY, PlanKind.SPECIAL, "云陵市临河县"),
    ("云陵市防汛应急预案", COUNTY, PlanKind.SPECIAL, "云陵市"),  # the city's plan, kept for the county
    ("清川县防汛应急预案", TOWN, PlanKind.TOWNSHIP, "清川县"),  # the county's plan, kept for a township
    ("清川县防汛应急预案", CITY, PlanKind.SPECIAL, "清川县"),  # the county's plan, kept for the city
    ("双堤镇防汛应急预案", COUNTY, PlanKind.SPECIAL, "双堤镇"),
    ("双堤镇防汛应急预案", OTHER, PlanKind.SPECIAL, "双堤镇"),
    ("清川县防汛应急预案", COUNTY, PlanKind.SPECIAL, ""),
    ("云陵市清川县防汛应急预案", COUNTY, PlanKind.SPECIAL, ""),
    ("防汛应急预案", COUNTY, PlanKind.SPECIAL, ""),
    ("城市内涝应急预案", COUNTY, PlanKind.SPECIAL, ""),
    ("清川县城市建筑火灾应急预案", COUNTY, PlanKind.SPECIAL, ""),
    ("农贸市场火灾应急预案", COUNTY, PlanKind.SPECIAL, ""),
    ("清川县青杠坪煤矿透水事故现场处置方案", COUNTY, PlanKind.UNIT, ""),
    ("清川县双堤镇中心小学校园火灾应急预案", COUNTY, PlanKind.UNIT, ""),
]


def test_a_title_that_names_another_place_is_told(work: Work, bodies: dict[str, str]) -> None:
    for title, body, kind, place in NAMED:
        own = kept(work, title, bodies[body], kind=kind)
        told = [one.place for one in network(work, own).doubts if one.plan == own]
        assert told == ([place] if place else []), title


def test_a_special_plan_is_offered_its_overall_plan_and_the_city_plan_for_the_same_event(
    work: Work, bodies: dict[str, str], county: dict[str, str]
) -> None:
    kept(work, "云陵市突发事件总体应急预案", bodies[CITY], kind=PlanKind.OVERALL, hazard=None)
    for title in ("云陵市防汛抗旱应急预案", "云陵市森林草原火灾应急预案", "云陵市生产安全事故应急预案"):
        kept(work, title, bodies[CITY])
    overall = ("清川县突发事件总体应急预案", Basis.OVERALL)
    wanted = {
        "清川县防汛应急预案": {("云陵市防汛抗旱应急预案", Basis.SAME_SUBJECT)},
        "清川县城区内涝应急预案（试行）": {("云陵市防汛抗旱应急预案", Basis.WIDER_SUBJECT)},
        "清川县森林火灾应急预案": {("云陵市森林草原火灾应急预案", Basis.SAME_SUBJECT)},
        "清川县矿山生产安全事故应急预案": {("云陵市生产安全事故应急预案", Basis.WIDER_SUBJECT)},
        "清川县城市建筑火灾事故应急预案": set(),  # no level is skipped to the city's overall plan
    }
    for title, upper in wanted.items():
        assert proposed(work, county[title], RelationKind.UPPER) == upper
        assert proposed(work, county[title], RelationKind.SPECIAL_OF) == {overall}
    assert proposed(work, county[overall[0]]) == {("云陵市突发事件总体应急预案", Basis.OVERALL)}


def test_neighbours_are_the_same_event_and_what_it_is_a_part_of(work: Work, county: dict[str, str]) -> None:
    def linked(title: str) -> set[tuple[str, Basis]]:
        return proposed(work, county[title], RelationKind.LINKED)

    assert linked("清川县城区内涝应急预案（试行）") == {("清川县防汛应急预案", Basis.WIDER_SUBJECT)}
    assert linked("清川县山洪灾害人员转移应急预案") == {
        ("清川县山洪灾害防御应急预案", Basis.SAME_SUBJECT),
        ("清川县防汛应急预案", Basis.WIDER_SUBJECT),
    }
    assert linked("清川县高层建筑及人员密集场所火灾应急预案") == {
        ("清川县城市建筑火灾事故应急预案", Basis.WIDER_SUBJECT)
    }
    assert linked("清川县防汛应急预案") == linked("清川县抗旱应急预案") == linked("清川县森林火灾应急预案") == set()


def test_a_unit_is_under_the_government_of_its_place(
    work: Work, bodies: dict[str, str], county: dict[str, str]
) -> None:
    kept(work, "云陵市生产安全事故应急预案", bodies[CITY])
    own = kept(work, "清川县青杠坪煤矿瓦斯爆炸事故现场处置方案", bodies[COUNTY], kind=PlanKind.UNIT)
    assert proposed(work, own) == {("清川县矿山生产安全事故应急预案", Basis.WIDER_SUBJECT)}


def test_a_village_is_under_its_township(work: Work, bodies: dict[str, str], county: dict[str, str]) -> None:
    village = a_body(work, "清川县双堤镇江湾村村民委员会", f"{TOWN}1/", OrganisationKind.VILLAGE).id
    own = kept(work, "江湾村防汛应急预案", village, kind=PlanKind.VILLAGE)
    kept(work, "清川县双堤镇突发事件应急预案", bodies[TOWN], kind=PlanKind.TOWNSHIP)
    assert proposed(work, own) == {("清川县双堤镇突发事件应急预案", Basis.OVERALL)}
    kept(work, "清川县双堤镇防汛抗旱应急预案", bodies[TOWN], kind=PlanKind.TOWNSHIP)
    assert proposed(work, own) == {("清川县双堤镇防汛抗旱应急预案", Basis.SAME_SUBJECT)}


def test_a_plan_named_in_the_text_for_another_event_is_linked_not_above(
    work: Work, bodies: dict[str, str], county: dict[str, str]
) -> None:
    text = "转移安置按照《清川县自然灾害救助应急预案》执行，汛情按照《清川县防汛应急预案》执行。"
    kept(work, "清川县自然灾害救助应急预案", bodies[COUNTY])
    own = kept(work, "清川县双堤镇防汛应急预案", bodies[TOWN], text, kind=PlanKind.TOWNSHIP)
    assert proposed(work, own, RelationKind.UPPER) == {("清川县防汛应急预案", Basis.CITED)}
    assert proposed(work, own, RelationKind.LINKED) == {("清川县自然灾害救助应急预案", Basis.CITED)}


def test_the_subjects_of_the_pack_hang_together() -> None:
    known = subjects()
    assert all(one.wider in ("", *known) and one.needs in ("", *known) for one in known.values())
    assert all(name not in wider(name) for name in known)
    assert topic("清川县人员密集场所踩踏事件应急预案", "清川县").subjects == {"crowds"}
