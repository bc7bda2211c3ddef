"""Stops a file that bears a mark of classification, and says which mark and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plans_repo.text.reading.errors import refusal
from plans_repo.text.reading.marks import classification_mark, name_mark
from plans_repo.text.reading.source import Block, Source, TableBlock

FIRST_PAGE_LINES = 25


def refuse_classified(source: Source, file_name: str) -> None:
    """Refuse what may not enter; nothing of it has been stored at that point.

    The place is one of the codes in ``names.toml`` under ``file_place``.
    """
    for place, text, is_table in _texts(source, file_name):
        found = name_mark(text) if place == "file_name" else classification_mark([text], is_table=is_table)
        if found:
            raise refusal(
                "plan-file-classified", file_name, rule="classified matter must not enter", value=found, where=place
            )


def _texts(source: Source, file_name: str) -> Iterator[tuple[str, str, bool]]:
    """Every text with its place, and whether it is rows of a table."""
    yield "file_name", file_name, False
    yield from (("header", aside.text, False) for aside in source.headers)
    yield from (("footer", aside.text, False) for aside in source.footers)
    yield from (("watermark", text, False) for text in source.watermarks)
    for at, block in enumerate(source.blocks):
        yield from _block_texts(block, "first_page" if at < FIRST_PAGE_LINES else "text")
    yield from (("note", aside.text, False) for aside in source.notes)
    yield from (("deletion", text, False) for text in source.deletions)
    yield from (("comment", comment.text, False) for comment in source.comments)
    for unshown in source.unshown:
        for piece in re.split("[;；,，、|]", unshown.text):
            yield unshown.place, piece, False


def _block_texts(block: Block, place: str) -> Iterator[tuple[str, str, bool]]:
    if isinstance(block, TableBlock):
        yield "table", block.table.text, True
        return
    yield place, block.text, False
    for box in block.boxes:
        yield from _block_texts(box, "text_box")
