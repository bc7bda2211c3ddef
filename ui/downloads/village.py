"""`/download/village-sheet/TOWNSHIP` and `/download/village-page/PLAN?version=`."""

from __future__ import annotations

from collections.abc import Mapping

from plans_repo import importing
from plans_repo.organisations import organisation
from plans_repo.store.roles import Action
from plans_repo.store.tables.plans import PlanKind
from plans_repo.store.work import Work
from plans_repo.word.village_page import village_page
from plans_repo.writing.batch import village_sheet
from plans_repo.writing.one_page import village_facts
from ui.downloads import DOCX, XLSX, File, download
from ui.errors import UiError
from ui.wording import _


@download("village-sheet")
def sheet(work: Work, id_: str, query: Mapping[str, str]) -> File:
    """The sheet a township fills in for its villages."""
    work.require(Action.EDIT_PLAN)
    name = _("{township}村（社区）预案填写表.xlsx", township=organisation(work, id_).name)
    return File(name=name, data=village_sheet(work, id_), media_type=XLSX)


@download("village-page")
def page(work: Work, id_: str, query: Mapping[str, str]) -> File:
    """The plan of a village on one page."""
    opened = importing.show(work, id_, query.get("version", ""))
    if opened.kind is not PlanKind.VILLAGE:
        raise UiError("plan-not-of-village", thing=opened.title, field="kind", value=opened.kind.value)
    facts = village_facts(work, opened)
    name = _("{title}（一页纸）.docx", title=opened.title)
    if facts.is_draft:
        name = _("{title}（一页纸，草稿）.docx", title=opened.title)
    return File(name=name, data=village_page(facts, opened.clauses), media_type=DOCX)
