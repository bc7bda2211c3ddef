"""What was taken down on devices without network: the file of a field form, its clock set right, merged into the log.

A form is filled for a day on a phone and exported as one file. Files come in any order, some twice; the log that
follows from them is the same (`tests/drills/conduct/test_field.py`).
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from drills import register
from drills.conduct import log, playing
from drills.conduct.entry import MOST_TEXT, Entry, EntryKind
from drills.conduct.play import Phase
from drills.conduct.playing import Playing
from drills.errors import DrillError
from plans_repo.store import events
from plans_repo.store.work import Work

FORMAT = "yuyan-field/1"
KINDS = {"done": EntryKind.DONE, "noted": EntryKind.NOTED}
MOST_BYTES = 4_000_000
MOST_LINES = 5_000
MOST_CHECKS = 50
MOST_NAME = 80
MOST_ID = 64
BEFORE_START = timedelta(hours=1)
"""Somebody at his post notes things before the start; what lies earlier is a wrong clock."""
AHEAD = timedelta(minutes=2)
MOST_OFFSET_S = 400 * 86_400.0


@dataclass(frozen=True, kw_only=True)
class ClockCheck:
    """The clock of a device held against the reference: what each showed at one instant."""

    device_at: datetime
    reference_at: datetime

    @property
    def offset_s(self) -> float:
        """Seconds to add to the device's clock."""
        return (self.reference_at - self.device_at).total_seconds()


