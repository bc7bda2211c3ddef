"""How a clause is cited: by the whole of its number, so that （四） of one chapter is not taken for another's."""

from __future__ import annotations

import re
from collections.abc import Iterable

from plans_repo.text.clause import Clause, parents

_ALONE = re.compile(r"^(?:第.+条|\d+(?:\.\d+)+|附[件录].*)$")
"""Numbers that say by themselves where they stand: 第三十七条, 4.2.1, 附件2."""


def citations(clauses: Iterable[Clause]) -> dict[str, str]:
    """The citation of every clause by id; its title where neither it nor what stands above it has a number."""
    known = {clause.id: clause for clause in clauses}
    above = parents(known.values())
    return {name: _citation(clause, known, above) for name, clause in known.items()}


def _citation(clause: Clause, known: dict[str, Clause], above: dict[str, str]) -> str:
    numbers: list[str] = []
    here: Clause | None = clause
    while here is not None:
        if here.number:
            numbers.append(here.number.rstrip("、.．"))
            if _ALONE.match(here.number):
                break
        here = known.get(above.get(here.id, ""))
    return "".join(reversed(numbers)) or clause.title[:20]
