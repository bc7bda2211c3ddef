"""Every rule on a fixture for each result it can have."""

from datetime import date

import pytest

from plans_repo.checks.deciding import decide
from plans_repo.checks.dossier import Dossier
from plans_repo.checks.pack import national_rules
from plans_repo.checks.parts import JUDGES
from plans_repo.checks.result import CheckResult, Outcome
from sim.figure import Mark
from tests.plans_repo.checks.cases import Case, cases
from tests.plans_repo.checks.dossiers import a_course, dossier, drilled, unit_dossier
from tests.plans_repo.checks.sentence_cases import sentence_cases

CASES = (*cases(), *sentence_cases())
CLOCKED = frozenset({"L02", "L03", "L06", "L08", "L09", "L10", "L11", "L12"})
"""Rules with a day by which something is to be done; only they can be nearly due."""
IMPOSSIBLE: dict[tuple[str, Outcome], str] = {
    **{
        (rule.id, Outcome.DUE_SOON): "no day is set by which it has to be so"
        for rule in national_rules()
        if rule.id not in CLOCKED
    },
    ("L19", Outcome.FAIL): "the text says that units may have manuals, not that they must",
    ("L14", Outcome.CANNOT_TELL): "the process and the clauses touched are always known, or there is no former edition",
    ("A15", Outcome.CANNOT_TELL): "looks at the text alone, which is always there",
    ("X03", Outcome.CANNOT_TELL): "looks at the text alone, which is always there",
    ("L01", Outcome.NOT_APPLICABLE): "every plan has a kind and a maker",
    ("L16", Outcome.NOT_APPLICABLE): "whether a plan needs an upper one is not known where none is entered",
    (
        "L19",
        Outcome.NOT_APPLICABLE,
    ): "every plan may give units duties; one that names none is not told from one misread",
    ("L20", Outcome.NOT_APPLICABLE): "every plan may name contacts; a text that names none cannot be told verified",
    ("A09", Outcome.NOT_APPLICABLE): "every kind of plan has chapters it must have",
    ("A12", Outcome.NOT_APPLICABLE): "every plan says how to reach the desk and within what time to report",
    ("X01", Outcome.NOT_APPLICABLE): "every plan is exported; without a file it cannot be told",
}
"""Results a rule can never have, and why."""
SAID_BY_NONE: dict[tuple[str, str], str] = {
    ("A07", "no_table"): "every kind has its line in the national table; said where a local pack takes one out",
    ("A09", "no_list"): "every kind has its chapters in the national pack; said of a kind added without them",
}
"""Sentences of the pack no fixture draws out, and why."""


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


def test_there_is_a_fixture_for_every_result_a_rule_can_have() -> None:
    covered = {(case.rule, case.outcome) for case in CASES}
    every = {(rule.id, outcome) for rule in national_rules() for outcome in Outcome}
    assert sorted(every - covered - set(IMPOSSIBLE)) == []  # neither shown nor said to be impossible
    assert sorted(covered & set(IMPOSSIBLE)) == []  # said to be impossible, and shown
    assert all(IMPOSSIBLE.values())


def test_every_sentence_a_rule_may_say_is_said_by_a_fixture() -> None:
    rules = {rule.id: rule for rule in national_rules()}
    said = {(case.rule, part.reason) for case in CASES for part in JUDGES[case.rule](case.dossier, rules[case.rule])}
    written = {(rule.id, reason) for rule in rules.values() for reason in rule.found}
    assert sorted(written - said - set(SAID_BY_NONE)) == []
    assert sorted(said & set(SAID_BY_NONE)) == []


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


def test_a_rule_cites_the_order_that_rules_the_kind_of_plan() -> None:
    def cited(rule: str, value: Dossier) -> tuple[str, str, Mark]:
        found = next(one for one in decide(value, language="zh") if one.id == rule)
        return found.source, found.article, found.mark

    order2 = "《生产安全事故应急预案管理办法》（应急管理部令第2号）"
    assert cited("L06", unit_dossier()) == (order2, "第二十八条", Mark.READ)
    assert cited("L03", unit_dossier()) == (order2, "第二十六条", Mark.READ)
    for rule in ("L03", "L06"):
        assert order2 not in cited(rule, dossier())[0]
    assert cited("L06", dossier())[1:] == ("", Mark.TO_BE_CONFIRMED)


def test_an_enterprise_files_within_so_many_days_of_publication() -> None:
    days = {"issued_on": date(2026, 3, 2), "published_on": date(2026, 3, 20), "filed_on": date(2026, 4, 8)}
    found = {one.id: one for one in decide(unit_dossier(course=a_course(**days)), language="zh")}
    assert (found["L03"].outcome, found["L03"].expected) == (Outcome.PASS, "自公布之日起20个工作日内报送备案")
    government = {one.id: one for one in decide(dossier(course=a_course(**days)), language="zh")}
    assert government["L03"].outcome is Outcome.FAIL
