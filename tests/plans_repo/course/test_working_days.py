from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans_repo.course.working_days import Calendar, DueDay
from plans_repo.errors import PlansRepoError

CN = Calendar()
YEARS = st.dates(date(2024, 1, 1), date(2026, 11, 1))


@pytest.mark.parametrize(
    ("day", "is_working"),
    [
        ("2026-02-14", True),  # Saturday, made up for the Spring Festival
        ("2026-02-28", True),
        ("2026-02-16", False),
        ("2026-02-20", False),  # Friday, exchanged
        ("2026-10-10", True),
        ("2026-11-21", False),  # a plain Saturday
        ("2025-10-08", False),
        ("2025-09-28", True),
        ("2024-02-18", True),
    ],
)
def test_make_up_days_work_and_exchanged_days_do_not(day: str, is_working: bool) -> None:
    assert CN.is_working_day(date.fromisoformat(day)) is is_working


def test_twenty_working_days_after_issue_are_not_twenty_eight_days() -> None:
    assert CN.after(date(2026, 9, 18), 20).on == date(2026, 10, 22)  # counted by hand


def test_a_year_without_a_notice_is_computed_and_said_to_be() -> None:
    assert CN.after(date(2026, 12, 21), 20) == DueDay(on=date(2027, 1, 19), is_provisional=True)
    assert not CN.is_announced(2027)


def test_a_day_off_alone_is_no_notice() -> None:
    entered = Calendar(overrides={date(2027, 1, 4): False})
    assert not entered.is_working_day(date(2027, 1, 4))
    assert not entered.is_announced(2027)


@given(YEARS, st.integers(1, 60))
def test_the_due_day_is_a_working_day_and_that_many_away(start: date, working_days: int) -> None:
    due = CN.after(start, working_days).on
    assert CN.is_working_day(due)
    assert CN.between(start, due) == working_days


@given(YEARS, st.integers(0, 40), st.integers(0, 40))
def test_counting_adds_up(start: date, first: int, second: int) -> None:
    middle = start + timedelta(days=first)
    end = middle + timedelta(days=second)
    assert CN.between(start, middle) + CN.between(middle, end) == CN.between(start, end)
    assert CN.between(end, start) == -CN.between(start, end)


def test_years_nobody_has_a_calendar_for_are_refused() -> None:
    with pytest.raises(PlansRepoError) as refusal:
        CN.is_working_day(date(1990, 1, 1))
    assert refusal.value.code == "year-out-of-range"
