"""Blanks: what a text that was begun from a template still leaves open."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from plans_repo.text.clause import Clause

_BLANK = re.compile(r"【待填：([^】]+)】")


@dataclass(frozen=True, kw_only=True, slots=True)
class Blank:
    """Something nobody has written yet, and the clause it is missing in."""

    clause: str
    label: str


def blank(label: str) -> str:
    """The mark that stands for what is missing.

    >>> blank("值班电话")
    '【待填：值班电话】'
    """
    return f"【待填：{label}】"


def blanks_of(text: str) -> tuple[str, ...]:
    """The labels of what a text leaves open."""
    return tuple(_BLANK.findall(text))


def blanks(clauses: Iterable[Clause]) -> tuple[Blank, ...]:
    """What is still open, in the order of the text."""
    return tuple(
        Blank(clause=clause.id, label=label) for clause in clauses for label in blanks_of("".join(clause.pieces()))
    )
