"""The draft of a filing letter: `/download/filing-letter/VERSION?number=…&signer=…`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from plans_repo.errors import PlansRepoError
from plans_repo.filing.letter import TITLES, LetterWords, filing_letter
from plans_repo.filing.letter_kind import LetterKind
from plans_repo.store.work import Work
from plans_repo.word.filing_letter import filing_letter_paper
from ui.downloads import DOCX, File, download


@download("filing-letter")
def letter(work: Work, id_: str, query: Mapping[str, str]) -> File:
    """The letter of an issued edition in Word."""
    told = {name: query.get(name, "") for name in ("number", "signer", "contact", "issuer")}
    kind = next((one for one in LetterKind if one.value == query.get("form")), None)
    said = filing_letter(work, id_, LetterWords(kind=kind, **told, on=_day(query.get("on", ""))))
    data = filing_letter_paper(said, author=work.actor.name, made_at=work.now)
    return File(name=f"{said.plan}{TITLES[said.kind]}.docx", data=data, media_type=DOCX)


def _day(word: str) -> date | None:
    try:
        return date.fromisoformat(word) if word else None
    except ValueError as error:
        raise PlansRepoError("date-malformed", thing=word, field="on", value=word) from error
