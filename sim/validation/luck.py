"""The same luck on both sides of a comparison (V46), and the same results in whatever pieces (V48)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.batch import played_by
from sim.chunk import Chunk, Engine, merge, results_hash, run_chunk
from sim.durations import Lognormal
from sim.log import Run
from sim.network import Demand, Network, Node
from sim.procedure import Hazard, Target
from sim.question import Question
from sim.recorded import RECORDED, RecordedQuestion
from sim.scenario import ResourceSet, Scenario
from sim.statistics import Sums
from sim.validation.case import Case, CaseMark, Check, exact, same
from sim.validation.conservation import HORIZON_MIN, small_event, small_procedure
from sim.validation.nodes import a_network, a_node, done

VILLAGES = 12
STEPS = (("call", 4.0, 3), ("drive", 20.0, 5), ("check in", 3.0, 2))
"""Steps of every village in turn: median minutes and units of the step's pool."""
LEAST_RATIO = 10.0


def villages(units: Sequence[int], *, with_stranger: bool = False) -> Network:
    """Villages that are called, driven and checked in; a stranger is a task nobody waits for."""
    nodes: list[Node] = []
    if with_stranger:
        nodes.append(a_node(0, "stranger", Lognormal(median_min=30, sigma=0.5)))
    for village in range(VILLAGES):
        for pool, (step, median, _) in enumerate(STEPS):
            law = Lognormal(median_min=median, sigma=0.4)
            after = done(len(nodes) - 1) if pool else ()
            demand = (Demand(pool=pool, units=1, consumes=False),)
            nodes.append(a_node(len(nodes), step, law, entity=f"V{village}", after=after, demands=demand))
    return a_network(nodes, tuple(units))


def _spans(network: Network, engine: Engine, runs: int) -> list[int]:
    return [_span(network, engine(network, seed=46, replication=n, keep_log=False)) for n in range(runs)]


def _span(network: Network, run: Run) -> int:
    pairs = zip(network.nodes, run.passages, strict=True)
    return max(passage.finish for node, passage in pairs if node.task != "stranger")


def same_luck(engine: Engine, runs: int = 300) -> Iterator[Check]:
    """V46: nothing changed, nothing gained; a stranger changes nobody's luck; one bus more is seen far more sharply."""
    units = [count for _, _, count in STEPS]
    before = _spans(villages(units), engine, runs)
    again = _spans(villages(units), engine, runs)
    yield exact("Σ|B−A|", 0, sum(abs(b - a) for a, b in zip(before, again, strict=True)))
    yield exact("Σ|B−A| +1", 0, _changed(units, engine, 20))
    after = _spans(villages([count + (step == "drive") for step, _, count in STEPS]), engine, runs)
    apart = Sums.of(before).variance + Sums.of(after).variance
    paired = Sums.of(b - a for a, b in zip(before, after, strict=True)).variance
    ratio = apart / paired if paired else float("inf")
    yield Check(label="Var/Var", expected=LEAST_RATIO, obtained=ratio, tolerance="≥", passed=ratio >= LEAST_RATIO)


def _changed(units: Sequence[int], engine: Engine, runs: int) -> int:
    """Ticks by which tasks took longer or shorter because of the stranger."""
    plain, other = villages(units), villages(units, with_stranger=True)
    total = 0
    for n in range(runs):
        one, two = (engine(network, seed=46, replication=n, keep_log=False) for network in (plain, other))
        pairs = zip(one.passages, two.passages[1:], strict=True)
        total += sum(abs(a.worked - b.worked) for a, b in pairs)
    return total


RUNS = 100
PIECES = (1, 7, 100)


def a_question() -> Question:
    """The dozen tasks that count what is lost, with two promises."""
    targets = (
        Target(id="boat", title="boat", task="boat", limit_min=30),
        Target(id="fetched", title="fetched", task="fetch", limit_min=20),
    )
    return RecordedQuestion(
        procedure=small_procedure().with_targets(targets),
        scenario=Scenario(id="small", hazard=Hazard.FLOOD, spread=RECORDED, title="small", horizon_min=HORIZON_MIN),
        resources=ResourceSet(id="own", title="own"),
        brings=small_event(),
    )


def in_pieces(engine: Engine) -> Iterator[Check]:
    """V48: the results of a study played at once, in pieces, and broken off and taken up again."""
    question = a_question()

    def piece(first: int, runs: int) -> Chunk:
        return run_chunk(question, seed=48, first=first, runs=runs, batch=played_by(engine))

    whole = results_hash(question, 48, piece(0, RUNS))
    for size in PIECES:
        starts = range(0, RUNS, size)
        joined = merge(piece(first, min(size, RUNS - first)) for first in reversed(starts))
        yield same(f"#{size}", whole[:12], results_hash(question, 48, joined)[:12])
    kept = piece(0, 37)
    yield same("37 + 63", whole[:12], results_hash(question, 48, merge([piece(37, RUNS - 37), kept]))[:12])


CASES = (
    Case(
        id="V46",
        title="公共随机数：同案无差、增任务不扰动、配对降方差",
        title_en="Common random numbers: no difference, no disturbance, less variance",
        mark=CaseMark.COMPUTED,
        measure=same_luck,
    ),
    Case(
        id="V48",
        title="同一研究分块推演、中断续算，结果逐字节一致",
        title_en="The same study in pieces and taken up again: the same bytes",
        mark=CaseMark.COMPUTED,
        measure=in_pieces,
    ),
)
