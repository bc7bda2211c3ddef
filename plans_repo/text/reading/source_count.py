"""A second, independent count of what a source shows; it shares no code with the readers."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from pathlib import PurePosixPath
from xml.etree import ElementTree

SKIPPED = {"del", "moveFrom", "pPr", "rPr", "tblPr", "trPr", "tcPr", "sdtPr", "sectPr"}
STORIES = {"header", "footer", "footnotes", "endnotes"}
DIAGRAM = "diagramData"


def count_word(data: bytes) -> int:
    """Visible characters of body, tables, text boxes, notes, headers and footers of a .docx, once each.

    Tracked deletions, automatic numbers, field instructions and the fallback copies of
    text boxes are not counted.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        main = _main_part(package)
        targets = _targets(package, main)
        stories = [main, *(path for kind, path in targets if kind in STORIES)]
        diagrams = [path for story in stories for kind, path in _targets(package, story) if kind == DIAGRAM]
        shown = [_count_story(package, path) for path in dict.fromkeys(stories)]
        return sum(shown) + sum(_count_diagram(package, path) for path in diagrams)


def count_plain(text: str) -> int:
    """Visible characters of a plain text: neither blank nor control nor zero-width."""
    return sum(1 for sign in text if not sign.isspace() and unicodedata.category(sign) not in {"Cc", "Cf"})


def count_markdown(text: str) -> int:
    """Visible characters of a Markdown text: hashes of headings, pairs of ** and the frame of tables are no text."""
    total, fenced, in_table = 0, False, False
    lines = text.splitlines()
    for place, line in enumerate(lines):
        bare = line.strip()
        if bare[:3] in ("```", "~~~"):
            fenced, in_table = not fenced, False
            total += count_plain(bare)
            continue
        in_table = not fenced and bare[:1] == "|" and (in_table or _is_frame(lines[place + 1 : place + 2]))
        if fenced:
            total += count_plain(bare)
        elif in_table:
            total += 0 if _is_frame([line]) else count_plain(_without_stars(bare.replace("\\|", "\0")).replace("|", ""))
            total += 2 * bare.count("\\|")
        else:
            total += count_plain(_without_stars(_without_hashes(bare)))
    return total


def _is_frame(lines: list[str]) -> bool:
    bare = "".join("".join(lines).split())
    return bare[:1] == "|" and "-" in bare and not set(bare) - set("|-:")


def _without_stars(line: str) -> str:
    return line.replace("**", "") if line.count("**") % 2 == 0 else line


def _without_hashes(line: str) -> str:
    rest = line.lstrip("#")
    hashes = len(line) - len(rest)
    if not 1 <= hashes <= 6 or rest[:1] not in (" ", "\t", "\u3000", "\u00a0"):
        return line
    bare = rest.strip()
    ending = bare.rstrip("#")
    return ending if ending != bare and ending[-1:].isspace() else bare


def _main_part(package: zipfile.ZipFile) -> str:
    return next(path for kind, path in _targets(package, "") if kind == "officeDocument")


def _targets(package: zipfile.ZipFile, part: str) -> list[tuple[str, str]]:
    """Kind and path of every part that *part* points to inside the file, each once."""
    place = PurePosixPath(part)
    rels = str(place.parent / "_rels" / f"{place.name}.rels") if part else "_rels/.rels"
    names = {each.lower(): each for each in package.namelist()}
    if rels.lower() not in names:
        return []
    found: dict[tuple[str, str], None] = {}
    for relation in ElementTree.fromstring(package.read(names[rels.lower()])):
        path = _resolved(place.parent, relation.get("Target", ""))
        if relation.get("TargetMode") != "External" and path.lower() in names:
            found[relation.get("Type", "").rpartition("/")[2], names[path.lower()]] = None
    return list(found)


def _resolved(folder: PurePosixPath, target: str) -> str:
    steps: list[str] = []
    for step in (target if target.startswith("/") else f"{folder}/{target}").split("/"):
        if step == "..":
            steps[-1:] = []
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)


def _count_story(package: zipfile.ZipFile, path: str) -> int:
    """Texts and symbols of one part, leaving out what stands inside skipped elements."""
    total = 0
    waiting = [ElementTree.fromstring(package.read(path))]
    while waiting:
        element = waiting.pop()
        space, _, local = element.tag.rpartition("}")
        if local in SKIPPED or _is_separator(element, local):
            continue
        total += _shown(element, space, local)
        waiting.extend(_shown_branch(element) if local == "AlternateContent" else element)
    return total


def _is_separator(element: ElementTree.Element, local: str) -> bool:
    kinds = [value for key, value in element.attrib.items() if key.rpartition("}")[2] == "type"]
    return local in ("footnote", "endnote") and kinds not in ([], ["normal"])


def _shown_branch(alternate: ElementTree.Element) -> list[ElementTree.Element]:
    ranked = sorted(alternate, key=lambda branch: not branch.tag.endswith("}Choice"))
    return ranked[:1]


def _shown(element: ElementTree.Element, space: str, local: str) -> int:
    if local == "t" and space.endswith(("/main", "/math")):
        return count_plain(element.text or "")
    if local == "noBreakHyphen":
        return 1
    if local == "textpath":
        return count_plain(element.get("string", ""))
    return _symbol(element) if local == "sym" else 0


def _symbol(element: ElementTree.Element) -> int:
    code = next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == "char"), "")
    try:
        return count_plain(chr(int(code, 16)))
    except (ValueError, OverflowError):
        return 0


def _count_diagram(package: zipfile.ZipFile, path: str) -> int:
    texts = ElementTree.fromstring(package.read(path)).iter()
    return sum(count_plain(each.text or "") for each in texts if each.tag.endswith("drawingml/2006/main}t"))
