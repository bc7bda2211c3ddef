"""Papers given on the command line as ``KIND=FILE``."""

from __future__ import annotations

from datetime import date

from plans_repo.course.papers import Attachment
from plans_repo.course.stages import PaperKind
from ui.command_line.choices import PAPER
from ui.command_line.context import name_of, read_file
from ui.errors import UiError


def attachment(word: str, dated_on: date | None = None) -> Attachment:
    """``KIND=FILE`` as a paper, the kind by its code or its name: ``编制说明=说明.docx``."""
    kind, sign, path = word.partition("=")
    found = PAPER.code_of(kind)
    if not sign or not path or found is None:
        raise UiError("paper-option-unfit", thing="--paper", rule="KIND=FILE", value=word, known=PAPER.known())
    return Attachment(kind=PaperKind(found), name=name_of(path), data=read_file(path), dated_on=dated_on)
