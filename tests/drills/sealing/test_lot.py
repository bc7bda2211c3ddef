"""The draw: fair, bound by its slate, the same for everybody."""

import hashlib
from collections import Counter
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chisquare

from drills.errors import DrillError
from drills.sealing.lot import Closed, Drawn, Lot, Slate, below, draw

START = date(2027, 3, 1)


def a_slate(**more: object) -> Slate:
    usual = {
        "window_from": START,
        "window_to": START + timedelta(days=19),
        "days": tuple(START + timedelta(days=n) for n in range(0, 20, 2)),
        "times": ("09:00", "10:00", "14:30", "15:30"),
        "places": (Lot(id="a", weight=1), Lot(id="b", weight=3)),
        "units": (Lot(id="u1"), Lot(id="u2"), Lot(id="u3", weight=2)),
        "units_count": 2,
        "scenarios": (Lot(id="s1"), Lot(id="s2")),
    }
    return Slate(**(usual | more))  # type: ignore[arg-type]


def a_seed(number: int) -> bytes:
    return hashlib.sha256(f"seed {number}".encode()).digest()


@cache
def drawn(times: int = 8000) -> tuple[Drawn, ...]:
    slate = a_slate()
    return tuple(draw(slate, a_seed(number)) for number in range(times))


def test_every_slot_is_drawn_equally_often() -> None:
    slots = Counter((each.day, each.time) for each in drawn())
    assert len(slots) == 40
    assert chisquare(list(slots.values())).pvalue > 0.001


def test_weights_are_kept_to() -> None:
    places = Counter(each.place for each in drawn())
    assert chisquare([places["a"], places["b"]], [2000, 6000]).pvalue > 0.001


def test_units_are_drawn_without_putting_back_and_each_first_by_its_weight() -> None:
    found = [each.units for each in drawn()]
    assert all(len(set(units)) == 2 for units in found)
    first = Counter(units[0] for units in found)
    assert chisquare([first["u1"], first["u2"], first["u3"]], [2000, 2000, 4000]).pvalue > 0.001


def test_choices_do_not_hang_together() -> None:
    pairs = Counter((each.place, each.scenario) for each in drawn())
    cells = [pairs["a", "s1"], pairs["a", "s2"], pairs["b", "s1"], pairs["b", "s2"]]
    assert chisquare(cells, [1000, 1000, 3000, 3000]).pvalue > 0.001


def test_the_last_years_dates_do_not_tell_the_next() -> None:
    days = [each.day for each in drawn(8001)]
    same = sum(before == after for before, after in pairwise(days))
    assert chisquare([same, 8000 - same], [800, 7200]).pvalue > 0.001


def test_the_draw_can_be_run_again_in_a_few_lines() -> None:
    """The recipe of the decision page, written out without our code."""
    slate, seed = a_slate(), bytes(range(32))
    word = int.from_bytes(hashlib.sha256(seed + b"slot\n0").digest(), "big")
    day, clock = divmod(word % 40, 4)
    assert (draw(slate, seed).day, draw(slate, seed).time) == (slate.days[day], slate.times[clock])


def test_numbers_above_the_last_whole_multiple_are_drawn_again() -> None:
    limit = (1 << 255) + 1
    assert all(0 <= below(a_seed(number), "x", limit) < limit for number in range(50))


spans = st.tuples(st.integers(0, 120), st.integers(0, 15))


@given(
    st.lists(spans, max_size=6),
    st.lists(st.integers(0, 120), max_size=4),
    st.integers(0, 10),
    st.binary(min_size=32, max_size=32),
)
@settings(max_examples=2500, deadline=None)
def test_nothing_is_ever_drawn_on_a_blackout_or_within_a_gap(
    closed: list[tuple[int, int]], busy: list[int], gap: int, seed: bytes
) -> None:
    window = [START + timedelta(days=n) for n in range(121)]
    periods = tuple(
        Closed(start_on=START + timedelta(days=first), end_on=START + timedelta(days=first + long), reason="x")
        for first, long in closed
    )
    engaged = tuple(START + timedelta(days=n) for n in busy)
    free = tuple(
        day
        for day in window
        if not any(item.start_on <= day <= item.end_on for item in periods)
        and not any(abs((day - other).days) < gap for other in engaged)
    )
    if not free:
        return
    slate = a_slate(window_to=window[-1], days=free, closed=periods, engaged=engaged, gap_days=gap)
    assert slate.fault() == ""
    assert draw(slate, seed).day in free


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"days": (START - timedelta(days=1),)}, "window"),
        ({"days": (START, START)}, "days"),
        ({"closed": (Closed(start_on=START, end_on=START, reason="考试"),)}, "closed"),
        ({"engaged": (START + timedelta(days=1),), "gap_days": 2}, "gap"),
        ({"method": "other"}, "method"),
    ],
)
def test_a_slate_that_breaks_its_own_rules_is_found(more: dict[str, object], word: str) -> None:
    assert a_slate(**more).fault() == word


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"days": ()}, "draw-nothing-allowed"),
        ({"times": ()}, "draw-nothing-allowed"),
        ({"units_count": 4}, "draw-too-many-units"),
        ({"places": (Lot(id="a"), Lot(id="a"))}, "lot-twice"),
    ],
)
def test_a_slate_that_cannot_be_drawn_from_is_refused(more: dict[str, object], code: str) -> None:
    with pytest.raises(DrillError, match=code):
        a_slate(**more)


@pytest.mark.parametrize("weight", [0, -1, 1_000_001])
def test_a_weight_is_a_whole_number_of_one_or_more(weight: int) -> None:
    with pytest.raises(DrillError, match="weight-wrong"):
        Lot(id="a", weight=weight)
