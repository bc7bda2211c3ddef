"""Days on which a drill may be held."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drills.errors import DrillError
from drills.scheduling import Blackout, BlackoutKind, Constraints, Days, Engagement, Obstacle, days_between
from plans_repo.course.working_days import Calendar

TODAY = date(2026, 11, 20)
YEAR = (date(2027, 1, 1), date(2027, 12, 31))


def a_blackout(
    start: date, end: date | None, kind: BlackoutKind = BlackoutKind.EXAMINATION, area: str = "/"
) -> Blackout:
    return Blackout(id="b", kind=kind, start_on=start, end_on=end, reason="高考", area=area)


def constraints(**more: object) -> Constraints:
    return Constraints(**({"today": TODAY, "calendar": Calendar(), "gap_days": 7, "hold_days": 3} | more))  # type: ignore[arg-type]


def test_every_obstacle_of_a_day_is_named() -> None:
    tight = constraints(
        blackouts=(a_blackout(date(2027, 6, 7), date(2027, 6, 9)),),
        engagements=(Engagement(on=date(2027, 6, 8), units=frozenset({"a"})),),
        units=frozenset({"a", "b"}),
        avoid_months=frozenset({6}),
    )
    assert tight.obstacles(date(2027, 6, 7)) == {
        Obstacle.BLACKOUT, Obstacle.GAP, Obstacle.SAME_WEEK, Obstacle.SEASON,
    }  # fmt: skip
    assert tight.obstacles(date(2027, 6, 12)) >= {Obstacle.REST_DAY, Obstacle.GAP}


def test_make_up_days_are_working_days() -> None:
    assert constraints(today=date(2026, 1, 1)).is_feasible(date(2026, 2, 14))


def test_a_rest_day_may_be_asked_for() -> None:
    rest = constraints(days=Days.REST)
    assert rest.is_feasible(date(2027, 3, 6))
    assert rest.obstacles(date(2027, 3, 8)) == {Obstacle.WORKING_DAY}


def test_the_earliest_day_comes_after_the_lead_time() -> None:
    assert constraints(lead_days=10).earliest(TODAY, YEAR[1]) == date(2026, 11, 30)


def test_a_warning_in_force_blocks_today_and_three_days_more_and_not_next_year() -> None:
    warning = a_blackout(date(2026, 11, 19), None, BlackoutKind.WARNING)
    now = constraints(blackouts=(warning,), days=Days.ANY, lead_days=0)
    assert [now.obstacles(TODAY + timedelta(days=n)) for n in (0, 3, 4)] == [
        {Obstacle.WARNING}, {Obstacle.WARNING}, set(),
    ]  # fmt: skip


def test_why_a_period_has_no_day_is_counted() -> None:
    shut = constraints(blackouts=(a_blackout(*YEAR),))
    assert shut.feasible(*YEAR) == ()
    assert shut.why_not(*YEAR)[0] == (Obstacle.BLACKOUT, 365)


@pytest.mark.parametrize(
    ("start", "end", "reason", "kind", "code"),
    [
        (date(2027, 1, 2), date(2027, 1, 1), "考试", BlackoutKind.EXAMINATION, "blackout-ends-before-start"),
        (date(2027, 1, 1), None, "考试", BlackoutKind.EXAMINATION, "blackout-without-end"),
        (date(2027, 1, 1), date(2027, 1, 1), " ", BlackoutKind.OTHER, "blackout-without-reason"),
    ],
)
def test_a_blackout_that_cannot_be_is_refused(
    start: date, end: date | None, reason: str, kind: BlackoutKind, code: str
) -> None:
    with pytest.raises(DrillError) as caught:
        Blackout(id="b", kind=kind, start_on=start, end_on=end, reason=reason)
    assert caught.value.code == code


spans = st.tuples(st.dates(*YEAR), st.integers(0, 60)).map(lambda pair: (pair[0], pair[0] + timedelta(days=pair[1])))
blackouts = st.lists(spans.map(lambda span: a_blackout(*span)), max_size=8).map(tuple)
engagements = st.lists(
    st.builds(Engagement, on=st.dates(*YEAR), units=st.frozensets(st.sampled_from("abc"), min_size=1)), max_size=8
).map(tuple)


@given(blackouts, engagements, st.frozensets(st.sampled_from("abc")), st.sampled_from(Days), st.integers(0, 30))
@settings(max_examples=120)
def test_no_feasible_day_breaks_a_constraint(
    closed: tuple[Blackout, ...], busy: tuple[Engagement, ...], units: frozenset[str], days: Days, gap: int
) -> None:
    given = constraints(blackouts=closed, engagements=busy, units=units, days=days, gap_days=gap)
    found = given.feasible(*YEAR)
    for day in found:
        assert not any(item.start_on <= day <= (item.end_on or day) for item in closed)
        for item in busy:
            assert not (item.units & units) or abs((item.on - day).days) >= gap
            assert not (item.units & units) or item.on.isocalendar()[:2] != day.isocalendar()[:2]
        assert days is Days.ANY or given.calendar.is_working_day(day) is (days is Days.WORKING)
    assert given.earliest(*YEAR) == (found[0] if found else None)
    assert set(found) == {day for day in days_between(*YEAR) if not given.obstacles(day)}
