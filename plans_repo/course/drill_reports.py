"""Drills reported to the supervisor 演练情况报送: which drill, to whom, on which day, with the paper that was sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from plans_repo.course import deeds, papers
from plans_repo.course.deeds import Deed, DeedKind
from plans_repo.course.issued import issued
from plans_repo.course.papers import Attachment
from plans_repo.course.stages import PaperKind
from plans_repo.errors import NotAllowed, PlansRepoError
from plans_repo.store.roles import Action
from plans_repo.store.work import Work

MOST_WORDS = 200


@dataclass(frozen=True, kw_only=True)
class DrillReport:
    """The day of the drill, the supervising body it was reported to, and the drill in a few words."""

    drilled_on: date
    to: str
    drill: str = ""

    def __post_init__(self) -> None:
        if not self.to.strip() or max(len(self.to), len(self.drill)) > MOST_WORDS:
            rule = f"names the body, at most {MOST_WORDS} characters"
            raise PlansRepoError("words-missing", thing="drill report", field="to", rule=rule)


def record_drill_report(
    work: Work, version_id: str, report: DrillReport, *, paper: Attachment | None, on: date | None = None
) -> Deed:
    """Write down that a drill of the plan was reported; the paper that was sent comes along."""
    edition = issued(work, version_id, Action.READ_PLAN)
    if not (work.actor.may(Action.EDIT_PLAN) or work.actor.may(Action.FILE_PLAN)):
        raise NotAllowed("action-not-allowed", thing=work.actor.name, action="record_drill_report")
    if paper is None:
        raise PlansRepoError(
            "papers-missing", thing=edition.plan.title, papers=PaperKind.DRILL_RECORD.value,
            first=PaperKind.DRILL_RECORD.value,
        )  # fmt: skip
    day = deeds.check_day(work, edition.plan.title, on)
    if report.drilled_on > day:
        raise PlansRepoError(
            "report-before-drill", thing=edition.plan.title, field="on", rule=f"must be >= {report.drilled_on}",
            value=day, drilled=report.drilled_on,
        )  # fmt: skip
    papers.keep(work, edition.plan, edition.course, edition.version, paper)
    return deeds.keep(work, edition.plan.id, edition.course.id, DeedKind.DRILL_REPORT, report, on=day)


def drill_reports(work: Work, plan_id: str) -> tuple[tuple[Deed, DrillReport], ...]:
    """Every report of a plan's drills, oldest first; whoever calls has asked whether the plan may be read."""
    found = deeds.deeds(work, plan_id, DeedKind.DRILL_REPORT)
    return tuple((deed, deed.told(DrillReport)) for deed in found)
