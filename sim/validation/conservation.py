"""Nothing is lost in a run (V15): minutes, customers and unit-minutes are counted twice, from log and passages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sim.chain import breakdown
from sim.chunk import Engine
from sim.compiling import compile_network
from sim.durations import Duration, Exponential, Law, Uniform
from sim.hazards.contribution import Clock, Contribution, Gate
from sim.log import Run, What
from sim.network import Demand, Network
from sim.procedure import After, Hazard, Need, Outcome, Pool, PoolRule, Procedure, Task, TaskKind
from sim.ticks import NEVER
from sim.validation.case import Case, CaseMark, Check, exact

ENDS = (What.DONE, What.FAILED, What.SKIPPED)
RETURNS = (What.DONE, What.FAILED, What.FAILED_ONCE, What.PREEMPTED)
BUSY = Exponential(mean_min=6)
SHORT = Uniform(low_min=1, high_min=4)


def _task(name: str, law: Law, *after: str, **fields: Any) -> Task:
    edges = tuple(After(task=edge) for edge in after)
    return Task(id=name, title=name, duration=Duration(law=law), after=edges, **fields)


HORIZON_MIN = 45.0
"""Too near for all to end."""


def small_world() -> Network:
    """The dozen tasks against their event, as a network."""
    return compile_network(small_procedure(), small_event(), horizon_min=HORIZON_MIN)


def small_procedure() -> Procedure:
    """A dozen tasks with pools, gates, retries, preemption, stock and a branch."""
    crew, bus, kit = Need(pool="crew"), Need(pool="bus"), Need(pool="kit", units=2, consumes=True)
    tasks = (
        _task("alarm", SHORT, kind=TaskKind.NOTIFY),
        _task("decide", BUSY, "alarm", kind=TaskKind.DECISION, needs=(Need(pool="boss"),)),
        _task("patrol", BUSY, needs=(crew,), priority=5, preemptible=True),
        _task("watch", BUSY, needs=(crew,), priority=5, preemptible=True),
        _task("call", SHORT, "alarm", tries=2, success_share=0.6, kind=TaskKind.NOTIFY),
        _task("fetch", BUSY, "alarm", needs=(bus, crew), priority=1, kind=TaskKind.TRAVEL),
        _task("drive", BUSY, "decide", needs=(bus,), gate="road", until="flooded", kind=TaskKind.TRAVEL),
        _task("equip", SHORT, "decide", needs=(kit,)),
        _task("refit", SHORT, "call", needs=(kit,)),
        _task("enter", BUSY, "equip", needs=(crew,), gate="gas"),
        _task("finish", SHORT, "fetch", "drive", "enter"),
        Task(
            id="boat",
            title="boat",
            duration=Duration(law=BUSY),
            after=(After(task="drive", when=Outcome.SKIPPED),),
            needs=(crew,),
        ),
    )
    pools = (
        Pool(id="crew", title="crew", units=2, preemptible=True),
        Pool(id="bus", title="bus", units=1, rule=PoolRule.STRICT),
        Pool(id="boss", title="boss", units=1),
        Pool(id="kit", title="kit", units=3),
    )
    return Procedure(hazard=Hazard.FLOOD, tasks=tasks, pools=pools)


def small_event() -> Contribution:
    """A road that goes under at some time, and gas that must fall first."""
    clocks = (
        Clock(name="flooded", base_min=12, law=Uniform(low_min=0.5, high_min=1.5)),
        Clock(name="safe", base_min=9),
    )
    gates = (
        Gate(name="road", cause="road", closes="flooded"),
        Gate(name="gas", cause="gas", is_open=False, opens="safe"),
    )
    return Contribution(clocks=clocks, gates=gates)


def conservation(engine: Engine, runs: int = 300) -> Iterator[Check]:
    """V15: what is left over, in ticks, when each sum is taken from the other."""
    network = small_world()
    played = [engine(network, seed=15, replication=n) for n in range(runs)]
    yield exact("Σ−T", 0, sum(unlabelled(network, run) for run in played))
    yield exact("L−λW", 0, sum(abs(heads(network, run) - stays(network, run)) for run in played))
    yield exact("u·t", 0, sum(abs(lent(network, run) - worked(network, run)) for run in played))


def unlabelled(network: Network, run: Run) -> int:
    """Ticks from 0 to the end of each node that no label accounts for, or that two do."""
    missing = 0
    for node, passage in enumerate(run.passages):
        end = min(passage.finish, network.horizon)
        missing += abs(end - sum(share.ticks for share in breakdown(network, run, node)))
    return missing


def heads(network: Network, run: Run) -> int:
    """Node-ticks in the system, by counting those ready and not yet ended after every entry of the log."""
    return _area(network, _comings(run))


def _comings(run: Run) -> Iterator[tuple[int, int]]:
    inside: set[int] = set()
    for entry in run.entries:
        if entry.what is What.READY and entry.index not in inside:
            inside.add(entry.index)
            yield entry.tick, 1
        elif entry.what in ENDS and entry.index in inside:
            yield entry.tick, -1


def stays(network: Network, run: Run) -> int:
    """The same from the passages: how long each node was in the system."""
    return sum(min(p.finish, network.horizon) - p.ready for p in run.passages if p.ready != NEVER)


def lent(network: Network, run: Run) -> int:
    """Unit-ticks lent by all pools, by following the log."""
    return _area(network, _lendings(network, run))


def _lendings(network: Network, run: Run) -> Iterator[tuple[int, int]]:
    running: set[int] = set()
    for entry in run.entries:
        if entry.what is What.STARTED:
            running.add(entry.index)
            yield entry.tick, _held(network.nodes[entry.index].demands)
        elif entry.what in RETURNS and entry.index in running:
            running.remove(entry.index)
            yield entry.tick, -_held(network.nodes[entry.index].demands)


def worked(network: Network, run: Run) -> int:
    """Unit-ticks worked, from the passages."""
    pairs = zip(network.nodes, run.passages, strict=True)
    return sum(passage.worked * _held(node.demands) for node, passage in pairs)


def _held(demands: tuple[Demand, ...]) -> int:
    return sum(demand.units for demand in demands if not demand.consumes)


def _area(network: Network, steps: Iterable[tuple[int, int]]) -> int:
    """The area under a staircase of (tick, step) from 0 to the horizon."""
    area = level = last = 0
    for tick, step in steps:
        area += level * (tick - last)
        level, last = level + step, tick
    return area + level * (network.horizon - last)


CASES = (
    Case(
        id="V15",
        title="守恒：等待与作业分钟、在场数量、力量占用逐一相符",
        title_en="Conservation: labelled minutes, L = λW, unit-minutes lent and worked",
        mark=CaseMark.COMPUTED,
        measure=conservation,
    ),
)
