"""Paragraph styles of a Word file: what they say about headings and numbering, through the whole chain."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from plans_repo.text.reading.source import Role
from plans_repo.text.reading.word_names import attribute, child, name, number_attribute

HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
CHAIN_LIMIT = 40
BODY_OUTLINE = 9  # w:outlineLvl for body text


@dataclass(frozen=True, kw_only=True)
class Style:
    """One paragraph style as written, before its chain is followed."""

    id: str
    name: str
    based_on: str
    outline: int | None
    num_id: int | None
    num_level: int | None


class Styles:
    """All paragraph styles by id."""

    def __init__(self, root: etree._Element | None) -> None:
        found = [_style(element) for element in (root if root is not None else ()) if name(element) == "w:style"]
        self._by_id = {style.id: style for style in found}
        self.default = next(
            (
                attribute(element, "styleId") or ""
                for element in (root if root is not None else ())
                if name(element) == "w:style"
                and attribute(element, "type") == "paragraph"
                and attribute(element, "default") in ("1", "true", "on")
            ),
            "",
        )

    def chain(self, style_id: str) -> list[Style]:
        """The style and those it is based on, nearest first."""
        found: list[Style] = []
        while style_id in self._by_id and len(found) < CHAIN_LIMIT:
            found.append(self._by_id[style_id])
            style_id = found[-1].based_on
        return found

    def outline_level(self, style_id: str) -> int:
        """1–9 for heading styles, 0 for body."""
        for style in self.chain(style_id):
            if style.outline is not None:
                return 0 if style.outline >= BODY_OUTLINE else style.outline + 1
            heading = HEADING_NAME.match(style.name)
            if heading:
                return int(heading[1])
        return 0

    def numbering(self, style_id: str) -> tuple[int | None, int | None]:
        """Number list and level, each from the nearest style that names it."""
        chain = self.chain(style_id)
        num_id = next((style.num_id for style in chain if style.num_id is not None), None)
        level = next((style.num_level for style in chain if style.num_level is not None), None)
        return num_id, level

    def described(self, style_id: str, outline: int, *, is_numbered: bool) -> str:
        """A paragraph's style in words: its name, the heading level it gives, whether it is numbered."""
        chain = self.chain(style_id)
        words = [chain[0].name if chain and style_id != self.default else "正文"]
        words += [f"{outline}级标题"] if outline else []
        return "，".join([*words, "自动编号"] if is_numbered else words)

    def role(self, style_id: str) -> Role:
        """What the style's own name says."""
        chain = self.chain(style_id)
        words = chain[0].name.lower() if chain else ""
        if words in ("title", "标题", "subtitle", "副标题"):
            return Role.TITLE
        if words.startswith(("toc ", "目录", "table of figures")):
            return Role.CONTENTS
        return Role.CAPTION if words in ("caption", "题注") else Role.PLAIN


def _style(element: etree._Element) -> Style:
    properties = child(element, "w:pPr")
    return Style(
        id=attribute(element, "styleId") or "",
        name=attribute(child(element, "w:name")) or "",
        based_on=attribute(child(element, "w:basedOn")) or "",
        outline=number_attribute(child(properties, "w:outlineLvl")),
        num_id=number_attribute(child(properties, "w:numPr", "w:numId")),
        num_level=number_attribute(child(properties, "w:numPr", "w:ilvl")),
    )
