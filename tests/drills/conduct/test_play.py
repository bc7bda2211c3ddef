"""How play stands after a log, told by hand and by law."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drills.conduct.entry import Entry, EntryKind
from drills.conduct.play import MOVES, Phase, Play, may_follow
from drills.errors import DrillError
from drills.scripts.script import Script
from tests.drills.scripts.making_scripts import a_script, an_action, an_inject

K = EntryKind
BEGIN = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


def script() -> Script:
    return a_script(
        injects=(an_inject("1", expects=("a1",)), an_inject("2", at_min=30.0), an_inject("3", at_min=40.0)),
        actions=(an_action("A1", limit_min=30, since="i1"), an_action("A2", since="a1", limit_min=15)),
        objectives=(),
    )


def line(kind: EntryKind, after_min: float, **more: Any) -> Entry:
    reason = {} if kind in (K.STARTED, K.RESUMED, K.ENDED, K.RELEASED, K.DONE, K.RECEIVED) else {"text": "原因"}
    at = BEGIN + timedelta(minutes=after_min)
    return Entry(id=more.pop("id", f"{kind}{after_min}"), kind=kind, at=at, **(reason | more))


def after(*lines: Entry) -> Play:
    return Play.of(script(), lines)


def at(minutes: float) -> datetime:
    return BEGIN + timedelta(minutes=minutes)


def test_the_clock_stands_while_paused_and_runs_at_its_speed() -> None:
    play = after(line(K.STARTED, 0, speed=2.0), line(K.PAUSED, 10), line(K.RESUMED, 25))
    assert play.phase is Phase.RUNNING
    assert (play.minute_at(at(25)), play.minute_at(at(30))) == (20, 30)
    assert after(line(K.STARTED, 0, speed=2.0), line(K.PAUSED, 10)).minute_at(at(99)) == 20


def test_a_stop_freezes_and_only_lifting_it_and_resuming_goes_on() -> None:
    stopped = after(line(K.STARTED, 0), line(K.STOPPED, 5, text="有人受伤"))
    assert (stopped.phase, stopped.minute_at(at(60))) == (Phase.STOPPED, 5)
    assert stopped.stop is not None
    assert stopped.stop.entry.text == "有人受伤"
    assert not may_follow(stopped.phase, K.RESUMED)
    assert not may_follow(stopped.phase, K.RELEASED)
    lifted = after(line(K.STARTED, 0), line(K.STOPPED, 5), line(K.CLEARED, 20), line(K.RESUMED, 21))
    assert (lifted.phase, lifted.stop, lifted.minute_at(at(31))) == (Phase.RUNNING, None, 15)


def test_going_back_forgets_what_lay_behind_and_the_log_keeps_it() -> None:
    lines = (
        line(K.STARTED, 0), line(K.RELEASED, 0, about="i1"), line(K.DONE, 20, about="a1"),
        line(K.RELEASED, 30, about="i2"), line(K.JUMPED, 35, minute=10.0),
    )  # fmt: skip
    play = after(*lines)
    assert set(play.sent) == {"i1"}
    assert play.done == {}
    assert (play.minute_at(at(35)), play.take) == (10, 1)
    assert [minute for minute, _inject in play.coming()] == [30, 40]


def test_jumping_forward_passes_over_what_is_released_by_hand_only() -> None:
    play = after(line(K.STARTED, 0), line(K.RELEASED, 0, about="i1"), line(K.JUMPED, 5, minute=40.0))
    assert set(play.passed) == {"i2"}
    assert [inject.id for _minute, inject in play.coming()] == ["i3"]


def test_postponed_injects_come_at_their_new_minute() -> None:
    play = after(line(K.STARTED, 0), line(K.POSTPONED, 3, about="i2", minute=55.0), line(K.SKIPPED, 4, about="i1"))
    assert [(minute, inject.id) for minute, inject in play.coming()] == [(40, "i3"), (55, "i2")]


def test_limits_count_from_what_they_name_as_it_went() -> None:
    first, second = script().actions
    play = after(line(K.STARTED, 0), line(K.RELEASED, 5, about="i1"))
    assert (play.due_minute_of(first), play.due_minute_of(second)) == (35, None)
    assert not play.is_overdue(first, 35)
    assert play.is_overdue(first, 35.1)
    done = after(line(K.STARTED, 0), line(K.RELEASED, 5, about="i1"), line(K.DONE, 40, about="a1"))
    assert done.is_overdue(first, 60)
    assert (done.took_min(first), done.due_minute_of(second), done.took_min(second)) == (35, 55, None)


def test_a_voided_line_counts_for_nothing() -> None:
    done = line(K.DONE, 12, about="a1", id="d1")
    play = after(line(K.STARTED, 0), done, line(K.VOIDED, 15, about="d1", text="看错了"))
    assert play.done == {}


def test_lateness_is_told_of_what_the_clock_released() -> None:
    released = replace(line(K.RELEASED, 30, about="i2"), at=at(30) + timedelta(milliseconds=400))
    by_hand = line(K.RELEASED, 41, about="i3", by="director")
    play = after(line(K.STARTED, 0), released, by_hand)
    assert play.late_s == {"i2": pytest.approx(0.4)}


SEEN_LINES = st.lists(
    st.builds(
        lambda number, kind, minute, device: line(
            kind, minute, id=f"{device}{number}", about="a1" if kind is K.DONE else "", device=device
        ),
        st.integers(0, 10_000), st.sampled_from([K.DONE, K.NOTED]), st.integers(0, 480).map(float),
        st.sampled_from(["tablet", "phone", "paper"]),
    ),
    max_size=12, unique_by=lambda one: one.id,
)  # fmt: skip


@given(SEEN_LINES, st.randoms(use_true_random=False))
def test_every_order_of_merging_gives_the_same_play(several: list[Entry], random: Any) -> None:
    """What devices took down may come in any order."""
    server = [line(K.STARTED, 0), line(K.RELEASED, 0, about="i1"), line(K.JUMPED, 35, minute=10.0), line(K.ENDED, 500)]
    mixed = list(server)  # in the order the server wrote them
    for one in several:
        mixed.insert(random.randint(0, len(mixed)), one)
    assert Play.of(script(), mixed) == Play.of(script(), [*server, *several])


@given(st.lists(st.sampled_from(K), max_size=20))
def test_play_only_ever_moves_by_the_table(kinds: list[EntryKind]) -> None:
    play = Play(script=script())
    for step, kind in enumerate(kinds):
        before = play.phase
        if may_follow(before, kind):
            minute = {"minute": 12.0} if kind in (K.JUMPED, K.POSTPONED) else {}
            play.follow(line(kind, step, about="i1" if kind in (K.RELEASED, K.SKIPPED, K.POSTPONED) else "", **minute))
            assert play.phase is MOVES[before, kind]
    ended = Phase.ENDED is play.phase
    assert not (ended and may_follow(play.phase, K.RELEASED))


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"kind": K.PAUSED}, "entry-reason-missing"),
        ({"kind": K.JUMPED, "text": "快进"}, "entry-malformed"),
        ({"kind": K.STARTED, "speed": 0.0}, "play-speed-wrong"),
        ({"kind": K.STARTED, "speed": float("nan")}, "play-speed-wrong"),
        ({"kind": K.NOTED, "text": "长" * 2001}, "entry-text-long"),
        ({"kind": K.NOTED, "at": datetime(2026, 1, 1)}, "entry-malformed"),  # noqa: DTZ001 - the fault asked for
    ],
)
def test_a_line_that_cannot_be_is_refused(more: dict[str, Any], code: str) -> None:
    with pytest.raises(DrillError) as refusal:
        Entry(**({"id": "e", "at": BEGIN} | more))
    assert refusal.value.code == code
