"""The second count of a Word file: its own walk over the XML, which shares no code with the reader.

Where the reader builds lines, this walk only strings together what is shown, in the order of
the file: words, signs, and the fields that hide their instructions.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from xml.etree import ElementTree

Element = ElementTree.Element
Made = Callable[[str], bool]
"""Whether the tracked mark of that name (part#place among the marks of the part) counts as made."""

PROPERTIES = {"pPr", "rPr", "tblPr", "trPr", "tcPr", "sdtPr", "sectPr", "tblGrid"}
STORIES = {"header", "footer", "footnotes", "endnotes"}
PUT = {"ins", "moveTo", "cellIns"}
TAKEN = {"del", "moveFrom", "cellDel"}
OTHER_MARKS = {
    "pPrChange", "rPrChange", "tcPrChange", "cellMerge", "trPrChange", "tblPrChange", "tblPrExChange", "tblGridChange",
    "sectPrChange", "numberingChange",
}  # fmt: skip
WORD_SPACES = ("/wordprocessingml/2006/main", "/ooxml/wordprocessingml/main")
OVERSTRIKE = re.compile(r"\\o\s*(?:\\a[lcr]\s*)?\(\s*(\S)\s*[,，;；]\s*([^()]*?)\s*\)", re.IGNORECASE)


def count_word(data: bytes, made: Made) -> int:
    """Visible characters of body, tables, text boxes, notes, headers and footers of a .docx, once each.

    What tracked changes take away, automatic numbers, instructions of fields and the
    fallback copies of text boxes are not counted.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        main = _main_part(package)
        stories = [main, *(path for kind, path in _targets(package, main) if kind in STORIES)]
        return sum(_Story(package, path, made).count() for path in dict.fromkeys(stories))


class _Story:
    """One part while it is being counted."""

    def __init__(self, package: zipfile.ZipFile, path: str, made: Made) -> None:
        self._package = package
        self._path = path
        self._root = ElementTree.fromstring(package.read(path))
        marks = (each for each in self._root.iter() if _is_mark(each))
        self._stays: dict[Element, bool] = {}
        for at, mark in enumerate(marks):
            self._stays[mark] = (_local(mark) in PUT) == made(f"{path.lower()}#{at}")

    def count(self) -> int:
        total = 0
        fields: list[_Field] = []
        for event, value in _whole_fields(list(self._shown(self._root))):
            if event == "text":
                hidden = any(field.is_whole and not field.is_past_middle for field in fields)
                total += 0 if hidden else count_visible(value)
                for field in fields if count_visible(value) and not hidden else ():
                    field.has_shown = True
            else:
                total += _follow(fields, event, value)
        return total

    def _shown(self, element: Element) -> Iterator[tuple[str, str]]:
        """Texts and the turns of fields in the order of the file, without what is taken away."""
        for each in element:
            local = _local(each)
            if local == "instrText":
                yield "instruction", each.text or ""
            elif self._is_left_out(each, local):
                continue
            elif local == "AlternateContent":
                for branch in sorted(each, key=lambda one: _local(one) != "Choice")[:1]:
                    yield from self._shown(branch)
            else:
                yield from self._own(each, local)
                yield from self._shown(each)

    def _is_left_out(self, each: Element, local: str) -> bool:
        if local in PROPERTIES or (each in self._stays and not self._stays[each]):
            return True
        if local in ("tr", "tc"):
            properties = next((one for one in each if _local(one) == f"{local}Pr"), None)
            kinds = ("ins", "del") if local == "tr" else ("cellIns", "cellDel")
            marks = [one for one in properties if _local(one) in kinds] if properties is not None else []
            return any(not self._stays[mark] for mark in marks)
        is_note = local in ("footnote", "endnote")
        return is_note and _attribute(each, "type") not in ("", "normal")

    def _own(self, each: Element, local: str) -> Iterator[tuple[str, str]]:
        space = each.tag.rpartition("}")[0]
        if (local == "t" and space.endswith(("/main", "/math"))) or (local == "delText"):
            yield "text", each.text or ""
        elif local == "noBreakHyphen":
            yield "text", "-"
        elif local == "textpath":
            yield "text", each.get("string", "")
        elif local == "sym":
            yield "text", _sign(_attribute(each, "char"), 16)
        elif local == "fldChar":
            yield _attribute(each, "fldCharType"), _form(each)
        elif local == "relIds":
            yield from (("text", text) for text in self._drawn(_attribute(each, "dm")))
        elif local == "chart" and space.endswith("/chart"):
            yield from (("text", text) for text in self._drawn(_attribute(each, "id")))

    def _drawn(self, relation: str) -> Iterator[str]:
        """The words of a diagram or of a chart: titles, names of series, categories of the first that has them."""
        path = _related(self._package, self._path, relation)
        root = ElementTree.fromstring(self._package.read(path)) if path else Element("none")
        for each in root.iter():
            if each.tag.endswith("/drawingml/2006/main}t") or each.tag.endswith("/ooxml/drawingml/main}t"):
                yield each.text or ""
        kept: list[str] = []
        for series in (each for each in root.iter() if _local(each) == "ser"):
            held = {_local(each): each for each in reversed(list(series))}
            yield from (each.text or "" for part in [held.get("tx")] if part is not None for each in _values(part))
            kept = kept or [each.text or "" for part in [held.get("cat")] if part is not None for each in _values(part)]
        yield from kept


def _values(element: Element) -> Iterator[Element]:
    return (each for each in element.iter() if _local(each) == "v")


class _Field:
    """A field between its begin and its end."""

    def __init__(self, form: str, is_whole: bool) -> None:
        self.form = form
        self.is_whole = is_whole
        self.is_past_middle = False
        self.has_shown = False
        self.words = ""


def _whole_fields(events: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The same events; the begin of a field that has a middle and an end becomes a ``whole`` one."""
    open_at: list[int] = []
    middles: set[int] = set()
    found = list(events)
    for at, (event, _) in enumerate(events):
        if event == "begin":
            open_at.append(at)
        elif event == "separate" and open_at:
            middles.add(open_at[-1])
        elif event == "end" and open_at:
            begin = open_at.pop()
            if begin in middles:
                found[begin] = ("whole", events[begin][1])
    return found


def _follow(fields: list[_Field], event: str, value: str) -> int:
    """Go on to the next turn of a field; characters it shows although it has no result."""
    if event in ("begin", "whole"):
        fields.append(_Field(value, event == "whole"))
    elif fields and event == "instruction":
        fields[-1].words += value
    elif fields and event == "separate":
        fields[-1].is_past_middle = True
    elif fields and event == "end":
        closed = fields.pop()
        hidden = any(field.is_whole and not field.is_past_middle for field in fields)
        if not closed.has_shown and not hidden:
            return count_visible(closed.form) or _instructed(closed.words)
    return 0


def _instructed(words: str) -> int:
    """How many characters Word shows for a field without a result: overstrikes, symbols, button texts."""
    kind, *rest = words.split() or [""]
    if kind.upper().startswith("EQ"):
        return sum(_overstruck(match[1], match[2]) for match in OVERSTRIKE.finditer(words))
    if kind.upper().startswith("MACROBUTTON"):
        return count_visible("".join(rest[1:]))
    if kind.upper() == "SYMBOL" and rest:
        return count_visible(_sign(rest[0], 0))
    return 0


def _overstruck(sign: str, content: str) -> int:
    is_circled = sign in "○〇◯O" and content.isdigit() and 0 < int(content) <= 50
    return 1 if is_circled else count_visible(sign + content)


def _form(begin: Element) -> str:
    """What an old form field shows: one box, or the entry that is chosen."""
    for each in begin.iter():
        if _local(each) == "checkBox":
            return "x"
        if _local(each) == "ddList":
            values = {_local(one): _attribute(one, "val") for one in reversed(list(each))}
            entries = [_attribute(one, "val") for one in each if _local(one) == "listEntry"]
            chosen = values.get("result") or values.get("default") or "0"
            at = int(chosen) if chosen.lstrip("-").isdigit() else 0
            return entries[at] if 0 <= at < len(entries) else ""
    return ""


def count_visible(text: str) -> int:
    """Characters with ink: neither blank nor control nor zero-width."""
    return sum(1 for sign in text if not sign.isspace() and unicodedata.category(sign) not in {"Cc", "Cf"})


def _sign(code: str, base: int) -> str:
    try:
        return chr(int(code, base))
    except (ValueError, OverflowError):
        return ""


def _is_mark(element: Element) -> bool:
    space, _, local = element.tag.rpartition("}")
    return local in PUT | TAKEN | OTHER_MARKS and space.endswith(WORD_SPACES)


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _attribute(element: Element, local: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == local), "")


