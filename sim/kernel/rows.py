"""What one run says about targets and tasks, compiled: the rows of :class:`sim.batch.Batch`.

The rules are those of :mod:`sim.measures` (what is measured, which node decides) and
:mod:`sim.chain` (where the minutes behind it went).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.compiled import code, hot, inner
from sim.kernel import memory as at
from sim.kernel.arrays import Reals, Whole
from sim.kernel.memory import NOBODY, NOT_YET, NOWHERE
from sim.kernel.pointers import long_at
from sim.ticks import NEVER

(
    IS_SHARE, IS_LATEST_BETTER, LIMIT, AIMS, AIMS_END, TARGET,
) = range(6)  # fmt: skip
AIM_NODE, START_CLOCK, AIM_CLOCK, PEOPLE, STARTS, STARTS_END, AIM = range(7)
PREDECESSOR, CLOCK, FAILURE = 4, 5, 6
"""Places of these labels in :func:`sim.batch.labels_of`, behind those of own minutes."""
NOT_NEEDED = -1
_TIE_PEOPLE = 1e-9
_TOP = code(0)


class Sheet(NamedTuple):
    """What is asked (targets, aims, the label of every cause) and where a run's answers are written."""

    t: Whole
    shares: Reals
    label_of: Whole
    values: Whole
    order: Whole
    seen: Whole
    ticks: Whole
    met: NDArray[np.bool_]
    deciding: Whole
    finishes: Whole
    failed: NDArray[np.bool_]
    own: Whole
    waits: Whole
    chains: Whole
    critical: Whole


@inner
def write_rows(m: Whole, sheet: Sheet, row: int) -> None:
    """Everything one run says."""
    for target in range(sheet.ticks.shape[1]):
        _measure(m, sheet, row, target)
    _finish_tasks(m, sheet, row)


# -- targets -------------------------------------------------------------------------


@inner
def _measure(m: Whole, sheet: Sheet, row: int, target: int) -> None:
    t, record = sheet.t, target * TARGET
    is_latest = t[record + IS_LATEST_BETTER] == 1
    count = 0
    for aim in range(t[record + AIMS], t[record + AIMS_END], AIM):
        is_asked, value = _value(m, t, aim, t[record + IS_SHARE] == 1, is_latest)
        if is_asked:
            sheet.values[count], sheet.order[count] = -value if is_latest else value, aim
            count += 1
    if count == 0:
        sheet.ticks[row, target] = NEVER if is_latest else 0
        sheet.met[row, target], sheet.deciding[row, target] = True, NOBODY
        return
    place = _deciding(sheet, count, t[record + IS_SHARE] == 1, sheet.shares[target])
    value = -sheet.values[place] if is_latest else sheet.values[place]
    node = t[sheet.order[place]]
    sheet.ticks[row, target], sheet.deciding[row, target] = value, m[node + at.INDEX]
    sheet.met[row, target] = value >= t[record + LIMIT] if is_latest else value <= t[record + LIMIT]
    begin = 0 if is_latest else _begin(m, t, sheet.order[place])
    _lose_time(m, sheet, target, node, begin)
    _follow_spine(m, sheet, target, node)


@hot
def _done_at(m: Whole, node: int) -> int:
    return int(m[node + at.FINISH]) if m[node + at.OUTCOME] == at.DONE else NEVER


@inner
def _begin(m: Whole, t: Whole, aim: int) -> int:
    """The tick the limit is counted from; NEVER if it did not come to that."""
    if t[aim + START_CLOCK] != NOWHERE:
        return long_at(m, t[aim + START_CLOCK] + at.TICK)
    latest = 0
    for place in range(t[aim + STARTS], t[aim + STARTS_END]):
        latest = max(latest, _done_at(m, t[place]))
    return latest


@hot
def _value(m: Whole, t: Whole, aim: int, is_share: bool, is_latest: bool) -> tuple[bool, int]:
    """Whether a node was concerned after all, and its elapsed or remaining ticks."""
    node = t[aim + AIM_NODE]
    if m[node + at.OUTCOME] == at.SKIPPED and not is_share:
        return False, 0
    finish = _done_at(m, node)
    if is_latest:
        return True, -NEVER if finish == NEVER else long_at(m, t[aim + AIM_CLOCK] + at.TICK) - finish
    begin = _begin(m, t, aim)
    if finish == NEVER or begin == NEVER:
        return True, NEVER
    return True, max(0, finish - begin)


