"""Processes under way: what the response wears down, and when that would end.

The reference engine tells a process of every effort the moment it comes. Here that happens
when the node's followers have been told, within the same instant: neither looks at what
the other has changed.
"""

from __future__ import annotations

from sim.compiled import hot, inner
from sim.kernel import memory as at
from sim.kernel.arrays import Reals, Whole
from sim.kernel.dealing import ticks_of
from sim.kernel.memory import NOT_YET, NOW, NOWHERE
from sim.kernel.pointers import long_at, stretch
from sim.kernel.tokens import schedule
from sim.steps import NUMBERS, PARAMETERS, advance_step, step_end
from sim.ticks import TICKS_PER_MIN


@inner
def begin_work(m: Whole, x: Reals, work: int, node: int) -> None:
    """A node waits for the process to end from now on."""
    m[work + at.WORK_NODE] = node
    _advance(m, x, work)
    _tell_end(m, x, work)


@hot
def contribute(m: Whole, x: Reals, node: int) -> None:
    """A finished node adds its effort to the processes it works on."""
    common = m[node + at.COMMON]
    for effort in range(m[common + at.EFFORTS], m[common + at.EFFORTS_END], at.EFFORT):
        work = m[effort]
        _advance(m, x, work)
        x[m[work + at.STATE] + at.WORK_EFFORT] += x[m[effort + at.EFFORT_REAL]]
        if m[work + at.WORK_NODE] != NOWHERE:
            _tell_end(m, x, work)


@inner
def _origin(m: Whole, work: int) -> int:
    """The tick at which the minute 0 of a process lies."""
    after = m[work + at.WORK_AFTER]
    return int(long_at(m, after + at.TICK)) if after != NOWHERE else 0


@inner
def _advance(m: Whole, x: Reals, work: int) -> None:
    to_min = (m[NOW] - _origin(m, work)) / TICKS_PER_MIN
    form, state = m[work + at.FORM], m[work + at.STATE]
    numbers = stretch(x, state + at.WORK_NUMBERS, state + at.WORK_NUMBERS + NUMBERS)
    at_min, effort = x[state + at.WORK_AT_MIN], x[state + at.WORK_EFFORT]
    advance_step(m[work + at.STEP], stretch(x, form, form + PARAMETERS), numbers, at_min, to_min, effort)
    x[state + at.WORK_AT_MIN] = to_min


@inner
def _tell_end(m: Whole, x: Reals, work: int) -> None:
    """The node that waits for the process has a new end; the old one is void."""
    form, state, node = m[work + at.FORM], m[work + at.STATE], m[work + at.WORK_NODE]
    numbers = stretch(x, state + at.WORK_NUMBERS, state + at.WORK_NUMBERS + NUMBERS)
    at_min, effort = x[state + at.WORK_AT_MIN], x[state + at.WORK_EFFORT]
    end_min = step_end(m[work + at.STEP], stretch(x, form, form + PARAMETERS), numbers, at_min, effort)
    if not m[node + at.IS_RUNNING]:
        return
    m[node + at.DUE_TICK] = NOT_YET
    origin = _origin(m, work)
    if end_min * TICKS_PER_MIN < m[at.HORIZON] - origin:
        schedule(m, node, max(0, origin + ticks_of(end_min) - m[NOW]))
