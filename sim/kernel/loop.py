"""One run, compiled: the rules of :mod:`sim.reference_engine` in the kernel's memory.

Function by function it says what the reference engine says, and the two are held to the
same log. Read that one first; here are only the means of going fast: lines and events in
heaps, waits booked in the few slots a line can have a cause for, and a stack where the
reference calls itself.
"""

from __future__ import annotations

from sim.compiled import compiled, hot, inner
from sim.kernel import memory as at
from sim.kernel.arrays import Reals, Whole
from sim.kernel.dealing import deal, ticks_of
from sim.kernel.draws import CLOCK, uniform_at
from sim.kernel.heaps import next_tick, pop_event, sort_due
from sim.kernel.lines import book, consider, settle
from sim.kernel.memory import NOBODY, NOT_YET, NOW, NOWHERE
from sim.kernel.notes import (
    CAPACITY_CHANGED,
    CLOCK_STRUCK,
    CLOCKS,
    COMPLETION,
    GATE_CLOSED,
    GATE_OPENED,
    NOTHING,
    START,
    note,
)
from sim.kernel.pointers import long_at, pointer_of, set_long, stretch
from sim.kernel.queues import line_changed, mark_dirty, mark_line
from sim.kernel.starting import start_pass
from sim.kernel.swift import swift_pass
from sim.kernel.tokens import complete, skip
from sim.kernel.works import begin_work, contribute
from sim.laws import minutes_at
from sim.steps import NUMBERS


@compiled
def run_once(m: Whole, x: Reals, seed_low: int, seed_high: int, replication: int) -> None:
    """One run in a memory, for those who call it from outside."""
    run_behind(pointer_of(m), pointer_of(x), seed_low, seed_high, replication)


@hot
def run_behind(m: Whole, x: Reals, seed_low: int, seed_high: int, replication: int) -> None:
    """Everything from minute 0 up to the horizon, which is excluded."""
    m[at.SEED_LOW], m[at.SEED_HIGH], m[at.REPLICATION] = seed_low, seed_high, replication
    _begin(m, x)
    changes = (m[at.CHANGES_END] - m[at.CHANGES_AT]) // at.CHANGE
    while True:
        _gather_due(m)
        while m[at.ROUND] == 0 or m[at.DUE] > m[at.SETTLED]:
            _complete_due(m, x)
            if m[at.ROUND] == 0:
                _make_changes(m, changes)
            _start_all(m, x)
            m[at.ROUND] += 1
        tick = next_tick(m)
        if m[at.NEXT_CHANGE] < changes and _tick_of_change(m) < tick:
            tick = _tick_of_change(m)
        if tick >= m[at.HORIZON]:
            break
        m[NOW] = tick
    _settle_at_horizon(m)


# -- before minute 0 -----------------------------------------------------------------


@inner
def _begin(m: Whole, x: Reals) -> None:
    for field in range(at.HORIZON):
        if field not in (at.SEED_LOW, at.SEED_HIGH, at.REPLICATION, at.STAMP):
            m[field] = 0
    m[at.PHASE], m[at.IS_STIRRED] = CLOCKS, 1
    _forget_nodes(m)
    _forget_rest(m, x)
    for clock in range(m[at.CLOCKS_AT], m[at.CLOCKS_END], at.CLOCK_RECORD):
        set_long(m, clock + at.TICK, _strike(m, x, clock))
        for place in range(m[clock + at.RELEASED], m[clock + at.RELEASED_END]):
            m[m[place] + at.IS_RELEASED] = 0
    _write_timetable(m)
    deal(m, x)
    for node in range(m[at.NODES_AT], m[at.NODES_END], at.NODE):
        if m[m[node + at.COMMON] + at.EDGES] == 0:
            consider(m, node, NOBODY)


@inner
def _forget_nodes(m: Whole) -> None:
    for node in range(m[at.NODES_AT], m[at.NODES_END], at.NODE):
        m[node + at.OUTCOME] = m[node + at.SATISFIED] = m[node + at.GONE] = m[node + at.ATTEMPT] = 0
        m[node + at.IS_WAITING] = m[node + at.IS_RUNNING] = m[node + at.WORKED] = 0
        m[node + at.FIRST_READY] = m[node + at.START] = m[node + at.FINISH] = NOT_YET
        m[node + at.TRIGGER] = m[node + at.ENABLER] = NOBODY
        for slot in range(node + at.INNER_SLOTS, node + at.INNER_SLOTS + at.INNER * at.OWN_SLOT, at.OWN_SLOT):
            m[slot + at.WAITED] = 0
    for slot in range(m[at.OWN_SLOTS_AT], m[at.OWN_SLOTS_END], at.OWN_SLOT):
        m[slot + at.WAITED] = 0


