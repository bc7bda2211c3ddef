"""The log of a run in the kernel's memory."""

from __future__ import annotations

from sim.compiled import code, hot, inner
from sim.kernel import memory as at
from sim.kernel.arrays import Whole

COMPLETION, CLOCKS, START = 1, 2, 3
NOTHING = code(0)
(
    READY, STARTED, DONE, FAILED_ONCE, FAILED, SKIPPED, PREEMPTED, CAPACITY_CHANGED, GATE_OPENED, GATE_CLOSED,
    CLOCK_STRUCK,
) = (code(number) for number in range(11))  # fmt: skip
"""What an entry records: the places of :class:`sim.log.What` in their order."""


@hot
def note(m: Whole, what: int, index: int, value: int) -> None:
    """One entry of the log, if one is kept; where there is no room left it is counted only."""
    if m[at.LOG_ROOM] > 0:
        _write(m, what, index, value)


@inner
def _write(m: Whole, what: int, index: int, value: int) -> None:
    if m[at.ENTRIES] < m[at.LOG_ROOM]:
        entry = m[at.LOG_AT] + m[at.ENTRIES] * at.ENTRY
        m[entry], m[entry + at.ENTRY_ROUND], m[entry + at.ENTRY_PHASE] = m[at.NOW], m[at.ROUND], m[at.PHASE]
        m[entry + at.ENTRY_WHAT], m[entry + at.ENTRY_INDEX], m[entry + at.ENTRY_VALUE] = what, index, value
    m[at.ENTRIES] += 1
