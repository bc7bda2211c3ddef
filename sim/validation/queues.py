"""Waiting lines in the long run (V01-V04): customers as nodes, judged by batch means.

Customer *i* arrives when arrival node *i* ends, which follows arrival node *i − 1*, and
is then served by a node that needs a unit of the servers' pool. The first customers are
thrown away, the rest cut into long batches; what one run is too short for, many runs of
the same line give. What a batch says of a waiting time depends for the most part on
whether its customers happened to come fast and be served slowly; these two means are
known beforehand, so a regression on them (control variates) takes that luck out and
leaves an interval for the waiting time at the true rates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.chunk import Engine
from sim.durations import Exponential, Fixed, Law, Lognormal
from sim.log import Spans
from sim.network import Edge, Network, Node
from sim.quantiles import t_quantile
from sim.statistics import Interval, lognormal_from_mean
from sim.ticks import TICKS_PER_MIN
from sim.validation.case import ALPHA, Case, CaseMark, Check, simulated
from sim.validation.nodes import ONE_OF_THE_FIRST, a_network, a_node, done
from sim.validation.spans import TABLE_SHARE, Length, length, spans_of

Floats = NDArray[np.float64]
Ticks = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A waiting line: its laws in minutes, its servers, and how long it is watched.

    *square_min2* is the known mean of the squared service time, if it is to be a control as well.
    """

    arrivals: Law
    arrival_min: float
    service: Law
    service_min: float
    servers: int
    customers: int
    warm_up: int
    batches: int
    square_min2: float = 0.0


def poisson_line(
    rate: float, service: Law, service_min: float, servers: int, *, customers: int, batches: int = 40
) -> Line:
    """Customers at random at *rate* a minute; a twentieth of them is thrown away, the rest cut in batches."""
    arrival_min = 1 / rate
    return Line(
        arrivals=Exponential(mean_min=arrival_min),
        arrival_min=arrival_min,
        service=service,
        service_min=service_min,
        servers=servers,
        customers=customers,
        warm_up=customers // 20,
        batches=batches,
    )


def network_of(line: Line) -> Network:
    """Two nodes a customer: coming after the last one, and being served."""
    nodes: list[Node] = []
    last: tuple[Edge, ...] = ()
    for customer in range(line.customers):
        index = 2 * customer
        nodes.append(a_node(index, "arrive", line.arrivals, entity=str(customer), after=last))
        last = done(index)
        nodes.append(
            a_node(index + 1, "serve", line.service, entity=str(customer), after=last, demands=ONE_OF_THE_FIRST)
        )
    return a_network(nodes, (line.servers,))


@dataclass(frozen=True, kw_only=True, slots=True)
class Watched:
    """When each customer came, was served and left, in ticks."""

    line: Line
    arrived: Ticks
    started: Ticks
    left: Ticks

    @property
    def waited_min(self) -> Floats:
        """Minutes each customer stood in line."""
        return _minutes(self.started - self.arrived)

    @property
    def stayed_min(self) -> Floats:
        """Minutes each customer spent in line and in service."""
        return _minutes(self.left - self.arrived)

    def by_batch(self, values: Floats) -> Floats:
        """The mean by batch of what was seen of each customer."""
        return _batched(self.line, values)

    def present(self) -> Floats:
        """The mean number in the system by batch, from counting heads, not from Little's law."""
        minutes, customer_minutes = _heads_by_time(self.arrived, self.left)
        edges = _minutes(self.arrived)[_edges(self.line)]
        means: Floats = np.diff(np.interp(edges, minutes, customer_minutes)) / np.diff(edges)
        return means

    def in_line(self) -> Floats:
        """The mean number waiting to be served by batch, from counting heads."""
        minutes, customer_minutes = _heads_by_time(self.arrived, self.started)
        edges = _minutes(self.arrived)[_edges(self.line)]
        means: Floats = np.diff(np.interp(edges, minutes, customer_minutes)) / np.diff(edges)
        return means

    def controls(self) -> list[Floats]:
        """By batch, how far the gaps between customers and their services lay off the known means."""
        gaps = np.diff(_minutes(self.arrived), prepend=0.0)
        controls = [_batched(self.line, gaps) - self.line.arrival_min]
        if self.line.service.is_random:
            services = _minutes(self.left - self.started)
            controls.append(_batched(self.line, services) - self.line.service_min)
            if self.line.square_min2:
                controls.append(_batched(self.line, services**2) - self.line.square_min2)
        return controls


