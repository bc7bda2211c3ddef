"""Courses: where an edition stands, its signatures, its clocks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, func, select

from plans_repo.course.stages import CLOSED, EFFECTIVE, SIGNING, ClockKind, Move, Process, Stage
from plans_repo.course.steps import first_signing_stage, required_signatures
from plans_repo.store import events
from plans_repo.store.batches import batched
from plans_repo.store.tables.courses import CourseRow, DeadlineRow, SignOffRow
from plans_repo.store.tables.plans import PlanKind, PlanRow
from plans_repo.store.tables.versions import VersionRow
from plans_repo.store.work import Work

LINKED_KINDS = frozenset({PlanKind.SPECIAL})
"""Kinds that pass the linkage check 衔接协调 before the government (article 25)."""


@dataclass(frozen=True, kw_only=True)
class SignOff:
    """A signature, the root hash it saw, and whether it still holds."""

    move: Move
    version: str
    root_hash: str
    opinion: str
    signed_at: datetime
    signed_by: str
    holds: bool


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """A clock of a plan: due on a local day; done, or still running."""

    plan: str
    title: str
    kind: ClockKind
    from_on: date
    due_on: date
    is_provisional: bool
    done_on: date | None

    def is_late(self, today: date) -> bool:
        """Whether it was, or is by *today*, too late."""
        return (self.done_on or today) > self.due_on


def open_course(work: Work, plan: PlanRow) -> CourseRow:
    """The course that takes the next version: the present one, or a new one after issue."""
    row = latest(work, plan.id)
    if row is not None and row.stage not in EFFECTIVE | CLOSED:
        return row
    fresh = CourseRow(
        id=work.new_id(),
        plan_id=plan.id,
        stage=Stage.DRAFT,
        process=Process.FULL,
        ordinal=row.ordinal + 1 if row else 1,
        started_at=work.now,
    )
    work.session.add(fresh)
    work.session.flush()
    return fresh


def latest(work: Work, plan_id: str) -> CourseRow | None:
    """The newest course of a plan."""
    return work.session.exec(
        select(CourseRow).where(CourseRow.plan_id == plan_id).order_by(col(CourseRow.ordinal).desc()).limit(1)
    ).first()


def effective(work: Work, plan_id: str) -> CourseRow | None:
    """The course whose text counts today."""
    return work.session.exec(
        select(CourseRow).where(CourseRow.plan_id == plan_id, col(CourseRow.stage).in_(EFFECTIVE))
    ).first()


def stages(work: Work, plan_id: str) -> dict[str, Stage]:
    """The stage of every course of a plan."""
    rows = work.session.exec(select(CourseRow).where(CourseRow.plan_id == plan_id))
    return {row.id: row.stage for row in rows}


def standing(work: Work, course_ids: Collection[str]) -> tuple[dict[str, Stage], dict[str, int]]:
    """The stage of each of these courses, and the ordinal of its newest version."""
    stage_of: dict[str, Stage] = {}
    newest: dict[str, int] = {}
    for some in batched(sorted(course_ids)):
        query = (
            select(CourseRow.id, CourseRow.stage, func.max(VersionRow.ordinal))
            .join(VersionRow, col(VersionRow.course_id) == col(CourseRow.id))
            .where(col(CourseRow.id).in_(some))
            .group_by(col(CourseRow.id), col(CourseRow.stage))
        )
        for ident, stage, ordinal in work.session.exec(query):
            stage_of[ident], newest[ident] = Stage(stage), ordinal
    return stage_of, newest


def current_version_id(work: Work, course_id: str) -> str:
    """The newest version of a course: the one that is signed and moved."""
    newest = select(VersionRow.id).where(VersionRow.course_id == course_id).order_by(col(VersionRow.ordinal).desc())
    return work.session.exec(newest.limit(1)).one()


def is_linked(plan: PlanRow) -> bool:
    """Whether the plan needs the linkage check."""
    return plan.kind in LINKED_KINDS


def sign_offs(work: Work, course: CourseRow) -> tuple[SignOff, ...]:
    """The signatures of a course, oldest first; each holds for the very version it saw, since its last rejection."""
    current = work.session.get_one(VersionRow, current_version_id(work, course.id))
    rows = work.session.exec(
        select(SignOffRow).where(SignOffRow.course_id == course.id).order_by(col(SignOffRow.signed_at))
    )
    return tuple(
        SignOff(
            move=row.move,
            version=row.version_id,
            root_hash=row.root_hash,
            opinion=row.opinion,
            signed_at=row.signed_at,
            signed_by=row.signed_by,
            holds=row.version_id == current.id and row.root_hash == current.root_hash and row.round == course.round,
        )
        for row in rows
    )


def missing_signatures(work: Work, plan: PlanRow, course: CourseRow) -> tuple[Move, ...]:
    """The signatures that are still needed, under the present text, before issue."""
    held = {sign_off.move for sign_off in sign_offs(work, course) if sign_off.holds}
    return tuple(move for move in required_signatures(course.process, linked=is_linked(plan)) if move not in held)


def void_signatures(work: Work, plan: PlanRow, course: CourseRow, version_id: str) -> None:
    """After a change of the text, send a course that was being signed back to its first signature."""
    if course.stage not in SIGNING:
        return
    before, course.stage = course.stage, first_signing_stage(course.process, linked=is_linked(plan))
    course.round += 1
    course.revision += 1
    payload = {"course": course.id, "from": before, "to": course.stage, "version": version_id}
    events.record(work, events.chain_of_plan(plan.id), "signatures-voided", payload)


def deadlines(work: Work, plan: PlanRow) -> tuple[Deadline, ...]:
    """The clocks of a plan, the earliest first."""
    rows = work.session.exec(
        select(DeadlineRow)
        .join(CourseRow, col(CourseRow.id) == col(DeadlineRow.course_id))
        .where(CourseRow.plan_id == plan.id)
        .order_by(col(DeadlineRow.due_on))
    )
    return tuple(
        Deadline(
            plan=plan.id,
            title=plan.title,
            kind=row.kind,
            from_on=row.from_on,
            due_on=row.due_on,
            is_provisional=row.is_provisional,
            done_on=row.done_on,
        )
        for row in rows
    )
