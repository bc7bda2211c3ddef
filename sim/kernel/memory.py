"""Where things lie in the kernel's memory: one array of whole numbers, one of reals.

A compiled function that is handed forty arrays takes a minute to compile; handed two, it
takes a moment. So everything about a network and the run under way lies in ``m`` (whole
numbers) and ``x`` (reals). A *place* is a position in ``m`` at which a record begins, and
``m[node + READY]`` is the field READY of the record at the place ``node``. Records point
at each other by place.

The numbers of ``m`` are as narrow as the horizon allows: 32 bits hold 24 days of ticks, and
half the memory is twice the nodes in a processor's caches. What needs 64 bits whatever the
horizon lies in two numbers at an even place (:func:`sim.kernel.pointers.long_at`).
"""

from __future__ import annotations

from sim.compiled import code

NOWHERE = code(0)
"""The place of nothing: the header lies at 0, and no record does."""
NOT_YET = code(-1)
"""The tick of what has not happened."""
NOBODY = code(-1)
"""The index of nobody. What is handed to a compiled function is an int64 by type: a function called with a literal
would be compiled again for each."""
NARROW_MOST = (1 << 31) - 2
"""What a number of 32 bits can hold, and one more tick than the horizon with it."""
FETCHED = 32
"""Numbers of 32 bits in the 128 bytes a processor fetches together: where the memory and its nodes begin."""

# -- the header ----------------------------------------------------------------------

(
    NOW, ROUND, PHASE, ORDER, IS_STIRRED, IS_LOST, HEADS, EVENTS, DUE, ENTRIES, NEXT_CHANGE,
    SEED_LOW, SEED_HIGH, REPLICATION, STAMP, BEGUN, TURNS, SETTLED,
    FIRST_DIRTY, FIRST_SHUT,
    HORIZON, MAY_PREEMPT, POOLS, DEALS_AT, DEALS_END, SCRATCH, WHO_LOW, WHO_HIGH, EDGES_OF, SEEN_AT, TICK_SHIFT,
    NODES_AT, NODES_END, LINES_AT, LINES_END, POOLS_AT, POOLS_END, GATES_AT, GATES_END, CLOCKS_AT, CLOCKS_END,
    WORKS_AT, WORKS_END, QUEUES_AT, QUEUES_END, ISLANDS_AT, ISLANDS_END, ALL_SLOTS_AT, ALL_SLOTS_END,
    OWN_SLOTS_AT, OWN_SLOTS_END,
    CHANGES_AT, CHANGES_END, TICKS_AT, TURNS_AT, HEADS_AT, STACK_AT, BEGUN_AT, SENT_AT,
    EVENTS_AT, EVENTS_ROOM, DUE_AT, DUE_ROOM, LOG_AT, LOG_ROOM,
    HEADER,
) = range(66)  # fmt: skip

# -- records -------------------------------------------------------------------------

(
    OUTCOME, SATISFIED, GONE, IS_WAITING, IS_RUNNING, ATTEMPT, WORKED, FIRST_READY,
    COMMON, IS_RELEASED, READY, TRIGGER, AHEAD, BEHIND, OWN_SLOTS, INDEX,
    START, FINISH, ENABLER, REMAINING, STINT, DUE_TICK, TURN, FOLLOWERS,
    FOLLOWERS_END, REALS, INNER_LINK, INNER_WHEN, INNER_SLOTS,
) = range(29)  # fmt: skip
NODE = 32
"""A node, as long as what a processor fetches together; what is looked at together lies together.

AHEAD: who stands before it in its line's row; in the line's heap, its position there as a number below nought (-1 for
the first). REMAINING: the ticks it takes when it starts, drawn before minute 0. REALS: where its parameters lie in
``x``. OWN_SLOTS: where its slots lie, in INNER_SLOTS if it has no more than INNER. FOLLOWERS:
where its followers lie, in INNER_LINK if it has but one. Looked up by its index, for it is seldom asked: EDGES_OF, the
place of its edges, SEEN_AT, and the words its draws are keyed by, WHO_LOW and WHO_HIGH.
"""
INNER = 2

(
    LINE, PRIORITY, EDGES, WAITS_FOR_ALL, NEED, PROCESS, MAY_FAIL, EFFORTS, EFFORTS_END,
    LAW, TABLE, TABLE_END, TRIES, IS_PREEMPTIBLE, RELEASE, TASK, OWN_LABEL, LOST, LOST_END,
    COMMON_RECORD,
) = range(20)  # fmt: skip
"""What no run changes and nodes of one task mostly have in common: nodes with the same numbers share one record.

MAY_FAIL: by chance, or because of a clock from which on its tries are lost; the places of these lie at LOST.
"""

(
    SIZE, FIRST, ROW_FIRST, ROW_LAST, HEAPED,
    CAUSE, SINCE, QUEUE_RANK, IS_TOUCHED, NEXT_TOUCHED, IS_SHUT, NEXT_SHUT, NEXT_STASHED,
    GATE, DEMANDS, DEMANDS_END, SLOTS, SLOTS_END, MEMBERS, GATE_CAUSE, QUEUE,
    LINE_RECORD,
) = range(22)  # fmt: skip
"""A line of SIZE waiting nodes, of whom FIRST is served first.

Who joins behind all others, as most do, stands in a row from ROW_FIRST to ROW_LAST; the places of the HEAPED others
lie in a heap at MEMBERS.
QUEUE_RANK: its position in its queue, OUTSIDE if it is not there. IS_TOUCHED: it came into
its queue since the queue was last refused. IS_SHUT: it waits to be told that its gate is
closed.
"""
OUTSIDE = -1

