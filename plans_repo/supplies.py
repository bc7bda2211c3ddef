"""What the resource register gives the pools of a study: the entries behind every number, as they stood that day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

from plans_repo.local_units import LocalUnits
from plans_repo.organisations import Organisation, organisations
from plans_repo.packs import reading as packs
from plans_repo.packs.naming import name_of
from plans_repo.resources import STAND_IN, Resource, supplying, visible_entries
from plans_repo.store.work import Work
from sim.apart import base_id, standing
from sim.figure import Mark, weakest
from sim.procedure import Pool, Procedure
from sim.scenario import ResourceSet


@dataclass(frozen=True, kw_only=True, slots=True)
class Supply:
    """What one entry of the register gives a pool: *quantity* in the entry's unit makes *units* of the pool."""

    pool: str
    entry: str
    title: str
    title_en: str = ""
    keeper: str
    keeper_en: str = ""
    quantity: int
    unit: str
    units: int
    checked_on: date | None = None
    source: str = ""
    source_en: str = ""
    mark: Mark = Mark.TO_BE_CONFIRMED


@dataclass(frozen=True, kw_only=True, slots=True)
class Others:
    """Entries behind a pool that the reader may not see in the register: how many, and the units they make."""

    pool: str
    entries: int
    units: int
    mark: Mark


@dataclass(frozen=True, kw_only=True, slots=True)
class Lot:
    """Entries of one keeper that agree in unit, day, source and mark, added up."""

    titles: tuple[tuple[str, str], ...]
    keeper: str
    keeper_en: str
    quantity: int
    unit: str
    units: int
    checked_on: date | None
    source: str
    source_en: str
    mark: Mark


@dataclass(frozen=True, kw_only=True, slots=True)
class PoolCount:
    """How many units of a pool a study had, and where the number comes from.

    *is_counted* says that the register gave it, *local* that the event gives it place by
    place; otherwise it is the procedure's own.
    """

    pool: Pool
    units: int
    is_counted: bool
    supplies: tuple[Supply, ...] = ()
    others: Others | None = None
    local: LocalUnits | None = None

    @property
    def entries(self) -> int:
        """How many entries of the register are behind the number."""
        return len(self.supplies) + (self.others.entries if self.others else 0)

    @property
    def mark(self) -> Mark:
        """The mark of the number: of a sum, that of its weakest entry."""
        if self.local:
            return self.local.mark
        known = [supply.mark for supply in self.supplies] + ([self.others.mark] if self.others else [])
        return weakest(known) if self.is_counted else self.pool.mark

    @property
    def lots(self) -> tuple[Lot, ...]:
        """The entries behind the number by keeper, the largest first."""
        return lots_of(self.supplies)


def supplies(work: Work, area: str, pools: Iterable[str]) -> tuple[Supply, ...]:
    """The entries of an area and below that stand ready for *pools*, for the record of a study."""
    wanted = frozenset(pools)
    bodies = {body.id: body for body in organisations(work)}
    return tuple(_supply(item, bodies[item.keeper]) for item in supplying(work, area) if item.pool in wanted)


def _supply(item: Resource, keeper: Organisation) -> Supply:
    title, title_en = STAND_IN.get(item.kind, (item.title, item.title_en))
    return Supply(
        pool=item.pool,
        entry=item.id,
        title=title,
        title_en=title_en,
        keeper=keeper.name,
        keeper_en=keeper.name_en,
        quantity=item.quantity,
        unit=item.unit,
        units=item.ready_units,
        checked_on=item.checked_on,
        source=item.source,
        source_en=item.source_en,
        mark=item.mark,
    )


def for_reader(work: Work, found: Iterable[Supply]) -> tuple[tuple[Supply, ...], tuple[Others, ...]]:
    """The supplies whose entries the actor may see in the register, and the rest of every pool as a sum."""
    every = tuple(found)
    seen = visible_entries(work, {supply.entry for supply in every})
    rest: dict[str, list[Supply]] = {}
    for supply in every:
        if supply.entry not in seen:
            rest.setdefault(supply.pool, []).append(supply)
    return tuple(supply for supply in every if supply.entry in seen), tuple(map(_others, rest.values()))


