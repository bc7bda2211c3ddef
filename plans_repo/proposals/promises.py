"""The targets proposed for a text: the promises it words, then the races no text gives in minutes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from plans_repo.packs.reading import Telling
from plans_repo.proposals.binding import Binder
from plans_repo.proposals.claims import Claim
from plans_repo.proposals.passage import Surroundings, passage
from plans_repo.proposals.restriction import restriction
from plans_repo.proposals.scale import Scale
from plans_repo.proposals.unsaid import margins, stages
from plans_repo.text.clause import Clause
from plans_repo.text.finding.limits import FoundLimit, LimitKind, time_limits
from sim.circumstance import Circumstance
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
    around = Surroundings.of(clauses)
    scale = Scale.of(procedure.levels, around)
    binder = Binder(procedure=procedure, tellings=tellings, surroundings=around, scale=scale)
    races = [target for target in procedure.targets if target.clock]
    others = [target for target in procedure.targets if not target.clock]
    plain, ahead = (*limits, *stages(clauses)), tuple(margins(clauses))
    claims = binder.bound(plain, others) | binder.bound(ahead, races)
    taken = {claim.limit for every in claims.values() for claim in every}
    return Promises(
        targets=tuple(_targets(procedure, claims)),
        unbound=_in_order((limit for limit in (*plain, *ahead) if limit not in taken), taken, clauses),
    )


def unbound_limits(procedure: Procedure, clauses: Sequence[Clause]) -> tuple[FoundLimit, ...]:
    """The response limits of a text that no target of the procedure carries, in the order of the text.

    A target carries one limit of its sentence with its minutes, where it quotes none one of its
    clause; a race carries the limits counted back from the hazard's arrival, every other target
    those counted on.
    """
    plain, ahead = (*time_limits(clauses), *stages(clauses)), tuple(margins(clauses))
    races = [target for target in procedure.targets if target.clock]
    others = [target for target in procedure.targets if not target.clock]
    carried = {*_carried(plain, others), *_carried(ahead, races)}
    free = (each for each in (*plain, *ahead) if each not in carried and each.kind is LimitKind.RESPONSE)
    return _in_order(free, carried, clauses)


def cases_of(
    procedure: Procedure, limit: FoundLimit, clauses: Sequence[Clause]
) -> tuple[tuple[str, ...], tuple[Circumstance, ...]]:
    """The levels and circumstances a limit of a text is worded for, () for all or where that cannot be told."""
    around = Surroundings.of(clauses)
    others = [other for other in time_limits(clauses) if other.clause == limit.clause]
    titles = around.titles(limit.clause)
    case = passage(limit, others, titles, around.lead_in(limit)).case
    found = restriction(limit, around.clauses.get(limit.clause), titles, case, Scale.of(procedure.levels, around))
    if found is None:
        return (), ()
    graver_first = sorted(procedure.levels, key=lambda level: -level.rank)
    labels = tuple(level.label for level in graver_first if level.label in found.levels)
    return labels, tuple(each for each in Circumstance if each in found.circumstances)


def _carried(limits: Iterable[FoundLimit], targets: Iterable[Target]) -> Iterator[FoundLimit]:
    """The limits that targets carry: of each sentence and length as many as there are promises of it."""
    quoted = {(target.promise, target.clause, target.limit_min, target.source) for target in targets}
    left = Counter((clause, minutes, source) for _, clause, minutes, source in quoted)
    sources = {(limit.clause, _source(limit)) for limit in limits}
    loose = Counter({key[:2]: count for key, count in left.items() if (key[0], key[2]) not in sources})
    for limit in limits:
        key = limit.clause, limit.minutes, _source(limit)
        if left[key] > 0:
            left[key] -= 1
            yield limit
        elif loose[key[:2]] > 0:
            loose[key[:2]] -= 1
            yield limit


def _source(limit: FoundLimit) -> str:
    """The sentence of a limit as a target quotes it."""
    return limit.text.strip()[:SOURCE_MOST]


def _in_order(
    free: Iterable[FoundLimit], taken: Iterable[FoundLimit], clauses: Sequence[Clause]
) -> tuple[FoundLimit, ...]:
    """The free limits in the order of the text, each place once; a place that is taken another way is not free."""
    order = {clause.id: place for place, clause in enumerate(clauses)}
    used = {_place(limit) for limit in taken}
    first: dict[tuple[str, str, int], FoundLimit] = {}
    for limit in free:
        if _place(limit) not in used:
            first.setdefault(_place(limit), limit)
    text = {clause.id: clause.text for clause in clauses}
    return tuple(
        sorted(
            first.values(),
            key=lambda each: (order.get(each.clause, -1), text.get(each.clause, "").find(each.text), each.at),
        )
    )


def _place(limit: FoundLimit) -> tuple[str, str, int]:
    return limit.clause, limit.text, limit.at


def _targets(procedure: Procedure, claims: Mapping[str, Sequence[Claim]]) -> Iterator[Target]:
    """Bound targets as the text words them; of the others the races and what holds for people everywhere, or all.

    All of the template are proposed where the text promises nothing.
    """
    ids = {level.label: level.id for level in procedure.levels}
    for target in procedure.targets:
        if target.id in claims:
            yield from (_worded(target, claim, ids) for claim in claims[target.id])
        elif target.clock or not claims or (target.kind is TargetKind.SHARE and target.mark is Mark.READ):
            yield replace(target, proposed=True, clause="")


def _worded(target: Target, claim: Claim, level_ids: Mapping[str, str]) -> Target:
    only = [*(level_ids[label] for label in claim.levels), *claim.circumstances]
    return replace(
        target,
        id=f"{target.id}.{'-'.join(only)}" if only else target.id,
        limit_min=claim.limit.minutes,
        starts=claim.starts or target.starts,
        levels=claim.levels,
        circumstances=claim.circumstances,
        clause=claim.limit.clause,
        proposed=True,
        source=_source(claim.limit),
        mark=Mark.PLAN,
    )
