"""Which lines ask for the same, and which pools and queues have to do with each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.network import Demand, Network

Demands = tuple[Demand, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Islands:
    """Lines by queue, queues and pools by island, each by its number.

    A *queue* is made of the lines with equal demands. An *island* holds pools that are
    asked for together, directly or by way of others, and all queues for them: what
    happens in one cannot let anybody start in another. A queue that asks for nothing is
    an island of its own.
    """

    queue_of: tuple[int, ...]
    queues: int
    island_of_queue: tuple[int, ...]
    island_of_pool: tuple[int, ...]
    islands: int


def islands_of(network: Network, demands_of: Sequence[Demands]) -> Islands:
    """The queues and islands of a network whose lines ask for *demands_of*."""
    numbers: dict[Demands, int] = {}
    queue_of = tuple(numbers.setdefault(demands, len(numbers)) for demands in demands_of)
    root = list(range(len(network.pools)))
    for demands in numbers:
        for demand in demands[1:]:
            root[_root(root, demand.pool)] = _root(root, demands[0].pool)
    names: dict[int | None, int] = {}
    of_pool = tuple(names.setdefault(_root(root, pool), len(names)) for pool in range(len(root)))
    of_queue = tuple(
        names.setdefault(_root(root, demands[0].pool) if demands else None, len(names)) for demands in numbers
    )
    return Islands(
        queue_of=queue_of,
        queues=len(numbers),
        island_of_queue=of_queue,
        island_of_pool=of_pool,
        islands=len(names),
    )


def _root(root: list[int], pool: int) -> int:
    while root[pool] != pool:
        root[pool] = root[root[pool]]
        pool = root[pool]
    return pool
