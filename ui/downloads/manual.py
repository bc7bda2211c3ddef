"""`/download/manual/PLAN?unit=&document=&version=&lang=`: a work manual or action scheme in Word."""

from __future__ import annotations

from collections.abc import Mapping

from plans_repo.errors import NotFound
from plans_repo.store.work import Work
from plans_repo.word.manual_document import manual_document
from plans_repo.writing.manual import manual
from plans_repo.writing.supporting import SupportKind
from ui.downloads import DOCX, File, download
from ui.wording import _

NAMES = {SupportKind.MANUAL: "应急工作手册", SupportKind.SCHEME: "行动方案"}


@download("manual")
def document(work: Work, id_: str, query: Mapping[str, str]) -> File:
    """Made anew from the version each time, with the register as it stands today."""
    kinds = {kind.value: kind for kind in SupportKind}
    if query.get("document", "") not in kinds:
        raise NotFound("download-unknown", thing="download", field="document", value=query.get("document", ""))
    kind = kinds[query["document"]]
    facts = manual(work, id_, query.get("unit", ""), query.get("version", ""))
    language = "en" if query.get("lang") == "en" else "zh"
    name = _("{unit}{kind}.docx", unit=facts.unit, kind=_(NAMES[kind]))
    return File(name=name, data=manual_document(facts, kind, made_at=work.now, language=language), media_type=DOCX)
