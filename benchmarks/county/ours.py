"""The county as a plan of ours: a procedure and a question, played by either engine."""

from __future__ import annotations

import numpy as np

from benchmarks.county import law
from benchmarks.county.law import County, Told
from sim.batch import Batch, Batching
from sim.durations import Duration, Lognormal
from sim.hazards.contribution import Contribution, Entity, EntitySet
from sim.procedure import After, Hazard, Need, Pool, Procedure, Target, TargetKind, Task
from sim.question import Question
from sim.scenario import ResourceSet, Scenario
from sim.ticks import NEVER, TICKS_PER_MIN


def question_of(county: County, **units: int) -> Question:
    """Whether the county keeps its promises; *units* replace those of the named pools."""
    event = Scenario(
        id="county", hazard=Hazard.FLOOD, spread="river", title="county", horizon_min=law.HORIZON_MIN
    )  # fmt: skip
    resources = ResourceSet(id="own", title="own", units=tuple(units.items()))
    question = Question(procedure=_procedure(county), scenario=event, resources=resources)
    # No hazard model stands behind this event: what it brings is set where a model's answer would be kept.
    question.__dict__["contribution"] = _brings(county)
    return question


def told(county: County, batching: Batching, *, seed: int, runs: int) -> Told:
    """The runs by one of our engines."""
    question = question_of(county)
    return told_of(question, batching(question, seed=seed, first=0, runs=runs))


def told_of(question: Question, batch: Batch) -> Told:
    """What a batch says, in the words of the county."""
    waited = dict(zip(question.network.of_task, batch.waits.sum(axis=1) / batch.runs / TICKS_PER_MIN, strict=True))
    return Told(
        np.where(batch.ticks[:, :2] >= NEVER, np.inf, batch.ticks[:, :2] / TICKS_PER_MIN),
        np.array([waited[task] for task in law.TASKS]),
    )


def _procedure(county: County) -> Procedure:
    pools = (
        Pool(id=name, title=name, units=units) for name, units in zip(law.POOLS, county.units, strict=True)
    )  # fmt: skip
    targets = (
        Target(id="notified", title="notified", task="notify", limit_min=law.NOTIFIED_MIN, assurance=law.ASSURANCE),
        Target(
            id="sheltered", title="sheltered", task="register", limit_min=law.SHELTERED_MIN, assurance=law.ASSURANCE,
            kind=TargetKind.SHARE, share=law.SHELTERED_SHARE,
        ),
    )  # fmt: skip
    sets = ("", "", "village", "village", "load", "load", "")
    tasks = tuple(_task(number, per) for number, per in enumerate(sets))
    return Procedure(hazard=Hazard.FLOOD, tasks=tasks, pools=tuple(pools), targets=targets)


def _task(number: int, per: str) -> Task:
    law_ = Lognormal(median_min=law.MEDIAN_MIN[number], sigma=law.SIGMA[number])
    return Task(
        id=law.TASKS[number],
        title=law.TASKS[number],
        duration=Duration(law=law_, times="way_min" if number == law.RIDE else ""),
        after=(After(task=law.TASKS[number - 1]),) if number else (),
        per=per,
        needs=(Need(pool=law.POOLS[law.POOL_OF[number]]),) if number in law.POOL_OF else (),
    )


def _brings(county: County) -> Contribution:
    villages = tuple(Entity(key=f"v{index}", title="") for index in range(county.villages))
    loads = tuple(
        Entity(
            key=f"v{index // law.LOADS_PER_VILLAGE}/{index % law.LOADS_PER_VILLAGE}",
            title="",
            parent=f"v{index // law.LOADS_PER_VILLAGE}",
            people=int(county.people[index]),
            attributes=(("way_min", float(county.way_min[index])),),
        )
        for index in range(county.loads)
    )
    return Contribution(sets=(EntitySet(name="village", entities=villages), EntitySet(name="load", entities=loads)))