Seen = Callable[[Watched], Floats]
"""Something to be seen in a line, batch by batch."""


def waited(watched: Watched) -> Floats:
    """Minutes in line."""
    return watched.by_batch(watched.waited_min)


def stayed(watched: Watched) -> Floats:
    """Minutes in line and in service."""
    return watched.by_batch(watched.stayed_min)


def had_to_wait(watched: Watched) -> Floats:
    """The share of customers who waited at all."""
    return watched.by_batch((watched.waited_min > 0).astype(np.float64))


def stayed_longer(watched: Watched) -> Floats:
    """The share of customers who stayed for more than ten minutes."""
    return watched.by_batch((watched.stayed_min > 10).astype(np.float64))


def watch(line: Line, network: Network, engine: Engine, *, seed: int, replication: int = 0) -> Watched:
    """One long run of a line."""
    return watched(line, spans_of(network, engine, seed=seed, replication=replication))


def watched(line: Line, spans: Spans) -> Watched:
    """What a run of the line's network says of each customer."""
    served = spans.every(slice(1, None, 2))
    return Watched(line=line, arrived=served.ready, started=served.start, left=served.finish)


def long_run(line: Line, engine: Engine, *seen: Seen, seed: int, runs: int = 1) -> tuple[Interval, ...]:
    """The long-run mean of each thing seen, from all batches of all runs, at the true rates."""
    network = network_of(line)
    values: list[list[Floats]] = [[] for _ in seen]
    controls: list[list[Floats]] = []
    for replication in range(runs):
        one = watch(line, network, engine, seed=seed, replication=replication)
        controls.append(one.controls())
        for found, look in zip(values, seen, strict=True):
            found.append(look(one))
    luck = [np.concatenate(column) for column in zip(*controls, strict=True)]
    return tuple(at_the_true_rates(np.concatenate(found), luck) for found in values)


def at_the_true_rates(values: Floats, controls: Sequence[Floats]) -> Interval:
    """The mean of batch values where all controls are zero, by linear regression, with its 99.9 % interval."""
    design = np.column_stack([np.ones(len(values)), *controls])
    coefficients, *_ = np.linalg.lstsq(design, values, rcond=None)
    freedom = len(values) - design.shape[1]
    residual = values - design @ coefficients
    variance = float(residual @ residual) / freedom * float(np.linalg.pinv(design.T @ design)[0, 0])
    half = t_quantile(1 - ALPHA / 2, freedom) * variance**0.5
    middle = float(coefficients[0])
    return Interval(low=middle - half, high=middle + half, confidence=1 - ALPHA)


def _minutes(count: Ticks) -> Floats:
    return count / TICKS_PER_MIN


def _edges(line: Line) -> NDArray[Any]:
    """The first customer of each batch, and the last one of all."""
    return np.linspace(line.warm_up, line.customers - 1, line.batches + 1).astype(np.int64)


def _batched(line: Line, values: Floats) -> Floats:
    edges = _edges(line)
    total = np.concatenate([[0.0], np.cumsum(values)])
    means: Floats = np.diff(total[edges]) / np.diff(edges)
    return means


def _heads_by_time(arrived: Ticks, left: Ticks) -> tuple[Floats, Floats]:
    """Minutes at which somebody came or left, and the customer-minutes spent in the system by then."""
    times = np.concatenate([arrived, left])
    order = np.argsort(times, kind="stable")
    heads = np.cumsum(np.repeat([1, -1], len(arrived))[order])
    spent = np.concatenate([[0], np.cumsum(heads[:-1] * np.diff(times[order]))])
    return _minutes(times[order]), _minutes(spent)


def _judged(
    rate: float,
    service: Law,
    engine: Engine,
    asked: Sequence[tuple[str, float, Seen]],
    *,
    seed: int,
    long: Length,
    servers: int = 1,
    square_min2: float = 0.0,
) -> Iterator[Check]:
    line = poisson_line(rate, service, 1.0, servers, customers=long.units, batches=long.batches)
    line = replace(line, square_min2=square_min2)
    found = long_run(line, engine, *(look for _, _, look in asked), seed=seed, runs=long.runs)
    for (label, expected, _), interval in zip(asked, found, strict=True):
        yield simulated(label, expected, interval, long.share)


