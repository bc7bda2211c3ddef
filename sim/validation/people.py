"""People on foot (V33): the components of IMO and RiMEA, played by the engine person by person."""

from __future__ import annotations

from collections.abc import Iterator

from sim.chunk import Engine
from sim.durations import Fixed, Uniform
from sim.formulas import walk_min
from sim.network import Node
from sim.ticks import minutes
from sim.validation.case import Case, CaseMark, Check, near, same
from sim.validation.nodes import ONE_OF_THE_FIRST, a_network, a_node, done

SECOND_MIN = 1 / 60
CLOSE_S = 1.0


def walk_s(engine: Engine, *legs: tuple[float, float]) -> float:
    """Seconds of one person over legs of (metres, metres a second), one after another."""
    nodes: list[Node] = []
    for index, (metres, speed) in enumerate(legs):
        law = Fixed(minutes=walk_min(metres, speed))
        nodes.append(a_node(index, f"leg {index}", law, after=done(index - 1) if index else ()))
    return minutes(engine(a_network(nodes), seed=33, replication=0).passages[-1].finish) * 60


def passing_s(engine: Engine, people: int, per_s: float) -> list[float]:
    """When each of a crowd is through an exit that lets so many a second pass."""
    law = Fixed(minutes=SECOND_MIN / per_s)
    nodes = [a_node(n, "pass", law, entity=str(n), demands=ONE_OF_THE_FIRST) for n in range(people)]
    run = engine(a_network(nodes, (1,)), seed=33, replication=0)
    return [minutes(passage.finish) * 60 for passage in run.passages]


def reacting_s(engine: Engine, people: int) -> list[float]:
    """When each of a crowd sets out, between 10 and 100 seconds."""
    law = Uniform(low_min=10 * SECOND_MIN, high_min=100 * SECOND_MIN)
    run = engine(a_network([a_node(n, "react", law, entity=str(n)) for n in range(people)]), seed=33, replication=0)
    return [minutes(passage.finish) * 60 for passage in run.passages]


def components(engine: Engine) -> Iterator[Check]:
    """V33: corridor, stair, exit, reaction and corner."""
    yield near("t(40 m)", 40, walk_s(engine, (40, 1.0)), absolute=CLOSE_S)
    yield near("t(40 m, 1.33)", 30, walk_s(engine, (40, 1.33)), absolute=4)
    yield near("t(stair)", 10, walk_s(engine, (10, 1.0)), absolute=CLOSE_S)
    last = max(passing_s(engine, 100, 1.33))
    yield near("t(100)", 100 / 1.33, last, absolute=CLOSE_S)
    yield same("t(100) ≥ 75", "✓", "✓" if last >= 75 else f"{last:.1f}")
    times = reacting_s(engine, 200)
    yield same("10…100 s", "✓", "✓" if min(times) >= 10 and max(times) <= 100 else f"{min(times)}…{max(times)}")
    around = [walk_s(engine, (6.0 + n, 1.0), (6.0, 1.0)) for n in range(10)]
    yield same("corner", "10", str(sum(abs(t - (12 + n)) <= CLOSE_S for n, t in enumerate(around))))


CASES = (
    Case(
        id="V33",
        title="人员疏散构件（IMO/RiMEA：走廊、楼梯、出口、反应时间、转角）",
        title_en="Components of escape (IMO/RiMEA: corridor, stair, exit, reaction, corner)",
        mark=CaseMark.TO_BE_CONFIRMED,
        measure=components,
    ),
)
