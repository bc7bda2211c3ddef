"""The text of one version of a plan as a Word document that knows its clauses again when it comes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from plans_repo.text.clause import Clause, ClauseKind
from plans_repo.word.bookmarks import bookmark_name
from plans_repo.word.clause_lines import (
    FURNITURE,
    annex_label,
    begins_annex,
    body_style,
    contents_line,
    is_contents_list,
    is_footnote,
    is_heading,
    is_title,
    shown_lines,
    title_lines,
)
from plans_repo.word.comment_marks import WordNote, place_comments
from plans_repo.word.contents import DEPTH, Entry, Grid, lines_of, pages_of, place_contents, start_new_page
from plans_repo.word.footnotes import Footnotes
from plans_repo.word.identity import identify
from plans_repo.word.origin import Origin
from plans_repo.word.paper import Bold, Paper
from plans_repo.word.pictures import place_picture
from plans_repo.word.plan_tables import place_plan_table
from plans_repo.word.table_height import table_lines
from plans_repo.word.wording import Wording

ANNEX_GAP_LINES = 2.2  # the blank lines over and below the title of an annex, and what its larger type takes
SHORT_PAGES = 3  # a text of so many pages is looked through without a contents list


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanIdentity:
    """Which version a document was made from; written into its custom properties."""

    plan: str
    version: str
    root_hash: str
    title: str
    made_at: datetime
    author: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanDocument:
    """The file, how many clauses it carries, and the ids of those that are not in it."""

    data: bytes
    clauses: int
    left_out: tuple[str, ...]


def plan_document(
    identity: PlanIdentity,
    clauses: Sequence[Clause],
    *,
    contents: bool | None = None,
    media: Mapping[str, bytes] | None = None,
    notes: Sequence[WordNote] = (),
) -> PlanDocument:
    """The version as an official text: title, contents list, headings by level, body, tables, pictures.

    A text of more than a few pages has a contents list, unless *contents* says otherwise. Every clause
    stands under a hidden bookmark made from its id. Page headers and footers of the source give way to the
    page format, an old contents list to a new one; their ids come back in ``left_out``, as do pictures whose
    bytes are not in *media* or of a kind Word cannot show. *notes* become comments.
    """
    if contents is None:
        contents = is_long(clauses)
    kept = [clause for clause in clauses if not _is_replaced(clause, contents=contents)]
    writer = _Writer(identity.title, media or {})
    if contents:
        writer.contents(identity.title, kept)
    front = len(writer.paper.document.paragraphs)
    if not any(is_title(clause, identity.title) for clause in kept):
        writer.paper.title(identity.title)
        writer.paper.blank()
    for clause in kept:
        writer.clause(clause, titled=is_title(clause, identity.title))
    if front:
        start_new_page(writer.paper.document, after=front)
    writer.footnotes.write()
    place_comments(writer.paper.document, notes, beside=writer.footnotes.citations)
    return _finished(writer, identity, clauses)


def is_long(clauses: Sequence[Clause]) -> bool:
    """Whether a text wants a contents list: it has one already, or takes more than a few pages."""
    grid = Grid()
    for clause in clauses:
        _entry(clause, grid)
    return grid.pages > SHORT_PAGES or any(map(is_contents_list, clauses))


def origin(identity: PlanIdentity) -> Mapping[str, str]:
    """The custom properties that lead a file back to its version."""
    return Origin(plan=identity.plan, version=identity.version, root_hash=identity.root_hash).properties


def _finished(writer: _Writer, identity: PlanIdentity, clauses: Sequence[Clause]) -> PlanDocument:
    identify(writer.paper.document, origin(identity))
    data = writer.paper.saved(title=identity.title, author=identity.author, made_at=identity.made_at)
    left_out = tuple(clause.id for clause in clauses if clause.id not in writer.written)
    return PlanDocument(data=data, clauses=len(writer.written), left_out=left_out)


def _is_replaced(clause: Clause, *, contents: bool) -> bool:
    return clause.kind in FURNITURE or (contents and is_contents_list(clause))


class _Writer:
    """Puts clauses on paper and remembers which."""

    def __init__(self, title: str, media: Mapping[str, bytes]) -> None:
        self.title = title
        self.paper = Paper()
        self.footnotes = Footnotes(self.paper.document, self.paper.bookmarks)
        self.media = media
        self.written: set[str] = set()
        self._below_table = False

    def contents(self, title: str, clauses: Sequence[Clause]) -> None:
        """The contents list, pages estimated."""
        count = sum(is_heading(clause) and clause.level <= DEPTH for clause in clauses)
        if not count:
            return
        grid = Grid(first_page=1 + pages_of(count))
        grid.place(lines_of(title, indent=0) + 1)
        entries = [entry for clause in clauses if (entry := _entry(clause, grid))]
        place_contents(self.paper.document, Wording("zh").say("paper.contents"), entries)

    def clause(self, clause: Clause, *, titled: bool) -> None:
        """One clause: heading or body lines, then its table and its pictures; a note goes to the foot of the page."""
        if is_footnote(clause) and self.written and self.footnotes.cite(clause):
            self.written.add(clause.id)
            return
        lines = shown_lines(clause)
        name = bookmark_name(clause.id)
        if titled:
            count = title_lines(clause, self.title)
            self.paper.title(*lines[:count], bookmark=name)
            for line in lines[count:]:
                self.paper.subtitle(line)
            self.paper.blank()
        elif lines:
            self._lines(clause, lines, name)
        placed = bool(lines)
        self._below_table &= not placed
        if clause.table:
            placed |= self._table(clause, name if not placed else "")
        for key in clause.media:
            placed |= self._picture(key, name if not placed else "")
        if placed:
            self.written.add(clause.id)

    def _lines(self, clause: Clause, lines: list[str], name: str) -> None:
        first, rest = lines[0], lines[1:]
        if annex_label(clause):
            self.paper.annex(first, rest.pop(0), bookmark=name, entry=contents_line(clause), level=clause.level)
        elif is_heading(clause):
            self.paper.heading(min(clause.level, 4), first, bookmark=name, new_page=begins_annex(clause))
        elif clause.kind is ClauseKind.CAPTION:
            self.paper.caption(first, bookmark=name)
        else:
            self.paper.text(*_run_in_pieces(clause, first), bookmark=name, style=body_style(clause))
        for line in rest:
            self.paper.text(line, style=body_style(clause))

    def _table(self, clause: Clause, name: str) -> bool:
        if clause.table is None:
            return False
        if self._below_table:  # two tables without a paragraph between them grow together
            self.paper.blank()
        grid = place_plan_table(self.paper.document, clause.table)
        self._below_table = grid is not None
        if grid is not None and name:
            self.paper.bookmarks.enclose(grid.cell(0, 0).paragraphs[0], name)
        return grid is not None

    def _picture(self, key: str, name: str) -> bool:
        paragraph = place_picture(self.paper.document, self.media.get(key))
        self._below_table &= paragraph is None
        if paragraph is not None and name:
            self.paper.bookmarks.enclose(paragraph, name)
        return paragraph is not None


def _run_in_pieces(clause: Clause, line: str) -> list[str]:
    """The first line of an article: its number (and title) bold, its words as body."""
    head = f"{clause.number_raw or clause.automatic_number}"
    if clause.run_in and clause.title:
        head = line[: line.index(clause.title) + len(clause.title) + len(clause.title_end)]
    if clause.kind not in (ClauseKind.HEADING, ClauseKind.ARTICLE) or not head or not line.startswith(head):
        return [line]
    return [Bold(head), line[len(head) :]]


def _entry(clause: Clause, grid: Grid) -> Entry | None:
    """Move the grid past a clause; the entry if it belongs into the list."""
    lines = shown_lines(clause)
    heading = is_heading(clause)
    if begins_annex(clause):
        grid.turn()
    page = grid.place(lines_of(lines[0]) if lines else 0, keep_with_next=heading)
    if annex_label(clause):
        grid.place(ANNEX_GAP_LINES)
    for line in lines[1:]:
        grid.place(lines_of(line))
    if clause.table:
        grid.place(table_lines(clause.table))
    if not heading or clause.level > DEPTH:
        return None
    return Entry(level=clause.level, text=contents_line(clause), bookmark=bookmark_name(clause.id), page=page)
