"""The cases known beforehand that every engine and formula here must reproduce: ``run_cases``.

The numbers (V…) are those of the project's validation table. Long runs are played
by the compiled engine until the table's tolerance is reached; another engine plays them shorter, and the tolerance
printed says so. The cases that replay a recorded disaster stand with their records (``sim.replays``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sim.chunk import Engine
from sim.reference_engine import play
from sim.validation import (
    conservation,
    engine,
    fire,
    flood,
    laws,
    luck,
    mine,
    people,
    queues,
    sampling,
    systems,
    twins,
    wildfire,
)
from sim.validation.case import Case, CaseMark, CaseResult, Check

_FAMILIES = (
    queues, systems, engine, conservation, flood, mine, fire, people, wildfire, laws, sampling, luck, twins,
)  # fmt: skip
CASES: tuple[Case, ...] = tuple(
    sorted((case for family in _FAMILIES for case in family.CASES), key=lambda case: case.id)
)


def run_cases(
    engine: Engine = play, cases: Iterable[Case] = CASES, *, heard: Callable[[int], None] = lambda _: None
) -> tuple[CaseResult, ...]:
    """Every case with what was expected, what an engine and the formulas gave, and whether that is close enough.

    *heard* is told after each case how many have been run.
    """
    results: list[CaseResult] = []
    for case in cases:
        results.append(case.result(engine))
        heard(len(results))
    return tuple(results)


__all__ = ["CASES", "Case", "CaseMark", "CaseResult", "Check", "run_cases"]
