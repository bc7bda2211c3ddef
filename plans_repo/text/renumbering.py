"""Typed numbers put in order: what each clause would be called, in the manner its author numbered it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from plans_repo.text.clause import Clause, outline, parents
from plans_repo.text.reading.han_numbers import FULL_WIDTH, HAN_NUMERAL, han_numeral
from plans_repo.text.reading.numbers import Family, Number, number_of

THROUGHOUT = frozenset({Family.ARTICLE, Family.ATTACHMENT, Family.PART})
"""Families that are counted through the whole plan, not anew under every heading."""
_NUMERALS = re.compile(rf"{HAN_NUMERAL}+|[0-9０-９]+")
_TO_FULL_WIDTH = {narrow: wide for wide, narrow in FULL_WIDTH.items()}


@dataclass(frozen=True, kw_only=True)
class Renumbered:
    """A clause whose typed number changes: shown before and after, and as it will be typed."""

    clause: str
    before: str
    after: str
    after_raw: str


def renumbered(clauses: Sequence[Clause]) -> tuple[Renumbered, ...]:
    """The clauses whose typed number is out of order, with the one they get.

    Clauses of one kind of number under one heading count up from one, articles and attachments through the whole
    plan; a decimal number takes over that of its heading. What has no number, or one that Word makes, is left alone.

    >>> from plans_repo.text.clause import ClauseKind
    >>> raw = ("1", "3", "3.1", "3.3")
    >>> kind = ClauseKind.HEADING
    >>> plan = [Clause(id=one, kind=kind, level=1 + ("." in one), number=one, number_raw=one) for one in raw]
    >>> [(change.before, change.after) for change in renumbered(plan)]
    [('3', '2'), ('3.1', '2.1'), ('3.3', '2.2')]
    """
    return tuple(_Counting(clauses).changes())


class _Counting:
    """The numbers given out so far."""

    def __init__(self, clauses: Sequence[Clause]) -> None:
        self.clauses = outline(clauses)
        self.above = parents(clauses)
        self.last: dict[tuple[str, str, int], int] = {}
        self.given: dict[str, tuple[int, ...]] = {}

    def changes(self) -> list[Renumbered]:
        found = []
        for clause in self.clauses:
            number = number_of(f"{clause.number_raw} 题") if clause.number_raw else None
            if number is None or number.family is Family.ITEM or not _values(number):
                continue
            change = self._change(clause, number)
            if change.after_raw != clause.number_raw:
                found.append(change)
        return found

    def _change(self, clause: Clause, number: Number) -> Renumbered:
        values = _values(number)
        above = self.given.get(self.above[clause.id], ())
        prefix = above if number.family is Family.DECIMAL and len(above) == len(values) - 1 else values[:-1]
        scope = "" if number.family in THROUGHOUT else self.above[clause.id]
        key = (
            scope,
            f"{number.family}{clause.number_raw[:2] if number.family is Family.ATTACHMENT else ''}",
            len(values),
        )
        own = self.last.get(key, 0) + 1
        self.last[key] = own
        fresh = (*prefix, own)
        self.given[clause.id] = fresh
        return Renumbered(
            clause=clause.id,
            before=clause.number,
            after=_written(clause.number, fresh),
            after_raw=_written(clause.number_raw, fresh),
        )


def _values(number: Number) -> tuple[int, ...]:
    if number.family is Family.ATTACHMENT:
        found = _NUMERALS.findall(number.label)
        return (
            (int(found[0].translate(FULL_WIDTH)),)
            if len(found) == 1 and found[0][0] in "0123456789０１２３４５６７８９"
            else ()
        )
    return number.values


def _written(shown: str, values: tuple[int, ...]) -> str:
    """The number with other values, in the digits and with the marks it was typed with."""
    parts = iter(values)
    places = list(_NUMERALS.finditer(shown))
    if len(places) != len(values):
        return ".".join(map(str, values)) if "." in shown else shown
    return _NUMERALS.sub(lambda match: _numeral(next(parts), match[0]), shown)


def _numeral(value: int, like: str) -> str:
    if re.fullmatch(f"{HAN_NUMERAL}+", like):
        return han_numeral(value)
    written = str(value)
    return written.translate(_TO_FULL_WIDTH) if ord(like[0]) > 0xFF00 else written
