"""Pools told apart by place: every fire station has its own engines, so that nobody takes another's.

A procedure says of a pool that every place of a kind has its own (``Pool.per``); an event says which places there are
and how many units each has. Start with ``told_apart``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from sim.figure import Mark, weakest
from sim.procedure import Pool, Procedure
from sim.scenario import Place, ResourceSet, Scenario

SIGN = "@"
"""What stands between a pool and the place it belongs to: ``fire_engine@NS1``."""


def told_apart(procedure: Procedure, scenario: Scenario) -> Procedure:
    """The procedure with a pool for every place of the event, behind the pool it is written as.

    A place that has none gets no pool, unless it has tasks of its own that ask for it. Where the event has no such
    place the pool stays one for everybody; so does every pool of a procedure that tells none apart.

    >>> from sim.durations import minutes_fixed
    >>> from sim.procedure import Hazard, Task
    >>> engine = Pool(id="engine", title="消防车", units=2, per="station", times="engines")
    >>> drive = Task(id="drive", title="行车", duration=minutes_fixed(1))
    >>> written = Procedure(hazard=Hazard.FIRE, tasks=(drive,), pools=(engine,))
    >>> places = tuple(Place(id=f"S{n}", title=f"{n}站", kind="station", numbers=(("engines", n),)) for n in (1, 3))
    >>> fire = Scenario(id="e", hazard=Hazard.FIRE, spread="building", title="x", horizon_min=60, places=places)
    >>> [(pool.id, pool.title, pool.units) for pool in told_apart(written, fire).pools[1:]]
    [('engine@S1', '1站消防车', 1), ('engine@S3', '3站消防车', 3)]
    """
    if not any(pool.per for pool in procedure.pools):
        return procedure
    done = {pool.of for pool in procedure.pools}
    asked = {(need.pool, task.per) for task in procedure.tasks for need in task.needs}
    pools: list[Pool] = []
    for pool in procedure.pools:
        pools.append(pool)
        if pool.per and pool.id not in done:
            pools += _own_pools(pool, scenario, is_asked=(pool.id, pool.per) in asked)
    return replace(procedure, pools=gathered(pools)) if len(pools) > len(procedure.pools) else procedure


def _own_pools(pool: Pool, scenario: Scenario, *, is_asked: bool) -> Iterator[Pool]:
    mark = weakest([Mark.TO_BE_CONFIRMED, *(each.figure.mark for each in scenario.parameters)])
    for place in scenario.of_kind(pool.per):
        units = units_of(pool, place)
        if units or is_asked:
            title, title_en = _titles(pool, place)
            yield replace(
                pool,
                id=own_id(pool.id, place.id),
                title=title,
                title_en=title_en,
                units=units,
                source=f"情景《{scenario.title}》：{place.title}" if pool.times else pool.source,
                mark=mark if pool.times else pool.mark,
                per="",
                times="",
                of=pool.id,
                place=place.id,
            )


def _titles(pool: Pool, place: Place) -> tuple[str, str]:
    """What a place's own pool is called: 城区消防救援站消防车, or by the place alone where that is the unit."""
    if pool.is_place:
        return place.title, place.title_en
    return f"{place.title}{pool.title}", f"{place.title_en}: {pool.title_en}" if place.title_en else ""


def units_of(pool: Pool, place: Place) -> int:
    """How many units of a pool a place has: its own number, or what the pool says of each where it names none."""
    return int(place.get(pool.times, 0.0)) if pool.times else pool.units


def own_id(pool: str, place: str) -> str:
    """The name of a place's own pool.

    >>> own_id("fire_engine", "NS1")
    'fire_engine@NS1'
    """
    return f"{pool}{SIGN}{place}"


def base_id(pool: Pool) -> str:
    """The pool a place's own is written as in the procedure; its own name for any other."""
    return pool.of or pool.id


def gathered(pools: list[Pool]) -> tuple[Pool, ...]:
    """The pools, each that gathers another with as many units as its places have together."""
    together: dict[str, int] = {}
    for pool in pools:
        if pool.of:
            together[pool.of] = together.get(pool.of, 0) + pool.units
    return tuple(replace(pool, units=together[pool.gathers]) if pool.gathers in together else pool for pool in pools)


def standing(procedure: Procedure) -> tuple[Pool, ...]:
    """The pools that units can be taken from: without those that stand as pools of their places."""
    apart = {pool.of for pool in procedure.pools}
    return tuple(pool for pool in procedure.pools if pool.id not in apart)


def own_pools(procedure: Procedure, name: str) -> tuple[str, ...]:
    """The places' own pools that a pool stands for, or gathers: who has other units says of which place."""
    gathers = {pool.id: pool.gathers for pool in procedure.pools}
    return tuple(pool.id for pool in procedure.pools if pool.of and pool.of in (name, gathers.get(name)))


def fitted(scenario: Scenario, procedure: Procedure, resources: ResourceSet) -> Scenario:
    """The event with the numbers of its places that a resource set changes: three engines where it had two.

    Who sends what is the event's; a resource set names a place's own pool to change it.
    """
    sizes = dict(resources.units)
    changed: dict[tuple[str, str], int] = {}
    for pool in procedure.pools:
        if pool.times:
            for place in scenario.of_kind(pool.per):
                asked = sizes.get(own_id(pool.id, place.id))
                if asked is not None:
                    number = (place.id, pool.times)
                    changed[number] = min(asked, changed.get(number, asked))
    return replace(scenario, places=tuple(_with(place, changed) for place in scenario.places)) if changed else scenario


def _with(place: Place, changed: Mapping[tuple[str, str], int]) -> Place:
    own = {name: float(units) for (of, name), units in changed.items() if of == place.id}
    return replace(place, numbers=tuple((dict(place.numbers) | own).items())) if own else place
