"""Lines that hold several headings with their text, as dumps from document sites do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from plans_repo.text.clause import visible_count
from plans_repo.text.reading.source import Block, Line, Role
from plans_repo.text.reading.titles import KNOWN_TITLES

SHORTEST = 24  # a shorter line is a heading, or an entry of a contents list
_KNOWN = "|".join(sorted(KNOWN_TITLES, key=len, reverse=True))
_SEAM = re.compile(rf"(?<=[^\d.．\s])\s*(?=\d{{1,2}}(?:[.．]\d{{1,2}}){{1,3}}\s*(?:{_KNOWN})(?![的、和与及]))")


def parted(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, with lines cut before each 1.2 and a title that all plans share.

    >>> [line.text for line in parted([Line(text="1 总则1.1编制目的为了做好防汛工作，制定本预案。1.2编制依据依据有关法律法规。")])]
    ['1 总则', '1.1编制目的为了做好防汛工作，制定本预案。', '1.2编制依据依据有关法律法规。']
    """
    for block in blocks:
        is_long = isinstance(block, Line) and visible_count(block.text) > SHORTEST
        if not isinstance(block, Line) or not is_long or block.outline_level or block.role is not Role.PLAIN:
            yield block
            continue
        parts = _SEAM.split(block.text)
        for at, part in enumerate(parts[:-1]):
            yield Line(text=part, automatic=block.automatic if at == 0 else "")
        yield replace(block, text=parts[-1], automatic=block.automatic if len(parts) == 1 else "")
