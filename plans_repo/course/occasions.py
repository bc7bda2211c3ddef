"""Occasions to revise 修订情形: the six of article 35, each answered by a revision or by a reasoned no."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import exists
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from plans_repo import access
from plans_repo.course import courses, deeds, terms
from plans_repo.course.deeds import Deed, DeedKind
from plans_repo.course.terms import Term
from plans_repo.course.working_days import local_day
from plans_repo.errors import NotFound, PlansRepoError
from plans_repo.store.roles import Action
from plans_repo.store.tables.plans import UPWARD, PlanRelationRow, PlanRow
from plans_repo.store.tables.terms import DeedRow
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Work

TRIGGERS = (
    Trigger.LAW,
    Trigger.COMMAND,
    Trigger.RISK,
    Trigger.RESOURCES,
    Trigger.FINDING,
    Trigger.DECISION,
)
"""The six cases in which a plan is revised in time."""

"""Relations by which a new edition of the other plan concerns this one."""


class OccasionSource(StrEnum):
    """How an occasion came to be known."""

    PERSON = "person"  # 人工登记
    UPPER_PLAN = "upper_plan"  # 上位预案
    REGISTER = "register"  # 资源台账
    DRILL = "drill"  # 演练
    EVALUATION = "evaluation"  # 评估


class OccasionState(StrEnum):
    """What became of an occasion."""

    OPEN = "open"  # 待处理
    TO_REVISE = "to_revise"  # 已列入修订
    REVISED = "revised"  # 已修订
    NOT_NEEDED = "not_needed"  # 无须修订


class Answer(StrEnum):
    """What is decided of an occasion."""

    REVISE = "revise"  # 修订
    NOT_NEEDED = "not_needed"  # 无须修订


@dataclass(frozen=True, kw_only=True)
class OccasionTold:
    """What happened that may make a revision necessary, where it is known from, and which clauses it concerns."""

    trigger: Trigger
    summary: str
    source: OccasionSource = OccasionSource.PERSON
    source_id: str = ""
    clauses: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.trigger not in TRIGGERS:
            raise PlansRepoError(
                "occasion-trigger-unfit",
                thing="occasion",
                field="trigger",
                rule=", ".join(TRIGGERS),
                value=self.trigger,
            )
        if not self.summary.strip() or len(self.summary) > 1000:
            raise PlansRepoError("words-missing", thing="occasion", field="summary", rule="1 to 1000 characters")


@dataclass(frozen=True, kw_only=True)
class OccasionAnswer:
    """What was decided of an occasion, and why."""

    answer: Answer
    reason: str

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise PlansRepoError("reason-missing", thing="occasion", field="reason", rule="must be given")


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """An occasion to revise a plan, and how far it has been dealt with."""

    id: str
    plan: str
    told: OccasionTold
    on: date
    at: datetime
    account: str
    state: OccasionState
    answer: OccasionAnswer | None
    answered_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether nobody has said yet what is done about it."""
        return self.state is OccasionState.OPEN


def open_occasion(work: Work, plan_id: str, told: OccasionTold, *, on: date | None = None) -> Occasion:
    """Note an occasion by hand; its author and the filing officer may."""
    action = Action.EDIT_PLAN if work.actor.may(Action.EDIT_PLAN) else Action.FILE_PLAN
    plan = access.visible_plan(work, plan_id, action)
    access.require_place(work, plan, action)
    course = courses.effective(work, plan.id)
    if course is None:
        raise PlansRepoError("plan-not-issued", thing=plan.title, rule="an edition must have been issued")
    day = deeds.check_day(work, plan.title, on)
    return _occasion(deeds.keep(work, plan.id, course.id, DeedKind.OCCASION, told, on=day), (), ())


def note(work: Work, plan_id: str, told: OccasionTold) -> bool:
    """Note an occasion the system has found by itself; whether it was new.

    Once for the same source, never for a plan that was not issued here.
    """
    course = courses.effective(work, plan_id)
    plan = work.session.get_one(PlanRow, plan_id)
    if course is None or plan.origin:
        return False
    known = deeds.deeds(work, plan_id, DeedKind.OCCASION)
    if any((one.source, one.source_id) == (told.source, told.source_id) for one in _told(known)):
        return False
    deeds.keep(work, plan_id, course.id, DeedKind.OCCASION, told, on=local_day(work.now))
    return True