@inner
def _deciding(sheet: Sheet, count: int, is_share: bool, share: float) -> int:
    """The place of the worst node that still belongs to the required share of the people."""
    if not is_share:
        worst = 0
        for place in range(1, count):
            if sheet.values[place] > sheet.values[worst]:
                worst = place
        return worst
    total = 0
    for place in range(count):
        total += sheet.t[sheet.order[place] + PEOPLE]
    may_miss = total * (1.0 - share)
    for place in range(count // 2 - 1, -1, -1):
        _sink(sheet, place, count)
    missed = 0
    while True:
        missed += sheet.t[sheet.order[0] + PEOPLE]
        if missed > may_miss + _TIE_PEOPLE or count == 1:
            return 0
        count -= 1
        sheet.values[0], sheet.order[0] = sheet.values[count], sheet.order[count]
        _sink(sheet, _TOP, count)


@inner
def _sink(sheet: Sheet, place: int, count: int) -> None:
    """Let a value sink in a heap with the worst on top, of equal ones the first."""
    while 2 * place + 1 < count:
        below = 2 * place + 1
        if below + 1 < count and _is_worse(sheet, below + 1, below):
            below += 1
        if not _is_worse(sheet, below, place):
            return
        value, aim = sheet.values[place], sheet.order[place]
        sheet.values[place], sheet.order[place] = sheet.values[below], sheet.order[below]
        sheet.values[below], sheet.order[below] = value, aim
        place = below


@hot
def _is_worse(sheet: Sheet, one: int, other: int) -> bool:
    if sheet.values[one] != sheet.values[other]:
        return bool(sheet.values[one] > sheet.values[other])
    return bool(sheet.order[one] < sheet.order[other])


# -- chains --------------------------------------------------------------------------


@inner
def _lose_time(m: Whole, sheet: Sheet, target: int, node: int, begin: int) -> None:
    """The ticks from *begin* to the node's end, by task and label along its predecessors.

    The end of one that failed for good is the horizon.
    """
    finish, is_failed = m[node + at.FINISH], m[node + at.OUTCOME] == at.FAILED
    left = max(0, (m[at.HORIZON] if finish == NOT_YET or is_failed else finish) - begin)
    if is_failed:
        left = _take(sheet, target, m[m[node + at.COMMON] + at.TASK], FAILURE, m[at.HORIZON] - finish, left)
    m[at.STAMP] += 1
    first = node
    while node != NOWHERE and not _was_seen(m, node):
        first = node
        common = m[node + at.COMMON]
        left = _take(sheet, target, m[common + at.TASK], m[common + at.OWN_LABEL], m[node + at.WORKED], left)
        line = m[common + at.LINE]
        own = m[node + at.OWN_SLOTS] + (m[line + at.SLOTS_END] - m[line + at.SLOTS]) // at.SLOT * at.OWN_SLOT
        for slot in range(m[line + at.SLOTS_END] - at.SLOT, m[line + at.SLOTS] - 1, -at.SLOT):
            own -= at.OWN_SLOT
            label = sheet.label_of[m[slot + at.SLOT_CAUSE]]
            left = _take(sheet, target, m[common + at.TASK], label, m[own + at.WAITED], left)
        if left == 0:
            return
        node = _before(m, node, at.TRIGGER)
        if node != NOWHERE and m[node + at.OUTCOME] == at.FAILED and _is_never_ready(m, first):
            stuck = m[at.HORIZON] - m[node + at.FINISH]
            left = _take(sheet, target, m[m[node + at.COMMON] + at.TASK], FAILURE, stuck, left)
    label = FAILURE if m[first + at.OUTCOME] == at.FAILED else CLOCK
    sheet.chains[target, m[m[first + at.COMMON] + at.TASK], label] += left


@hot
def _was_seen(m: Whole, node: int) -> bool:
    """Whether this walk has come by; it has now."""
    seen = m[at.SEEN_AT] + m[node + at.INDEX]
    was = m[seen] == m[at.STAMP]
    m[seen] = m[at.STAMP]
    return bool(was)


@hot
def _take(sheet: Sheet, target: int, task: int, label: int, count: int, left: int) -> int:
    kept = min(count, left)
    sheet.chains[target, task, label] += kept
    return int(left - kept)


@hot
def _is_never_ready(m: Whole, node: int) -> bool:
    """Whether a node waits to the end for a predecessor to end as asked."""
    return bool(m[node + at.FIRST_READY] == NOT_YET and m[node + at.OUTCOME] == at.NONE)


@inner
def _before(m: Whole, node: int, way: int) -> int:
    """The node that made this one ready (or let it start), or keeps it from becoming ready; NOWHERE at the start."""
    if _is_never_ready(m, node):
        edges, count = m[m[at.EDGES_OF] + m[node + at.INDEX]], m[m[node + at.COMMON] + at.EDGES]
        for edge in range(edges, edges + count * at.LINK, at.LINK):
            outcome = m[m[edge] + at.OUTCOME]
            if outcome not in (m[edge + at.WHEN], at.SKIPPED, at.GIVEN_UP):
                return int(m[edge])
        return NOWHERE
    index = m[node + way]
    return NOWHERE if index == NOBODY else int(m[at.NODES_AT] + index * at.NODE)


@inner
def _follow_spine(m: Whole, sheet: Sheet, target: int, node: int) -> None:
    """Count the run for every task on the resource-constrained chain behind the node."""
    m[at.STAMP] += 1
    while node != NOWHERE and not _was_seen(m, node):
        task = m[m[node + at.COMMON] + at.TASK]
        if sheet.seen[task] != m[at.STAMP]:
            sheet.seen[task] = m[at.STAMP]
            sheet.critical[target, task] += 1
        node = _before(m, node, at.ENABLER)


# -- tasks ---------------------------------------------------------------------------


@hot
def _finish_tasks(m: Whole, sheet: Sheet, row: int) -> None:
    """When each task was behind us, whether it failed, its own minutes, and what was waited for."""
    sheet.finishes[row, :] = NOT_NEEDED
    for node in range(m[at.NODES_AT], m[at.NODES_END], at.NODE):
        common, outcome = m[node + at.COMMON], m[node + at.OUTCOME]
        task = m[common + at.TASK]
        if outcome == at.NONE:
            sheet.finishes[row, task] = NEVER
        elif outcome not in (at.SKIPPED, at.GIVEN_UP):
            sheet.finishes[row, task] = max(sheet.finishes[row, task], m[node + at.FINISH])
        if outcome == at.FAILED:
            sheet.failed[row, task] = True
        sheet.own[row, task] += m[node + at.WORKED]
        own, line = m[node + at.OWN_SLOTS], m[common + at.LINE]
        for slot in range(m[line + at.SLOTS], m[line + at.SLOTS_END], at.SLOT):
            sheet.waits[task, sheet.label_of[m[slot + at.SLOT_CAUSE]]] += m[own + at.WAITED]
            own += at.OWN_SLOT
