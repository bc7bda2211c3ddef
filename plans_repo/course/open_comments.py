"""How many comments on a plan are open; while there are any its text is not issued."""

from __future__ import annotations

from sqlmodel import col, func, select

from plans_repo.errors import PlansRepoError
from plans_repo.store.tables.comments import CommentRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.work import Work


def open_comments(work: Work, plan_id: str) -> int:
    """How many comments on a plan nobody has settled yet, whoever may read them."""
    query = select(func.count()).select_from(CommentRow)
    return work.session.exec(query.where(CommentRow.plan_id == plan_id, col(CommentRow.is_open).is_(True))).one()


def require_settled(work: Work, plan: PlanRow) -> None:
    """Refuse while comments on the plan are open."""
    if count := open_comments(work, plan.id):
        raise PlansRepoError("comments-open", thing=plan.title, value=count, rule="must be resolved before issue")
