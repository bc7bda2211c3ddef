"""Failures laid on a compiled network.

The network stays an ordinary one: units that
are not there are changes of capacity, a road that is cut is a pool nobody can draw on meanwhile, a pump that
breaks takes its effort away again. No other draw changes, so with and without it are the same luck.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace

from sim.draws import identity
from sim.durations import Fixed
from sim.errors import SimError
from sim.failures import Failure, FailureKind
from sim.network import NOBODY, Demand, Edge, Moment, Network, Node, Swing, Work
from sim.procedure import Change, JoinKind, Outcome, Pool, PoolKind, PoolRule, TaskKind

PASSAGES = 100_000
"""How many may pass where nothing is cut: more than any response asks for, fewer than a relieved pool has."""


def with_failures(network: Network, failures: Iterable[Failure], *, after: int = NOBODY) -> Network:
    """The network in which these things fail; the same network if there are none.

    Their minutes are the run's, or in each run those since the clock *after* struck. Refused: a failure of
    something the network does not have.
    """
    for failure in failures:
        network = _WITH[failure.kind](network, failure, after)
    return network


# -- units that are not there --------------------------------------------------------


def _line(network: Network, failure: Failure, after: int) -> Network:
    """A lost line: seats of a pool, or the line to an entity.

    Where it is lost for good, tries begun from then on fail, so that a messenger goes where the
    procedure has one; where it has none, and where the line comes back, telling waits.
    """
    if _has_pool(network, failure.of):
        return _without_units(network, failure, after)
    told = _nodes_of(network, failure, TaskKind.NOTIFY)
    if not failure.is_for_good:
        return _held(network, failure, told, after)
    replaced = {index for index in told if _has_fallback(network, index)}
    held = [index for index in told if index not in replaced]
    return _held(_without_success(network, failure, replaced, after), failure, held, after)


def _without_success(network: Network, failure: Failure, lost: Collection[int], after: int) -> Network:
    """The network in which no try of these nodes succeeds that begins at the failure's minute or later."""
    if not lost:
        return network
    moments = (*network.moments, _moment("line_lost", failure.of, failure.from_min, after))
    clock = len(network.moments)
    nodes = (replace(n, lost_from=(*n.lost_from, clock)) if n.index in lost else n for n in network.nodes)
    return replace(network, nodes=tuple(nodes), moments=moments)


def _has_fallback(network: Network, index: int) -> bool:
    return any(when is Outcome.FAILED for _, when in network.successors[index])


def _units_or_machine(network: Network, failure: Failure, after: int) -> Network:
    """Absent decision makers, or machines of a pool; a machine may be an entity that wears a process down."""
    if _has_pool(network, failure.of):
        return _without_units(network, failure, after)
    if failure.kind is FailureKind.MACHINE:
        return _broken(network, failure, after)
    raise _nothing(failure)


def _without_units(network: Network, failure: Failure, after: int) -> Network:
    for index, pool in enumerate(network.pools):
        if failure.of in (pool.id, pool.of):
            network = _short(network, index, losses(failure, pool.units, pool.changes), after)
    return network


def losses(failure: Failure, units: int, coming: Iterable[Change] = ()) -> tuple[Change, ...]:
    """What a failure takes from a pool of so many units, and gives back when it ends.

    What came before it begins is there to be lost; where all are lost, so are those *coming* while it lasts.

    >>> failure = Failure(kind=FailureKind.MACHINE, of="boat", from_min=10, until_min=60)
    >>> [(one.at_min, one.units) for one in losses(failure, 2, [Change(at_min=30, units=3)])]
    [(10, -2), (60, 2), (30, -3), (60, 3)]
    >>> [(one.at_min, one.units) for one in losses(failure, 0, [Change(at_min=5, units=3)])]
    [(10, -3), (60, 3)]
    """
    arrivals = tuple(coming)
    present = max(0, units + sum(one.units for one in arrivals if one.at_min < failure.from_min))
    found = [*_changes(failure.from_min, failure.until_min, min(failure.units or present, present))]
    for one in arrivals if not failure.units else ():
        is_meanwhile = one.at_min >= failure.from_min and (failure.until_min is None or one.at_min < failure.until_min)
        if one.units > 0 and is_meanwhile:
            found += _changes(one.at_min, failure.until_min, one.units)
    return tuple(found)


def _short(network: Network, index: int, changes: tuple[Change, ...], after: int) -> Network:
    """The network in which units of a pool come and go."""
    if after != NOBODY:
        swings = (Swing(pool=index, units=one.units, after=after, delay_min=one.at_min) for one in changes)
        return replace(network, swings=(*network.swings, *swings))
    pools = list(network.pools)
    pools[index] = replace(pools[index], changes=(*pools[index].changes, *changes))
    return replace(network, pools=tuple(pools))


def _changes(from_min: float, until_min: float | None, units: int) -> Iterator[Change]:
    if units:
        yield Change(at_min=from_min, units=-units)
        if until_min is not None:
            yield Change(at_min=until_min, units=units)


# -- journeys and calls that cannot begin ----------------------------------------------


