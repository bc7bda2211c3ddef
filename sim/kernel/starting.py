"""The start pass: who of those in line begins, who blocks whom, and who is sent back."""

from __future__ import annotations

from sim.compiled import hot, inner
from sim.kernel import memory as at
from sim.kernel.arrays import Reals, Whole
from sim.kernel.heaps import pop_head, push_head
from sim.kernel.lines import blame, leave
from sim.kernel.memory import NOBODY, NOT_YET, NOW, NOWHERE
from sim.kernel.notes import STARTED, note
from sim.kernel.preemption import preempt
from sim.kernel.tokens import schedule


@inner
def start_pass(m: Whole, x: Reals) -> None:
    """Take the earliest head among the lines not yet refused; start it, or refuse its line."""
    _gather_heads(m)
    while m[at.HEADS] > 0:
        line = pop_head(m)
        node = m[line + at.FIRST]
        cause = refusal(m, line)
        if cause != NOBODY and not (m[at.MAY_PREEMPT] and preempt(m, node)):
            refuse(m, line, cause)
            continue
        leave(m, node)
        start(m, x, node)
        if cause != NOBODY:
            _gather_heads(m)
        elif m[line + at.SIZE] > 0:
            push_head(m, line, m[line + at.FIRST])


@inner
def _gather_heads(m: Whole) -> None:
    """Begin a pass: no pool is blocked, and all lines whose gate is open have their say."""
    for pool in range(m[at.POOLS_AT], m[at.POOLS_END], at.POOL):
        m[pool + at.IS_BLOCKED] = 0
    m[at.HEADS] = 0
    for line in range(m[at.LINES_AT], m[at.LINES_END], at.LINE_RECORD):
        if m[line + at.SIZE] == 0:
            continue
        if m[line + at.GATE] != NOWHERE and not m[m[line + at.GATE] + at.IS_OPEN]:
            blame(m, line, m[line + at.GATE_CAUSE])
        else:
            push_head(m, line, m[line + at.FIRST])


@hot
def refusal(m: Whole, line: int) -> int:
    """The index of the first lacking or blocked pool of a head, NOBODY if it can start."""
    for demand in range(m[line + at.DEMANDS], m[line + at.DEMANDS_END], at.DEMAND):
        pool = m[demand]
        if m[pool + at.IS_BLOCKED] or m[pool + at.FREE] < m[demand + at.DEMAND_UNITS]:
            return int(m[pool + at.POOL_INDEX])
    return NOBODY


@hot
def refuse(m: Whole, line: int, cause: int) -> bool:
    """The line waits for *cause*; its want blocks pools for later heads of the pass. True if one more is blocked."""
    blame(m, line, cause)
    is_more = False
    for demand in range(m[line + at.DEMANDS], m[line + at.DEMANDS_END], at.DEMAND):
        pool = m[demand]
        if m[pool + at.IS_BLOCKED] or m[pool + at.FREE] < m[demand + at.DEMAND_UNITS]:
            if m[pool + at.RULE] == at.STRICT:
                for other in range(m[line + at.DEMANDS], m[line + at.DEMANDS_END], at.DEMAND):
                    is_more = is_more or not m[m[other] + at.IS_BLOCKED]
                    m[m[other] + at.IS_BLOCKED] = 1
            elif m[pool + at.RULE] == at.SHORT:
                is_more = is_more or not m[pool + at.IS_BLOCKED]
                m[pool + at.IS_BLOCKED] = 1
    return is_more


@hot
def start(m: Whole, x: Reals, node: int) -> None:
    """The node takes its units and begins."""
    line = m[m[node + at.COMMON] + at.LINE]
    waited_for = m[line + at.CAUSE] if m[NOW] > m[node + at.READY] else NOBODY
    for demand in range(m[line + at.DEMANDS], m[line + at.DEMANDS_END], at.DEMAND):
        m[m[demand] + at.FREE] -= m[demand + at.DEMAND_UNITS]
    m[node + at.ENABLER] = _enabler(m, node, waited_for)
    if m[node + at.START] == NOT_YET:
        m[node + at.START] = m[NOW]
    m[node + at.STINT], m[node + at.IS_RUNNING] = m[NOW], 1
    m[node + at.TURN] = m[at.ORDER]
    m[at.ORDER] += 1
    note(m, STARTED, m[node + at.INDEX], m[node + at.TURN])
    if m[m[node + at.COMMON] + at.PROCESS] != NOWHERE:
        m[m[at.BEGUN_AT] + m[at.BEGUN]] = node
        m[at.BEGUN] += 1
    else:
        schedule(m, node, m[node + at.REMAINING])


@hot
def _enabler(m: Whole, node: int, waited_for: int) -> int:
    """The index of the node whose end let this one start."""
    if waited_for == NOBODY:
        return int(m[node + at.TRIGGER])
    if waited_for < m[at.POOLS]:
        pool = m[at.POOLS_AT] + waited_for * at.POOL
        if m[pool + at.GIVEN_BACK] == m[NOW]:
            return int(m[pool + at.GIVER])
    return NOBODY
