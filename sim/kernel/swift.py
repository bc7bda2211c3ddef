"""The start pass without preemption, sparing looks that cannot change anything.

What it decides is what :mod:`sim.kernel.starting` decides by looking at every line. Within
a pass units only become fewer and blocked pools more, so a line behind a refused one that
asks for the same is refused as well; only the cause it waits for may be another.
"""

from __future__ import annotations

from sim.compiled import hot, inner
from sim.kernel import memory as at
from sim.kernel.arrays import Reals, Whole
from sim.kernel.heaps import pop_head, push_head
from sim.kernel.lines import blame, leave
from sim.kernel.memory import MIXED, NOBODY, NOWHERE, OUTSIDE
from sim.kernel.queues import enter_queue, leave_queue, mark_dirty
from sim.kernel.starting import refusal, refuse, start


@hot
def swift_pass(m: Whole, x: Reals) -> None:
    """Take the earliest head among the queues of islands in which something has changed; start it, or refuse."""
    _blame_shut(m)
    first_dirty = m[at.FIRST_DIRTY]
    _gather_queues(m)
    while m[at.HEADS] > 0:
        queue = pop_head(m)
        line = m[m[queue + at.QUEUE_LINES]]
        node = m[line + at.FIRST]
        cause = refusal(m, line)
        if cause == NOBODY:
            leave(m, node)
            start(m, x, node)
            island = m[queue + at.QUEUE_ISLAND]
            m[island + at.IS_UNSETTLED] |= m[island + at.HAS_REFUSED]
            _go_on(m, queue)
        else:
            _refuse(m, queue, line, cause)
    _put_in_order(m, first_dirty)


@hot
def _put_in_order(m: Whole, island: int) -> None:
    """After a pass, in every island it looked at: queues whole again, and another look where one is due."""
    while island != NOWHERE:
        for place in range(m[island + at.ISLAND_QUEUES], m[island + at.ISLAND_QUEUES_END]):
            _unstash(m, m[place])
        following = m[island + at.NEXT_DIRTY]
        if m[island + at.IS_UNSETTLED]:
            mark_dirty(m, island)
        island = following


@hot
def _blame_shut(m: Whole) -> None:
    """Lines behind gates that have closed, or that somebody joined behind a closed one, wait for their gate."""
    while m[at.FIRST_SHUT] != NOWHERE:
        line = m[at.FIRST_SHUT]
        m[at.FIRST_SHUT] = m[line + at.NEXT_SHUT]
        m[line + at.IS_SHUT] = 0
        if m[line + at.SIZE] > 0 and not m[m[line + at.GATE] + at.IS_OPEN]:
            blame(m, line, m[line + at.GATE_CAUSE])


@hot
def _gather_queues(m: Whole) -> None:
    """Begin a pass: in every dirty island no pool is blocked, and all queues have their say."""
    m[at.HEADS] = 0
    island = m[at.FIRST_DIRTY]
    while island != NOWHERE:
        m[island + at.IS_DIRTY] = m[island + at.LIVE] = m[island + at.HAS_REFUSED] = m[island + at.IS_UNSETTLED] = 0
        for place in range(m[island + at.ISLAND_POOLS], m[island + at.ISLAND_POOLS_END]):
            m[m[place] + at.IS_BLOCKED] = 0
        for place in range(m[island + at.ISLAND_QUEUES], m[island + at.ISLAND_QUEUES_END]):
            if m[m[place] + at.QUEUE_SIZE] > 0:
                m[island + at.LIVE] += 1
                push_head(m, m[place], _first_node(m, m[place]))
        island = m[island + at.NEXT_DIRTY]
    m[at.FIRST_DIRTY] = NOWHERE


@hot
def _first_node(m: Whole, queue: int) -> int:
    return int(m[m[m[queue + at.QUEUE_LINES]] + at.FIRST])