@inner
def _forget_rest(m: Whole, x: Reals) -> None:
    for line in range(m[at.LINES_AT], m[at.LINES_END], at.LINE_RECORD):
        m[line + at.SIZE] = m[line + at.HEAPED] = m[line + at.SINCE] = 0
        m[line + at.ROW_FIRST] = m[line + at.ROW_LAST] = NOWHERE
        m[line + at.CAUSE] = NOBODY
        m[line + at.QUEUE_RANK], m[line + at.IS_TOUCHED], m[line + at.IS_SHUT] = at.OUTSIDE, 0, 0
    for queue in range(m[at.QUEUES_AT], m[at.QUEUES_END], at.QUEUE_RECORD):
        m[queue + at.QUEUE_SIZE], m[queue + at.COMMON_CAUSE] = 0, NOBODY
        m[queue + at.FIRST_TOUCHED] = m[queue + at.FIRST_STASHED] = NOWHERE
    for island in range(m[at.ISLANDS_AT], m[at.ISLANDS_END], at.ISLAND):
        m[island + at.IS_DIRTY] = 0
    for slot in range(m[at.ALL_SLOTS_AT], m[at.ALL_SLOTS_END], at.SLOT):
        m[slot + at.SUM] = 0
    for pool in range(m[at.POOLS_AT], m[at.POOLS_END], at.POOL):
        m[pool + at.FREE], m[pool + at.IS_BLOCKED] = m[pool + at.UNITS], 0
        m[pool + at.GIVEN_BACK] = m[pool + at.GIVER] = NOBODY
    for gate in range(m[at.GATES_AT], m[at.GATES_END], at.GATE_RECORD):
        m[gate + at.IS_OPEN] = m[gate + at.WAS_OPEN]
    for work in range(m[at.WORKS_AT], m[at.WORKS_END], at.WORK_RECORD):
        m[work + at.WORK_NODE] = NOWHERE
        state = m[work + at.STATE]
        x[state + at.WORK_EFFORT] = x[state + at.WORK_AT_MIN] = 0.0
        for number in range(state + at.WORK_NUMBERS, state + at.WORK_NUMBERS + NUMBERS):
            x[number] = x[number + NUMBERS]


@inner
def _strike(m: Whole, x: Reals, clock: int) -> int:
    """The tick a clock strikes at."""
    reals, draw = m[clock + at.CLOCK_REALS], 1.0
    if m[clock + at.IS_DRAWN]:
        u = uniform_at(m, m[clock + at.CLOCK_WHO_LOW], m[clock + at.CLOCK_WHO_HIGH], CLOCK)
        table = stretch(x, m[clock + at.CLOCK_TABLE], m[clock + at.CLOCK_TABLE_END])
        draw = minutes_at(m[clock + at.CLOCK_LAW], x[reals], x[reals + at.CLOCK_B], x[reals + at.CLOCK_C], table, u)
    after = m[clock + at.CLOCK_AFTER]
    begin = long_at(m, after + at.TICK) if after != NOWHERE else 0
    return begin + max(0, ticks_of(x[reals + at.BASE_MIN] * draw + x[reals + at.OFFSET_MIN]))


@inner
def _write_timetable(m: Whole) -> None:
    """The ticks of what goes by a clock, and the order of all changes; the sort keeps theirs within one tick."""
    tick = m[at.TICKS_AT]
    for change in range(m[at.CHANGES_AT], m[at.CHANGES_END], at.CHANGE):
        if m[change + at.CHANGE_AFTER] != NOWHERE:
            struck = long_at(m, m[change + at.CHANGE_AFTER] + at.TICK) + m[change + at.CHANGE_DELAY]
            m[tick] = struck if struck < m[at.HORIZON] else m[at.HORIZON]
        tick += 1
    count = tick - m[at.TICKS_AT]
    for turn in range(count):
        m[m[at.TURNS_AT] + turn] = turn
    _sort_turns(m, m[at.TICKS_AT], m[at.TURNS_AT], count)


@inner
def _sort_turns(m: Whole, ticks_at: int, turns: int, count: int) -> None:
    """Order the changes by tick; merging keeps equal ones in theirs. Behind the turns there is room for as many."""
    source, goal, width = turns, turns + count, 1
    while width < count:
        for begin in range(0, count, 2 * width):
            left, middle = begin, min(begin + width, count)
            right, last = middle, min(begin + 2 * width, count)
            for place in range(begin, last):
                is_left = left < middle and (
                    right == last or m[ticks_at + m[source + left]] <= m[ticks_at + m[source + right]]
                )
                m[goal + place] = m[source + (left if is_left else right)]
                left, right = (left + 1, right) if is_left else (left, right + 1)
        source, goal, width = goal, source, 2 * width
    m[at.TURNS] = source


