"""Evaluation 定期评估 of a plan in force: when it is due, what it concluded, and that a no is reasoned too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlmodel import col, func, select

from plans_repo.course import deeds, occasions, papers
from plans_repo.course.deeds import Deed, DeedKind
from plans_repo.course.issued import Issued, issued
from plans_repo.course.occasions import OccasionSource, OccasionTold
from plans_repo.course.papers import Attachment
from plans_repo.course.stages import PaperKind
from plans_repo.errors import NotAllowed, PlansRepoError
from plans_repo.store.roles import Action
from plans_repo.store.tables.terms import DeedRow
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Work


class Conclusion(StrEnum):
    """Whether the plan has to be revised."""

    REVISE = "revise"  # 应当修订
    KEEP = "keep"  # 无须修订


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """What an evaluation concluded and why; by the maker itself or a third party, named as a body."""

    conclusion: Conclusion
    reasons: str
    evaluator: str
    third_party: bool = False

    def __post_init__(self) -> None:
        for name, words in (("reasons", self.reasons), ("evaluator", self.evaluator)):
            if not words.strip():
                raise PlansRepoError("words-missing", thing="evaluation", field=name, rule="must not be blank")


def record_evaluation(
    work: Work, version_id: str, evaluation: Evaluation, *, on: date | None = None, paper: Attachment | None = None
) -> Deed:
    """Write an evaluation down with its report; one that asks for a revision is an occasion to revise.

    An evaluation is never older than the one before: a day put in afterwards would move the next one's day back.
    """
    edition = issued(work, version_id, Action.READ_PLAN)
    if not (work.actor.may(Action.EDIT_PLAN) or work.actor.may(Action.FILE_PLAN)):
        raise NotAllowed("action-not-allowed", thing=work.actor.name, action="record_evaluation")
    if paper is None or paper.kind is not PaperKind.EVALUATION_REPORT:
        raise PlansRepoError(
            "evaluation-without-report", thing=edition.plan.title, field="paper", rule="must be the evaluation report"
        )
    day = deeds.check_day(work, edition.plan.title, on, not_before=edition.issued_on)
    _check_order(work, edition, day)
    papers.add(work, edition.plan, edition.course, edition.version, paper)
    deed = deeds.keep(work, edition.plan.id, edition.course.id, DeedKind.EVALUATION, evaluation, on=day)
    if evaluation.conclusion is Conclusion.REVISE:
        told = OccasionTold(
            trigger=Trigger.DECISION,
            summary=f"{day}评估结论：应当修订。{evaluation.reasons}"[:1000],
            source=OccasionSource.EVALUATION,
            source_id=deed.id,
        )
        occasions.note(work, edition.plan.id, told)
    return deed


def _check_order(work: Work, edition: Issued, day: date) -> None:
    found = deeds.deeds(work, edition.plan.id, DeedKind.EVALUATION, course=edition.course.id)
    last = max((deed.on for deed in found), default=None)
    if last is not None and day < last:
        raise PlansRepoError(
            "evaluation-before-last",
            thing=edition.plan.title,
            field="on",
            rule=f"must be >= {last}",
            value=day,
            last=last,
        )


def evaluations(work: Work, version_id: str) -> tuple[tuple[Deed, Evaluation], ...]:
    """The evaluations of an edition, oldest first."""
    edition = issued(work, version_id, Action.READ_PLAN, at_its_place=False)
    found = deeds.deeds(work, edition.plan.id, DeedKind.EVALUATION, course=edition.course.id)
    return tuple((deed, deed.told(Evaluation)) for deed in found)


def last_days(work: Work) -> dict[str, date]:
    """For each edition evaluated, by course, the day of its last evaluation."""
    query = select(DeedRow.course_id, func.max(DeedRow.on)).where(DeedRow.kind == DeedKind.EVALUATION)
    return dict(work.session.exec(query.group_by(col(DeedRow.course_id))).all())
