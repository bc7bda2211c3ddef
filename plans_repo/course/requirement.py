"""Which procedure a revision needs: computed from the clauses it touches, never just chosen."""

from __future__ import annotations

from plans_repo import versions
from plans_repo.course import courses
from plans_repo.course.stages import Process
from plans_repo.errors import PlansRepoError
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.versions import VersionRow
from plans_repo.store.work import Work
from plans_repo.text.difference import RequiredProcess, Requirement, changes, required_process


def requirement(work: Work, plan: PlanRow, version: VersionRow) -> Requirement:
    """What *version* needs against the text in force; a first edition needs the full procedure."""
    former = courses.effective(work, plan.id)
    if former is None:
        return Requirement(process=RequiredProcess.FULL)
    base = work.session.get_one(VersionRow, courses.current_version_id(work, former.id))
    return required_process(changes(versions.clauses(work, base), versions.clauses(work, version)))


def check(work: Work, plan: PlanRow, course: CourseRow, version: VersionRow, process: Process) -> None:
    """Refuse the simplified procedure for a text that needs the full one."""
    if process is Process.FULL:
        return
    needed = requirement(work, plan, version)
    if needed.process is RequiredProcess.FULL:
        raise PlansRepoError(
            "full-process-required",
            thing=plan.title,
            process=process.value,
            stage=course.stage.value,
            clauses=", ".join(needed.because),
            count=len(needed.because),
        )
