"""Heaps inside the kernel's memory: pending events, the nodes of each line, the heads of a start pass."""

from __future__ import annotations

from sim.compiled import hot, inner
from sim.kernel.layout import Whole
from sim.kernel.memory import (
    AHEAD,
    BEHIND,
    COMMON,
    DUE,
    DUE_AT,
    DUE_ROOM,
    EVENT,
    EVENT_WHO,
    EVENTS,
    EVENTS_AT,
    EVENTS_ROOM,
    FIRST,
    HEADS,
    HEADS_AT,
    HEAPED,
    INDEX,
    IS_LOST,
    LINE,
    MEMBERS,
    NOW,
    NOWHERE,
    OUTSIDE,
    PRIORITY,
    RANK,
    READY,
    ROW_FIRST,
    ROW_LAST,
    SIZE,
    TURN,
    TURN_SHIFT,
)  # fmt: skip

# -- events, by tick and order of starting -------------------------------------------


@hot
def push_event(m: Whole, tick: int, node: int) -> None:
    """Remember that a node is due; what is due now joins the next round of this instant."""
    who = m[node + TURN] << TURN_SHIFT | node
    if tick == m[NOW]:
        if m[DUE] == m[DUE_ROOM]:
            m[IS_LOST] = 1
            return
        _set_event(m, m[DUE_AT] + m[DUE] * EVENT, tick, who)
        m[DUE] += 1
        return
    if m[EVENTS] == m[EVENTS_ROOM]:
        m[IS_LOST] = 1
        return
    m[EVENTS] += 1
    _raise_event(m, m[EVENTS] - 1, tick, who)


@hot
def _raise_event(m: Whole, rank: int, tick: int, who: int) -> None:
    """Let an event rise from a free position to where it belongs."""
    first = m[EVENTS_AT]
    while rank > 0:
        above = first + (rank - 1) // 2 * EVENT
        if not _is_before(tick, who, m[above], m[above + EVENT_WHO]):
            break
        _set_event(m, first + rank * EVENT, m[above], m[above + EVENT_WHO])
        rank = (rank - 1) // 2
    _set_event(m, first + rank * EVENT, tick, who)


