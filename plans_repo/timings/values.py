"""Values of timings: one turnout (a drill, a call-out, a real incident) and what was timed in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from plans_repo.errors import PlansRepoError
from plans_repo.store.tables.timings import TimingEnd, TimingSubject, TurnoutKind
from plans_repo.word.numbers import SHOWN_IN
from sim.figure import above, words

__all__ = ["Recorded", "Timing", "TimingEnd", "TimingSubject", "Turnout", "TurnoutKind"]

LONGEST = timedelta(days=366)
MOST_TITLE, MOST_PLACE, MOST_RECORDER, MOST_FILE = 200, 200, 80, 255
MOST_NAME, MOST_ENTITY, MOST_NOTE, MOST_REASON, MOST_ATTEMPT = 120, 120, 300, 300, 1000


@dataclass(frozen=True, kw_only=True)
class Turnout:
    """One time that people turned out: a drill, a call-out or a real incident, with its minute 0.

    *version* is the version of the plan that was practised, the newest unless given. *is_announced* tells whether
    those who took part knew beforehand; it is False for a real incident.
    """

    plan: str
    kind: TurnoutKind
    title: str
    began_at: datetime
    recorder: str
    place: str = ""
    is_announced: bool = True
    version: str = ""
    source_file: str = ""
    id: str = ""
    kept_at: datetime | None = None

    def __post_init__(self) -> None:
        thing = self.title or "turnout"
        for field, most in (("title", MOST_TITLE), ("recorder", MOST_RECORDER)):
            words(thing, field, getattr(self, field))
            _check_length(thing, field, getattr(self, field), most)
        _check_length(thing, "place", self.place, MOST_PLACE)
        _check_length(thing, "source_file", self.source_file, MOST_FILE)
        _check_instant(thing, "began_at", self.began_at)
        object.__setattr__(self, "is_announced", self.is_announced and self.kind is not TurnoutKind.INCIDENT)

    @property
    def key(self) -> tuple[str, TurnoutKind, str, datetime]:
        """What tells it apart from the others."""
        return self.plan, self.kind, self.title, self.began_at


@dataclass(frozen=True, kw_only=True)
class Timing:
    """When a task of the procedure was begun and ended by those who did it; or when a target was reached.

    *name* is the id of the task (of the target), which it keeps through the versions of the plan; *entity* tells for
    which village or group it was, *attempt* counts tries. A task that was still under way when it was stopped ends
    as STOPPED at that moment. *quantity* is what a duration that is reckoned per unit is to be divided by. A target
    has no beginning of its own: it is counted as its text says.
    """

    name: str
    started_at: datetime
    ended_at: datetime
    subject: TimingSubject = TimingSubject.TASK
    entity: str = ""
    attempt: int = 1
    ending: TimingEnd = TimingEnd.DONE
    quantity: float | None = None
    note: str = ""
    turnout: str = ""
    revision: int = 0
    reason: str = ""
    is_withdrawn: bool = False
    kept_at: datetime | None = None

    def __post_init__(self) -> None:
        thing = self.name or "timing"
        words(thing, "name", self.name)
        for field, most in (("name", MOST_NAME), ("entity", MOST_ENTITY), ("note", MOST_NOTE), ("reason", MOST_REASON)):
            _check_length(thing, field, getattr(self, field), most)
        _check_instant(thing, "started_at", self.started_at)
        _check_instant(thing, "ended_at", self.ended_at)
        if isinstance(self.attempt, bool) or not 1 <= self.attempt <= MOST_ATTEMPT:
            raise PlansRepoError(
                "timing-attempt", thing=thing, field="attempt", rule=f"1-{MOST_ATTEMPT}", value=self.attempt,
                most=MOST_ATTEMPT,
            )  # fmt: skip
        if self.quantity is not None:
            above(thing, "quantity", self.quantity, 0)
        if self.ended_at <= self.started_at and self.subject is TimingSubject.TASK:
            raise PlansRepoError(
                "timing-ends-before-start", thing=thing, field="ended_at", rule="must be after the start",
                value=said(self.ended_at), start=said(self.started_at),
            )  # fmt: skip
        if self.ended_at - self.started_at > LONGEST:
            raise PlansRepoError(
                "timing-too-long",
                thing=thing,
                field="ended_at",
                rule="within a year of the start",
                value=said(self.ended_at),
            )

    @property
    def key(self) -> tuple[TimingSubject, str, str, int]:
        """What tells it apart from the others of its turnout."""
        return self.subject, self.name, self.entity, self.attempt

    @property
    def minutes(self) -> float:
        """How long it took, or had taken when it was stopped."""
        return (self.ended_at - self.started_at) / timedelta(minutes=1)

    def says_the_same_as(self, other: Timing) -> bool:
        """Whether both say the same times of the same thing."""
        return self.told == other.told

    @property
    def told(self) -> tuple[Any, ...]:
        """Everything that was observed."""
        return (*self.key, self.started_at, self.ended_at, self.ending, self.quantity, self.note)


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """A turnout with its timings as they stand: the last revision of each, withdrawn ones left out."""

    turnout: Turnout
    timings: tuple[Timing, ...]


def to_the_second(turnout: Turnout) -> Turnout:
    """The turnout with its minute 0 to the second."""
    return replace(turnout, began_at=turnout.began_at.replace(microsecond=0))


def said(at: datetime) -> str:
    """A moment as a person here reads it, to the second."""
    return at.astimezone(SHOWN_IN).strftime("%Y-%m-%d %H:%M:%S")


def _check_instant(thing: str, field: str, at: datetime) -> None:
    if at.tzinfo is None:
        raise PlansRepoError(
            "timing-instant", thing=thing, field=field, rule="must be a moment with a zone", value=str(at)
        )


def _check_length(thing: str, field: str, text: str, most: int) -> None:
    if len(text) > most:
        raise PlansRepoError(
            "timing-text-long", thing=thing, field=field, rule=f"at most {most}", value=len(text), most=most
        )
