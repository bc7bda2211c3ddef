"""Word's comments: who said what when, in which thread, and whether it is settled."""

from __future__ import annotations

from lxml import etree

from plans_repo.text.reading.source import SourceComment
from plans_repo.text.reading.word_names import attribute, name


class Threads:
    """Which comment answers which, told by the ids of their paragraphs (commentsExtended)."""

    def __init__(self, comments: etree._Element, extended: etree._Element | None) -> None:
        entries = [each for each in extended if _local(each) == "commentEx"] if extended is not None else []
        self._parent = {_own(each, "paraId"): _own(each, "paraIdParent") for each in entries}
        self._done = {_own(each, "paraId") for each in entries if _own(each, "done") in ("1", "true")}
        self._key_of: dict[str, str] = {}
        for comment in comments:
            for paragraph in comment.iter():
                if name(paragraph) == "w:p" and _own(paragraph, "paraId"):
                    self._key_of[_own(paragraph, "paraId")] = attribute(comment, "id") or ""

    def comment(self, element: etree._Element, text: str) -> SourceComment:
        """A comment with its place in its thread."""
        ids = [_own(each, "paraId") for each in element.iter() if name(each) == "w:p"]
        parent = next((self._parent[each] for each in ids if self._parent.get(each)), "")
        return SourceComment(
            key=attribute(element, "id") or "",
            text=text,
            author=attribute(element, "author") or "",
            at=attribute(element, "date") or "",
            answers=self._key_of.get(parent, ""),
            is_resolved=any(each in self._done for each in (*ids, parent) if each),
        )


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _own(element: etree._Element, local: str) -> str:
    """An attribute by its local name, whichever of Word's own namespaces it is in."""
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == local), "")
