"""The preview of a scenario: its clocks drawn with a fixed seed, and every curve that follows from them.

The draws are those a study with this seed would make (:mod:`sim.draws`): run 0, 1, 2 … of the same luck.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim.bounds import MOST_MIN
from sim.curves.growth import growth_curves
from sim.curves.values import Curve, Kind, Preview, Strike, banded, quantile
from sim.curves.works import work_curves
from sim.draws import Purpose, identity, uniform
from sim.errors import SimError
from sim.failures import FailureKind
from sim.figure import within
from sim.hazards.contribution import Clock, Contribution, Gate
from sim.hazards.models import contribution_of
from sim.scenario import Scenario

SEED = 1
DRAWS = 200
"""Enough that the edges of a band move by less than the line is thick when the seed is another."""
MOST_DRAWS = 10_000
POINTS = 120
_AIR = 1.15  # room behind the last strike

_GATES = {
    "road": ("可通车的地点", "Places with an open road"),
    "path": ("可步行撤出的地点", "Places with an open path"),
    "afloat": ("可行船的地点", "Places a boat can reach"),
    "access": ("车辆可进入的地点", "Places with access"),
    "stairs": ("可疏散的楼层", "Floors with tenable stairs"),
    "gas": ("气体允许进入", "Gas allows entry"),
    "ground": ("地压允许作业", "Ground allows work"),
    "roof": ("顶板允许作业", "Roof allows work"),
    "position": ("攻击阵地可用", "Attack position usable"),
}


def preview(scenario: Scenario, *, seed: int = SEED, draws: int = DRAWS) -> Preview:
    """The curves and strikes of a scenario; refused where its model refuses it, or it lasts longer than a year."""
    within("preview", "draws", draws, 1, MOST_DRAWS)
    if scenario.horizon_min > MOST_MIN:
        raise SimError("horizon-too-long", thing=f"scenario {scenario.id}", field="horizon_min",
                       rule=f"must be <= {MOST_MIN}", most=MOST_MIN,
                       value=scenario.horizon_min)  # fmt: skip
    drawn = _Drawn(scenario, contribution_of(scenario), seed, int(draws))
    return Preview(
        scenario=scenario.id,
        horizon_min=scenario.horizon_min,
        curves=tuple(drawn.curves()),
        strikes=tuple(sorted(drawn.strikes, key=lambda strike: (strike.middle_min, strike.clock, strike.entity))),
    )


@dataclass(frozen=True)
class _Drawn:
    """A scenario with its clocks drawn so many times."""

    scenario: Scenario
    brings: Contribution
    seed: int
    draws: int

    @cached_property
    def factors(self) -> dict[str, tuple[float, ...]]:
        """What every draw key drew, run by run."""
        laws = {_key(clock): clock.law for clock in self.brings.clocks if clock.law is not None}
        return {
            key: tuple(
                law.quantile_min(uniform(self.seed, identity("clock", key), run, 0, Purpose.CLOCK))
                for run in range(self.draws)
            )
            for key, law in laws.items()
        }

    def moments(self, clock: Clock) -> tuple[float, ...]:
        """When a clock strikes, run by run; one value where chance has no part."""
        if clock.law is None:
            return (max(0.0, clock.base_min + clock.offset_min),)
        return tuple(max(0.0, clock.base_min * draw + clock.offset_min) for draw in self.factors[_key(clock)])

    @cached_property
    def strikes(self) -> tuple[Strike, ...]:
        """When every clock strikes, early, middling and late."""
        return tuple(self._strikes())

    def _strikes(self) -> Iterator[Strike]:
        for clock in self.brings.clocks:
            found = sorted(self.moments(clock))
            before = bisect_right(found, math.nextafter(self.scenario.horizon_min, 0.0))
            low, middle, high = (quantile(found, share) for share in (0.1, 0.5, 0.9))
            yield Strike(
                clock=clock.name,
                entity=clock.entity,
                title=clock.title,
                title_en=clock.title_en,
                low_min=low,
                middle_min=middle,
                high_min=high,
                share=before / len(found),
            )

    @cached_property
    def minutes(self) -> tuple[float, ...]:
        """The sampled minutes: up to a little behind the last strike, to the end where nothing strikes."""
        last = max((s.high_min for s in self.strikes if 0 < s.high_min < self.scenario.horizon_min), default=math.inf)
        until = min(self.scenario.horizon_min, last * _AIR)
        return tuple(until * place / POINTS for place in range(POINTS + 1))

    def curves(self) -> Iterator[Curve]:
        yield from growth_curves(self.scenario, self.factors, self.minutes)
        yield from self._reached()
        yield from self._gates()
        yield from work_curves(self.scenario, self.brings, self.minutes)

    # -- clocks ----------------------------------------------------------------------

    def _reached(self) -> Iterator[Curve]:
        people = {entity.key: entity.people for group in self.brings.sets for entity in group.entities}
        titles = {e.key: (e.title, e.title_en or e.title) for group in self.brings.sets for e in group.entities}
        for name in dict.fromkeys(clock.name for clock in self.brings.clocks):
            clocks = [clock for clock in self.brings.clocks if clock.name == name]
            title, english = _stripped(clocks[0], titles.get(clocks[0].entity, ("", "")))
            yield self._count(f"clock:{name}", Kind.REACHED, title, english, "place", clocks, [1] * len(clocks))
            weights = [people.get(clock.entity, 0) for clock in clocks]
            if any(weights):
                yield self._count(f"people:{name}", Kind.PEOPLE, title, english, "person", clocks, weights)

    def _count(
        self, name: str, kind: Kind, title: str, english: str, unit: str, clocks: list[Clock], weights: Sequence[int]
    ) -> Curve:
        """How many of the weighted clocks have struck, minute by minute."""
        columns = [self._long(self.moments(clock)) for clock in clocks]
        runs = [sorted(zip(moments, weights, strict=True)) for moments in zip(*columns, strict=True)]
        low, middle, high = banded([_summed(run, self.minutes, self.scenario.horizon_min) for run in runs])
        return Curve(
            name=name, kind=kind, title=title, title_en=english, unit=unit, is_stepped=True,
            minutes=self.minutes, low=low, middle=middle, high=high,
        )  # fmt: skip

    def _long(self, moments: tuple[float, ...]) -> tuple[float, ...]:
        return moments if len(moments) == self.draws else moments * self.draws

    # -- gates -----------------------------------------------------------------------

    def _gates(self) -> Iterator[Curve]:
        for name in dict.fromkeys(gate.name for gate in self.brings.gates):
            gates = [gate for gate in self.brings.gates if gate.name == name]
            title, english = _GATES.get(name, (name, name))
            low, middle, high = banded([self._open(gates, run) for run in range(self.draws)])
            yield Curve(
                name=f"gate:{name}", kind=Kind.OPEN, title=title, title_en=english, unit="place", is_stepped=True,
                minutes=self.minutes, low=low, middle=middle, high=high,
            )  # fmt: skip

    def _open(self, gates: Sequence[Gate], run: int) -> list[float]:
        """How many gates stand open in one run, minute by minute."""
        at = np.array(self.minutes)
        total = np.zeros(len(at))
        for gate in gates:
            is_open = np.full(len(at), gate.is_open)
            for moment, state in self._turns(gate, run):
                is_open[at >= moment] = state
            for begin, end in self._cuts(gate):
                is_open[(at >= begin) & (at < end)] = False
            total += is_open
        return [float(count) for count in total]

    def _turns(self, gate: Gate, run: int) -> list[tuple[float, bool]]:
        """When a gate opens and closes in one run, in order."""
        found = []
        for clock, state in ((gate.opens, True), (gate.closes, False)):
            named = self._by_name.get((clock, gate.entity)) or self._by_name.get((clock, ""))
            found += [(named[run], state)] if named else []
        return sorted(found)

    @cached_property
    def _by_name(self) -> dict[tuple[str, str], tuple[float, ...]]:
        """The moments of every clock, run by run, by its name and entity."""
        return {(clock.name, clock.entity): self._long(self.moments(clock)) for clock in self.brings.clocks}

    def _cuts(self, gate: Gate) -> list[tuple[float, float]]:
        """When a road is cut by a failure set in the scenario."""
        if gate.cause != "road":
            return []
        return [
            (failure.from_min, math.inf if failure.until_min is None else failure.until_min)
            for failure in self.scenario.failures
            if failure.kind is FailureKind.ROAD and failure.of in ("", gate.entity)
        ]


def _key(clock: Clock) -> str:
    return clock.draw_key or f"{clock.name}@{clock.entity}"


def _summed(run: Sequence[tuple[float, int]], minutes: Sequence[float], horizon_min: float) -> list[float]:
    """The weights struck up to each minute; what would strike at the end or later does not."""
    struck = [(at, weight) for at, weight in run if at < horizon_min]
    total, place, sums = 0, 0, []
    for minute in minutes:
        while place < len(struck) and struck[place][0] <= minute:
            total += struck[place][1]
            place += 1
        sums.append(float(total))
    return sums


def _stripped(clock: Clock, place: tuple[str, str]) -> tuple[str, str]:
    """What a clock is called without the place it is about.

    >>> _stripped(Clock(name="water", base_min=1, title="河口村进水", title_en="Hekou: Water arrives"),
    ...           ("河口村", "Hekou"))
    ('进水', 'Water arrives')
    """
    chinese = clock.title.replace(place[0], "") if place[0] else clock.title
    english = clock.title_en.replace(place[1], "").strip(": ") if place[1] else clock.title_en
    return chinese or clock.name, english or clock.name
