"""What theory says of queues and networks, exactly, to hold the engines against.

Rates and times are in one unit of the caller's choice. Nothing here is simulated.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

Predecessors = Mapping[str, tuple[str, ...]]

BRIDGE: Predecessors = {"sa": (), "sb": (), "ab": ("sa",), "at": ("sa",), "bt": ("sb", "ab")}
"""The bridge network of V11, its arcs as tasks."""

DIAMOND: Predecessors = {"A": (), "B": ("A",), "C": ("A",), "D": ("B", "C")}
"""A, then B and C side by side, then D (V12)."""


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A queue in the long run: times per customer and numbers present."""

    wait_share: float
    in_line_time: float
    in_system_time: float
    in_line: float
    in_system: float


def mmc(arrival_rate: float, service_rate: float, servers: int = 1) -> Waiting:
    """M/M/c by Erlang's C formula.

    >>> queue = mmc(0.9, 1)
    >>> round(queue.in_system, 9), round(queue.in_system_time, 9), round(queue.in_line_time, 9)
    (9.0, 10.0, 9.0)
    """
    load = arrival_rate / service_rate
    spare = 1 - load / servers
    last = load**servers / math.factorial(servers) / spare
    wait_share = last / (sum(load**k / math.factorial(k) for k in range(servers)) + last)
    return _long_run(arrival_rate, service_rate, wait_share, wait_share / (servers * service_rate * spare))


def mg1(arrival_rate: float, mean_service: float, variation: float) -> Waiting:
    """M/G/1 by Pollaczek and Khinchine; *variation* is the service time's sd over its mean.

    >>> round(mg1(0.8, 1, 0.5).in_line_time, 9)
    2.5
    """
    busy = arrival_rate * mean_service
    in_line_time = busy * mean_service * (1 + variation**2) / (2 * (1 - busy))
    return _long_run(arrival_rate, 1 / mean_service, busy, in_line_time)


def md1(load: float) -> Waiting:
    """M/D/1 with service time 1.

    >>> round(md1(0.8).in_line_time, 9)
    2.0
    """
    return mg1(load, 1, 0)


def mm1_longer_share(arrival_rate: float, service_rate: float, time: float) -> float:
    """The share of customers of an M/M/1 queue who spend more than *time* in it.

    >>> round(mm1_longer_share(0.9, 1, 10), 5)
    0.36788
    """
    return math.exp(-(service_rate - arrival_rate) * time)


def _long_run(arrival_rate: float, service_rate: float, wait_share: float, in_line_time: float) -> Waiting:
    in_system_time = in_line_time + 1 / service_rate
    return Waiting(
        wait_share=wait_share,
        in_line_time=in_line_time,
        in_system_time=in_system_time,
        in_line=arrival_rate * in_line_time,
        in_system=arrival_rate * in_system_time,
    )


def makespan_mean(tasks: int, crews: int) -> Fraction:
    """The mean time for crews to finish exponential(1) tasks with no order among them (V10).

    >>> round(float(makespan_mean(20, 4)), 6), round(float(makespan_mean(50, 5)), 6)
    (6.083333, 11.283333)
    """
    return sum((Fraction(1, min(left, crews)) for left in range(1, tasks + 1)), Fraction(0))


def makespan_variance(tasks: int, crews: int) -> Fraction:
    """The variance of that time.

    >>> round(float(makespan_variance(20, 4)), 6)
    2.423611
    """
    return sum((Fraction(1, min(left, crews) ** 2) for left in range(1, tasks + 1)), Fraction(0))


def network_mean(network: Predecessors) -> Fraction:
    """The mean finish of a network of exponential(1) tasks with crews enough for all.

    >>> network_mean(BRIDGE), network_mean(DIAMOND)
    (Fraction(83, 24), Fraction(7, 2))
    """
    return _moments(network)[0]


def network_variance(network: Predecessors) -> Fraction:
    """The variance of that finish.

    >>> network_variance(BRIDGE), network_variance(DIAMOND)
    (Fraction(1663, 576), Fraction(13, 4))
    """
    mean, square = _moments(network)
    return square - mean**2


def criticality(network: Predecessors) -> dict[str, Fraction]:
    """The chance that each task lies on the chain that made the network finish when it did.

    >>> [str(share) for share in criticality(BRIDGE).values()]
    ['19/24', '5/24', '7/12', '5/24', '19/24']
    """
    shares = dict.fromkeys(network, Fraction(0))
    for order, chance in _orders(network, (), Fraction(1)):
        for task in _chain(network, order):
            shares[task] += chance
    return shares


def _running(network: Predecessors, done: frozenset[str]) -> tuple[str, ...]:
    return tuple(task for task, needs in network.items() if task not in done and done.issuperset(needs))


def _moments(network: Predecessors) -> tuple[Fraction, Fraction]:
    """Mean and mean square of the finish, by the chain of sets of finished tasks (Kulkarni & Adlakha 1986)."""

    @cache
    def from_state(done: frozenset[str]) -> tuple[Fraction, Fraction]:
        running = _running(network, done)
        if not running:
            return Fraction(0), Fraction(0)
        stay = Fraction(1, len(running))
        rest = [from_state(done | {task}) for task in running]
        mean, square = (sum(part, Fraction(0)) * stay for part in zip(*rest, strict=True))
        return stay + mean, 2 * stay**2 + 2 * stay * mean + square

    return from_state(frozenset())


def _orders(
    network: Predecessors, order: tuple[str, ...], chance: Fraction
) -> Iterator[tuple[tuple[str, ...], Fraction]]:
    """Every order in which the tasks can finish, with its chance."""
    running = _running(network, frozenset(order))
    if not running:
        yield order, chance
    for task in running:
        yield from _orders(network, (*order, task), chance / len(running))


def _chain(network: Predecessors, order: tuple[str, ...]) -> tuple[str, ...]:
    """The tasks that held each other up, from the last one back."""
    chain = [order[-1]]
    while network[chain[-1]]:
        chain.append(max(network[chain[-1]], key=order.index))
    return tuple(chain)
