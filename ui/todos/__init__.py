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
from ui.sections.opened import plan_address
from ui.todos.kinds import Kind
from ui.wording import _

__all__ = ["SOON_DAYS", "Matter", "Source", "Todo", "matters", "of_plan", "todo_source", "todos"]


@dataclass(frozen=True, kw_only=True)
class Todo:
    """One thing to do: what, where it is done, of which kind, until when; *is_blocked* when it cannot stay as it is.

    *subject* names what it is done to, "" where the duty names it itself; *plan* is the plan it concerns.
    """

    duty: str
    href: str
    kind: Kind
    subject: str = ""
    plan: str = ""
    due_on: date | None = None
    is_blocked: bool = False

    @property
    def title(self) -> str:
        """The duty with what it is done to.

        >>> Todo(subject="防汛预案", duty="待办“公布”", href="/plan", kind=Kind.MOVE).title
        '防汛预案：待办“公布”'
        """
        return _("{subject}：{duty}", subject=self.subject, duty=self.duty) if self.subject else self.duty

    def urgency(self, today: date) -> str:
        """`late`, `blocked`, `soon` or `later`; nothing when there is no deadline.

        >>> Todo(duty="送审", href="/plan", kind=Kind.MOVE, due_on=date(2026, 11, 20)).urgency(date(2026, 11, 21))
        'late'
        """
        if self.due_on is None:
            return ""
        left = (self.due_on - today).days
        return "late" if left < 0 else "blocked" if self.is_blocked else "soon" if left <= SOON_DAYS else "later"


@dataclass(frozen=True, kw_only=True)
class Matter:
    """What stands in one row of the desk: everything that waits in one plan, or one thing beside the plans."""

    todos: tuple[Todo, ...]

    @property
    def first(self) -> Todo:
        """The most urgent duty."""
        return self.todos[0]

    @property
    def is_plan(self) -> bool:
        """Whether it is a plan."""
        return bool(self.first.plan)


def matters(waiting: Iterable[Todo]) -> list[Matter]:
    """What waits, everything of one plan together; the order of the most urgent duties stays.

    >>> duties = (("公布", "7"), ("拟订", ""), ("备案", "7"))
    >>> waiting = [Todo(duty=duty, plan=plan, href="/", kind=Kind.MOVE) for duty, plan in duties]
    >>> [[todo.duty for todo in matter.todos] for matter in matters(waiting)]
    [['公布', '备案'], ['拟订']]
    """
    found: dict[object, list[Todo]] = {}
    for position, todo in enumerate(waiting):
        found.setdefault(todo.plan or position, []).append(todo)
    return [Matter(todos=tuple(todos)) for todos in found.values()]


def of_plan(plan: str, title: str, duty: str, *, kind: Kind, due_on: date | None = None, **where: str) -> Todo:
    """A duty in a plan, done at the place of its page that *where* tells, such as ``part="moves"``."""
    version = where.pop("v", "")
    href = plan_address(plan, version, **where)
    return Todo(plan=plan, subject=title, duty=duty, href=href, kind=kind, due_on=due_on)


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
