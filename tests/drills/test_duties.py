"""What is due, told by index and heap: the same as when every duty is asked, and in time that grows with the plans."""

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drills.answers import answers, out_of_step
from drills.due import DueItem, chronicle, next_due
from drills.proposal import propose
from drills.rules import Counts, Rule, UnitPlan, rule_pack
from drills.subject import Subject
from plans_repo.course.working_days import Calendar
from plans_repo.organisations import OrganisationKind
from plans_repo.plans import PlanKind
from sim.figure import Figure, Mark
from tests.drills.builders import a_subject
from tests.drills.slow_due import slow_chronicle, slow_next_due

TODAY = date(2026, 11, 20)
UNTIL = date(2029, 12, 31)
Asking = Callable[[list[Subject]], object]


def a_rule(name: str, months: int, counts: Counts = Counts.PLAN, **more: object) -> Rule:
    interval = Figure(value=months, unit="month", source="《办法》第一条", mark=Mark.PLAN)
    return Rule(id=name, title=name, title_en=name, interval=interval, counts=counts, **more)  # type: ignore[arg-type]


few_days = st.sampled_from(
    [TODAY + timedelta(days=30 * n) for n in range(-20, 0)] + [date(2026, 1, 30), date(2026, 1, 31)]
)
coming_days = st.sampled_from([TODAY + timedelta(days=45 * n) for n in range(20)])
KINDS = [PlanKind.SPECIAL, PlanKind.UNIT]
MAKERS = [OrganisationKind.ENTERPRISE, OrganisationKind.TOWNSHIP]

rules = st.lists(
    st.builds(
        a_rule,
        st.sampled_from(["a", "b", "c"]),
        st.sampled_from([1, 6, 12, 12, 24]),
        st.sampled_from(Counts),
        kinds=st.frozensets(st.sampled_from(KINDS)),
        makers=st.frozensets(st.sampled_from(MAKERS)),
        high_risk=st.booleans(),
    ),
    max_size=4,
    unique_by=lambda rule: rule.id,
).map(tuple)
own_rules = st.lists(st.builds(a_rule, st.sampled_from(["own-1", "own-2"]), st.integers(1, 14)), max_size=2).map(tuple)
subjects = st.lists(
    st.builds(
        Subject,
        plan=st.sampled_from([f"p{n}" for n in range(12)]),
        title=st.just("预案"),
        kind=st.sampled_from(KINDS),
        maker=st.sampled_from([None, "a", "b"]),
        maker_kind=st.sampled_from(MAKERS),
        high_risk=st.booleans(),
        issued_on=st.none() | few_days,
        held=st.lists(few_days, max_size=3, unique=True).map(sorted).map(tuple),
        planned=st.lists(coming_days, max_size=3, unique=True).map(sorted).map(tuple),
        own_rules=own_rules,
    ),
    max_size=9,
    unique_by=lambda subject: subject.plan,
)  # fmt: skip


class Noted:
    """Holds a drill some days before or after its last day, and keeps what it was asked for."""

    def __init__(self, late_days: int) -> None:
        self.asked: list[DueItem] = []
        self._late = timedelta(days=late_days)

    def __call__(self, item: DueItem) -> date:
        self.asked.append(item)
        return max((item.by or TODAY) + self._late, TODAY)


@given(subjects, rules)
@settings(max_examples=300, deadline=None)
def test_the_next_days_are_those_found_by_asking_every_duty(known: list[Subject], ruled: tuple[Rule, ...]) -> None:
    assert next_due(known, ruled) == slow_next_due(known, ruled)


@given(subjects, rules, st.sampled_from([-20, -1, 0, 0, 25]))
@settings(max_examples=300, deadline=None)
def test_the_chronicle_is_the_one_found_by_asking_every_duty(
    known: list[Subject], ruled: tuple[Rule, ...], late: int
) -> None:
    fast, slow = Noted(late), Noted(late)
    told = chronicle(known, ruled, until=UNTIL, today=TODAY, held=fast)
    assert told == slow_chronicle(known, ruled, until=UNTIL, today=TODAY, held=slow)
    assert fast.asked == slow.asked


def a_county(number: int) -> list[Subject]:
    """So many plans of bodies with ten each, some drilled, some to be drilled, some of enterprises."""
    return [
        a_subject(
            f"p{at:05}",
            kind=PlanKind.UNIT if at % 3 == 0 else PlanKind.DEPARTMENT,
            maker=f"body-{at // 10}",
            maker_kind=OrganisationKind.ENTERPRISE if at % 3 == 0 else OrganisationKind.EMERGENCY_BUREAU,
            high_risk=at % 2 == 0,
            unit_plan=UnitPlan.ON_SITE if at % 3 == 0 else None,
            issued_on=TODAY - timedelta(days=at % 900) if at % 7 else None,
            held=(TODAY - timedelta(days=1 + at % 400),) if at % 4 == 0 else (),
            planned=(TODAY + timedelta(days=at % 300),) if at % 5 == 0 else (),
        )
        for at in range(number)
    ]


def calls(number: int, ask: Asking) -> int:
    """How many functions are called to answer for so many plans."""
    counted, known = 0, a_county(number)

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        assert ask(known)
    finally:
        sys.setprofile(before)
    return counted


def the_next_days(known: list[Subject]) -> object:
    return next_due(known, rule_pack().rules)


def the_years(known: list[Subject]) -> object:
    return chronicle(known, rule_pack().rules, until=UNTIL, today=TODAY)


def a_proposal(known: list[Subject]) -> object:
    bare = [replace(one, planned=()) for one in known]
    found = propose(2027, bare, pack=rule_pack(), calendar=Calendar(), today=TODAY)
    return answers(found.due, found.drills, start=date(2027, 1, 1), catch_up=timedelta(days=60)), out_of_step(
        found.drills
    )


@pytest.mark.parametrize("ask", [the_next_days, the_years, a_proposal])
def test_four_times_the_plans_take_about_four_times_the_calls(ask: Asking) -> None:
    rule_pack()
    assert calls(1600, ask) < 6 * calls(400, ask)
