"""Systems of queues in the long run and from empty (V05-V09), each told as tasks, pools and branches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.chunk import Engine
from sim.durations import Exponential
from sim.log import Spans
from sim.network import Demand, Edge, Network, Node
from sim.statistics import Interval, Sums
from sim.ticks import TICKS_PER_MIN
from sim.validation.case import ALPHA, Case, CaseMark, Check, simulated
from sim.validation.nodes import ONE_OF_THE_FIRST, a_network, a_node, done, failed
from sim.validation.queues import at_the_true_rates
from sim.validation.spans import TABLE_SHARE, Length, length, spans_of

Floats = NDArray[np.float64]
Ticks = NDArray[np.int64]

BATCHES = 40
WARM_SHARE = 0.05
"""The first twentieth of a long run is thrown away, the rest cut into batches of equal time."""


def in_system_min(starts: Ticks, ends: Ticks, edges: Floats) -> Floats:
    """Person-minutes in the system between edges, from the ticks at which every stay began and ended."""
    return np.diff(_begun_before(starts, edges) - _begun_before(ends, edges))


def _begun_before(ticks: Ticks, edges: Floats) -> Floats:
    """The minutes from every tick to each edge behind it, summed."""
    times = np.sort(ticks) / TICKS_PER_MIN
    sums = np.concatenate([[0.0], np.cumsum(times)])
    count = np.searchsorted(times, edges)
    result: Floats = count * edges - sums[count]
    return result


def edges_of(end_min: float, batches: int = BATCHES) -> Floats:
    """The edges of the batches of a run that was busy until *end_min*."""
    return np.linspace(WARM_SHARE * end_min, end_min, batches + 1)


# ---- Tokens that go round (V05, V08) ---------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Round:
    """Tokens that go to and fro between two stations, each with its mean minutes and its servers."""

    tokens: int
    turns: int
    here_min: float
    here_servers: int
    there_min: float
    there_servers: int

    def network(self) -> Network:
        """Two nodes a turn of a token."""
        here, there = (Demand(pool=pool, units=1, consumes=False) for pool in (0, 1))
        nodes: list[Node] = []
        for token in range(self.tokens):
            for turn in range(self.turns):
                index, entity = len(nodes), f"{token}.{turn}"
                after = done(index - 1) if turn else ()
                law = Exponential(mean_min=self.here_min)
                nodes.append(a_node(index, "here", law, entity=entity, after=after, demands=(here,)))
                law = Exponential(mean_min=self.there_min)
                nodes.append(a_node(index + 1, "there", law, entity=entity, after=done(index), demands=(there,)))
        return a_network(nodes, (self.here_servers, self.there_servers))


@dataclass(frozen=True, kw_only=True, slots=True)
class Watch:
    """What was seen of the second station in one run of a round, batch by batch."""

    edges: Floats
    there: Spans
    controls: tuple[Floats, ...]

    def present(self) -> Floats:
        """The mean number of tokens waiting or being served there."""
        means: Floats = in_system_min(self.there.ready, self.there.finish, self.edges) / np.diff(self.edges)
        return means

    def share_at(self, count: int) -> Floats:
        """The share of the time with exactly *count* tokens there."""
        shares: Floats = _time_at(self.there, count, self.edges) / np.diff(self.edges)
        return shares


@dataclass(frozen=True, kw_only=True, slots=True)
class Rounds:
    """A round watched in several runs, until the first token has made all its turns."""

    seen: tuple[Watch, ...]

    def present(self) -> Interval:
        """The mean number of tokens at the second station in the long run."""
        return self._adjusted([each.present() for each in self.seen])

    def share_at(self, count: int) -> Interval:
        """The share of the time with exactly *count* tokens there in the long run."""
        return self._adjusted([each.share_at(count) for each in self.seen])

    def _adjusted(self, values: Sequence[Floats]) -> Interval:
        luck = [np.concatenate(column) for column in zip(*(each.controls for each in self.seen), strict=True)]
        return at_the_true_rates(np.concatenate(values), luck)


def watch_rounds(cycle: Round, engine: Engine, *, seed: int, long: Length) -> Rounds:
    """So many runs of a round."""
    network = cycle.network()
    runs = (spans_of(network, engine, seed=seed, replication=replication) for replication in range(long.runs))
    return Rounds(seen=tuple(_watch(cycle, run, long.batches) for run in runs))


def _watch(cycle: Round, run: Spans, batches: int) -> Watch:
    here, there = run.every(slice(0, None, 2)), run.every(slice(1, None, 2))
    edges = edges_of(float(there.finish[cycle.turns - 1 :: cycle.turns].min()) / TICKS_PER_MIN, batches)
    return Watch(
        edges=edges,
        there=there,
        controls=(_mean_minus(here, cycle.here_min, edges), _mean_minus(there, cycle.there_min, edges)),
    )


def _mean_minus(spans: Spans, mean_min: float, edges: Floats) -> Floats:
    """By batch, how far the drawn minutes of the works that began in it lie above their known mean."""
    return _by_batch(spans.start, spans.worked, edges) - mean_min


def _by_batch(at: Ticks, values: Ticks, edges: Floats) -> Floats:
    """The mean minutes by batch of what was seen at some ticks."""
    minutes = at / TICKS_PER_MIN
    sums, _ = np.histogram(minutes, bins=edges, weights=values / TICKS_PER_MIN)
    counts, _ = np.histogram(minutes, bins=edges)
    result: Floats = sums / np.maximum(counts, 1)
    return result


def _time_at(spans: Spans, count: int, edges: Floats) -> Floats:
    """Minutes with exactly *count* inside, between edges."""
    times = np.concatenate([spans.ready, spans.finish]) / TICKS_PER_MIN
    steps = np.repeat([1, -1], len(spans.ready))
    order = np.lexsort((steps, times))
    times, inside = times[order], np.cumsum(steps[order])
    spent = np.concatenate([[0.0], np.cumsum(np.diff(times) * (inside[:-1] == count))])
    return np.diff(np.interp(edges, times, spent))


FULL = ((5, 5, 1000, 0.284868, 40, 0.06), (10, 12, 500, 0.119739, 60, 0.20))
"""Load, servers, turns, the share turned away, the runs of the compiled engine, the half-width of the others."""


def losses(engine: Engine) -> Iterator[Check]:
    """V05: who comes while all places are taken is lost; as tokens, the places that come free and are taken again."""
    line = Round(tokens=3, turns=2500, here_min=1 / 3, here_servers=1, there_min=1 / 4, there_servers=2)
    long = _rounds(engine, 60, 0.16)
    seen = watch_rounds(line, engine, seed=5, long=long)
    yield simulated("N 2/3", 0.762340, seen.present(), min(long.share, 0.04))
    yield simulated("B 2/3", 0.0493601, seen.share_at(3), long.share)
    for load, servers, turns, blocked, runs, share in FULL:
        full = Round(
            tokens=servers, turns=turns, here_min=1 / load, here_servers=1, there_min=1.0, there_servers=servers
        )
        long = _rounds(engine, runs, share)
        at_full = watch_rounds(full, engine, seed=5, long=long).share_at(servers)
        yield simulated(f"B {load}/{servers}", blocked, at_full, long.share)


def _rounds(engine: Engine, runs: int, share: float) -> Length:
    by_kernel = Length(units=0, runs=runs, batches=1, share=TABLE_SHARE)
    return length(engine, by_kernel, Length(units=0, runs=1, batches=BATCHES, share=share))


REPAIR = (0.529661, 0.317797, 0.127119, 0.025424)


def repair(engine: Engine) -> Iterator[Check]:
    """V08: three machines that fail every five minutes, one crew that mends one in one."""
    cycle = Round(tokens=3, turns=4500, here_min=5.0, here_servers=3, there_min=1.0, there_servers=1)
    long = _rounds(engine, 90, 0.20)
    seen = watch_rounds(cycle, engine, seed=8, long=long)
    for count, expected in enumerate(REPAIR):
        yield simulated(f"P{count}", expected, seen.share_at(count), min(long.share, 0.04 if count < 2 else 0.20))
    idle = seen.share_at(0)
    busy = Interval(low=1 - idle.high, high=1 - idle.low, confidence=idle.confidence)
    yield simulated("busy", 0.470339, busy, min(long.share, 0.04))


# ---- Two classes at one server (V06) ---------------------------------------------------------------------------------

RATES = (0.3, 0.4)
"""Customers a minute, the urgent class first."""


def two_classes(customers: int, *, preemptive: bool) -> Network:
    """Two streams of customers at one server; the share of *customers* in each is that of its rate."""
    nodes: list[Node] = []
    for rank, rate in enumerate(RATES):
        last = -1
        for customer in range(round(customers * rate / sum(RATES))):
            index, entity = len(nodes), f"{rank}.{customer}"
            after = done(last) if last >= 0 else ()
            nodes.append(a_node(index, "arrive", Exponential(mean_min=1 / rate), entity=entity, after=after))
            nodes.append(
                a_node(
                    index + 1,
                    "serve",
                    Exponential(mean_min=1.0),
                    entity=entity,
                    after=done(index),
                    demands=ONE_OF_THE_FIRST,
                    priority=rank,
                    preemptible=preemptive and rank > 0,
                )
            )
            last = index
    return a_network(nodes, (1,), preemptible=preemptive)


PLANS = (
    (
        False,
        "Wq",
        (1.0, 3.33333),
        Length(units=16_000, runs=150, batches=2, share=TABLE_SHARE),
        Length(units=16_000, runs=1, batches=40, share=0.25),
    ),
    (
        True,
        "T",
        (1.42857, 4.76190),
        Length(units=2_000, runs=420, batches=1, share=TABLE_SHARE),
        Length(units=2_000, runs=6, batches=6, share=0.30),
    ),
)
"""Whether the urgent take over at once, the symbol, the expected minutes of each class, and how long it is played."""


def priorities(engine: Engine) -> Iterator[Check]:
    """V06: the urgent go first, at the next free moment or at once."""
    for preemptive, symbol, wanted, by_kernel, by_others in PLANS:
        long = length(engine, by_kernel, by_others)
        network = two_classes(long.units, preemptive=preemptive)
        classes = [
            np.array([n.index for n in network.nodes if n.task == "serve" and n.priority == rank])
            for rank in range(len(RATES))
        ]
        runs = (spans_of(network, engine, seed=6, replication=n) for n in range(long.runs))
        rows = [_class_batches([run.every(each) for each in classes], preemptive, long.batches) for run in runs]
        controls = [np.concatenate([controls[k] for _, controls in rows]) for k in range(2 * len(RATES))]
        for rank, expected in enumerate(wanted):
            values = np.concatenate([values[rank] for values, _ in rows])
            yield simulated(f"{symbol}{rank + 1}", expected, at_the_true_rates(values, controls), long.share)


def _class_batches(classes: Sequence[Spans], stays: bool, batches: int) -> tuple[list[Floats], list[Floats]]:
    """By class its stays or waits, batch by batch, and how far arrivals and services lay off their true rates."""
    edges = edges_of(min(float(spans.ready[-1]) for spans in classes) / TICKS_PER_MIN, batches)
    values: list[Floats] = []
    controls: list[Floats] = []
    for rate, spans in zip(RATES, classes, strict=True):
        values.append(_by_batch(spans.ready, (spans.finish if stays else spans.start) - spans.ready, edges))
        came, _ = np.histogram(spans.ready / TICKS_PER_MIN, bins=edges)
        controls.append(came / np.diff(edges) - rate)
        controls.append(_by_batch(spans.ready, spans.worked, edges) - 1.0)
    return values, controls


# ---- Three stations and a way back (V07) -----------------------------------------------------------------------------

ROUNDS = 4
"""How often a customer may go through at most; one in 2,600 would go further."""
STATIONS = ((4.0, 1), (3.0, 1), (2.0, 2))
"""Customers a minute that a server serves, and the servers."""


def three_stations(customers: int) -> Network:
    """In at one a minute, after the first station 0.7 go on to the second and third, 0.2 of these come back."""
    nodes: list[Node] = []
    last = -1
    for customer in range(customers):
        last = _add(nodes, "arrive", Exponential(mean_min=1.0), str(customer), done(last) if last >= 0 else ())
        after = done(last)
        for turn in range(ROUNDS):
            entity = f"{customer}.{turn}"
            first = _serve(nodes, 0, entity, after, 0.7)
            second = _serve(nodes, 1, entity, done(first), 1.0)
            after = failed(_serve(nodes, 2, entity, done(second), 0.8))
    return a_network(nodes, tuple(servers for _, servers in STATIONS))


def _serve(nodes: list[Node], station: int, entity: str, after: tuple[Edge, ...], success_share: float) -> int:
    index, rate = len(nodes), STATIONS[station][0]
    nodes.append(
        a_node(
            index,
            f"station {station + 1}",
            Exponential(mean_min=1 / rate),
            entity=entity,
            after=after,
            demands=(Demand(pool=station, units=1, consumes=False),),
            success_share=success_share,
        )
    )
    return index


def _add(nodes: list[Node], task: str, law: Exponential, entity: str, after: tuple[Edge, ...]) -> int:
    nodes.append(a_node(len(nodes), task, law, entity=entity, after=after))
    return len(nodes) - 1


PRESENT = (0.409836, 0.372340, 0.424557)


def jackson(engine: Engine, customers: int = 5_000) -> Iterator[Check]:
    """V07: the mean number at each station, and the time from coming to leaving by Little's law."""
    long = length(
        engine,
        Length(units=customers, runs=60, batches=8, share=TABLE_SHARE),
        Length(units=customers, runs=1, batches=BATCHES, share=0.15),
    )
    network = three_stations(long.units)
    arrivals = np.array([n.index for n in network.nodes if n.task == "arrive"])
    stations = [np.array([n.index for n in network.nodes if n.task == f"station {k + 1}"]) for k in range(3)]
    present: list[list[Floats]] = [[] for _ in stations]
    rates: list[Floats] = []
    for replication in range(long.runs):
        run = spans_of(network, engine, seed=7, replication=replication)
        came_min = run.finish[arrivals] / TICKS_PER_MIN
        edges = edges_of(float(came_min[-1]), long.batches)
        rates.append(np.histogram(came_min, bins=edges)[0] / np.diff(edges))
        for station, nodes in enumerate(stations):
            seen = run.every(nodes[run.tried[nodes]])
            present[station].append(in_system_min(seen.ready, seen.finish, edges) / np.diff(edges))
    heads, rate = [np.concatenate(each) for each in present], np.concatenate(rates)
    for station, expected in enumerate(PRESENT):
        yield simulated(f"L{station + 1}", expected, at_the_true_rates(heads[station], [rate - 1.0]), long.share)
    minutes: Floats = np.sum(heads, axis=0) / rate
    yield simulated("W", 1.206733, at_the_true_rates(minutes, [rate - 1.0]), min(long.share, 0.12))


