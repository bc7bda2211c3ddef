"""Heaps inside the kernel's memory: pending events, the nodes of each line, the heads of a start pass."""

from __future__ import annotations

from sim.compiled import inner
from sim.kernel.layout import Whole
from sim.kernel.memory import (
    DUE,
    DUE_AT,
    DUE_ROOM,
    EVENT,
    EVENT_NODE,
    EVENT_TICK,
    EVENT_TURN,
    EVENT_VERSION,
    EVENTS,
    EVENTS_AT,
    EVENTS_ROOM,
    HEADS,
    HEADS_AT,
    INDEX,
    IS_LOST,
    LINE,
    MEMBERS,
    NOW,
    PRIORITY,
    RANK,
    READY,
    SIZE,
)  # fmt: skip

# -- events, by tick and order of starting -------------------------------------------


@inner
def push_event(m: Whole, tick: int, turn: int, node: int, version: int) -> None:
    """Remember that a node is due; what is due now joins the next round of this instant."""
    if tick == m[NOW]:
        if m[DUE] == m[DUE_ROOM]:
            m[IS_LOST] = 1
            return
        _set_event(m, m[DUE_AT] + m[DUE] * EVENT, tick, turn, node, version)
        m[DUE] += 1
        return
    if m[EVENTS] == m[EVENTS_ROOM]:
        m[IS_LOST] = 1
        return
    first, rank = m[EVENTS_AT], m[EVENTS]
    m[EVENTS] += 1
    while rank > 0:
        above = first + (rank - 1) // 2 * EVENT
        if not _is_earlier(m, tick, turn, above):
            break
        _copy_event(m, above, first + rank * EVENT)
        rank = (rank - 1) // 2
    _set_event(m, first + rank * EVENT, tick, turn, node, version)


@inner
def pop_event(m: Whole) -> None:
    """Move the earliest event to what is due in this instant."""
    first = m[EVENTS_AT]
    if m[DUE] == m[DUE_ROOM]:
        m[IS_LOST] = 1
    else:
        _copy_event(m, first, m[DUE_AT] + m[DUE] * EVENT)
        m[DUE] += 1
    m[EVENTS] -= 1
    size = m[EVENTS]
    last = first + size * EVENT
    tick, turn, node, version = m[last], m[last + EVENT_TURN], m[last + EVENT_NODE], m[last + EVENT_VERSION]
    rank = 0
    while 2 * rank + 1 < size:
        below = first + (2 * rank + 1) * EVENT
        step = 1
        if 2 * rank + 2 < size and _is_earlier(m, m[below + EVENT], m[below + EVENT + EVENT_TURN], below):
            below += EVENT
            step = 2
        if not _is_later(m, tick, turn, below):
            break
        _copy_event(m, below, first + rank * EVENT)
        rank = 2 * rank + step
    _set_event(m, first + rank * EVENT, tick, turn, node, version)


@inner
def sort_due(m: Whole, first: int, last: int) -> None:
    """Put what is due in the order of starting, which it nearly is in already."""
    for rank in range(first + 1, last):
        place = m[DUE_AT] + rank * EVENT
        turn, node, version = m[place + EVENT_TURN], m[place + EVENT_NODE], m[place + EVENT_VERSION]
        while place > m[DUE_AT] + first * EVENT and _is_due_after(m, place - EVENT, turn, node, version):
            _copy_event(m, place - EVENT, place)
            place -= EVENT
        _set_event(m, place, m[NOW], turn, node, version)


@inner
def _is_due_after(m: Whole, event: int, turn: int, node: int, version: int) -> bool:
    if m[event + EVENT_TURN] != turn:
        return bool(m[event + EVENT_TURN] > turn)
    if m[event + EVENT_NODE] != node:
        return bool(m[event + EVENT_NODE] > node)
    return bool(m[event + EVENT_VERSION] > version)


@inner
def _is_earlier(m: Whole, tick: int, turn: int, event: int) -> bool:
    other = m[event + EVENT_TICK]
    return bool(tick < other or (tick == other and turn < m[event + EVENT_TURN]))


@inner
def _is_later(m: Whole, tick: int, turn: int, event: int) -> bool:
    other = m[event + EVENT_TICK]
    return bool(tick > other or (tick == other and turn > m[event + EVENT_TURN]))


@inner
def _copy_event(m: Whole, source: int, goal: int) -> None:
    for field in range(EVENT):
        m[goal + field] = m[source + field]


@inner
def _set_event(m: Whole, event: int, tick: int, turn: int, node: int, version: int) -> None:
    m[event + EVENT_TICK], m[event + EVENT_TURN] = tick, turn
    m[event + EVENT_NODE], m[event + EVENT_VERSION] = node, version


# -- the nodes of a line, by priority, time ready and index --------------------------


@inner
def goes_before(m: Whole, one: int, other: int) -> bool:
    """Whether of two waiting nodes *one* is served first."""
    if m[one + PRIORITY] != m[other + PRIORITY]:
        return bool(m[one + PRIORITY] < m[other + PRIORITY])
    if m[one + READY] != m[other + READY]:
        return bool(m[one + READY] < m[other + READY])
    return bool(m[one + INDEX] < m[other + INDEX])


@inner
def put_in_line(m: Whole, node: int) -> None:
    """Add a node to its line."""
    line = m[node + LINE]
    m[line + SIZE] += 1
    _rise(m, m[line + MEMBERS], m[line + SIZE] - 1, node)


@inner
def take_out_of_line(m: Whole, node: int) -> None:
    """Take a node out of its line, wherever it stands."""
    line, rank = m[node + LINE], m[node + RANK]
    m[line + SIZE] -= 1
    size, first = m[line + SIZE], m[line + MEMBERS]
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


@inner
def push_head(m: Whole, what: int, node: int) -> None:
    """Add a line or queue by its first node to those a pass still has to look at."""
    first, rank = m[HEADS_AT], m[HEADS]
    m[HEADS] += 1
    while rank > 0 and goes_before(m, node, m[first + (rank - 1) // 2 * 2 + 1]):
        above = first + (rank - 1) // 2 * 2
        m[first + 2 * rank], m[first + 2 * rank + 1] = m[above], m[above + 1]
        rank = (rank - 1) // 2
    m[first + 2 * rank], m[first + 2 * rank + 1] = what, node


@inner
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
