"""How fast a forest fire spreads and what shape it takes while nobody fights it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy import special

from sim.figure import above, at_least, finite, share


def base_spread_m_min(temperature_c: float, wind_force: float, humidity_percent: float) -> float:
    """Wang Zhengfei's R0, metres a minute on the level without wind: 0.03·T + 0.05·W + 0.01·(100 − RH) − 0.3.

    *wind_force* is on the Beaufort scale. Negative results count as 0. Coefficients [read in student code],
    the reading (100 − RH) [to be confirmed: from memory].

    >>> round(base_spread_m_min(25, 3, 40), 6)
    1.2
    """
    share("humidity", "humidity_percent / 100", humidity_percent / 100)
    at_least("wind", "wind_force", wind_force, 0)
    dryness = 0.01 * (100 - humidity_percent)
    return max(0.0, 0.03 * finite("air", "temperature_c", temperature_c) + 0.05 * wind_force + dryness - 0.3)


def wind_factor(wind_m_s: float, angle_deg: float = 0.0) -> float:
    """Wang Zhengfei's Kw: e^(0.1783·v·cos θ), θ between the wind and the way up the slope [read in student code].

    >>> round(wind_factor(5), 5)
    2.43879
    """
    return math.exp(0.1783 * at_least("wind", "wind_m_s", wind_m_s, 0) * math.cos(math.radians(angle_deg)))


def slope_factor(slope_deg: float) -> float:
    """Wang Zhengfei's Kφ going up a slope: e^(3.533·(tan φ)^1.2) [to be confirmed: from memory].

    >>> round(slope_factor(20), 5)
    2.85926
    """
    return math.exp(3.533 * math.tan(math.radians(at_least("slope", "slope_deg", slope_deg, 0))) ** 1.2)


def spread_m_min(base_m_min: float, fuel_factor: float, wind: float, slope: float) -> float:
    """Wang Zhengfei's head rate in metres a minute: R0·Ks·Kw·Kφ.

    >>> round(spread_m_min(1.2, 1.0, wind_factor(5), slope_factor(20)), 3)
    8.368
    """
    return base_m_min * above("fuel", "fuel_factor", fuel_factor, 0) * wind * slope


@dataclass(frozen=True, kw_only=True, slots=True)
class Fire:
    """A fire that grows as an ellipse from its rear focus, by head rate and length-to-width ratio.

    Distances are measured from the point where it began, which stays the focus.

    >>> fire = Fire(head_m_min=2, length_to_width=3)
    >>> round(fire.back_m_min, 4), round(fire.flank_m_min, 4)
    (0.0589, 0.3431)
    """

    head_m_min: float
    length_to_width: float

    def __post_init__(self) -> None:
        above("fire", "head_m_min", self.head_m_min, 0)
        at_least("fire", "length_to_width", self.length_to_width, 1)

    @property
    def eccentricity(self) -> float:
        """ε = √(1 − 1/LW²): 0 for a circle."""
        return math.sqrt(1 - 1 / self.length_to_width**2)

    @property
    def slimness(self) -> float:
        """a = √((1 − ε)/(1 + ε)): half the width over the distance of the head."""
        return math.sqrt((1 - self.eccentricity) / (1 + self.eccentricity))

    @property
    def back_m_min(self) -> float:
        """Spread against the wind, metres a minute."""
        return self.head_m_min * self.slimness**2

    @property
    def flank_m_min(self) -> float:
        """Growth of half the greatest width, metres a minute."""
        return self.head_m_min * self.slimness

    def head_m(self, area_m2: float) -> float:
        """How far the head is from the point of origin when the free fire covers *area_m2*."""
        half_length = math.sqrt(at_least("fire", "area_m2", area_m2, 0) * self.length_to_width / math.pi)
        return half_length * (1 + self.eccentricity)

    def area_m2(self, head_m: float) -> float:
        """The area of the free fire whose head is *head_m* away: π·A²/LW with A = h/(1 + ε).

        >>> fire = Fire(head_m_min=2, length_to_width=3)
        >>> round(fire.area_m2(fire.head_m(5000)), 6)
        5000.0
        """
        return math.pi * self._half_length_m(head_m) ** 2 / self.length_to_width

    def perimeter_m(self, head_m: float) -> float:
        """The length of the edge of the free fire whose head is *head_m* away.

        >>> round(Fire(head_m_min=2, length_to_width=1).perimeter_m(100), 3)  # a circle of radius 100
        628.319
        """
        return 4 * self._half_length_m(head_m) * float(special.ellipe(self.eccentricity**2))

    def _half_length_m(self, head_m: float) -> float:
        return at_least("fire", "head_m", head_m, 0) / (1 + self.eccentricity)
