"""Nodes becoming ready and standing in line, and what lines wait for."""

from __future__ import annotations

from sim.compiled import hot
from sim.kernel import memory as at
from sim.kernel.arrays import Whole
from sim.kernel.heaps import put_in_line, take_out_of_line
from sim.kernel.memory import NOT_YET
from sim.kernel.notes import NOTHING, READY, note
from sim.kernel.queues import line_changed, mark_line


@hot
def consider(m: Whole, node: int, trigger: int) -> None:
    """Put the node in line if its predecessors and its release allow; *trigger* is the index of who told it."""
    if m[node + at.OUTCOME] != at.NONE or m[node + at.FIRST_READY] != NOT_YET or not m[node + at.IS_RELEASED]:
        return
    common = m[node + at.COMMON]
    needed = m[common + at.EDGES] - m[node + at.GONE] if m[common + at.WAITS_FOR_ALL] else m[common + at.NEED]
    if m[node + at.SATISFIED] >= needed:
        m[node + at.TRIGGER] = trigger
        m[node + at.FIRST_READY] = m[node + at.READY] = m[at.NOW]
        queue(m, node)


@hot
def queue(m: Whole, node: int) -> None:
    """The node joins its line now."""
    line = m[m[node + at.COMMON] + at.LINE]
    settle(m, line)
    put_in_line(m, node)
    line_changed(m, line)
    mark_line(m, line)
    own = m[node + at.OWN_SLOTS]
    for slot in range(m[line + at.SLOTS], m[line + at.SLOTS_END], at.SLOT):
        m[own + at.BEFORE] = m[slot + at.SUM]
        own += at.OWN_SLOT
    m[node + at.IS_WAITING] = 1
    m[at.IS_STIRRED] = 1
    note(m, READY, m[node + at.INDEX], NOTHING)


@hot
def settle(m: Whole, line: int) -> None:
    """Book the ticks since the last settling on the present cause."""
    passed = m[at.NOW] - m[line + at.SINCE]
    if passed > 0 and m[line + at.SIZE] > 0:
        for slot in range(m[line + at.SLOTS], m[line + at.SLOTS_END], at.SLOT):
            if m[slot + at.SLOT_CAUSE] == m[line + at.CAUSE]:
                m[slot + at.SUM] += passed
                break
    m[line + at.SINCE] = m[at.NOW]


@hot
def blame(m: Whole, line: int, cause: int) -> None:
    """From now on the line waits for *cause*."""
    if m[line + at.CAUSE] != cause:
        settle(m, line)
        m[line + at.CAUSE] = cause


@hot
def leave(m: Whole, node: int) -> None:
    """Book the node's waits in its line and take it out."""
    line = m[m[node + at.COMMON] + at.LINE]
    settle(m, line)
    m[node + at.IS_WAITING] = 0
    book(m, node)
    take_out_of_line(m, node)
    line_changed(m, line)


@hot
def book(m: Whole, node: int) -> None:
    """Add what its line has waited since the node joined to the node's own waits."""
    line, own = m[m[node + at.COMMON] + at.LINE], m[node + at.OWN_SLOTS]
    for slot in range(m[line + at.SLOTS], m[line + at.SLOTS_END], at.SLOT):
        m[own + at.WAITED] += m[slot + at.SUM] - m[own + at.BEFORE]
        own += at.OWN_SLOT
