"""The targets proposed for a text: the promises it words, then the races no text gives in minutes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from plans_repo.packs.reading import Telling
from plans_repo.proposals.binding import Binder, Claim
from plans_repo.proposals.passage import Surroundings
from plans_repo.proposals.unsaid import margins, stages
from plans_repo.text.clause import Clause
from plans_repo.text.finding.limits import FoundLimit
from sim.figure import Mark
from sim.procedure import Procedure, Target, TargetKind

SOURCE_MOST = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Promises:
    """The targets proposed, and the limits for which no promise of the template was found."""

    targets: tuple[Target, ...]
    unbound: tuple[FoundLimit, ...]


def promises(
    procedure: Procedure, tellings: Mapping[str, Telling], limits: Sequence[FoundLimit], clauses: Sequence[Clause]
) -> Promises:
    """What a text promises of what the procedure can keep; each target says from when it counts."""
    binder = Binder(procedure=procedure, tellings=tellings, surroundings=Surroundings.of(clauses))
    races = [target for target in procedure.targets if target.clock]
    others = [target for target in procedure.targets if not target.clock]
    claims = binder.bound((*limits, *stages(clauses)), others) | binder.bound(tuple(margins(clauses)), races)
    taken = {claim.limit for claim in claims.values()}
    return Promises(
        targets=tuple(_targets(procedure, claims)),
        unbound=tuple(limit for limit in limits if limit not in taken),
    )


def _targets(procedure: Procedure, claims: Mapping[str, Claim]) -> Iterator[Target]:
    """Bound targets as the text words them; of the others the races, or all where the text promises nothing."""
    for target in procedure.targets:
        if target.id in claims:
            yield _worded(target, claims[target.id])
        elif target.kind is not TargetKind.LIMIT or not claims:
            yield replace(target, proposed=True, clause="")


def _worded(target: Target, claim: Claim) -> Target:
    return replace(
        target,
        limit_min=claim.limit.minutes,
        starts=claim.starts or target.starts,
        clause=claim.limit.clause,
        proposed=True,
        source=claim.limit.text.strip()[:SOURCE_MOST],
        mark=Mark.PLAN,
    )
