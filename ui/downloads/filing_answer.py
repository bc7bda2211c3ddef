"""`/download/filing-answer/FILING`: the receipt or the list of what is missing, for the sender's installation."""

from __future__ import annotations

from collections.abc import Mapping

from plans_repo.filing import inbox
from plans_repo.filing.answering import answer_file
from plans_repo.store.work import Work
from ui.downloads import File, download
from ui.wording import _


@download("filing-answer")
def answer(work: Work, id_: str, query: Mapping[str, str]) -> File:
    """The signed answer with its paper in Word."""
    found = inbox.incoming(work, id_)
    data = answer_file(work, id_, as_zip=True)
    return File(name=_("{title}备案回执.zip", title=found.title), data=data, media_type="application/zip")