def _main_part(package: zipfile.ZipFile) -> str:
    return next(path for kind, path in _targets(package, "") if kind == "officeDocument")


def _targets(package: zipfile.ZipFile, part: str) -> list[tuple[str, str]]:
    """Kind and path of every part that *part* points to inside the file, each once."""
    return list(dict.fromkeys((kind, path) for _, kind, path in _relations(package, part)))


def _related(package: zipfile.ZipFile, part: str, relation: str) -> str:
    return next((path for key, _, path in _relations(package, part) if key == relation), "")


def _relations(package: zipfile.ZipFile, part: str) -> Iterator[tuple[str, str, str]]:
    place = PurePosixPath(part)
    rels = str(place.parent / "_rels" / f"{place.name}.rels") if part else "_rels/.rels"
    names = {each.lower(): each for each in package.namelist()}
    if rels.lower() not in names:
        return
    for relation in ElementTree.fromstring(package.read(names[rels.lower()])):
        path = _resolved(place.parent, relation.get("Target", ""))
        if relation.get("TargetMode") != "External" and path.lower() in names:
            yield relation.get("Id", ""), relation.get("Type", "").rpartition("/")[2], names[path.lower()]


def _resolved(folder: PurePosixPath, target: str) -> str:
    steps: list[str] = []
    for step in (target if target.startswith("/") else f"{folder}/{target}").split("/"):
        if step == "..":
            steps[-1:] = []
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)
