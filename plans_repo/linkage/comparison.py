"""A plan beside those it is tied to: levels, time limits, duties, and resources several of them claim."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from sqlmodel import col, select

from plans_repo import access, plans
from plans_repo.against_upper import Stated, is_same_event, later_levels, longer_limits, same_acts, stated
from plans_repo.checks.intervals import Interval, intervals
from plans_repo.checks.intervals import clashes as level_clashes
from plans_repo.errors import PlansRepoError
from plans_repo.importing import is_confirmed
from plans_repo.linkage import duties
from plans_repo.linkage.duties import Clash, Duty
from plans_repo.linkage.links import newest_clauses
from plans_repo.linkage.network import Network, network
from plans_repo.resources import pool_units
from plans_repo.store.roles import Action
from plans_repo.store.tables.plans import UPWARD, PlanRow, RelationKind
from plans_repo.store.work import Work
from plans_repo.text.citation import citations
from plans_repo.text.clause import Clause
from plans_repo.text.finding.limits import FoundLimit
from sim.procedure import Pool, PoolKind

MOST_BESIDE = 8
"""Plans set beside one: the nearest ties first."""
MOST_NEIGHBOURS = 12
"""Plans of the same area whose claims on teams are counted too."""
CLAIMED = frozenset({PoolKind.TEAM, PoolKind.VEHICLE, PoolKind.STOCK, PoolKind.PLACE})
SHARED = re.compile(r"值班|值守|接警|报警|调度[台室]|指挥中心|热线|平台|广播|系统|指挥部|专家")
"""What several plans may use at a time: a desk manned day and night serves them all."""
NEAREST = (RelationKind.UPPER, RelationKind.SPECIAL_OF, RelationKind.LINKED, RelationKind.SUPPORTS)


class Misfit(StrEnum):
    """What does not fit between levels or limits."""

    OVERLAP = "overlap"  # two levels hold for the same number
    GAP = "gap"  # between two levels no level holds
    FALLING = "falling"  # the graver level begins lower
    SAME = "same"  # two levels begin at the same number
    ABOVE_UPPER = "above_upper"  # begins later than the level of the plan above
    LONGER_THAN_UPPER = "longer_than_upper"  # more time than the plan above gives
    SHORTER_THAN_LOWER = "shorter_than_lower"  # a plan below gives more time than this one
    DIFFERENT = "different"  # neighbours give different times


@dataclass(frozen=True, kw_only=True)
class Side:
    """A plan in the comparison: who it is and how it stands to the one looked at ("" for that one itself)."""

    plan: str
    title: str
    relation: RelationKind | None
    is_upper: bool
    is_lower: bool
    citations: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class LevelRow:
    """One indicator over all plans: the intervals of each, and what does not fit."""

    measure: str
    subject: str
    cells: Mapping[str, tuple[Interval, ...]]
    misfits: tuple[tuple[Misfit, str], ...]


@dataclass(frozen=True, kw_only=True)
class LimitRow:
    """The same limit in this plan and another, differing."""

    mine: FoundLimit
    other_plan: str
    other: FoundLimit
    misfit: Misfit


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A pool several plans count on: units by plan, and what the register has (None where it has no such pool).

    *words* is what each plan calls it, where they call it differently.
    """

    pool: Pool
    units: Mapping[str, int]
    registered: int | None
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_added(self) -> bool:
        """Whether the plans' units may be added up: they count the same thing, and it is no desk they all ring."""
        return not self.words and not any(SHARED.search(name) for name in (self.pool.title, *self.words.values()))

    @property
    def is_short(self) -> bool:
        """Whether one plan, or all together where they may be added, counts on more than there is.

        Nothing is said where the plans count different things: 40 persons and 8 squads of one pool.
        """
        wanted = sum(self.units.values()) if self.is_added else max(self.units.values(), default=0)
        return self.registered is not None and not self.words and wanted > self.registered


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """A plan beside those it is tied to."""

    sides: tuple[Side, ...]
    levels: tuple[LevelRow, ...]
    limits: tuple[LimitRow, ...]
    duties: Mapping[str, tuple[Duty, ...]]
    clashes: tuple[Clash, ...]
    without_duty: tuple[tuple[str, str], ...]
    claims: tuple[Claim, ...]
    titles: Mapping[str, str]


def compare(work: Work, plan_id: str) -> Comparison:
    """The plan beside those it is tied to, or may be: by relation, by what its text names, by kind."""
    plan = access.visible_plan(work, plan_id)
    around = network(work, plan_id)
    hazards = _hazards(around)
    texts: dict[str, tuple[Clause, ...]] = {}
    sides = []
    for other, relation, is_upper, is_lower in [(plan_id, None, False, False), *_beside(around, plan_id)]:
        texts[other] = newest_clauses(work, other)
        title = plan.title if other == plan_id else next(e.title for e in around.plans if e.id == other)
        sides.append(
            Side(
                plan=other,
                title=title,
                relation=relation,
                is_upper=is_upper,
                is_lower=is_lower,
                citations=citations(texts[other]),
            )
        )
    titles = {side.plan: side.title for side in sides} | _neighbours(work, plan)
    promises = {side.plan: stated(side.title, hazards.get(side.plan, plan.hazard), texts[side.plan]) for side in sides}
    units = duties.by_unit(duty for side in sides for duty in duties.duties_of(side.plan, texts[side.plan]))
    same_event = {
        side.plan
        for side in sides
        if side.relation is RelationKind.UPPER and hazards.get(side.plan) == hazards.get(plan_id)
    }  # a plan and the one above it for the same hazard speak of one event
    own = {unit: several for unit, several in units.items() if any(duty.plan == plan_id for duty in several)}
    return Comparison(
        sides=tuple(sides),
        levels=tuple(_levels(sides, promises)),
        limits=tuple(_limits(sides, promises)),
        duties={unit: several for unit, several in own.items() if len({duty.plan for duty in several}) > 1},
        clashes=tuple(clash for clash in duties.clashes(own) if plan_id in (clash.first.plan, clash.second.plan)),
        without_duty=duties.without_duty(texts[plan_id]),
        claims=tuple(_claims(work, plan.area, [name for name in titles if name not in same_event])),
        titles=titles,
    )


