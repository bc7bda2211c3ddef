"""Lower tasks sent back to their lines, so that a higher one gets what it lacks."""

from __future__ import annotations

from sim.compiled import inner
from sim.kernel import memory as at
from sim.kernel.arrays import Whole
from sim.kernel.lines import queue
from sim.kernel.memory import NOW, NOWHERE
from sim.kernel.notes import NOTHING, PREEMPTED, note
from sim.kernel.tokens import give_back


@inner
def preempt(m: Whole, node: int) -> bool:
    """Send enough lower tasks back for the node to start, or nobody."""
    line = m[m[node + at.COMMON] + at.LINE]
    for demand in range(m[line + at.DEMANDS], m[line + at.DEMANDS_END], at.DEMAND):
        pool = m[demand]
        is_short = m[pool + at.FREE] < m[demand + at.DEMAND_UNITS]
        if m[pool + at.IS_BLOCKED] or (is_short and not m[pool + at.IS_FLAGGED]):
            return False
    first = m[at.SENT_AT]
    last = _choose(m, node, first)
    for place in range(first, last):
        _send_back(m, m[place])
    return bool(last > first)


@inner
def _choose(m: Whole, node: int, first: int) -> int:
    """Write down from *first* on who goes back, in order; where the list ends: *first* if all do not free enough."""
    line, last = m[m[node + at.COMMON] + at.LINE], first
    while True:
        victim = _next_victim(m, node, first, last)
        if victim == NOWHERE:
            return first
        m[last] = victim
        last += 1
        lacks = False
        for demand in range(m[line + at.DEMANDS], m[line + at.DEMANDS_END], at.DEMAND):
            lacks = lacks or _still_short(m, demand, first, last) > 0
        if not lacks:
            return last


@inner
def _next_victim(m: Whole, node: int, first: int, last: int) -> int:
    """Of the running lower tasks that hold what is still short, the first to go; NOWHERE if there is none.

    Who comes before the last one chosen was passed over then, when he held nothing that was short.
    """
    best = NOWHERE
    for other in range(m[at.NODES_AT], m[at.NODES_END], at.NODE):
        common = m[other + at.COMMON]
        if not (m[other + at.IS_RUNNING] and m[common + at.IS_PREEMPTIBLE] and m[other + at.STINT] < m[NOW]):
            continue
        if m[common + at.PRIORITY] <= m[m[node + at.COMMON] + at.PRIORITY]:
            continue
        if last > first and not _goes_first(m, m[last - 1], other):
            continue
        if (best == NOWHERE or _goes_first(m, other, best)) and _helps(m, node, other, first, last):
            best = other
    return best


@inner
def _helps(m: Whole, node: int, other: int, first: int, last: int) -> bool:
    line = m[m[node + at.COMMON] + at.LINE]
    for demand in range(m[line + at.DEMANDS], m[line + at.DEMANDS_END], at.DEMAND):
        if _held(m, other, m[demand]) > 0 and _still_short(m, demand, first, last) > 0:
            return True
    return False


@inner
def _still_short(m: Whole, demand: int, first: int, last: int) -> int:
    """The units of a demand that would be lacking once the chosen are back in line."""
    pool = m[demand]
    short = max(0, m[demand + at.DEMAND_UNITS] - m[pool + at.FREE])
    if short > 0:
        for place in range(first, last):
            short -= _held(m, m[place], pool)
    return int(short)


@inner
def _held(m: Whole, node: int, pool: int) -> int:
    """The units of a pool a node holds while it runs."""
    line = m[m[node + at.COMMON] + at.LINE]
    for demand in range(m[line + at.DEMANDS], m[line + at.DEMANDS_END], at.DEMAND):
        if m[demand] == pool:
            return int(m[demand + at.DEMAND_UNITS])
    return 0


@inner
def _goes_first(m: Whole, one: int, other: int) -> bool:
    """Whether of two nodes *one* is sent back before the other: the less urgent, the later begun, the later named."""
    priority, other_priority = m[m[one + at.COMMON] + at.PRIORITY], m[m[other + at.COMMON] + at.PRIORITY]
    if priority != other_priority:
        return bool(priority > other_priority)
    if m[one + at.STINT] != m[other + at.STINT]:
        return bool(m[one + at.STINT] > m[other + at.STINT])
    return bool(m[one + at.INDEX] > m[other + at.INDEX])


@inner
def _send_back(m: Whole, victim: int) -> None:
    worked = m[NOW] - m[victim + at.STINT]
    m[victim + at.IS_RUNNING] = 0
    m[victim + at.WORKED] += worked
    m[victim + at.REMAINING] -= worked
    give_back(m, victim)
    note(m, PREEMPTED, m[victim + at.INDEX], NOTHING)
    queue(m, victim)
