"""The log inside the sealed store shows every change of itself."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drills.sealing.access_log import Access, Entry, Log, appended, first_bad, head
from plans_repo.store.roles import Role
from tests.drills.builders import person

AT = datetime(2026, 11, 20, tzinfo=UTC)


def a_log(lines: int = 6) -> Log:
    log: Log = ()
    for number in range(lines):
        actor = person(f"a{number % 2}", Role.DRILL_ORGANISER)
        log = appended(log, Access.READ, at=AT + timedelta(minutes=number), actor=actor, detail=f"第{number}次")
    return log


def test_a_log_left_alone_is_whole() -> None:
    assert first_bad(a_log()) is None
    assert head(a_log()) == a_log()[-1].hash


@pytest.mark.parametrize(
    "change",
    [
        {"at": AT},
        {"account": "somebody"},
        {"os_user": "root"},
        {"access": Access.REFUSED},
        {"detail": "other"},
        {"count": 2},
        {"previous": "f" * 64},
        {"hash": "f" * 64},
        {"position": 9},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_line_is_found_where_it_is(change: dict[str, object]) -> None:
    log = list(a_log())
    log[3] = replace(log[3], **change)  # type: ignore[arg-type]
    assert first_bad(log) == 4


@given(st.integers(0, 4))
def test_a_line_taken_out_is_found(position: int) -> None:
    log = list(a_log())
    del log[position]
    assert first_bad(log) == position + 1


@given(st.permutations(range(6)))
def test_lines_that_changed_places_are_found(order: list[int]) -> None:
    log: list[Entry] = [a_log()[position] for position in order]
    assert (first_bad(log) is None) == (order == sorted(order))


def test_a_log_cut_at_its_end_has_another_head() -> None:
    assert first_bad(a_log()[:-1]) is None
    assert head(a_log()[:-1]) != head(a_log())
