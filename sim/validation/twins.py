"""Two engines, one answer (V49): the same entries in the same order at the same ticks."""

from __future__ import annotations

from collections.abc import Iterator

from sim.chunk import Engine
from sim.kernel.playing import kernel_play
from sim.reference_engine import play
from sim.validation.case import Case, CaseMark, Check, exact
from sim.validation.random_networks import MIXTURES, a_random_network

EACH = 40
"""Networks of every mixture."""
LEAST = 500


def twins(engine: Engine) -> Iterator[Check]:
    """V49: the engine under test, the reference engine and the compiled one on random networks."""
    count = EACH * len(MIXTURES)
    yield Check(label="n", expected=LEAST, obtained=count, tolerance="≥", passed=count >= LEAST)
    for name, mixture in MIXTURES.items():
        different = 0
        for seed in range(EACH):
            network = a_random_network(mixture, seed)
            runs = [each(network, seed=49, replication=seed) for each in {engine, play, kernel_play}]
            different += any(run != runs[0] for run in runs[1:])
        yield exact(f"≠ {name}", 0, different)


CASES = (
    Case(
        id="V49",
        title="参考引擎与编译引擎在500个以上随机网络上逐事件一致",
        title_en="Reference and compiled engine, event for event on 500 random networks and more",
        mark=CaseMark.COMPUTED,
        measure=twins,
    ),
)
