"""An OFD file (GB/T 33190) as documents, pages and templates: a zip of XML, opened with distrust."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from plans_repo.text.reading.errors import refusal
from plans_repo.text.reading.package import Package

ENTRY = "OFD.xml"
PAGES_LIMIT = 2_000
WALKED_LIMIT_BYTES = 100_000_000  # of XML, a template as often as a page stands on it
INFORMATION = ("Title", "Subject", "Keywords", "Keyword", "Abstract", "DocUsage", "CustomData", "Author")


@dataclass(frozen=True, kw_only=True)
class OfdPage:
    """One page: its content and that of the templates it stands on, and its size in millimetres."""

    contents: tuple[etree._Element, ...]
    width: float
    height: float


class OfdPackage(Package):
    """The documents of one OFD file in order."""

    def __init__(self, data: bytes, file_name: str) -> None:
        super().__init__(data, file_name)
        self._walked_bytes = 0
        self._templates: dict[str, etree._Element] = {}
        if any("encrypt" in name.lower() for name in self.names):
            raise refusal("plan-file-encrypted", file_name, rule="must not be encrypted")
        if not self.has(ENTRY):
            raise refusal("plan-file-not-document", file_name, rule="the zip must contain an OFD document")
        self._entry = self.tree(ENTRY)
        self._roots = [
            resolved("", _text(each)) for body in _all(self._entry, "DocBody") for each in _all(body, "DocRoot")
        ]
        if not self._roots:
            raise refusal("plan-file-not-document", file_name, rule="the zip must contain an OFD document")

    def _asked(self, path: str) -> None:
        """Count what is walked: a template that a thousand pages stand on is walked a thousand times."""
        self._walked_bytes += self._parts[path.lower()].file_size if self.has(path) else 0
        if self._walked_bytes > WALKED_LIMIT_BYTES:
            raise refusal(
                "plan-file-expands", self.file_name, rule="must not expand beyond measure", value=self._walked_bytes
            )

    def _template(self, path: str) -> etree._Element:
        self._asked(path)
        if path not in self._templates:
            self._templates[path] = self.tree(path)
        return self._templates[path]

    def information(self) -> Iterator[str]:
        """What the file says about itself: title, keywords, fields of its own with their names."""
        for body in _all(self._entry, "DocBody"):
            for each in body.iter():
                if local(each) in INFORMATION and _text(each):
                    yield _text(each)
                    yield f"{each.get('Name', '')}：{_text(each)}"

    def pages(self) -> Iterator[OfdPage]:
        """Every page of every document."""
        seen: set[str] = set()
        for root in self._roots:
            document = self.tree(root)
            places = {each.get("ID", ""): each for each in document.iter() if local(each) == "TemplatePage"}
            templates = {key: resolved(root, each.get("BaseLoc", "")) for key, each in places.items()}
            common = _box(document)
            for each in (page for pages in _all(document, "Pages") for page in _all(pages, "Page")):
                path = resolved(root, each.get("BaseLoc", ""))
                if path.lower() in seen:
                    raise refusal("plan-file-part-twice", self.file_name, rule="no page may come twice", value=path)
                seen.add(path.lower())
                if len(seen) > PAGES_LIMIT:
                    limit = f"at most {PAGES_LIMIT} pages"
                    raise refusal("plan-file-too-long", self.file_name, rule=limit, value=len(seen))
                yield self._page(path, templates, common)

    def annotations(self) -> Iterator[etree._Element]:
        """The parts that hold stamps, watermarks and remarks."""
        for root in self._roots:
            for each in _all(self.tree(root), "Annotations"):
                path = resolved(root, _text(each))
                if not self.has(path):
                    continue
                for place in self.tree(path).iter():
                    inner = resolved(path, _text(place)) if local(place) == "FileLoc" else ""
                    if inner and self.has(inner):
                        yield self.tree(inner)

    def _page(self, path: str, templates: dict[str, str], common: tuple[float, float]) -> OfdPage:
        self._asked(path)
        page = self.tree(path)
        used = [templates.get(each.get("TemplateID", ""), "") for each in _all(page, "Template")]
        contents = [self._template(each) for each in used if each]
        width, height = _box(page) if any(local(each) == "Area" for each in page) else common
        return OfdPage(contents=(*contents, page), width=width, height=height)


def local(element: etree._Element) -> str:
    """The name without its namespace."""
    return element.tag.rpartition("}")[2]


def numbers(text: str | None) -> list[float]:
    """The numbers of an attribute; what is none counts as 0."""
    return [_number(word) for word in (text or "").split()]


def resolved(part: str, target: str) -> str:
    """The path that *part* means by *target*; one that leads outside stays outside and is not found."""
    target = target.strip().replace("\\", "/")
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))


def _number(word: str) -> float:
    try:
        value = float(word)
    except ValueError:
        return 0.0
    return value if abs(value) < 1e6 else 0.0


def _all(element: etree._Element, name: str) -> list[etree._Element]:
    return [each for each in element if local(each) == name]


def _text(element: etree._Element) -> str:
    return (element.text or "").strip()


def _box(element: etree._Element) -> tuple[float, float]:
    """Width and height of the paper: the first PhysicalBox, else A4."""
    for each in element.iter():
        if local(each) == "PhysicalBox":
            box = numbers(each.text)
            if len(box) == 4 and box[2] > 0 and box[3] > 0:
                return box[2], box[3]
    return 210.0, 297.0
