"""What a study takes for granted: every duration, number of units and parameter of the event, with what it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from plans_repo.study_values import Study
from plans_repo.supplies import PoolCount
from sim.durations import Duration
from sim.figure import Footing, Mark
from sim.procedure import Task
from sim.scenario import Parameter


class AssumptionKind(StrEnum):
    """What is assumed: the minutes of a task, the units of a pool, a parameter of the event."""

    DURATION = "duration"
    UNITS = "units"
    PARAMETER = "parameter"


@dataclass(frozen=True, kw_only=True, slots=True)
class Assumption:
    """One figure a study rests on; *of* is the task, the pool or the parameter, unique within its kind.

    ``value`` is the figure, of a duration its median (a factor where the minutes are a multiple of what an object
    brings along, with the unit "1"). ``duration`` and ``pool`` hold the whole of what is said in figures here.
    """

    kind: AssumptionKind
    of: str
    title: str
    title_en: str
    value: float
    unit: str
    source: str
    mark: Mark
    clause: str = ""
    footing: Footing | None = None
    duration: Duration | None = None
    pool: PoolCount | None = None

    @property
    def key(self) -> str:
        """A name no other assumption of the study has."""
        return f"{self.kind.value}:{self.of}"


def assumptions(study: Study) -> tuple[Assumption, ...]:
    """Every figure a study rests on: durations in the order of the procedure, units, then parameters of the event.

    Tasks that take no time assume nothing.
    """
    durations = (_duration(task) for task in study.procedure.tasks if not task.duration.is_state)
    return (*durations, *map(_units, study.pools), *map(_parameter, study.parameters))


def standing(found: tuple[Assumption, ...]) -> tuple[tuple[Mark, int], ...]:
    """How many assumptions there are of every mark, in the order of the marks."""
    return tuple((mark, count) for mark in Mark if (count := sum(each.mark is mark for each in found)))


def _duration(task: Task) -> Assumption:
    duration = task.duration
    return Assumption(
        kind=AssumptionKind.DURATION,
        of=task.id,
        title=task.title,
        title_en=task.title_en,
        value=duration.law.quantile_min(0.5),
        unit="1" if duration.times else "min",
        source=duration.source,
        mark=duration.standing,
        clause=task.clause,
        footing=duration.footing,
        duration=duration,
    )


def _units(count: PoolCount) -> Assumption:
    return Assumption(
        kind=AssumptionKind.UNITS,
        of=count.pool.id,
        title=count.pool.title,
        title_en=count.pool.title_en,
        value=count.units,
        unit="unit",
        source="；".join(dict.fromkeys(_sources(count))),
        mark=count.mark,
        clause=count.pool.clause,
        pool=count,
    )


def _sources(count: PoolCount) -> Iterator[str]:
    """Where a number of units comes from: the event, the entries counted, or the procedure."""
    if count.local:
        yield count.local.source
    elif count.is_counted:
        yield from (each.source for each in count.supplies if each.source)
    else:
        yield count.pool.source


def _parameter(one: Parameter) -> Assumption:
    return Assumption(
        kind=AssumptionKind.PARAMETER,
        of=one.name,
        title=one.title or one.name,
        title_en=one.title_en,
        value=one.figure.value,
        unit=one.figure.unit,
        source=one.figure.source,
        mark=one.figure.mark,
    )
