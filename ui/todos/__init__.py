"""What waits for a person. A module in this package registers a source; the work desk shows them all.

@todo_source
def drafts_of_mine(work: Work) -> Iterable[Todo]:
    '''Asks a service what waits for `work.actor`.'''
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from plans_repo.overdue import SOON_DAYS
from plans_repo.store.work import Work

__all__ = ["SOON_DAYS", "Source", "Todo", "todo_source", "todos"]


@dataclass(frozen=True, kw_only=True)
class Todo:
    """One thing to do: what, where it is done, of which kind, until when; *is_blocked* when it cannot stay as it is."""

    title: str
    href: str
    kind: str
    due_on: date | None = None
    is_blocked: bool = False

    def urgency(self, today: date) -> str:
        """`late`, `blocked`, `soon` or `later`; nothing when there is no deadline.

        >>> Todo(title="送审", href="/plan", kind="预案", due_on=date(2026, 11, 20)).urgency(date(2026, 11, 21))
        'late'
        """
        if self.due_on is None:
            return ""
        left = (self.due_on - today).days
        return "late" if left < 0 else "blocked" if self.is_blocked else "soon" if left <= SOON_DAYS else "later"


Source = Callable[[Work], Iterable[Todo]]


def todo_source(source: Source) -> Source:
    """Register a source of things to do."""
    if source not in _sources:
        _sources.append(source)
    return source


def todos(work: Work) -> list[Todo]:
    """Everything that waits for the actor, the nearest deadline first."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    found = [todo for source in _sources for todo in source(work)]
    return sorted(found, key=lambda todo: (todo.due_on or date.max, todo.title))


_sources: list[Source] = []
