"""Playing a drill that may be known: begin, turn the clock, release, take down, stop, end.

Control staff of the body that arranges the drill turn the clock and release; evaluators take down; units that take
part see what is released to them and answer; everybody in the drill may stop it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from drills import register
from drills.access import changes
from drills.conduct import log
from drills.conduct.entry import SEEN, Entry, EntryKind
from drills.conduct.play import Phase, Play, may_follow, once_of
from drills.designs.design import Design, Post
from drills.drill import Drill, Form, State, Step
from drills.errors import DrillError
from drills.scripts import keeping as scripts
from drills.scripts.script import Inject
from drills.store.tables import DesignRow, DrillRow, ScriptRow
from plans_repo import organisations
from plans_repo.access import standpoint
from plans_repo.errors import NotAllowed, NotFound
from plans_repo.organisations import runs_through
from plans_repo.store import events
from plans_repo.store.roles import Action
from plans_repo.store.work import Work
from sim.plain import unplain


@dataclass(frozen=True, kw_only=True)
class Playing:
    """A drill with its log and how play stands."""

    drill: Drill
    entries: tuple[Entry, ...]
    play: Play


@dataclass(frozen=True, kw_only=True)
class Stop:
    """A drill that was stopped: its title, why, and since when."""

    drill: str
    title: str
    title_en: str
    reason: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Told:
    """An inject as a unit that takes part reads it: its words, when it came, and whether the unit has answered.

    *id* is that of the line that released it; neither number nor note nor what is expected is told.
    """

    id: str
    text: str
    text_en: str
    sender: str
    at: datetime
    received_at: datetime | None = None


def playing(work: Work, drill_id: str) -> Playing:
    """How play of a drill stands; for those who read its script."""
    row = _for_readers(work, drill_id)
    return _playing(work, row)


def begin(work: Work, drill_id: str, *, speed: float = 1.0) -> Playing:
    """Start a drill with its newest script; *speed* is how many minutes of the drill clock go by in a minute.

    Refused where nobody is to evaluate or, in the field, to keep people safe, where an evaluator plays, before its
    state allows it and while a real warning is in force in the area.
    """
    row = _for_control(work, drill_id)
    _refuse_unready(work, row)
    if row.state is not State.RUNNING:
        register.move_drill(work, drill_id, Step.START)
    else:
        register.refuse_warnings(work, row.area, row.title)
    newest = work.session.exec(
        select(ScriptRow).where(ScriptRow.drill_id == row.id).order_by(col(ScriptRow.revision).desc())
    ).first()
    return _write(work, row, EntryKind.STARTED, about=newest.hash if newest else "", speed=speed)


def turn(work: Work, drill_id: str, kind: EntryKind, *, text: str = "", minute: float | None = None) -> Playing:
    """Pause, resume, jump on the drill clock, lift a stop, or end play; a warning in force keeps a stop in place."""
    row = _for_control(work, drill_id)
    if kind in (EntryKind.CLEARED, EntryKind.RESUMED):
        register.refuse_warnings(work, row.area, row.title)
    found = _write(work, row, kind, text=text, minute=minute)
    if kind is EntryKind.ENDED:
        register.move_drill(work, drill_id, Step.END)
    return found


def stop(work: Work, drill_id: str, *, text: str) -> None:
    """Freeze play at once; everybody in the drill may, whether of its staff or of a unit that takes part."""
    row = register.visible_row(work, drill_id)
    if not (scripts.may_read(work, drill_id) or _takes_part(work, row)):
        raise NotAllowed("play-for-those-in-it", thing=row.title, action=Action.ANSWER_INJECT.value)
    _write(work, row, EntryKind.STOPPED, text=text)


def release(work: Work, drill_id: str, inject_id: str) -> Playing:
    """Release an inject by hand, in its time or out of it."""
    row = _for_control(work, drill_id)
    found = _playing(work, row)
    inject = found.play.script.inject(inject_id)
    if inject_id in found.play.sent:
        raise DrillError("inject-sent-already", thing=inject.number, rule="must not have been released")
    if not inject.to or not inject.text.strip():
        raise DrillError("inject-not-ready", thing=inject.number, field="text" if inject.to else "to",
                         rule="must be given")  # fmt: skip
    return _write(work, row, EntryKind.RELEASED, about=inject_id)


def skip(work: Work, drill_id: str, inject_id: str, *, text: str) -> Playing:
    """Leave an inject out; the log says why, and it may still be released by hand."""
    row = _for_control(work, drill_id)
    _open_inject(_playing(work, row), inject_id)
    return _write(work, row, EntryKind.SKIPPED, about=inject_id, text=text)


def postpone(work: Work, drill_id: str, inject_id: str, *, minute: float, text: str) -> Playing:
    """Put a timed inject off, or forward, to another minute of the drill clock, not before what it shows now."""
    row = _for_control(work, drill_id)
    found = _playing(work, row)
    inject = _open_inject(found, inject_id)
    shown = found.play.minute_at(work.now)
    if inject.at_min is None or not shown <= minute:
        raise DrillError("inject-not-postponed", thing=inject.number, field="minute", rule=f"must be >= {shown:.1f}",
                         value=minute, clock=round(shown, 1))  # fmt: skip
    return _write(work, row, EntryKind.POSTPONED, about=inject_id, minute=minute, text=text)


def improvise(work: Work, drill_id: str, *, to: str, text: str) -> Playing:
    """Put something into play that no script has: to whom, and the words."""
    row = _for_control(work, drill_id)
    for field, value in (("to", to), ("text", text)):
        if not value.strip():
            raise DrillError("inject-not-ready", thing=row.title, field=field, rule="must be given")
    return _write(work, row, EntryKind.RELEASED, unit=to.strip(), text=text.strip())


def mark_done(work: Work, drill_id: str, action_id: str, *, text: str = "") -> None:
    """Take down that an expected action is done now, by what was seen."""
    row = _for_readers(work, drill_id)
    found = _playing(work, row)
    action = found.play.script.action(action_id)
    if action_id in found.play.done:
        raise DrillError("action-done-already", thing=action.number, rule="must not be done")
    _write(work, row, EntryKind.DONE, about=action_id, text=text)


def note(work: Work, drill_id: str, *, text: str, about: str = "") -> None:
    """Take down what was seen, of an inject, an action or play as a whole."""
    row = _for_readers(work, drill_id)
    if not text.strip():
        raise DrillError("entry-text-missing", thing=row.title, field="text", rule="must be given")
    _write(work, row, EntryKind.NOTED, about=about, text=text.strip())


def void(work: Work, drill_id: str, entry_id: str, *, text: str) -> None:
    """Declare a line of what was seen void; it stays in the log with the reason. Controllers any, others their own."""
    row = _for_readers(work, drill_id)
    found = next((one for one in log.entries(work, row.id) if one.id == entry_id), None)
    if found is None or found.kind not in SEEN:
        raise DrillError("entry-not-voidable", thing=row.title, field="entry", rule="must tell what was seen",
                         value=entry_id)  # fmt: skip
    if found.by != work.actor.account:
        _for_control(work, drill_id)
    _write(work, row, EntryKind.VOIDED, about=entry_id, text=text, once=f"void:{entry_id}")


def seat(work: Work, drill_id: str) -> tuple[Told, ...]:
    """What was released to the actor's unit, newest first; the script itself stays hidden."""
    row = register.visible_row(work, drill_id)
    unit = _seat_unit(work, row)
    found = _playing(work, row)
    return tuple(_told(found, line, unit) for line in reversed(_released_to(found, unit)))


