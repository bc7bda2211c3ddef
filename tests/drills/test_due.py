"""What must be drilled by when."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from drills.due import Basis, DueItem, DueState, Subject, add_months, applies, due_items, without_rule
from drills.rules import Rule, UnitPlan, rule_pack
from plans_repo.organisations import OrganisationKind
from plans_repo.plans import PlanKind
from sim.figure import Mark
from tests.drills.builders import a_subject

TODAY = date(2026, 11, 20)
RULES = rule_pack().rules


def due(*subjects: Subject, year: int = 2027) -> tuple[DueItem, ...]:
    return due_items(subjects, RULES, start=date(year, 1, 1), end=date(year, 12, 31), today=TODAY)


def lines(items: tuple[DueItem, ...]) -> list[tuple[str, str, str]]:
    return [(item.plan, str(item.by), item.rule.id) for item in items]


def test_a_special_plan_is_due_three_years_after_its_last_drill() -> None:
    (item,) = due(a_subject(drilled_on=date(2024, 5, 6)))
    assert (item.by, item.rule.id, item.state, item.basis) == (
        date(2027, 5, 6),
        "measures-three-years",
        DueState.DUE,
        Basis.DRILL,
    )
    assert "国办发〔2024〕5号" in item.source
    assert item.mark is Mark.READ


def test_a_plan_that_was_never_drilled_counts_from_its_day_of_issue() -> None:
    (item,) = due(a_subject(issued_on=date(2024, 5, 6)))
    assert (item.by, item.basis) == (date(2027, 5, 6), Basis.ISSUE)


def test_a_plan_with_no_known_day_is_listed_as_such_and_not_dropped() -> None:
    (item,) = due(a_subject())
    assert (item.by, item.state, item.rule.id) == (None, DueState.CANNOT_TELL, "measures-three-years")


def test_the_strictest_rule_wins_and_the_other_is_shown_beside_it() -> None:
    (item,) = due(
        a_subject(
            drilled_on=date(2025, 6, 1),
            production_safety=True,
            maker_kind=OrganisationKind.GOVERNMENT,
        )
    )
    assert (item.by, item.rule.id) == (date(2027, 6, 1), "order-708-two-years")
    assert [(claim.rule.id, claim.by) for claim in item.others] == [("measures-three-years", date(2028, 6, 1))]


def test_an_emergency_bureaus_own_plan_carries_the_mark_of_a_rule_to_be_confirmed() -> None:
    (item,) = due(
        a_subject(kind=PlanKind.DEPARTMENT, maker_kind=OrganisationKind.EMERGENCY_BUREAU, drilled_on=date(2025, 6, 1))
    )
    assert (item.rule.id, item.mark) == ("order-2-bureau-two-years", Mark.TO_BE_CONFIRMED)


def test_what_is_long_past_is_overdue() -> None:
    (item,) = due(a_subject(drilled_on=date(2020, 1, 1)))
    assert (item.by, item.is_overdue) == (date(2023, 1, 1), True)


def test_what_falls_due_before_the_year_begins_is_not_forgotten() -> None:
    (item,) = due(a_subject(drilled_on=date(2023, 12, 20)))
    assert (item.by, item.state) == (date(2026, 12, 20), DueState.EARLIER)


def test_what_falls_due_later_is_not_listed() -> None:
    assert due(a_subject(drilled_on=date(2025, 1, 1))) == ()


def a_mine(*kinds: UnitPlan) -> list[Subject]:
    return [
        a_subject(
            kind.value,
            kind=PlanKind.UNIT,
            maker="mine 1",
            maker_kind=OrganisationKind.ENTERPRISE,
            high_risk=True,
            unit_plan=kind,
            drilled_on=date(2026, 10, 15),
        )
        for kind in kinds
    ]


def test_a_high_risk_unit_drills_twice_a_year_and_one_drill_serves_all_its_rules() -> None:
    assert lines(due(*a_mine(*UnitPlan))) == [
        ("on_site", "2027-04-15", "order-2-on-site-half-year"),
        ("on_site", "2027-10-15", "order-2-on-site-half-year"),
        ("comprehensive", "2027-10-15", "order-2-enterprise-year"),
    ]


def test_an_enterprise_needs_one_drill_of_either_plan_a_year() -> None:
    calm = [
        a_subject(
            kind.value, kind=PlanKind.UNIT, maker="firm", maker_kind=OrganisationKind.ENTERPRISE, unit_plan=kind,
            drilled_on=on,
        )
        for kind, on in ((UnitPlan.COMPREHENSIVE, date(2026, 6, 1)), (UnitPlan.SPECIAL, date(2024, 6, 1)))
    ]  # fmt: skip
    (item,) = due(*calm)
    assert (item.plan, item.by, set(item.plans)) == ("special", date(2027, 6, 1), {"comprehensive", "special"})


def test_a_plan_no_rule_knows_is_named() -> None:
    overall = a_subject(kind=PlanKind.OVERALL)
    assert due(overall) == ()
    assert without_rule([overall], RULES) == (overall,)


def test_every_rule_names_its_source_in_both_languages_and_its_mark() -> None:
    for rule in RULES:
        assert all((rule.source, rule.source_en, rule.title, rule.title_en))
        assert rule.mark in (Mark.READ, Mark.TO_BE_CONFIRMED)
        assert bool(rule.note) == bool(rule.note_en)


def test_judgements_are_never_marked_as_read() -> None:
    pack = rule_pack()
    for figure in (pack.gap, pack.lead, pack.warning_hold, pack.catch_up):
        assert figure.mark is Mark.TO_BE_CONFIRMED
    assert all(season.mark is Mark.TO_BE_CONFIRMED for season in pack.seasons)


days = st.dates(date(2015, 1, 1), date(2026, 11, 19))
subjects = st.lists(
    st.builds(
        Subject,
        plan=st.uuids().map(str),
        title=st.just("预案"),
        kind=st.sampled_from(PlanKind),
        maker=st.sampled_from([None, "a", "b"]),
        maker_kind=st.sampled_from(OrganisationKind),
        production_safety=st.booleans(),
        high_risk=st.booleans(),
        unit_plan=st.none() | st.sampled_from(UnitPlan),
        issued_on=st.none() | days,
        drilled_on=st.none() | days,
    ),
    max_size=8,
)


def strictest(subject: Subject, rules: tuple[Rule, ...]) -> date | None:
    since = subject.drilled_on or subject.issued_on
    months = [rule.months for rule in rules if rule.counts == "plan" and applies(rule, subject)]
    return add_months(since, min(months)) if since and months else None


@given(subjects)
@settings(max_examples=150)
def test_no_plan_with_an_interval_of_its_own_is_ever_missing(known: list[Subject]) -> None:
    items = due(*known)
    for subject in known:
        by = strictest(subject, RULES)
        firsts = [item.by for item in items if item.plan == subject.plan]
        if by is not None and by <= date(2027, 12, 31):
            assert firsts
            assert firsts[0] is not None
            assert firsts[0] <= by
        elif any(applies(rule, subject) and rule.counts == "plan" for rule in RULES) and by is None:
            assert subject.plan in {item.plan for item in items}


@given(subjects)
@settings(max_examples=150)
def test_the_winning_rule_is_never_later_than_those_beside_it(known: list[Subject]) -> None:
    for item in due(*known):
        if item.by is not None:
            assert all(claim.by is None or claim.by >= item.by for claim in item.others)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 60))
def test_months_are_added_as_people_count_them(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1
