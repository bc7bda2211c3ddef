"""`/download/timings/PLAN`: the timings of a plan as a sheet that can be filled in and taken back."""

from __future__ import annotations

from collections.abc import Mapping

from plans_repo import plans
from plans_repo.store.work import Work
from plans_repo.timings import sheet
from ui.downloads import XLSX, File, download
from ui.wording import _


@download("timings")
def timings(work: Work, id_: str, query: Mapping[str, str]) -> File:
    """All timings, or those of the turnout asked for."""
    plan = plans.plan(work, id_)
    data = sheet.export(work, id_, query.get("turnout", ""))
    return File(name=_("{title}实测用时.xlsx", title=plan.title), data=data, media_type=XLSX)
