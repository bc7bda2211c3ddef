"""Every rule on a fixture for each result it can have."""

import pytest

from plans_repo.checks.deciding import decide
from plans_repo.checks.pack import national_rules
from plans_repo.checks.parts import JUDGES
from plans_repo.checks.result import CheckResult, Outcome
from tests.plans_repo.checks.cases import Case, cases
from tests.plans_repo.checks.dossiers import dossier, drilled

CASES = tuple(cases())
NEVER: dict[Outcome, frozenset[str]] = {
    Outcome.PASS: frozenset(),
    Outcome.DUE_SOON: frozenset({rule.id for rule in national_rules()})
    - {"L02", "L03", "L06", "L08", "L09", "L10", "L11", "L12"},
    Outcome.CANNOT_TELL: frozenset({"L14", "A12", "A15", "X03"}),  # they look at the text alone, or have no base
    Outcome.NOT_APPLICABLE: frozenset({"L01", "L16", "L19", "L20", "A01", "A02", "A03", "A09", "A12", "X01"}),
    Outcome.FAIL: frozenset({"L19"}),  # the text says “may”
}


def result_of(case: Case, language: str = "zh") -> CheckResult:
    return next(one for one in decide(case.dossier, language=language) if one.id == case.rule)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_rule_turns_out_as_it_should(case: Case) -> None:
    found = result_of(case)
    assert (found.outcome, found.found) == (case.outcome, found.found)
    assert case.says in found.found
    assert "—" not in found.expected
    assert "{" not in f"{found.expected}{found.found}{found.todo}"
    assert bool(found.todo) == (case.outcome not in (Outcome.PASS, Outcome.NOT_APPLICABLE))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_same_is_said_in_english(case: Case) -> None:
    found = result_of(case, "en")
    assert found.outcome is case.outcome
    assert found.title.isascii()
    assert found.expected
    assert "{" not in f"{found.expected}{found.found}{found.todo}"


@pytest.mark.parametrize("rule", [rule.id for rule in national_rules()])
def test_there_is_a_fixture_for_every_result_a_rule_can_have(rule: str) -> None:
    covered = {case.outcome for case in CASES if case.rule == rule}
    assert covered == {outcome for outcome in Outcome if rule not in NEVER[outcome]}


def test_every_rule_has_its_code_and_its_words() -> None:
    assert set(JUDGES) == {rule.id for rule in national_rules()}
    for rule in national_rules():
        assert rule.title.zh
        assert rule.title.en
        assert rule.source.zh
        assert rule.source.en
        assert "ok" in rule.found or rule.matter or rule.id in ("L10", "L13", "L14"), rule.id


def test_the_strictest_of_several_drill_rules_decides_and_names_the_others() -> None:
    results = {one.id: one for one in decide(dossier(drills=drilled(production_safety=True)))}
    assert results["L09"].outcome is Outcome.PASS
    assert [one.rule for one in results["L09"].beats] == ["L08"]
    assert "3年" in results["L09"].beats[0].asks
    assert results["L08"].outcome is Outcome.NOT_APPLICABLE
    assert results["L08"].beaten_by == "L09"
    assert "L09" in results["L08"].found


def test_a_result_points_at_its_clauses() -> None:
    case = next(one for one in CASES if one.rule == "A13" and one.name == "they overlap")
    where = result_of(case).where
    assert {place.id for place in where} <= set(case.dossier.by_id)
    assert [place.label for place in where] == ["六（三）", "六（四）"]
