"""How long things take: laws of duration in minutes, each a quantile function."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import Discriminator

from sim.bounds import MOST_SIGMA
from sim.errors import SimError
from sim.figure import Footing, Mark, above, at_least, finite, footed, upheld, within
from sim.laws import EXPONENTIAL, FIXED, LOGNORMAL, TABLED, TRIANGULAR, UNIFORM, WEIBULL, LawForm, minutes_at
from sim.plain import IF_GIVEN
from sim.quantiles import beta_table, pert_shape


class _Law(ABC):
    """What all laws share: how they are drawn from."""

    __slots__ = ()

    @property
    @abstractmethod
    def form(self) -> LawForm:
        """The law in numbers, as the engines draw from it."""

    @property
    def is_random(self) -> bool:
        """Whether the engine draws a number for it."""
        return self.form.kind != FIXED

    def quantile_min(self, u: float) -> float:
        """Minutes at probability *u*."""
        form = self.form
        return float(minutes_at(form.kind, form.a, form.b, form.c, form.table, float(u)))


@dataclass(frozen=True, kw_only=True, slots=True)
class Fixed(_Law):
    """Always the same."""

    minutes: float
    law: Literal["fixed"] = "fixed"

    def __post_init__(self) -> None:
        at_least("duration fixed", "minutes", self.minutes, 0, code="duration-negative")

    @property
    def form(self) -> LawForm:
        """Its minutes."""
        return LawForm(FIXED, float(self.minutes))


@dataclass(frozen=True, kw_only=True, slots=True)
class Uniform(_Law):
    """Any value between two bounds, equally likely."""

    low_min: float
    high_min: float
    law: Literal["uniform"] = "uniform"

    def __post_init__(self) -> None:
        _ordered("duration uniform", low_min=self.low_min, high_min=self.high_min)

    @property
    def form(self) -> LawForm:
        """Lowest and width."""
        return LawForm(UNIFORM, float(self.low_min), float(self.high_min - self.low_min))


@dataclass(frozen=True, kw_only=True, slots=True)
class Triangular(_Law):
    """Lowest, most likely and highest value, straight between them."""

    low_min: float
    mode_min: float
    high_min: float
    law: Literal["triangular"] = "triangular"

    def __post_init__(self) -> None:
        _ordered("duration triangular", low_min=self.low_min, mode_min=self.mode_min, high_min=self.high_min)

    @property
    def form(self) -> LawForm:
        """Its three bounds."""
        return LawForm(TRIANGULAR, float(self.low_min), float(self.mode_min), float(self.high_min))


@dataclass(frozen=True, kw_only=True, slots=True)
class Pert(_Law):
    """Lowest, most likely and highest value, smooth (beta): mean (a + 4m + b) / 6."""

    low_min: float
    mode_min: float
    high_min: float
    law: Literal["pert"] = "pert"

    def __post_init__(self) -> None:
        _ordered("duration PERT", low_min=self.low_min, mode_min=self.mode_min, high_min=self.high_min)

    @property
    def form(self) -> LawForm:
        """Lowest, width and the table of its beta law."""
        low, high = float(self.low_min), float(self.high_min)
        if low == high:
            return LawForm(FIXED, low)
        return LawForm(TABLED, low, high - low, table=beta_table(*pert_shape(low, self.mode_min, high)))


@dataclass(frozen=True, kw_only=True, slots=True)
class Lognormal(_Law):
    """Median and spread σ of the logarithm; the usual law of decisions and travel.

    >>> round(Lognormal(median_min=60, sigma=0.65).quantile_min(0.5), 9)
    60.0
    """

    median_min: float
    sigma: float
    law: Literal["lognormal"] = "lognormal"

    def __post_init__(self) -> None:
        above("duration lognormal", "median_min", self.median_min, 0)
        within("duration lognormal", "sigma", self.sigma, 0, MOST_SIGMA)

    @property
    def form(self) -> LawForm:
        """Median and σ."""
        return LawForm(LOGNORMAL, float(self.median_min), float(self.sigma))


@dataclass(frozen=True, kw_only=True, slots=True)
class Exponential(_Law):
    """Memoryless, by its mean."""

    mean_min: float
    law: Literal["exponential"] = "exponential"

    def __post_init__(self) -> None:
        above("duration exponential", "mean_min", self.mean_min, 0)

    @property
    def form(self) -> LawForm:
        """Its mean."""
        return LawForm(EXPONENTIAL, float(self.mean_min))


@dataclass(frozen=True, kw_only=True, slots=True)
class Weibull(_Law):
    """P(t) = 1 − exp(−a·t^b), t in minutes; b = 2 is Rayleigh's (LifeSim eq. 9)."""

    a: float
    b: float
    law: Literal["weibull"] = "weibull"

    def __post_init__(self) -> None:
        above("duration Weibull", "a", self.a, 0)
        above("duration Weibull", "b", self.b, 0)

    @property
    def form(self) -> LawForm:
        """a and 1/b."""
        return LawForm(WEIBULL, float(self.a), 1.0 / self.b)


Law = Annotated[
    Fixed | Uniform | Triangular | Pert | Lognormal | Exponential | Weibull,
    Discriminator("law"),
]


@dataclass(frozen=True, kw_only=True, slots=True)
class Duration:
    """A law with what it rests on.

    *times* names an attribute of the entity the task is done for (``walk_min``,
    ``people``); the drawn minutes are multiplied by it, so a law of median 1 around
    an entity's own travel time is written ``Lognormal(median_min=1, sigma=0.3)``
    times ``walk_min``. *slows* names a factor of the place, or else of the event,
    that multiplies them too: at night people are out of bed before they are out of the door.
    """

    law: Law
    times: str = ""
    footing: Footing = Footing.TEMPLATE
    source: str = ""
    mark: Mark = Mark.TO_BE_CONFIRMED
    slows: str = field(default="", metadata=IF_GIVEN)

    @property
    def is_state(self) -> bool:
        """Whether it takes no time at all: the task marks a state, and there is no figure to verify."""
        return not self.law.is_random and self.law.quantile_min(0.5) == 0

    @property
    def rests_on(self) -> Footing:
        """The footing as far as the mark bears it out; what verdicts and ranges of doubt go by.

        A state cites nothing: minutes that pass in it are those of a process, whose figures the scenario gives.
        """
        return Footing.TEMPLATE if self.is_state else footed(self.footing, self.mark)

    @property
    def standing(self) -> Mark:
        """The mark as far as the footing upholds it."""
        return upheld(self.mark, self.footing)


def minutes_fixed(minutes: float) -> Duration:
    """A duration without chance, for examples and tests."""
    return Duration(law=Fixed(minutes=minutes))


def _ordered(thing: str, **bounds: float) -> None:
    """Refuse bounds that are negative, not finite or out of order."""
    values = [finite(thing, field, value) for field, value in bounds.items()]
    first = next(iter(bounds))
    at_least(thing, first, values[0], 0, code="duration-negative")
    if values != sorted(values):
        raise SimError("bounds-out-of-order", thing=thing, field=", ".join(bounds), value=tuple(values))