def phase(work: Work, drill_id: str) -> tuple[Phase, str]:
    """How play stands and, of one that was stopped, why; for everybody who sees the drill."""
    row = register.visible_row(work, drill_id)
    found = _playing(work, row).play
    return found.phase, found.stop.entry.text if found.stop else ""


def stops(work: Work) -> tuple[Stop, ...]:
    """The drills stopped now of those the actor sees; for every page, every few seconds."""
    rows = work.session.exec(select(DrillRow).where(DrillRow.state == State.RUNNING)).all()
    found = ((row, log.standstill(work, row.id)) for row in rows if work.actor.may(Action.READ_DRILL))
    return tuple(
        Stop(drill=row.id, title=row.title, title_en=row.title_en, reason=line.text, at=line.at)
        for row, line in found
        if line is not None and register.is_seen(work, row)
    )


def is_played(work: Work, drill_id: str) -> bool:
    """Whether play of a drill was begun here, so that it ends here as well; for everybody who sees the drill."""
    return log.is_begun(work, register.visible_row(work, drill_id).id)


def is_control(work: Work, drill_id: str) -> bool:
    """Whether the actor turns the clock of a drill."""
    row = register.visible_row(work, drill_id)
    arranges = changes(work, organisation=row.organisation_id, area=row.area)
    return scripts.may_read(work, drill_id) and work.actor.may(Action.CONTROL_DRILL) and arranges