# ---- From empty (V09) ------------------------------------------------------------------------------------------------


MOST_COME = 70
"""More come in three minutes once in 10^12 runs."""


def from_empty(engine: Engine) -> Iterator[Check]:
    """V09: M/M/∞ with λ 10 and μ 0.5, seen after three minutes: Poisson, so mean and variance are equal.

    The compiled engine plays fifty such systems in one run.
    """
    long = length(
        engine,
        Length(units=50, runs=1_250, batches=1, share=TABLE_SHARE),
        Length(units=1, runs=900, batches=1, share=0.20),
    )
    network = _systems_from_empty(long.units)
    present = [
        int(count)
        for replication in range(long.runs)
        for count in _present(spans_of(network, engine, seed=9, replication=replication))
    ]
    expected = 15.537397
    yield simulated("E[N]", expected, Sums.of(present).t_interval(ALPHA), min(long.share, 0.04))
    mean = round(expected)
    squares = Sums.of((count - mean) ** 2 for count in present).t_interval(ALPHA)
    shift = (expected - mean) ** 2
    variance = Interval(low=squares.low - shift, high=squares.high - shift, confidence=squares.confidence)
    yield simulated("Var[N]", expected, variance, long.share)


def _systems_from_empty(systems: int) -> Network:
    """Customers that come one after another and stay as long as they like, in so many systems apart."""
    nodes: list[Node] = []
    for system in range(systems):
        last = -1
        for customer in range(MOST_COME):
            entity, after = f"{system}.{customer}", done(last) if last >= 0 else ()
            last = _add(nodes, "arrive", Exponential(mean_min=0.1), entity, after)
            _add(nodes, "stay", Exponential(mean_min=2.0), entity, done(last))
    return a_network(nodes, horizon_min=3.0)


