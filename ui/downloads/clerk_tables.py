"""`/download/revision-table/PLAN?version=&against=` and `/download/opinion-table/PLAN?version=`."""

from __future__ import annotations

from collections.abc import Mapping

from plans_repo import clerk_tables, plans
from plans_repo.store.work import Work
from ui.downloads import DOCX, File, download
from ui.wording import _


@download("revision-table")
def revisions(work: Work, id_: str, query: Mapping[str, str]) -> File:
    """修订对照表 of two versions."""
    plan = plans.plan(work, id_)
    data = clerk_tables.revisions_document(work, id_, query.get("against", ""), query.get("version", ""))
    return File(name=_("{title}修订对照表.docx", title=plan.title), data=data, media_type=DOCX)


@download("opinion-table")
def opinions(work: Work, id_: str, query: Mapping[str, str]) -> File:
    """征求意见汇总表 of a version."""
    plan = plans.plan(work, id_)
    data = clerk_tables.opinions_document(work, id_, query.get("version", ""))
    return File(name=_("{title}征求意见汇总表.docx", title=plan.title), data=data, media_type=DOCX)
