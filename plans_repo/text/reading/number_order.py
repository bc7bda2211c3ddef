"""Numbers that come twice or leave a gap; they are reported, never repaired."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plans_repo.text.clause import Clause, outline, parents
from plans_repo.text.reading.numbers import Number, number_of_label
from plans_repo.text.reading.source import Notice


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
            yield from _notices(before[0], number, clause)


def _notices(before: Number, number: Number, clause: Clause) -> Iterator[Notice]:
    step = number.values[-1] - before.values[-1]
    if number.values[:-1] != before.values[:-1] or step == 1 or (number.values[-1] == 1 and step):
        return
    code = "number-repeated" if step == 0 else "number-out-of-order"
    fields = (("heading", clause.heading), ("clause", clause.id), ("before", before.label))
    yield Notice(code=code, fields=fields)
