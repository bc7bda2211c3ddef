"""`/download/script/DRILL`: the script of a drill as a sheet, or with `?form=cexf` in the Common Exercise Format."""

from __future__ import annotations

from collections.abc import Mapping

from drills import register
from drills.errors import DrillError
from drills.scripts import keeping
from drills.scripts.exchange import About, cexf_of
from drills.scripts.sheet import sheet_of
from plans_repo.store.work import Work
from ui.downloads import XLSX, File, download
from ui.wording import _, language

CEXF = "cexf"


@download("script")
def script(work: Work, id_: str, query: Mapping[str, str]) -> File:
    """The newest revision, or the one asked for."""
    revision = query.get("revision", "")
    kept = keeping.script(work, id_, revision=int(revision) if revision.isdecimal() else 0)
    drill = register.drill(work, id_)
    if kept is None:
        raise DrillError("script-not-there", thing=drill.title, field="script")
    if query.get("form") == CEXF:
        about = About(id=drill.id, title=drill.title, description=drill.note, version=str(kept.revision))
        return File(name=_("{title}脚本.cexf.json", title=drill.title), data=cexf_of(kept.script, about),
                    media_type="application/json")  # fmt: skip
    data = sheet_of(kept.script, language=language())
    return File(name=_("{title}脚本.xlsx", title=drill.title), data=data, media_type=XLSX)
