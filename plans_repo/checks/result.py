"""Results of rule checks: one of five outcomes, where, what was expected and found, on which source, what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from sim.figure import Mark


class Outcome(StrEnum):
    """How a rule turned out. A field that cannot be seen is never a pass."""

    FAIL = "fail"  # 不符合
    DUE_SOON = "due_soon"  # 临期
    CANNOT_TELL = "cannot_tell"  # 无法判定
    PASS = "pass"  # 符合
    NOT_APPLICABLE = "not_applicable"  # 不适用


GRAVEST_FIRST = tuple(Outcome)
"""Of several findings under one rule the first of these is the outcome of the rule."""


class WhereKind(StrEnum):
    """What a result points at."""

    CLAUSE = "clause"
    PAPER = "paper"
    DATE = "date"
    PLAN = "plan"
    ENTRY = "entry"
    STEP = "step"
    FILE = "file"


@dataclass(frozen=True, kw_only=True)
class Where:
    """A place: its kind, its id (empty for a day or a step) and how people cite it."""

    kind: WhereKind
    label: str
    id: str = ""


@dataclass(frozen=True, kw_only=True)
class Part:
    """One finding of a rule: the reason is a key of the rule's own sentences, filled from *fields*."""

    outcome: Outcome
    reason: str
    fields: Mapping[str, object] = field(default_factory=dict)
    where: tuple[Where, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Beaten:
    """A rule that also holds but asks for less than the one that decides."""

    rule: str
    title: str
    asks: str
    source: str


@dataclass(frozen=True, kw_only=True)
class CheckResult:
    """One rule on one plan, in sentences of one language.

    *part_of* is the pack the rule stands in ("" for the national one); *overrides* the national rule it
    takes the place of. *beats* are the laxer rules on the same matter, *beaten_by* the stricter one that decides.
    *due_on* is the day until which something has to be done.
    """

    id: str
    title: str
    outcome: Outcome
    where: tuple[Where, ...]
    expected: str
    found: str
    todo: str
    source: str
    article: str
    mark: Mark
    pack: str = ""
    is_fictional: bool = False
    overrides: str = ""
    beats: tuple[Beaten, ...] = ()
    beaten_by: str = ""
    due_on: str = ""


def gravest(outcomes: Iterable[Outcome]) -> Outcome:
    """The outcome of several findings; nothing at all is not applicable.

    >>> gravest([Outcome.PASS, Outcome.CANNOT_TELL]), gravest([])
    (<Outcome.CANNOT_TELL: 'cannot_tell'>, <Outcome.NOT_APPLICABLE: 'not_applicable'>)
    """
    return min(outcomes, key=GRAVEST_FIRST.index, default=Outcome.NOT_APPLICABLE)


def counts(results: Sequence[CheckResult]) -> dict[Outcome, int]:
    """How many rules turned out in which way, each outcome named."""
    found = Counter(result.outcome for result in results)
    return {outcome: found[outcome] for outcome in Outcome}
