"""Complex fields that reach over runs and paragraphs: which ones are open, what they hide, what they show."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from plans_repo.text.clause import visible_count
from plans_repo.text.reading.number_formats import circled
from plans_repo.text.reading.word_names import attribute, child, is_on, name, number_attribute
from plans_repo.text.reading.word_symbols import drawn

WHOLE = "yy-whole"
ENCLOSED = re.compile(r"\\o\s*(?:\\a[lcr]\s*)?\(\s*(\S)\s*[,，;；]\s*([^()]*?)\s*\)", re.IGNORECASE)
CIRCLES = "○〇◯O"
SYMBOL = re.compile(r"SYMBOL\s+(0x[0-9a-f]+|\d+)(?:.*?\\f\s+\"?([^\"\\]+)\"?)?", re.IGNORECASE)


def mark_whole_fields(root: etree._Element) -> None:
    """Note on each field's begin that it has both its middle and its end; of such fields the instruction is hidden."""
    waiting: list[tuple[etree._Element, bool]] = []
    for each in root.iter():
        if name(each) != "w:fldChar":
            continue
        kind = attribute(each, "fldCharType")
        if kind == "begin":
            waiting.append((each, False))
        elif kind == "separate" and waiting:
            waiting[-1] = (waiting[-1][0], True)
        elif kind == "end" and waiting:
            begin, has_middle = waiting.pop()
            if has_middle:
                begin.set(WHOLE, "1")


@dataclass(kw_only=True)
class _Field:
    """One open field."""

    is_whole: bool
    form: str = ""
    instruction: str = ""
    is_past_middle: bool = False
    has_shown: bool = False


class FieldStack:
    """The fields open at this point, innermost last."""

    def __init__(self) -> None:
        self._open: list[_Field] = []

    def mark(self, element: etree._Element) -> str:
        """Take note of a w:fldChar; at the end of a field without a result, what Word shows for its instruction."""
        kind = attribute(element, "fldCharType")
        if kind == "begin":
            self._open.append(_Field(is_whole=element.get(WHOLE) == "1", form=_form(element)))
        elif kind == "separate" and self._open:
            self._open[-1].is_past_middle = True
        elif kind == "end" and self._open:
            closed = self._open.pop()
            return "" if closed.has_shown or self.hides else closed.form or shown_by(closed.instruction)
        return ""

    def instruction(self, element: etree._Element, short: str) -> None:
        """Note the words of a w:instrText; other silent elements say nothing."""
        if short == "w:instrText" and self._open:
            self._open[-1].instruction += element.text or ""

    def shows(self, text: str) -> None:
        """Note that words came while these fields were open."""
        if self._open and visible_count(text):
            for each in self._open:
                each.has_shown = True

    @property
    def hides(self) -> bool:
        """Whether words at this point belong to the instruction of a field, as results of fields within it do."""
        return any(each.is_whole and not each.is_past_middle for each in self._open)

    @property
    def in_contents(self) -> bool:
        """Whether a TOC field is open."""
        return any(each.instruction.split()[:1] == ["TOC"] for each in self._open)

    def forget(self) -> None:
        """Close everything: a contents field that was never ended must not swallow the plan."""
        self._open.clear()


def shown_by(instruction: str) -> str:
    r"""What Word shows for a field that has no result of its own.

    >>> shown_by(r" EQ \o\ac(○,5) "), shown_by("SYMBOL 254 \\f Wingdings"), shown_by("PAGE")
    ('⑤', '☑', '')
    """
    words = instruction.strip()
    if words.upper().startswith("EQ"):
        return "".join(_enclosed(match[1], match[2]) for match in ENCLOSED.finditer(words))
    if words.upper().startswith("MACROBUTTON"):
        return " ".join(words.split()[2:])
    match = SYMBOL.match(words)
    return _symbol(match[1], match[2] or "Symbol") if match else ""


def _enclosed(sign: str, content: str) -> str:
    """Two characters over each other; a figure in a circle is one."""
    if sign in CIRCLES and content.isdigit() and 1 <= int(content) <= 50:
        return circled(int(content))
    return f"{sign}{content}"


def _symbol(code: str, font: str) -> str:
    try:
        value = int(code, 0)
        return drawn(chr(value), font)
    except (ValueError, OverflowError):
        return ""


def _form(begin: etree._Element) -> str:
    """What a check box or a drop-down of the old kind shows."""
    data = child(begin, "w:ffData")
    box, choices = child(data, "w:checkBox"), child(data, "w:ddList")
    if box is not None:
        state = child(box, "w:checked")
        return "☒" if is_on(state if state is not None else child(box, "w:default")) else "☐"
    if choices is not None:
        entries = [attribute(each) or "" for each in choices if name(each) == "w:listEntry"]
        at = number_attribute(child(choices, "w:result"))
        at = at if at is not None else number_attribute(child(choices, "w:default")) or 0
        return entries[at] if 0 <= at < len(entries) else ""
    return ""
