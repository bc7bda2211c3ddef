"""Limits that are reckoned by weekends alone until somebody enters the notice of a year."""

from __future__ import annotations

from collections.abc import Iterator

from plans_repo.course import clocks, holiday_notice
from plans_repo.store.work import Work
from ui.todos import Todo, todo_source
from ui.todos.kinds import Kind
from ui.wording import n_


@todo_source
def notices_to_enter(work: Work) -> Iterator[Todo]:
    """For each year that running limits reach into and whose days off are not known here."""
    if not holiday_notice.may_enter(work):
        return
    for year, count in clocks.provisional(work).items():
        duty = n_("{year} 年放假安排待录入，{count} 个期限暂按周末推算", count, year=year)
        yield Todo(duty=duty, href=f"/working-days?year={year}", kind=Kind.DAYS_OFF)
