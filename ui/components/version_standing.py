"""Where the versions of a plan stand on a day: a draft, in force, not yet in force, replaced."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from plans_repo import force, plans
from plans_repo.course.working_days import local_day
from plans_repo.force import InForce
from plans_repo.store.work import Work
from plans_repo.versions import VersionSummary
from ui.components.filing_names import VALIDITY
from ui.components.plan_names import version_name
from ui.wording import _
from ui.wording.stages import stage_word


def standing(version: VersionSummary, edition: InForce | None, today: date) -> str:
    """Where a version stands: of an issued *edition* whether it counts today, of another its stage."""
    if edition:
        return _(VALIDITY[edition.on(today)][0])
    return stage_word(version.state) if version.is_current else _("过程稿")


def version_stands(work: Work, plan_ids: Iterable[str]) -> dict[str, str]:
    """What each version of some plans is called and where it stands: nobody takes a draft for the text in force."""
    today = local_day(work.now)
    told = {}
    for plan in dict.fromkeys(plan_ids):
        editions = {one.version.id: one for one in force.editions_of(work, plan)}
        for version in plans.versions_of(work, plan):
            stage = standing(version, editions.get(version.id), today)
            told[version.id] = _("{version}（{stage}）", version=version_name(version), stage=stage)
    return told
