"""Waiting lines in the long run (V01-V04): customers as nodes, judged by batch means.

Customer *i* arrives when arrival node *i* ends, which follows arrival node *i − 1*, and
is then served by a node that needs a unit of the servers' pool. The first customers are
thrown away, the rest cut into long batches. What a batch says of a waiting time depends
for the most part on whether its customers happened to come fast and be served slowly;
these two means are known beforehand, so a regression on them (control variates) takes
that luck out and leaves an interval for the waiting time at the true rates.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.chunk import Engine
from sim.durations import Exponential, Fixed, Law, Lognormal
from sim.log import Run
from sim.network import Edge, Network, Node
from sim.quantiles import t_quantile
from sim.statistics import Interval, lognormal_from_mean
from sim.ticks import TICKS_PER_MIN
from sim.validation.case import ALPHA, Case, CaseMark, Check, simulated
from sim.validation.nodes import ONE_OF_THE_FIRST, a_network, a_node, done

Floats = NDArray[np.float64]
Ticks = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A waiting line: its laws in minutes, its servers, and how long it is watched."""

    arrivals: Law
    arrival_min: float
    service: Law
    service_min: float
    servers: int
    customers: int
    warm_up: int
    batches: int


def poisson_line(rate: float, service: Law, service_min: float, servers: int, *, customers: int) -> Line:
    """Customers at random at *rate* a minute; a twentieth of them is thrown away, the rest cut in forty batches."""
    arrival_min = 1 / rate
    return Line(
        arrivals=Exponential(mean_min=arrival_min),
        arrival_min=arrival_min,
        service=service,
        service_min=service_min,
        servers=servers,
        customers=customers,
        warm_up=customers // 20,
        batches=40,
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

    def mean(self, values: Floats) -> Interval:
        """The long-run mean of what was seen of each customer."""
        return self._adjusted(_batched(self.line, values))

    def share_of(self, those: NDArray[np.bool_]) -> Interval:
        """The long-run share of the customers of whom something is true."""
        return self.mean(those.astype(np.float64))

    def present(self) -> Interval:
        """The mean number in the system, from counting heads, not from Little's law."""
        minutes, customer_minutes = _heads_by_time(self.arrived, self.left)
        edges = _minutes(self.arrived)[_edges(self.line)]
        return self._adjusted(np.diff(np.interp(edges, minutes, customer_minutes)) / np.diff(edges))

    def _adjusted(self, batch_means: Floats) -> Interval:
        gaps = np.diff(_minutes(self.arrived), prepend=0.0)
        controls = [_batched(self.line, gaps) - self.line.arrival_min]
        if self.line.service.is_random:
            services = _minutes(self.left - self.started)
            controls.append(_batched(self.line, services) - self.line.service_min)
        return at_the_true_rates(batch_means, controls)


def watch(line: Line, engine: Engine, *, seed: int) -> Watched:
    """One long run of a line."""
    return watched(line, engine(network_of(line), seed=seed, replication=0, keep_log=False))


def watched(line: Line, run: Run) -> Watched:
    """What a run of the line's network says of each customer."""
    served = run.passages[1::2]
    return Watched(
        line=line,
        arrived=np.array([passage.ready for passage in served], dtype=np.int64),
        started=np.array([passage.start for passage in served], dtype=np.int64),
        left=np.array([passage.finish for passage in served], dtype=np.int64),
    )


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


def three_servers(engine: Engine, customers: int = 60_000, share: float = 0.12) -> Iterator[Check]:
    """V02, M/M/3 with λ 2 and μ 1: who waits, for how long, and how many there are."""
    seen = watch(poisson_line(2.0, Exponential(mean_min=1.0), 1.0, 3, customers=customers), engine, seed=2)
    yield simulated("P(W>0)", 4 / 9, seen.share_of(seen.waited_min > 0), share)
    yield simulated("Wq", 0.44444, seen.mean(seen.waited_min), share)
    yield simulated("L", 2.88889, seen.present(), share)


def fixed_service(engine: Engine, customers: int = 60_000, share: float = 0.12) -> Iterator[Check]:
    """V03, M/D/1 at a load of 0.8."""
    seen = watch(poisson_line(0.8, Fixed(minutes=1.0), 1.0, 1, customers=customers), engine, seed=3)
    yield simulated("Wq", 2.0, seen.mean(seen.waited_min), share)


def one_server(engine: Engine, customers: int = 40_000, share: float = 0.30) -> Iterator[Check]:
    """V01, M/M/1 with λ 0.9 and μ 1; it needs more than half a million customers for 6 %."""
    seen = watch(poisson_line(0.9, Exponential(mean_min=1.0), 1.0, 1, customers=customers), engine, seed=1)
    yield simulated("L", 9.0, seen.present(), share)
    yield simulated("W", 10.0, seen.mean(seen.stayed_min), share)
    yield simulated("Wq", 9.0, seen.mean(seen.waited_min), share)
    yield simulated("P(W>10)", 0.36788, seen.share_of(seen.stayed_min > 10), share)


def general_service(engine: Engine, customers: int = 20_000) -> Iterator[Check]:
    """V04, M/G/1 at a load of 0.8 with lognormal services of mean 1, little and much varied."""
    for variation, wait, share in ((0.5, 2.5, 0.20), (1.5, 6.5, 0.40)):
        median, sigma = lognormal_from_mean(1.0, variation)
        service = Lognormal(median_min=median, sigma=sigma)
        seen = watch(poisson_line(0.8, service, 1.0, 1, customers=customers), engine, seed=4)
        yield simulated(f"Wq CV{variation:g}", wait, seen.mean(seen.waited_min), share)


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
