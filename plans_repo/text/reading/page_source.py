"""Fixed pages as a source of lines and tables, and the reasons why some cannot be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from plans_repo.text.clause import visible_count
from plans_repo.text.reading.common_han import is_plausible
from plans_repo.text.reading.errors import refusal
from plans_repo.text.reading.page_columns import columns_of
from plans_repo.text.reading.page_furniture import PageLines, Parted, without_furniture
from plans_repo.text.reading.page_ink import PageInk
from plans_repo.text.reading.page_lines import InkLine, lines_of
from plans_repo.text.reading.page_paragraphs import Frame, frame_of, joined, paragraphs
from plans_repo.text.reading.page_tables import InkTable, continued, tables_of
from plans_repo.text.reading.source import Aside, Block, Line, Notice, Source, TableBlock

FEW_SIGNS = 20  # a page with a picture and less text is a picture
PICTURE_SHARE = 0.3  # of the page
LOST_SHARE = 0.005  # signs without meaning that a text may have and still be read
OVERLAP_SHARE = 0.03
DOWN_SHARE = 0.4  # of the signs that stand below the one before: writing from top to bottom
DOWN_LEAST = 20
SAME_COLUMNS = 4.0  # points by which the edges of one table differ from page to page
LOST = "\ufffd"
Item = InkLine | InkTable


@dataclass(frozen=True, kw_only=True)
class _Page:
    """What stands on one page, and which of its lines are no furniture."""

    ink: PageInk
    tables: tuple[InkTable, ...]
    lines: tuple[InkLine, ...]


def fixed_source(pages: Sequence[PageInk], file_name: str, kind: str) -> Source:
    """Paragraphs, tables, running heads and feet; refuses scans, and text that is not what it looks like."""
    pictures = _check_scan(pages, file_name, kind)
    read = [_page(page) for page in pages]
    _check_signs(read, file_name, kind)
    parted = without_furniture([PageLines(lines=page.lines, height=page.ink.height) for page in read])
    blocks = _blocks(read, parted.bodies)
    return Source(
        blocks=tuple(blocks),
        headers=(*_aside(parted.headers), *_aside(tuple(_aslant(pages)))),
        footers=_aside(parted.footers),
        watermarks=tuple(_aslant(pages)),
        notices=tuple(_notices(pages, parted, pictures)),
    )


def _page(ink: PageInk) -> _Page:
    tables, outside = tables_of(ink.glyphs, ink.rulings)
    lines = [line for column in columns_of(outside, ink.width) for line in lines_of(column)]
    return _Page(ink=ink, tables=tuple(tables), lines=tuple(lines))


def _check_scan(pages: Sequence[PageInk], file_name: str, kind: str) -> list[int]:
    """Refuse a file of pictures; else the numbers of the pages that are pictures among others."""
    pictures = [page.number for page in pages if page.ink_count < FEW_SIGNS and page.picture_share >= PICTURE_SHARE]
    empty = not any(page.ink_count for page in pages)
    if pages and (empty or len(pictures) * 2 > len(pages)):
        raise refusal("plan-pages-scanned", file_name, rule="must contain text, not pictures of it", value=kind)
    return pictures


def _check_signs(pages: Sequence[_Page], file_name: str, kind: str) -> None:
    """Refuse a text layer that is not what the page shows."""
    signs = [glyph.sign for page in pages for glyph in page.ink.glyphs if glyph.is_ink]
    lost = sum(sign == LOST for sign in signs)
    if lost > LOST_SHARE * len(signs) and lost > 1:
        raise refusal("plan-pages-signs-lost", file_name, rule="signs must have a meaning", value=kind, count=lost)
    if not is_plausible("".join(signs)):
        raise refusal("plan-pages-garbled", file_name, rule="must be readable Chinese", value=kind)
    lines = [line for page in pages for line in page.lines]
    overlaps = sum(line.overlaps for line in lines)
    down = sum(_steps_down(page.ink) for page in pages)
    if overlaps > OVERLAP_SHARE * len(signs) + 3 or down > max(DOWN_SHARE * len(signs), DOWN_LEAST):
        raise refusal("plan-pages-order", file_name, rule="lines must be readable from left to right", value=kind)


def _steps_down(page: PageInk) -> int:
    """How many signs stand straight below the one the file wrote before."""
    ink = [glyph for glyph in page.glyphs if glyph.is_ink]
    return sum(
        abs(glyph.left - before.left) < 0.3 * before.size
        and 0.8 * before.size < glyph.base - before.base < 2.6 * before.size
        for before, glyph in pairwise(ink)
    )


def _blocks(pages: Sequence[_Page], bodies: Sequence[Sequence[InkLine]]) -> list[Block]:
    """Paragraphs and tables of all pages in order; what a page end cut in two is put together."""
    frames = _frames(pages, bodies)
    blocks: list[Block] = []
    cut: InkTable | None = None  # the table that was last on the page before
    follows: InkLine | None = None  # the line that was last on the page before
    for page, body, frame in zip(pages, bodies, frames, strict=True):
        items: list[Item] = sorted([*body, *page.tables], key=_top) if page.tables else list(body)
        is_first = True
        for is_table, group in groupby(items, key=lambda item: isinstance(item, InkTable)):
            if is_table:
                for table in group:
                    assert isinstance(table, InkTable)
                    _add_table(blocks, table, cut if is_first else None)
                    is_first, cut, follows = False, table, None
                continue
            lines = [line for line in group if isinstance(line, InkLine)]
            for words, goes_on in paragraphs(lines, frame, follows=follows if is_first else None):
                _add_words(blocks, words, goes_on=goes_on)
            is_first, cut, follows = False, None, lines[-1]
    return blocks


def _frames(pages: Sequence[_Page], bodies: Sequence[Sequence[InkLine]]) -> list[Frame]:
    """The frame of each page, shared by pages of one width and parity: mirrored margins differ."""
    keys = [(page.ink.number % 2, round(page.ink.width)) for page in pages]
    shared = {
        key: frame_of([body for body, other in zip(bodies, keys, strict=True) if other == key]) for key in set(keys)
    }
    return [shared[key] for key in keys]


def _top(item: Item) -> float:
    return item.top if isinstance(item, InkTable) else item.base


def _same(columns: Sequence[float], others: Sequence[float]) -> bool:
    return len(columns) == len(others) > 0 and all(
        abs(one - other) <= SAME_COLUMNS for one, other in zip(columns, others, strict=True)
    )


def _add_table(blocks: list[Block], table: InkTable, cut: InkTable | None) -> None:
    last = blocks[-1] if blocks else None
    if cut and isinstance(last, TableBlock) and _same(cut.columns, table.columns):
        blocks[-1] = TableBlock(table=continued(last.table, cut.last_full, table.table))
    else:
        blocks.append(TableBlock(table=table.table))


def _add_words(blocks: list[Block], words: str, *, goes_on: bool) -> None:
    last = blocks[-1] if blocks else None
    if goes_on and isinstance(last, Line):
        blocks[-1] = Line(text=joined(last.text, words))
    else:
        blocks.append(Line(text=words))


def _aside(texts: Sequence[str]) -> tuple[Aside, ...]:
    return (Aside(text="\n".join(texts)),) if texts else ()


def _aslant(pages: Sequence[PageInk]) -> Iterator[str]:
    """Signs that do not run with the text, in the order of the file: a watermark reads along its slant."""
    for page in pages:
        words = "".join(glyph.sign for glyph in sorted(page.aslant, key=lambda glyph: glyph.order))
        if visible_count(words):
            yield words


def _notices(pages: Sequence[PageInk], parted: Parted, pictures: Sequence[int]) -> Iterator[Notice]:
    if pictures:
        numbers = "、".join(map(str, pictures))
        yield Notice(code="pages-are-pictures", fields=(("pages", numbers), ("count", str(len(pictures)))))
    lost = [page.number for page in pages for glyph in page.glyphs if glyph.sign == LOST]
    if lost:
        yield Notice(code="page-signs-lost", fields=(("count", str(len(lost))), ("page", str(lost[0]))))
    beside = sum(visible_count(text) for text in (*parted.headers, *parted.footers))
    if beside:
        yield Notice(code="page-furniture-apart", fields=(("count", str(beside)),))
    slant = sum(glyph.is_ink for page in pages for glyph in page.aslant)
    if slant:
        yield Notice(code="page-signs-aslant", fields=(("count", str(slant)),))
    with_pictures = [page.number for page in pages if page.picture_share > 0 and page.number not in pictures]
    if with_pictures:
        yield Notice(code="page-pictures-left-out", fields=(("count", str(len(with_pictures))),))
