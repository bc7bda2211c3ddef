"""Hidden bookmarks: how a clause keeps its identity on a trip through Word."""

from __future__ import annotations

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

PREFIX = "_yy_"  # a leading underscore hides a bookmark in Word's dialogue


def bookmark_name(clause_id: str) -> str:
    """The bookmark of a clause: its uuid without hyphens, 36 of the 40 characters Word allows.

    >>> bookmark_name("0f8fad5b-d9cb-469f-a165-70867728950e")
    '_yy_0f8fad5bd9cb469fa16570867728950e'
    """
    return PREFIX + clause_id.replace("-", "")


class Bookmarks:
    """Places bookmarks with ids unique in the document."""

    def __init__(self) -> None:
        self._next = 1

    def enclose(self, paragraph: Paragraph, name: str) -> None:
        """Put a bookmark around the whole text of a paragraph."""
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for element in (start, end):
            element.set(qn("w:id"), str(self._next))
        start.set(qn("w:name"), name)
        properties = paragraph._p.pPr
        if properties is None:
            paragraph._p.insert(0, start)
        else:
            properties.addnext(start)
        paragraph._p.append(end)
        self._next += 1
