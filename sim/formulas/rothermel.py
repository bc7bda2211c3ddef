"""How fast a surface fire spreads by Rothermel (1972) with the refinements of Albini (1976).

The equations as gathered by Andrews 2018 (RMRS-GTR-371) and as firelab's ``behave`` has them
[read: surfaceFuelbedIntermediates, surfaceFireReactionIntensity, surfaceFireSpread, windAdjustmentFactor].
They were fitted in feet, pounds, Btu and minutes and are kept so inside; what goes in and out is
metric. Start with ``surface_fire``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from sim.figure import above, at_least, share

METRES_PER_FOOT = 0.3048
FT_MIN_PER_M_S = 60 / METRES_PER_FOOT
FT_MIN_PER_MPH = 88.0
LB_FT2_PER_TON_ACRE = 2000 / 43560

PARTICLE_LB_FT3 = 32.0
MINERAL_SHARE = 0.0555
SILICA_SHARE = 0.010
HEAT_BTU_LB = 8000.0
TEN_HOUR_PER_FT, HUNDRED_HOUR_PER_FT = 109.0, 30.0
"""Dry density, mineral and silica shares, heat content and coarse surface-to-volume ratios of every standard fuel."""

_NARROWEST = 8.0  # length to width
_SIZES_PER_FT = (1200.0, 192.0, 96.0, 48.0, 16.0)  # particles within a class burn together, Albini 1976


@dataclass(frozen=True, kw_only=True, slots=True)
class FuelBed:
    """A standard fuel model: loads in short tons an acre, surface-to-volume ratios per foot, depth in feet.

    In a *dynamic* one, herbs cure as they dry and pass from the live to the dead.
    """

    name: str
    depth_ft: float
    extinction_share: float
    one_hour: float
    ten_hour: float
    hundred_hour: float
    herb: float
    woody: float
    one_hour_per_ft: float
    herb_per_ft: float
    woody_per_ft: float
    is_dynamic: bool

    def __post_init__(self) -> None:
        above(f"fuel bed {self.name}", "depth_ft", self.depth_ft, 0)
        above(f"fuel bed {self.name}", "extinction_share", self.extinction_share, 0)
        for field in ("one_hour", "ten_hour", "hundred_hour", "herb", "woody"):
            at_least(f"fuel bed {self.name}", field, getattr(self, field), 0)


GS4 = FuelBed(
    name="GS4",
    depth_ft=2.1,
    extinction_share=0.40,
    one_hour=1.9,
    ten_hour=0.3,
    hundred_hour=0.1,
    herb=3.4,
    woody=7.1,
    one_hour_per_ft=1800,
    herb_per_ft=1600,
    woody_per_ft=1600,
    is_dynamic=True,
)
"""High load, humid climate grass-shrub, number 124 (Scott & Burgan 2005) [read: behave's table of fuel models]."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Moisture:
    """Water in the fuel as a share of its dry weight, by size of the dead and by kind of the living."""

    one_hour: float
    ten_hour: float
    hundred_hour: float
    herb: float
    woody: float

    def __post_init__(self) -> None:
        for field in self.__slots__:
            at_least("fuel moisture", field, getattr(self, field), 0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Canopy:
    """Trees that shelter the fuel from the wind: the share of ground they cover, their height and crown ratio."""

    cover_share: float
    height_m: float
    crown_ratio: float

    def __post_init__(self) -> None:
        share("canopy", "cover_share", self.cover_share)
        at_least("canopy", "height_m", self.height_m, 0)
        share("canopy", "crown_ratio", self.crown_ratio)


@dataclass(frozen=True, kw_only=True, slots=True)
class SurfaceFire:
    """A steady surface fire: its rates at the head and at the back, and its shape."""

    head_m_min: float
    length_to_width: float
    effective_wind_m_s: float

    @property
    def eccentricity(self) -> float:
        """ε of the ellipse."""
        return math.sqrt(1 - 1 / self.length_to_width**2)

    @property
    def back_m_min(self) -> float:
        """Spread against wind and slope."""
        return self.head_m_min * (1 - self.eccentricity) / (1 + self.eccentricity)

    @property
    def flank_m_min(self) -> float:
        """Growth of half the greatest width."""
        return (self.head_m_min + self.back_m_min) / 2 / self.length_to_width


def surface_fire(
    bed: FuelBed,
    moisture: Moisture,
    *,
    wind_m_s: float,
    slope_share: float = 0.0,
    wind_from_upslope_deg: float = 0.0,
    canopy: Canopy | None = None,
) -> SurfaceFire:
    """The fire in a fuel bed under a wind at 20 ft (6.1 m) and on a slope of rise over run.

    *wind_from_upslope_deg* is the angle between where the wind blows and straight up the slope. A fire
    without anything that burns has a rate of 0.

    >>> dry = Moisture(one_hour=0.06, ten_hour=0.07, hundred_hour=0.08, herb=0.60, woody=0.90)
    >>> fire = surface_fire(GS4, dry, wind_m_s=5)
    >>> round(fire.head_m_min, 2), round(fire.length_to_width, 2)
    (9.28, 1.54)
    """
    fuel = _Complex(bed, moisture)
    rest = fuel.rate_ft_min
    if rest == 0:
        return SurfaceFire(head_m_min=0.0, length_to_width=1.0, effective_wind_m_s=0.0)
    midflame = at_least("wind", "wind_m_s", wind_m_s, 0) * FT_MIN_PER_M_S * wind_adjustment(bed.depth_ft, canopy)
    at_most = 0.9 * fuel.reaction_btu_ft2_min  # the wind, ft/min, beyond which flames bend no further
    slope = min(fuel.slope_factor(at_least("slope", "slope_share", slope_share, 0)), at_most)
    angle, wind = math.radians(wind_from_upslope_deg), fuel.wind_factor(midflame)
    both = math.hypot(slope + wind * math.cos(angle), wind * math.sin(angle))
    effective = min(fuel.wind_of_factor(both), at_most)
    head = rest * (1 + fuel.wind_factor(effective))
    return SurfaceFire(
        head_m_min=head * METRES_PER_FOOT,
        length_to_width=_length_to_width(effective / FT_MIN_PER_MPH),
        effective_wind_m_s=effective / FT_MIN_PER_M_S,
    )


def wind_adjustment(depth_ft: float, canopy: Canopy | None = None) -> float:
    """The share of the wind at 20 ft that is felt at the height of the flames (Albini & Baughman 1979).

    >>> round(wind_adjustment(2.1), 4), round(wind_adjustment(2.1, Canopy(
    ...     cover_share=0.5, height_m=9.144, crown_ratio=0.5)), 4)
    (0.4225, 0.1699)
    """
    above("fuel bed", "depth_ft", depth_ft, 0)
    filled = canopy.crown_ratio * canopy.cover_share / 3 if canopy else 0.0
    height_ft = canopy.height_m / METRES_PER_FOOT if canopy else 0.0
    if filled < 0.05 or height_ft < 6:
        return 1.83 / math.log((20 + 0.36 * depth_ft) / (0.13 * depth_ft))
    return 0.555 / (math.sqrt(filled * height_ft) * math.log((20 + 0.36 * height_ft) / (0.13 * height_ft)))


def _length_to_width(effective_mph: float) -> float:
    """The shape of the fire by the wind that would drive it alone (Anderson 1983, as in Finney's FARSITE)."""
    shape = 0.936 * math.exp(0.1147 * effective_mph) + 0.461 * math.exp(-0.0692 * effective_mph) - 0.397
    return min(shape, _NARROWEST)


@dataclass(frozen=True, slots=True)
class _Particle:
    """Fuel of one size: dry load (lb/ft²), surface to volume (per ft), moisture."""

    load: float
    per_ft: float
    moisture: float

    @property
    def area(self) -> float:
        """Surface per square foot of ground."""
        return self.load * self.per_ft / PARTICLE_LB_FT3

    @property
    def size(self) -> int:
        """The class of sizes that burn together."""
        return next((place for place, least in enumerate(_SIZES_PER_FT) if self.per_ft >= least), len(_SIZES_PER_FT))


class _Complex:
    """Dead and live particles of a bed together, with the sums of Rothermel's equations."""

    def __init__(self, bed: FuelBed, moisture: Moisture) -> None:
        cured = _cured_share(moisture.herb) if bed.is_dynamic else 0.0
        unit = LB_FT2_PER_TON_ACRE
        self.bed = bed
        self.dead = (
            _Particle(bed.one_hour * unit, bed.one_hour_per_ft, moisture.one_hour),
            _Particle(bed.ten_hour * unit, TEN_HOUR_PER_FT, moisture.ten_hour),
            _Particle(bed.hundred_hour * unit, HUNDRED_HOUR_PER_FT, moisture.hundred_hour),
            _Particle(bed.herb * cured * unit, bed.herb_per_ft, moisture.one_hour),
        )
        self.live = (
            _Particle(bed.herb * (1 - cured) * unit, bed.herb_per_ft, moisture.herb),
            _Particle(bed.woody * unit, bed.woody_per_ft, moisture.woody),
        )
        self.every = self.dead + self.live
        self.load = sum(particle.load for particle in self.every)
        area = sum(particle.area for particle in self.every)
        self.per_ft = sum(particle.area * particle.per_ft for particle in self.every) / area if area else 0.0
        self.heat_sink_area = area
        self.packing = self.load / bed.depth_ft / PARTICLE_LB_FT3
        self.relative_packing = self.packing / (3.348 / self.per_ft**0.8189) if area else 0.0

    @property
    def rate_ft_min(self) -> float:
        """The rate on the level in still air: heat that arrives over heat that must be brought up."""
        sink = self._heat_sink()
        return self.reaction_btu_ft2_min * self._propagating_share() / sink if sink else 0.0

    @property
    def reaction_btu_ft2_min(self) -> float:
        """The heat released per area and minute."""
        if not self.load:
            return 0.0
        surface = self.per_ft**1.5
        power = 133 / self.per_ft**0.7913
        most = surface / (495 + 0.0594 * surface)
        velocity = most * self.relative_packing**power * math.exp(power * (1 - self.relative_packing))
        minerals = min(1.0, 0.174 / SILICA_SHARE**0.19)
        burning = sum(
            _net_load(group) * _moisture_damping(_mean_moisture(group), limit)
            for group, limit in ((self.dead, self.bed.extinction_share), (self.live, self._live_extinction()))
        )
        return float(velocity * burning * HEAT_BTU_LB * minerals)

    def wind_factor(self, ft_min: float) -> float:
        """What a wind at flame height adds to the rate, as a share of it."""
        b, c, e = self._wind_law()
        return float(c * ft_min**b * self.relative_packing**-e) if ft_min > 0 else 0.0

    def wind_of_factor(self, factor: float) -> float:
        """The wind at flame height that adds so much; the inverse."""
        b, c, e = self._wind_law()
        return float((factor * self.relative_packing**e / c) ** (1 / b)) if factor > 0 else 0.0

    def slope_factor(self, slope_share: float) -> float:
        """What a slope adds to the rate, as a share of it."""
        return float(5.275 * self.packing**-0.3 * slope_share**2)

    def _wind_law(self) -> tuple[float, float, float]:
        return (
            0.02526 * self.per_ft**0.54,
            7.47 * math.exp(-0.133 * self.per_ft**0.55),
            0.715 * math.exp(-0.000359 * self.per_ft),
        )

    def _propagating_share(self) -> float:
        exponent = (0.792 + 0.681 * math.sqrt(self.per_ft)) * (self.packing + 0.1)
        return math.exp(exponent) / (192 + 0.2595 * self.per_ft)

    def _heat_sink(self) -> float:
        """Btu per cubic foot to bring the bed to ignition; moist and coarse fuel asks for more and for less."""
        needed = sum(p.area * (250 + 1116 * p.moisture) * math.exp(-138 / p.per_ft) for p in self.every if p.load)
        return self.load / self.bed.depth_ft * needed / self.heat_sink_area if self.heat_sink_area else 0.0

    def _live_extinction(self) -> float:
        """The moisture at which live fuel stops burning: the more fine dead fuel beside it, the higher."""
        fine = [(p.load * math.exp(-138 / p.per_ft), p.moisture) for p in self.dead if p.load]
        dead = sum(weight for weight, _ in fine)
        live = sum(p.load * math.exp(-500 / p.per_ft) for p in self.live if p.load)
        if not live or not dead:
            return self.bed.extinction_share
        moisture = sum(weight * wet for weight, wet in fine) / dead
        reached = 2.9 * dead / live * (1 - moisture / self.bed.extinction_share) - 0.226
        return max(reached, self.bed.extinction_share)


def _cured_share(herb_moisture: float) -> float:
    """The share of herbs that counts as dead: all below 30 % moisture, none above 120 %."""
    if herb_moisture < 0.30:
        return 1.0
    return max(0.0, 1.333 - 1.11 * herb_moisture) if herb_moisture <= 1.20 else 0.0  # rounded as in BehavePlus


def _net_load(group: tuple[_Particle, ...]) -> float:
    """The dry load without minerals, each size weighted by the share of surface its class has."""
    total = sum(particle.area for particle in group)
    if not total:
        return 0.0
    classes: dict[int, float] = {}
    for particle in group:
        classes[particle.size] = classes.get(particle.size, 0.0) + particle.area / total
    return sum(classes[p.size] * p.load * (1 - MINERAL_SHARE) for p in group if p.size < len(_SIZES_PER_FT))


def _mean_moisture(group: tuple[_Particle, ...]) -> float:
    total = sum(particle.area for particle in group)
    return sum(particle.area * particle.moisture for particle in group) / total if total else 0.0


def _moisture_damping(moisture: float, extinction: float) -> float:
    ratio = moisture / extinction
    return 1 - 2.59 * ratio + 5.11 * ratio**2 - 3.52 * ratio**3 if ratio < 1 else 0.0
