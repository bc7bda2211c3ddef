"""More resources, slower response: where it happens it is said (Graham 1969)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sim.comparison import Comparison
from sim.network import Network
from sim.procedure import Target
from sim.question import Question
from sim.statistics import wilson


@dataclass(frozen=True, kw_only=True, slots=True)
class Anomaly:
    """A promise that came later, or no more, in *worse* of *runs* runs though units were only added.

    ``low`` and ``high`` are the 95 % interval of that share.
    """

    target: Target
    runs: int
    worse: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """The share of runs made worse."""
        return self.worse / self.runs


def is_only_more(before: Question, after: Question) -> bool:
    """Whether the second side differs from the first in nothing but more units of some pools."""
    one, two = before.network, after.network
    if _unstaffed(one) != _unstaffed(two):
        return False
    units = [(a.units, b.units) for a, b in zip(one.pools, two.pools, strict=True)]
    return all(a <= b for a, b in units) and any(a < b for a, b in units)


def _unstaffed(network: Network) -> Network:
    return replace(network, pools=tuple(replace(pool, units=0) for pool in network.pools))


def anomalies(found: Comparison, before: Question, after: Question) -> tuple[Anomaly, ...]:
    """The promises that units added made worse in some runs, most often first; none if more than units differs."""
    if not is_only_more(before, after):
        return ()
    told = []
    for gain in found.gains:
        worse = round(gain.worse_share * gain.runs)
        if worse:
            interval = wilson(worse, gain.runs)
            told.append(Anomaly(target=gain.target, runs=gain.runs, worse=worse, low=interval.low, high=interval.high))
    return tuple(sorted(told, key=lambda one: (-one.worse, one.target.id)))