def _present(run: Spans) -> Ticks:
    """How many have come and not left when the run ends, by system."""
    stays = run.every(slice(1, None, 2))
    counts: Ticks = (stays.is_open & stays.tried).reshape(-1, MOST_COME).sum(axis=1)
    return counts


CASES = (
    Case(
        id="V05",
        title="席位占满即流失的排队（M/M/2/3与爱尔兰B公式）",
        title_en="Queues that turn customers away (M/M/2/3, Erlang B)",
        mark=CaseMark.COMPUTED,
        measure=losses,
    ),
    Case(
        id="V06",
        title="两类优先级：不抢占与抢占后续作",
        title_en="Two classes, without and with preemption (resume)",
        mark=CaseMark.COMPUTED,
        measure=priorities,
    ),
    Case(
        id="V07",
        title="三站排队网络，部分返工（Jackson网络）",
        title_en="Three stations with a way back (Jackson network)",
        mark=CaseMark.COMPUTED,
        measure=jackson,
    ),
    Case(
        id="V08",
        title="机器维修：三台机器、一个维修组",
        title_en="Machine repair: three machines, one crew",
        mark=CaseMark.COMPUTED,
        measure=repair,
    ),
    Case(
        id="V09",
        title="从空系统起的瞬态（M/M/∞，第3分钟）",
        title_en="From an empty system (M/M/∞, after three minutes)",
        mark=CaseMark.COMPUTED,
        measure=from_empty,
    ),
)
