"""Changed clauses in lines of plain text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType

from plans_repo.text.difference import ClauseChange
from plans_repo.text.tokens import Op
from ui.components.plan_names import CHANGES
from ui.wording import _

MARKS: Mapping[Op, str] = MappingProxyType({Op.EQUAL: "{}", Op.DELETE: "[-{}-]", Op.INSERT: "[+{}+]"})
"""How words that stayed, went and came are told apart."""


def changed_lines(changed: Iterable[ClauseChange], waiting: Collection[str] = ()) -> Iterator[str]:
    """A line for each changed clause; those in *waiting* wait for a decision."""
    for one in changed:
        words = "".join(MARKS[token.op].format(token.text) for token in one.tokens)
        yield f"{_(CHANGES[one.change][0])}\t{_('待定夺') if one.clause in waiting else ''}\t{words}"
