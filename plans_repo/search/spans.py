"""From which to which version of a plan each of its clauses had a text."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from plans_repo.store.tables.search import OPEN

Pair = tuple[str, int]
"""A clause and the document its words are."""


@dataclass(kw_only=True)
class Spans:
    """The spans of one plan while its versions are taken in, one after the other.

    >>> spans = Spans(plan=3)
    >>> for ordinal, doc in ((1, 7), (2, 7), (3, 8)):
    ...     spans.take(ordinal, {("c", doc)})
    >>> [(row["doc_id"], row["first"], row["last"]) for row in spans.rows()]
    [(7, 1, 2), (8, 3, 2147483647)]
    """

    plan: int
    is_open: dict[Pair, int] = field(default_factory=dict)
    closed: list[dict[str, Any]] = field(default_factory=list)
    begun: list[dict[str, Any]] = field(default_factory=list)

    def take(self, ordinal: int, present: Collection[Pair]) -> None:
        """End what the version has no more, begin what it has anew."""
        for pair in [pair for pair in self.is_open if pair not in present]:
            self.closed.append(self._row(pair, self.is_open.pop(pair), ordinal - 1))
        for pair in sorted(pair for pair in present if pair not in self.is_open):
            self.is_open[pair] = ordinal
            self.begun.append(self._row(pair, ordinal, OPEN))

    def rows(self) -> Iterator[dict[str, Any]]:
        """All spans, those still open last."""
        yield from self.closed
        for pair, first in self.is_open.items():
            yield self._row(pair, first, OPEN)

    def _row(self, pair: Pair, first: int, last: int) -> dict[str, Any]:
        return {"doc_id": pair[1], "plan": self.plan, "clause_id": pair[0], "first": first, "last": last}
