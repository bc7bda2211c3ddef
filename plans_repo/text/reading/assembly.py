"""Lines and tables become clauses; every visible character goes into exactly one."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from plans_repo.text.clause import Clause, ClauseKind, Table, visible_count
from plans_repo.text.reading.anchors import Place
from plans_repo.text.reading.contents_list import ANNOUNCED, contents_lines
from plans_repo.text.reading.continued_tables import joined
from plans_repo.text.reading.glued_lines import parted
from plans_repo.text.reading.headings import Entry, Standing, entry_of
from plans_repo.text.reading.holding import Held
from plans_repo.text.reading.levels import OutlineLevels
from plans_repo.text.reading.parts import Part, found_parts
from plans_repo.text.reading.scopes import absorbs_next, lowest_mark, with_standings
from plans_repo.text.reading.source import Anchor, Aside, Block, Line, Role, Source, TableBlock

CAPTION = re.compile(
    r"\s*(?:续?[表图]|附[表图])\s*[0-9０-９一二三四五六七八九十A-Z][0-9.．\-－—A-Z]*[\s：:、.]*\S{0,40}$"
)
CAPTION_ENDING = re.compile(r"[^，,。；;：:]{2,24}(?:图|表|示意图|流程图)\s*$")
SENTENCE_END = ("。", "；", ";", "：", ":", "，", ",")
FRONT_CHARS = 45
TEXT_KINDS = (ClauseKind.HEADING, ClauseKind.ARTICLE, ClauseKind.BODY)


@dataclass(kw_only=True)
class _Draft:
    """A clause while its paragraphs are still coming."""

    kind: ClauseKind
    level: int
    entry: Entry | None = None
    title: str = ""
    paragraphs: list[str] = field(default_factory=list)
    line_numbers: list[tuple[int, str]] = field(default_factory=list)
    media: list[str] = field(default_factory=list)
    table: Table | None = None
    run_in: bool = False
    boxes: list[Block] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    is_contents: bool = False
    held: Held = field(default_factory=Held)

    def add(self, line: Line, *, text: str | None = None) -> None:
        """One more paragraph, with its pictures, boxes and notes."""
        words = line.text if text is None else text
        if visible_count(words):
            if line.automatic and text is None:
                self.line_numbers.append((sum(each.count("\n") + 1 for each in self.paragraphs), line.automatic))
            self.paragraphs.append(words)
        self.held.take([replace(line, boxes=())])
        self.media.extend(each for each in line.media if each not in self.media)
        self.boxes.extend(line.boxes)
        self.notes.extend(line.notes)


@dataclass(frozen=True, kw_only=True)
class Assembled:
    """The clauses of a source, and for each anchored key the place where it ended up."""

    clauses: tuple[Clause, ...]
    places: Mapping[str, Place]
    parts: tuple[Part, ...] = ()


def assembled(source: Source, new_id: Callable[[], str]) -> Assembled:
    """The clauses of *source* in order of appearance, with the places of all anchors."""
    assembly = _Assembly(source, new_id)
    clauses = assembly.run()
    return Assembled(clauses=clauses, places=assembly.places, parts=found_parts(clauses, assembly.plans))


class _Assembly:
    """One pass over the blocks, closing a clause whenever the next begins."""

    def __init__(self, source: Source, new_id: Callable[[], str]) -> None:
        self._source = replace(source, blocks=tuple(joined(parted(source.blocks))))
        self._new_id = new_id
        self._notes = {note.key: note for note in source.notes}
        self._note_order = {note.key: at + 1 for at, note in enumerate(source.notes)}
        self.places: dict[str, Place] = {}
        self.plans: list[str] = []  # headings of the plans, when there are several in the file
        self._contents = contents_lines(self._source.blocks)
        self._clauses: list[Clause] = []
        self._draft: _Draft | None = None
        self._heading_level = 0

    def run(self) -> tuple[Clause, ...]:
        blocks = self._source.blocks
        shown = [at for at in range(len(blocks)) if at not in self._contents]
        entries = with_standings([entry_of(at, _as_line(blocks[at])) for at in shown])
        levels = OutlineLevels(lowest_mark(entries))
        by_place = dict(zip(shown, entries, strict=True))
        absorbed = -1
        for at, block in enumerate(blocks):
            entry = by_place.get(at)
            if entry is None:
                self._contents_line(_as_line(block))
            elif at == absorbed:
                continue
            elif isinstance(block, TableBlock):
                self._table(block)
            elif entry.standing is Standing.BODY:
                self._body(entry.line, blocks, at)
            else:
                following = by_place.get(at + 1)
                absorbed = at + 1 if absorbs_next(entry, following) else absorbed
                self._numbered(entry, levels.level_of(entry), following if absorbed == at + 1 else None)
        self._close()
        self._asides()
        return tuple(self._clauses)

    @property
    def _below(self) -> int:
        return self._heading_level + 1

    def _open(self, draft: _Draft) -> _Draft:
        self._close()
        self._draft = draft
        return draft

    def _numbered(self, entry: Entry, level: int, title_line: Entry | None) -> None:
        self._close()
        self._heading_level = level
        kind = {Standing.ARTICLE: ClauseKind.ARTICLE, Standing.SENTENCE: ClauseKind.BODY}.get(
            entry.standing, ClauseKind.HEADING
        )
        title = title_line.line.text.strip() if title_line else entry.cut.title
        draft = self._open(_Draft(kind=kind, level=level, entry=entry, title=title, run_in=bool(entry.cut.text)))
        draft.add(entry.line, text=entry.cut.text)
        if title_line:
            draft.add(title_line.line, text="")

    def _body(self, line: Line, blocks: Sequence[Block], at: int) -> None:
        if not visible_count(line.text) and line.media:
            self._open(_Draft(kind=ClauseKind.PICTURE, level=self._below)).add(line)
        elif self._is_caption(line, blocks, at):
            self._open(_Draft(kind=ClauseKind.CAPTION, level=self._below)).add(line)
        else:
            self._holder(line).add(line)

    def _holder(self, line: Line) -> _Draft:
        """The clause that a body line belongs to: the open one, or a new one before and between headings."""
        draft = self._draft
        if self._heading_level:
            return (
                draft
                if draft and draft.kind in TEXT_KINDS
                else self._open(_Draft(kind=ClauseKind.BODY, level=self._below))
            )
        is_front = line.role in (Role.TITLE, Role.FRONT) or _is_front(line.text)
        kind = ClauseKind.FRONT if is_front else ClauseKind.BODY
        return (
            draft if draft and draft.kind is kind and not draft.is_contents else self._open(_Draft(kind=kind, level=1))
        )

    def _contents_line(self, line: Line) -> None:
        draft = self._draft
        if not (draft and draft.is_contents):
            draft = self._open(_Draft(kind=ClauseKind.FRONT, level=self._below, is_contents=True))
        if ANNOUNCED.match(line.text) and not draft.title and not draft.paragraphs:
            draft.title = line.text.strip()
            draft.add(line, text="")
        else:
            draft.add(line)

    def _table(self, block: TableBlock) -> None:
        draft = self._open(_Draft(kind=ClauseKind.TABLE, level=self._below, table=block.table))
        draft.media.extend(dict.fromkeys(block.media))
        draft.notes.extend(block.notes)
        draft.held.take([block])
        self._close()

    def _is_caption(self, line: Line, blocks: Sequence[Block], at: int) -> bool:
        if line.role is Role.CAPTION:
            return True
        beside = [blocks[near] for near in (at - 1, at + 1) if 0 <= near < len(blocks)]
        shown = any(isinstance(each, TableBlock) or _is_picture(each) for each in beside)
        return shown and bool(CAPTION.match(line.text) or CAPTION_ENDING.match(line.text.strip()))

    def _close(self) -> None:
        """Store the open clause, then what floated beside it: text boxes and notes."""
        draft, self._draft = self._draft, None
        if draft is None:
            return
        self._clauses.append(self._clause(draft))
        level = max(draft.level, self._below)
        self._boxes(draft.boxes, level)
        for key in draft.notes:
            self._note(key, level)

    def _clause(self, draft: _Draft) -> Clause:
        entry = draft.entry
        number = entry.number if entry else None
        typed = bool(number and entry and entry.typed)
        automatic = entry.line.automatic if entry else ""
        clause_id = self._new_id()
        self._put_down(draft.held.anchors, clause_id)
        if entry and entry.opens and entry.opens.is_plan:
            self.plans.append(clause_id)
        return Clause(
            id=clause_id,
            kind=draft.kind,
            level=draft.level,
            number=number.label if number else automatic,
            number_raw=number.raw if number and typed else "",
            automatic_number=automatic,
            title=draft.title,
            title_end=entry.cut.end if entry else "",
            run_in=draft.run_in,
            text="\n".join(draft.paragraphs),
            table=draft.table,
            media=tuple(draft.media),
            line_numbers=tuple(draft.line_numbers),
        )

    def _boxes(self, boxes: Sequence[Block], level: int) -> None:
        texts = _Draft(kind=ClauseKind.TEXTBOX, level=level)
        tables: list[TableBlock] = []
        _flatten(boxes, texts, tables)
        if texts.paragraphs or texts.media:
            self._clauses.append(self._clause(texts))
        for block in tables:
            draft = _Draft(kind=ClauseKind.TABLE, level=level, table=block.table, media=list(block.media))
            draft.held.take([block])
            self._clauses.append(self._clause(draft))
        for key in [*texts.notes, *(key for block in tables for key in block.notes)]:
            self._note(key, level)

    def _note(self, key: str, level: int) -> None:
        note = self._notes.pop(key, None)
        if note:
            self._aside(ClauseKind.NOTE, note, level, str(self._note_order[key]))

    def _aside(self, kind: ClauseKind, aside: Aside, level: int, number: str = "") -> None:
        clause_id = self._new_id()
        self._put_down(aside.anchors, clause_id)
        self._clauses.append(
            Clause(
                id=clause_id,
                kind=kind,
                level=level,
                text=aside.text,
                number=number,
                automatic_number=number,
                media=aside.media,
            )
        )

    def _asides(self) -> None:
        """Notes nobody cites, then headers and footers."""
        for key in list(self._notes):
            self._note(key, 1)
        for kind, asides in ((ClauseKind.HEADER, self._source.headers), (ClauseKind.FOOTER, self._source.footers)):
            for aside in asides:
                if visible_count(aside.text) or aside.media:
                    self._aside(kind, aside, 1)

    def _put_down(self, anchors: Sequence[Anchor], clause_id: str) -> None:
        """Note where anchors ended up; the first place of a key counts."""
        for anchor in anchors:
            self.places.setdefault(anchor.key, Place(clause=clause_id, at=anchor.at))


def _as_line(block: Block) -> Line:
    return block if isinstance(block, Line) else Line(text="")


def _is_picture(block: Block) -> bool:
    return isinstance(block, Line) and bool(block.media) and not visible_count(block.text)


def _is_front(text: str) -> bool:
    return visible_count(text) <= FRONT_CHARS and not text.rstrip().endswith(SENTENCE_END)


def _flatten(blocks: Sequence[Block], texts: _Draft, tables: list[TableBlock]) -> None:
    for block in blocks:
        if isinstance(block, TableBlock):
            tables.append(block)
        else:
            texts.add(replace(block, boxes=()))
            _flatten(block.boxes, texts, tables)
