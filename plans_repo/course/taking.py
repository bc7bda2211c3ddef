"""Write down a move that has been found in order: signature, stage, clocks, event."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from plans_repo.course import courses, papers
from plans_repo.course.clocks import start_clocks, stop_clocks
from plans_repo.course.open_blanks import OpenBlank
from plans_repo.course.signer import Signer
from plans_repo.course.stages import EFFECTIVE, Move, Stage, Step
from plans_repo.store import events
from plans_repo.store.tables.courses import CourseRow, SignOffRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.versions import VersionRow
from plans_repo.store.work import Work


def take(
    work: Work,
    plan: PlanRow,
    course: CourseRow,
    version: VersionRow,
    step: Step,
    reason: str,
    day: date,
    *,
    manner: str = "",
    blanks: Sequence[OpenBlank] = (),
    same_hand: Move | None = None,
    signer: Signer | None = None,
) -> None:
    """Take *step* on *day*; nothing is checked any more.

    *same_hand* is a signature of the same account from which this one ought to be apart, had there been another.
    *signer* is the head who signed the paper, whom the actor only enters; his name stays out of the chain.
    """
    payload = {
        "course": course.id,
        "version": version.id,
        "root_hash": version.root_hash,
        "move": step.move,
        "from": step.source,
        "to": step.to,
        "on": day,
        "reason": reason,
        "papers": sorted({paper.digest for paper in papers.papers(work, course)}),
    }
    if manner:
        payload["manner"] = manner
    if same_hand:
        payload["same_hand"] = same_hand
    if blanks:
        payload["blanks"] = [{"clause": one.clause, "label": one.label} for one in blanks]
    if step.signs:
        _sign(work, course, version, step, reason, day, signer)
    _keep_to_path(work, plan, course, step)
    course.stage = step.to
    course.moved_on = day
    course.revision += 1
    if step.to is Stage.DRAFT:
        course.round += 1
    stop_clocks(work, course, step, day)
    start_clocks(work, course, step, day)
    work.session.flush()
    events.record(work, events.chain_of_plan(plan.id), "moved", payload)


def _keep_to_path(work: Work, plan: PlanRow, course: CourseRow, step: Step) -> None:
    """Whoever leaves the first draft keeps to the path as it is that day; back at it, all is open again."""
    if step.to is Stage.DRAFT:
        course.stages = None
    elif step.source is Stage.DRAFT and step.to not in EFFECTIVE:
        path = courses.path_of(work, plan, course)
        course.path, course.stages = path.id, [stage.value for stage in path.stages]


def _sign(
    work: Work, course: CourseRow, version: VersionRow, step: Step, opinion: str, day: date, signer: Signer | None
) -> SignOffRow:
    row = SignOffRow(
        id=work.new_id(),
        course_id=course.id,
        version_id=version.id,
        move=step.move,
        round=course.round,
        root_hash=version.root_hash,
        opinion=opinion,
        signed_at=work.now,
        signed_by=work.actor.account,
        signed_on=day,
        signer_name=signer.name.strip() if signer else "",
        signer_post=signer.post.strip() if signer else "",
    )
    work.session.add(row)
    return row
