"""Heaps inside the kernel's memory: pending events, the nodes of each line, the heads of a start pass."""

from __future__ import annotations

from sim.compiled import hot, inner
from sim.kernel.arrays import Whole
from sim.kernel.memory import (
    AHEAD,
    BEHIND,
    COMMON,
    DUE,
    DUE_AT,
    DUE_NODE,
    DUE_RECORD,
    DUE_ROOM,
    DUE_TURN,
    EVENT,
    EVENTS,
    EVENTS_AT,
    EVENTS_BESIDE,
    EVENTS_ROOM,
    FIRST,
    HEADS,
    HEADS_AT,
    HEAPED,
    INDEX,
    INNER_LINK,
    IS_LOST,
    LINE,
    MEMBERS,
    NO_EVENT,
    NODE,
    NODES_AT,
    NOW,
    NOWHERE,
    PRIORITY,
    READY,
    ROW_FIRST,
    ROW_LAST,
    SIZE,
    TICK_SHIFT,
    TURN,
)  # fmt: skip
from sim.kernel.pointers import fetch, long_at, set_long

# -- events, by tick -------------------------------------------------------------------


@hot
def push_event(m: Whole, tick: int, node: int) -> None:
    """Remember that a node is due; what is due now joins the next round of this instant."""
    if tick == m[NOW]:
        _add_due(m, node)
        return
    if m[EVENTS] == m[EVENTS_ROOM]:
        m[IS_LOST] = 1
        return
    m[EVENTS] += 1
    _raise_event(m, m[EVENTS_AT], m[EVENTS] - 1, tick << m[TICK_SHIFT] | m[node + INDEX])


@hot
def _add_due(m: Whole, node: int) -> None:
    if m[DUE] == m[DUE_ROOM]:
        m[IS_LOST] = 1
        return
    due = m[DUE_AT] + m[DUE] * DUE_RECORD
    m[due + DUE_TURN], m[due + DUE_NODE] = m[node + TURN], node
    m[DUE] += 1


@hot
def _raise_event(m: Whole, first: int, rank: int, event: int) -> None:
    """Let an event rise from a free position to where it belongs."""
    while rank > 0:
        above = (rank - 1) // EVENTS_BESIDE
        other = long_at(m, first + above * EVENT)
        if event >= other:
            break
        set_long(m, first + rank * EVENT, other)
        rank = above
    set_long(m, first + rank * EVENT, event)


@hot
def next_tick(m: Whole) -> int:
    """The tick of the earliest event; later than all if there is none."""
    return int(long_at(m, m[EVENTS_AT]) >> m[TICK_SHIFT])


@hot
def pop_event(m: Whole) -> None:
    """Move the earliest event to what is due in this instant.

    The hole sinks to the bottom, always to the earliest of those below, and the last event rises from there: it seldom
    rises far, and so nothing has to be guessed at on the way.
    """
    first = m[EVENTS_AT]
    _add_due(m, _node_of(m, long_at(m, first)))
    m[EVENTS] -= 1
    size = m[EVENTS]
    last = long_at(m, first + size * EVENT)
    set_long(m, first + size * EVENT, NO_EVENT)
    hole, below = 0, 1
    for near in range(first + EVENT, first + (1 + EVENTS_BESIDE) * EVENT, EVENT):
        _fetch_node(m, long_at(m, near))
    while below < size:
        place = first + below * EVENT
        one, two = long_at(m, place), long_at(m, place + EVENT)
        three, four = long_at(m, place + 2 * EVENT), long_at(m, place + 3 * EVENT)
        left, right = (two if two < one else one), (four if four < three else three)
        set_long(m, first + hole * EVENT, right if right < left else left)
        hole = below + (2 + (four < three) if right < left else 0 + (two < one))
        below = EVENTS_BESIDE * hole + 1
    if size > 0:
        _raise_event(m, first, hole, last)
        fetch(m, m[_node_of(m, long_at(m, first)) + INNER_LINK])


@hot
def _node_of(m: Whole, event: int) -> int:
    return int(m[NODES_AT] + (event & (1 << m[TICK_SHIFT]) - 1) * NODE)


@hot
def _fetch_node(m: Whole, event: int) -> None:
    """Its node will soon be due."""
    node = _node_of(m, event)
    fetch(m, node)
    fetch(m, node + NODE // 2)


@hot
def sort_due(m: Whole, first: int, last: int) -> None:
    """Put what is due in the order of starting, which it nearly is in already."""
    begin = m[DUE_AT] + first * DUE_RECORD
    for place in range(begin + DUE_RECORD, m[DUE_AT] + last * DUE_RECORD, DUE_RECORD):
        turn, node, goal = m[place + DUE_TURN], m[place + DUE_NODE], place
        while goal > begin and m[goal - DUE_RECORD + DUE_TURN] > turn:
            m[goal + DUE_TURN], m[goal + DUE_NODE] = m[goal - DUE_RECORD + DUE_TURN], m[goal - DUE_RECORD + DUE_NODE]
            goal -= DUE_RECORD
        m[goal + DUE_TURN], m[goal + DUE_NODE] = turn, node


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
        m[node + AHEAD], m[node + BEHIND] = last, NOWHERE
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
    ahead = m[node + AHEAD]
    if ahead >= 0:
        _take_out_of_row(m, line, ahead, m[node + BEHIND])
    else:
        _take_out_of_heap(m, line, -1 - ahead)
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
    m[node + AHEAD] = -1 - rank


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
