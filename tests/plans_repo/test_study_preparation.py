"""An engine made ready: whoever waits hears of every function, and of nothing where nothing is compiled."""

import time

import numba
import pytest

from plans_repo import study_preparation
from plans_repo.study_preparation import prepared


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(study_preparation, "EVERY_S", 0.001)


def compiling_then_waiting() -> None:
    """Every call compiles a function of its own."""
    assert numba.njit(lambda number: 2 * number)(4) == 8
    time.sleep(0.05)


def test_who_waits_hears_how_much_is_compiled() -> None:
    heard: list[int] = []
    prepared(compiling_then_waiting, heard.append)
    assert heard
    assert heard[-1] >= 1
    assert heard == sorted(heard)


def test_nothing_is_heard_where_nothing_is_compiled() -> None:
    heard: list[int] = []
    prepared(lambda: time.sleep(0.02), heard.append)
    assert heard == []


def test_what_is_raised_while_waiting_is_raised_at_the_end() -> None:
    def refuse(functions: int) -> None:
        raise InterruptedError(functions)

    with pytest.raises(InterruptedError):
        prepared(compiling_then_waiting, refuse)
