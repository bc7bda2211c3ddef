"""A Word file that was exported, edited and comes back: the same clauses with what became of their words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from plans_repo.text.clause import Cell, Clause, ClauseKind, Table, parents, visible_count
from plans_repo.text.reading.assembly import assembled
from plans_repo.text.reading.numbers import Family, Number, number_of
from plans_repo.text.reading.source import Block, Line, Source, TableBlock
from plans_repo.text.semantics import with_semantics
from plans_repo.word.plan_document import is_heading
from plans_repo.word.returned_lines import Segment, block_text, segments
from plans_repo.word.revising import printed_lines, revised

HOLDING = (ClauseKind.HEADING, ClauseKind.ARTICLE, ClauseKind.BODY, ClauseKind.FRONT, ClauseKind.TEXTBOX)
"""Kinds of clauses that take further paragraphs; behind the others something new begins."""
HEADS = (
    Family.PART, Family.CHAPTER, Family.SECTION, Family.ARTICLE, Family.HAN, Family.HAN_BRACKET, Family.DECIMAL,
    Family.ATTACHMENT,
)  # fmt: skip
DEEPEST_STYLE = 4
NewId = Callable[[], str]


def returned_text(
    blocks: Sequence[Block], base: Sequence[Clause], title: str, *, new_id: NewId, printed: Collection[str]
) -> tuple[Clause, ...]:
    """The clauses of a returned file. What was not *printed*, clauses and pictures, stays as it was.

    A clause without any line left in the file was taken out; words that belong to no clause become new ones.
    """
    found: list[Clause] = []
    reader = _Returned(base, new_id, printed)
    for segment in segments(blocks, [clause for clause in base if clause.id in printed], title):
        found += reader.clauses_of(segment)
    return tuple(_with_unprinted(found, base, printed))


def _with_unprinted(found: list[Clause], base: Sequence[Clause], printed: Collection[str]) -> list[Clause]:
    """The clauses that are not on paper, each behind the one it followed."""
    result = list(found)
    before = ""
    for clause in base:
        if clause.id not in printed:
            places = {each.id: at for at, each in enumerate(result)}
            result.insert(places.get(before, -1) + 1 if before else 0, clause)
            before = clause.id
        elif any(each.id == clause.id for each in result):
            before = clause.id
    return result


class _Returned:
    """Reads segments against the text they were printed from."""

    def __init__(self, base: Sequence[Clause], new_id: NewId, printed: Collection[str]) -> None:
        self.base = base
        self.new_id = new_id
        self.printed = printed
        self.levels = _levels_by_number(base)
        self.above = parents(base)

    def clauses_of(self, segment: Segment) -> Iterator[Clause]:
        """The clause of the segment, then what was added behind it."""
        if segment.clause is None:
            yield from self._new(segment.blocks, level=1)
            return
        own, added = self._own_and_added(segment.clause, segment.blocks)
        yield self._revised(segment.clause, own)
        for part in added:
            yield from self._new(part, level=segment.clause.level)

    def _own_and_added(self, clause: Clause, blocks: list[Block]) -> tuple[list[Block], list[list[Block]]]:
        """The blocks that make up the clause, and those that begin something new."""
        printed = printed_lines(clause)
        known = _matched(printed, [block_text(block) for block in blocks])
        own: list[Block] = []
        added: list[list[Block]] = []
        has_table = False
        for at, block in enumerate(blocks):
            is_table = isinstance(block, TableBlock)
            is_own_table = is_table and clause.table is not None and not has_table and not added
            if (is_table and not is_own_table) or (at and at not in known and self._begins(clause, block, printed)):
                added.append([block])
            elif added:
                added[-1].append(block)
            else:
                own.append(block)
                has_table |= is_table
        return own, added

    def _begins(self, clause: Clause, block: Block, printed: list[str]) -> bool:
        """Whether a paragraph that was not printed begins a clause of its own."""
        if isinstance(block, TableBlock):
            return False
        if not visible_count(block.text):
            return not clause.media and clause.kind is not ClauseKind.PICTURE
        if clause.kind not in HOLDING:
            return len(printed) > 0 or clause.table is not None or bool(clause.media)
        return block.outline_level > 0 or _level_key(number_of(block.text)) in self.levels

    def _new(self, blocks: list[Block], *, level: int) -> Iterator[Clause]:
        """Clauses read from words nobody had printed, under ids of their own."""
        bare = tuple(replace(block, anchors=()) for block in blocks)
        for clause in with_semantics(assembled(Source(blocks=bare), self.new_id).clauses):
            styled = next((one.outline_level for one in bare if isinstance(one, Line) and one.outline_level), 0)
            by_number = self.levels.get(_level_key(number_of(f"{clause.number_raw} {clause.title}")), 0)
            is_head = clause.kind in (ClauseKind.HEADING, ClauseKind.ARTICLE)
            fitting = (by_number or styled) if is_head else 0
            kind = ClauseKind.BODY if clause.kind is ClauseKind.FRONT and level > 1 else clause.kind
            yield replace(clause, kind=kind, level=fitting or level)

    def _revised(self, clause: Clause, blocks: list[Block]) -> Clause:
        lines = [
            line
            for block in blocks
            if isinstance(block, Line)
            for line in block.text.split("\n")
            if visible_count(line)
        ]
        found = revised(clause, lines)
        table = next((block.table for block in blocks if isinstance(block, TableBlock)), None)
        if clause.table is not None or table is not None:
            found = replace(found, table=_revised_table(clause.table, table))
        found = replace(found, media=self._media(clause, blocks))
        return _with_level(clause, found, blocks)

    def _media(self, clause: Clause, blocks: list[Block]) -> tuple[str, ...]:
        shown = [key for block in blocks for key in block.media]
        kept = [key for key in clause.media if key in shown or key not in self.printed]
        return (*kept, *dict.fromkeys(key for key in shown if key not in clause.media))


def _with_level(clause: Clause, found: Clause, blocks: list[Block]) -> Clause:
    """The level as the style of the first line has it, where that was changed."""
    first = next((block for block in blocks if isinstance(block, Line)), None)
    if first is None or not first.outline_level or not is_heading(clause):
        return found
    if first.outline_level == min(clause.level, DEEPEST_STYLE):
        return found
    return replace(found, level=first.outline_level)


def _matched(printed: list[str], lines: list[str]) -> set[int]:
    """The lines that were printed so."""
    found: set[int] = set()
    for tag, _a0, _a1, b0, b1 in SequenceMatcher(None, printed, lines, autojunk=False).get_opcodes():
        if tag == "equal":
            found |= set(range(b0, b1))
    return found


LevelKey = tuple[Family, int] | None


def _level_key(number: Number | None) -> LevelKey:
    if number is None or number.family not in HEADS:
        return None
    return number.family, number.depth if number.family is Family.DECIMAL else 0


def _levels_by_number(base: Sequence[Clause]) -> dict[LevelKey, int]:
    """At which level headings with such numbers stand in this plan."""
    found: dict[LevelKey, int] = {}
    for clause in base:
        if clause.kind in (ClauseKind.HEADING, ClauseKind.ARTICLE) and clause.number:
            key = _level_key(number_of(f"{clause.number} {clause.title}"))
            if key is not None:
                found.setdefault(key, clause.level)
    return found


def _revised_table(old: Table | None, new: Table | None) -> Table | None:
    """The table as it came back; a cell that says what it said is the cell it was."""
    if old is None or new is None:
        return new
    if _said(old) == _said(new):
        return old
    by_row = _rows_matched(old, new)
    return Table(rows=tuple(_revised_row(by_row.get(at, ()), row) for at, row in enumerate(new.rows)))


def _said(table: Table) -> list[list[tuple[str, int, int]]]:
    return [[(_bare(cell), cell.columns, cell.rows) for cell in row] for row in table.rows]


def _bare(cell: Cell) -> str:
    return "\n".join(line for line in cell.text.split("\n") if visible_count(line))


def _rows_matched(old: Table, new: Table) -> dict[int, Sequence[Cell]]:
    before, after = ([tuple(map(_bare, row)) for row in table.rows] for table in (old, new))
    found: dict[int, Sequence[Cell]] = {}
    for _tag, a0, a1, b0, b1 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        for step in range(min(a1 - a0, b1 - b0)):
            found[b0 + step] = old.rows[a0 + step]
    return found


def _revised_row(former: Sequence[Cell], row: Sequence[Cell]) -> tuple[Cell, ...]:
    cells = []
    for at, cell in enumerate(row):
        before = former[at] if at < len(former) else None
        if before is not None and _bare(before) == _bare(cell):
            cell = replace(before, columns=cell.columns, rows=cell.rows)
        cells.append(cell)
    return tuple(cells)
