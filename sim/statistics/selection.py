"""The best of several systems with a stated guarantee: KN, start with ``select``.

Kim & Nelson 2001, "A fully sequential procedure for indifference-zone selection in simulation", with
c = 1. All systems are run side by side; after every further run of those left, a system is dropped as
soon as its total lies behind another's by more than chance and the indifference zone allow. If one
system is better than all others by at least the zone, it is chosen with probability 1 − α or more,
also when the runs of the systems share their luck.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from sim.errors import SimError
from sim.figure import above, at_least

Draw = Callable[[int, int], float]
"""What system *i* gives in replication *n*."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Race:
    """The systems still in it, their totals after *runs* each, and the spread of every difference.

    ``spread[i][j]`` is the variance of system i − system j in the first runs times h², which stays.
    Smaller is better.
    """

    runs: int
    zone: float
    totals: tuple[float, ...]
    left: tuple[int, ...]
    spread: tuple[tuple[float, ...], ...]

    @property
    def best(self) -> int:
        """The system with the smallest total among those left."""
        return min(self.left, key=lambda system: (self.totals[system], system))

    @property
    def is_over(self) -> bool:
        """Whether one system is left, or every difference has been watched for as long as the guarantee asks."""
        most = max((self.spread[i][j] / self.zone**2 for i, j in combinations(self.left, 2)), default=0.0)
        return len(self.left) == 1 or self.runs > most

    def allowance(self, first: int, second: int) -> float:
        """How far the first may lie behind the second in total and still stay: max(0, δ/2·(h²S²/δ² − r))."""
        return max(0.0, self.zone / 2 * (self.spread[first][second] / self.zone**2 - self.runs))


def begin(first_runs: Sequence[Sequence[float]], *, zone: float, alpha: float = 0.05) -> Race:
    """The race after the first runs, one row a replication with a value for every system, and one screening.

    >>> begin([[10, 14], [11, 16], [9, 15], [10, 15]], zone=1.0).left
    (0,)
    """
    above("selection", "zone", zone, 0)
    runs, systems = len(first_runs), len(first_runs[0]) if first_runs else 0
    at_least("selection", "runs", runs, 2)
    at_least("selection", "systems", systems, 2)
    if any(len(row) != systems for row in first_runs):
        raise SimError("rows-uneven", thing="selection", field="first_runs", rule=f"{systems} systems in every run")
    scale = h_squared(systems, runs, alpha)
    columns = list(zip(*first_runs, strict=True))
    race = Race(
        runs=runs,
        zone=zone,
        totals=tuple(sum(column) for column in columns),
        left=tuple(range(systems)),
        spread=tuple(tuple(scale * _variance_of_difference(a, b) for b in columns) for a in columns),
    )
    return screened(race)


def h_squared(systems: int, first_runs: int, alpha: float) -> float:
    """h² = 2·η·(n0 − 1) with η = ((2α/(k − 1))^(−2/(n0 − 1)) − 1)/2.

    >>> round(h_squared(5, 20, 0.05), 3)
    9.015
    """
    eta = ((2 * alpha / (systems - 1)) ** (-2 / (first_runs - 1)) - 1) / 2
    return float(2 * eta * (first_runs - 1))


def _variance_of_difference(first: Sequence[float], second: Sequence[float]) -> float:
    differences = [a - b for a, b in zip(first, second, strict=True)]
    mean = sum(differences) / len(differences)
    return sum((difference - mean) ** 2 for difference in differences) / (len(differences) - 1)


def screened(race: Race) -> Race:
    """The race without the systems that lie too far behind another that is left."""
    left = tuple(
        one
        for one in race.left
        if all(
            race.totals[one] <= race.totals[other] + race.allowance(one, other) for other in race.left if other != one
        )
    )
    return replace(race, left=left)


def observed(race: Race, values: dict[int, float]) -> Race:
    """The race after one more run of each system left, and one screening; *values* by system."""
    missing = [system for system in race.left if system not in values]
    if missing:
        raise SimError("system-missing", thing="selection", field="values", rule="every system left", value=missing[0])
    totals = tuple(total + values.get(system, 0.0) * (system in race.left) for system, total in enumerate(race.totals))
    return screened(replace(race, runs=race.runs + 1, totals=totals))


def select(draw: Draw, systems: int, *, zone: float, alpha: float = 0.05, first_runs: int = 20) -> Race:
    """The finished race of *systems*, whose values *draw* gives; ``best`` is the choice.

    It ends after at most ⌊h²·S²/δ²⌋ + 1 runs of each pair.

    >>> select(lambda system, run: (5.0, 3.0, 4.0)[system] + run % 3, 3, zone=0.5).best
    1
    """
    race = begin(
        [[draw(system, run) for system in range(systems)] for run in range(first_runs)], zone=zone, alpha=alpha
    )
    while not race.is_over:
        race = observed(race, {system: draw(system, race.runs) for system in race.left})
    return race
