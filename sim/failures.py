"""Things that fail while a response runs: a line, a commander, a road, a machine; part of the event, fixed before."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sim.errors import SimError
from sim.figure import above, at_least


class FailureKind(StrEnum):
    """What fails."""

    LINE = "line"
    COMMANDER = "commander"
    ROAD = "road"
    MACHINE = "machine"


@dataclass(frozen=True, kw_only=True, slots=True)
class Failure:
    """Something that is out of use from one minute of the run until another, or for good.

    *of* names a pool, of which *units* are lost (0 for all), or an entity: a village whose
    line is dead or whose road is cut, a pump that breaks. A road may be cut for everybody
    (*of* "").

    >>> Failure(kind=FailureKind.COMMANDER, of="commander", until_min=90).is_for_good
    False
    """

    kind: FailureKind
    of: str
    from_min: float = 0.0
    until_min: float | None = None
    units: int = 0

    def __post_init__(self) -> None:
        thing = f"failure of {self.of or 'every road'}"
        at_least(thing, "from_min", self.from_min, 0)
        at_least(thing, "units", self.units, 0)
        if self.until_min is not None:
            above(thing, "until_min", self.until_min, self.from_min)
        if not self.of and self.kind is not FailureKind.ROAD:
            raise SimError("name-missing", thing=thing, field="of", rule="must name a pool or an entity", value=self.of)

    @property
    def is_for_good(self) -> bool:
        """Whether it lasts to the end of the run, from whatever minute on."""
        return self.until_min is None