def _road(network: Network, failure: Failure, after: int) -> Network:
    """No journey to or from the entity begins while its road is cut."""
    return _held(network, failure, _nodes_of(network, failure, TaskKind.TRAVEL), after)


def _nodes_of(network: Network, failure: Failure, kind: TaskKind) -> list[int]:
    """The nodes of that kind of an entity and what belongs to it; states take no time and are no call or journey.

    Refused if there are none.
    """
    found = [
        node.index
        for node in network.nodes
        if node.kind is kind and not _is_state(node) and failure.of in network.lineage(node.entity)
    ]
    if not found:
        raise _nothing(failure)
    return found


def _is_state(node: Node) -> bool:
    return isinstance(node.law, Fixed) and node.law.minutes == 0


def _held(network: Network, failure: Failure, held: list[int], after: int) -> Network:
    """These nodes draw on a passage that is closed meanwhile; how long each takes does not change."""
    if not held:
        return network
    passage = len(network.pools)
    pool = Pool(
        id=f"{failure.kind}_cut",
        title=f"{_TITLES[failure.kind][0]}（{failure.of}）" if failure.of else _TITLES[failure.kind][0],
        title_en=f"{_TITLES[failure.kind][1]} ({failure.of})" if failure.of else _TITLES[failure.kind][1],
        units=PASSAGES,
        kind=PoolKind.PLACE,
        rule=PoolRule.FREE,
    )
    demand = Demand(pool=passage, units=1, consumes=False)
    chosen = set(held)
    nodes = tuple(
        replace(node, demands=(*node.demands, demand)) if node.index in chosen else node for node in network.nodes
    )
    network = replace(network, nodes=nodes, pools=(*network.pools, pool))
    return _short(network, passage, losses(failure, PASSAGES), after)


# -- a machine that breaks down --------------------------------------------------------


def _broken(network: Network, failure: Failure, after: int) -> Network:
    """Whatever the machine has added to a process is taken away while it is broken.

    Each node that adds its effort gets a breakdown behind it, at the failure's minute or
    at once if the machine came later, and a repair that gives the effort back.
    """
    parts = [
        (work, node, effort)
        for work, found in enumerate(network.works)
        for node, effort in found.efforts
        if network.nodes[node].entity == failure.of
    ]
    if not parts:
        raise _nothing(failure)
    moments = [*network.moments, _moment("breakdown", failure.of, failure.from_min, after)]
    if failure.until_min is not None:
        moments.append(_moment("repair", failure.of, failure.until_min, after))
    nodes, works = list(network.nodes), list(network.works)
    for work, node, effort in parts:
        broken = _event(network.nodes[node], "breakdown", len(nodes), node, len(network.moments))
        nodes.append(broken)
        works[work] = _adding(works[work], broken.index, -effort)
        if failure.until_min is not None:
            repaired = _event(network.nodes[node], "repair", len(nodes), broken.index, len(network.moments) + 1)
            nodes.append(repaired)
            works[work] = _adding(works[work], repaired.index, effort)
    return replace(network, nodes=tuple(nodes), moments=tuple(moments), works=tuple(works))


def _moment(name: str, entity: str, at_min: float, after: int) -> Moment:
    who = identity("clock", f"{name}@{entity}")
    return Moment(name=name, entity=entity, who=who, law=None, base_min=at_min, offset_min=0.0, after=after)


def _event(source: Node, name: str, index: int, after: int, release: int) -> Node:
    """Something that merely happens to an entity, after a node and not before a moment."""
    return replace(
        source,
        index=index,
        task=name,
        who=identity(f"{name} {source.task}", source.entity),
        kind=TaskKind.WORK,
        law=Fixed(minutes=0.0),
        factor=1.0,
        edges=(Edge(node=after, when=Outcome.DONE),),
        join=JoinKind.ALL,
        need=1,
        demands=(),
        priority=0,
        preemptible=False,
        gate=NOBODY,
        release=release,
        until=NOBODY,
        process=NOBODY,
        tries=1,
        success_share=1.0,
    )


def _adding(work: Work, node: int, effort: float) -> Work:
    return replace(work, efforts=(*work.efforts, (node, effort)))


def _has_pool(network: Network, name: str) -> bool:
    """Whether there is such a pool; one that every place has for itself fails everywhere under its common name."""
    return bool(name) and any(name in (pool.id, pool.of) for pool in network.pools)


def _nothing(failure: Failure) -> SimError:
    return SimError(
        "failure-of-nothing",
        thing=f"failure of {failure.of or 'every road'}",
        field="of",
        rule="must name something of the network",
        value=failure.of,
    )


_TITLES = {FailureKind.LINE: ("通信中断", "line lost"), FailureKind.ROAD: ("道路中断", "road cut")}
_WITH: dict[FailureKind, Callable[[Network, Failure, int], Network]] = {
    FailureKind.LINE: _line,
    FailureKind.COMMANDER: _units_or_machine,
    FailureKind.ROAD: _road,
    FailureKind.MACHINE: _units_or_machine,
}
