"""A Word file as a zip of parts, opened with distrust."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from lxml import etree

from plans_repo.text.reading.errors import refusal
from plans_repo.text.reading.package import Package
from plans_repo.text.reading.word_names import REL_ID, name

MACROS = "vbaproject.bin"


@dataclass(frozen=True, kw_only=True)
class Relation:
    """Where a part points to: the last word of its type, the target's path, or an address outside."""

    kind: str
    target: str
    external: bool


class Archive(Package):
    """Parts of one Word file by path, already checked for size."""

    def __init__(self, data: bytes, file_name: str) -> None:
        super().__init__(data, file_name)
        if any(posixpath.basename(path).lower() == MACROS for path in self.names):
            raise refusal("plan-file-macros", file_name, rule="must not contain macros")

    def relations(self, path: str) -> dict[str, Relation]:
        """What the part at *path* points to, by relation id."""
        folder, leaf = posixpath.split(path)
        rels = posixpath.join(folder, "_rels", f"{leaf}.rels")
        if not self.has(rels):
            return {}
        return {
            element.get("Id", ""): _relation(element, folder)
            for element in self.tree(rels)
            if name(element).endswith("Relationship")
        }

    def main_part(self) -> str:
        """The path of the document itself."""
        for relation in self.relations("").values():
            if relation.kind == "officeDocument" and self.has(relation.target):
                return relation.target
        raise refusal("plan-file-not-document", self.file_name, rule="the zip must contain a Word document")


def _relation(element: etree._Element, folder: str) -> Relation:
    target = element.get("Target", "")
    external = element.get("TargetMode") == "External"
    path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
    return Relation(
        kind=element.get("Type", "").rsplit("/", 1)[-1], target=target if external else path, external=external
    )


def relation_id(element: etree._Element, attribute: str = "id") -> str:
    """The relation an element names by r:id, r:embed or r:link."""
    for space in REL_ID:
        found = element.get(f"{{{space}}}{attribute}")
        if found:
            return found
    return ""
