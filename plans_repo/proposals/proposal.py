"""The procedure proposed for a text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from plans_repo.importing import Recognised
from plans_repo.packs.reading import Telling, Template, template
from plans_repo.proposals.combination import combined, plain_id
from plans_repo.proposals.levels import with_levels
from plans_repo.proposals.orders import clause_ordering
from plans_repo.proposals.passage import Surroundings
from plans_repo.proposals.promises import promises
from plans_repo.proposals.spreads import spreads_of
from plans_repo.text.clause import Clause
from plans_repo.text.finding.levels import FoundLevel
from plans_repo.text.finding.limits import FoundLimit
from sim.procedure import Hazard, Procedure, Target, Task


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """A procedure proposed for a text, and the limits for which no task was found."""

    procedure: Procedure
    unbound: tuple[FoundLimit, ...]


def procedure_for(recognised: Recognised) -> Procedure | None:
    """The procedure proposed for what was read, for the importer; None where the plan answers no single hazard."""
    if recognised.hazard is None:
        return None
    return propose(
        recognised.hazard, recognised.clauses, recognised.levels, recognised.time_limits, title=recognised.title
    ).procedure


def propose(
    hazard: Hazard,
    clauses: Sequence[Clause],
    levels: Sequence[FoundLevel],
    limits: Sequence[FoundLimit],
    *,
    title: str = "",
) -> Proposal:
    """The procedure proposed for a text of that hazard."""
    templates = [template(spread) for spread in spreads_of(hazard, title, clauses)]
    base = with_levels(combined([item.procedure for item in templates]), levels, clauses)
    found = promises(base, {telling.id: telling for item in templates for telling in item.targets}, limits, clauses)
    tasks = _ordered(base, templates, clauses, found.targets)
    return Proposal(procedure=base.with_tasks(tasks).with_targets(found.targets), unbound=found.unbound)


def _ordered(
    procedure: Procedure, templates: Sequence[Template], clauses: Sequence[Clause], targets: Sequence[Target]
) -> Iterator[Task]:
    """The tasks, each with the clause that promises it, else the one that orders it."""
    promised = {target.task: target.clause for target in reversed(targets) if target.clause}
    surroundings = Surroundings.of(clauses)
    for task in procedure.tasks:
        own = [item for item in templates if task.spread in ("", item.spread)]
        others = [item.spread for item in templates if item not in own]
        telling = _telling(plain_id(task.id), own)
        clause = promised.get(task.id) or clause_ordering(telling, clauses, surroundings, other_spreads=others)
        yield replace(task, clause=clause)


def _telling(name: str, templates: Sequence[Template]) -> Telling:
    """How a text is known to speak of a task, by the first template that says so."""
    tellings = (telling for item in templates for telling in item.tasks if telling.id == name)
    return next(tellings, Telling(id=name, words=()))
