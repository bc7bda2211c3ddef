"""How a text went from one version to another: every state of every clause, with who made it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from plans_repo.text.clause import Clause
from plans_repo.text.difference import moved_clauses
from plans_repo.text.weave import Hand

State = tuple[Clause | None, Hand]
"""A clause as somebody left it; None where it was taken out."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Saved:
    """A clause as somebody saved it on the way to a version."""

    clause: str
    value: Clause | None
    hand: Hand
    moved: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One version further: its text, who made it, and the saves of its draft, oldest first."""

    clauses: tuple[Clause, ...]
    hand: Hand
    saves: tuple[Saved, ...] = ()


class History:
    """A text and the versions after it, clause by clause."""

    def __init__(self, first: Sequence[Clause], steps: Sequence[Step]) -> None:
        self.first = tuple(first)
        self.steps = tuple(steps)
        self._begun = {clause.id: clause for clause in first}
        self._states: dict[str, list[State]] = {}
        self._movers: dict[str, Hand] = {}
        before = self.first
        for step in steps:
            self._follow(before, step)
            before = step.clauses

    @property
    def last(self) -> tuple[Clause, ...]:
        """The text at the end."""
        return self.steps[-1].clauses if self.steps else self.first

    @property
    def hand(self) -> Hand | None:
        """Who made the last version."""
        return self.steps[-1].hand if self.steps else None

    def states(self, clause: str) -> tuple[Clause | None, tuple[State, ...]]:
        """A clause at the beginning (None where it was not there yet), and what it became, oldest first."""
        return self._begun.get(clause), tuple(self._states.get(clause, ()))

    def mover(self, clause: str) -> Hand | None:
        """Who put a clause where it stands, if somebody did."""
        return self._movers.get(clause)

    def _follow(self, before: tuple[Clause, ...], step: Step) -> None:
        old, new = ({clause.id: clause for clause in side} for side in (before, step.clauses))
        present: dict[str, Clause | None] = dict(old)
        for save in step.saves:
            if save.moved:
                self._movers[save.clause] = save.hand
            if present.get(save.clause) != save.value:
                self._note(save.clause, save.value, save.hand)
                present[save.clause] = save.value
        for name in dict.fromkeys([*present, *new]):
            if present.get(name) != new.get(name):
                self._note(name, new.get(name), step.hand)
        told = {save.clause for save in step.saves if save.moved}
        self._movers |= dict.fromkeys(moved_clauses(before, step.clauses) - told, step.hand)

    def _note(self, clause: str, value: Clause | None, hand: Hand) -> None:
        self._states.setdefault(clause, []).append((value, hand))


def backwards(first: Sequence[Clause], steps: Sequence[Step]) -> tuple[tuple[Clause, ...], tuple[Step, ...]]:
    """The way back: from the last text to *first*, each change undone under the hand that had made it."""
    texts = [tuple(first), *(step.clauses for step in steps)]
    found = [_undone(texts[at], step) for at, step in reversed(list(enumerate(steps)))]
    return texts[-1], tuple(found)


def _undone(before: tuple[Clause, ...], step: Step) -> Step:
    return Step(clauses=before, hand=step.hand, saves=tuple(_undone_saves(before, step)))


def _undone_saves(before: tuple[Clause, ...], step: Step) -> Iterator[Saved]:
    """From the last save back to the first; the state a save leads back to is the one it was made on."""
    present: dict[str, Clause | None] = {clause.id: clause for clause in before}
    back: list[Saved] = []
    for save in step.saves:
        back.append(Saved(clause=save.clause, value=present.get(save.clause), hand=save.hand, moved=save.moved))
        present[save.clause] = save.value
    return reversed(back)
