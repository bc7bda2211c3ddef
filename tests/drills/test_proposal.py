"""A proposed programme for a year."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from drills.answers import answers, out_of_step
from drills.drill import Content, DrillType, Form, State
from drills.proposal import Proposal, propose
from drills.rules import UnitPlan, rule_pack
from drills.scheduling import Blackout, BlackoutKind
from drills.subject import Subject
from plans_repo.course.working_days import Calendar
from plans_repo.organisations import OrganisationKind
from plans_repo.plans import PlanKind
from tests.drills.builders import a_subject

TODAY = date(2026, 11, 20)
PACK = rule_pack()
CATCH_UP = timedelta(days=int(PACK.catch_up.value))
EXAM = Blackout(
    id="x", kind=BlackoutKind.EXAMINATION, start_on=date(2027, 6, 1), end_on=date(2027, 6, 20), reason="高考"
)


def a_proposal(*subjects: Subject, blackouts: tuple[Blackout, ...] = ()) -> Proposal:
    return propose(2027, subjects, pack=PACK, calendar=Calendar(), blackouts=blackouts, today=TODAY)


def test_a_first_drill_is_single_and_tabletop_and_the_next_is_live() -> None:
    first = a_proposal(a_subject(drilled_on=date(2024, 9, 1))).drills[0]
    after = a_proposal(a_subject(drilled_on=date(2024, 9, 1), last_type=DrillType())).drills[0]
    assert (first.type.content, first.type.form) == (Content.SINGLE, Form.TABLETOP)
    assert (after.type.content, after.type.form) == (Content.SINGLE, Form.LIVE)


def test_a_flood_drill_is_held_before_the_flood_season() -> None:
    (drill,) = a_proposal(a_subject(hazard="flood", drilled_on=date(2024, 12, 1))).drills
    assert drill.on is not None
    assert drill.on.month in (3, 4, 5)


def test_an_overdue_plan_is_drilled_within_ninety_days() -> None:
    (drill,) = a_proposal(a_subject(drilled_on=date(2020, 1, 1))).drills
    assert drill.on is not None
    assert drill.on <= date(2027, 4, 1)


def test_a_plan_that_cannot_be_judged_gets_a_drill_all_the_same() -> None:
    proposal = a_proposal(a_subject())
    assert [drill.by for drill in proposal.drills] == [None]


def test_a_deadline_inside_a_blackout_is_met_before_it() -> None:
    (drill,) = a_proposal(a_subject(drilled_on=date(2024, 6, 10)), blackouts=(EXAM,)).drills
    assert drill.on is not None
    assert drill.on < EXAM.start_on


def test_a_drill_that_cannot_be_in_time_is_late_and_says_what_took_the_days() -> None:
    shut = Blackout(
        id="s", kind=BlackoutKind.ACTIVITY, start_on=date(2027, 1, 1), end_on=date(2027, 2, 1), reason="重大活动"
    )
    proposal = a_proposal(a_subject(drilled_on=date(2024, 1, 20)), blackouts=(shut,))
    (shortfall,) = proposal.shortfalls
    assert shortfall.item.plan == "p1"
    assert shortfall.on == proposal.drills[0].on == date(2027, 2, 2)
    assert dict(shortfall.why)["blackout"] == 20  # type: ignore[index]


def test_a_year_without_a_free_day_names_every_plan_it_cannot_serve() -> None:
    shut = Blackout(
        id="s", kind=BlackoutKind.OTHER, start_on=date(2027, 1, 1), end_on=date(2027, 12, 31), reason="全年"
    )
    proposal = a_proposal(a_subject("a", drilled_on=date(2024, 3, 1)), a_subject("b"), blackouts=(shut,))
    assert proposal.drills == ()
    assert {(item.item.plan, item.on) for item in proposal.shortfalls} == {("a", None), ("b", None)}


def test_the_drills_of_one_maker_are_spread_over_the_year() -> None:
    bureau = [a_subject(f"p{n:02}", maker="bureau", drilled_on=date(2024, 12, 20)) for n in range(24)]
    months = Counter(drill.on.month for drill in a_proposal(*bureau).drills if drill.on)
    assert len(months) >= 11
    assert max(months.values()) <= 3


def test_a_drill_proposed_for_the_next_turn_does_not_answer_what_was_held() -> None:
    twice = a_subject(held=(date(2024, 2, 1), date(2024, 2, 2)))
    proposal = a_proposal(twice)
    (held, none), (open_item, drill) = answers(proposal.due, proposal.drills, start=date(2027, 1, 1), catch_up=CATCH_UP)
    assert (held.by, held.on, none) == (date(2027, 2, 1), date(2024, 2, 2), None)
    assert (open_item.by, drill) == (date(2027, 2, 2), proposal.drills[0])


def test_what_was_held_is_answered_by_the_drill_of_its_day() -> None:
    proposal = a_proposal(a_subject(held=(date(2024, 2, 1), date(2024, 2, 2))))
    of_old = replace(proposal.drills[0], id="held", on=date(2024, 2, 2), state=State.CLOSED)
    pairs = answers(proposal.due, (of_old, *proposal.drills), start=date(2027, 1, 1), catch_up=CATCH_UP)
    assert [drill for _item, drill in pairs] == [of_old, proposal.drills[0]]


KINDS = [PlanKind.SPECIAL, PlanKind.DEPARTMENT, PlanKind.UNIT, PlanKind.TOWNSHIP, PlanKind.VILLAGE]
MAKERS = [OrganisationKind.ENTERPRISE, OrganisationKind.GOVERNMENT, OrganisationKind.TOWNSHIP]

histories = st.lists(
    st.builds(
        Subject,
        plan=st.uuids().map(str),
        title=st.just("预案"),
        kind=st.sampled_from(KINDS),
        hazard=st.sampled_from(["flood", "fire", "mine", ""]),
        maker=st.sampled_from(["a", "b", "c"]),
        maker_kind=st.sampled_from(MAKERS),
        production_safety=st.booleans(),
        high_risk=st.booleans(),
        unit_plan=st.none() | st.sampled_from(UnitPlan),
        issued_on=st.none() | st.dates(date(2020, 1, 1), TODAY),
        held=st.lists(st.dates(date(2022, 1, 1), TODAY), max_size=2, unique=True).map(sorted).map(tuple),
        last_type=st.none() | st.builds(DrillType, content=st.sampled_from(Content), form=st.sampled_from(Form)),
    ),
    max_size=10,
)  # fmt: skip
periods = st.tuples(st.dates(date(2027, 1, 1), date(2027, 12, 31)), st.integers(0, 40)).map(
    lambda pair: Blackout(
        id="b", kind=BlackoutKind.OTHER, start_on=pair[0], end_on=pair[0] + timedelta(days=pair[1]), reason="其他"
    )
)


@given(histories, st.lists(periods, max_size=5).map(tuple))
@settings(max_examples=80, deadline=None)
def test_every_due_plan_has_a_drill_in_time_or_is_named_with_the_reason(
    subjects: list[Subject], closed: tuple[Blackout, ...]
) -> None:
    proposal = a_proposal(*subjects, blackouts=closed)
    named = {plan for item in proposal.shortfalls for plan in item.item.plans}
    for item, drill in answers(proposal.due, proposal.drills, start=date(2027, 1, 1), catch_up=CATCH_UP):
        assert drill is not None or item.is_held or set(item.plans) & named, item


@given(histories, st.lists(periods, max_size=5).map(tuple))
@settings(max_examples=80, deadline=None)
def test_nothing_ever_falls_on_a_blackout_a_rest_day_or_a_week_already_taken(
    subjects: list[Subject], closed: tuple[Blackout, ...]
) -> None:
    drills = a_proposal(*subjects, blackouts=closed).drills
    weeks = Counter((unit, drill.on.isocalendar()[:2]) for drill in drills if drill.on for unit in drill.units)
    assert all(count == 1 for count in weeks.values())
    for drill in drills:
        assert drill.on is not None
        assert drill.on.year == 2027
        assert Calendar().is_working_day(drill.on)
        assert not any(item.start_on <= drill.on <= (item.end_on or drill.on) for item in closed)


@given(histories)
@settings(max_examples=60, deadline=None)
def test_single_comes_before_comprehensive_and_tabletop_before_live(subjects: list[Subject]) -> None:
    assert out_of_step(a_proposal(*subjects).drills) == ()


def test_the_same_question_has_the_same_answer() -> None:
    subjects = [a_subject(f"p{n}", maker="m", drilled_on=date(2024, 5, n + 1)) for n in range(6)]
    assert a_proposal(*subjects) == a_proposal(*subjects)
