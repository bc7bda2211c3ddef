"""What must be drilled by when."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from drills.due import DueItem, DueState, chronicle, due_items, next_due
from drills.duty import Basis, add_months
from drills.rules import Rule, UnitPlan, rule_pack
from drills.subject import Subject, applies, without_rule
from plans_repo.organisations import OrganisationKind
from plans_repo.plans import PlanKind
from sim.figure import Figure, Mark
from tests.drills.builders import a_subject

TODAY = date(2026, 11, 20)
RULES = rule_pack().rules


def due(*subjects: Subject, year: int = 2027) -> tuple[DueItem, ...]:
    return due_items(subjects, RULES, year=year, today=TODAY)


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
    assert item.mark is Mark.TO_BE_CONFIRMED


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


def test_a_drill_to_come_says_what_would_be_due_after_it() -> None:
    drilled = a_subject(held=(date(2024, 5, 6),), planned=(date(2026, 12, 1),))
    (item,) = next_due([drilled], RULES)
    assert (item.by, item.since, item.on, item.is_held, item.next_by) == (
        date(2027, 5, 6), date(2024, 5, 6), date(2026, 12, 1), False, date(2029, 12, 1),
    )  # fmt: skip
    (after,) = due(drilled, year=2029)
    assert (after.by, after.since, after.basis) == (date(2029, 12, 1), date(2026, 12, 1), Basis.PLANNED)


def test_a_drill_planned_early_stands_in_its_own_year_and_in_that_of_its_last_day() -> None:
    drilled = a_subject(held=(date(2024, 5, 6),), planned=(date(2026, 12, 1),))
    for year, state in ((2026, DueState.LATER), (2027, DueState.DUE)):
        (item,) = due(drilled, year=year)
        assert (item.by, item.on, item.is_held, item.state) == (
            date(2027, 5, 6), date(2026, 12, 1), False, state,
        )  # fmt: skip
    assert due(drilled, year=2028) == ()


def test_a_drill_held_early_stands_in_its_own_year_and_in_that_of_its_last_day() -> None:
    drilled = a_subject(held=(date(2024, 5, 6), date(2026, 10, 9)))
    for year in (2026, 2027):
        (item,) = due(drilled, year=year)
        assert (item.by, item.on, item.state) == (date(2027, 5, 6), date(2026, 10, 9), DueState.HELD)
        assert item.is_met_before(year) == (year == 2027)  # a programme lists it as due no more
    assert due(drilled, year=2028) == ()


def test_an_enterprise_that_binds_its_plans_in_one_is_listed_for_each_kind_of_drill() -> None:
    bound = a_subject(
        "bound", kind=PlanKind.UNIT, maker="firm", maker_kind=OrganisationKind.ENTERPRISE, issued_on=date(2026, 11, 28),
        unit_plan=UnitPlan.COMPREHENSIVE, parts=frozenset({UnitPlan.COMPREHENSIVE, UnitPlan.ON_SITE}),
    )  # fmt: skip
    on_site, whole = "order-2-on-site-half-year", "order-2-enterprise-year"
    found = [(item.by, item.rule.id) for item in due_items([bound], RULES, year=2027, today=date(2026, 12, 1))]
    assert found == [
        (date(2027, 5, 28), on_site), (date(2027, 11, 28), on_site), (date(2027, 11, 28), whole),
    ]  # fmt: skip
    drilled = replace(bound, held=(date(2027, 3, 1),), of_part=((date(2027, 3, 1), frozenset({UnitPlan.ON_SITE})),))
    listed = {item.rule.id: item.by for item in due_items([drilled], RULES, year=2027, today=date(2027, 4, 1))}
    assert listed == {on_site: date(2027, 9, 1), whole: date(2027, 11, 28)}
    by_whole = replace(drilled, of_part=())  # of the whole plan: it answers both
    (held, half) = due_items([by_whole], RULES, year=2027, today=date(2027, 4, 1))
    assert (held.is_held, half.rule.id, half.by) == (True, on_site, date(2027, 9, 1))


def test_the_first_drill_of_a_plan_with_no_known_day_is_listed_as_held_in_its_year() -> None:
    drilled = a_subject(held=(date(2026, 5, 13),))
    (item,) = due(drilled, year=2026)
    assert (item.by, item.on, item.state, item.basis) == (None, date(2026, 5, 13), DueState.HELD, Basis.UNKNOWN)
    assert due(drilled, year=2027) == ()
    assert [later.by for later in next_due([drilled], RULES)] == [date(2029, 5, 13)]


def test_the_year_in_which_a_drill_was_held_shows_what_it_answered() -> None:
    drilled = a_subject(held=(date(2023, 5, 20), date(2026, 5, 13)))
    (item,) = due(drilled, year=2026)
    assert (item.by, item.since, item.state, item.on) == (
        date(2026, 5, 20), date(2023, 5, 20), DueState.HELD, date(2026, 5, 13),
    )  # fmt: skip
    assert [later.by for later in next_due([drilled], RULES)] == [date(2029, 5, 13)]


def test_what_is_overdue_is_not_dragged_through_the_years_to_come() -> None:
    drilled = a_subject(drilled_on=date(2020, 1, 1))
    assert [bool(due(drilled, year=year)) for year in (2026, 2027, 2028)] == [True, True, False]


def test_the_interval_of_a_plans_own_text_counts_like_any_other() -> None:
    own = Rule(
        id="plan-text-1", title="县级演练每年组织一次", title_en="every year",
        interval=Figure(value=12, unit="month", source="《预案》八（二）", mark=Mark.PLAN),
    )  # fmt: skip
    forest = a_subject(drilled_on=date(2026, 10, 1), own_rules=(own,))
    (item,) = due(forest)
    assert (item.by, item.rule.id, item.mark) == (date(2027, 10, 1), "plan-text-1", Mark.PLAN)
    assert [claim.rule.id for claim in item.others] == ["measures-three-years"]
    overall = a_subject(kind=PlanKind.OVERALL, own_rules=(own,))
    assert without_rule([overall], RULES) == ()


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
        held=st.lists(days, max_size=3, unique=True).map(sorted).map(tuple),
        planned=st.lists(st.dates(TODAY, date(2030, 12, 31)), max_size=2, unique=True).map(sorted).map(tuple),
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
    items, later = due(*known), {item.plan: item for item in next_due(known, RULES)}
    for subject in known:
        by = strictest(subject, RULES)
        if by is not None:
            assert later[subject.plan].by is not None
            assert later[subject.plan].by <= by  # type: ignore[operator]
        elif any(applies(rule, subject) and rule.counts == "plan" for rule in RULES):
            assert subject.plan in {item.plan for item in items}
        if by is not None and by <= date(2027, 12, 31) and not subject.planned:
            assert any(item.plan == subject.plan and item.by and item.by <= by for item in items)


@given(subjects, st.integers(2014, 2034), st.integers(2014, 2034))
@settings(max_examples=150)
def test_all_years_show_the_same_days(known: list[Subject], first: int, second: int) -> None:
    one, other = (due(*known, year=year) for year in (first, second))
    facts = {(item.rule.id, item.plans, item.since): replace(item, state=DueState.DUE) for item in one if item.by}
    for item in other:
        if item.by is not None and (same := facts.get((item.rule.id, item.plans, item.since))) is not None:
            assert replace(item, state=DueState.DUE) == same
        if item.by is not None and item.by.year == first and (item.on is None or item.on.year >= first):
            assert (item.rule.id, item.plans, item.since) in facts


@given(subjects, st.integers(2027, 2034))
@settings(max_examples=100)
def test_a_longer_chronicle_begins_with_the_shorter_one(known: list[Subject], year: int) -> None:
    end = date(year, 12, 31)
    short = [item for item in chronicle(known, RULES, until=end, today=TODAY) if item.by]
    long = [item for item in chronicle(known, RULES, until=date(2040, 1, 1), today=TODAY) if item.by]
    assert [item for item in long if item.is_held or min(item.by or end, item.on or date.max) <= end] == short


@given(subjects)
@settings(max_examples=60, deadline=None)
def test_every_drill_stands_in_its_year_and_the_years_together_are_the_chronicle(known: list[Subject]) -> None:
    years = range(2014, 2042)
    shown = {year: due(*known, year=year) for year in years}
    for subject in known:
        is_ruled = any(applies(rule, subject) for rule in RULES)
        for on in (*subject.held, *(day for day in subject.planned if day > TODAY)) if is_ruled else ():
            assert any(item.on == on and subject.plan in item.plans for item in shown[on.year])
    whole = chronicle(known, RULES, until=date(2041, 12, 31), today=TODAY)
    assert {bare(item) for items in shown.values() for item in items} == {bare(item) for item in whole}
    assert all(bare(item) in map(bare, shown[item.by.year]) for item in whole if item.by)


def bare(item: DueItem) -> DueItem:
    return replace(item, state=DueState.DUE)


@given(subjects)
@settings(max_examples=150)
def test_a_drill_to_come_is_never_taken_for_the_last_one(known: list[Subject]) -> None:
    bare = [replace(subject, planned=()) for subject in known]
    with_plans, without = next_due(known, RULES), next_due(bare, RULES)
    assert [(item.plan, item.by, item.since, item.basis) for item in with_plans] == [
        (item.plan, item.by, item.since, item.basis) for item in without
    ]
    assert all(item.is_firm and item.since and item.since < TODAY for item in with_plans)
    assert all(item.on is None or item.on >= TODAY for item in with_plans)


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
