"""Nodes ending, and telling their followers."""

from __future__ import annotations

from sim.compiled import hot, inner
from sim.kernel import memory as at
from sim.kernel import notes
from sim.kernel.arrays import Reals, Whole
from sim.kernel.dealing import drawn_anew
from sim.kernel.draws import SUCCESS, draw
from sim.kernel.heaps import push_event
from sim.kernel.lines import consider, leave, queue
from sim.kernel.memory import NOT_YET, NOW
from sim.kernel.pointers import long_at
from sim.kernel.queues import mark_dirty, mark_line


@hot
def complete(m: Whole, x: Reals, node: int) -> bool:
    """A node has done its minutes: it is done (True), tries again, or has failed for good."""
    common = m[node + at.COMMON]
    m[node + at.IS_RUNNING] = 0
    m[node + at.WORKED] += m[NOW] - m[node + at.STINT]
    give_back(m, node)
    outcome = at.DONE
    if m[common + at.MAY_FAIL] and _fails(m, x, node):
        if m[node + at.ATTEMPT] + 1 < m[common + at.TRIES]:
            notes.note(m, notes.FAILED_ONCE, m[node + at.INDEX], notes.NOTHING)
            m[node + at.ATTEMPT] += 1
            m[node + at.REMAINING] = drawn_anew(m, x, node)
            m[node + at.READY] = m[NOW]
            queue(m, node)
            return False
        outcome = at.FAILED
    end(m, node, outcome)
    return bool(outcome == at.DONE)


@hot
def _fails(m: Whole, x: Reals, node: int) -> bool:
    """Whether the try that ends now is a failure."""
    common = m[node + at.COMMON]
    for clock in range(m[common + at.LOST], m[common + at.LOST_END]):
        if m[node + at.STINT] >= long_at(m, m[clock] + at.TICK):
            return True
    return bool(draw(m, node, SUCCESS) >= x[m[node + at.REALS] + at.SUCCESS_SHARE])


@hot
def give_back(m: Whole, node: int) -> None:
    """Return the units a node held, but for what it has used up."""
    line = m[m[node + at.COMMON] + at.LINE]
    for demand in range(m[line + at.DEMANDS], m[line + at.DEMANDS_END], at.DEMAND):
        if not m[demand + at.CONSUMES]:
            pool = m[demand]
            m[pool + at.FREE] += m[demand + at.DEMAND_UNITS]
            m[pool + at.GIVEN_BACK], m[pool + at.GIVER] = m[NOW], m[node + at.INDEX]
            m[at.IS_STIRRED] = 1
            mark_dirty(m, m[pool + at.POOL_ISLAND])


@hot
def end(m: Whole, node: int, outcome: int) -> None:
    """The node's last word, and after it that of every follower it leaves without hope, one inside the other."""
    _close(m, node, outcome)
    for link in range(m[node + at.FOLLOWERS], m[node + at.FOLLOWERS_END], at.LINK):
        lost = _tell(m, m[link], node, m[link + at.WHEN])
        if lost != at.NONE:
            skip(m, m[link], lost)


@inner
def skip(m: Whole, node: int, lost: int) -> None:
    """Skip a node or give it up (*lost*), and every follower that leaves without hope before its next one is told."""
    _close(m, node, lost)
    bottom = m[at.STACK_AT]
    top = bottom
    m[top], m[top + 1] = node, m[node + at.FOLLOWERS]
    while top >= bottom:
        told, link = m[top], m[top + 1]
        if link == m[told + at.FOLLOWERS_END]:
            top -= 2
            continue
        m[top + 1] += at.LINK
        follower = m[link]
        lost = _tell(m, follower, told, m[link + at.WHEN])
        if lost != at.NONE:
            _close(m, follower, lost)
            top += 2
            m[top], m[top + 1] = follower, m[follower + at.FOLLOWERS]


@hot
def _close(m: Whole, node: int, outcome: int) -> None:
    if m[node + at.IS_WAITING]:
        leave(m, node)
        mark_line(m, m[m[node + at.COMMON] + at.LINE])
    m[node + at.OUTCOME] = outcome
    m[node + at.FINISH] = m[NOW]
    what = notes.DONE if outcome == at.DONE else notes.FAILED if outcome == at.FAILED else notes.SKIPPED
    notes.note(m, what, m[node + at.INDEX], notes.NOTHING)


@hot
def _tell(m: Whole, node: int, told: int, when: int) -> int:
    """Tell a node how another ended: NONE, or how the node ends where that leaves it nothing to do."""
    if m[node + at.OUTCOME] != at.NONE:
        return at.NONE
    outcome, common = m[told + at.OUTCOME], m[node + at.COMMON]
    if outcome == when or (outcome == at.GIVEN_UP and when == at.SKIPPED):
        m[node + at.SATISFIED] += 1
    elif outcome == at.FAILED:
        return at.NONE
    elif m[common + at.WAITS_FOR_ALL] and when != at.DONE:
        return at.SKIPPED
    else:
        m[node + at.GONE] += 1
        left = m[common + at.EDGES] - m[node + at.GONE]
        if left == 0 if m[common + at.WAITS_FOR_ALL] else left < m[common + at.NEED]:
            return at.GIVEN_UP if _follows_given_up(m, node) else at.SKIPPED
    consider(m, node, m[told + at.INDEX])
    return at.NONE


@inner
def _follows_given_up(m: Whole, node: int) -> bool:
    """Whether one that was given up at a clock should have been done before the node."""
    edges = m[m[at.EDGES_OF] + m[node + at.INDEX]]
    for edge in range(edges, edges + m[m[node + at.COMMON] + at.EDGES] * at.LINK, at.LINK):
        if m[edge + at.WHEN] == at.DONE and m[m[edge] + at.OUTCOME] == at.GIVEN_UP:
            return True
    return False


# -- being due -----------------------------------------------------------------------


@hot
def schedule(m: Whole, node: int, delay: int) -> None:
    """The node is due in so many ticks, if that is before the horizon."""
    m[node + at.REMAINING] = delay
    m[node + at.DUE_TICK] = NOT_YET
    if delay == 0 or m[NOW] + delay < m[at.HORIZON]:
        m[node + at.DUE_TICK] = m[NOW] + delay
        push_event(m, m[NOW] + delay, node)
