"""The values a hazard hands to the network: entities, clocks, gates, processes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from sim.durations import Law
from sim.steps import StepForm

NIGHT = "night_callout_factor"
"""The parameter of an event that says how much longer it takes at night, or off duty, to call people out."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entity:
    """One of those a task is done for: a village, a bus load, a crew.

    *parent* is the key of the entity of another set it belongs to (the village of a
    bus load). *people* weighs it in targets about shares.
    """

    key: str
    title: str
    parent: str = ""
    people: int = 0
    title_en: str = ""
    attributes: tuple[tuple[str, float], ...] = ()

    def attribute(self, name: str) -> float | None:
        """The attribute of that name, or None."""
        if name == "people":
            return float(self.people)
        for key, value in self.attributes:
            if key == name:
                return value
        return None


@dataclass(frozen=True, kw_only=True, slots=True)
class EntitySet:
    """Entities of one kind, in order."""

    name: str
    entities: tuple[Entity, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Clock:
    """A moment the hazard sets, fixed before the run.

    It strikes at ``base_min × draw + offset_min``; clocks with the same *draw_key*
    share the draw, so one flood is early for all villages together. An *entity* of
    "" stands for everybody.
    """

    name: str
    base_min: float
    entity: str = ""
    law: Law | None = None
    draw_key: str = ""
    offset_min: float = 0.0
    title: str = ""
    title_en: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Gate:
    """A condition a task must find open to start: a passable road, gas below its limit.

    *opens* and *closes* name clocks of the same entity (or of everybody); *cause* is the
    label of waiting for it.
    """

    name: str
    cause: str
    entity: str = ""
    is_open: bool = True
    opens: str = ""
    closes: str = ""


class Step(Protocol):
    """How a process advances under an effort: its numbers for :mod:`sim.steps`, which every engine calls."""

    @property
    def form(self) -> StepForm:
        """The kind of step and its parameters."""
        ...

    def begin(self) -> tuple[float, ...]:
        """The state at minute 0."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Process:
    """Something the response wears down: flood water pumped out, a fire line closed.

    Each finished unit of work of a task in *efforts* adds the named attribute of its
    entity (or 1.0 where the name is "") to the effort. Its minute 0 is that of the run, or
    the moment at which the clock *after* of its entity (or of everybody) strikes.
    """

    name: str
    step: Step
    efforts: tuple[tuple[str, str], ...]
    entity: str = ""
    after: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class LocalPool:
    """Units of a pool that serve one entity and what belongs to it only, such as a village's own team."""

    pool: str
    entity: str
    units: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Contribution:
    """Everything a hazard brings to a network; *factors* are what the minutes of some tasks are multiplied by."""

    sets: tuple[EntitySet, ...] = ()
    clocks: tuple[Clock, ...] = ()
    gates: tuple[Gate, ...] = ()
    processes: tuple[Process, ...] = ()
    local_pools: tuple[LocalPool, ...] = ()
    factors: tuple[tuple[str, float], ...] = ()
