"""Lines that hold several headings with their text, as dumps from document sites do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from plans_repo.text.clause import visible_count
from plans_repo.text.reading.anchors import shared_out
from plans_repo.text.reading.source import Block, Line, Role
from plans_repo.text.reading.titles import KNOWN_TITLES

SHORTEST = 24  # a shorter line is a heading, or an entry of a contents list
_KNOWN = "|".join(sorted(KNOWN_TITLES, key=len, reverse=True))
_SECTION = r"\d{1,2}(?:[.．]\d{1,2}){1,3}\s*"
_SEAM = re.compile(
    rf"(?<=[^\d.．\s])\s*(?={_SECTION}(?:{_KNOWN})(?![的、和与及]))"  # 1.2 and a title that all plans share
    rf"|(?<=[。案])\s*(?=\d{{1,2}}[、.．]\s*(?:{_KNOWN}))"  # 1、总则 behind the plan's name or a full stop
    r"|(?<=。)\s*(?=\d{1,2}(?:[.．]\d{1,2}){2,3}\s*[\u4e00-\u9fff])"  # 1.4.2 behind a full stop
)
_AFTER_TITLE = re.compile(rf"({_SECTION}(?:{_KNOWN}))\s*(?=\d{{1,2}}(?:[.．]\d{{1,2}}){{2,3}})")


def parted(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, with lines cut before each number that plainly begins a heading or its sentence.

    >>> glued = Line(text="1 总则1.1编制目的为了防汛，制定本预案。1.2编制依据依据有关法律法规。")
    >>> [line.text for line in parted([glued])]
    ['1 总则', '1.1编制目的为了防汛，制定本预案。', '1.2编制依据依据有关法律法规。']
    """
    for block in blocks:
        is_long = isinstance(block, Line) and visible_count(block.text) > SHORTEST
        if not isinstance(block, Line) or not is_long or block.outline_level or block.role is not Role.PLAIN:
            yield block
            continue
        parts = [part for piece in _SEAM.split(block.text) for part in _split_after_title(piece)]
        shares = shared_out(block.anchors, list(map(visible_count, parts)))
        for at, part in enumerate(parts[:-1]):
            yield Line(text=part, automatic=block.automatic if at == 0 else "", anchors=shares[at])
        automatic = block.automatic if len(parts) == 1 else ""
        yield replace(block, text=parts[-1], automatic=automatic, anchors=shares[-1])


def _split_after_title(piece: str) -> list[str]:
    """1.4 工作原则1.4.1 坚持…… : the title and the sentence under it."""
    match = _AFTER_TITLE.match(piece.strip())
    lead = len(piece) - len(piece.lstrip())
    return [piece[: lead + match.end()], piece[lead + match.end() :]] if match else [piece]
