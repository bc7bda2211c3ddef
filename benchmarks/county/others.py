"""The county in salabim and, as far as it goes, in Ciw: requirements/bench.txt, which the product does without.

Ciw plays queueing networks: customers go from node to node. It has nobody who is one
customer on the telephone and five loads in the buses, so the county is two networks: the
villages' queue for the telephone, then the loads' queues for bus and staff, fed with the
minutes at which the first let the villages go. The two tasks before it all are drawn
outside. What it cannot say: several pools for one task, a task that waits for all of others
(the report at the end is added by hand), gates and clocks.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from benchmarks.county import law
from benchmarks.county.law import ASSEMBLE, DECIDE, NOTIFY, ORDER, REGISTER, REPORT, RIDE, TASKS, County, Told

Reals = NDArray[np.float64]


def available() -> dict[str, Callable[..., Told]]:
    """The models whose libraries are installed, by name."""
    found: dict[str, Callable[..., Told]] = {}
    for name, told in (("salabim", salabim_told), ("ciw", ciw_told)):
        try:
            __import__(name)
        except ImportError:
            continue
        found[name] = told
    return found


def _minutes(rng: np.random.Generator, task: int, count: int) -> Reals:
    return law.MEDIAN_MIN[task] * np.exp(law.SIGMA[task] * rng.standard_normal(count))


# -- salabim -------------------------------------------------------------------------


def salabim_told(county: County, *, seed: int, runs: int) -> Told:
    """The runs in salabim: yield mode, monitors off."""
    reached, waited = [], np.zeros(len(TASKS))
    for run in range(runs):
        notified_min, ends_min, waited_min = _salabim_run(county, np.random.default_rng((seed, run)))
        reached.append((notified_min, law.sheltered_min(ends_min, county)))
        waited += waited_min
    return Told(np.array(reached), waited / runs)


def _salabim_run(  # noqa: C901  # components are classes inside a run, as salabim's examples have them
    county: County, rng: np.random.Generator
) -> tuple[float, Reals, list[float]]:
    import salabim

    env = salabim.Environment(yieldless=False, set_numpy_random_seed=False, trace=False)
    command, bus, staff = (
        salabim.Resource(name, capacity=units, monitor=False, honor_only_first=True, env=env)
        for name, units in zip(law.POOLS, county.units, strict=True)
    )
    waited, ends, told = [0.0] * len(TASKS), np.full(county.loads, np.inf), {"notified": 0, "at": np.inf, "in": 0}
    notify, assemble = (_minutes(rng, task, county.villages) for task in (NOTIFY, ASSEMBLE))
    ride, register = (_minutes(rng, RIDE, county.loads) * county.way_min, _minutes(rng, REGISTER, county.loads))

    class Quiet(salabim.Component):  # type: ignore[misc]
        def take(self, pool: object, task: int, minutes: float) -> Iterator[object]:
            since = env._now
            yield self.request(pool)
            waited[task] += env._now - since
            yield self.hold(minutes)
            self.release(pool)

    class Lead(Quiet):
        def process(self) -> Iterator[object]:
            for task in (DECIDE, ORDER):
                yield from self.take(command, task, _minutes(rng, task, 1)[0])
            for number in range(county.villages):
                Village(number=number, env=env)
            yield self.passivate()
            yield from self.take(command, REPORT, _minutes(rng, REPORT, 1)[0])

    class Village(Quiet):
        def setup(self, number: int) -> None:
            self.number = number

        def process(self) -> Iterator[object]:
            yield from self.take(command, NOTIFY, notify[self.number])
            told["notified"] += 1
            if told["notified"] == county.villages:
                told["at"] = env._now
            yield self.hold(assemble[self.number])
            first = self.number * law.LOADS_PER_VILLAGE
            for number in range(first, first + law.LOADS_PER_VILLAGE):
                Load(number=number, env=env)

    class Load(Quiet):
        def setup(self, number: int) -> None:
            self.number = number

        def process(self) -> Iterator[object]:
            yield from self.take(bus, RIDE, ride[self.number])
            yield from self.take(staff, REGISTER, register[self.number])
            ends[self.number] = env._now
            told["in"] += 1
            if told["in"] == county.loads:
                lead.activate()

    lead = Lead(env=env)
    env.run(till=law.HORIZON_MIN)
    return told["at"], ends, waited


# -- Ciw -----------------------------------------------------------------------------


def ciw_told(county: County, *, seed: int, runs: int) -> Told:
    """The runs in Ciw, as two networks."""
    reached, waited = [], np.zeros(len(TASKS))
    for run in range(runs):
        rng = np.random.default_rng((seed, run))
        random.seed(f"{seed} {run}")  # Ciw shuffles with the global generator
        notified_min, gathered_min = _villages(county, rng, waited)
        ends_min = _loads(county, rng, gathered_min, waited)
        reached.append((notified_min, law.sheltered_min(ends_min, county)))
        _minutes(rng, REPORT, 1)
    return Told(np.array(reached), waited / runs)


def _villages(county: County, rng: np.random.Generator, waited: Reals) -> tuple[float, Reals]:
    """When the last village is notified, and when each has gathered its people."""
    import ciw

    begin_min = float(_minutes(rng, DECIDE, 1)[0] + _minutes(rng, ORDER, 1)[0])
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Sequential([begin_min, np.inf]), None],
        batching_distributions=[ciw.dists.Deterministic(county.villages), ciw.dists.Deterministic(1)],
        service_distributions=[
            ciw.dists.Sequential(_minutes(rng, NOTIFY, county.villages).tolist()),
            ciw.dists.Sequential(_minutes(rng, ASSEMBLE, county.villages).tolist()),
        ],
        number_of_servers=[county.units[0], np.inf],
        routing=[[0.0, 1.0], [0.0, 0.0]],
    )
    play = ciw.Simulation(network)
    play.simulate_until_max_time(law.HORIZON_MIN)
    gathered, notified = np.full(county.villages, np.inf), 0.0
    for record in play.get_all_records(only=["service"]):
        if record.node == 1:
            notified = max(notified, record.service_end_date)
            waited[NOTIFY] += record.waiting_time
        else:
            gathered[record.id_number - 1] = record.service_end_date
    return notified, gathered


def _loads(county: County, rng: np.random.Generator, gathered_min: Reals, waited: Reals) -> Reals:
    """When each load is registered."""
    import ciw

    order = np.argsort(gathered_min, kind="stable")
    loads = (order[:, None] * law.LOADS_PER_VILLAGE + np.arange(law.LOADS_PER_VILLAGE)).ravel()
    ride_min = _minutes(rng, RIDE, county.loads) * county.way_min

    class Ride(ciw.dists.Distribution):  # type: ignore[misc]
        def sample(self, t: object = None, ind: object = None) -> float:
            return float(ride_min[loads[ind.id_number - 1]])  # type: ignore[attr-defined]

    gaps = np.diff(gathered_min[order], prepend=0.0)
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Sequential([*gaps.tolist(), np.inf]), None],
        batching_distributions=[ciw.dists.Deterministic(law.LOADS_PER_VILLAGE), ciw.dists.Deterministic(1)],
        service_distributions=[Ride(), ciw.dists.Sequential(_minutes(rng, REGISTER, county.loads).tolist())],
        number_of_servers=list(county.units[1:]),
        routing=[[0.0, 1.0], [0.0, 0.0]],
    )
    play = ciw.Simulation(network)
    play.simulate_until_max_time(law.HORIZON_MIN)
    ends = np.full(county.loads, np.inf)
    for record in play.get_all_records(only=["service"]):
        waited[RIDE if record.node == 1 else REGISTER] += record.waiting_time
        if record.node == 2:
            ends[loads[record.id_number - 1]] = record.service_end_date
    return ends
