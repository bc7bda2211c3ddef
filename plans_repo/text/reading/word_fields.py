"""Complex fields that reach over runs and paragraphs: which ones are open, and whether one is a contents list."""

from __future__ import annotations

from lxml import etree


class FieldStack:
    """The fields open at this point, innermost last, each by its instruction."""

    def __init__(self) -> None:
        self._open: list[str] = []

    def mark(self, kind: str) -> None:
        """A w:fldChar: begin, separate or end."""
        if kind == "begin":
            self._open.append("")
        elif kind == "end" and self._open:
            self._open.pop()

    def instruction(self, element: etree._Element, short: str) -> None:
        """Note the words of a w:instrText; other silent elements say nothing."""
        if short == "w:instrText" and self._open:
            self._open[-1] += element.text or ""

    @property
    def in_contents(self) -> bool:
        """Whether a TOC field is open."""
        return any(instruction.split()[:1] == ["TOC"] for instruction in self._open)

    def forget(self) -> None:
        """Close everything: a contents field that was never ended must not swallow the plan."""
        self._open.clear()
