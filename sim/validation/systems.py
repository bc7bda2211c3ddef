"""Systems of queues in the long run and from empty (V05-V09), each told as tasks, pools and branches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.chunk import Engine
from sim.durations import Exponential
from sim.log import Passage, Run
from sim.network import Demand, Edge, Network, Node
from sim.statistics import Interval, Sums
from sim.ticks import TICKS_PER_MIN
from sim.validation.case import ALPHA, Case, CaseMark, Check, simulated
from sim.validation.nodes import ONE_OF_THE_FIRST, a_network, a_node, done, failed
from sim.validation.queues import at_the_true_rates

Floats = NDArray[np.float64]

BATCHES = 40
WARM_SHARE = 0.05
"""The first twentieth of a long run is thrown away, the rest cut into batches of equal time."""


def in_system_min(spans: Sequence[tuple[int, int]], edges: Floats) -> Floats:
    """Person-minutes in the system between edges, from the (start, end) of every stay in ticks."""
    return np.diff(_stayed(spans, edges))


def _stayed(spans: Sequence[tuple[int, int]], edges: Floats) -> Floats:
    """Person-minutes in the system up to each edge."""
    starts, ends = (np.sort(np.array(side, dtype=np.float64)) / TICKS_PER_MIN for side in zip(*spans, strict=True))

    def before(times: Floats) -> Floats:
        sums = np.concatenate([[0.0], np.cumsum(times)])
        count = np.searchsorted(times, edges)
        result: Floats = count * edges - sums[count]
        return result

    return before(starts) - before(ends)


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
    """What was seen of a round, batch by batch."""

    edges: Floats
    there: tuple[tuple[int, int], ...]
    works: tuple[tuple[int, int], ...]
    controls: tuple[Floats, ...]

    def mean_there(self) -> Interval:
        """The mean number of tokens waiting or being served at the second station."""
        return self._adjusted(in_system_min(self.there, self.edges) / np.diff(self.edges))

    def share_at(self, count: int) -> Interval:
        """The share of the time with exactly *count* tokens there."""
        return self._adjusted(_time_at(self.there, count, self.edges) / np.diff(self.edges))

    def _adjusted(self, values: Floats) -> Interval:
        return at_the_true_rates(values, list(self.controls))


def watch_round(cycle: Round, engine: Engine, *, seed: int) -> Watch:
    """One long run of a round, until the first token has made all its turns."""
    run = engine(cycle.network(), seed=seed, replication=0, keep_log=False)
    here, there = run.passages[0::2], run.passages[1::2]
    end = min(there[(token + 1) * cycle.turns - 1].finish for token in range(cycle.tokens))
    edges = edges_of(end / TICKS_PER_MIN)
    return Watch(
        edges=edges,
        there=tuple((p.ready, p.finish) for p in there),
        works=tuple((p.start, p.finish) for p in there),
        controls=(_mean_minus(here, cycle.here_min, edges), _mean_minus(there, cycle.there_min, edges)),
    )


def _mean_minus(passages: Sequence[Passage], mean_min: float, edges: Floats) -> Floats:
    """By batch, how far the drawn minutes of the works that began in it lie above their known mean."""
    starts = np.array([p.start for p in passages]) / TICKS_PER_MIN
    worked = np.array([p.worked for p in passages]) / TICKS_PER_MIN
    sums, _ = np.histogram(starts, bins=edges, weights=worked)
    counts, _ = np.histogram(starts, bins=edges)
    result: Floats = sums / np.maximum(counts, 1) - mean_min
    return result


def _time_at(spans: Sequence[tuple[int, int]], count: int, edges: Floats) -> Floats:
    """Minutes with exactly *count* inside, between edges."""
    times = np.array([tick for span in spans for tick in span], dtype=np.float64) / TICKS_PER_MIN
    steps = np.tile([1, -1], len(spans))
    order = np.lexsort((steps, times))
    times, inside = times[order], np.cumsum(steps[order])
    spent = np.concatenate([[0.0], np.cumsum(np.diff(times) * (inside[:-1] == count))])
    return np.diff(np.interp(edges, times, spent))


def losses(engine: Engine) -> Iterator[Check]:
    """V05: who comes while all places are taken is lost; as tokens, the places that come free and are taken again."""
    line = Round(tokens=3, turns=2500, here_min=1 / 3, here_servers=1, there_min=1 / 4, there_servers=2)
    seen = watch_round(line, engine, seed=5)
    yield simulated("N 2/3", 0.762340, seen.mean_there(), 0.04)
    yield simulated("B 2/3", 0.0493601, seen.share_at(3), 0.16)
    for load, servers, turns, blocked, share in ((5, 5, 1000, 0.284868, 0.06), (10, 12, 500, 0.119739, 0.20)):
        full = Round(
            tokens=servers, turns=turns, here_min=1 / load, here_servers=1, there_min=1.0, there_servers=servers
        )
        yield simulated(f"B {load}/{servers}", blocked, watch_round(full, engine, seed=5).share_at(servers), share)


REPAIR = (0.529661, 0.317797, 0.127119, 0.025424)


def repair(engine: Engine) -> Iterator[Check]:
    """V08: three machines that fail every five minutes, one crew that mends one in one."""
    seen = watch_round(
        Round(tokens=3, turns=4500, here_min=5.0, here_servers=3, there_min=1.0, there_servers=1), engine, seed=8
    )
    for count, expected in enumerate(REPAIR):
        yield simulated(f"P{count}", expected, seen.share_at(count), 0.04 if count < 2 else 0.20)
    idle = seen.share_at(0)
    busy = Interval(low=1 - idle.high, high=1 - idle.low, confidence=idle.confidence)
    yield simulated("busy", 0.470339, busy, 0.04)


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


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """How two classes are watched: runs of so many customers, each cut into so many batches."""

    preemptive: bool
    runs: int
    customers: int
    batches: int


PLANS = (
    (Plan(preemptive=False, runs=1, customers=16_000, batches=40), "Wq", (1.0, 3.33333), 0.25),
    (Plan(preemptive=True, runs=6, customers=2_000, batches=6), "T", (1.42857, 4.76190), 0.30),
)
"""What is watched, the symbol, the expected minutes of each class, and the half-width allowed."""


def priorities(engine: Engine) -> Iterator[Check]:
    """V06: the urgent go first, at the next free moment or at once."""
    for plan, symbol, wanted, share in PLANS:
        seen = _stay if plan.preemptive else _wait
        network = two_classes(plan.customers, preemptive=plan.preemptive)
        runs = [engine(network, seed=6, replication=n, keep_log=False) for n in range(plan.runs)]
        rows = [_class_batches(network, run, seen, plan.batches) for run in runs]
        controls = [np.concatenate([controls[k] for _, controls in rows]) for k in range(2 * len(RATES))]
        for rank, expected in enumerate(wanted):
            values = np.concatenate([values[rank] for values, _ in rows])
            yield simulated(f"{symbol}{rank + 1}", expected, at_the_true_rates(values, controls), share)


def _stay(passage: Passage) -> int:
    return passage.finish - passage.ready


def _wait(passage: Passage) -> int:
    return passage.start - passage.ready


def _of_class(network: Network, run: Run, rank: int) -> list[Passage]:
    return [
        passage
        for node, passage in zip(network.nodes, run.passages, strict=True)
        if node.task == "serve" and node.priority == rank
    ]


def _class_batches(
    network: Network, run: Run, seen: Callable[[Passage], int], batches: int
) -> tuple[list[Floats], list[Floats]]:
    """By class what was seen of it, batch by batch, and how far arrivals and services lay off their true rates."""
    classes = [_of_class(network, run, rank) for rank in range(len(RATES))]
    edges = edges_of(min(passages[-1].ready for passages in classes) / TICKS_PER_MIN, batches)
    values = [_by_batch([(p.ready, seen(p)) for p in passages], edges) for passages in classes]
    controls: list[Floats] = []
    for rate, passages in zip(RATES, classes, strict=True):
        came, _ = np.histogram([p.ready / TICKS_PER_MIN for p in passages], bins=edges)
        controls.append(came / np.diff(edges) - rate)
        controls.append(_by_batch([(p.ready, p.worked) for p in passages], edges) - 1.0)
    return values, controls


def _by_batch(seen: Sequence[tuple[int, int]], edges: Floats) -> Floats:
    """The mean minutes by batch of what was seen at some ticks."""
    at = np.array([tick for tick, _ in seen]) / TICKS_PER_MIN
    sums, _ = np.histogram(at, bins=edges, weights=np.array([value for _, value in seen]) / TICKS_PER_MIN)
    counts, _ = np.histogram(at, bins=edges)
    result: Floats = sums / np.maximum(counts, 1)
    return result


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


def jackson(engine: Engine, customers: int = 5_000) -> Iterator[Check]:
    """V07: the mean number at each station, and the time from coming to leaving by Little's law."""
    network = three_stations(customers)
    run = engine(network, seed=7, replication=0, keep_log=False)
    arrivals = [p.finish for node, p in zip(network.nodes, run.passages, strict=True) if node.task == "arrive"]
    edges = edges_of(arrivals[-1] / TICKS_PER_MIN)
    came, _ = np.histogram(np.array(arrivals) / TICKS_PER_MIN, bins=edges)
    controls = [came / np.diff(edges) - 1.0]
    total: Floats = np.zeros(BATCHES)
    for station, expected in enumerate((0.409836, 0.372340, 0.424557)):
        spans = [
            (p.ready, p.finish)
            for node, p in zip(network.nodes, run.passages, strict=True)
            if node.task == f"station {station + 1}" and p.attempts
        ]
        present = in_system_min(spans, edges) / np.diff(edges)
        total += present
        yield simulated(f"L{station + 1}", expected, at_the_true_rates(present, controls), 0.15)
    yield simulated("W", 1.206733, at_the_true_rates(total / (came / np.diff(edges)), controls), 0.12)


