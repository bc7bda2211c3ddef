"""Two versions of a plan as one Word document with tracked changes, each under the name and time of who made it.

Accepting all changes gives the newer text, rejecting all gives the older one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from docx.text.paragraph import Paragraph

from plans_repo.text.blame import History, State
from plans_repo.text.clause import Cell, Clause, Table
from plans_repo.text.weave import Fate, Hand, Strand, woven
from plans_repo.word.bookmarks import bookmark_name
from plans_repo.word.clause_lines import FURNITURE, is_title
from plans_repo.word.comment_marks import WordNote, place_comments
from plans_repo.word.footnotes import Footnotes
from plans_repo.word.identity import identify
from plans_repo.word.paper import Paper
from plans_repo.word.pictures import place_picture
from plans_repo.word.pieces import (
    CELL_STYLE,
    Line,
    Piece,
    cell_pieces,
    lines_of,
    note_pieces,
    pieces_of,
    with_last_end_kept,
)
from plans_repo.word.plan_document import PlanIdentity, origin
from plans_repo.word.plan_tables import cells_of, place_plan_table
from plans_repo.word.stands import Places, Stand, cites, stands
from plans_repo.word.tracked import Tracker
from plans_repo.word.woven_table import WovenRow, woven_rows

FIRST_MARK = 1_000_000  # bookmark ids count up from 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Redline:
    """The file, the clauses of the newer version in it, and how many changes are marked."""

    data: bytes
    clauses: int
    revisions: int


def redline_document(
    identity: PlanIdentity,
    history: History,
    *,
    media: Mapping[str, bytes] | None = None,
    notes: Sequence[WordNote] = (),
) -> Redline:
    """The last text of a history with every difference from its first one tracked.

    Each mark bears who made that change and when, through all versions and saves between. A clause
    that moved went from its old place and came at its new one, under who moved it. Page headers and
    footers are not in it. *identity* is that of the newer version; *notes* become comments.
    """
    writer = _Writer(identity.title, history, media or {})
    if not any(is_title(clause, identity.title) for clause in (*history.first, *history.last)):
        writer.paper.title(identity.title)
        writer.paper.blank()
    whole = list(stands(_shown(history.first), _shown(history.last)))
    for at, stand in enumerate(whole):
        writer.write(stand, is_cited=cites(whole[at + 1 :]))
    writer.footnotes.write()
    place_comments(writer.paper.document, notes, beside=writer.footnotes.citations)
    identify(writer.paper.document, origin(identity))
    data = writer.paper.saved(title=identity.title, author=identity.author, made_at=identity.made_at)
    return Redline(data=data, clauses=writer.clauses, revisions=writer.tracker.revisions)


def _shown(clauses: Sequence[Clause]) -> list[Clause]:
    return [clause for clause in clauses if clause.kind not in FURNITURE]


class _Writer:
    """Writes stands and counts."""

    def __init__(self, title: str, history: History, media: Mapping[str, bytes]) -> None:
        self.title = title
        self.history = history
        self.media = media
        self.paper = Paper()
        self.tracker = Tracker(self.paper.document, first_id=FIRST_MARK)
        self.footnotes = Footnotes(self.paper.document, self.paper.bookmarks)
        self.clauses = 0
        self._is_below_table = False
        self._places = Places()

    def write(self, stand: Stand, *, is_cited: bool = False) -> None:
        """One clause: its lines, then its table, then its pictures; a note goes to the foot of the page.

        *is_cited*: a note that stayed is cited behind it.
        """
        sides = self._places.sides(stand)
        if len(sides) > 1:
            for side in sides:
                self.write(side)
        elif self._places.holds(stand):
            self._note(stand)
        else:
            self._clause(stand, is_cited=is_cited)

    def _note(self, stand: Stand) -> None:
        """A note, cited behind the words it belongs to."""
        first, states = self._states(stand)
        strands = woven(note_pieces(first), [(note_pieces(value), hand) for value, hand in states])
        place = self._places.new if stand.new else self._places.old
        assert place is not None
        self.footnotes.cite_tracked(place, strands, self.tracker, clause=stand.new.id if stand.new else "")
        self.clauses += stand.new is not None

    def _clause(self, stand: Stand, *, is_cited: bool) -> None:
        first, states = self._states(stand)
        marked = stand.new.id if stand.new else ""
        strands = woven(self._pieces(first), [(self._pieces(value), hand) for value, hand in states])
        lines = list(lines_of(with_last_end_kept(strands) if is_cited else strands))
        for line in lines:
            paragraph = self._line(line)
            if marked and (line.fate is not Fate.WENT or not line.stretches):
                self.paper.bookmarks.enclose(paragraph, bookmark_name(marked))
                marked = ""
        if lines and any(is_title(one, self.title) for one in (stand.old, stand.new) if one):
            self._blank_like(lines[-1])
        marked = self._table(first, states, marked)
        self._pictures(first, states, marked)
        self.clauses += stand.new is not None

    def _blank_like(self, line: Line) -> None:
        """The blank line below a title, which comes and goes with it."""
        self.paper.blank()
        self.tracker.end(self.paper.document.paragraphs[-1], line.fate, line.hand)

    def _states(self, stand: Stand) -> tuple[Clause | None, list[State]]:
        """What a clause was and what was made of it; one that moved goes here, or comes here."""
        old, new = stand.old, stand.new
        if old and new:
            return self._followed(old, new)
        clause = old or new
        assert clause is not None
        first, states = self.history.states(clause.id)
        mover = self.history.mover(clause.id) or self.history.hand
        if mover is None:
            return first, []
        if new is None:
            left = [*states, (None, mover)] if not states or states[-1][0] is not None else list(states)
            return clause, left
        came: list[State] = [(value, hand) for value, hand in states if value is not None]
        return None, [(first, mover), *came] if first is not None else came

    def _followed(self, old: Clause, new: Clause) -> tuple[Clause, list[State]]:
        """A clause that stayed, also where its words were taken over by a clause of another id."""
        _first, states = self.history.states(old.id)
        if old.id != new.id:
            begun, further = self.history.states(new.id)
            hand = self.history.hand
            own = [(begun, hand)] if begun is not None and hand is not None else []
            states = (*states, *own, *further)
        return old, [(value, hand) for value, hand in states if value is not None]

    def _pieces(self, clause: Clause | None) -> tuple[Piece, ...]:
        return pieces_of(clause, self.title)

    def _line(self, line: Line) -> Paragraph:
        paragraph = self.paper.document.add_paragraph(style=line.style or "Body Text")
        self._fill(paragraph, line)
        self._is_below_table &= line.fate is not Fate.STAYED
        self._places.stands_in(paragraph._p, line.fate)
        return paragraph

    def _fill(self, paragraph: Paragraph, line: Line) -> None:
        for text, fate, hand in line.stretches:
            self.tracker.words(paragraph, text, fate, hand)
        self.tracker.end(paragraph, line.fate, line.hand)
        if line.old_style and line.old_style != line.style and line.hand:
            self.tracker.restyled(paragraph, line.old_style, line.hand)

    def _table(self, first: Clause | None, states: Sequence[State], marked: str) -> str:
        """The table row by row where that can be told; otherwise the old one goes and the new one comes."""
        begun = first.table if first else None
        later = [(value.table if value else None, hand) for value, hand in states]
        tables = [(table, hand) for table, hand in later if table is not None]
        ended = later[-1][0] if later else begun
        if begun is None and ended is None:
            return marked
        if begun is not None and ended is not None:
            rows = woven_rows(begun, tables)
            if rows is not None:
                return self._rows(rows, marked)
            return self._replaced(begun, ended, _last_change(begun, later), marked)
        whole = woven_rows(begun, tables) if begun is not None else woven_rows(Table(rows=()), tables)
        hand = _last_change(begun, later)
        if whole is None or hand is None:
            return self._replaced(begun, ended, hand, marked)
        return self._rows(_all_of(whole, Fate.WENT if ended is None else Fate.CAME, hand), marked)

    def _replaced(self, old: Table | None, new: Table | None, hand: Hand | None, marked: str) -> str:
        """The old table goes as a whole, the new one comes."""
        if hand is None or old == new:
            return self._rows(_plain_rows(new, Fate.STAYED, None), marked) if new else marked
        if old is not None:
            self._rows(_plain_rows(old, Fate.WENT, hand), "")
        return self._rows(_plain_rows(new, Fate.CAME, hand), marked) if new else marked

    def _rows(self, rows: Sequence[WovenRow], marked: str) -> str:
        if self._is_below_table:  # two tables without a paragraph between them grow together
            self.paper.blank()
        table = Table(rows=tuple(row.cells for row in rows))
        grid = place_plan_table(self.paper.document, table, filled=False)
        if grid is None:
            return marked
        for number, row in enumerate(rows):
            self.tracker.row(grid, number, row.fate, row.hand)
        for target, words in zip(cells_of(grid, table), chain.from_iterable(row.words for row in rows), strict=True):
            for at, line in enumerate(lines_of(words)):
                paragraph = target.paragraphs[0] if at == 0 else target.add_paragraph()
                paragraph.style = CELL_STYLE
                self._fill(paragraph, line)
        if marked:
            self.paper.bookmarks.enclose(grid.cell(0, 0).paragraphs[0], bookmark_name(marked))
        self._is_below_table = True
        self._places.stands_in_rows([(line._tr, row.fate) for line, row in zip(grid.rows, rows, strict=True)])
        return ""

    def _pictures(self, first: Clause | None, states: Sequence[State], marked: str) -> None:
        begun = first.media if first else ()
        for strand in woven(begun, [(value.media if value else (), hand) for value, hand in states]):
            paragraph = place_picture(self.paper.document, self.media.get(strand.piece))
            if paragraph is None:
                continue
            runs = list(paragraph._p.r_lst)
            for run in runs:
                paragraph._p.remove(run)
                self.tracker.run(paragraph._p, run, strand.fate, strand.hand)
            self.tracker.end(paragraph, strand.fate, strand.hand)
            if marked and strand.fate is not Fate.WENT:
                self.paper.bookmarks.enclose(paragraph, bookmark_name(marked))
                marked = ""
            self._is_below_table &= strand.fate is not Fate.STAYED
            self._places.stands_in(paragraph._p, strand.fate)


def _last_change(begun: Table | None, later: Sequence[tuple[Table | None, Hand]]) -> Hand | None:
    """Who made the table what it is at the end."""
    hand, present = None, begun
    for table, who in later:
        if table != present:
            hand, present = who, table
    return hand


def _all_of(rows: Sequence[WovenRow], fate: Fate, hand: Hand) -> list[WovenRow]:
    """The rows of a table that came or went as a whole; words of neither text are left out."""
    found = []
    for row in rows:
        if row.fate is not fate and row.fate is not Fate.STAYED:
            continue
        words = tuple(
            tuple(_as(strand, fate, hand) for strand in cell if strand.fate in (Fate.STAYED, fate))
            for cell in row.words
        )
        found.append(WovenRow(cells=row.cells, fate=fate, hand=row.hand or hand, words=words))
    return found


def _as(strand: Strand[Piece], fate: Fate, hand: Hand) -> Strand[Piece]:
    return strand if strand.fate is fate else Strand(piece=strand.piece, **{fate.value: hand})


def _plain_rows(table: Table, fate: Fate, hand: Hand | None) -> list[WovenRow]:
    """A table as it stands, all its rows of one fate."""
    whose = {} if hand is None or fate is Fate.STAYED else {fate.value: hand}

    def words(cell: Cell) -> tuple[Strand[Piece], ...]:
        return tuple(Strand(piece=piece, **whose) for piece in cell_pieces(cell.shown))

    return [WovenRow(cells=row, fate=fate, hand=hand, words=tuple(map(words, row))) for row in table.rows]