def has_seat(work: Work, drill_id: str) -> bool:
    """Whether the actor answers for a unit that takes part in a drill."""
    return work.actor.may(Action.ANSWER_INJECT) and _takes_part(work, register.visible_row(work, drill_id))


def receive(work: Work, drill_id: str, line_id: str) -> None:
    """Answer for the actor's unit that it has received what a line released; once."""
    row, unit, line = _own_line(work, drill_id, line_id)
    if (line_id, unit) in _playing(work, row).play.received:
        return
    _write(work, row, EntryKind.RECEIVED, about=line_id, unit=unit, once=f"received:{line.id}:{unit}")


def report(work: Work, drill_id: str, *, text: str, line_id: str = "") -> None:
    """Report for the actor's unit, to what a line released or on its own account."""
    if line_id:
        _own_line(work, drill_id, line_id)
    row = register.visible_row(work, drill_id)
    unit = _seat_unit(work, row)
    if not text.strip():
        raise DrillError("entry-text-missing", thing=row.title, field="text", rule="must be given")
    _write(work, row, EntryKind.NOTED, about=line_id, unit=unit, text=text.strip())


def _playing(work: Work, row: DrillRow) -> Playing:
    lines = log.entries(work, row.id)
    return Playing(
        drill=register.value_of(row), entries=lines, play=Play.of(log.script_of(work, row, lines), lines)
    )  # fmt: skip


def _write(work: Work, row: DrillRow, kind: EntryKind, *, once: str = "", **more: Any) -> Playing:
    """Write one line at the server and answer how play stands then; refused where play does not allow it."""
    found = _playing(work, row)
    if not may_follow(found.play.phase, kind) or (found.drill.state is not State.RUNNING and kind not in _LATER):
        raise DrillError("play-not-so", thing=row.title, field="phase", rule=f"{kind.value} is not open",
                         value=found.play.phase.value, step=kind.value)  # fmt: skip
    entry = Entry(
        id=work.new_id(), kind=kind, at=log.now_of(work, row.id), by=work.actor.account, name=work.actor.name, **more
    )
    if kind is EntryKind.RELEASED and entry.about:
        once = once_of(found.play, found.play.script.inject(entry.about))
    log.append(work, row.id, [(entry, once or entry.id)])
    if kind in _EVENTS:
        payload = {"drill": row.id, "line": len(found.entries) + 1, "reason": entry.text}
        events.record(work, register.chain_of_drill(row.id), f"play-{kind.value}", payload)
    return _playing(work, row)


_LATER = SEEN | {EntryKind.VOIDED, EntryKind.STARTED}
"""What may be written when the drill has ended, or is just being started."""
_EVENTS = frozenset({EntryKind.STARTED, EntryKind.STOPPED, EntryKind.CLEARED, EntryKind.ENDED})
"""Lines that the history of the drill tells as well, with how many lines the log has by then."""


