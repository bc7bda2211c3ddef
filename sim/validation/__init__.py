"""The cases known beforehand that every engine and formula here must reproduce: ``run_cases``.

The numbers (V…) are those of the project's validation table. V01 needs minutes of
playing and lives in the tests alone; V02 and V03 are played shorter here than there,
and their tolerance says so.
"""

from __future__ import annotations

from sim.chunk import Engine
from sim.reference_engine import play
from sim.validation import conservation, engine, fire, flood, laws, mine, queues
from sim.validation.case import Case, CaseMark, CaseResult, Check

CASES: tuple[Case, ...] = tuple(
    sorted(
        (case for family in (queues, engine, conservation, flood, mine, fire, laws) for case in family.CASES),
        key=lambda case: case.id,
    )
)


def run_cases(engine: Engine = play) -> tuple[CaseResult, ...]:
    """Every case with what was expected, what an engine and the formulas gave, and whether that is close enough."""
    return tuple(case.result(engine) for case in CASES)


__all__ = ["CASES", "Case", "CaseMark", "CaseResult", "Check", "run_cases"]
