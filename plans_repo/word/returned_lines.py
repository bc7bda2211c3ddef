"""Which clause each paragraph and table of a returned Word file belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from rapidfuzz import fuzz, process

from plans_repo.text.clause import Clause, squeezed, visible_count
from plans_repo.text.reading.source import Block, Line, Role, TableBlock
from plans_repo.word.bookmarks import bookmark_name
from plans_repo.word.revising import printed_lines

BOOKMARK = "bookmark:"
SIMILAR = 60.0
"""Of a hundred: from here a paragraph without a mark is a clause whose mark got lost."""
DISTANCE_PENALTY = 20.0
TELLING_CHARS = 6
"""A line of fewer visible characters does not tell by itself whose it is."""


@dataclass(kw_only=True)
class Segment:
    """The blocks that belong to one clause; to none at the beginning of the file or where a new one starts."""

    clause: Clause | None
    blocks: list[Block] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Expected:
    """A line or table as it was printed: whose it is, and whether the clause begins with it."""

    clause: Clause
    text: str
    is_first: bool


def block_text(block: Block) -> str:
    """The words of a paragraph or table."""
    return block.text if isinstance(block, Line) else block.table.text


def is_shown(block: Block) -> bool:
    """Whether a reader sees anything of it."""
    return bool(visible_count(block_text(block)) or block.media)


def segments(blocks: Sequence[Block], base: Sequence[Clause], title: str) -> list[Segment]:
    """The blocks shared out among the clauses of *base*, in the order of the file.

    A clause begins at its mark; where the mark is lost, at the line that reads as its first.
    """
    kept = [block for block in blocks if _is_text(block) and is_shown(block)]
    claims = _claims(kept, base)
    claimed = {clause.id for clause in claims.values()}
    lost = [clause for clause in base if clause.id not in claimed]
    found_again = _found_again(kept, claims, lost)
    made = [Segment(clause=None)]
    for at, block in enumerate(kept):
        clause = claims.get(at) or _switched(found_again.get(at), made[-1].clause, block)
        if clause is not None and clause is not made[-1].clause:
            made.append(Segment(clause=clause))
        made[-1].blocks.append(block)
    if made[0].blocks:
        made[0].blocks = [block for block in made[0].blocks if squeezed(block_text(block)) != squeezed(title)]
    return list(_joined(one for one in made if one.blocks))


def _is_text(block: Block) -> bool:
    return not (isinstance(block, Line) and (block.role is Role.CONTENTS or _is_contents_head(block)))


def _is_contents_head(line: Line) -> bool:
    return squeezed(line.text) in ("目录", "目次") and not line.outline_level


def _joined(made: Iterator[Segment]) -> Iterator[Segment]:
    """A clause whose lines stand apart is one clause still; the rest of its lines come with its first."""
    by_clause: dict[str, Segment] = {}
    for segment in made:
        if segment.clause is None:
            yield segment
        elif segment.clause.id in by_clause:
            by_clause[segment.clause.id].blocks.extend(segment.blocks)
        else:
            by_clause[segment.clause.id] = segment
            yield segment


def _claims(blocks: Sequence[Block], base: Sequence[Clause]) -> dict[int, Clause]:
    """The block each mark stands in, the first one where a mark comes twice.

    Of several marks in one paragraph the clause it reads most like has it; the others were merged into it.
    """
    by_name = {bookmark_name(clause.id): clause for clause in base}
    claims: dict[int, Clause] = {}
    taken: set[str] = set()
    for at, block in enumerate(blocks):
        names = [each.key.removeprefix(BOOKMARK) for each in block.anchors if each.key.startswith(BOOKMARK)]
        here = [by_name[name] for name in names if name in by_name and name not in taken]
        taken.update(names)
        if here:
            text = block_text(block)
            claims[at] = max(here, key=lambda clause: fuzz.ratio(_first(clause), text[: len(_first(clause)) * 2 or 1]))
    return claims


def _first(clause: Clause) -> str:
    lines = printed_lines(clause)
    return lines[0] if lines else clause.table.text if clause.table else ""


def _found_again(blocks: Sequence[Block], claims: dict[int, Clause], lost: Sequence[Clause]) -> dict[int, Expected]:
    """Lines without a mark that are those of clauses whose mark is not in the file."""
    expected = [item for clause in lost for item in _expected(clause)]
    free = [at for at in range(len(blocks)) if at not in claims]
    if not (expected and free):
        return {}
    texts = [block_text(blocks[at]) for at in free]
    found: dict[int, Expected] = {}
    old = [item.text for item in expected]
    left: set[int] = set(range(len(expected)))
    for tag, a0, a1, b0, _b1 in SequenceMatcher(None, old, texts, autojunk=False).get_opcodes():
        if tag == "equal":
            for step in range(a1 - a0):
                found[free[b0 + step]] = expected[a0 + step]
                left.discard(a0 + step)
    _add_similar(found, [expected[at] for at in sorted(left)], free, texts)
    return found


def _expected(clause: Clause) -> Iterator[Expected]:
    lines = printed_lines(clause)
    for at, line in enumerate(lines):
        yield Expected(clause=clause, text=line, is_first=at == 0)
    if clause.table:
        yield Expected(clause=clause, text=clause.table.text, is_first=not lines)


def _add_similar(
    found: dict[int, Expected], left: Sequence[Expected], free: Sequence[int], texts: Sequence[str]
) -> None:
    """First lines that were edited, the most alike first; distance in the file counts against a pair."""
    heads = [item for item in left if item.is_first]
    open_at = [at for at, place in enumerate(free) if place not in found]
    if not (heads and open_at):
        return
    matrix = process.cdist([item.text for item in heads], [texts[at] for at in open_at], scorer=fuzz.ratio)
    scores = [
        (float(matrix[row][column]) - DISTANCE_PENALTY * abs(row / len(heads) - column / len(open_at)), row, column)
        for row in range(len(heads))
        for column in range(len(open_at))
    ]
    taken: set[str] = set()
    for score, row, column in sorted(scores, reverse=True):
        place = free[open_at[column]]
        if score < SIMILAR:
            break
        if place not in found and heads[row].clause.id not in taken:
            found[place] = heads[row]
            taken.add(heads[row].clause.id)


def _switched(item: Expected | None, current: Clause | None, block: Block) -> Clause | None:
    """The clause a block without a mark begins, if it is one whose mark is lost."""
    if item is None or item.clause is current:
        return None
    is_telling = isinstance(block, TableBlock) or visible_count(block_text(block)) >= TELLING_CHARS
    return item.clause if item.is_first or is_telling else None