@dataclass(frozen=True, kw_only=True)
class FieldLine:
    """One thing taken down: an expected action done, or a note, at an instant of the device's clock."""

    id: str
    kind: EntryKind
    device_at: datetime
    about: str = ""
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class FieldFile:
    """What a device exported: of which drill, whose, how its clock went, and the lines."""

    drill: str
    device: str
    observer: str
    script: str = ""
    checks: tuple[ClockCheck, ...] = ()
    lines: tuple[FieldLine, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Merged:
    """How many lines were new, how many the log had already, and whether the device's clock was ever checked."""

    added: int
    known: int
    is_checked: bool


def corrected(at: datetime, checks: Sequence[ClockCheck]) -> datetime:
    """An instant of a device's clock on the reference clock: offsets in between are interpolated, outside the nearest.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 11, 24, 12, tzinfo=UTC)
    >>> check = ClockCheck(device_at=noon, reference_at=noon + timedelta(seconds=40))
    >>> corrected(noon + timedelta(hours=1), [check]).strftime("%H:%M:%S")
    '13:00:40'
    """
    if not checks:
        return at
    ordered = sorted(checks, key=lambda one: one.device_at)
    place = bisect_right([one.device_at for one in ordered], at)
    if place in (0, len(ordered)):
        return at + timedelta(seconds=ordered[min(place, len(ordered) - 1)].offset_s)
    before, after = ordered[place - 1], ordered[place]
    span_s = (after.device_at - before.device_at).total_seconds()
    share = (at - before.device_at).total_seconds() / span_s
    return at + timedelta(seconds=before.offset_s + share * (after.offset_s - before.offset_s))


def read_field_file(data: bytes) -> FieldFile:
    """The file as a device exported it; refused as a whole where anything in it is not as it must be."""
    if len(data) > MOST_BYTES:
        raise DrillError("field-file-large", thing="field file", rule=f"at most {MOST_BYTES}", value=len(data))
    try:
        found = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise DrillError("field-file-unreadable", thing="field file", rule="must be JSON") from error
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise DrillError("field-file-unreadable", thing="field file", field="format", rule=f"must be {FORMAT}")
    lines = _several(found, "lines", MOST_LINES)
    checks = _several(found, "checks", MOST_CHECKS)
    return FieldFile(
        drill=_text(found, "drill", MOST_ID, 0, least=1),
        device=_text(found, "device", MOST_ID, 0, least=1),
        observer=_text(found, "observer", MOST_NAME, 0, least=1),
        script=_text(found, "script", MOST_ID, 0),
        checks=tuple(
            ClockCheck(device_at=_instant(one, "device_at", 0), reference_at=_instant(one, "reference_at", 0))
            for one in checks
        ),
        lines=tuple(_line(one, place) for place, one in enumerate(lines, start=1)),
    )


def merge(work: Work, drill_id: str, file: FieldFile, *, offset_s: float = 0.0) -> Merged:
    """Put the lines of a device into the log of a drill; all of them or, with a refusal, none.

    For those who read the script. *offset_s* is added to every time beside what the checks say. Lines the log has are
    left as they are. Refused for a drill that has not begun, a file of another drill, an action or inject the played
    script lacks, and a time that cannot be: before the start by more than an hour, or still to come.
    """
    found = playing.playing(work, drill_id)
    if found.play.phase is Phase.READY:
        raise DrillError("field-before-start", thing=found.drill.title, rule="must have begun")
    if file.drill != drill_id:
        raise DrillError("field-file-of-another-drill", thing=found.drill.title, field="drill", value=file.drill)
    if not abs(offset_s) <= MOST_OFFSET_S:
        raise DrillError("field-offset-wrong", thing=found.drill.title, field="offset_s", value=offset_s)
    written = [_entry(work, found, file, line, place, offset_s) for place, line in enumerate(file.lines, start=1)]
    several = {entry.id: (entry, f"field:{entry.id}") for entry in written}
    added = log.append(work, drill_id, list(several.values()))
    if added:
        events.record(
            work, register.chain_of_drill(drill_id), "play-merged",
            {"drill": drill_id, "device": file.device, "added": added, "line": len(found.entries) + added},
        )  # fmt: skip
    return Merged(added=added, known=len(several) - added, is_checked=bool(file.checks))


def _entry(work: Work, found: Playing, file: FieldFile, line: FieldLine, place: int, offset_s: float) -> Entry:
    script = found.play.script
    known = {one.id for one in script.actions}
    if line.kind is EntryKind.NOTED:
        known |= {"", *(one.id for one in script.injects)}
    at = corrected(line.device_at, file.checks) + timedelta(seconds=offset_s)
    start = found.play.started_at
    assert start is not None
    if line.about not in known:
        raise DrillError("field-line-about-unknown", thing=found.drill.title, field="about", value=line.about,
                         line=place)  # fmt: skip
    if not start - BEFORE_START <= at <= work.now + AHEAD:
        raise DrillError("field-time-outside", thing=found.drill.title, field="at", value=at, line=place)
    return Entry(
        id=sha256(f"{file.drill}\n{file.device}\n{line.id}".encode()).hexdigest()[:32],
        kind=line.kind,
        at=at,
        by=work.actor.account,
        name=file.observer,
        about=line.about,
        text=line.text,
        device=file.device,
    )


def _line(found: Any, place: int) -> FieldLine:
    if not isinstance(found, dict) or found.get("kind") not in KINDS:
        raise DrillError("field-line-wrong", thing="field file", field="kind", line=place)
    kind = KINDS[found["kind"]]
    text = _text(found, "text", MOST_TEXT, place, least=1 if kind is EntryKind.NOTED else 0)
    return FieldLine(
        id=_text(found, "id", MOST_ID, place, least=1),
        kind=kind,
        device_at=_instant(found, "at", place),
        about=_text(found, "about", MOST_NAME, place),
        text=text,
    )


def _several(found: Mapping[str, Any], field: str, most: int) -> list[Any]:
    value = found.get(field, [])
    if not isinstance(value, list) or len(value) > most:
        raise DrillError("field-line-wrong", thing="field file", field=field, rule=f"at most {most}", line=0)
    return value


def _text(found: Any, field: str, most: int, place: int, *, least: int = 0) -> str:
    value = found.get(field, "") if isinstance(found, dict) else None
    if not isinstance(value, str) or not least <= len(value.strip()) or len(value) > most or "\0" in value:
        raise DrillError("field-line-wrong", thing="field file", field=field, rule=f"{least} to {most}", line=place)
    return value.strip()


def _instant(found: Any, field: str, place: int) -> datetime:
    try:
        at = datetime.fromisoformat(found[field])
        if at.tzinfo is not None and 2000 <= at.year < 2200:
            return at
    except (TypeError, ValueError, KeyError):
        pass
    raise DrillError("field-line-wrong", thing="field file", field=field, rule="an instant with its zone", line=place)
