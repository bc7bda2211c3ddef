"""The minutes of every node, drawn before minute 0.

A number depends on nobody but whom it is for, so all may be drawn in a row, and what is
straight in them, for several nodes at once. A node that is never started was drawn for in
vain, which costs less than a jump to its law at each start.
"""

from __future__ import annotations

import numpy as np

from sim.compiled import hot, inner
from sim.kernel import memory as at
from sim.kernel.arrays import Reals, Whole
from sim.kernel.draws import DURATION, draw, uniform_of
from sim.kernel.memory import NOWHERE
from sim.kernel.pointers import stretch
from sim.laws import FIXED, LOGNORMAL, TABLED, minutes_at, plain_minutes_at
from sim.quantiles import central_normal, normal_is_central, normal_quantile
from sim.ticks import NEVER, TICKS_PER_MIN


@hot
def ticks_of(minutes: float) -> int:
    """Minutes rounded once to ticks, half to even, as :func:`sim.ticks.ticks` does."""
    count = minutes * TICKS_PER_MIN
    return int(np.rint(count)) if count < NEVER else NEVER


@hot
def deal(m: Whole, x: Reals) -> None:
    """Draw for the first attempt of every node whose minutes follow a law."""
    for each in range(m[at.DEALS_AT], m[at.DEALS_END], at.DEAL):
        law, first, count = m[each + at.DEAL_LAW], m[each + at.DEAL_NODES], 0
        count = m[each + at.DEAL_NODES_END] - first
        if law == FIXED:
            for place in range(first, first + count):
                node = m[place]
                reals = m[node + at.REALS]
                m[node + at.REMAINING] = _kept(m, x[reals], x[reals + at.FACTOR])
            continue
        for begin in range(0, count, at.DEALT_AT_ONCE):
            number = min(at.DEALT_AT_ONCE, count - begin)
            _draw_numbers(m, x, m[each + at.DEAL_LOW] + begin, m[each + at.DEAL_HIGH] + begin, number)
            if law == LOGNORMAL:
                _deal_lognormal(m, x, first + begin, number)
            else:
                _deal_others(m, x, each, first + begin, number)


@hot
def _draw_numbers(m: Whole, x: Reals, low: int, high: int, count: int) -> None:
    """Numbers in (0, 1) for so many nodes, written side by side."""
    replication, seed_low, seed_high = m[at.REPLICATION], m[at.SEED_LOW], m[at.SEED_HIGH]
    scratch = m[at.SCRATCH]
    for place in range(count):
        x[scratch + place] = uniform_of(m[low + place], m[high + place], replication, DURATION, seed_low, seed_high)


@hot
def _deal_lognormal(m: Whole, x: Reals, nodes: int, count: int) -> None:
    u_at, z_at = m[at.SCRATCH], m[at.SCRATCH] + at.DEALT_AT_ONCE
    for place in range(count):
        x[z_at + place] = central_normal(x[u_at + place] - 0.5)
    for place in range(count):
        node, u = m[nodes + place], x[u_at + place]
        z = x[z_at + place] if normal_is_central(u - 0.5) else normal_quantile(u)
        reals = m[node + at.REALS]
        minutes = x[reals] * np.exp(x[reals + at.LAW_B] * z)
        m[node + at.REMAINING] = _kept(m, minutes, x[reals + at.FACTOR])


@inner
def _deal_others(m: Whole, x: Reals, each: int, nodes: int, count: int) -> None:
    u_at = m[at.SCRATCH]
    for place in range(count):
        m[m[nodes + place] + at.REMAINING] = _ticks(m, x, m[nodes + place], x[u_at + place])


@inner
def drawn_anew(m: Whole, x: Reals, node: int) -> int:
    """The ticks of a node's present attempt."""
    if m[m[node + at.COMMON] + at.PROCESS] != NOWHERE:
        return 0
    return _ticks(m, x, node, draw(m, node, DURATION))


@inner
def _ticks(m: Whole, x: Reals, node: int, u: float) -> int:
    common, reals = m[node + at.COMMON], m[node + at.REALS]
    law, a, b, c = m[common + at.LAW], x[reals], x[reals + at.LAW_B], x[reals + at.LAW_C]
    if law == TABLED:
        minutes = minutes_at(law, a, b, c, stretch(x, m[common + at.TABLE], m[common + at.TABLE_END]), u)
    else:
        minutes = plain_minutes_at(law, a, b, c, u)
    return _kept(m, minutes, x[reals + at.FACTOR])


@hot
def _kept(m: Whole, minutes: float, factor: float) -> int:
    """The ticks of so many minutes, or as many as are never over before the horizon, for more may not fit."""
    ticks, most = ticks_of(minutes * factor), m[at.HORIZON] + 1
    return ticks if ticks < most else most
