"""Packs of a province or county: they add or override, and are refused with the file, the rule and the field."""

from pathlib import Path

import pytest

from plans_repo.checks.deciding import decide
from plans_repo.checks.local_packs import LocalPack, pack_from, read_packs, rules_for
from plans_repo.checks.result import CheckResult, Outcome
from plans_repo.errors import PlansRepoError
from tests.plans_repo.checks.dossiers import ISSUED, a_course, dossier
from tests.plans_repo.checks.packs import head, laid, rule

HEAD = head("/city/")
RULE = rule("L12", "第二十条", 1, "year", parameter="interval")


def packs_in(folder: Path, **files: str) -> tuple[LocalPack, ...]:
    return read_packs(laid(folder, **files))


def results(packs: tuple[LocalPack, ...], **more: object) -> dict[str, CheckResult]:
    return {one.id: one for one in decide(dossier(**more), rules=rules_for(packs))}


def test_a_stricter_local_rule_decides_and_names_the_national_one(tmp_path: Path) -> None:
    found = results(packs_in(tmp_path, a=HEAD + RULE), course=a_course(issued_on=ISSUED.replace(year=2025)))
    assert found["P-L12"].outcome is Outcome.FAIL
    assert found["P-L12"].pack == "某省规则"
    assert found["P-L12"].is_fictional
    assert [one.rule for one in found["P-L12"].beats] == ["L12"]
    assert found["L12"].beaten_by == "P-L12"


def test_a_laxer_local_rule_is_beaten(tmp_path: Path) -> None:
    found = results(packs_in(tmp_path, a=HEAD + RULE.replace("value = 1", "value = 5")))
    assert found["L12"].outcome is Outcome.PASS
    assert [one.rule for one in found["L12"].beats] == ["P-L12"]
    assert found["P-L12"].beaten_by == "L12"


def test_an_overriding_rule_takes_the_place_of_the_national_one(tmp_path: Path) -> None:
    found = results(packs_in(tmp_path, a=HEAD + RULE.replace('"add"', '"override"')))
    assert found["P-L12"].overrides == "L12"
    assert found["L12"].outcome is Outcome.NOT_APPLICABLE
    assert "P-L12" in found["L12"].found


def test_a_pack_of_another_area_is_silent(tmp_path: Path) -> None:
    found = results(packs_in(tmp_path, a=(HEAD + RULE).replace("/city/", "/elsewhere/")))
    assert "P-L12" not in found
    assert found["L12"].outcome is Outcome.PASS


def test_where_there_is_no_folder_there_are_no_packs(tmp_path: Path) -> None:
    assert read_packs(tmp_path / "packs") == ()


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("pack-format-unknown", "format = 1", "format = 2"),
        ("pack-area-malformed", '"/city/"', '"city"'),
        ("pack-base-unknown", '"L12"', '"L99"'),
        ("pack-id-taken", '"P-L12"', '"L08"'),
        ("pack-way-unknown", '"add"', '"relax"'),
        ("pack-parameter-unknown", "interval =", "span ="),
        ("pack-value-wrong", "value = 1", "value = -1"),
        ("pack-unit-wrong", '"year"', '"mm"'),
        ("pack-mark-unknown", '"to_be_confirmed"', '"sure"'),
        ("pack-word-missing", 'source = "某省办法"\n', ""),
        ("pack-field-unknown", 'article = "第二十条"', 'artikle = "第二十条"'),
        ("pack-kind-unknown", 'article = "第二十条"', 'kinds = ["county"]'),
        ("pack-table-missing", 'parameters = { interval = { value = 1, unit = "year" } }', "parameters = 3"),
        ("pack-unreadable", "[pack]", "[pack"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(tmp_path: Path, code: str, old: str, new: str) -> None:
    with pytest.raises(PlansRepoError) as refusal:
        packs_in(tmp_path, strange=(HEAD + RULE).replace(old, new))
    assert refusal.value.code == code
    assert "strange.toml" in str(refusal.value.fields["thing"])


def test_two_packs_cannot_use_one_id(tmp_path: Path) -> None:
    with pytest.raises(PlansRepoError, match="pack-id-taken"):
        packs_in(tmp_path, a=HEAD + RULE, b=(HEAD + RULE).replace('"province"', '"county"'))


def test_a_pack_without_rules_is_refused() -> None:
    with pytest.raises(PlansRepoError, match="pack-without-rules"):
        pack_from({"format": 1, "pack": {"id": "a", "title": "甲", "area": "/"}}, "a.toml")
