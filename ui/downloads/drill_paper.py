"""`/download/drill-paper/DRILL?paper=…&lang=`: a paper of a drill in Word, of its script or of its design."""

from __future__ import annotations

from collections.abc import Mapping

from drills import register
from drills.papers.design_papers import DesignPaperKind
from drills.papers.making import design_paper_of, paper_of
from drills.papers.script_papers import PaperKind
from plans_repo.errors import NotFound
from plans_repo.store.work import Work
from ui.components.script_words import PAPERS
from ui.downloads import DOCX, File, download
from ui.wording import _


@download("drill-paper")
def drill_paper(work: Work, id_: str, query: Mapping[str, str]) -> File:
    """Made anew from what is kept each time."""
    wanted = query.get("paper", "")
    kind = next((one for one in (*PaperKind, *DesignPaperKind) if one.value == wanted), None)
    if kind is None:
        raise NotFound("download-unknown", thing="download", field="paper", value=wanted)
    data = made(work, id_, kind, "en" if query.get("lang") == "en" else "zh")
    title = register.drill(work, id_).title
    return File(name=_("{title}{paper}.docx", title=title, paper=_(PAPERS[kind])), data=data, media_type=DOCX)


def made(work: Work, drill_id: str, kind: PaperKind | DesignPaperKind, spoken: str) -> bytes:
    """A paper of either sort."""
    if isinstance(kind, PaperKind):
        return paper_of(work, drill_id, kind, language=spoken)
    return design_paper_of(work, drill_id, kind, language=spoken)
