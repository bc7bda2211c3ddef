"""Measures a Word file: paper, margins, lines, fonts, page numbers, as the file itself says through its styles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml.etree import _Element

from plans_repo.checks.dossier import FileMeasure
from plans_repo.text.reading.archive import Archive
from plans_repo.text.reading.word_names import attribute, child, name

MM_PER_TWIP = 25.4 / 1440
CHAIN_LIMIT = 40
HEADING = re.compile(r"^(?:heading|标题)\s*([1-4])$", re.IGNORECASE)
ANNEX = re.compile(r"^\s*附\s*[件录]\s*[0-9０-９一二三四五六七八九十A-Z]")
HAN = re.compile(r"[\u4e00-\u9fff]")
TITLES = frozenset({"title", "标题"})
LEAST_BODY = 20
"""A paragraph with fewer characters is not taken for body text."""


@dataclass(frozen=True, kw_only=True)
class _Look:
    """How a paragraph is set: its style's name, East-Asian font, size and exact line height."""

    style: str = ""
    font: str = ""
    size_pt: float | None = None
    line_pt: float | None = None
    breaks_before: bool = False


def measure(data: bytes, file_name: str) -> FileMeasure:
    """What the file says of itself; a file that is no Word file is refused."""
    archive = Archive(data, file_name)
    main = archive.main_part()
    styles = _Styles(archive.tree(_beside(main, "styles.xml")) if archive.has(_beside(main, "styles.xml")) else None)
    body = child(archive.tree(main), "w:body")
    paragraphs = list(_paragraphs(body)) if body is not None else []
    looks = [(styles.look(each), _words(each), each) for each in paragraphs]
    section = _last(body, "w:sectPr")
    text = _commonest([(look, words) for look, words, _each in looks if _is_body(look, words)])
    title = _commonest([(look, words) for look, words, _each in looks if look.style in TITLES and words.strip()])
    return FileMeasure(
        name=file_name,
        page_mm=_page(section),
        margins_mm=_margins(section),
        body_pt=text.size_pt,
        line_pt=text.line_pt,
        body_font=text.font,
        title_font=title.font,
        title_pt=title.size_pt,
        heading_fonts=tuple(_heading_font(looks, level) for level in ("1", "2", "3")),
        has_page_number=_has_page_number(archive, main),
        annexes_on_new_page=_annexes_apart(looks),
    )


def _is_body(look: _Look, words: str) -> bool:
    return not HEADING.match(look.style) and look.style not in TITLES and len(words) >= LEAST_BODY


def _commonest(looks: list[tuple[_Look, str]]) -> _Look:
    """The look most characters are set in."""
    found: Counter[_Look] = Counter()
    for look, words in looks:
        found[replace(look, style="", breaks_before=False)] += len(words)
    return found.most_common(1)[0][0] if found else _Look()


def _heading_font(looks: list[tuple[_Look, str, _Element]], level: str) -> str:
    named = [(look, words) for look, words, _each in looks if (m := HEADING.match(look.style)) and m[1] == level]
    return _commonest([(look, words) for look, words in named if words.strip()]).font


class _Styles:
    """Paragraph styles with what they inherit."""

    def __init__(self, root: _Element | None) -> None:
        self.by_id: dict[str, _Element] = {}
        self.default = ""
        self.defaults: list[_Element] = []
        for element in root if root is not None else ():
            if name(element) == "w:docDefaults":
                self.defaults = [element]
            if name(element) == "w:style" and attribute(element, "type") == "paragraph":
                self.by_id[attribute(element, "styleId") or ""] = element
                if attribute(element, "default") in ("1", "true", "on"):
                    self.default = attribute(element, "styleId") or ""

    def look(self, paragraph: _Element) -> _Look:
        """How a paragraph is set: its own runs first, then its properties, then the chain of its style."""
        properties = child(paragraph, "w:pPr")
        chain = list(self._chain(_value(properties, "w:pStyle") or self.default))
        runs = (child(run, "w:rPr") for run in paragraph.iter() if name(run) == "w:r")
        own = [one for one in runs if one is not None][:1]
        sources = [*own, *_each(chain, "w:rPr"), *self._default_run()]
        spaces = [*_present(properties), *_each(chain, "w:pPr")]
        sizes = (_value(one, "w:sz") for one in sources)
        return _Look(
            style=(_value(chain[0], "w:name") or "").lower() if chain else "",
            font=next((font for one in sources if (font := _font(one))), ""),
            size_pt=next((int(size) / 2 for size in sizes if size and size.isdecimal()), None),
            line_pt=next((line for one in spaces if (line := _line(one)) is not None), None),
            breaks_before=any(child(one, "w:pageBreakBefore") is not None for one in spaces),
        )

    def _chain(self, style_id: str) -> Iterator[_Element]:
        for _step in range(CHAIN_LIMIT):
            style = self.by_id.get(style_id)
            if style is None:
                return
            yield style
            style_id = _value(style, "w:basedOn") or ""

    def _default_run(self) -> list[_Element]:
        found = [one for root in self.defaults for one in root.iter() if name(one) == "w:rPr"]
        return found[:1]


