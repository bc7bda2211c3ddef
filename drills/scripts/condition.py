"""When a conditional inject is released: AND, OR and NOT of drill clock, player actions, injects, simulated state."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from drills.errors import DrillError

MOST_DEPTH = 20
"""Deeper than any condition somebody wrote to be understood in play."""


class Kind(StrEnum):
    """What a condition asks."""

    ALL = "all"  # 且
    ANY = "any"  # 或
    NOT = "not"  # 非
    CLOCK = "clock"  # 演练时钟
    DONE = "done"  # 预期行动已完成
    OVERDUE = "overdue"  # 预期行动逾期未完成
    SENT = "sent"  # 注入已下达
    STATE = "state"  # 推演状态


JOINS = frozenset({Kind.ALL, Kind.ANY, Kind.NOT})
_OF_ACTIONS = frozenset({Kind.DONE, Kind.OVERDUE})


class Sense(StrEnum):
    """On which side of a value a simulated state must lie."""

    AT_LEAST = "at_least"
    BELOW = "below"


@dataclass(frozen=True, kw_only=True)
class Situation:
    """What is known at one minute of the drill clock.

    *done* are the expected actions reported done, *overdue* those whose limit passed before they were; *sent* says at
    which minute an inject was released. *state* gives a simulated value by its name at a minute.
    """

    minute: float
    done: Collection[str] = ()
    overdue: Collection[str] = ()
    sent: Mapping[str, float]
    state: Callable[[str, float], float]


@dataclass(frozen=True, kw_only=True)
class Condition:
    """One condition; *of* are its parts where it joins others, *name* the action, inject or state it asks about.

    *value* is the minute of a clock, the minutes that must have gone by since an inject, or what a state is held
    against on the side *sense*.

    >>> flooded = Condition(kind=Kind.STATE, name="growth:water", sense=Sense.AT_LEAST, value=5.5)
    >>> late = Condition(kind=Kind.ALL, of=(flooded, Condition(kind=Kind.CLOCK, value=30)))
    >>> late.holds(Situation(minute=31, sent={}, state=lambda name, minute: 6.0))
    True
    >>> late.holds(Situation(minute=29, sent={}, state=lambda name, minute: 6.0))
    False
    """

    kind: Kind
    of: tuple[Condition, ...] = ()
    name: str = ""
    value: float = 0.0
    sense: Sense | None = None

    def __post_init__(self) -> None:
        wrong = next(_wrongs(self), None)
        if wrong is not None:
            field, rule, value = wrong
            raise DrillError("condition-malformed", thing=f"condition {self.kind}", field=field, rule=rule, value=value)

    def holds(self, now: Situation) -> bool:
        """Whether it is fulfilled."""
        return _HOLDS[self.kind](self, now)

    def leaves(self) -> Iterator[Condition]:
        """Every part that joins no others, from left to right."""
        if self.kind not in JOINS:
            yield self
        for part in self.of:
            yield from part.leaves()

    def named(self, *kinds: Kind) -> frozenset[str]:
        """The names that parts of these kinds ask about."""
        return frozenset(leaf.name for leaf in self.leaves() if leaf.kind in kinds)

    @property
    def actions(self) -> frozenset[str]:
        """The expected actions it asks about."""
        return self.named(*_OF_ACTIONS)

    @property
    def injects(self) -> frozenset[str]:
        """The injects it asks about."""
        return self.named(Kind.SENT)

    @property
    def states(self) -> frozenset[str]:
        """The simulated states it asks about."""
        return self.named(Kind.STATE)

    @property
    def depth(self) -> int:
        """How deep its parts lie in one another."""
        return 1 + max((part.depth for part in self.of), default=0)


def _wrongs(one: Condition) -> Iterator[tuple[str, str, object]]:
    """Field, rule and value of everything that cannot be."""
    if (one.kind in JOINS) != bool(one.of):
        yield "of", "parts belong to and, or, not", len(one.of)
    if one.kind is Kind.NOT and len(one.of) > 1:
        yield "of", "not has one part", len(one.of)
    if (one.kind in JOINS or one.kind is Kind.CLOCK) == bool(one.name):
        yield "name", "must name an action, an inject or a state", one.name
    if (one.kind is Kind.STATE) != (one.sense is not None):
        yield "sense", "belongs to a state", one.sense
    if not abs(one.value) < float("inf") or (one.kind in (Kind.CLOCK, Kind.SENT) and one.value < 0):
        yield "value", "must be a number, minutes >= 0", one.value
    if one.of and one.depth > MOST_DEPTH:
        yield "of", f"at most {MOST_DEPTH} deep", one.depth


def _is_sent(one: Condition, now: Situation) -> bool:
    return one.name in now.sent and now.minute - now.sent[one.name] >= one.value


def _is_state(one: Condition, now: Situation) -> bool:
    found = now.state(one.name, now.minute)
    return found >= one.value if one.sense is Sense.AT_LEAST else found < one.value


_HOLDS: dict[Kind, Callable[[Condition, Situation], bool]] = {
    Kind.ALL: lambda one, now: all(part.holds(now) for part in one.of),
    Kind.ANY: lambda one, now: any(part.holds(now) for part in one.of),
    Kind.NOT: lambda one, now: not one.of[0].holds(now),
    Kind.CLOCK: lambda one, now: now.minute >= one.value,
    Kind.DONE: lambda one, now: one.name in now.done,
    Kind.OVERDUE: lambda one, now: one.name in now.overdue,
    Kind.SENT: _is_sent,
    Kind.STATE: _is_state,
}
