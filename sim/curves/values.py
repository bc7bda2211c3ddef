"""Curves over the minutes of a scenario, and the moments its clocks strike, each with its band."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sim.errors import SimError

LOW, MIDDLE, HIGH = 0.1, 0.5, 0.9
"""The shares of the draws that lie below the lower edge of a band, its middle and its upper edge."""


class Kind(StrEnum):
    """What a curve counts or measures; it decides the words it is told in."""

    REACHED = "reached"
    PEOPLE = "people"
    OPEN = "open"
    UNTOUCHED = "untouched"
    WORKED = "worked"
    GROWTH = "growth"
    LEFT = "left"
    UNITS = "units"
    DONE = "done"


@dataclass(frozen=True, kw_only=True, slots=True)
class Curve:
    """A value over time: below *low* lies a tenth of the draws, below *high* nine tenths.

    Without chance the three are the same. *subject* is what the clock, gate, process or formula is called,
    *of* the place it is about ("" for all). *is_stepped* tells that it jumps from value to value.

    >>> curve = Curve(name="n", kind=Kind.LEFT, title="余量", unit="min", minutes=(0, 5), low=(9, 4), middle=(9, 4),
    ...               high=(9, 4))
    >>> curve.is_random, curve.at(3), curve.at(99)
    (False, 9, 4)
    """

    name: str
    kind: Kind
    title: str
    unit: str
    minutes: tuple[float, ...]
    low: tuple[float, ...]
    middle: tuple[float, ...]
    high: tuple[float, ...]
    title_en: str = ""
    is_stepped: bool = False

    def __post_init__(self) -> None:
        if not self.minutes or {len(self.low), len(self.middle), len(self.high)} != {len(self.minutes)}:
            raise SimError("curve-uneven", thing=f"curve {self.name}", field="middle", rule="one value a minute")

    @property
    def is_random(self) -> bool:
        """Whether chance moves it."""
        return self.low != self.high

    def at(self, minute: float) -> float:
        """The middle value at the last sampled minute that is not later."""
        place = max((i for i, sampled in enumerate(self.minutes) if sampled <= minute), default=0)
        return self.middle[place]


@dataclass(frozen=True, kw_only=True, slots=True)
class Strike:
    """When a clock strikes: early, middling, late; the same three where there is no chance in it.

    *share* is the part of the draws in which it strikes before the end.
    """

    clock: str
    entity: str
    title: str
    low_min: float
    middle_min: float
    high_min: float
    share: float
    title_en: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Preview:
    """Everything the model of a scenario knows before a response: curves, and strikes in the order of their middles."""

    scenario: str
    horizon_min: float
    curves: tuple[Curve, ...]
    strikes: tuple[Strike, ...]

    def curve(self, name: str) -> Curve:
        """The curve of that name, or a refusal."""
        for found in self.curves:
            if found.name == name:
                return found
        raise SimError("curve-unknown", thing=f"scenario {self.scenario}", field="curve", value=name)


def quantile(ordered: Sequence[float], share: float) -> float:
    """The value below which that share of the *ordered* values lies, the nearest of them.

    >>> quantile([1, 2, 3, 4, 5], 0.5), quantile([1, 2, 3, 4, 5], 0.9)
    (3, 5)
    """
    return ordered[round(share * (len(ordered) - 1))]


def banded(rows: Sequence[Sequence[float]]) -> tuple[tuple[float, ...], tuple[float, ...], tuple[float, ...]]:
    """Lower edge, middle and upper edge, minute by minute, of one row of values a draw.

    >>> banded([[0, 1], [0, 3], [0, 2]])[1]
    (0.0, 2.0)
    """
    ordered = [sorted(map(float, column)) for column in zip(*rows, strict=True)]
    low, middle, high = (tuple(quantile(column, share) for column in ordered) for share in (LOW, MIDDLE, HIGH))
    return low, middle, high
