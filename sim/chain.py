"""Where the minutes of a run went: the chain behind a node, labelled so that it adds up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sim.log import Run, cause_names
from sim.network import NOBODY, Network
from sim.procedure import Outcome, TaskKind
from sim.ticks import NEVER

WORK, TRAVEL, REST, DECIDE = OWN = ("work", "travel", "rest", "deciding")
"""The labels of a task's own minutes."""
PREDECESSOR = "predecessor"
CLOCK = "clock"
FAILURE = "failure"

_OWN = {
    TaskKind.WORK: WORK,
    TaskKind.NOTIFY: WORK,
    TaskKind.DECISION: DECIDE,
    TaskKind.TRAVEL: TRAVEL,
    TaskKind.REST: REST,
}


class Follow(StrEnum):
    """Which way back: by predecessors only, or by whoever let the node start."""

    PREDECESSORS = "predecessors"
    RESOURCES = "resources"


@dataclass(frozen=True, slots=True)
class Share:
    """Ticks of a chain spent in one node for one cause."""

    node: int
    cause: str
    ticks: int


def own_label(kind: TaskKind) -> str:
    """The label of a task's own minutes: work, travel, rest or deciding."""
    return _OWN[kind]


def breakdown(network: Network, run: Run, node: int) -> tuple[Share, ...]:
    """All ticks of one node from minute 0: waiting for predecessors, waits by cause, own work.

    They add up to the finish, or to the horizon for a node that did not end.
    """
    passage = run.passages[node]
    names = cause_names(network)
    if passage.ready == NEVER:
        end = passage.finish if passage.finish != NEVER else network.horizon
        return (Share(node, PREDECESSOR, end),)
    shares = [Share(node, PREDECESSOR, passage.ready)] if passage.ready else []
    shares += [Share(node, names[cause], count) for cause, count in passage.waits]
    if passage.worked:
        shares.append(Share(node, own_label(network.nodes[node].kind), passage.worked))
    return tuple(shares)


def chain(network: Network, run: Run, node: int, follow: Follow = Follow.PREDECESSORS) -> Iterator[int]:
    """The node, the one that made it ready (or let it start), and so on back to the start.

    Behind a node that never became ready stands a predecessor that did not end as asked.
    """
    seen: set[int] = set()
    while node != NOBODY and node not in seen:
        seen.add(node)
        yield node
        passage = run.passages[node]
        if _is_never_ready(run, node):
            node = _culprit(network, run, node)
        else:
            node = passage.trigger if follow is Follow.PREDECESSORS else passage.enabler


def _is_never_ready(run: Run, node: int) -> bool:
    """Whether a node waits to the end for a predecessor to end as asked."""
    return run.passages[node].ready == NEVER and run.passages[node].outcome is None


def _culprit(network: Network, run: Run, node: int) -> int:
    """The first predecessor that keeps a node from becoming ready."""
    for edge in network.nodes[node].edges:
        if run.passages[edge.node].outcome not in (edge.when, Outcome.SKIPPED):
            return edge.node
    return NOBODY


def lost_time(network: Network, run: Run, node: int, begin: int = 0) -> tuple[Share, ...]:
    """The ticks from *begin* to a node's end, by node and cause along its predecessors.

    They add up exactly to what passed between the two (up to the horizon if it did not
    end, or failed for good): each node of the chain gives its waits in line and its own work, one
    that failed for good what passed from there to the horizon, and what passed before the
    first one was ready is the wait for its clock. What a node that
    was already under way at *begin* had spent before is taken off its waits first.
    """
    names = cause_names(network)
    is_failed = run.passages[node].outcome is Outcome.FAILED
    end = network.horizon if is_failed else min(run.passages[node].finish, network.horizon)
    shares: list[Share] = []
    left, first = max(0, end - begin), node
    for index in chain(network, run, node):
        passage = run.passages[index]
        if passage.outcome is Outcome.FAILED and (index == node or _is_never_ready(run, first)):
            kept = min(network.horizon - passage.finish, left)
            left -= kept
            if kept:
                shares.append(Share(index, FAILURE, kept))
        first = index
        spent = [(own_label(network.nodes[index].kind), passage.worked)]
        spent += [(names[cause], count) for cause, count in reversed(passage.waits)]
        for cause, count in spent:
            kept = min(count, left)
            left -= kept
            if kept:
                shares.append(Share(index, cause, kept))
    if left:
        shares.append(Share(first, _reason(run, first), left))
    return tuple(shares)


def _reason(run: Run, first: int) -> str:
    """Why nothing happened in the rest of the time behind the first node of a chain."""
    passage = run.passages[first]
    if passage.outcome is Outcome.FAILED:
        return FAILURE
    return CLOCK


def spine(network: Network, run: Run, node: int) -> tuple[int, ...]:
    """The resource-constrained critical chain behind a node, from the first to the node."""
    return tuple(chain(network, run, node, Follow.RESOURCES))[::-1]