(
    QUEUE_SIZE, COMMON_CAUSE, FIRST_TOUCHED, FIRST_STASHED, STASHED_CAUSE,
    QUEUE_LINES, QUEUE_ISLAND,
    QUEUE_RECORD,
) = range(8)  # fmt: skip
"""The lines that ask for the same pools and differ in their gates; the heap of those with somebody in line and an
open gate lies at QUEUE_LINES. COMMON_CAUSE: what all but the touched wait for, MIXED if they differ. Lines refused one
by one are stashed until the pass is over; STASHED_CAUSE: what they wait for."""
MIXED = -2

(
    IS_DIRTY, NEXT_DIRTY, LIVE, HAS_REFUSED, IS_UNSETTLED,
    ISLAND_QUEUES, ISLAND_QUEUES_END, ISLAND_POOLS, ISLAND_POOLS_END,
    ISLAND,
) = range(10)  # fmt: skip
"""Pools that are asked for together, directly or by way of others, and the queues for them.

IS_DIRTY: something in it has changed since the last pass. LIVE: its queues a pass has still to look at.
IS_UNSETTLED: somebody started after another was refused, who would wait for another cause if looked at again.
"""

(
    FREE, IS_BLOCKED, GIVEN_BACK, GIVER,
    UNITS, RULE, IS_FLAGGED, POOL_INDEX, POOL_ISLAND,
    POOL,
) = range(10)  # fmt: skip
"""A pool; IS_FLAGGED: its units may be taken from lower tasks."""

IS_OPEN, WAS_OPEN, OPENS, CLOSES, GATE_INDEX, GATE_LINES, GATE_LINES_END, GATE_RECORD = range(8)
"""A gate; WAS_OPEN: how it stands at the start."""

(
    TICK, TICK_TOO,
    CLOCK_AFTER, IS_DRAWN, CLOCK_LAW, CLOCK_TABLE, CLOCK_TABLE_END, CLOCK_REALS, CLOCK_WHO_LOW, CLOCK_WHO_HIGH,
    RELEASED, RELEASED_END, GIVEN_UP_END, CLOCK_INDEX,
    CLOCK_RECORD,
) = range(15)  # fmt: skip
"""A clock and its tick of 64 bits, counted from minute 0 or, where CLOCK_AFTER is somewhere, from that clock before it.

From RELEASED on lie the places of the nodes it releases, from RELEASED_END on of those it gives up.
"""

STEP, FORM, STATE, WORK_NODE, WORK_AFTER, WORK_RECORD = range(6)
"""A process: kind of step, where form and state lie in ``x``, the node that waits for its end, and the clock at which
its minute 0 lies, nowhere if that is the run's."""

FOLLOWER, WHEN, LINK = range(3)
"""An edge: the node at its other end and the outcome that counts."""

DEMAND_POOL, DEMAND_UNITS, CONSUMES, DEMAND = range(4)

EFFORT_WORK, EFFORT_REAL, EFFORT = range(3)

SLOT_CAUSE, SUM, SLOT = range(3)
"""A cause a line can wait for, and the ticks waited for it so far."""

BEFORE, WAITED, OWN_SLOT = range(3)
"""For a node and a cause of its line: the line's sum when it joined, and the ticks it has waited."""

KIND, WHAT_CHANGES, VALUE, CHANGE_AFTER, CHANGE_DELAY, CHANGE = range(6)
"""A change so many ticks after a clock strikes; where CHANGE_AFTER is nowhere, its tick is known before any run."""
CAPACITY_CHANGE, GATE_CHANGE, CLOCK_CHANGE = range(3)

EVENT = 2
"""A node that will be due, as one number: its tick above and its index below so many bits as TICK_SHIFT says.

Valid while the node runs and is due at that tick. Behind the last event lies NO_EVENT, later than all.
"""
NO_EVENT = 1 << 62
EVENTS_BESIDE = 4
"""Events that lie below another in their heap."""

DUE_TURN, DUE_NODE, DUE_RECORD = range(3)
"""A node that is due now."""

(
    DEAL_LAW, DEAL_TABLE, DEAL_TABLE_END, DEAL_NODES, DEAL_NODES_END, DEAL_LOW, DEAL_HIGH,
    DEAL,
) = range(8)  # fmt: skip
"""Nodes whose minutes follow one law: their places, and the two words their draws are keyed by, side by side."""
DEALT_AT_ONCE = 512

ENTRY_TICK, ENTRY_ROUND, ENTRY_PHASE, ENTRY_WHAT, ENTRY_INDEX, ENTRY_VALUE, ENTRY = range(7)

# -- reals ---------------------------------------------------------------------------

LAW_A, LAW_B, LAW_C, FACTOR, SUCCESS_SHARE, NODE_REALS = range(6)
CLOCK_A, CLOCK_B, CLOCK_C, BASE_MIN, OFFSET_MIN, CLOCK_REALS_COUNT = range(6)
WORK_EFFORT, WORK_AT_MIN, WORK_NUMBERS = range(3)
"""Where a process keeps its effort and the minute of its state; its numbers follow, and then those it begins with."""

# -- codes ---------------------------------------------------------------------------

NONE, DONE, SKIPPED, FAILED, GIVEN_UP = (code(number) for number in range(5))
"""How a node ended. GIVEN_UP: skipped at its clock, or because it had to follow one that was; to those who ask for one
that was skipped it is the same."""
SHORT, STRICT, LENIENT = range(3)
