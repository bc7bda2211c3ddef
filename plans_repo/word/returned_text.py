"""A Word file that was exported, edited and comes back: the same clauses with what became of their words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from plans_repo.text.clause import Clause, ClauseKind, visible_count
from plans_repo.text.reading.assembly import assembled
from plans_repo.text.reading.numbers import Family, Number, number_of
from plans_repo.text.reading.source import Aside, Block, Line, Source, TableBlock
from plans_repo.text.semantics import with_semantics
from plans_repo.word.bookmarks import PREFIX, bookmark_name
from plans_repo.word.clause_lines import is_heading
from plans_repo.word.returned_lines import BOOKMARK, Segment, block_text, segments
from plans_repo.word.returned_notes import Notes, box_clauses, carried, cited_by, note_clause, notes_of, renumbered
from plans_repo.word.returned_tables import revised_table
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
    blocks: Sequence[Block],
    base: Sequence[Clause],
    title: str,
    *,
    new_id: NewId,
    printed: Collection[str],
    asides: Iterable[Aside] = (),
) -> tuple[Clause, ...]:
    """The clauses of a returned file. What was not *printed*, clauses and pictures, stays as it was.

    A clause without any line left in the file was taken out; words that belong to no clause become new ones.
    *asides* are the notes of the file: those the text cites follow the clause that does.
    """
    found: list[Clause] = []
    notes = notes_of(blocks, asides, base)
    reader = _Returned(base, new_id, printed, notes)
    for segment in segments(carried(blocks, title), _in_text(blocks, base, printed, notes), title):
        found += reader.clauses_of(segment)
    return tuple(renumbered(_with_unprinted(found, base, printed), base))


def _in_text(blocks: Sequence[Block], base: Sequence[Clause], printed: Collection[str], notes: Notes) -> list[Clause]:
    """The clauses to be looked for among the paragraphs: notes only where none stands at a foot of a page."""
    marks = {each.key.removeprefix(BOOKMARK) for block in blocks for each in block.anchors}
    is_marked = any(name.startswith(PREFIX) for name in marks)

    def is_looked_for(clause: Clause) -> bool:
        if clause.id not in printed or clause.id in notes.placed:
            return False
        return clause.kind is not ClauseKind.NOTE or not is_marked or bookmark_name(clause.id) in marks

    return [clause for clause in base if is_looked_for(clause)]


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

    def __init__(self, base: Sequence[Clause], new_id: NewId, printed: Collection[str], notes: Notes) -> None:
        self.notes = notes
        self.new_id = new_id
        self.printed = printed
        self.levels = _levels_by_number(base)
        self.cited: set[str] = set()

    def clauses_of(self, segment: Segment) -> Iterator[Clause]:
        """The clause of the segment, then what was added behind it."""
        if segment.clause is None:
            yield from self._new(segment.blocks, level=1)
            return
        clause = segment.clause
        own, added = self._own_and_added(clause, segment.blocks)
        yield self._revised(clause, own)
        below = clause.level + (clause.kind in (ClauseKind.HEADING, ClauseKind.ARTICLE))
        yield from box_clauses(own, below, self.new_id)
        yield from self._notes(own, below)
        for part in added:
            yield from self._new(part, level=clause.level)

    def _notes(self, blocks: Sequence[Block], level: int) -> Iterator[Clause]:
        """The notes cited there, once each."""
        for key in dict.fromkeys(key for block in blocks for key in cited_by(block)):
            note = note_clause(key, self.notes, level, self.new_id) if key not in self.cited else None
            self.cited.add(key)
            if note is not None:
                yield note

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
        bare = tuple(replace(block, anchors=(), notes=()) for block in blocks)
        for clause in with_semantics(assembled(Source(blocks=bare), self.new_id).clauses):
            styled = next((one.outline_level for one in bare if isinstance(one, Line) and one.outline_level), 0)
            by_number = self.levels.get(_level_key(number_of(f"{clause.number_raw} {clause.title}")), 0)
            is_head = clause.kind in (ClauseKind.HEADING, ClauseKind.ARTICLE)
            fitting = (by_number or styled) if is_head else 0
            kind = ClauseKind.BODY if clause.kind is ClauseKind.FRONT and level > 1 else clause.kind
            yield replace(clause, kind=kind, level=fitting or level)
        yield from self._notes(blocks, level)

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
            found = replace(found, table=revised_table(clause.table, table))
        found = replace(found, media=self._media(clause, blocks))
        return _with_level(clause, _headless(found), blocks)

    def _media(self, clause: Clause, blocks: list[Block]) -> tuple[str, ...]:
        shown = [key for block in blocks for key in block.media]
        kept = [key for key in clause.media if key in shown or key not in self.printed]
        return (*kept, *dict.fromkeys(key for key in shown if key not in clause.media))


def _headless(clause: Clause) -> Clause:
    """A heading of which only the words below it were left is text under what stands before it."""
    is_head = clause.kind in (ClauseKind.HEADING, ClauseKind.ARTICLE)
    if not is_head or clause.title or clause.number_raw or clause.automatic_number or not clause.text:
        return clause
    return replace(clause, kind=ClauseKind.BODY, number="", level=clause.level + 1)


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
