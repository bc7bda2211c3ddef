"""The figures a study rests on, as an assessor looks them over: parameters of the event, units, durations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from plans_repo.studies import Study
from plans_repo.supplies import unit_of
from sim.durations import Fixed
from sim.figure import Mark
from sim.plain import digest
from sim.procedure import Task


class ItemKind(StrEnum):
    """What sort of figure it is."""

    PARAMETER = "parameter"  # 情景参数
    UNITS = "units"  # 力量数量
    DURATION = "duration"  # 任务用时


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One figure a study rests on.

    Of a random duration *value* is the median and *high* what nine in ten do not exceed. *seen* is the digest
    of the figure with everything behind it, so that a tick says what was ticked.
    """

    key: str
    kind: ItemKind
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

    @property
    def is_grounded(self) -> bool:
        """Whether it says where it comes from."""
        return bool(self.source.strip())


def items(study: Study) -> tuple[Item, ...]:
    """Every figure of a study, in one order: parameters, units, durations; a task that takes no time has none."""
    return (*_parameters(study), *_units(study), *_durations(study))


def _parameters(study: Study) -> Iterator[Item]:
    for each in study.parameters:
        figure = each.figure
        yield Item(
            key=f"{ItemKind.PARAMETER}:{each.name}",
            kind=ItemKind.PARAMETER,
            title=each.title or each.name,
            title_en=each.title_en or each.title or each.name,
            value=figure.value,
            unit=figure.unit,
            unit_en=figure.unit,
            source=figure.source,
            mark=figure.mark,
            seen=digest(each),
        )


def _units(study: Study) -> Iterator[Item]:
    for count in study.pools:
        pool = count.pool
        kind = "local" if count.local else "own"
        ground, ground_en = _ground(study, pool.source, kind, is_counted=count.is_counted)
        yield Item(
            key=f"{ItemKind.UNITS}:{pool.id}" + (":local" if count.local else ""),
            kind=ItemKind.UNITS,
            title=pool.title,
            title_en=pool.title_en or pool.title,
            value=count.units,
            unit=unit_of(pool, "zh"),
            unit_en=unit_of(pool, "en"),
            source=ground,
            source_en=ground_en,
            mark=count.mark,
            seen=digest([pool, count.units, count.is_counted, kind]),
        )


def _ground(study: Study, source: str, kind: str, *, is_counted: bool) -> tuple[str, str]:
    """Where a number of units comes from, in both languages: the event, the register, or the procedure's source."""
    if kind == "local":
        return study.scenario.title, study.scenario.title_en
    return (study.resources.title, study.resources.title_en) if is_counted else (source, source)


def _durations(study: Study) -> Iterator[Item]:
    for task in study.procedure.tasks:
        if not task.duration.is_state:
            yield _duration(task)


def _duration(task: Task) -> Item:
    duration = task.duration
    is_fixed = isinstance(duration.law, Fixed)
    unit = "own_time" if duration.times else "min"
    return Item(
        key=f"{ItemKind.DURATION}:{task.id}",
        kind=ItemKind.DURATION,
        title=task.title,
        title_en=task.title_en or task.title,
        value=duration.law.quantile_min(0.5),
        high=None if is_fixed else duration.law.quantile_min(0.9),
        unit=unit,
        unit_en=unit,
        source=duration.source,
        mark=duration.standing,
        seen=digest([task.id, duration]),
        clause=task.clause,
    )
