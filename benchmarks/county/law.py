"""The numbers of the county, the same for everybody who plays it.

The county decides and orders; every village is notified by telephone, gathers its people,
and sends its loads one by one by bus to the shelters, where staff register them; when
all are in, the county reports. Nothing here is taken from a real county: the medians are
round, the pools are such that all three of them make somebody wait.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

LOADS_PER_VILLAGE = 5
HORIZON_MIN = 2880.0

TASKS = ("decide", "order", "notify", "assemble", "ride", "register", "report")
DECIDE, ORDER, NOTIFY, ASSEMBLE, RIDE, REGISTER, REPORT = range(len(TASKS))
MEDIAN_MIN = (20.0, 5.0, 4.0, 40.0, 1.0, 12.0, 5.0)
"""Median minutes; of a ride as a multiple of the village's own way there and back."""
SIGMA = (0.5, 0.3, 0.5, 0.4, 0.3, 0.4, 0.3)
"""Spread of the logarithm of the minutes."""
POOLS = ("command", "bus", "staff")
POOL_OF = {DECIDE: 0, ORDER: 0, NOTIFY: 0, RIDE: 1, REGISTER: 2, REPORT: 0}
"""The pool each task takes a unit of; gathering needs nobody from outside the village."""

NOTIFIED_MIN = 194.0
SHELTERED_MIN = 787.0
SHELTERED_SHARE = 0.95
ASSURANCE = 0.90


@dataclass(frozen=True)
class County:
    """A county of so many villages; its pools grow with it."""

    villages: int = 200

    @property
    def loads(self) -> int:
        """Bus loads."""
        return self.villages * LOADS_PER_VILLAGE

    @property
    def tasks(self) -> int:
        """Tasks over all villages and loads."""
        return 3 + 2 * self.villages + 2 * self.loads

    @property
    def units(self) -> tuple[int, int, int]:
        """Decision makers with their telephones, buses, shelter staff."""
        return tuple(max(1, base * self.villages // 200) for base in (6, 60, 20))  # type: ignore[return-value]

    @cached_property
    def way_min(self) -> NDArray[np.float64]:
        """Of every load, minutes to the shelter and back."""
        village = np.arange(self.loads) // LOADS_PER_VILLAGE
        return 20.0 + 40.0 * (village * 37 % 200) / 199

    @cached_property
    def people(self) -> NDArray[np.int64]:
        """Of every load."""
        return 30 + np.arange(self.loads) * 7 % 20

    @property
    def may_miss(self) -> float:
        """People who may come later than the promise says."""
        return float(self.people.sum()) * (1.0 - SHELTERED_SHARE)


@dataclass(frozen=True, eq=False)
class Told:
    """What runs say: minutes until the villages are notified and the people sheltered, and where was waited.

    ``reached_min`` [run, promise], infinite where it did not come to that by the horizon;
    ``waited_min`` [task] mean minutes a run waited for the task's pool, over all entities.
    """

    reached_min: NDArray[np.float64]
    waited_min: NDArray[np.float64]

    @property
    def met(self) -> NDArray[np.int64]:
        """In how many runs each promise was kept."""
        return (self.reached_min <= np.array([NOTIFIED_MIN, SHELTERED_MIN])).sum(axis=0)


def sheltered_min(ends_min: NDArray[np.float64], county: County) -> float:
    """When so many people are registered that only those who may be late are not."""
    order = np.argsort(ends_min, kind="stable")
    still_out = county.people.sum() - np.cumsum(county.people[order])
    return float(ends_min[order[np.argmax(still_out <= county.may_miss + 1e-9)]])
