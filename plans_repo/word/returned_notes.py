"""Footnotes, endnotes and text boxes of a returned Word file, with the clauses they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from plans_repo.text.clause import Clause, ClauseKind, squeezed, visible_count
from plans_repo.text.reading.source import Anchor, Aside, Block, Line, TableBlock
from plans_repo.word.bookmarks import bookmark_name
from plans_repo.word.clause_lines import GAP
from plans_repo.word.returned_lines import BOOKMARK, SIMILAR, is_shown
from plans_repo.word.revising import revised

NewId = Callable[[], str]


@dataclass(frozen=True, kw_only=True)
class Notes:
    """The notes that are cited in the text, by key, and which clause each of them is."""

    asides: Mapping[str, Aside]
    clauses: Mapping[str, Clause]

    @property
    def placed(self) -> frozenset[str]:
        """The ids of the clauses that are notes of this file."""
        return frozenset(clause.id for clause in self.clauses.values())


def notes_of(blocks: Sequence[Block], asides: Iterable[Aside], base: Sequence[Clause]) -> Notes:
    """The notes of the file that its text cites, each with the clause it was: by its mark, else by its words."""
    cited = {key for block in blocks for key in cited_by(block)}
    here = {aside.key: aside for aside in asides if aside.key in cited}
    by_name = {bookmark_name(clause.id): clause for clause in base if clause.kind is ClauseKind.NOTE}
    found: dict[str, Clause] = {}
    for key, aside in here.items():
        names = [each.key.removeprefix(BOOKMARK) for each in aside.anchors if each.key.startswith(BOOKMARK)]
        clause = next((by_name.pop(name) for name in names if name in by_name), None)
        if clause is not None:
            found[key] = clause
    in_text = {each.key.removeprefix(BOOKMARK) for block in blocks for each in block.anchors}
    lost = [clause for name, clause in by_name.items() if name not in in_text]
    found |= _alike({key: aside for key, aside in here.items() if key not in found}, lost)
    return Notes(asides=here, clauses=found)


def _alike(asides: Mapping[str, Aside], lost: Sequence[Clause]) -> dict[str, Clause]:
    """Notes without a mark that read like one whose mark is lost, the most alike first."""
    pairs = ((key, at) for key in asides for at in range(len(lost)))
    scores = [(fuzz.ratio(lost[at].text, asides[key].text), key, at) for key, at in pairs]
    found: dict[str, Clause] = {}
    taken: set[int] = set()
    for score, key, at in sorted(scores, key=lambda entry: -entry[0]):
        if score >= SIMILAR and key not in found and at not in taken:
            found[key] = lost[at]
            taken.add(at)
    return found


def cited_by(block: Block) -> Iterator[str]:
    """The keys of the notes a block cites, also within its text boxes."""
    yield from block.notes
    if isinstance(block, Line):
        for inner in block.boxes:
            yield from cited_by(inner)


def carried(blocks: Sequence[Block], title: str) -> list[Block]:
    """The blocks; notes and boxes of a paragraph without words, or of the printed title, go with a neighbour."""
    found: list[Block] = []
    waiting: list[Line] = []
    for block in blocks:
        is_title = isinstance(block, Line) and not found and squeezed(block.text) == squeezed(title)
        is_bare = isinstance(block, Line) and not is_shown(block) and not _marks(block)
        if isinstance(block, Line) and (block.notes or block.boxes) and (is_title or is_bare):
            waiting.append(block)
            if is_bare:
                continue
        if waiting and isinstance(block, Line) and is_shown(block) and not is_title:
            block = replace(
                block,
                notes=(*(key for one in waiting for key in one.notes), *block.notes),
                boxes=(*(box for one in waiting for box in one.boxes), *block.boxes),
            )
            waiting = []
        found.append(block)
    return [*found, *waiting]


def _marks(block: Block) -> list[Anchor]:
    return [each for each in block.anchors if each.key.startswith(BOOKMARK)]


def note_clause(key: str, notes: Notes, level: int, new_id: NewId) -> Clause | None:
    """The clause of a note: the one it was with the words it has now, or a new one."""
    aside = notes.asides.get(key)
    if aside is None:
        return None
    lines = [line.strip(" \t") for line in aside.text.split("\n") if visible_count(line)]
    clause = notes.clauses.get(key)
    if clause is None:
        text = "\n".join(lines)
        return Clause(id=new_id(), kind=ClauseKind.NOTE, level=level, text=text, media=aside.media) if lines else None
    number = clause.number_raw or clause.automatic_number
    lead = f"{number}{GAP}" if number else ""
    return revised(clause, [lead + lines[0], *lines[1:]]) if lines else None


def renumbered(clauses: Sequence[Clause], base: Sequence[Clause]) -> list[Clause]:
    """The clauses with the notes counted anew where one came, went or moved; Word counts them so."""
    order = [clause.id for clause in clauses if clause.kind is ClauseKind.NOTE]
    if order == [clause.id for clause in base if clause.kind is ClauseKind.NOTE]:
        return list(clauses)
    numbers = {clause_id: str(at) for at, clause_id in enumerate(order, start=1)}
    return [
        replace(clause, number=numbers[clause.id], automatic_number=numbers[clause.id])
        if clause.id in numbers and not clause.number_raw
        else clause
        for clause in clauses
    ]


@dataclass(kw_only=True)
class _Box:
    texts: list[str] = field(default_factory=list)
    media: list[str] = field(default_factory=list)
    tables: list[TableBlock] = field(default_factory=list)

    def take(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            if isinstance(block, TableBlock):
                self.tables.append(block)
                continue
            self.texts += [line for line in block.text.split("\n") if visible_count(line)]
            self.media += block.media
            self.take(block.boxes)


def box_clauses(blocks: Sequence[Block], level: int, new_id: NewId) -> Iterator[Clause]:
    """Text boxes drawn beside the words: their lines as one clause, then their tables."""
    box = _Box()
    box.take(inner for block in blocks if isinstance(block, Line) for inner in block.boxes)
    media = tuple(dict.fromkeys(box.media))
    if box.texts or media:
        yield Clause(id=new_id(), kind=ClauseKind.TEXTBOX, level=level, text="\n".join(box.texts), media=media)
    for block in box.tables:
        table_media = tuple(dict.fromkeys(block.media))
        yield Clause(id=new_id(), kind=ClauseKind.TABLE, level=level, table=block.table, media=table_media)
