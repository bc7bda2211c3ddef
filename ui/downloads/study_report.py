"""`/download/study-report/STUDY`: the adequacy evaluation report as a Word document."""

from __future__ import annotations

from collections.abc import Mapping

from plans_repo import assessment, plans, studies
from plans_repo.store.work import Work
from ui.downloads import DOCX, File, download
from ui.wording import _, language, speaking
from ui.wording.catalogue import LANGUAGES


@download("study-report")
def study_report(work: Work, id_: str, query: Mapping[str, str]) -> File:
    """The report of one study, named after its plan; in the language asked for, else the reader's."""
    title = plans.plan(work, studies.study(work, id_).plan).title
    asked = query.get("lang", "")
    with speaking(asked if asked in LANGUAGES else language()):
        name = _("{title}仿真评估报告.docx", title=title)
        return File(name=name, data=assessment.report(work, id_, language()), media_type=DOCX)
