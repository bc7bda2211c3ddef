"""What blocks hold beside their words: pictures, notes and anchored places, gathered for a table or an aside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from plans_repo.text.clause import visible_count
from plans_repo.text.reading.anchors import moved
from plans_repo.text.reading.source import Anchor, Aside, Block, TableBlock


@dataclass(kw_only=True)
class Held:
    """Everything met so far, each anchor with the visible characters before it."""

    media: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    count: int = 0

    def take(self, blocks: Iterable[Block], late: Iterable[str] = ()) -> None:
        """Gather from blocks whose words follow on those before; *late* are anchors behind them."""
        for block in blocks:
            self.media.extend(each for each in block.media if each not in self.media)
            self.notes.extend(block.notes)
            self.anchors.extend(moved(block.anchors, self.count))
            if isinstance(block, TableBlock):
                self.count += visible_count(block.table.text)
            else:
                self.count += visible_count(block.text)
                self.take(block.boxes)
        for key in late:
            self.anchor(key)

    def anchor(self, key: str) -> None:
        """Anchor *key* behind the words met so far."""
        self.anchors.append(Anchor(key=key, at=self.count))


def as_aside(blocks: Sequence[Block], key: str = "") -> Aside:
    """Blocks as one text beside the plan: a note, a header, a footer."""
    held = Held()
    held.take(blocks)
    return Aside(text=blocks_text(blocks), key=key, media=tuple(held.media), anchors=tuple(held.anchors))


def blocks_text(blocks: Sequence[Block]) -> str:
    """Lines, boxes and tables as plain lines, in order."""
    found: list[str] = []
    for block in blocks:
        if isinstance(block, TableBlock):
            found.append(block.table.text)
            continue
        if visible_count(block.text):
            found.append(block.text)
        if block.boxes:
            found.append(blocks_text(block.boxes))
    return "\n".join(found)
