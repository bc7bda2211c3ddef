"""A web page or a page saved by Word as lines, tables and pictures in order of appearance."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from plans_repo.text.clause import Cell, Table, visible_count
from plans_repo.text.reading.encodings import SHOWN, Decoded
from plans_repo.text.reading.heading_ranks import reconciled
from plans_repo.text.reading.html_tree import hidden_texts, is_hidden, is_silent, page_tree, shown_sizes, tag_of
from plans_repo.text.reading.quirks import text_quirks
from plans_repo.text.reading.source import Aside, Block, Line, Medium, Notice, Source, TableBlock, Unshown
from plans_repo.text.reading.web_furniture import is_furniture, without_tail
from plans_repo.text.reading.word_tables import cell_labels

INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "button", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "input", "ins", "kbd", "label", "mark", "nobr", "q", "rb", "rp", "rt", "ruby", "s", "samp", "small", "span",
    "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "img", "tspan", "smarttagtype",
})  # fmt: skip
RANKS = {f"h{rank}": rank for rank in range(1, 7)}
LAYOUT_CHARS = 400  # a cell with more text, in several blocks, is a column of the page, not a cell of a table
LAYOUT_BLOCKS = 6
BLOCKS = ("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li")
SPAN_LIMIT = 1000
BLANKS = re.compile(r"[ \t\r\n\f]+")
SOFT = "\x1f"  # a line end of the source; a blank, but not between two Han characters
BETWEEN_HAN = re.compile(rf"(?<=[\u2e80-\uffef]) ?{SOFT} ?(?=[\u2e80-\uffef])")
DATA_PICTURE = re.compile(r"data:image/([a-z+]{2,10});base64,(.+)", re.DOTALL)


def read_html(page: Decoded, file_name: str) -> Source:
    """What the page shows; scripts, styles and hidden parts are no text."""
    root = page_tree(page.text, file_name)
    sizes = shown_sizes(root)
    walk = _Walk(sizes[root], sizes)
    walk.whole(root)
    blocks, ranks = reconciled(walk.blocks)
    blocks, tail = without_tail(blocks)
    shown = "\n".join(block.text for block in blocks if isinstance(block, Line))
    hidden = [text for text in hidden_texts(root) if visible_count(text)]
    return Source(
        blocks=tuple(blocks),
        headers=walk.furniture(is_above=True),
        footers=(*walk.furniture(is_above=False), *tail),
        media=tuple(walk.media.values()),
        notices=(*_notices(page, hidden), *dict.fromkeys(walk.notices), *ranks, *text_quirks(shown)),
        title_hint=_title(root),
        unshown=(
            Unshown(place="properties", text=_title(root)),
            *(Unshown(place="hidden", text=each) for each in hidden),
        ),
    )


def _title(root: etree._Element) -> str:
    return next((each.text or "" for each in root.iter("title")), "")


def _notices(page: Decoded, hidden: Sequence[str]) -> Iterator[Notice]:
    if page.is_other:
        yield Notice(code="encoding-not-as-declared", fields=(("encoding", SHOWN.get(page.encoding, page.encoding)),))
    if hidden:
        yield Notice(code="hidden-text-left-out", fields=(("count", str(sum(map(visible_count, hidden)))),))


@dataclass(kw_only=True)
class _List:
    """An ordered list that is open: what its next item is called."""

    next_number: int = 1
    is_ordered: bool = False


@dataclass
class _Walk:
    """One pass over the page; words gather until a block begins or ends."""

    total: int
    sizes: Mapping[etree._Element, int]
    blocks: list[Block] = field(default_factory=list)
    media: dict[str, Medium] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)
    _words: list[str] = field(default_factory=list)
    _pictures: list[str] = field(default_factory=list)
    _asides: list[tuple[int, str]] = field(default_factory=list)
    _lists: list[_List] = field(default_factory=list)
    _label: str = ""
    _rank: int = 0
    _is_literal: bool = False
    _seen: int = 0

    def children(self, element: etree._Element) -> None:
        self._text(element.text)
        for each in element:
            self._element(each)
            self._text(each.tail)

    def whole(self, element: etree._Element) -> None:
        """Everything inside *element*."""
        self.children(element)
        self.end_line()

    def end_line(self) -> None:
        """Close the line that was open."""
        words = BETWEEN_HAN.sub("", "".join(self._words).strip(f" \n{SOFT}")).replace(SOFT, " ")
        self._words.clear()
        pictures, self._pictures = tuple(self._pictures), []
        label = self._label
        if not visible_count(words) and not pictures:
            return
        self._label = ""
        self._seen += visible_count(words)
        self.blocks.append(Line(text=words, outline_level=self._rank, automatic=label, media=pictures))

    def furniture(self, *, is_above: bool) -> tuple[Aside, ...]:
        """The menus and footings of the page, by whether they stand in its upper half."""
        found = [text for at, text in self._asides if (at * 2 < self.total) == is_above]
        return (Aside(text="\n".join(found)),) if found else ()

    def _text(self, text: str | None) -> None:
        if not text:
            return
        if self._is_literal:
            first, *rest = text.splitlines() or [""]
            self._words.append(first)
            for line in rest:
                self.end_line()
                self._words.append(line)
            return
        self._words.append(BLANKS.sub(lambda blank: SOFT if "\n" in blank[0] else " ", text))

    def _element(self, each: etree._Element) -> None:
        if is_silent(each) or is_hidden(each):
            return
        tag = tag_of(each)
        if tag == "img":
            self._picture(each)
        elif tag == "br":
            self._break()
        elif tag == "table":
            self._table(each)
        elif tag in INLINE:
            self.children(each)
        elif is_furniture(each, self.sizes[each], self.total):
            self._aside(each)
        else:
            self._block(each, tag)

    def _break(self) -> None:
        if self._rank:
            self._words.append("\n")
        else:
            self.end_line()

    def _block(self, each: etree._Element, tag: str) -> None:
        self.end_line()
        before = self._rank, self._is_literal
        self._rank = RANKS.get(tag, self._rank)
        self._is_literal = tag in ("pre", "textarea", "listing") or self._is_literal
        if tag in ("ol", "ul"):
            self._lists.append(_List(next_number=_number(each.get("start"), 1), is_ordered=_is_counted(each)))
        if tag == "li":
            self._label = self._next_label(each)
        self.children(each)
        self.end_line()
        if tag in ("ol", "ul"):
            self._lists.pop()
        self._label = ""
        self._rank, self._is_literal = before

    def _next_label(self, item: etree._Element) -> str:
        if not self._lists or not self._lists[-1].is_ordered:
            return ""
        open_list = self._lists[-1]
        number = _number(item.get("value"), open_list.next_number)
        open_list.next_number = number + 1
        return f"{number}."

    def _aside(self, each: etree._Element) -> None:
        """A menu, a path, a footing: kept beside the plan."""
        self.end_line()
        inner = _Walk(self.total, self.sizes)
        inner.whole(each)
        text = "\n".join(_block_text(block) for block in inner.blocks)
        if visible_count(text):
            self._asides.append((self._seen, text))
            self._seen += visible_count(text)

    def _table(self, each: etree._Element) -> None:
        self.end_line()
        if _is_layout(each, self.sizes):
            self.children(each)
            self.end_line()
            return
        reader = _Rows(self)
        table = reader.table(each)
        if visible_count(table.text) or reader.pictures:
            self._seen += visible_count(table.text)
            self.blocks.append(TableBlock(table=table, media=tuple(reader.pictures)))

    def _picture(self, each: etree._Element) -> None:
        key = self.keep_picture(each)
        self._pictures.extend([key] if key and key not in self._pictures else [])

    def keep_picture(self, each: etree._Element) -> str:
        """The digest of a picture that the page carries; one that is only linked is said to be missing."""
        found = DATA_PICTURE.match(each.get("src") or "")
        try:
            data = base64.b64decode(found[2], validate=False) if found else b""
        except (binascii.Error, ValueError):
            data = b""
        if not data:
            self.notices.append(Notice(code="picture-linked", fields=(("target", (each.get("src") or "")[:80]),)))
            return ""
        key = hashlib.sha256(data).hexdigest()
        suffix = found[1].partition("+")[0] if found else ""
        self.media.setdefault(key, Medium(sha256=key, name=f"picture{len(self.media) + 1}.{suffix}", data=data))
        return key


@dataclass
class _Rows:
    """The rows of one table; what stands outside rows and cells becomes a cell of its own."""

    walk: _Walk
    pictures: list[str] = field(default_factory=list)

    def table(self, element: etree._Element) -> Table:
        rows: list[tuple[Cell, ...]] = []
        self._rows(element, rows)
        return Table(rows=tuple(row for row in rows if row))

    def _rows(self, element: etree._Element, rows: list[tuple[Cell, ...]]) -> None:
        rows.append(_stray(element.text))
        for each in element:
            if is_silent(each) or is_hidden(each):
                pass
            elif tag_of(each) == "tr":
                rows.append(tuple(self._cells(each)))
            elif tag_of(each) in ("thead", "tbody", "tfoot", "colgroup", "form"):
                self._rows(each, rows)
            else:
                rows.append((self._cell(each),))
            rows.append(_stray(each.tail))

    def _cells(self, row: etree._Element) -> Iterator[Cell]:
        yield from _stray(row.text)
        for each in row:
            if not (is_silent(each) or is_hidden(each)):
                yield self._cell(each)
            yield from _stray(each.tail)

    def _cell(self, element: etree._Element) -> Cell:
        inner = _Walk(self.walk.total, self.walk.sizes)
        inner.media, inner.notices = self.walk.media, self.walk.notices
        inner.whole(element)
        content: list[str | Table] = []
        for block in inner.blocks:
            self.pictures.extend(each for each in block.media if each not in self.pictures)
            if isinstance(block, TableBlock):
                content.append(block.table)
            elif content and isinstance(content[-1], str):
                content[-1] = f"{content[-1]}\n{block.text}"
            elif visible_count(block.text):
                content.append(block.text)
        return Cell(
            content=tuple(content),
            columns=_number(element.get("colspan"), 1),
            rows=_number(element.get("rowspan"), 1),
            automatic_number=cell_labels(inner.blocks),
        )


def _stray(text: str | None) -> tuple[Cell, ...]:
    bare = BLANKS.sub(" ", text or "").strip()
    return (Cell(content=(bare,)),) if visible_count(bare) else ()


def _is_layout(table: etree._Element, sizes: Mapping[etree._Element, int]) -> bool:
    """Whether a table only arranges the page: tables within, one cell, or a cell full of paragraphs."""
    if table.get("role") == "presentation" or next(table.iterdescendants("table"), None) is not None:
        return True
    cells = list(table.iterdescendants("td", "th"))
    if len(cells) < 2:
        return True
    return any(_is_column(cell, sizes[cell]) for cell in cells)


def _is_column(cell: etree._Element, size: int) -> bool:
    return size > LAYOUT_CHARS and sum(1 for _ in cell.iterdescendants(*BLOCKS)) >= LAYOUT_BLOCKS


def _is_counted(element: etree._Element) -> bool:
    style = (element.get("style") or "") + (element.get("class") or "")
    return tag_of(element) == "ol" and "none" not in style


def _number(text: str | None, otherwise: int) -> int:
    bare = (text or "").strip()
    value = int(bare) if bare.isascii() and bare.isdigit() and len(bare) < 5 else otherwise
    return value if 1 <= value <= SPAN_LIMIT else otherwise


def _block_text(block: Block) -> str:
    return block.table.text if isinstance(block, TableBlock) else block.text
