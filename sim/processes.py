"""Processes under way in one run: flood water being pumped out, a fire line being closed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sim.network import NOBODY, Network
from sim.steps import advanced, end_min
from sim.ticks import minutes


class Works:
    """The processes under way: their state, their effort, and when they would end."""

    def __init__(
        self, network: Network, moments: Sequence[int], reschedule: Callable[[int, float | None, int], None]
    ) -> None:
        self.works = network.works
        self.origin = [0 if work.after == NOBODY else moments[work.after] for work in network.works]
        self.reschedule = reschedule
        self.effort = [0.0] * len(self.works)
        self.state = [work.step.begin() for work in self.works]
        self.at_min = [0.0] * len(self.works)
        self.node = [NOBODY] * len(self.works)
        self.gives: dict[int, list[tuple[int, float]]] = {}
        for index, work in enumerate(self.works):
            for node, effort in work.efforts:
                self.gives.setdefault(node, []).append((index, effort))

    def begin(self, work: int, node: int, now: int) -> None:
        """A node waits for the process to end from now on."""
        self.node[work] = node
        self._advance(work, now)
        self._tell(work)

    def contribute(self, node: int, now: int) -> None:
        """A finished node adds its effort to the processes it works on."""
        for work, effort in self.gives.get(node, ()):
            self._advance(work, now)
            self.effort[work] += effort
            if self.node[work] != NOBODY:
                self._tell(work)

    def _advance(self, work: int, now: int) -> None:
        to_min = minutes(now - self.origin[work])
        step = self.works[work].step
        self.state[work] = advanced(step.form, self.state[work], self.at_min[work], to_min, self.effort[work])
        self.at_min[work] = to_min

    def _tell(self, work: int) -> None:
        end = end_min(self.works[work].step.form, self.state[work], self.at_min[work], self.effort[work])
        self.reschedule(self.node[work], end, self.origin[work])
