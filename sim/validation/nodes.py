"""Networks built straight from nodes: leaner than a procedure and its compilation, for long runs."""

from __future__ import annotations

from collections.abc import Mapping

from sim.draws import identity
from sim.durations import Law
from sim.network import NOBODY, Demand, Edge, Network, Node
from sim.procedure import JoinKind, Outcome, Pool, TaskKind
from sim.ticks import ticks

WITHOUT_END_MIN = 2e7
"""A horizon that nothing reaches, in minutes."""
ONE_OF_THE_FIRST = (Demand(pool=0, units=1, consumes=False),)
"""The demand for one unit of the first pool; shared, so that it costs a million nodes nothing."""


def a_node(
    index: int,
    task: str,
    law: Law,
    *,
    entity: str = "",
    after: tuple[Edge, ...] = (),
    demands: tuple[Demand, ...] = (),
    tries: int = 1,
    success_share: float = 1.0,
    priority: int = 0,
    preemptible: bool = False,
) -> Node:
    """A node that waits for all of *after* and holds *demands* while it works."""
    return Node(
        index=index,
        task=task,
        entity=entity,
        who=identity(task, entity),
        kind=TaskKind.WORK,
        law=law,
        factor=1.0,
        edges=after,
        join=JoinKind.ALL,
        need=len(after),
        demands=demands,
        priority=priority,
        preemptible=preemptible,
        gate=NOBODY,
        release=NOBODY,
        until=NOBODY,
        process=NOBODY,
        tries=tries,
        success_share=success_share,
        people=0,
    )


def failed(*nodes: int) -> tuple[Edge, ...]:
    """Edges to nodes that must fail for good."""
    return tuple(Edge(node=node, when=Outcome.FAILED) for node in nodes)


def done(*nodes: int) -> tuple[Edge, ...]:
    """Edges to nodes that must be done."""
    return tuple(Edge(node=node, when=Outcome.DONE) for node in nodes)


def a_network(
    nodes: list[Node],
    pools: tuple[int, ...] = (),
    *,
    preemptible: bool = False,
    horizon_min: float = WITHOUT_END_MIN,
) -> Network:
    """The network of these nodes and of pools with so many units."""
    return Network(
        nodes=tuple(nodes),
        pools=tuple(
            Pool(id=f"pool {index}", title=f"pool {index}", units=units, preemptible=preemptible)
            for index, units in enumerate(pools)
        ),
        doors=(),
        moments=(),
        works=(),
        entities=(),
        horizon=ticks(horizon_min),
        level="",
    )


def tasks_in_order(predecessors: Mapping[str, tuple[str, ...]], law: Law) -> Network:
    """Tasks after tasks, each named before its followers, all of one law, with crews enough for all."""
    index = {name: place for place, name in enumerate(predecessors)}
    return a_network(
        [
            a_node(index[name], name, law, after=done(*(index[other] for other in before)))
            for name, before in predecessors.items()
        ]
    )
