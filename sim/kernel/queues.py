"""Queues of lines, kept in order as lines change, and what a pass has to look at anew.

Only a network without preemption keeps them: there a pass that refuses one line has often
refused all lines that ask for the same, and whole islands need no look at all.
"""

from __future__ import annotations

from sim.compiled import hot, inner
from sim.kernel import memory as at
from sim.kernel.arrays import Whole
from sim.kernel.heaps import goes_before
from sim.kernel.memory import NOWHERE, OUTSIDE


@hot
def mark_dirty(m: Whole, island: int) -> None:
    """The next pass looks at this island."""
    if not m[island + at.IS_DIRTY]:
        m[island + at.IS_DIRTY] = 1
        m[island + at.NEXT_DIRTY] = m[at.FIRST_DIRTY]
        m[at.FIRST_DIRTY] = island


@hot
def line_changed(m: Whole, line: int) -> None:
    """A node came or went, or the gate moved: the line enters its queue, leaves it, or finds its new place."""
    if m[at.MAY_PREEMPT]:
        return
    is_open = m[line + at.GATE] == NOWHERE or m[m[line + at.GATE] + at.IS_OPEN]
    if m[line + at.SIZE] > 0 and is_open:
        if m[line + at.QUEUE_RANK] == OUTSIDE:
            _touch(m, line)
            enter_queue(m, line)
        elif m[m[line + at.QUEUE] + at.QUEUE_SIZE] > 1:
            _find_place(m, line)
    else:
        if m[line + at.QUEUE_RANK] != OUTSIDE:
            leave_queue(m, line)
        if m[line + at.SIZE] > 0 and not m[line + at.IS_SHUT]:
            m[line + at.IS_SHUT] = 1
            m[line + at.NEXT_SHUT] = m[at.FIRST_SHUT]
            m[at.FIRST_SHUT] = line


@hot
def mark_line(m: Whole, line: int) -> None:
    """The next pass looks at the line's island."""
    mark_dirty(m, m[m[line + at.QUEUE] + at.QUEUE_ISLAND])


@inner
def _touch(m: Whole, line: int) -> None:
    if not m[line + at.IS_TOUCHED]:
        queue = m[line + at.QUEUE]
        m[line + at.IS_TOUCHED] = 1
        m[line + at.NEXT_TOUCHED] = m[queue + at.FIRST_TOUCHED]
        m[queue + at.FIRST_TOUCHED] = line


@inner
def enter_queue(m: Whole, line: int) -> None:
    """Put a line into the heap of its queue."""
    queue = m[line + at.QUEUE]
    m[queue + at.QUEUE_SIZE] += 1
    _rise(m, m[queue + at.QUEUE_LINES], m[queue + at.QUEUE_SIZE] - 1, line)


@inner
def leave_queue(m: Whole, line: int) -> None:
    """Take a line out of the heap of its queue."""
    queue, rank = m[line + at.QUEUE], m[line + at.QUEUE_RANK]
    m[queue + at.QUEUE_SIZE] -= 1
    m[line + at.QUEUE_RANK] = OUTSIDE
    first, size = m[queue + at.QUEUE_LINES], m[queue + at.QUEUE_SIZE]
    if rank < size:
        last = m[first + size]
        m[last + at.QUEUE_RANK] = rank
        m[first + rank] = last
        _find_place(m, last)


@inner
def _find_place(m: Whole, line: int) -> None:
    queue, rank = m[line + at.QUEUE], m[line + at.QUEUE_RANK]
    first = m[queue + at.QUEUE_LINES]
    if rank > 0 and leads(m, line, m[first + (rank - 1) // 2]):
        _rise(m, first, rank, line)
    else:
        _sink(m, first, m[queue + at.QUEUE_SIZE], rank, line)


@inner
def _rise(m: Whole, first: int, rank: int, line: int) -> None:
    while rank > 0 and leads(m, line, m[first + (rank - 1) // 2]):
        _set(m, first, rank, m[first + (rank - 1) // 2])
        rank = (rank - 1) // 2
    _set(m, first, rank, line)


@inner
def _sink(m: Whole, first: int, size: int, rank: int, line: int) -> None:
    while 2 * rank + 1 < size:
        below = 2 * rank + 1
        if below + 1 < size and leads(m, m[first + below + 1], m[first + below]):
            below += 1
        if not leads(m, m[first + below], line):
            break
        _set(m, first, rank, m[first + below])
        rank = below
    _set(m, first, rank, line)


@inner
def _set(m: Whole, first: int, rank: int, line: int) -> None:
    m[first + rank] = line
    m[line + at.QUEUE_RANK] = rank


@inner
def leads(m: Whole, one: int, other: int) -> bool:
    """Whether of two lines *one* is served first."""
    return goes_before(m, m[one + at.FIRST], m[other + at.FIRST])
