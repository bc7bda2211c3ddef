"""The clock's own hand: releases what is due of every drill being played, and stops play under a real warning.

What it has read it keeps, so that a round costs little while nothing happens; what it writes, the log refuses twice.
After a restart it reads the log and goes on where that ends.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, islice, takewhile

from sqlalchemy import func
from sqlmodel import select

from drills import register
from drills.conduct import log
from drills.conduct.entry import Entry, EntryKind
from drills.conduct.play import Phase, Play, once_of
from drills.drill import State
from drills.errors import DrillError
from drills.scripts.script import Inject, Standing, Timing
from drills.store.tables import DrillRow, EntryRow
from plans_repo.store import events
from plans_repo.store.actor import SYSTEM
from plans_repo.store.work import Store, Work

REREAD = frozenset({EntryKind.JUMPED, EntryKind.VOIDED})
"""Lines after which what was followed so far is followed anew."""
REORDER = frozenset({EntryKind.SKIPPED, EntryKind.POSTPONED})
MOST_AT_ONCE = 500
"""Lines of one transaction: many injects of one minute hold nobody else up."""


@dataclass(kw_only=True)
class Followed:
    """A drill as the releaser has followed it: its log up to line *seen*, the timed injects to come, those waiting."""

    play: Play
    seen: int
    coming: list[tuple[float, Inject]] = field(default_factory=list)
    waiting: list[Inject] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.arrange()

    def arrange(self) -> None:
        """Put what is still to come in its order, the next last."""
        self.coming = [one for one in self.play.coming() if one[1].standing is Standing.APPROVED][::-1]
        self.waiting = [
            one
            for one in self.play.script.injects
            if one.timing is Timing.CONDITIONAL and one.standing is Standing.APPROVED
        ]

    def due(self, now: datetime) -> list[Inject]:
        """The injects due now, at most so many at once; none unless the clock runs."""
        if self.play.phase is not Phase.RUNNING:
            return []
        while self.coming and not self.play.is_open(self.coming[-1][1]):
            self.coming.pop()
        minute = self.play.minute_at(now)
        timed = (one for at, one in takewhile(lambda pair: pair[0] <= minute, reversed(self.coming)))
        waiting = [one for one in self.waiting if self.play.is_open(one)]
        found = chain(filter(self.play.is_open, timed), self.play.fulfilled(waiting, now))
        return list(islice(found, MOST_AT_ONCE))


class Releaser:
    """Releases what is due, round by round."""

    def __init__(self) -> None:
        self._followed: dict[str, Followed] = {}

    def round(self, store: Store) -> int:
        """Look once at every drill being played; answers how many injects were released."""
        with store.reading(SYSTEM) as work:
            running = _running(work)
            wanting = [drill for drill, lines in running.items() if self._wants(work, drill, lines)]
        for drill in set(self._followed) - set(running):
            del self._followed[drill]
        return sum(self._release_all(store, drill) for drill in wanting)

    def _wants(self, work: Work, drill_id: str, lines: int) -> bool:
        """Whether something of a drill is due, or a warning asks for its stop."""
        followed = self._follow(work, drill_id, lines)
        if followed.play.phase not in (Phase.RUNNING, Phase.PAUSED):
            return False
        row = work.session.get(DrillRow, drill_id)
        assert row is not None
        if _warning(work, row):
            return True
        return bool(followed.due(work.now))

    def _release_all(self, store: Store, drill_id: str) -> int:
        """Write all that is due, handful by handful."""
        total = 0
        while (count := self._release(store, drill_id)) == MOST_AT_ONCE:
            total += count
        return total + count

    def _release(self, store: Store, drill_id: str) -> int:
        """Write what is due; looked at again where only one may write."""
        with store.work(SYSTEM) as work:
            row = work.session.get(DrillRow, drill_id, with_for_update=True)
            if row is None or row.state is not State.RUNNING:
                return 0
            followed = self._follow(work, drill_id, _lines(work, drill_id))
            warning = _warning(work, row)
            if warning and followed.play.phase in (Phase.RUNNING, Phase.PAUSED):
                _stop(work, row, warning)
                return 0
            at = log.now_of(work, drill_id)
            due = followed.due(at)
            log.append(
                work, drill_id,
                [(Entry(id=work.new_id(), kind=EntryKind.RELEASED, at=at, about=one.id), once_of(followed.play, one))
                 for one in due],
            )  # fmt: skip
        return len(due)

    def _follow(self, work: Work, drill_id: str, lines: int) -> Followed:
        """What is known of a drill, brought up to the last line of its log."""
        known = self._followed.get(drill_id)
        if known is not None and known.seen == lines:
            return known
        fresh = log.entries(work, drill_id, behind=known.seen) if known else ()
        if known is None or any(one.kind in REREAD or one.device for one in fresh):
            known = self._read(work, drill_id)
        else:
            for line in fresh:
                known.play.follow(line)
            known.seen += len(fresh)
            if any(one.kind in REORDER for one in fresh):
                known.arrange()
        self._followed[drill_id] = known
        return known

    def _read(self, work: Work, drill_id: str) -> Followed:
        row = work.session.get(DrillRow, drill_id)
        assert row is not None
        entries = log.entries(work, drill_id)
        return Followed(play=Play.of(log.script_of(work, row, entries), entries), seen=len(entries))


def _running(work: Work) -> dict[str, int]:
    """The drills being played, each with how many lines its log has."""
    ids = work.session.exec(select(DrillRow.id).where(DrillRow.state == State.RUNNING)).all()
    return {one: lines for one in ids if (lines := _lines(work, one))}


def _lines(work: Work, drill_id: str) -> int:
    query = select(func.max(EntryRow.seq)).where(EntryRow.drill_id == drill_id)
    return work.session.exec(query).one() or 0


def _warning(work: Work, row: DrillRow) -> str:
    """What a warning in force in the area of a drill is called; "" where there is none."""
    try:
        register.refuse_warnings(work, row.area, row.title)
    except DrillError as refusal:
        return str(refusal.fields["value"])
    return ""


def _stop(work: Work, row: DrillRow, warning: str) -> None:
    """Freeze play because a real warning is in force."""
    at = log.now_of(work, row.id)
    entry = Entry(id=work.new_id(), kind=EntryKind.STOPPED, at=at, by=SYSTEM.account, text=warning)
    log.append(work, row.id, [(entry, entry.id)])
    events.record(work, register.chain_of_drill(row.id), "play-stopped", {"drill": row.id, "reason": warning})
