"""All states of a sequence woven into one: who put in which piece, who took it out, and when."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True, kw_only=True, slots=True)
class Hand:
    """Who changed something, and when."""

    author: str
    at: datetime


class Fate(StrEnum):
    """What became of a piece between the first state and the last."""

    STAYED = "stayed"
    CAME = "came"
    WENT = "went"


@dataclass(frozen=True, kw_only=True, slots=True)
class Strand(Generic[T]):
    """One piece through all states; *came* by nobody: there from the first, *went* by nobody: there at the last."""

    piece: T
    came: Hand | None = None
    went: Hand | None = None

    @property
    def fate(self) -> Fate:
        """What became of it; a piece that came and went is in neither of the two states."""
        if self.went is not None:
            return Fate.WENT
        return Fate.STAYED if self.came is None else Fate.CAME

    @property
    def hand(self) -> Hand | None:
        """Whose mark it bears."""
        return self.went or self.came


def woven(first: Sequence[T], later: Iterable[tuple[Sequence[T], Hand]]) -> tuple[Strand[T], ...]:
    """The pieces of the first and the last state in one order, each with whoever made it come or go.

    Without those that came it reads as the first state, without those that went as the last. What somebody
    took out and somebody put back as it was has stayed.

    >>> from datetime import UTC
    >>> anna, ben = (Hand(author=name, at=datetime(2026, 3, day, tzinfo=UTC)) for name, day in (("安", 1), ("本", 2)))
    >>> found = woven("30分内报", [("15分内报", anna), ("15分内急报", ben)])
    >>> [(one.piece, one.fate.value, one.hand.author) for one in found if one.hand]
    [('3', 'went', '安'), ('0', 'went', '安'), ('1', 'came', '安'), ('5', 'came', '安'), ('急', 'came', '本')]
    """
    strands = [Strand(piece=piece) for piece in first]
    for state, hand in later:
        strands = _next(strands, state, hand)
    return tuple(_reconciled([strand for strand in strands if strand.came is None or strand.went is None]))


def _next(strands: list[Strand[T]], state: Sequence[T], hand: Hand) -> list[Strand[T]]:
    """One state further: what is not in it went, what is new in it came."""
    alive = [at for at, strand in enumerate(strands) if strand.went is None]
    present = [strands[at].piece for at in alive]
    found: list[Strand[T]] = []
    done = 0
    for tag, a0, a1, b0, b1 in SequenceMatcher(None, present, state, autojunk=False).get_opcodes():
        until = alive[a1 - 1] + 1 if a1 > a0 else done
        part = strands[done:until]
        done = until
        if tag != "equal":
            part = [replace(one, went=hand) if one.went is None else one for one in part]
            part += [Strand(piece=piece, came=hand) for piece in state[b0:b1]]
        found += part
    return found + strands[done:]


def _reconciled(strands: list[Strand[T]]) -> list[Strand[T]]:
    """Between two pieces that stayed, equal ones that went and came are one that stayed."""
    found: list[Strand[T]] = []
    went: list[Strand[T]] = []
    came: list[Strand[T]] = []
    for strand in [*strands, None]:
        if strand is not None and strand.fate is not Fate.STAYED:
            (went if strand.fate is Fate.WENT else came).append(strand)
            continue
        found += _paired(went, came)
        went, came = [], []
        if strand is not None:
            found.append(strand)
    return found


def _paired(went: list[Strand[T]], came: list[Strand[T]]) -> list[Strand[T]]:
    if not (went and came):
        return went + came
    old, new = [one.piece for one in went], [one.piece for one in came]
    found: list[Strand[T]] = []
    for tag, a0, a1, b0, b1 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [Strand(piece=piece) for piece in old[a0:a1]]
        else:
            found += [*went[a0:a1], *came[b0:b1]]
    return found
