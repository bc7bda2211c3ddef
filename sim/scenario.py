"""One parameterised event of a hazard, with the places and people it meets."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from sim.bounds import MOST_UNITS
from sim.circumstance import Circumstance, check_one_each
from sim.errors import SimError
from sim.failures import Failure
from sim.figure import Figure, above, at_least, finite, share, within, words
from sim.plain import IF_GIVEN
from sim.procedure import Change, Hazard


@dataclass(frozen=True, kw_only=True, slots=True)
class Parameter:
    """A named figure of a scenario."""

    name: str
    figure: Figure
    title: str = ""
    title_en: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A village, a mine district, a floor or any other place with people, by its numbers."""

    id: str
    title: str
    kind: str
    numbers: tuple[tuple[str, float], ...] = ()
    title_en: str = ""

    def __post_init__(self) -> None:
        words(f"place {self.id}", "id", self.id)
        for name, value in self.numbers:
            finite(f"place {self.id}", name, value)

    def number(self, name: str) -> float:
        """The number of that name, or a refusal naming place and number."""
        for key, value in self.numbers:
            if key == name:
                return float(value)
        raise SimError("number-missing", thing=f"place {self.id}", field=name, rule="must be given")

    def get(self, name: str, default: float) -> float:
        """The number of that name, or *default*."""
        return float(dict(self.numbers).get(name, default))


@dataclass(frozen=True, kw_only=True, slots=True)
class Scenario:
    """An event: its hazard, how that spreads, its parameters, places and measures.

    *spread* names the model within the hazard (a key of ``sim.hazards.models.MODELS``).
    *measures* are the numbers that level conditions ask for, *circumstances* what promises
    ask for that hold in some cases only, one of each aspect at most. *failures* are what is
    out of use meanwhile. Nothing at or after *horizon_min* happens.
    """

    id: str
    hazard: Hazard
    spread: str
    title: str
    horizon_min: float
    parameters: tuple[Parameter, ...] = ()
    places: tuple[Place, ...] = ()
    measures: tuple[tuple[str, float], ...] = ()
    circumstances: tuple[Circumstance, ...] = ()
    level: str = ""
    title_en: str = ""
    summary: str = ""
    summary_en: str = ""
    failures: tuple[Failure, ...] = field(default=(), metadata=IF_GIVEN)

    def __post_init__(self) -> None:
        thing = f"scenario {self.id}"
        words(thing, "id", self.id)
        words(thing, "title", self.title)
        above(thing, "horizon_min", self.horizon_min, 0)
        check_one_each(thing, self.circumstances)
        for names in ([p.name for p in self.parameters], [f"{p.kind} {p.id}" for p in self.places]):
            twice = [name for name, count in Counter(names).items() if count > 1]
            if twice:
                raise SimError("name-twice", thing=thing, field="name", rule="must be unique", value=twice[0])

    def value(self, name: str) -> float:
        """The value of a parameter, or a refusal naming scenario and parameter."""
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter.figure.value
        raise SimError("number-missing", thing=f"scenario {self.id}", field=name, rule="must be given")

    def get(self, name: str, default: float) -> float:
        """The value of a parameter, or *default* where the scenario does not give it."""
        given = (parameter.figure.value for parameter in self.parameters if parameter.name == name)
        return next(given, float(default))

    def of_kind(self, kind: str) -> tuple[Place, ...]:
        """The places of one kind, in their order."""
        return tuple(place for place in self.places if place.kind == kind)

    def with_value(self, name: str, value: float) -> Scenario:
        """The same event with one parameter changed."""
        self.value(name)
        return replace(
            self,
            parameters=tuple(
                replace(p, figure=replace(p.figure, value=value)) if p.name == name else p for p in self.parameters
            ),
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrival:
    """Units of a pool that are there only from a minute of the run on: contract stock, a firm's, a neighbour's.

    *readiness_share* is the part of them that can be called on; whole units count.

    >>> Arrival(pool="tent", units=50, at_min=180, readiness_share=0.67).ready_units
    33
    """

    pool: str
    units: int
    at_min: float
    readiness_share: float = 1.0

    def __post_init__(self) -> None:
        thing = f"arrival in pool {self.pool}"
        words(thing, "pool", self.pool)
        above(thing, "units", within(thing, "units", self.units, 0, MOST_UNITS), 0)
        at_least(thing, "at_min", self.at_min, 0)
        share(thing, "readiness_share", self.readiness_share)

    @property
    def ready_units(self) -> int:
        """Whole units that can be called on."""
        return int(self.units * self.readiness_share + 1e-9)

    @property
    def change(self) -> Change:
        """The arrival as a change of the pool's capacity."""
        return Change(at_min=self.at_min, units=self.ready_units)


@dataclass(frozen=True, kw_only=True, slots=True)
class ResourceSet:
    """How many units each pool has; a pool not named keeps the procedure's own. *arrivals* come on top, later."""

    id: str
    title: str
    units: tuple[tuple[str, int], ...] = ()
    title_en: str = ""
    arrivals: tuple[Arrival, ...] = field(default=(), metadata=IF_GIVEN)

    def __post_init__(self) -> None:
        for pool, units in self.units:
            within(f"resource set {self.id}", pool, units, 0, MOST_UNITS)
