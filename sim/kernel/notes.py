"""The log of a run in the kernel's memory."""

from __future__ import annotations

from sim.compiled import code, inner
from sim.kernel import memory as at
from sim.kernel.layout import Whole

COMPLETION, CLOCKS, START = 1, 2, 3
NOTHING = code(0)
(
    READY, STARTED, DONE, FAILED_ONCE, FAILED, SKIPPED, PREEMPTED, CAPACITY_CHANGED, GATE_OPENED, GATE_CLOSED,
    CLOCK_STRUCK,
) = (code(number) for number in range(11))  # fmt: skip
"""What an entry records: the places of :class:`sim.log.What` in their order."""


@inner
def note(m: Whole, what: int, index: int, value: int) -> None:
    """One entry of the log, if one is kept; where there is no room left it is counted only."""
    room = m[at.LOG_ROOM]
    if room == 0:
        return
    if m[at.ENTRIES] < room:
        entry = m[at.LOG_AT] + m[at.ENTRIES] * at.ENTRY
        m[entry], m[entry + at.ENTRY_ROUND], m[entry + at.ENTRY_PHASE] = m[at.NOW], m[at.ROUND], m[at.PHASE]
        m[entry + at.ENTRY_WHAT], m[entry + at.ENTRY_INDEX], m[entry + at.ENTRY_VALUE] = what, index, value
    m[at.ENTRIES] += 1
