"""Where a Word file says it comes from: the plan, the version and the root hash in its custom properties."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath

from plans_repo.text.reading.archive import Archive
from plans_repo.text.reading.file_kind import file_kind
from plans_repo.text.reading.word_names import name

PLAN, VERSION, ROOT_HASH = "YuyanPlan", "YuyanVersion", "YuyanRootHash"


@dataclass(frozen=True, kw_only=True, slots=True)
class Origin:
    """The version a file was made from."""

    plan: str
    version: str
    root_hash: str

    @property
    def properties(self) -> Mapping[str, str]:
        """As they are written into the file."""
        return {PLAN: self.plan, VERSION: self.version, ROOT_HASH: self.root_hash}


def origin_of(data: bytes, file_name: str) -> Origin | None:
    """What the file says of its origin; None for a file that was not made here, or is no .docx."""
    short = PurePath(file_name.replace("\\", "/")).name or "?"
    if file_kind(data, short) != "docx":
        return None
    found = _properties(Archive(data, short))
    if PLAN not in found or VERSION not in found:
        return None
    return Origin(plan=found[PLAN], version=found[VERSION], root_hash=found.get(ROOT_HASH, ""))


def _properties(archive: Archive) -> dict[str, str]:
    found: dict[str, str] = {}
    for relation in archive.relations("").values():
        if relation.kind == "custom-properties" and not relation.external and archive.has(relation.target):
            for element in archive.tree(relation.target):
                if name(element).endswith("property"):
                    found[element.get("name", "")] = "".join(map(str, element.itertext())).strip()
    return found
