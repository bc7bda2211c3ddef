"""How play stands: the log followed line by line."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from drills.conduct.entry import OF_CLOCK, OF_INJECT, SEEN, Entry, EntryKind
from drills.scripts.condition import Situation
from drills.scripts.script import START, ExpectedAction, Inject, Script

SECONDS = 60
K = TypeVar("K")


class Phase(StrEnum):
    """Where play stands."""

    READY = "ready"  # 未开始
    RUNNING = "running"  # 进行中
    PAUSED = "paused"  # 暂停
    STOPPED = "stopped"  # 已叫停
    ENDED = "ended"  # 已结束


_ANY_TIME = SEEN | {EntryKind.VOIDED}
_AFTER_START = (Phase.RUNNING, Phase.PAUSED, Phase.STOPPED, Phase.ENDED)

MOVES: dict[tuple[Phase, EntryKind], Phase] = {
    (Phase.READY, EntryKind.STARTED): Phase.RUNNING,
    (Phase.RUNNING, EntryKind.PAUSED): Phase.PAUSED,
    (Phase.PAUSED, EntryKind.RESUMED): Phase.RUNNING,
    (Phase.RUNNING, EntryKind.JUMPED): Phase.RUNNING,
    (Phase.PAUSED, EntryKind.JUMPED): Phase.PAUSED,
    (Phase.RUNNING, EntryKind.STOPPED): Phase.STOPPED,
    (Phase.PAUSED, EntryKind.STOPPED): Phase.STOPPED,
    (Phase.STOPPED, EntryKind.CLEARED): Phase.PAUSED,
    (Phase.RUNNING, EntryKind.ENDED): Phase.ENDED,
    (Phase.PAUSED, EntryKind.ENDED): Phase.ENDED,
    (Phase.STOPPED, EntryKind.ENDED): Phase.ENDED,
    **{(phase, kind): phase for phase in (Phase.RUNNING, Phase.PAUSED) for kind in OF_INJECT},
    **{(phase, kind): phase for phase in _AFTER_START for kind in _ANY_TIME},
}
"""Every line that may be written, by how play stands, and how it stands afterwards."""


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """A stretch of the drill clock: at *since* it shows *minute*, then it runs at *speed*, 0 while it stands."""

    since: datetime
    minute: float
    speed: float

    def minute_at(self, instant: datetime) -> float:
        """What the clock shows at an instant of this stretch."""
        return self.minute + (instant - self.since).total_seconds() / SECONDS * self.speed

    def instant_of(self, minute: float) -> datetime:
        """When the running clock shows a minute; its beginning for one that had gone by."""
        behind_min = max(0.0, minute - self.minute)
        return self.since + timedelta(seconds=behind_min / self.speed * SECONDS)


@dataclass(frozen=True, kw_only=True)
class Moment:
    """When something happened: the minute of the drill clock, the instant, and the line that tells it."""

    minute: float
    entry: Entry

    @property
    def at(self) -> datetime:
        """The instant."""
        return self.entry.at


@dataclass(kw_only=True)
class Play:
    """How play of a script stands after the lines followed so far.

    *sent*, *skipped* and *done* hold the first moment of each inject and action; going back on the clock forgets
    what belongs to the minutes from there on, and counts in *take*. *passed* are injects that a jump forward went over.
    *late_s* says of each inject the clock released how many seconds after it was due.
    """

    script: Script
    phase: Phase = Phase.READY
    speed: float = 1.0
    stretch: Stretch | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    stop: Moment | None = None
    take: int = 0
    sent: dict[str, Moment] = field(default_factory=dict)
    skipped: dict[str, Moment] = field(default_factory=dict)
    postponed: dict[str, float] = field(default_factory=dict)
    passed: dict[str, Moment] = field(default_factory=dict)
    done: dict[str, Moment] = field(default_factory=dict)
    received: dict[tuple[str, str], Moment] = field(default_factory=dict)
    late_s: dict[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, script: Script, entries: Iterable[Entry]) -> Play:
        """Play after all *entries*; voided ones count for nothing.

        The server's come in the order it wrote them, those of devices in any.
        """
        lines = sorted(entries, key=lambda one: one.order)
        voided = {one.about for one in lines if one.kind is EntryKind.VOIDED}
        play = cls(script=script)
        for line in lines:
            if line.id not in voided:
                play.follow(line)
        return play

    def minute_at(self, instant: datetime) -> float:
        """What the drill clock shows; 0 before the start."""
        return 0.0 if self.stretch is None else self.stretch.minute_at(instant)

    def follow(self, entry: Entry) -> None:
        """Take in the next line."""
        moment = Moment(minute=self.minute_at(entry.at), entry=entry)
        if entry.kind in OF_CLOCK:
            self._turn(moment)
        elif entry.kind is EntryKind.RELEASED and entry.about:
            self._send(moment)
        elif entry.kind is EntryKind.SKIPPED:
            self.skipped[entry.about] = moment
        elif entry.kind is EntryKind.POSTPONED:
            assert entry.minute is not None
            self.postponed[entry.about] = entry.minute
        elif entry.kind is EntryKind.DONE:
            self.done.setdefault(entry.about, moment)
        elif entry.kind is EntryKind.RECEIVED:
            self.received.setdefault((entry.about, entry.unit), moment)

    def due_minute(self, inject: Inject) -> float | None:
        """When a timed inject is due on the drill clock, as postponed; None for any other."""
        return None if inject.at_min is None else self.postponed.get(inject.id, inject.at_min)

    def is_open(self, inject: Inject) -> bool:
        """Whether an inject is still to come: neither released nor skipped nor passed over."""
        return not (inject.id in self.sent or inject.id in self.skipped or inject.id in self.passed)

    def coming(self) -> list[tuple[float, Inject]]:
        """The timed injects still to come with their minute, the next first."""
        found = ((self.due_minute(one), one) for one in self.script.injects if self.is_open(one))
        return sorted(((at, one) for at, one in found if at is not None), key=lambda pair: pair[0])

    def fulfilled(self, waiting: Sequence[Inject], now: datetime) -> list[Inject]:
        """Those of several conditional injects whose condition holds at an instant."""
        if not waiting:
            return []
        situation = self.situation(
            now, frozenset[str]().union(*(one.condition.actions for one in waiting if one.condition))
        )
        return [one for one in waiting if one.condition is not None and one.condition.holds(situation)]

    def situation(self, now: datetime, actions: Collection[str]) -> Situation:
        """What conditions that name *actions* ask about."""
        minute = self.minute_at(now)
        return Situation(
            minute=minute,
            done=frozenset(self.done),
            overdue=frozenset(one for one in actions if self.is_overdue(self.script.action(one), minute)),
            sent={name: moment.minute for name, moment in self.sent.items()},
            state=self.script.state_at,
        )

    def base_minute(self, action: ExpectedAction) -> float | None:
        """The minute the limit of an action counts from: the start, or when what it names was released or done."""
        if action.since == START:
            return 0.0
        found = self.sent.get(action.since) or self.done.get(action.since)
        return found.minute if found else None

    def due_minute_of(self, action: ExpectedAction) -> float | None:
        """The minute by which an action is due as things have gone; None without a limit or before it counts."""
        base = self.base_minute(action)
        return None if base is None or action.limit_min is None else base + action.limit_min

    def is_overdue(self, action: ExpectedAction, minute: float) -> bool:
        """Whether the limit of an action had passed by a minute before it was done."""
        due = self.due_minute_of(action)
        done = self.done.get(action.id)
        return due is not None and minute > due and (done is None or done.minute > due)

    def took_min(self, action: ExpectedAction) -> float | None:
        """Minutes of the drill clock from where an action counts from until it was done; None while it is not."""
        base, done = self.base_minute(action), self.done.get(action.id)
        return None if base is None or done is None else done.minute - base

    def _send(self, moment: Moment) -> None:
        inject = self.script.inject(moment.entry.about)
        self.sent.setdefault(inject.id, moment)
        due = self.due_minute(inject)
        if not moment.entry.by and due is not None and self.stretch is not None and self.stretch.speed:
            self.late_s[inject.id] = (moment.at - self.stretch.instant_of(due)).total_seconds()

    def _turn(self, moment: Moment) -> None:
        entry, minute = moment.entry, moment.minute
        self.phase = MOVES.get((self.phase, entry.kind), self.phase)
        if entry.kind is EntryKind.STARTED:
            self.started_at, self.speed = entry.at, entry.speed
        elif entry.kind is EntryKind.ENDED:
            self.ended_at = entry.at
        elif entry.kind is EntryKind.JUMPED:
            assert entry.minute is not None
            minute = entry.minute
            self._jump(moment, minute)
        self.stop = moment if self.phase is Phase.STOPPED else None
        running = self.speed if self.phase is Phase.RUNNING else 0.0
        self.stretch = Stretch(since=entry.at, minute=minute, speed=running)

    def _go_back(self, to: float) -> None:
        """Forget what belongs to the minutes from *to* on: timed injects by when they were due, the rest as it went."""
        for injects in (self.sent, self.skipped, self.passed):
            _forget(injects, self._minute_of, to)
        _forget(self.done, lambda _name, moment: moment.minute, to)
        _forget(self.received, lambda _name, moment: moment.minute, to)

    def _minute_of(self, inject_id: str, moment: Moment) -> float:
        due = self.due_minute(self.script.inject(inject_id))
        return moment.minute if due is None else due

    def _jump(self, moment: Moment, to: float) -> None:
        if to < moment.minute:
            self.take += 1
            self._go_back(to)
            return
        for at, inject in self.coming():
            if at < to:
                self.passed[inject.id] = moment


def _forget(several: dict[K, Moment], minute_of: Callable[[K, Moment], float], to: float) -> None:
    for name in [name for name, moment in several.items() if minute_of(name, moment) >= to]:
        del several[name]


def may_follow(phase: Phase, kind: EntryKind) -> bool:
    """Whether a line of that kind may be written while play stands so.

    >>> may_follow(Phase.STOPPED, EntryKind.RESUMED), may_follow(Phase.PAUSED, EntryKind.RESUMED)
    (False, True)
    """
    return (phase, kind) in MOVES


def once_of(play: Play, inject: Inject) -> str:
    """What keeps an inject from being released twice, unless the clock was turned back in between."""
    return f"released:{inject.id}:{play.take}"
