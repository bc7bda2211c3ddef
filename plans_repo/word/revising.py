"""A clause that was edited in Word: which of the new words are its number, its title and its text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum

from plans_repo.text.clause import Clause, visible_count
from plans_repo.text.reading.numbers import number_of
from plans_repo.word.clause_lines import annex_label, stands_apart

END = "\n"


class Field(StrEnum):
    """What a run of words on the page belongs to."""

    NUMBER = "number"
    AUTOMATIC = "automatic"
    GAP = "gap"
    BLANK = "blank"  # between a number that stands apart and its words
    TITLE = "title"
    TITLE_END = "title_end"
    JOINT = "joint"  # the line end between title and text
    TEXT = "text"
    LABEL = "label"  # the automatic number of a line of the text


@dataclass(frozen=True, slots=True)
class Printed:
    """A character of the page and what it belongs to."""

    text: str
    field: Field


def revised(clause: Clause, lines: Sequence[str]) -> Clause:
    """The clause with the words of *lines* in place of those it was printed with; equal lines leave it as it is.

    >>> from plans_repo.text.clause import ClauseKind
    >>> words = {"number": "1.1", "number_raw": "1.1", "title": "时限", "text": "30分钟内。"}
    >>> clause = Clause(id="a", kind=ClauseKind.HEADING, **words)
    >>> after = revised(clause, ["1.2 时限", "15分钟内。", "立即核实。"])
    >>> after.number, after.title, after.text
    ('1.2', '时限', '15分钟内。\\n立即核实。')
    """
    words = list(_without_blank_lines(list(_printed(clause))))
    text = END.join(lines)
    if "".join(word.text for word in words) == text:
        return clause
    return _rebuilt(clause, list(_assigned(words, list(text))), words)


def printed_lines(clause: Clause) -> list[str]:
    """The visible lines of the clause as it is printed."""
    text = "".join(word.text for word in _without_blank_lines(list(_printed(clause))))
    return text.split(END) if text else []


def _printed(clause: Clause) -> Iterator[Printed]:
    """The page character by character; the same words as ``shown_lines``."""
    label = annex_label(clause)
    number = label or clause.number_raw or clause.automatic_number
    yield from _words(number, Field.NUMBER if clause.number_raw else Field.AUTOMATIC)
    if label:
        yield Printed(END, Field.GAP)
    elif clause.title and number and number[-1] not in "、）)．.：:":
        yield Printed(" ", Field.GAP)
    if stands_apart(clause):
        yield Printed("\u3000", Field.BLANK)
    yield from _words(clause.title, Field.TITLE)
    yield from _words(clause.title_end, Field.TITLE_END)
    first = f"{number}{clause.title}{clause.title_end}"
    if first and clause.text and clause.title and not clause.run_in:
        yield Printed(END, Field.JOINT)
    labels = dict(clause.line_numbers)
    for at, line in enumerate(clause.text.split(END) if clause.text else []):
        if at:
            yield Printed(END, Field.TEXT)
        if at in labels:
            yield from _words(f"{labels[at]} ", Field.LABEL)
        yield from _words(line, Field.TEXT)


def _words(text: str, field: Field) -> Iterator[Printed]:
    yield from (Printed(character, field) for character in text)


def _without_blank_lines(words: list[Printed]) -> Iterator[Printed]:
    """The words without lines on which nothing is seen."""
    lines: list[list[Printed]] = [[]]
    for word in words:
        lines[-1].append(word)
        if word.text == END:
            lines.append([])
    seen = [line for line in lines if visible_count("".join(word.text for word in line))]
    for at, line in enumerate(seen):
        is_last = at == len(seen) - 1
        yield from line[:-1] if is_last and line[-1].text == END else line


def _assigned(before: list[Printed], after: list[str]) -> Iterator[Printed]:
    """The new characters, each with the field of the words it stands with or replaces."""
    old = [word.text for word in before]
    field = before[0].field if before else Field.TEXT
    for tag, a0, a1, b0, b1 in SequenceMatcher(None, old, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from before[a0:a1]
            field = before[a1 - 1].field
            continue
        if a1 > a0:
            field = before[a0].field
        elif a0 == 0 and before:
            field = before[0].field
        for character in after[b0:b1]:
            field = _field_after(field, character)
            yield Printed(character, field)


def _field_after(field: Field, character: str) -> Field:
    """Where a new character goes that stands behind words of *field*."""
    if character == END or field in (Field.JOINT, Field.LABEL, Field.TITLE_END, Field.BLANK):
        return Field.TEXT
    return Field.TITLE if field is Field.GAP else field


def _rebuilt(clause: Clause, now: list[Printed], before: list[Printed]) -> Clause:
    def said(words: list[Printed], *fields: Field) -> str:
        return "".join(word.text for word in words if word.field in fields)

    text, labels = _text_and_labels(clause, now)
    found = replace(
        clause,
        title=said(now, Field.TITLE).strip(END),
        title_end=said(now, Field.TITLE_END),
        text=text,
        line_numbers=labels,
        run_in=clause.run_in and not said(now, Field.TEXT).startswith(END),
    )
    has_joint = any(word.field is Field.JOINT for word in before)
    if has_joint and not said(now, Field.JOINT) and text and not said(now, Field.TEXT).startswith(END):
        found = replace(found, run_in=True)
    number = said(now, Field.NUMBER, Field.AUTOMATIC).strip()
    if number != said(before, Field.NUMBER, Field.AUTOMATIC):
        told = number_of(number)
        label = told.label if told else number
        found = replace(found, number_raw=number, automatic_number="", number=label)
    return found


def _text_and_labels(clause: Clause, now: list[Printed]) -> tuple[str, tuple[tuple[int, str], ...]]:
    """The text, and which of its lines still begin with their automatic number."""
    known = {label for _line, label in clause.line_numbers}
    lines: list[tuple[str, str]] = [("", "")]
    for word in now:
        label, text = lines[-1]
        if word.field is Field.TEXT and word.text == END:
            lines.append(("", ""))
        elif word.field is Field.TEXT:
            lines[-1] = (label, text + word.text)
        elif word.field is Field.LABEL:
            lines[-1] = (label + word.text, text)
    if lines[0] == ("", ""):
        lines = lines[1:]
    numbered, texts = [], []
    for at, (label, text) in enumerate(lines):
        kept = label.removesuffix(" ") in known and label.endswith(" ")
        if kept:
            numbered.append((at, label.removesuffix(" ")))
        texts.append(text if kept else label + text)
    return END.join(texts), tuple(numbered)
