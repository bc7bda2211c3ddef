"""Curves of what the response wears down: left alone, and with everything at work from the first minute."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.curves.values import Curve, Kind
from sim.hazards.contribution import Contribution, Process
from sim.hazards.forest_fire import Containment
from sim.scenario import Scenario
from sim.steps import CALLED, advanced

_TITLES = {
    "drain": ("积水量", "Water standing"),
    "clearing": ("待清理岩量", "Rock to be cleared"),
    "containment": ("过火面积", "Area burned"),
}


def work_curves(scenario: Scenario, brings: Contribution, minutes: Sequence[float]) -> Iterator[Curve]:
    """Two curves a process: no effort at all, and all the effort there is from minute 0 on."""
    named = {place.id: (place.title, place.title_en or place.title) for place in scenario.places}
    for process in brings.processes:
        if process.step.form.kind == CALLED:
            continue
        place = named.get(process.entity, ("", ""))
        whole = full_effort(process, brings)
        yield _curve(process, Kind.UNTOUCHED, 0.0, place, minutes)
        if whole > 0:
            yield _curve(process, Kind.WORKED, whole, place, minutes)


def full_effort(process: Process, brings: Contribution) -> float:
    """What all entities add together once each has begun: the first named effort of everyone who has it."""
    attribute = process.efforts[0][1]
    entities = [
        entity
        for group in brings.sets
        for entity in group.entities
        if not process.entity or process.entity in (entity.parent, entity.key)
    ]
    return sum(entity.attribute(attribute) or 0.0 for entity in entities) if attribute else float(len(entities))


def _curve(process: Process, kind: Kind, effort: float, place: tuple[str, str], minutes: Sequence[float]) -> Curve:
    values = tuple(_values(process, effort, minutes))
    title, english = _TITLES.get(process.name, (process.name, process.name))
    return Curve(
        name=f"work:{process.name}:{process.entity}:{kind}".replace("::", ":"),
        kind=kind,
        title=f"{place[0]}{title}",
        title_en=f"{place[1]}: {english}" if place[1] else english,
        unit="ha" if isinstance(process.step, Containment) else "m3",
        minutes=tuple(minutes),
        low=values,
        middle=values,
        high=values,
    )


def _values(process: Process, effort: float, minutes: Sequence[float]) -> Iterator[float]:
    state, at_min = process.step.begin(), 0.0
    for minute in minutes:
        if minute > at_min:
            state = advanced(process.step.form, state, at_min, minute, effort)
            at_min = minute
        yield process.step.burned_ha(state) if isinstance(process.step, Containment) else float(state[0])
