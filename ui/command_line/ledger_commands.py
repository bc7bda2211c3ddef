"""``yuyan plan ledger``."""

from __future__ import annotations

from typing import Any

from plans_repo import ledger
from plans_repo.ledger import Contradiction, Side
from plans_repo.text.quantity import Quantity
from ui.command_line.answer import Answer
from ui.command_line.context import Context
from ui.components.ledger_words import KINDS, disagreement, matter, range_text
from ui.wording import _


def show(context: Context) -> Answer:
    """The figures of a version, and where related plans disagree."""
    asked = context.arguments
    with context.reading() as work:
        book = ledger.ledger(work, asked.plan, asked.version)
        found = ledger.contradictions(work, asked.plan)
    lines = [
        "\t".join(
            (book.cited.get(one.clause, ""), _(KINDS[one.kind]), one.quotation, range_text(one), one.about, one.beside)
        )
        for one in book.entries
    ]
    lines += [
        _("不一致：{kind}，{about}：{here} / {there}", kind=disagreement(one), about=matter(one),
          here=_place(one.here), there=_place(one.there))
        for one in found
    ]  # fmt: skip
    fields = {
        "plan": asked.plan,
        "version": book.version,
        "quantities": [quantity_fields(one) | {"cited": book.cited.get(one.clause, "")} for one in book.entries],
        "contradictions": [_contradiction(one) for one in found],
    }
    return Answer(fields=fields, lines=lines)


def quantity_fields(one: Quantity) -> dict[str, Any]:
    """The JSON keys of a figure."""
    names = (
        "clause", "kind", "quotation", "sentence", "value", "unit", "low", "high", "common_unit", "about", "holder",
        "to", "starts", "medium", "window", "joint", "per",
    )  # fmt: skip
    return {name: getattr(one, name) for name in names}


def _contradiction(one: Contradiction) -> dict[str, Any]:
    return {"kind": one.kind, "about": one.about, "here": _fields(one.here), "there": _fields(one.there)}


def _fields(side: Side) -> dict[str, Any]:
    return {name: getattr(side, name) for name in side.__dataclass_fields__}


def _place(side: Side) -> str:
    return f"《{side.title}》{side.cited}“{side.words}”"
