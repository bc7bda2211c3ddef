"""The engine against exact results on small networks (V10-V14)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sim.chain import Follow, chain
from sim.chunk import Engine
from sim.durations import Exponential, Fixed
from sim.log import Run
from sim.network import Demand, Network, Node
from sim.statistics import Interval, Sums, quantile_ranks, wilson
from sim.ticks import TICKS_PER_MIN, minutes
from sim.validation.case import ALPHA, Case, CaseMark, Check, exact, printed, simulated
from sim.validation.nodes import ONE_OF_THE_FIRST, a_network, a_node, done, tasks_in_order

ONE_MIN = Exponential(mean_min=1.0)
BRIDGE = {"sa": (), "sb": (), "ab": ("sa",), "at": ("sa",), "bt": ("sb", "ab")}
DIAMOND = {"A": (), "B": ("A",), "C": ("A",), "D": ("B", "C")}
TWO_ERLANG = {"a": (), "b": ("a",), "c": (), "d": ("c",)}
SPREAD_SHARE = 0.15
"""The half-width asked of a variance, which settles far more slowly than a mean."""


def plays(network: Network, engine: Engine, runs: int) -> Iterator[Run]:
    """So many replications."""
    return (engine(network, seed=2026, replication=n, keep_log=False) for n in range(runs))


def span(run: Run) -> int:
    """Ticks until everything was done."""
    return max(passage.finish for passage in run.passages)


def mean_min(ticks: Iterable[int]) -> Interval:
    """The 99.9 % interval of a mean, in minutes."""
    found = Sums.of(ticks).t_interval(ALPHA)
    return Interval(low=found.low / TICKS_PER_MIN, high=found.high / TICKS_PER_MIN, confidence=found.confidence)


def variance_min2(ticks: list[int]) -> Interval:
    """The 99.9 % interval of a variance, from the squared distances to the mean, in square minutes."""
    mean = round(Sums.of(ticks).mean)
    found = Sums.of((tick - mean) ** 2 for tick in ticks).t_interval(ALPHA)
    unit = TICKS_PER_MIN**2 * (1 - 1 / len(ticks))
    return Interval(low=found.low / unit, high=found.high / unit, confidence=found.confidence)


def quantile_min(ticks: list[int], q: float) -> Interval:
    """The 99.9 % interval of a quantile by ranks, in minutes."""
    ordered, ranks = sorted(ticks), quantile_ranks(len(ticks), q, ALPHA)
    low, high = (minutes(ordered[(rank or 1) - 1]) for rank in (ranks.low_rank, ranks.high_rank))
    return Interval(low=low, high=high, confidence=1 - ALPHA)


def crews(engine: Engine) -> Iterator[Check]:
    """V10: exponential tasks without order, on few crews."""
    for tasks, units, runs, mean in ((20, 4, 4000, 6.083333), (50, 5, 1500, 11.283333)):
        nodes = [a_node(n, "task", ONE_MIN, entity=str(n), demands=ONE_OF_THE_FIRST) for n in range(tasks)]
        ticks = [span(run) for run in plays(a_network(nodes, (units,)), engine, runs)]
        yield simulated(f"E[T] {tasks}/{units}", mean, mean_min(ticks))
        if tasks == 20:
            yield simulated("Var[T]", 2.423611, variance_min2(ticks), SPREAD_SHARE)


def bridge(engine: Engine) -> Iterator[Check]:
    """V11: mean, spread, late quantiles and criticality of the bridge network."""
    network, runs = tasks_in_order(BRIDGE, ONE_MIN), 30_000
    ticks: list[int] = []
    counts = dict.fromkeys(BRIDGE, 0)
    for run in plays(network, engine, runs):
        ticks.append(span(run))
        last = max(range(len(run.passages)), key=lambda node: run.passages[node].finish)
        for node in chain(network, run, last, Follow.RESOURCES):
            counts[network.nodes[node].task] += 1
    yield simulated("E[T]", 83 / 24, mean_min(ticks))
    yield simulated("Var[T]", 1663 / 576, variance_min2(ticks), SPREAD_SHARE)
    for q, expected in ((0.90, 5.724), (0.95, 6.667)):
        yield simulated(f"P{q * 100:.0f}", expected, quantile_min(ticks, q))
    for task, of_24 in zip(BRIDGE, (19, 5, 14, 5, 19), strict=True):
        yield simulated(f"CI({task})", of_24 / 24, wilson(counts[task], runs, ALPHA), 0.04)


def diamond(engine: Engine) -> Iterator[Check]:
    """V12: two branches between a start and an end; the later of two pairs."""
    ticks = [span(run) for run in plays(tasks_in_order(DIAMOND, ONE_MIN), engine, 10_000)]
    yield simulated("E[T]", 3.5, mean_min(ticks))
    yield simulated("Var[T]", 3.25, variance_min2(ticks), SPREAD_SHARE)
    pairs = (span(run) for run in plays(tasks_in_order(TWO_ERLANG, ONE_MIN), engine, 10_000))
    yield simulated("E[max]", 2.75, mean_min(pairs))


def _shared_unit(units: int) -> Network:
    return a_network(
        [
            a_node(0, "A", Fixed(minutes=4), demands=ONE_OF_THE_FIRST),
            a_node(1, "B", Fixed(minutes=3), demands=ONE_OF_THE_FIRST),
            a_node(2, "C", Fixed(minutes=2), after=done(0)),
            a_node(3, "D", Fixed(minutes=6), after=done(1)),
        ],
        (units,),
    )


def shared_unit(engine: Engine) -> Iterator[Check]:
    """V13: the branch that waits for the shared unit becomes critical."""
    network = _shared_unit(1)
    run = engine(network, seed=1, replication=0)
    yield exact("T", 13, minutes(span(run)))
    yield exact("W(B)", 4, minutes(sum(ticks for _, ticks in run.passages[1].waits)))
    yield exact("CI(A)|u", 1, float(0 in chain(network, run, 3, Follow.RESOURCES)))
    yield exact("CI(A)", 0, float(0 in chain(network, run, 3)))
    yield exact("T|2u", 9, minutes(span(engine(_shared_unit(2), seed=1, replication=0))))


def _call_tree(children: int, levels: int, *, no_answer_share: float, tries: int) -> Network:
    """Calls of two minutes; a caller, who is a pool of one, rings one after another."""
    nodes: list[Node] = []
    callers = [-1]
    for _ in range(levels):
        called = []
        for caller in callers:
            for _turn in range(children):
                called.append(len(nodes))
                nodes.append(_call(len(nodes), caller, 1 - no_answer_share, tries))
        callers = called
    return a_network(nodes, tuple(1 for _ in range(len(nodes) + 1)))


def _call(index: int, caller: int, success_share: float, tries: int) -> Node:
    return a_node(
        index,
        "call",
        Fixed(minutes=2),
        entity=str(index),
        after=done(caller) if caller >= 0 else (),
        demands=(Demand(pool=caller + 1, units=1, consumes=False),),
        tries=tries,
        success_share=success_share,
    )


def call_tree(engine: Engine) -> Iterator[Check]:
    """V14: everybody called rings three others; then one call in five is not answered and tried once more."""
    ends = [p.finish for p in engine(_call_tree(3, 3, no_answer_share=0, tries=1), seed=1, replication=0).passages]
    yield exact("n", 39, len(ends))
    yield exact("max", 18, minutes(max(ends)))
    yield printed("E[t]", "10.461538", minutes(sum(ends)) / len(ends))
    network, runs = _call_tree(3, 3, no_answer_share=0.2, tries=2), 1200
    reached = [[p.is_done for p in run.passages] for run in plays(network, engine, runs)]
    at_the_leaves = Sums.of(sum(row[-27:]) for row in reached).t_interval(ALPHA)
    yield simulated("P(L)", 0.884736, _scaled(at_the_leaves, 27))
    yield simulated("E[n]", 35.062272, Sums.of(sum(row) for row in reached).t_interval(ALPHA))


def _scaled(interval: Interval, by: float) -> Interval:
    return Interval(low=interval.low / by, high=interval.high / by, confidence=interval.confidence)


CASES = (
    Case(
        id="V10",
        title="相互独立的任务由少数队伍完成（指数工期）",
        title_en="Independent exponential tasks on few crews",
        mark=CaseMark.COMPUTED,
        measure=crews,
    ),
    Case(
        id="V11",
        title="桥形网络：总时长、离散度、尾部与关键度",
        title_en="Bridge network: mean, spread, tail and criticality",
        mark=CaseMark.COMPUTED,
        measure=bridge,
    ),
    Case(
        id="V12",
        title="先分后合的网络",
        title_en="Branches that part and join",
        mark=CaseMark.COMPUTED,
        measure=diamond,
    ),
    Case(
        id="V13",
        title="共用一支力量：等待与资源关键链",
        title_en="One shared unit: waiting and the resource-constrained chain",
        mark=CaseMark.COMPUTED,
        measure=shared_unit,
    ),
    Case(
        id="V14",
        title="电话叫应树（每人转呼3人，共3级）",
        title_en="Call tree, three children, three levels",
        mark=CaseMark.COMPUTED,
        measure=call_tree,
    ),
)