# -- one instant ---------------------------------------------------------------------


@hot
def _tick_of_change(m: Whole) -> int:
    return int(m[m[at.TICKS_AT] + m[m[at.TURNS] + m[at.NEXT_CHANGE]]])


@hot
def _gather_due(m: Whole) -> None:
    """Begin an instant: what is due now, and the first round."""
    m[at.ROUND] = m[at.DUE] = m[at.SETTLED] = 0
    while next_tick(m) == m[NOW]:
        pop_event(m)


@hot
def _complete_due(m: Whole, x: Reals) -> None:
    """All completions that are due in this round, in the order of starting."""
    m[at.PHASE] = COMPLETION
    first, last = m[at.SETTLED], m[at.DUE]
    sort_due(m, first, last)
    for due in range(m[at.DUE_AT] + first * at.DUE_RECORD, m[at.DUE_AT] + last * at.DUE_RECORD, at.DUE_RECORD):
        node = m[due + at.DUE_NODE]
        if _is_valid(m, node) and complete(m, x, node):
            contribute(m, x, node)
    m[at.SETTLED] = last


@hot
def _make_changes(m: Whole, changes: int) -> None:
    """All changes of capacities and gates, and all clocks, of this instant."""
    m[at.PHASE] = CLOCKS
    while m[at.NEXT_CHANGE] < changes and _tick_of_change(m) == m[NOW]:
        _make_change(m, m[at.CHANGES_AT] + m[m[at.TURNS] + m[at.NEXT_CHANGE]] * at.CHANGE)
        m[at.NEXT_CHANGE] += 1


@hot
def _start_all(m: Whole, x: Reals) -> None:
    """One start pass, if anything has happened that could let somebody start."""
    m[at.PHASE] = START
    if not m[at.IS_STIRRED]:
        return
    m[at.IS_STIRRED] = 0
    if m[at.MAY_PREEMPT]:
        start_pass(m, x)
    else:
        swift_pass(m, x)
    for begun in range(m[at.BEGUN_AT], m[at.BEGUN_AT] + m[at.BEGUN]):
        begin_work(m, x, m[m[m[begun] + at.COMMON] + at.PROCESS], m[begun])
    m[at.BEGUN] = 0


@hot
def _is_valid(m: Whole, node: int) -> bool:
    """Whether a node is due now: who was sent back, or waits for a process with a new end, is due at another tick."""
    return bool(m[node + at.IS_RUNNING] and m[node + at.DUE_TICK] == m[NOW])


@inner
def _make_change(m: Whole, change: int) -> None:
    kind, what, value = m[change + at.KIND], m[change + at.WHAT_CHANGES], m[change + at.VALUE]
    if kind == at.CAPACITY_CHANGE:
        m[what + at.FREE] += value
        m[at.IS_STIRRED] = 1
        mark_dirty(m, m[what + at.POOL_ISLAND])
        note(m, CAPACITY_CHANGED, m[what + at.POOL_INDEX], value)
    elif kind == at.GATE_CHANGE:
        m[what + at.IS_OPEN] = value
        m[at.IS_STIRRED] = 1
        for place in range(m[what + at.GATE_LINES], m[what + at.GATE_LINES_END]):
            line_changed(m, m[place])
            mark_line(m, m[place])
        note(m, GATE_OPENED if value else GATE_CLOSED, m[what + at.GATE_INDEX], NOTHING)
    else:
        _clock_struck(m, what)


@inner
def _clock_struck(m: Whole, clock: int) -> None:
    note(m, CLOCK_STRUCK, m[clock + at.CLOCK_INDEX], NOTHING)
    for place in range(m[clock + at.RELEASED], m[clock + at.RELEASED_END]):
        m[m[place] + at.IS_RELEASED] = 1
        consider(m, m[place], NOBODY)
    for place in range(m[clock + at.RELEASED_END], m[clock + at.GIVEN_UP_END]):
        node = m[place]
        if m[node + at.OUTCOME] == at.NONE and not m[node + at.IS_RUNNING] and m[node + at.START] == NOT_YET:
            skip(m, node, at.GIVEN_UP)


# -- the end -------------------------------------------------------------------------


@inner
def _settle_at_horizon(m: Whole) -> None:
    """Count waits and work of what is still open up to the horizon."""
    m[NOW] = m[at.HORIZON]
    for line in range(m[at.LINES_AT], m[at.LINES_END], at.LINE_RECORD):
        settle(m, line)
    for node in range(m[at.NODES_AT], m[at.NODES_END], at.NODE):
        if m[node + at.IS_WAITING]:
            book(m, node)
        elif m[node + at.IS_RUNNING]:
            m[node + at.WORKED] += m[at.HORIZON] - m[node + at.STINT]
