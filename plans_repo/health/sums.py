"""Sums of a text and its tables that do not come out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plans_repo.health.defect import Defect, DefectKind
from plans_repo.text.clause import Clause
from plans_repo.text.finding.sums import wrong_sums

SHOWN = 8


def sum_defects(clauses: Sequence[Clause]) -> Iterator[Defect]:
    """Wholes that are not what their parts come to; which of the figures is wrong a person has to say."""
    for one in wrong_sums(clauses):
        more = ("……",) if len(one.parts) > SHOWN else ()
        yield Defect(
            kind=DefectKind.SUM,
            reason="column_differs" if one.column else "sum_differs",
            clause=one.clause,
            quotation=one.quotation[:120],
            fields={
                "whole": one.whole,
                "added": f"{one.added}{one.unit}",
                "parts": "＋".join((*one.parts[:SHOWN], *more)),
                "column": one.column,
            },
        )
