"""What is compared in a document: words, and the ends of paragraphs with their style."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plans_repo.text.clause import Clause, ClauseKind
from plans_repo.text.tokens import tokens
from plans_repo.text.weave import Fate, Hand, Strand
from plans_repo.word.plan_document import body_style, is_heading, is_title, shown_lines, title_lines

Piece = tuple[str, str]
"""Words and "", or a line end and the style of the paragraph it closes."""
END = "\n"
CELL_STYLE = "Table Text"


def style_of(clause: Clause, title: str, at: int) -> str:
    """The paragraph style of a line of a clause, counted from 0."""
    if is_title(clause, title):
        return "Title" if at < title_lines(clause, title) else "Subtitle"
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
