"""Files of field forms: read with suspicion, clocks set right, merged in any order to the same record."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drills.conduct import log, playing
from drills.conduct.entry import EntryKind
from drills.conduct.field import FORMAT, ClockCheck, corrected, merge, read_field_file
from drills.conduct.play import Play
from plans_repo.store.work import Actor, Store
from sim.errors import CodedError
from tests.drills.conduct.test_playing import doing, drill_id, refused, unit, water
from tests.drills.conftest import StillClock

assert drill_id
assert unit
assert water
START = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
HOURS = 8


def exported(drill: str, device: str, lines: list[dict[str, Any]], **more: Any) -> bytes:
    """A file as a form writes it."""
    found = {"format": FORMAT, "drill": drill, "device": device, "observer": f"观察员{device}", "checks": [],
             "lines": lines}  # fmt: skip
    return json.dumps(found | more).encode()


def line(number: int, kind: str, at: datetime, about: str = "", text: str = "") -> dict[str, Any]:
    return {"id": f"l{number}", "kind": kind, "at": at.isoformat(), "about": about, "text": text}


def off(true: datetime, offset_s: float, drift_s_per_h: float) -> datetime:
    """What a device whose clock goes wrong shows at a true instant."""
    hours = (true - START).total_seconds() / 3600
    return true - timedelta(seconds=offset_s + drift_s_per_h * hours)


def of_device(drill: str, device: str, offset_s: float, drift_s_per_h: float, *, first: int) -> bytes:
    """Eight hours without network: a note an hour, the action done by one of them, the clock checked at both ends."""
    ends = (START, START + timedelta(hours=HOURS))
    checks = [
        {"device_at": off(end, offset_s, drift_s_per_h).isoformat(), "reference_at": end.isoformat()} for end in ends
    ]
    truths = [START + timedelta(hours=hour, minutes=first) for hour in range(HOURS)]
    lines = [
        line(place, "noted", off(true, offset_s, drift_s_per_h), text=f"{device}第{place}时")
        for place, true in enumerate(truths)
    ]
    done = START + timedelta(minutes=first)
    lines.append(line(99, "done", off(done, offset_s, drift_s_per_h), about="a1"))
    return exported(drill, device, lines, checks=checks)


def test_three_devices_eight_hours_offline_every_order_gives_the_same_record(
    store: Store, clock: StillClock, organiser: Actor, drill_id: str
) -> None:
    doing(store, organiser, playing.begin, drill_id)
    clock.forward(hours=HOURS + 1)
    files = [of_device(drill_id, name, offset, drift, first=first)
             for name, offset, drift, first in (("甲", 95, 0.5, 7), ("乙", -400, -1, 3), ("丙", 0, 0, 11))]  # fmt: skip
    records = set()
    for order in permutations(files):
        with suppress(_Back), store.work(organiser) as work:
            script = playing.playing(work, drill_id).play.script
            for data in order:
                assert merge(work, drill_id, read_field_file(data)).added == HOURS + 1
            lines = list(log.entries(work, drill_id))
            raise _Back
        play = Play.of(script, lines)
        record = [(one.at, one.device, one.text) for one in sorted(lines, key=lambda one: one.order)]
        records.add((tuple(record), play.done["a1"].minute, play.done["a1"].entry.name))
    assert len(records) == 1
    record, minute, who = records.pop()
    assert who == "观察员乙"  # the first who saw it
    assert minute == pytest.approx(3, abs=2 / 60)
    notes = [at for at, device, words in record if device == "甲" and words]
    truths = [START + timedelta(hours=hour, minutes=7) for hour in range(HOURS)]
    assert max(abs((at - true).total_seconds()) for at, true in zip(notes, truths, strict=True)) <= 2


class _Back(Exception):
    """Ends a transaction without keeping what it wrote."""


def test_a_file_that_comes_twice_adds_nothing(store: Store, clock: StillClock, organiser: Actor, drill_id: str) -> None:
    doing(store, organiser, playing.begin, drill_id)
    clock.forward(minutes=10)
    lines = [line(1, "noted", START + timedelta(minutes=5), text="广播不响")]
    file = read_field_file(exported(drill_id, "甲", lines))
    merged = [doing(store, organiser, merge, drill_id, file) for _again in range(2)]
    assert [(one.added, one.known, one.is_checked) for one in merged] == [(1, 0, False), (0, 1, False)]
    other = read_field_file(exported(drill_id, "乙", lines))
    assert doing(store, organiser, merge, drill_id, other).added == 1
    with store.reading(organiser) as work:
        assert log.first_changed(work, drill_id) is None
        texts = [one.text for one in log.entries(work, drill_id) if one.kind is EntryKind.NOTED]
    assert texts == ["广播不响"] * 2


def test_what_came_from_a_device_can_be_declared_void(
    store: Store, clock: StillClock, organiser: Actor, drill_id: str
) -> None:
    doing(store, organiser, playing.begin, drill_id)
    clock.forward(minutes=10)
    lines = [line(1, "done", START + timedelta(minutes=5), about="a1")]
    doing(store, organiser, merge, drill_id, read_field_file(exported(drill_id, "甲", lines)))
    with store.reading(organiser) as work:
        entry = log.entries(work, drill_id)[-1]
    doing(store, organiser, playing.void, drill_id, entry.id, text="看错了")
    with store.reading(organiser) as work:
        assert playing.playing(work, drill_id).play.done == {}


FIVE = START + timedelta(minutes=5)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda file: file | {"drill": "another"}, "field-file-of-another-drill"),
        (lambda file: file | {"lines": [line(1, "done", FIVE, about="a9")]}, "field-line-about-unknown"),
        (lambda file: file | {"lines": [line(1, "done", FIVE, about="i1")]}, "field-line-about-unknown"),
        (lambda file: file | {"lines": [line(1, "noted", FIVE - timedelta(days=1), text="x")]}, "field-time-outside"),
        (lambda file: file | {"lines": [line(1, "noted", FIVE + timedelta(days=1), text="x")]}, "field-time-outside"),
    ],
)
def test_what_does_not_fit_the_drill_is_refused_and_nothing_of_it_kept(
    store: Store, clock: StillClock, organiser: Actor, drill_id: str, change: Callable[[Any], Any], code: str
) -> None:
    doing(store, organiser, playing.begin, drill_id)
    clock.forward(minutes=10)
    good = json.loads(exported(drill_id, "甲", []))
    changed = change(good)
    if changed["lines"]:
        changed["lines"].insert(0, line(0, "noted", FIVE, text="先前一条"))
    data = json.dumps(changed).encode()
    assert refused(store, organiser, merge, drill_id, read_field_file(data)) == code
    with store.reading(organiser) as work:
        assert [one.kind for one in log.entries(work, drill_id)] == [EntryKind.STARTED]


def test_a_drill_that_has_not_begun_takes_nothing_and_units_merge_nothing(
    store: Store, organiser: Actor, unit: Actor, drill_id: str
) -> None:
    file = read_field_file(exported(drill_id, "甲", []))
    assert refused(store, organiser, merge, drill_id, file) == "field-before-start"
    assert refused(store, unit, merge, drill_id, file) == "script-for-control"
    doing(store, organiser, playing.begin, drill_id)
    assert refused(store, organiser, merge, drill_id, file, offset_s=float("nan")) == "field-offset-wrong"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "field-file-unreadable"),
        (b"\xff\xfe", "field-file-unreadable"),
        (b"[" * 200_000, "field-file-unreadable"),
        (b"[]", "field-file-unreadable"),
        (b"{}", "field-file-unreadable"),
        (b" " * 5_000_000, "field-file-large"),
        (exported("d", "", []), "field-line-wrong"),
        (exported("d", "甲", [line(1, "noted", FIVE)]), "field-line-wrong"),
        (exported("d", "甲", [line(1, "started", FIVE)]), "field-line-wrong"),
        (exported("d", "甲", [line(1, "noted", FIVE.replace(tzinfo=None), text="x")]), "field-line-wrong"),
        (exported("d", "甲", [line(1, "noted", FIVE, text="x" * 2001)]), "field-line-wrong"),
        (exported("d", "甲", [{"id": 7}]), "field-line-wrong"),
        (exported("d", "甲", [], checks=[{}]), "field-line-wrong"),
        (exported("d", "甲", [line(1, "done", FIVE, "a1")] * 5001), "field-line-wrong"),
    ],
)
def test_a_file_that_is_none_is_refused_in_a_word(data: bytes, code: str) -> None:
    with pytest.raises(CodedError) as refusal:
        read_field_file(data)
    assert refusal.value.code == code


@given(
    offset_s=st.floats(-4000, 4000),
    drift=st.floats(-30, 30),
    hour=st.floats(0, HOURS),
)
def test_a_clock_that_is_off_and_drifts_evenly_is_set_right_between_two_checks(
    offset_s: float, drift: float, hour: float
) -> None:
    ends = (START, START + timedelta(hours=HOURS))
    checks = [ClockCheck(device_at=off(end, offset_s, drift), reference_at=end) for end in ends]
    true = START + timedelta(hours=hour)
    assert abs((corrected(off(true, offset_s, drift), checks) - true).total_seconds()) < 0.01
