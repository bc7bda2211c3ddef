"""The clerk's tables as Word documents: 修订对照表 and 征求意见汇总表, on a page laid across."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from docx.enum.section import WD_ORIENT
from docx.shared import Mm

from plans_repo.word.paper import Paper
from plans_repo.word.tables import Cell, Table, place_table
from plans_repo.word.wording import Wording

Row = tuple[str | Cell, ...]
ACROSS_MM = 225  # the text block of GB/T 9704-2012 turned by a quarter
MARGINS_MM = {"left_margin": 35, "right_margin": 37, "top_margin": 28, "bottom_margin": 26}


@dataclass(frozen=True, kw_only=True, slots=True)
class RevisionLine:
    """A clause that changed: how it is cited, what it said and says, why, and on what ground."""

    clause: str
    cited: str
    before: str
    after: str
    reason: str
    basis: str

    @property
    def is_unfilled(self) -> bool:
        """Whether somebody has to write why it changed, or on what ground."""
        return not (self.reason and self.basis)


@dataclass(frozen=True, kw_only=True, slots=True)
class OpinionLine:
    """What a unit said about a clause, whether it was adopted, and why."""

    unit: str
    clause: str
    opinion: str
    adopted: str
    why: str


def revision_table(
    title: str,
    versions: tuple[str, str],
    lines: Sequence[RevisionLine],
    reasons: Sequence[tuple[str, str, str]] = (),
    *,
    made_at: datetime,
) -> bytes:
    """修订对照表: 条款, 修订前, 修订后, 修订理由, 修订依据.

    Below it *reasons*: what was said of the revision as a whole, by label, words and case of revision.
    """
    words = Wording("zh")
    heads = tuple(words.say(f"clerk.{name}") for name in ("number", "clause", "before", "after", "reason", "basis"))
    rows: list[Row] = [
        (str(at), Cell(text=line.cited, bold=True), line.before, line.after, line.reason, line.basis)
        for at, line in enumerate(lines, start=1)
    ]
    table = Table(header=heads, rows=tuple(rows), widths=(5, 11, 30, 30, 13, 11), aligns="ccllll")
    name = words.say("clerk.revision_title", title=title)
    below = words.say("clerk.revision_versions", before=versions[0], after=versions[1])
    unfilled = sum(line.is_unfilled for line in lines)
    notes = [words.say("clerk.unfilled", count=unfilled)] if unfilled else []
    notes += [words.say("clerk.said", label=label, reason=reason, ground=case) for label, reason, case in reasons]
    return _document(name, below, table, words.say("clerk.no_revisions"), made_at, notes)


def opinion_table(title: str, version: str, lines: Sequence[OpinionLine], *, made_at: datetime) -> bytes:
    """征求意见汇总表: 单位, 意见, 是否采纳, 理由."""
    words = Wording("zh")
    heads = tuple(words.say(f"clerk.{name}") for name in ("number", "unit", "about", "opinion", "adopted", "why"))
    rows: list[Row] = [
        (str(at), line.unit, line.clause, line.opinion, line.adopted, line.why)
        for at, line in enumerate(lines, start=1)
    ]
    table = Table(header=heads, rows=tuple(rows), widths=(5, 15, 14, 36, 9, 21), aligns="clllcl")
    name = words.say("clerk.opinions_title", title=title)
    below = words.say("clerk.opinions_version", version=version)
    return _document(name, below, table, words.say("clerk.no_opinions"), made_at)


def _document(
    title: str, below: str, table: Table, otherwise: str, made_at: datetime, notes: Sequence[str] = ()
) -> bytes:
    """The table on its page with *notes* under it; *otherwise* says that it would be empty."""
    paper = Paper()
    _lay_across(paper)
    paper.title(title)
    paper.subtitle(below)
    paper.blank()
    if table.rows:
        place_table(paper.document, table, width_mm=ACROSS_MM, may_split=True)
        for note in notes:
            paper.note(note)
    else:
        paper.text(otherwise)
    return paper.saved(title=title, author="", made_at=made_at)


def _lay_across(paper: Paper) -> None:
    section = paper.document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    for name, value in MARGINS_MM.items():
        setattr(section, name, Mm(value))
