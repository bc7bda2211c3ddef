"""Courses: where an edition stands, its signatures, its clocks."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement
from sqlmodel import col, func, select

from plans_repo.course.local_rules import switched_on
from plans_repo.course.paths import Path, path_named, paths_for
from plans_repo.course.signer import Signer
from plans_repo.course.stages import CLOSED, EFFECTIVE, SIGNING, ClockKind, Move, Process, Stage
from plans_repo.course.steps import first_signing_stage, required_signatures
from plans_repo.course.working_days import local_day
from plans_repo.store import events
from plans_repo.store.batches import batched
from plans_repo.store.tables.courses import CourseRow, DeadlineRow, EditorialChangeRow, SignOffRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.versions import VersionRow
from plans_repo.store.work import Work


@dataclass(frozen=True, kw_only=True)
class SignOff:
    """A signature, the root hash it saw, and whether it still holds.

    *on* is the day of the act; *signed_at* is when it was entered here, which may be days later.
    *signer* is the head of a body who signed on paper; *signed_by* has then only entered it.
    """

    move: Move
    version: str
    root_hash: str
    opinion: str
    on: date
    signed_at: datetime
    signed_by: str
    holds: bool
    signer: Signer | None = None


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
    """The newest edition that has been issued and not ended; it may not yet be in force."""
    return next(reversed(all_effective(work, plan_id)), None)


def all_effective(work: Work, plan_id: str) -> list[CourseRow]:
    """Every edition that has been issued and not ended, oldest first: before the day of the next there are two."""
    query = select(CourseRow).where(CourseRow.plan_id == plan_id, col(CourseRow.stage).in_(EFFECTIVE))
    return list(work.session.exec(query.order_by(col(CourseRow.ordinal))))


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


def path_of(work: Work, plan: PlanRow, course: CourseRow) -> Path:
    """The way the course takes: as it began, or, for a first draft, as kind, choice and local switches say today."""
    if course.stages is not None:
        return path_named(course.path).limited_to({Stage(stage) for stage in course.stages})
    open_paths = paths_for(plan.kind, course.process)
    chosen = next((path for path in open_paths if path.id == course.path), open_paths[0])
    return chosen.under(switched_on(work, plan.area))


def sign_offs(work: Work, course: CourseRow) -> tuple[SignOff, ...]:
    """The signatures of a course, oldest first.

    Each holds for the very text it saw, since the last rejection, and for that text with corrections that only edit.
    """
    same = same_in_substance(work, course)
    rows = work.session.exec(
        select(SignOffRow).where(SignOffRow.course_id == course.id).order_by(col(SignOffRow.signed_at))
    ).all()
    told = {} if all(row.signed_on for row in rows) else _days_told(work, course)
    return tuple(
        SignOff(
            move=row.move,
            version=row.version_id,
            root_hash=row.root_hash,
            opinion=row.opinion,
            on=row.signed_on or told.get((row.move, row.version_id, row.signed_at), local_day(row.signed_at)),
            signed_at=row.signed_at,
            signed_by=row.signed_by,
            holds=same.get(row.version_id) == row.root_hash and row.round == course.round,
            signer=Signer(name=row.signer_name, post=row.signer_post) if row.signer_name else None,
        )
        for row in rows
    )


def _days_told(work: Work, course: CourseRow) -> dict[tuple[Move, str, datetime], date]:
    """The days of the moves of a course as their events tell them, for signatures that do not say their own."""
    chain = events.history(work, events.chain_of_plan(course.plan_id))
    return {
        (Move(one.payload["move"]), str(one.payload["version"]), one.at): date.fromisoformat(str(one.payload["on"]))
        for one in chain
        if one.kind == "moved" and one.payload.get("course") == course.id
    }


def same_in_substance(work: Work, course: CourseRow) -> dict[str, str]:
    """The present version with those it only edits, each with its root hash."""
    current = work.session.get_one(VersionRow, current_version_id(work, course.id))
    same = {current.id: current.root_hash}
    rows = work.session.exec(
        select(EditorialChangeRow)
        .where(EditorialChangeRow.course_id == course.id)
        .order_by(col(EditorialChangeRow.made_at).desc())
    )
    for row in rows:
        if same.get(row.after_id) == row.after_hash:
            same[row.before_id] = row.before_hash
    return same


def missing_signatures(work: Work, plan: PlanRow, course: CourseRow) -> tuple[Move, ...]:
    """The signatures that are still needed, under the present text, before issue."""
    held = {sign_off.move for sign_off in sign_offs(work, course) if sign_off.holds}
    return tuple(move for move in required_signatures(path_of(work, plan, course)) if move not in held)


def authors(work: Work, course: CourseRow) -> frozenset[str]:
    """The accounts of everybody who made a version of this edition."""
    return frozenset(work.session.exec(select(VersionRow.created_by).where(VersionRow.course_id == course.id)))


def void_signatures(work: Work, plan: PlanRow, course: CourseRow, version_id: str) -> None:
    """After a change of the text, send a course that was being signed back to its first signature."""
    if course.stage not in SIGNING:
        return
    before, course.stage = course.stage, first_signing_stage(path_of(work, plan, course))
    course.round += 1
    course.revision += 1
    payload = {"course": course.id, "from": before, "to": course.stage, "version": version_id}
    events.record(work, events.chain_of_plan(plan.id), "signatures-voided", payload)


def keep_signatures(work: Work, plan: PlanRow, course: CourseRow, before: VersionRow, after: VersionRow) -> None:
    """Say that *after* only edits *before*: what was signed under the one holds for the other."""
    row = EditorialChangeRow(
        id=work.new_id(),
        course_id=course.id,
        before_id=before.id,
        after_id=after.id,
        before_hash=before.root_hash,
        after_hash=after.root_hash,
        made_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    course.revision += 1
    payload = {"course": course.id, "version": after.id, "before": before.id}
    events.record(work, events.chain_of_plan(plan.id), "signatures-kept", payload)


def deadlines(work: Work, plan: PlanRow) -> tuple[Deadline, ...]:
    """The clocks of a plan, the earliest first."""
    return _deadlines(work, plan, col(CourseRow.plan_id) == plan.id)


def running(work: Work, kind: ClockKind) -> frozenset[str]:
    """The editions for which a clock of that kind runs."""
    query = select(DeadlineRow.course_id).where(DeadlineRow.kind == kind, col(DeadlineRow.done_on).is_(None))
    return frozenset(work.session.exec(query))


def deadlines_of(work: Work, plan: PlanRow, course: CourseRow) -> tuple[Deadline, ...]:
    """The clocks of one edition of a plan, the earliest first."""
    return _deadlines(work, plan, col(CourseRow.id) == course.id)


def deadlines_of_courses(work: Work, plans: Mapping[str, PlanRow]) -> dict[str, tuple[Deadline, ...]]:
    """The clocks of some editions, each named with its plan, the earliest first."""
    found: dict[str, list[Deadline]] = {course: [] for course in plans}
    for some in batched(sorted(plans)):
        query = select(DeadlineRow).where(col(DeadlineRow.course_id).in_(some)).order_by(col(DeadlineRow.due_on))
        for row in work.session.exec(query):
            found[row.course_id].append(_deadline(plans[row.course_id], row))
    return {course: tuple(clocks) for course, clocks in found.items()}


def _deadlines(work: Work, plan: PlanRow, which: ColumnElement[bool]) -> tuple[Deadline, ...]:
    rows = work.session.exec(
        select(DeadlineRow)
        .join(CourseRow, col(CourseRow.id) == col(DeadlineRow.course_id))
        .where(which)
        .order_by(col(DeadlineRow.due_on))
    )
    return tuple(_deadline(plan, row) for row in rows)


def _deadline(plan: PlanRow, row: DeadlineRow) -> Deadline:
    return Deadline(
        plan=plan.id,
        title=plan.title,
        kind=row.kind,
        from_on=row.from_on,
        due_on=row.due_on,
        is_provisional=row.is_provisional,
        done_on=row.done_on,
    )