def _beside(around: Network, plan_id: str) -> list[tuple[str, RelationKind, bool, bool]]:
    """The plans it is tied to, how, whether they stand above, whether below."""
    found: dict[str, tuple[str, RelationKind, bool, bool]] = {}
    ordered = sorted(
        around.ties, key=lambda tie: (tie.is_proposed, NEAREST.index(tie.kind) if tie.kind in NEAREST else 9)
    )
    for tie in ordered:
        if plan_id in (tie.plan, tie.other) and tie.kind is not RelationKind.REPLACES:
            other = tie.other if tie.plan == plan_id else tie.plan
            is_upward = tie.kind in UPWARD
            found.setdefault(
                other, (other, tie.kind, is_upward and tie.plan == plan_id, is_upward and tie.other == plan_id)
            )
    return list(found.values())[:MOST_BESIDE]


def _neighbours(work: Work, plan: PlanRow) -> dict[str, str]:
    """The other plans of the same area: they call on the same teams."""
    query = select(PlanRow.id, PlanRow.title).where(
        PlanRow.area == plan.area, PlanRow.id != plan.id, access.standpoint(work).plans_seen()
    )
    return dict(work.session.exec(query.order_by(col(PlanRow.title)).limit(MOST_NEIGHBOURS)).all())


def _hazards(around: Network) -> dict[str, str]:
    return {entry.id: entry.hazard for entry in around.plans}


def _levels(sides: Sequence[Side], promises: Mapping[str, Stated]) -> Iterator[LevelRow]:
    mine = sides[0].plan
    read = {
        side.plan: intervals(promises[side.plan].levels)
        for side in sides
        if side.plan == mine or is_same_event(promises[mine], promises[side.plan])
    }
    clashed = list(level_clashes(read[mine]))
    keys = dict.fromkeys((one.measure, one.subject) for several in read.values() for one in several)
    later = {one.mine for side in sides if side.is_upper for one in later_levels(promises[mine], promises[side.plan])}
    for measure, subject in keys:
        cells = {
            plan: tuple(one for one in several if (one.measure, one.subject) == (measure, subject))
            for plan, several in read.items()
        }
        if not cells[mine] and sum(map(bool, cells.values())) < 2:
            continue
        misfits = [
            (Misfit(clash.kind), f"{clash.lower.level}、{clash.upper.level}")
            for clash in clashed
            if (clash.lower.measure, clash.lower.subject) == (measure, subject)
        ]
        misfits += [(Misfit.ABOVE_UPPER, one.level) for one in cells[mine] if one in later]
        yield LevelRow(measure=measure, subject=subject, cells=cells, misfits=tuple(dict.fromkeys(misfits)))


def _limits(sides: Sequence[Side], promises: Mapping[str, Stated]) -> Iterator[LimitRow]:
    """Limits for the same act that do not fit: longer than above, shorter than below, other than beside."""
    own = promises[sides[0].plan]
    for side in sides[1:]:
        theirs = promises[side.plan]
        if side.is_upper:
            for one in longer_limits(own, theirs):
                yield LimitRow(mine=one.mine, other_plan=side.plan, other=one.other, misfit=Misfit.LONGER_THAN_UPPER)
        elif side.is_lower:
            for one in longer_limits(theirs, own):
                yield LimitRow(mine=one.other, other_plan=side.plan, other=one.mine, misfit=Misfit.SHORTER_THAN_LOWER)
        else:
            yield from _other_limits(own, theirs, side.plan)


def _other_limits(own: Stated, theirs: Stated, plan: str) -> Iterator[LimitRow]:
    """Limits a neighbour gives otherwise, beside the nearest of its own."""
    for mine, several in same_acts(own, theirs):
        if all(one.minutes != mine.minutes for one in several):
            other = min(several, key=lambda one: abs(one.minutes - mine.minutes))
            yield LimitRow(mine=mine, other_plan=plan, other=other, misfit=Misfit.DIFFERENT)


def _claims(work: Work, area: str, claimants: Sequence[str]) -> Iterator[Claim]:
    """Pools on which the first plan and another one count."""
    units: dict[str, dict[str, int]] = {}
    pools: dict[str, Pool] = {}
    called: dict[str, dict[str, str]] = {}
    for plan in claimants:
        for pool in _pools(work, plan):
            pools.setdefault(pool.id, pool)
            called.setdefault(pool.id, {})[plan] = pool.title
            units.setdefault(pool.id, {})[plan] = pool.units
    known = pool_units(work, area) if work.actor.may(Action.READ_RESOURCES) else {}
    for name, by_plan in units.items():
        if claimants[0] in by_plan and len(by_plan) > 1:
            differ = len(set(called[name].values())) > 1
            words = called[name] if differ else {}
            yield Claim(pool=pools[name], units=by_plan, registered=known.get(name), words=words)


def _pools(work: Work, plan_id: str) -> tuple[Pool, ...]:
    """The pools a plan counts on by the procedure somebody confirmed; what a template proposes claims nothing.

    Of what every station has for itself a plan claims no number: the event says who comes.
    """
    try:
        found = plans.procedure_of(work, plan_id)
    except PlansRepoError:
        return ()
    if not is_confirmed(found):
        return ()
    return tuple(pool for pool in found.pools if pool.kind in CLAIMED and pool.units and not (pool.per or pool.gathers))
