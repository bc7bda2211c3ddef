"""What a study takes for granted: every parameter of the event, number of units and duration, with what it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from plans_repo.study_values import Study
from plans_repo.supplies import PoolCount, unit_of
from sim.circumstance import Circumstance
from sim.durations import Duration, Fixed
from sim.figure import Footing, Mark
from sim.hazards.contribution import NIGHT
from sim.plain import digest
from sim.procedure import Task
from sim.scenario import Parameter

_AT_NIGHT = frozenset((Circumstance.NIGHT, Circumstance.OFF_HOURS))


class AssumptionKind(StrEnum):
    """What is assumed: a parameter of the event, the units of a pool, the minutes of a task."""

    PARAMETER = "parameter"  # 情景参数
    UNITS = "units"  # 力量数量
    DURATION = "duration"  # 任务用时


@dataclass(frozen=True, kw_only=True, slots=True)
class Assumption:
    """One figure a study rests on; *of* is the parameter, the pool or the task, unique within its kind.

    ``value`` is the figure, of a random duration its median and ``high`` what nine in ten do not exceed; the unit
    is ``own_time`` where the minutes are a multiple of what an object brings along. ``seen`` is the digest of the
    figure with everything behind it, so that whoever ticks it off says what was ticked. ``duration`` and ``pool``
    hold the whole of what is said in figures here.
    """

    kind: AssumptionKind
    of: str
    title: str
    title_en: str
    value: float
    unit: str
    unit_en: str
    source: str
    mark: Mark
    seen: str
    source_en: str = ""
    high: float | None = None
    clause: str = ""
    footing: Footing | None = None
    duration: Duration | None = None
    pool: PoolCount | None = None

    @property
    def key(self) -> str:
        """A name no other assumption of the study has."""
        return f"{self.kind.value}:{self.of}"

    @property
    def is_grounded(self) -> bool:
        """Whether it says where it comes from."""
        return bool(self.source.strip())


def assumptions(study: Study) -> tuple[Assumption, ...]:
    """Every figure a study rests on: parameters of the event, units, durations in the order of the procedure.

    Tasks that take no time assume nothing.
    """
    durations = (_duration(task) for task in study.procedure.tasks if not task.duration.is_state)
    return (*map(_parameter, study.parameters), *(_units(study, count) for count in study.pools), *durations)


@dataclass(frozen=True, kw_only=True, slots=True)
class NightCallouts:
    """How an event at night or off duty lengthens call-outs: by what *factor*, in how many *tasks* of its procedure.

    One without tasks, or with a factor of one, is played as by day.
    """

    title: str
    title_en: str
    factor: float
    tasks: int

    @property
    def is_alike(self) -> bool:
        """Whether call-outs take as long as by day."""
        return self.factor == 1 or not self.tasks


def night_callouts(study: Study) -> tuple[NightCallouts, ...]:
    """What night and off-duty hours do to call-outs, for each event of a study that happens then."""
    return tuple(
        NightCallouts(
            title=scenario.title,
            title_en=scenario.title_en,
            factor=scenario.get(NIGHT, 1.0),
            tasks=sum(task.duration.slows == NIGHT for task in procedure.tasks),
        )
        for procedure, scenario, _level in study.played
        if not _AT_NIGHT.isdisjoint(scenario.circumstances)
    )


def standing(found: tuple[Assumption, ...]) -> tuple[tuple[Mark, int], ...]:
    """How many assumptions there are of every mark, in the order of the marks."""
    return tuple((mark, count) for mark in Mark if (count := sum(each.mark is mark for each in found)))


def _parameter(one: Parameter) -> Assumption:
    title = one.title or one.name
    return Assumption(
        kind=AssumptionKind.PARAMETER,
        of=one.name,
        title=title,
        title_en=one.title_en or title,
        value=one.figure.value,
        unit=one.figure.unit,
        unit_en=one.figure.unit,
        source=one.figure.source,
        mark=one.figure.mark,
        seen=digest(one),
    )


def _units(study: Study, count: PoolCount) -> Assumption:
    pool = count.pool
    kind = "local" if count.local else "own"
    return Assumption(
        kind=AssumptionKind.UNITS,
        of=f"{pool.id}:local" if count.local else pool.id,
        title=pool.title,
        title_en=pool.title_en or pool.title,
        value=count.units,
        unit=unit_of(pool, "zh"),
        unit_en=unit_of(pool, "en"),
        source="；".join(dict.fromkeys(_sources(study, count))),
        source_en=_event_en(study, count.local.source) if count.local else "",
        mark=count.mark,
        seen=digest([pool, count.units, count.is_counted, kind]),
        clause=pool.clause,
        pool=count,
    )


def _sources(study: Study, count: PoolCount) -> Iterator[str]:
    """Where a number of units comes from: the event, the register with the entries counted, or the procedure."""
    if count.local:
        yield count.local.source
    elif count.is_counted:
        yield study.resources.title
        yield from (each.source for each in count.supplies if each.source)
    else:
        yield count.pool.source


def _event_en(study: Study, title: str) -> str:
    """The English title of the event of that title."""
    events = [part.scenario for part in study.compound.parts] if study.compound else [study.scenario]
    return next((event.title_en for event in events if event.title == title), "")


def _duration(task: Task) -> Assumption:
    duration = task.duration
    unit = "own_time" if duration.times else "min"
    return Assumption(
        kind=AssumptionKind.DURATION,
        of=task.id,
        title=task.title,
        title_en=task.title_en or task.title,
        value=duration.law.quantile_min(0.5),
        high=None if isinstance(duration.law, Fixed) else duration.law.quantile_min(0.9),
        unit=unit,
        unit_en=unit,
        source=duration.source,
        mark=duration.standing,
        seen=digest([task.id, duration]),
        clause=task.clause,
        footing=duration.rests_on,
        duration=duration,
    )
