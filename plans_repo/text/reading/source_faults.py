"""Faults of the source that are reported and never repaired: numbers, and attachments that are not there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from plans_repo.text.clause import Clause, ClauseKind, outline, parents
from plans_repo.text.reading.han_numbers import FULL_WIDTH, HAN_NUMERAL, han_value
from plans_repo.text.reading.numbers import Family, Number, number_of_label
from plans_repo.text.reading.source import Notice

CITED = re.compile(
    rf"(?:见|参照|参考|按照?|依照|详见|参见|和|、|及)\s*[（(]?\s*附\s*([件录表图])\s*((?:{HAN_NUMERAL}+|[0-9０-９]+|[A-ZＡ-Ｚ])(?![A-Za-z0-9]))"
)
PLAIN = (Family.SINGLE, Family.DECIMAL)


def source_faults(clauses: Sequence[Clause]) -> Iterator[Notice]:
    """Everything in the numbers and attachments that does not fit together, each with its clause."""
    yield from number_notices(clauses)
    yield from _depth_notices(clauses)
    yield from _missing_attachments(clauses)


def number_notices(clauses: Sequence[Clause]) -> Iterator[Notice]:
    """One notice for each heading whose number does not follow the one before it at its place."""
    headings = outline(clauses)
    above = parents(headings)
    last: dict[tuple[str, str, int], tuple[Number, Clause]] = {}
    for clause in headings:
        number = number_of_label(clause.number) if clause.number else None
        if number is None or not number.values:
            continue
        key = (above[clause.id], number.family.value, number.depth)
        before = last.get(key)
        last[key] = (number, clause)
        if before:
            yield from _order_notices(before[0], number, clause)


def _order_notices(before: Number, number: Number, clause: Clause) -> Iterator[Notice]:
    step = number.values[-1] - before.values[-1]
    if number.values[:-1] != before.values[:-1] or step == 1 or (number.values[-1] == 1 and step):
        return
    yield _notice("number-repeated" if step == 0 else "number-out-of-order", clause, before=before.label)


def _depth_notices(clauses: Sequence[Clause]) -> Iterator[Notice]:
    """Headings such as 2.2.5.6 right under 2.2, or 3.2 in chapter 2."""
    headings = outline(clauses)
    above = parents(headings)
    by_id = {clause.id: clause for clause in headings}
    for clause in headings:
        parent = by_id.get(above[clause.id])
        own, upper = _plain_number(clause), _plain_number(parent) if parent else None
        if own is None or upper is None or own.depth < 2:
            continue
        if own.depth > upper.depth + 1:
            yield _notice("level-too-deep", clause, before=upper.label)
        elif own.depth == upper.depth + 1 and own.values[:-1] != upper.values:
            yield _notice("number-under-other", clause, before=upper.label)


def _plain_number(clause: Clause) -> Number | None:
    number = number_of_label(clause.number) if clause.number else None
    return number if number and number.values and number.family in PLAIN else None


def _missing_attachments(clauses: Sequence[Clause]) -> Iterator[Notice]:
    """Attachments the text points to that the file does not hold, each once."""
    present = {label for clause in clauses for label in _labels_of(clause)}
    seen: set[str] = set()
    for clause in clauses:
        if clause.kind in (ClauseKind.FRONT, ClauseKind.HEADER, ClauseKind.FOOTER):
            continue
        for match in CITED.finditer(f"{clause.text}\n{clause.table.text if clause.table else ''}"):
            label = _label(match[1], match[2])
            if label not in present and label not in seen:
                seen.add(label)
                yield _notice("attachment-missing", clause, attachment=label)


def _labels_of(clause: Clause) -> Iterator[str]:
    """What an attachment, a table or a picture of the file is called."""
    words = clause.number or (clause.text if clause.kind is ClauseKind.CAPTION else "")
    match = re.match(r"附\s*([件录表图])\s*([^\s：:、.．（(]{1,4})?", words)
    if match and clause.kind in (ClauseKind.HEADING, ClauseKind.CAPTION):
        yield _label(match[1], match[2] or "")


def _label(kind: str, numeral: str) -> str:
    value = han_value(numeral) if numeral else None
    return f"附{kind}{value if value is not None else numeral.translate(FULL_WIDTH)}"


def _notice(code: str, clause: Clause, **fields: str) -> Notice:
    """A notice about a heading; *heading* is what a reader sees of it."""
    heading = clause.heading or clause.text[:20]
    return Notice(code=code, fields=(("heading", heading), ("clause", clause.id), *fields.items()))