@hot
def pop_event(m: Whole) -> None:
    """Move the earliest event to what is due in this instant.

    The hole sinks to the bottom, always to the earlier side, and the last event rises from there: it seldom rises far,
    and so nothing has to be guessed on the way.
    """
    first = m[EVENTS_AT]
    if m[DUE] == m[DUE_ROOM]:
        m[IS_LOST] = 1
    else:
        _set_event(m, m[DUE_AT] + m[DUE] * EVENT, m[first], m[first + EVENT_WHO])
        m[DUE] += 1
    m[EVENTS] -= 1
    size = m[EVENTS]
    tick, who = m[first + size * EVENT], m[first + size * EVENT + EVENT_WHO]
    hole, below, end = first, first + EVENT, first + size * EVENT
    while below + EVENT < end:
        is_right = _is_before(m[below + EVENT], m[below + EVENT + EVENT_WHO], m[below], m[below + EVENT_WHO])
        below += EVENT * is_right
        _set_event(m, hole, m[below], m[below + EVENT_WHO])
        hole, below = below, 2 * below - first + EVENT
    if below < end:
        _set_event(m, hole, m[below], m[below + EVENT_WHO])
        hole = below
    _raise_event(m, (hole - first) // EVENT, tick, who)


@hot
def sort_due(m: Whole, first: int, last: int) -> None:
    """Put what is due in the order of starting, which it nearly is in already."""
    for rank in range(first + 1, last):
        place = m[DUE_AT] + rank * EVENT
        who = m[place + EVENT_WHO]
        while place > m[DUE_AT] + first * EVENT and m[place - EVENT + EVENT_WHO] > who:
            m[place + EVENT_WHO] = m[place - EVENT + EVENT_WHO]
            place -= EVENT
        m[place + EVENT_WHO] = who


@hot
def _is_before(tick: int, who: int, other_tick: int, other: int) -> bool:
    return bool((tick < other_tick) | ((tick == other_tick) & (who < other)))


@hot
def _set_event(m: Whole, event: int, tick: int, who: int) -> None:
    m[event], m[event + EVENT_WHO] = tick, who


# -- the nodes of a line, by priority, time ready and index --------------------------


@hot
def goes_before(m: Whole, one: int, other: int) -> bool:
    """Whether of two waiting nodes *one* is served first."""
    priority, other_priority = m[m[one + COMMON] + PRIORITY], m[m[other + COMMON] + PRIORITY]
    if priority != other_priority:
        return bool(priority < other_priority)
    if m[one + READY] != m[other + READY]:
        return bool(m[one + READY] < m[other + READY])
    return bool(m[one + INDEX] < m[other + INDEX])


@hot
def put_in_line(m: Whole, node: int) -> None:
    """Add a node to its line."""
    line = m[m[node + COMMON] + LINE]
    last = m[line + ROW_LAST]
    if last == NOWHERE or goes_before(m, last, node):
        m[node + RANK], m[node + AHEAD], m[node + BEHIND] = OUTSIDE, last, NOWHERE
        m[line + ROW_LAST] = node
        if last == NOWHERE:
            m[line + ROW_FIRST] = node
        else:
            m[last + BEHIND] = node
    else:
        m[line + HEAPED] += 1
        _rise(m, m[line + MEMBERS], m[line + HEAPED] - 1, node)
    m[line + SIZE] += 1
    _find_first(m, line)


@hot
def take_out_of_line(m: Whole, node: int) -> None:
    """Take a node out of its line, wherever it stands."""
    line = m[m[node + COMMON] + LINE]
    if m[node + RANK] == OUTSIDE:
        _take_out_of_row(m, line, m[node + AHEAD], m[node + BEHIND])
    else:
        _take_out_of_heap(m, line, m[node + RANK])
    m[line + SIZE] -= 1
    _find_first(m, line)


@hot
def _find_first(m: Whole, line: int) -> None:
    """Of the first in the row and the first in the heap, who is served first."""
    first = m[line + ROW_FIRST]
    if m[line + HEAPED] > 0:
        top = m[m[line + MEMBERS]]
        if first == NOWHERE or goes_before(m, top, first):
            first = top
    m[line + FIRST] = first


@hot
def _take_out_of_row(m: Whole, line: int, ahead: int, behind: int) -> None:
    if ahead == NOWHERE:
        m[line + ROW_FIRST] = behind
    else:
        m[ahead + BEHIND] = behind
    if behind == NOWHERE:
        m[line + ROW_LAST] = ahead
    else:
        m[behind + AHEAD] = ahead


@inner
def _take_out_of_heap(m: Whole, line: int, rank: int) -> None:
    m[line + HEAPED] -= 1
    size, first = m[line + HEAPED], m[line + MEMBERS]
    if rank == size:
        return
    last = m[first + size]
    if rank > 0 and goes_before(m, last, m[first + (rank - 1) // 2]):
        _rise(m, first, rank, last)
    else:
        _sink(m, first, size, rank, last)


@inner
def _rise(m: Whole, first: int, rank: int, node: int) -> None:
    while rank > 0 and goes_before(m, node, m[first + (rank - 1) // 2]):
        _set_member(m, first, rank, m[first + (rank - 1) // 2])
        rank = (rank - 1) // 2
    _set_member(m, first, rank, node)


@inner
def _sink(m: Whole, first: int, size: int, rank: int, node: int) -> None:
    while 2 * rank + 1 < size:
        below = 2 * rank + 1
        if below + 1 < size and goes_before(m, m[first + below + 1], m[first + below]):
            below += 1
        if not goes_before(m, m[first + below], node):
            break
        _set_member(m, first, rank, m[first + below])
        rank = below
    _set_member(m, first, rank, node)


@inner
def _set_member(m: Whole, first: int, rank: int, node: int) -> None:
    m[first + rank] = node
    m[node + RANK] = rank


# -- the heads of a start pass: (what, its first node), by the first node -------------


@hot
def push_head(m: Whole, what: int, node: int) -> None:
    """Add a line or queue by its first node to those a pass still has to look at."""
    first, rank = m[HEADS_AT], m[HEADS]
    m[HEADS] += 1
    while rank > 0 and goes_before(m, node, m[first + (rank - 1) // 2 * 2 + 1]):
        above = first + (rank - 1) // 2 * 2
        m[first + 2 * rank], m[first + 2 * rank + 1] = m[above], m[above + 1]
        rank = (rank - 1) // 2
    m[first + 2 * rank], m[first + 2 * rank + 1] = what, node


@hot
def pop_head(m: Whole) -> int:
    """The line or queue whose first node is served first, taken from those a pass still has to look at."""
    first = m[HEADS_AT]
    top = m[first]
    m[HEADS] -= 1
    size = m[HEADS]
    what, node, rank = m[first + 2 * size], m[first + 2 * size + 1], 0
    while 2 * rank + 1 < size:
        below = 2 * rank + 1
        if below + 1 < size and goes_before(m, m[first + 2 * below + 3], m[first + 2 * below + 1]):
            below += 1
        if not goes_before(m, m[first + 2 * below + 1], node):
            break
        m[first + 2 * rank], m[first + 2 * rank + 1] = m[first + 2 * below], m[first + 2 * below + 1]
        rank = below
    m[first + 2 * rank], m[first + 2 * rank + 1] = what, node
    return int(top)
