"""The county in plain SimPy, as somebody at home in it writes one model: a process for each village and each load.

What makes such a model quick is done: all numbers of a run are drawn at once, requests are
made only where there is something to wait for, and waits are booked where they happen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import simpy
from numpy.typing import NDArray

from benchmarks.county import law
from benchmarks.county.law import ASSEMBLE, DECIDE, NOTIFY, ORDER, REGISTER, REPORT, RIDE, TASKS, County, Told

Events = Iterator[simpy.Event]


def told(county: County, *, seed: int, runs: int) -> Told:
    """The runs, each on numbers of its own."""
    reached, waited = [], np.zeros(len(TASKS))
    for run in range(runs):
        play = Play(county, np.random.default_rng((seed, run)))
        play.env.run(until=law.HORIZON_MIN)
        reached.append((play.notified_min, law.sheltered_min(play.ends_min, county)))
        waited += play.waited_min
    return Told(np.array(reached), waited / runs)


@dataclass(eq=False)
class Play:
    """One run."""

    county: County
    rng: np.random.Generator
    env: simpy.Environment = field(default_factory=simpy.Environment)

    def __post_init__(self) -> None:
        county = self.county
        self.command, self.bus, self.staff = (simpy.Resource(self.env, units) for units in county.units)
        self.waited_min = [0.0] * len(TASKS)
        self.notified = 0
        self.registered = 0
        self.notified_min = np.inf
        self.ends_min = np.full(county.loads, np.inf)
        self.notify, self.assemble = (self._minutes(task, county.villages) for task in (NOTIFY, ASSEMBLE))
        self.ride = (self._minutes(RIDE, county.loads) * county.way_min).tolist()
        self.register = self._minutes(REGISTER, county.loads).tolist()
        self.all_in = self.env.event()
        self.env.process(self._lead())

    def _minutes(self, task: int, count: int) -> NDArray[np.float64]:
        return law.MEDIAN_MIN[task] * np.exp(law.SIGMA[task] * self.rng.standard_normal(count))

    def _lead(self) -> Events:
        for task in (DECIDE, ORDER):
            with self.command.request() as seat:
                yield from self._wait(task, seat)
                yield self.env.timeout(self._minutes(task, 1)[0])
        for village in range(self.county.villages):
            self.env.process(self._evacuate(village))
        yield self.all_in
        with self.command.request() as seat:
            yield from self._wait(REPORT, seat)
            yield self.env.timeout(self._minutes(REPORT, 1)[0])

    def _wait(self, task: int, request: simpy.Event) -> Events:
        since = self.env.now
        yield request
        self.waited_min[task] += self.env.now - since

    def _evacuate(self, village: int) -> Events:
        env, since = self.env, self.env.now
        with self.command.request() as telephone:
            yield telephone
            self.waited_min[NOTIFY] += env.now - since
            yield env.timeout(self.notify[village])
        self.notified += 1
        if self.notified == self.county.villages:
            self.notified_min = env.now
        yield env.timeout(self.assemble[village])
        first = village * law.LOADS_PER_VILLAGE
        for load in range(first, first + law.LOADS_PER_VILLAGE):
            env.process(self._bring(load))

    def _bring(self, load: int) -> Events:
        env, since = self.env, self.env.now
        with self.bus.request() as bus:
            yield bus
            self.waited_min[RIDE] += env.now - since
            yield env.timeout(self.ride[load])
        since = env.now
        with self.staff.request() as clerk:
            yield clerk
            self.waited_min[REGISTER] += env.now - since
            yield env.timeout(self.register[load])
        self.ends_min[load] = env.now
        self.registered += 1
        if self.registered == self.county.loads:
            self.all_in.succeed()