def _others(rest: list[Supply]) -> Others:
    return Others(
        pool=rest[0].pool,
        entries=len(rest),
        units=sum(supply.units for supply in rest),
        mark=weakest(supply.mark for supply in rest),
    )


def pool_counts(
    procedure: Procedure, resources: ResourceSet, found: Iterable[Supply], others: Iterable[Others] = ()
) -> tuple[PoolCount, ...]:
    """The pools of a procedure with the units they have for everybody, the entries *found* and the *others* behind.

    A pool of which every place has its own is counted place by place; what gathers it is no stock beside it.
    """
    sizes = dict(resources.units)
    rest = {each.pool: each for each in others}
    by_pool: dict[str, list[Supply]] = {}
    for supply in found:
        by_pool.setdefault(supply.pool, []).append(supply)
    return tuple(
        PoolCount(
            pool=pool,
            units=sizes.get(pool.id, pool.units),
            is_counted=pool.id in sizes,
            supplies=tuple(by_pool.get(pool.id, ())),
            others=rest.get(pool.id),
        )
        for pool in standing(procedure)
        if not pool.gathers
    )


def with_local(counts: Iterable[PoolCount], local: Iterable[LocalUnits], common: frozenset[str]) -> Iterator[PoolCount]:
    """The counts of a study whose event gives *local* units.

    These stand in the place of the units for everybody, which stay beside them only where
    the pool is among the *common* ones, that is, some task takes of them.
    """
    by_pool = {each.pool: each for each in local}
    for count in counts:
        own = by_pool.get(count.pool.id)
        if own:
            yield PoolCount(pool=count.pool, units=own.units, is_counted=False, local=own)
        if not own or own.pool in common:
            yield count


def lots_of(found: Iterable[Supply]) -> tuple[Lot, ...]:
    """Entries added up by keeper, unit, day, source and mark, the largest first."""
    together: dict[tuple[object, ...], list[Supply]] = {}
    for supply in found:
        key = (supply.keeper, supply.unit, supply.checked_on, supply.source, supply.mark)
        together.setdefault(key, []).append(supply)
    return tuple(sorted(map(_lot, together.values()), key=lambda lot: -lot.units))


def _lot(found: list[Supply]) -> Lot:
    first = found[0]
    return Lot(
        titles=tuple((supply.title, supply.title_en) for supply in found),
        keeper=first.keeper,
        keeper_en=first.keeper_en,
        quantity=sum(supply.quantity for supply in found),
        unit=first.unit,
        units=sum(supply.units for supply in found),
        checked_on=first.checked_on,
        source=first.source,
        source_en=first.source_en,
        mark=first.mark,
    )


@cache
def known_pools() -> Mapping[str, Pool]:
    """The pools that the procedures of the packs draw on, by id: what an entry of the register can supply."""
    every = (pool for name in packs.names("procedures") for pool in packs.template(name).procedure.pools)
    found: dict[str, Pool] = {}
    for pool in every:
        found.setdefault(pool.id, pool)
    return MappingProxyType(found)


def unit_of(pool: Pool, language: str) -> str:
    """What the units of a pool are counted in.

    >>> unit_of(Pool(id="boat", title="冲锋舟", units=2), "zh"), unit_of(Pool(id="x", title="救援队", units=2), "en")
    ('艘', 'teams')
    """
    name = base_id(pool)
    own = name_of("unit_of_pool", name, language)
    return own if own != name else name_of("unit_of_kind", pool.kind.value, language)


def unit_word(unit: str, language: str) -> str:
    """The unit something is counted or measured in, as it is where the pack does not know it.

    >>> unit_word("顶", "zh"), unit_word("顶", "en"), unit_word("车皮", "en"), unit_word("mm", "zh")
    ('顶', 'tents', '车皮', '毫米')
    """
    return name_of("unit_of_entry", unit, language)
