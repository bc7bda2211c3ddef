"""What a run says about each target and task: ticks measured, and whether that is enough."""

from __future__ import annotations

from dataclasses import dataclass

from sim.errors import SimError
from sim.log import Run
from sim.network import NOBODY, Network
from sim.procedure import ALARM, Target, TargetKind
from sim.ticks import NEVER, ticks


@dataclass(frozen=True, slots=True)
class Measured:
    """A target in one run: the ticks measured, whether it was met, and the node that decided.

    For limits the ticks are elapsed time (NEVER if not reached), for margins the time
    left (−NEVER if the task never ended). ``node`` is the slowest or tightest node,
    NOBODY if nobody was concerned (which meets any promise); ``begin`` is the tick its
    limit is counted from.
    """

    ticks: int
    is_met: bool
    node: int
    begin: int = 0


@dataclass(frozen=True, slots=True)
class _Aim:
    """One node a target looks at, with its starts, its clock and its weight."""

    node: int
    starts: tuple[int, ...]
    start_moment: int
    moment: int
    people: int

    def begin(self, run: Run) -> int:
        """The tick the limit is counted from; NEVER if it did not come to that."""
        if self.start_moment != NOBODY:
            return run.moments[self.start_moment]
        return max((run.passages[node].finish_done for node in self.starts), default=0)


@dataclass(frozen=True, slots=True)
class Aims:
    """A target tied to the nodes of a network."""

    target: Target
    aims: tuple[_Aim, ...]

    def measure(self, run: Run) -> Measured:
        """What the run says about the target."""
        found = [self._value(aim, run) for aim in self.aims]
        values = [(value, aim) for value, aim in zip(found, self.aims, strict=True) if value is not None]
        if not values:
            nothing = NEVER if self.target.is_latest_better else 0
            return Measured(nothing, is_met=True, node=NOBODY)
        worst_first = sorted(values, key=lambda item: (-self._badness(item[0]), item[1].node))
        value, aim = self._deciding(worst_first)
        is_met = self._is_enough(value)
        return Measured(value, is_met, aim.node, 0 if self.target.is_latest_better else min(aim.begin(run), NEVER))

    def kept(self, run: Run) -> tuple[int, ...]:
        """The nodes that, each by itself, kept what the target asks."""
        found = ((aim.node, self._value(aim, run)) for aim in self.aims)
        return tuple(node for node, value in found if value is not None and self._is_enough(value))

    def _is_enough(self, value: int) -> bool:
        limit = ticks(self.target.limit_min)
        return value >= limit if self.target.is_latest_better else value <= limit

    def _badness(self, value: int) -> int:
        return -value if self.target.is_latest_better else value

    def _deciding(self, worst_first: list[tuple[int, _Aim]]) -> tuple[int, _Aim]:
        """The worst node that still belongs to the required share of the people."""
        if self.target.kind is not TargetKind.SHARE:
            return worst_first[0]
        total = sum(aim.people for _, aim in worst_first)
        may_miss = total * (1.0 - self.target.share)
        missed = 0
        for value, aim in worst_first:
            missed += aim.people
            if missed > may_miss + 1e-9:
                return value, aim
        return worst_first[-1]

    def _value(self, aim: _Aim, run: Run) -> int | None:
        """Elapsed or remaining ticks of one node; None if the task did not concern it after all.

        Whoever is given up at a clock was concerned and not reached, and so was who had to follow.
        """
        passage = run.passages[aim.node]
        is_share = self.target.kind is TargetKind.SHARE
        if passage.is_needless and not is_share:
            return None
        finish = passage.finish_done
        if self.target.is_latest_better:
            strike = run.moments[aim.moment]
            return -NEVER if finish == NEVER else strike - finish
        begin = aim.begin(run)
        if finish == NEVER or begin == NEVER:
            return NEVER
        return max(0, finish - begin)


def aims_of(target: Target, network: Network) -> Aims:
    """The target tied to a network; refused if its clock is not brought by the event."""
    aims = []
    for index in network.of_task.get(target.task, ()):
        node = network.nodes[index]
        aims.append(
            _Aim(
                node=index,
                starts=_starts(target, network, node.entity),
                start_moment=_moment(target, "starts", target.start_clock, network, node.entity),
                moment=_moment(target, "clock", target.clock, network, node.entity),
                people=max(1, node.people),
            )
        )
    return Aims(target, tuple(aims))


def _moment(target: Target, field: str, clock: str, network: Network, entity: str) -> int:
    moment = network.moment_of(clock, entity) if clock else NOBODY
    if clock and moment == NOBODY:
        raise SimError(
            "clock-unknown", thing=f"target {target.id}", field=field, rule="must be brought by the event", value=clock
        )
    return moment


def _starts(target: Target, network: Network, entity: str) -> tuple[int, ...]:
    """The nodes whose end starts the clock: the entity's own, its parent's, else all."""
    if target.starts == ALARM or target.start_clock:
        return ()
    nodes = network.of_task.get(target.starts, ())
    for name in network.lineage(entity):
        own = tuple(index for index in nodes if network.nodes[index].entity == name)
        if own:
            return own
    below = tuple(index for index in nodes if entity and entity in network.lineage(network.nodes[index].entity))
    return below or nodes


def is_concerned(target: Target, network: Network) -> bool:
    """Whether the event gives the target anything to measure."""
    known = target.starts == ALARM or target.start_clock or target.starts in network.of_task
    return target.task in network.of_task and bool(known)
