"""A15: the annexes listed and referred to are there, under their numbers and names."""

from __future__ import annotations

from collections.abc import Iterator

from plans_repo.checks.annexes import annex_faults, listed_annexes, named_annexes, present_annexes
from plans_repo.checks.dossier import Dossier
from plans_repo.checks.parts import at_clause, failed, judge, passed, unfit
from plans_repo.checks.result import Part
from plans_repo.checks.rule import Rule


@judge("A15")
def annexes(dossier: Dossier, rule: Rule) -> Iterator[Part]:
    """What the note lists and what the text refers to is there; numbers and names are those of the note."""
    present = present_annexes(dossier.clauses)
    if not present and not listed_annexes(dossier.clauses) and not any(named_annexes(dossier.clauses)):
        yield unfit("none")
        return
    faults = annex_faults(dossier.clauses)
    for fault in faults:
        told = {"annex": fault.label, "wanted": fault.expected, "name": fault.found}
        yield failed(fault.kind, at_clause(dossier, fault.clause), **told)
    if not faults:
        yield passed(count=len(present))
