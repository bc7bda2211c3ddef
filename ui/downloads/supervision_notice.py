"""A notice to a body that is late: `/download/supervision-notice/NOTICE`."""

from __future__ import annotations

from collections.abc import Mapping

from plans_repo.store.work import Work
from plans_repo.supervision import notice_of
from plans_repo.word.supervision_notice import supervision_paper
from ui.downloads import DOCX, File, download


@download("supervision-notice")
def notice(work: Work, id_: str, _query: Mapping[str, str]) -> File:
    """The notice in Word."""
    found = notice_of(work, id_)
    data = supervision_paper(found, author=work.actor.name, made_at=work.now)
    return File(name=f"督办通知（{found.said.to}）.docx", data=data, media_type=DOCX)