def one_server(engine: Engine) -> Iterator[Check]:
    """V01, M/M/1 with λ 0.9 and μ 1: at that load one customer's wait says much about the next thousand."""
    long = length(
        engine,
        Length(units=20_000, runs=370, batches=1, share=TABLE_SHARE),
        Length(units=40_000, runs=1, batches=40, share=0.30),
    )
    asked = (
        ("L", 9.0, Watched.present),
        ("W", 10.0, stayed),
        ("Wq", 9.0, waited),
        ("Lq", 8.1, Watched.in_line),
        ("P(W>10)", 0.36788, stayed_longer),
    )
    yield from _judged(0.9, Exponential(mean_min=1.0), engine, asked, seed=1, long=long)


def three_servers(engine: Engine) -> Iterator[Check]:
    """V02, M/M/3 with λ 2 and μ 1: who waits, for how long, and how many there are."""
    long = length(
        engine,
        Length(units=20_000, runs=105, batches=1, share=TABLE_SHARE),
        Length(units=60_000, runs=1, batches=40, share=0.12),
    )
    asked = (("P(W>0)", 4 / 9, had_to_wait), ("Wq", 0.44444, waited), ("L", 2.88889, Watched.present))
    yield from _judged(2.0, Exponential(mean_min=1.0), engine, asked, seed=2, long=long, servers=3)


LOADS = ((0.5, 0.5, 30, 0.15), (0.8, 2.0, 80, 0.15), (0.9, 4.5, 200, 0.35))
"""The loads of M/D/1, the minutes waited, the runs of the compiled engine, the half-width of the others."""


def fixed_service(engine: Engine) -> Iterator[Check]:
    """V03, M/D/1 at three loads."""
    for load, wait, runs, share in LOADS:
        long = length(
            engine,
            Length(units=20_000, runs=runs, batches=1, share=TABLE_SHARE),
            Length(units=40_000, runs=1, batches=40, share=share),
        )
        asked = [(f"Wq ρ{load:g}", wait, waited)]
        yield from _judged(load, Fixed(minutes=1.0), engine, asked, seed=3, long=long)


VARIATIONS = ((0.5, 2.5, 80, TABLE_SHARE, 0.20), (1.5, 6.5, 120, 0.05, 0.40))
"""The coefficient of variation, the minutes waited, the runs of the compiled engine, and the half-widths allowed."""


def general_service(engine: Engine) -> Iterator[Check]:
    """V04, M/G/1 at a load of 0.8 with lognormal services of mean 1, little and much varied.

    The wait goes by the mean square of the service (Pollaczek and Khinchine), whose luck is taken out as well.
    """
    for variation, wait, runs, narrow, wide in VARIATIONS:
        median, sigma = lognormal_from_mean(1.0, variation)
        service = Lognormal(median_min=median, sigma=sigma)
        long = length(
            engine,
            Length(units=20_000, runs=runs, batches=1, share=narrow),
            Length(units=20_000, runs=1, batches=40, share=wide),
        )
        asked = [(f"Wq CV{variation:g}", wait, waited)]
        square = 1.0 + variation**2
        yield from _judged(0.8, service, engine, asked, seed=4, long=long, square_min2=square)


CASES = (
    Case(
        id="V01",
        title="随机到达、一个服务台的排队（M/M/1）",
        title_en="Random arrivals at one server (M/M/1)",
        mark=CaseMark.COMPUTED,
        measure=one_server,
    ),
    Case(
        id="V02",
        title="随机到达、三个服务台的排队（M/M/3）",
        title_en="Random arrivals at three servers (M/M/3)",
        mark=CaseMark.COMPUTED,
        measure=three_servers,
    ),
    Case(
        id="V03",
        title="随机到达、定长服务的排队（M/D/1）",
        title_en="Random arrivals, fixed service (M/D/1)",
        mark=CaseMark.COMPUTED,
        measure=fixed_service,
    ),
    Case(
        id="V04",
        title="随机到达、服务时间离散不同的排队（M/G/1，对数正态）",
        title_en="Random arrivals, lognormal service (M/G/1)",
        mark=CaseMark.COMPUTED,
        measure=general_service,
    ),
)
