"""What is compared in a document: words, and the ends of paragraphs with their style."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plans_repo.text.clause import Clause, ClauseKind
from plans_repo.text.tokens import tokens
from plans_repo.text.weave import Fate, Hand, Strand
from plans_repo.word.clause_lines import annex_label, body_style, is_heading, is_title, shown_lines, title_lines

Piece = tuple[str, str]
"""Words and "", or a line end and the style of the paragraph it closes."""
END = "\n"
CELL_STYLE = "Table Text"
NOTE_STYLE = "footnote text"
CITATION: Piece = ("", "citation")
"""The place in the text that cites a note."""


def style_of(clause: Clause, title: str, at: int) -> str:
    """The paragraph style of a line of a clause, counted from 0."""
    if is_title(clause, title):
        return "Title" if at < title_lines(clause, title) else "Subtitle"
    if at < 2 and annex_label(clause):
        return ("Annex Label", "Annex Title")[at]
    if at == 0 and is_heading(clause):
        return f"Heading {min(clause.level, 4)}"
    return "Table Caption" if clause.kind is ClauseKind.CAPTION else body_style(clause)


def pieces_of(clause: Clause | None, title: str) -> tuple[Piece, ...]:
    """The lines of a clause, each closed by its end; nothing for a clause that is not there."""
    if clause is None:
        return ()
    found: list[Piece] = []
    for at, line in enumerate(shown_lines(clause)):
        found += [(word, "") for word in tokens(line)]
        found.append((END, style_of(clause, title, at)))
    return tuple(found)


def cell_pieces(text: str) -> tuple[Piece, ...]:
    """The words of a cell; its last line has no end that could come or go."""
    return tuple((word, CELL_STYLE if word == END else "") for word in tokens(text))


def note_pieces(clause: Clause | None) -> tuple[Piece, ...]:
    """What cites a note, then its words; nothing for a note that is not there."""
    if clause is None:
        return ()
    return (CITATION, *((word, NOTE_STYLE if word == END else "") for word in tokens(clause.text)))


def with_last_end_kept(strands: Sequence[Strand[Piece]]) -> tuple[Strand[Piece], ...]:
    """The same two texts, the end of the last line one that stayed, where lines came or went behind it.

    What stands behind the last line, such as the citation of a note, stays where it is then.

    >>> from datetime import UTC, datetime
    >>> hand = Hand(author="安", at=datetime(2026, 3, 1, tzinfo=UTC))
    >>> end = (END, "Body Text")
    >>> line = [Strand(piece=("甲", "")), Strand(piece=end), Strand(piece=("乙", ""), came=hand)]
    >>> [one.fate.value for one in with_last_end_kept([*line, Strand(piece=end, came=hand)])]
    ['stayed', 'came', 'came', 'stayed']
    """
    last = strands[-1] if strands else None
    if last is None or last.piece[0] != END or last.fate is Fate.STAYED:
        return tuple(strands)
    at = len(strands) - 1
    while at >= 0 and strands[at].fate is last.fate:
        at -= 1
    if at < 0 or strands[at].fate is not Fate.STAYED or strands[at].piece != last.piece:
        return tuple(strands)
    return (*strands[:at], last, *strands[at + 1 : -1], strands[at])


Stretch = tuple[str, Fate, Hand | None]
"""Words of one fate and one hand."""


class Line:
    """A paragraph of the document with tracked changes: its words, its style, and what became of its end."""

    def __init__(self) -> None:
        self.stretches: list[Stretch] = []
        self.style = ""
        self.fate, self.hand = Fate.STAYED, None  # type: tuple[Fate, Hand | None]
        self.old_style = ""

    def add(self, strand: Strand[Piece]) -> None:
        """Append words; neighbours of one fate and hand grow together."""
        text, fate, hand = strand.piece[0], strand.fate, strand.hand
        if self.stretches and self.stretches[-1][1:] == (fate, hand):
            text = self.stretches.pop()[0] + text
        self.stretches.append((text, fate, hand))


def lines_of(strands: Sequence[Strand[Piece]]) -> Iterator[Line]:
    """The strands as paragraphs; the last one of a cell has no end of its own."""
    line = Line()
    for strand in _with_restyled(strands):
        if isinstance(strand, tuple):
            went, came = strand
            line.style, line.old_style, line.hand = came.piece[1], went.piece[1], came.hand
        elif strand.piece[0] != END:
            line.add(strand)
            continue
        else:
            line.style, line.fate, line.hand = strand.piece[1], strand.fate, strand.hand
        yield line
        line = Line()
    if line.stretches:
        yield line


def _with_restyled(
    strands: Sequence[Strand[Piece]],
) -> Iterator[Strand[Piece] | tuple[Strand[Piece], Strand[Piece]]]:
    """Where a change ends with one paragraph end for another, the paragraph stays and changes its style."""
    change: list[Strand[Piece]] = []
    for strand in [*strands, None]:
        if strand is not None and strand.fate is not Fate.STAYED:
            change.append(strand)
            continue
        yield from _one_end(change)
        change = []
        if strand is not None:
            yield strand


def _one_end(change: list[Strand[Piece]]) -> Iterator[Strand[Piece] | tuple[Strand[Piece], Strand[Piece]]]:
    went = [one for one in change if one.fate is Fate.WENT]
    came = [one for one in change if one.fate is Fate.CAME]
    if went and came and went[-1].piece[0] == came[-1].piece[0] == END:
        yield from (*went[:-1], *came[:-1])
        yield went[-1], came[-1]
    else:
        yield from change