def note_finding(
    work: Work, plan_ids: Iterable[str], finding_id: str, summary: str, *, clauses: Iterable[str] = ()
) -> tuple[str, ...]:
    """Tell the plans a drill was held on of what it found; the plans for which that was new.

    The floor of drills calls it with the id of its finding: told twice, a finding is noted once.
    """
    told = OccasionTold(
        trigger=Trigger.FINDING,
        summary=summary,
        source=OccasionSource.DRILL,
        source_id=finding_id,
        clauses=tuple(clauses),
    )
    return tuple(plan_id for plan_id in dict.fromkeys(plan_ids) if note(work, plan_id, told))


def note_for_lower_plans(work: Work, plan: PlanRow, source_id: str, summary: str) -> None:
    """Tell every plan under *plan* that it has a new edition or has been abolished."""
    query = select(PlanRelationRow.plan_id).where(
        PlanRelationRow.other_id == plan.id, col(PlanRelationRow.kind).in_(UPWARD)
    )
    told = OccasionTold(trigger=Trigger.LAW, summary=summary, source=OccasionSource.UPPER_PLAN, source_id=source_id)
    for lower in sorted(set(work.session.exec(query))):
        note(work, lower, told)


def answer_occasion(work: Work, occasion_id: str, answer: OccasionAnswer) -> Occasion:
    """Say whether an occasion leads to a revision; the plan's own body decides, once."""
    found = occasion(work, occasion_id, Action.EDIT_PLAN)
    plan = access.changeable_plan(work, found.plan)
    if found.state is not OccasionState.OPEN:
        raise PlansRepoError("occasion-answered", thing=plan.title, value=found.told.summary[:80])
    course = courses.effective(work, plan.id)
    assert course is not None
    deeds.keep(
        work,
        plan.id,
        course.id,
        DeedKind.OCCASION_ANSWER,
        answer,
        on=local_day(work.now),
        about=occasion_id,
    )
    return occasion(work, occasion_id, Action.EDIT_PLAN)


def occasion(work: Work, occasion_id: str, action: Action = Action.READ_PLAN) -> Occasion:
    """One occasion."""
    row = work.session.get(DeedRow, occasion_id)
    if row is None or row.kind is not DeedKind.OCCASION:
        raise NotFound("occasion-unknown", thing="occasion", value=occasion_id)
    access.visible_plan(work, row.plan_id, action)
    return next(one for one in occasions(work, row.plan_id) if one.id == occasion_id)


def occasions(work: Work, plan_id: str) -> tuple[Occasion, ...]:
    """The occasions of a plan, oldest first."""
    access.visible_plan(work, plan_id)
    found = deeds.deeds(work, plan_id, DeedKind.OCCASION, DeedKind.OCCASION_ANSWER)
    answers = [deed for deed in found if deed.kind is DeedKind.OCCASION_ANSWER]
    issued = terms.of_plan(work, plan_id)
    return tuple(_occasion(deed, answers, issued) for deed in found if deed.kind is DeedKind.OCCASION)


def open_by_plan(work: Work) -> dict[str, tuple[OccasionTold, ...]]:
    """The occasions nobody has answered, of every plan that has some, the newest last; for lists one may see."""
    answer = aliased(DeedRow)
    is_answered = exists().where(col(answer.about) == col(DeedRow.id), col(answer.kind) == DeedKind.OCCASION_ANSWER)
    query = select(DeedRow).where(DeedRow.kind == DeedKind.OCCASION, ~is_answered).order_by(col(DeedRow.ordinal))
    found: dict[str, tuple[OccasionTold, ...]] = {}
    for row in work.session.exec(query):
        found[row.plan_id] = (*found.get(row.plan_id, ()), deeds.deed_of(row).told(OccasionTold))
    return found


def _occasion(deed: Deed, answers: Iterable[Deed], issued: Iterable[Term]) -> Occasion:
    answered = next((one for one in answers if one.about == deed.id), None)
    answer = answered.told(OccasionAnswer) if answered else None
    return Occasion(
        id=deed.id,
        plan=deed.plan,
        told=deed.told(OccasionTold),
        on=deed.on,
        at=deed.at,
        account=deed.account,
        state=_state(deed, answer, issued),
        answer=answer,
        answered_at=answered.at if answered else None,
    )


def _state(deed: Deed, answer: OccasionAnswer | None, issued: Iterable[Term]) -> OccasionState:
    if answer is None:
        return OccasionState.OPEN
    if answer.answer is Answer.NOT_NEEDED:
        return OccasionState.NOT_NEEDED
    courses_in_order = [term.course for term in issued]
    later = courses_in_order[courses_in_order.index(deed.course) + 1 :] if deed.course in courses_in_order else []
    return OccasionState.REVISED if later else OccasionState.TO_REVISE


def _told(found: Iterable[Deed]) -> Iterable[OccasionTold]:
    return (deed.told(OccasionTold) for deed in found)