@hot
def _go_on(m: Whole, queue: int) -> None:
    """The queue's next line has its say, if there is one."""
    if m[queue + at.QUEUE_SIZE] > 0:
        push_head(m, queue, _first_node(m, queue))
    else:
        m[m[queue + at.QUEUE_ISLAND] + at.LIVE] -= 1


@hot
def _refuse(m: Whole, queue: int, line: int, cause: int) -> None:
    """Refuse a line; where nothing can change before the turn of those behind it, refuse them too."""
    is_more = refuse(m, line, cause)
    island = m[queue + at.QUEUE_ISLAND]
    m[island + at.HAS_REFUSED] = 1
    if m[queue + at.QUEUE_SIZE] == 1 and m[queue + at.FIRST_STASHED] == NOWHERE:
        m[queue + at.COMMON_CAUSE] = cause
        m[island + at.LIVE] -= 1
        return
    lacks_all = _lacks_all(m, line)
    _stash(m, queue, line, cause)
    if lacks_all:
        _refuse_rest(m, queue, m[m[m[line + at.DEMANDS]] + at.POOL_INDEX])
        m[island + at.LIVE] -= 1
    elif m[island + at.LIVE] == 1 and not is_more:
        _refuse_rest(m, queue, cause)
        m[island + at.LIVE] -= 1
    else:
        if m[queue + at.QUEUE_SIZE] == 0:
            m[queue + at.COMMON_CAUSE] = m[queue + at.STASHED_CAUSE]
        _go_on(m, queue)


@inner
def _lacks_all(m: Whole, line: int) -> bool:
    """Whether every pool the line asks for is blocked or has too few units."""
    for demand in range(m[line + at.DEMANDS], m[line + at.DEMANDS_END], at.DEMAND):
        pool = m[demand]
        if not m[pool + at.IS_BLOCKED] and m[pool + at.FREE] >= m[demand + at.DEMAND_UNITS]:
            return False
    return True


@inner
def _refuse_rest(m: Whole, queue: int, cause: int) -> None:
    """All lines left in the queue wait for *cause*; those that did before need not be told."""
    if m[queue + at.COMMON_CAUSE] == cause:
        line = m[queue + at.FIRST_TOUCHED]
        while line != NOWHERE:
            if m[line + at.QUEUE_RANK] != OUTSIDE:
                blame(m, line, cause)
            line = m[line + at.NEXT_TOUCHED]
    else:
        first = m[queue + at.QUEUE_LINES]
        for place in range(first, first + m[queue + at.QUEUE_SIZE]):
            blame(m, m[place], cause)
    m[queue + at.COMMON_CAUSE] = cause if m[queue + at.STASHED_CAUSE] == cause else MIXED


@inner
def _stash(m: Whole, queue: int, line: int, cause: int) -> None:
    """Take a refused line out of its queue until the pass is over."""
    leave_queue(m, line)
    is_first = m[queue + at.FIRST_STASHED] == NOWHERE
    if is_first or m[queue + at.STASHED_CAUSE] == cause:
        m[queue + at.STASHED_CAUSE] = cause
    else:
        m[queue + at.STASHED_CAUSE] = MIXED
    m[line + at.NEXT_STASHED] = m[queue + at.FIRST_STASHED]
    m[queue + at.FIRST_STASHED] = line


@inner
def _unstash(m: Whole, queue: int) -> None:
    """Put refused lines back into their queue, and forget which were touched."""
    while m[queue + at.FIRST_STASHED] != NOWHERE:
        line = m[queue + at.FIRST_STASHED]
        m[queue + at.FIRST_STASHED] = m[line + at.NEXT_STASHED]
        enter_queue(m, line)
    while m[queue + at.FIRST_TOUCHED] != NOWHERE:
        line = m[queue + at.FIRST_TOUCHED]
        m[queue + at.FIRST_TOUCHED] = m[line + at.NEXT_TOUCHED]
        m[line + at.IS_TOUCHED] = 0
