"""Heading marks of web pages and Markdown, held against the numbers: where they contradict each other, numbers win."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from plans_repo.text.reading.numbers import Family, number_of
from plans_repo.text.reading.source import Block, Line, Notice

Rung = tuple[Family, int]  # family and depth of a number: 1 and 1.1 are decimals of depth 1 and 2


def reconciled(blocks: Sequence[Block]) -> tuple[list[Block], tuple[Notice, ...]]:
    """The blocks; numbered headings lose marks that contradict their numbers, and the author is told.

    >>> lines = [Line(text="1.1 编制目的", outline_level=4), Line(text="1.2 编制依据", outline_level=3)]
    >>> blocks, notices = reconciled(lines)
    >>> [block.outline_level for block in blocks], notices[0].code
    ([0, 0], 'quirk-heading-ranks')
    """
    rungs = [_rung(block) for block in blocks]
    ranks: dict[Rung, set[int]] = defaultdict(set)
    for block, rung in zip(blocks, rungs, strict=True):
        if rung and isinstance(block, Line):
            ranks[rung].add(block.outline_level)
    wrong = {rung for rung, found in ranks.items() if len(found) > 1} | _upside_down(ranks)
    if not wrong:
        return list(blocks), ()
    count = sum(rung is not None for rung in rungs)
    freed = [
        replace(block, outline_level=0) if rung and isinstance(block, Line) else block
        for block, rung in zip(blocks, rungs, strict=True)
    ]
    return freed, (Notice(code="quirk-heading-ranks", fields=(("count", str(count)),)),)


def _rung(block: Block) -> Rung | None:
    """Where the number of a marked line stands; None for lines without mark or number."""
    number = number_of(block.text) if isinstance(block, Line) and block.outline_level else None
    if number is None:
        return None
    return (Family.DECIMAL if number.family is Family.SINGLE else number.family), number.depth


def _upside_down(ranks: dict[Rung, set[int]]) -> set[Rung]:
    """Numbers of the same family that stand higher the deeper they are: 1 marked lower than 1.1."""
    return {
        deep
        for deep, found in ranks.items()
        for other, others in ranks.items()
        if deep[0] == other[0] and deep[1] > other[1] and min(found) <= min(others)
    }
