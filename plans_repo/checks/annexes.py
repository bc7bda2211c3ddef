"""Annexes a text lists or refers to against those that are there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from plans_repo.linkage.mentions import MentionKind, mentions
from plans_repo.text.clause import Clause, ClauseKind, squeezed
from plans_repo.text.reading.han_numbers import FULL_WIDTH, han_value

LABEL = re.compile(
    r"附\s*[件录]\s*([0-9０-９]{1,2}|[一二三四五六七八九十]{1,3}|[A-HＡ-Ｈ](?![A-Za-z]))(?:[-－—.．]\d+)?"
)
ONLY = re.compile(r"附\s*[件录](?=[\s：:]|$)")
"""The label of a text's single annex, which has no number (GB/T 9704-2012, 7.3.7)."""
NOTE = re.compile(r"^\s*附\s*[件录]\s*[：:]\s*(?P<first>.*)$")
ITEM = re.compile(
    r"^\s*(?:附\s*[件录]\s*)?(?P<number>[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})\s*[.．、：:\s]\s*(?P<name>\S.*)$"
)
HEADINGS = (ClauseKind.HEADING, ClauseKind.ARTICLE, ClauseKind.CAPTION)


@dataclass(frozen=True, kw_only=True)
class Annex:
    """An annex: its number as digits (or letter), "" for a single one; its name and where it stands or is named."""

    number: str
    name: str
    clause: str

    @property
    def place(self) -> str:
        """The number by which it is known: a single annex is the first."""
        return self.number or "1"


@dataclass(frozen=True, kw_only=True)
class AnnexFault:
    """What does not fit: missing (referred to), unlisted, listed (and not there), renamed, twice, out_of_order."""

    kind: str
    label: str
    clause: str
    expected: str = ""
    found: str = ""


def present_annexes(clauses: Sequence[Clause]) -> tuple[Annex, ...]:
    """The annexes that are there, in order."""
    return tuple(
        Annex(number=number, name=_name(clause), clause=clause.id)
        for clause in clauses
        if clause.kind in HEADINGS
        for number in [_labelled(clause.number or clause.plain_title)]
        if number is not None
    )


def listed_annexes(clauses: Sequence[Clause]) -> tuple[Annex, ...]:
    """The annexes of the annex note (附件：1.…): the last one of the text."""
    notes = [list(_note(clause)) for clause in clauses if clause.kind is not ClauseKind.TABLE]
    return tuple(next((note for note in reversed(notes) if note), ()))


def named_annexes(clauses: Sequence[Clause]) -> Iterator[Annex]:
    """Where the text refers to an annex of its own: 见附件4, 名单见附件一."""
    for mention in mentions(clauses):
        if mention.kind is MentionKind.ATTACHMENT and LABEL.match(mention.number):
            yield Annex(number=annex_number(mention.number), name="", clause=mention.clause)


def annex_number(label: str) -> str:
    """The number of an annex as digits, or its letter.

    >>> annex_number("附件 四"), annex_number("附录A"), annex_number("附件１２")
    ('4', 'A', '12')
    """
    match = LABEL.match(label)
    return _digits(match[1]) if match else label


def annex_faults(clauses: Sequence[Clause]) -> tuple[AnnexFault, ...]:
    """Everything that does not fit between note, references and the annexes themselves."""
    present, listed = present_annexes(clauses), listed_annexes(clauses)
    numbers = [annex.place for annex in present]
    by_number = {annex.place: annex for annex in present}
    faults = [_fault("twice", annex) for place, annex in enumerate(present) if annex.number in numbers[:place]]
    for annex in listed:
        there = by_number.get(annex.place)
        if there is None:
            faults.append(_fault("listed", annex, expected=annex.name))
        elif annex.name and there.name and _plain(annex.name) != _plain(there.name):
            faults.append(_fault("renamed", there, expected=annex.name, found=there.name))
    known = {annex.place for annex in listed}
    faults.extend(_fault("unlisted", annex) for annex in present if listed and annex.place not in known)
    seen = set(numbers) | known
    missing = {annex.number: annex for annex in named_annexes(clauses) if annex.number not in seen}
    faults.extend(_fault("missing", annex) for annex in missing.values())
    ordinals = [int(number) for number in numbers if number.isdecimal()]
    if ordinals and ordinals != list(range(1, len(ordinals) + 1)) and len(set(ordinals)) == len(ordinals):
        faults.append(_fault("out_of_order", present[0], found="、".join(numbers)))
    return tuple(faults)


def _fault(kind: str, annex: Annex, *, expected: str = "", found: str = "") -> AnnexFault:
    return AnnexFault(kind=kind, label=f"附件{annex.number}", clause=annex.clause, expected=expected, found=found)


def _note(clause: Clause) -> Iterator[Annex]:
    """The lines of an annex note within a clause; what follows the word 附件： until a line is no item."""
    lines = clause.text.split("\n")
    start = next((place for place, line in enumerate(lines) if NOTE.match(line)), None)
    if start is None:
        return
    opening = NOTE.match(lines[start])
    assert opening is not None
    rest = [opening["first"], *lines[start + 1 :]]
    for place, line in enumerate(filter(str.strip, rest), start=1):
        item = ITEM.match(line)
        if item:
            yield Annex(number=_digits(item["number"]), name=item["name"].strip(), clause=clause.id)
        elif place == 1:
            yield Annex(number="", name=line.strip(), clause=clause.id)
        else:
            return


def _labelled(words: str) -> str | None:
    """The number of the annex that these words label; "" for a single one, None where they label none."""
    match = LABEL.match(words)
    if match:
        return _digits(match[1])
    return "" if ONLY.match(words) else None


def _name(clause: Clause) -> str:
    words = clause.plain_title
    if clause.number:
        return words
    return (LABEL if LABEL.match(words) else ONLY).sub("", words, count=1).strip("：: 　")


def _digits(number: str) -> str:
    plain = number.translate(FULL_WIDTH)
    if plain.isascii():
        return str(int(plain)) if plain.isdecimal() else plain
    value = han_value(plain)
    return plain if value is None else str(value)


def _plain(name: str) -> str:
    """A name without blanks, end marks and what kind of copy it is."""
    return re.sub(r"[\s。；;，,、]|[（(](?:格式|样式|样表|摘要|略|文字版)[)）]$", "", squeezed(name))
