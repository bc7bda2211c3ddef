"""Where the clauses that a study cites are read and revised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class ClausePages:
    """The page of the version studied, of the plans of *others* by clause, and of its draft for who may revise it.

    >>> pages = ClausePages(own="/plan?id=7", others={"b": "/plan?id=8"}, draft="/plan?id=7&part=editing")
    >>> pages.of("a"), pages.of("b")
    ('/plan?id=7&clause=a', '/plan?id=8&clause=b')
    >>> pages.draft_of("a"), pages.draft_of("b")
    ('/plan?id=7&part=editing&clause=a', '')
    """

    own: str
    others: Mapping[str, str] = field(default_factory=dict)
    draft: str = ""

    def of(self, clause: str) -> str:
        """Where a clause is read."""
        return f"{self.others.get(clause, self.own)}&clause={clause}"

    def draft_of(self, clause: str) -> str:
        """Where a clause is revised; "" for who may not, and for clauses of other plans."""
        return f"{self.draft}&clause={clause}" if self.draft and clause not in self.others else ""
