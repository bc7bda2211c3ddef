"""What of a returned Word file the clauses do not hold; said one by one, so that nothing is lost in silence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from plans_repo.text.clause import Clause, ClauseKind, Table, visible_count
from plans_repo.text.reading.source import Aside, Block, Line, Role, Source, TableBlock
from plans_repo.word.bookmarks import bookmark_name
from plans_repo.word.clause_lines import contents_line
from plans_repo.word.returned_lines import BOOKMARK, block_text
from plans_repo.word.returned_notes import cited_by
from plans_repo.word.revising import printed_lines

PAGE_NUMBER = re.compile(r"[\s\d—–\-－第页共/]*$")
CONTENTS_TAIL = re.compile(r"[\s.．…·\t]*\d*$")


class Reason(StrEnum):
    """Why words of the file are in no clause."""

    PAGE_EDGE = "page-edge"  # headers and footers belong to the page format of the export
    CONTENTS = "contents"  # the contents list is made anew from the headings
    UNCITED_NOTE = "uncited-note"
    PICTURE = "picture"
    WORDS = "words"


@dataclass(frozen=True, kw_only=True)
class LeftBehind:
    """Words that came with the file and did not go into the text; *clause* is the one they stood in or behind."""

    reason: Reason
    words: str
    clause: str = ""


def left_behind(source: Source, theirs: Sequence[Clause], base: Sequence[Clause], title: str) -> tuple[LeftBehind, ...]:
    """Everything a reader sees in the file that stands in none of the clauses *theirs*."""
    held = "\n".join(_bare(line) for clause in theirs for line in shown_in(clause))
    return (
        *_in_text(source.blocks, held, theirs, base, title),
        *_notes(source, held),
        *_page_edges((*source.headers, *source.footers), base),
    )


def shown_in(clause: Clause) -> Iterator[str]:
    """The lines of a clause as they are printed, those of its cells too."""
    yield from printed_lines(clause)
    if clause.table:
        yield from _cells(clause.table)


def _cells(table: Table) -> Iterator[str]:
    for row in table.rows:
        for cell in row:
            for part in cell.shown_content:
                if isinstance(part, Table):
                    yield from _cells(part)
                else:
                    yield from part.split("\n")


def _bare(line: str) -> str:
    return "".join(line.split())


def _in_text(
    blocks: Sequence[Block], held: str, theirs: Sequence[Clause], base: Sequence[Clause], title: str
) -> Iterator[LeftBehind]:
    by_name = {bookmark_name(clause.id): clause.id for clause in base}
    headings = {_bare(contents_line(clause)) for text in (base, theirs) for clause in text}
    pictures = {key for clause in theirs for key in clause.media}
    clause = ""
    for block in blocks:
        names = (each.key.removeprefix(BOOKMARK) for each in block.anchors)
        clause = next((by_name[name] for name in names if name in by_name), clause)
        if isinstance(block, Line) and (block.role is Role.CONTENTS or _bare(block.text) in ("目录", "目次")):
            entry = _bare(CONTENTS_TAIL.sub("", block.text))
            if entry not in headings | {"目录", "目次", _bare(title)} and entry not in held:
                yield LeftBehind(reason=Reason.CONTENTS, words=block.text.strip(), clause=clause)
            continue
        for line in _lines_of(block):
            if _bare(line) not in held and _bare(line) != _bare(title):
                yield LeftBehind(reason=Reason.WORDS, words=line.strip(), clause=clause)
        for key in dict.fromkeys(_pictures_of(block)):
            if key not in pictures:
                yield LeftBehind(reason=Reason.PICTURE, words=key[:12], clause=clause)


def _lines_of(block: Block) -> Iterator[str]:
    """The lines of a paragraph with its boxes, or of the cells of a table."""
    if isinstance(block, TableBlock):
        yield from _cells(block.table)
        return
    yield from block_text(block).split("\n")
    for inner in block.boxes:
        yield from _lines_of(inner)


def _pictures_of(block: Block) -> Iterator[str]:
    yield from block.media
    if isinstance(block, Line):
        for inner in block.boxes:
            yield from _pictures_of(inner)


def _notes(source: Source, held: str) -> Iterator[LeftBehind]:
    cited = {key for block in source.blocks for key in cited_by(block)}
    for note in source.notes:
        if any(_bare(line) not in held for line in note.text.split("\n")):
            reason = Reason.WORDS if note.key in cited else Reason.UNCITED_NOTE
            yield LeftBehind(reason=reason, words=note.text.strip())


def _page_edges(asides: Iterable[Aside], base: Sequence[Clause]) -> Iterator[LeftBehind]:
    """Words of headers and footers that are neither a page number nor what the plan has there itself."""
    known = {_bare(clause.text) for clause in base if clause.kind in (ClauseKind.HEADER, ClauseKind.FOOTER)}
    for aside in dict.fromkeys(asides):
        if visible_count(aside.text) and not PAGE_NUMBER.match(aside.text) and _bare(aside.text) not in known:
            yield LeftBehind(reason=Reason.PAGE_EDGE, words=aside.text.strip())
