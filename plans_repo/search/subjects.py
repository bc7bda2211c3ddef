"""Under which subjects 事件类型 plans are listed, so that a list can be narrowed to one."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from plans_repo.linkage.subjects import listed_under
from plans_repo.store.batches import batched
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.search import SearchPlanRow, SearchSubjectRow


def subject_rows(session: Session, numbers: Mapping[str, int]) -> list[dict[str, object]]:
    """A row for every subject of plans that have these *numbers* in the index."""
    rows: list[dict[str, object]] = []
    for some in batched(sorted(numbers)):
        for plan, title in session.exec(select(PlanRow.id, PlanRow.title).where(col(PlanRow.id).in_(some))):
            rows += [{"subject": subject, "plan": numbers[plan]} for subject in listed_under(title)]
    return rows


def is_about(subject: str) -> ColumnElement[bool]:
    """The condition on ``plan`` that it is listed under a subject."""
    numbered = (
        select(SearchPlanRow.plan_id)
        .join(SearchSubjectRow, col(SearchSubjectRow.plan) == col(SearchPlanRow.id))
        .where(SearchSubjectRow.subject == subject)
    )
    return col(PlanRow.id).in_(numbered)