def _refuse_unready(work: Work, row: DrillRow) -> None:
    kept = work.session.get(DesignRow, row.id)
    design = unplain(Design, json.loads(kept.data)) if kept else Design()
    if not design.at(Post.EVALUATOR):
        raise DrillError("play-without-evaluator", thing=row.title, field="posts", rule="needs an evaluator")
    if row.form is Form.LIVE and not design.at(Post.SAFETY):
        raise DrillError("play-without-safety-officer", thing=row.title, field="posts", rule="needs a safety officer")
    units = set(filter(None, (_name_of(work, one) for one in row.units)))
    arranging = _name_of(work, row.organisation_id or "")
    for one in design.at(Post.EVALUATOR):
        if one.unit in units and one.unit != arranging:
            raise DrillError("play-evaluator-plays", thing=row.title, field="posts",
                             rule="an evaluator takes no part", value=one.name, unit=one.unit)  # fmt: skip


def _name_of(work: Work, unit: str) -> str:
    """The name of a body; a team that is none is called as it is written."""
    body = next((one for one in organisations.organisations(work) if one.id == unit), None)
    return body.name if body else unit


def _for_readers(work: Work, drill_id: str) -> DrillRow:
    row = register.visible_row(work, drill_id)
    if not scripts.may_read(work, drill_id):
        raise NotAllowed("script-for-control", thing=row.title, action=Action.CONTROL_DRILL.value)
    return row


def _for_control(work: Work, drill_id: str) -> DrillRow:
    row = _for_readers(work, drill_id)
    work.require(Action.CONTROL_DRILL)
    if not changes(work, organisation=row.organisation_id, area=row.area):
        raise NotAllowed("drill-of-another-body", thing=row.title, action=Action.CONTROL_DRILL.value)
    return row


def _takes_part(work: Work, row: DrillRow) -> bool:
    here = standpoint(work).organisation
    return here is not None and here in row.units


def _seat_unit(work: Work, row: DrillRow) -> str:
    """The name of the actor's unit, if it takes part."""
    work.require(Action.ANSWER_INJECT)
    here = standpoint(work).organisation
    if here is None or not _takes_part(work, row):
        raise NotAllowed("play-for-those-in-it", thing=row.title, action=Action.ANSWER_INJECT.value)
    return organisations.organisation(work, here).name


def _released_to(found: Playing, unit: str) -> list[Entry]:
    """The lines that released something to a unit, in their order; a short name stands for a whole one."""
    lines = (one for one in found.entries if one.kind is EntryKind.RELEASED)
    return [one for one in lines if any(runs_through(name, unit) for name in _recipients(found, one))]


def _recipients(found: Playing, line: Entry) -> tuple[str, ...]:
    return found.play.script.inject(line.about).to if line.about else (line.unit,)


def _told(found: Playing, line: Entry, unit: str) -> Told:
    answered = found.play.received.get((line.id, unit))
    inject = found.play.script.inject(line.about) if line.about else None
    return Told(
        id=line.id,
        text=inject.text if inject else line.text,
        text_en=inject.text_en if inject else "",
        sender=inject.sender if inject else "",
        at=line.at,
        received_at=answered.at if answered else None,
    )


def _own_line(work: Work, drill_id: str, line_id: str) -> tuple[DrillRow, str, Entry]:
    """The drill, the actor's unit and the line, if that line was released to the unit."""
    row = register.visible_row(work, drill_id)
    unit = _seat_unit(work, row)
    line = next((one for one in _released_to(_playing(work, row), unit) if one.id == line_id), None)
    if line is None:
        raise NotFound("play-line-unknown", thing=row.title, value=line_id)
    return row, unit, line


def _open_inject(found: Playing, inject_id: str) -> Inject:
    inject = found.play.script.inject(inject_id)
    if inject_id in found.play.sent:
        raise DrillError("inject-sent-already", thing=inject.number, rule="must not have been released")
    return inject