# ---- From empty (V09) ------------------------------------------------------------------------------------------------


def from_empty(engine: Engine, runs: int = 900) -> Iterator[Check]:
    """V09: M/M/∞ with λ 10 and μ 0.5, seen after three minutes: Poisson, so mean and variance are equal."""
    nodes: list[Node] = []
    last = -1
    for customer in range(70):  # more than 70 in three minutes come once in 10^12 runs
        last = _add(nodes, "arrive", Exponential(mean_min=0.1), str(customer), done(last) if last >= 0 else ())
        _add(nodes, "stay", Exponential(mean_min=2.0), str(customer), done(last))
    network = a_network(nodes, horizon_min=3.0)
    present = [_present(engine(network, seed=9, replication=n, keep_log=False)) for n in range(runs)]
    expected = 15.537397
    yield simulated("E[N]", expected, Sums.of(present).t_interval(ALPHA), 0.04)
    mean = round(expected)
    squares = Sums.of((count - mean) ** 2 for count in present).t_interval(ALPHA)
    shift = (expected - mean) ** 2
    variance = Interval(low=squares.low - shift, high=squares.high - shift, confidence=squares.confidence)
    yield simulated("Var[N]", expected, variance, 0.20)


def _present(run: Run) -> int:
    """How many have come and not left when the run ends."""
    return sum(p.outcome is None and bool(p.attempts) for p in run.passages[1::2])


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
