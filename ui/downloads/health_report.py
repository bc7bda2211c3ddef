"""`/download/health-report/PLAN?version=`: the health report of a version as a Word document."""

from __future__ import annotations

from collections.abc import Mapping

from plans_repo.health.examination import health
from plans_repo.store.work import Work
from plans_repo.word.health_report import health_report
from ui.downloads import DOCX, File, download
from ui.wording import _, language


@download("health-report")
def report(work: Work, id_: str, query: Mapping[str, str]) -> File:
    """The report in the reader's language, named after its plan."""
    found = health(work, id_, query.get("version", ""), language=language())
    name = _("{title}体检报告.docx", title=found.title)
    return File(name=name, data=health_report(found, made_at=work.now, language=language()), media_type=DOCX)
