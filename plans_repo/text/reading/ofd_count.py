"""A second count of what an OFD file shows: its own walk over the XML, which shares no code with the reader."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree

from plans_repo.text.reading.source_count import count_plain


def count_ofd(data: bytes) -> int:
    """Visible characters of the text codes of every page and of the templates under it."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = {name.lower(): name for name in package.namelist()}

        def tree(path: str) -> ElementTree.Element:
            return ElementTree.fromstring(package.read(names[path.lower()]))

        total = 0
        counted: dict[str, int] = {}
        for root in _roots(tree("OFD.xml")):
            document = tree(root)
            templates = {
                each.get("ID"): _beside(root, each.get("BaseLoc", ""))
                for each in document.findall(".//{*}TemplatePage")
            }
            for each in document.findall("./{*}Pages/{*}Page"):
                path = _beside(root, each.get("BaseLoc", ""))
                page = tree(path)
                under = [templates.get(use.get("TemplateID")) for use in page.findall("./{*}Template")]
                for part in [path, *(other for other in under if other)]:
                    if part not in counted:
                        counted[part] = _count(page if part == path else tree(part))
                    total += counted[part]
        return total


def _roots(entry: ElementTree.Element) -> list[str]:
    return [_beside("", each.text or "") for each in entry.findall("./{*}DocBody/{*}DocRoot")]


def _beside(part: str, target: str) -> str:
    steps = [] if target.strip().startswith(("/", "\\")) else part.split("/")[:-1]
    for step in target.strip().replace("\\", "/").split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)


def _count(page: ElementTree.Element) -> int:
    total = 0
    waiting = [each for each in page if each.tag.endswith("}Content") or each.tag == "Content"]
    while waiting:
        element = waiting.pop()
        local = element.tag.rpartition("}")[2]
        if element.get("Visible") == "false":
            continue
        if local == "TextObject":
            codes = (each for each in element if each.tag.rpartition("}")[2] == "TextCode")
            total += sum(count_plain(each.text or "") for each in codes)
        elif local in ("Content", "Layer", "PageBlock"):
            waiting.extend(element)
    return total
