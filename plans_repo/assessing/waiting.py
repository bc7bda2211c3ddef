"""Whom an assessment waits for: those who may sign it out, or who have to take it up again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlmodel import col, func, select

from plans_repo import access, versions
from plans_repo.assessing.moves import DECIDING
from plans_repo.assessing.values import Assessment
from plans_repo.course.takers import doers
from plans_repo.store.roles import Action
from plans_repo.store.tables.assessments import AssessmentStepRow, StepKind
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.studies import StudyRow
from plans_repo.store.work import Work
from plans_repo.studies import Study


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """An assessment that waits for the actor: to be signed, or *is_returned* to be changed."""

    study: str
    plan: str
    plan_title: str
    is_returned: bool


def signers(work: Work, study: Study, found: Assessment) -> dict[str, str]:
    """The accounts that may sign an assessment out, with their names: nobody who ran the study or assessed it."""
    plan = access.visible_plan(work, study.plan)
    others = found.assessors | {study.created_by}
    may = doers(work, plan, Action.SIGN_ASSESSMENT)
    return {account: name for account, name in may.items() if account not in others}


def waiting(work: Work) -> tuple[Waiting, ...]:
    """Submitted by others for the actor to sign or return, and the actor's own that came back; oldest first."""
    if not work.actor.may(Action.SIGN_ASSESSMENT):
        return ()
    return tuple(one for step, study in _ended_rounds(work) for one in _for_actor(work, step, study))


def _ended_rounds(work: Work) -> list[tuple[AssessmentStepRow, StudyRow]]:
    """The studies whose assessment was last submitted or returned, with that step."""
    last = (
        select(AssessmentStepRow.study_id, func.max(AssessmentStepRow.position).label("position"))
        .group_by(col(AssessmentStepRow.study_id))
        .subquery()
    )
    query = (
        select(AssessmentStepRow, StudyRow)
        .join(last, (last.c.study_id == AssessmentStepRow.study_id) & (last.c.position == AssessmentStepRow.position))
        .join(StudyRow, col(StudyRow.id) == col(AssessmentStepRow.study_id))
        .where(col(AssessmentStepRow.kind).in_([StepKind.SUBMIT, StepKind.RETURN]))
        .order_by(col(AssessmentStepRow.at), col(AssessmentStepRow.study_id))
    )
    return list(work.session.exec(query).all())


def _for_actor(work: Work, step: AssessmentStepRow, study: StudyRow) -> Iterator[Waiting]:
    plan = work.session.get_one(PlanRow, study.plan_id)
    if not (access.sees_plan(work, plan) and access.standpoint(work).acts_on(plan, Action.SIGN_ASSESSMENT)):
        return
    if study.version_id not in {row.id for row in versions.visible_versions(work, plan)}:
        return
    is_own = work.actor.account in _assessors(work, study)
    is_returned = step.kind is StepKind.RETURN
    if is_own is is_returned:
        yield Waiting(study=study.id, plan=plan.id, plan_title=plan.title, is_returned=is_returned)


def _assessors(work: Work, study: StudyRow) -> set[str]:
    """Who ran the study or took part in assessing it."""
    query = select(AssessmentStepRow.actor).where(
        AssessmentStepRow.study_id == study.id, col(AssessmentStepRow.kind).not_in(sorted(DECIDING))
    )
    return {study.actor, *work.session.exec(query).all()}
