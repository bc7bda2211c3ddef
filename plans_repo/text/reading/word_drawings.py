"""What is drawn in a Word file: pictures by their hash, the words of diagrams and charts."""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Iterator

from lxml import etree

from plans_repo.text.clause import visible_count
from plans_repo.text.reading.archive import Archive, Relation, relation_id
from plans_repo.text.reading.source import Block, Line, Medium
from plans_repo.text.reading.word_names import child, name


class Drawings:
    """The pictures of a file, each kept once, and the parts that hold drawn words."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._relations: dict[str, dict[str, Relation]] = {}
        self.media: dict[str, Medium] = {}

    def picture(self, path: str, element: etree._Element, attribute_name: str) -> tuple[str, str, dict[str, str]]:
        """The hash of the picture an element shows; else '' with the code and fields of why there is none."""
        found = self._relation(path, relation_id(element, attribute_name))
        if found is None or (not found.external and not self._archive.has(found.target)):
            linked = self._relation(path, relation_id(element, "link") or relation_id(element, "href"))
            if linked is not None and linked.external:
                return "", "picture-linked", {"target": linked.target}
            missing = posixpath.basename(found.target) if found else ""
            return "", "picture-missing", {"name": missing or "?"}
        if found.external:
            return "", "picture-linked", {"target": found.target}
        data = self._archive.part(found.target)
        key = hashlib.sha256(data).hexdigest()
        self.media.setdefault(key, Medium(sha256=key, name=posixpath.basename(found.target), data=data))
        return key, "", {}

    def words(self, path: str, kind: str, relation: str) -> list[Block]:
        """The words of a diagram or a chart as lines."""
        found = self._relation(path, relation)
        if not found or found.external or not self._archive.has(found.target):
            return []
        root = self._archive.tree(found.target)
        texts = _diagram_words(root) if kind == "diagram" else _chart_words(root)
        return [Line(text=text) for text in texts if visible_count(text)]

    def _relation(self, path: str, relation: str) -> Relation | None:
        if path not in self._relations:
            self._relations[path] = self._archive.relations(path)
        return self._relations[path].get(relation)


def _diagram_words(root: etree._Element) -> Iterator[str]:
    return (each.text or "" for each in root.iter() if name(each) == "a:t")


def _chart_words(root: etree._Element) -> Iterator[str]:
    """Titles and labels, the names of the series, and the categories, which every series repeats, once."""
    yield from _diagram_words(root)
    series = [each for each in root.iter() if name(each) == "c:ser"]
    for each in series:
        yield from _cached(child(each, "c:tx"))
    yield from next((found for each in series if (found := list(_cached(child(each, "c:cat"))))), [])


def _cached(element: etree._Element | None) -> Iterator[str]:
    if element is not None:
        yield from (each.text or "" for each in element.iter() if name(each) == "c:v")
