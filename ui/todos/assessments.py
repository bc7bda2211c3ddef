"""What assessments of studies ask of a person: sign one out, or take up again what came back."""

from __future__ import annotations

from collections.abc import Iterator

from plans_repo.assessing.waiting import waiting
from plans_repo.store.work import Work
from ui.todos import Todo, todo_source
from ui.todos.kinds import Kind
from ui.wording import _


@todo_source
def assessments_waiting(work: Work) -> Iterator[Todo]:
    """Assessments submitted to the person, and the person's own that were returned."""
    for one in waiting(work):
        duty = _("评估已退回，请修改后重新报送") if one.is_returned else _("审签仿真评估")
        yield Todo(
            subject=one.plan_title, plan=one.plan, duty=duty, href=f"/study?id={one.study}#assessment", kind=Kind.STUDY
        )
