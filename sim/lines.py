"""Lines: nodes waiting for the same demands and gate, and what they wait for over time."""

from __future__ import annotations

from dataclasses import dataclass, field

from sim.network import NOBODY, Demand, Network


@dataclass(slots=True)
class Line:
    """Nodes waiting for the same things, and the ticks waited by cause so far."""

    demands: tuple[Demand, ...]
    gate: int
    heap: list[tuple[int, int, int]] = field(default_factory=list)
    cause: int = NOBODY
    since: int = 0
    sums: dict[int, int] = field(default_factory=dict)

    def settle(self, now: int) -> None:
        """Book the ticks since the last settling on the present cause."""
        if self.heap and self.cause != NOBODY and now > self.since:
            self.sums[self.cause] = self.sums.get(self.cause, 0) + now - self.since
        self.since = now

    def blame(self, cause: int, now: int) -> None:
        """From now on the line waits for *cause*."""
        if self.cause != cause:
            self.settle(now)
            self.cause = cause


def lines_of(network: Network) -> list[Line]:
    lines: dict[int, Line] = {}
    for node, number in zip(network.nodes, network.line_of, strict=True):
        lines.setdefault(number, Line(demands=node.demands, gate=node.gate))
    return list(lines.values())
