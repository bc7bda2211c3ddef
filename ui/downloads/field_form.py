"""`/download/field-form/DRILL`: the form on which a drill is taken down without network."""

from __future__ import annotations

from collections.abc import Mapping

from drills.conduct import playing
from plans_repo.store.work import Work
from ui.components.field_form import field_form
from ui.downloads import File, download
from ui.wording import _


@download("field-form")
def form(work: Work, id_: str, _query: Mapping[str, str]) -> File:
    """For those who read the script."""
    found = playing.playing(work, id_)
    name = _("{title}离线记录表.html", title=found.drill.title)
    return File(name=name, data=field_form(found), media_type="text/html; charset=utf-8")