def _paragraphs(body: _Element) -> Iterator[_Element]:
    """The paragraphs of the body; those of tables are set in a size of their own."""
    for element in body:
        if name(element) == "w:p":
            yield element


def _words(paragraph: _Element) -> str:
    return "".join(one.text or "" for one in paragraph.iter() if name(one) == "w:t")


def _page(section: _Element | None) -> tuple[float, float] | None:
    size = child(section, "w:pgSz") if section is not None else None
    return (_mm(size, "w"), _mm(size, "h")) if size is not None else None


def _margins(section: _Element | None) -> tuple[float, float, float, float] | None:
    margins = child(section, "w:pgMar") if section is not None else None
    if margins is None:
        return None
    top, right, bottom, left = (_mm(margins, side) for side in ("top", "right", "bottom", "left"))
    return top, right, bottom, left


def _mm(element: _Element, side: str) -> float:
    value = attribute(element, side) or "0"
    return abs(float(value)) * MM_PER_TWIP


def _font(properties: _Element) -> str:
    fonts = child(properties, "w:rFonts")
    return (attribute(fonts, "eastAsia") or attribute(fonts, "ascii") or "") if fonts is not None else ""


def _line(properties: _Element) -> float | None:
    """The exact line height in points; a multiple of single spacing is none."""
    spacing = child(properties, "w:spacing")
    if spacing is None or attribute(spacing, "lineRule") not in ("exact", "atLeast"):
        return None
    value = attribute(spacing, "line")
    return float(value) / 20 if value else None


def _value(element: _Element | None, tag: str) -> str | None:
    found = child(element, tag) if element is not None else None
    return attribute(found, "val") if found is not None else None


def _each(chain: list[_Element], tag: str) -> list[_Element]:
    return [one for style in chain if (one := child(style, tag)) is not None]


def _present(element: _Element | None) -> list[_Element]:
    return [] if element is None else [element]


def _last(body: _Element | None, tag: str) -> _Element | None:
    found = [one for one in body.iter() if name(one) == tag] if body is not None else []
    return found[-1] if found else None


def _has_page_number(archive: Archive, main: str) -> bool:
    """Whether a footer or header of the file holds a PAGE field."""
    for relation in archive.relations(main).values():
        if relation.kind in ("footer", "header") and not relation.external and archive.has(relation.target):
            for element in archive.tree(relation.target).iter():
                words = element.text if name(element) == "w:instrText" else attribute(element, "instr")
                if words and "PAGE" in words.upper():
                    return True
    return False


def _annexes_apart(looks: list[tuple[_Look, str, _Element]]) -> bool | None:
    """Whether each annex begins on a new page; None where there is none."""
    apart: list[bool] = []
    before: _Element | None = None
    for look, words, element in looks:
        if ANNEX.match(words) and (HEADING.match(look.style) or len(words) <= 30) and not look.style.startswith("toc"):
            apart.append(look.breaks_before or _breaks(element) or (before is not None and _breaks(before)))
        before = element
    return all(apart) if apart else None


def _breaks(paragraph: _Element) -> bool:
    for element in paragraph.iter():
        if name(element) == "w:br" and attribute(element, "type") == "page":
            return True
        if name(element) in ("w:sectPr", "w:lastRenderedPageBreak"):
            return True
    return False


def _beside(main: str, part: str) -> str:
    return f"{main.rpartition('/')[0]}/{part}".lstrip("/")
