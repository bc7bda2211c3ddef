"""How fast a forest or grass fire spreads by the Canadian Forest Fire Behaviour Prediction System (FBP).

Forestry Canada Fire Danger Group 1992 (ST-X-3) as revised by Wotton, Alexander & Taylor 2009
(GLC-X-10); coefficients and equation numbers [read: as quoted in cffdrs for R]. Weather comes in
the System's own units: fine fuel moisture code, buildup index, wind in km/h at 10 m, slope in per
cent. Start with ``fbp_spread``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from sim.figure import above, at_least, share

MOISTURE_SCALE = 147.27723
"""Of the fine fuel moisture in equation 46, as cffdrs for R has it now [read]."""
EARLIER_MOISTURE_SCALE = 147.2
"""The same in earlier releases of cffdrs, whose stored test results rest on it [read]."""
_OPEN_BUILD_UP = 0.115  # per minute, equation 72
_CLOSED = 0.01  # equations 41b and 43b: below this share the logarithm of 41a is cut off


class Fuel(StrEnum):
    """The fuel types of the System, without D-2 (green aspen), which carries fire in deep drought only."""

    C1 = "C-1"
    C2 = "C-2"
    C3 = "C-3"
    C4 = "C-4"
    C5 = "C-5"
    C6 = "C-6"
    C7 = "C-7"
    D1 = "D-1"
    M1 = "M-1"
    M2 = "M-2"
    M3 = "M-3"
    M4 = "M-4"
    S1 = "S-1"
    S2 = "S-2"
    S3 = "S-3"
    O1A = "O-1a"
    O1B = "O-1b"

    @property
    def is_grass(self) -> bool:
        """Whether it is grass, matted (O-1a) or standing (O-1b)."""
        return self in (Fuel.O1A, Fuel.O1B)


@dataclass(frozen=True, kw_only=True, slots=True)
class FuelRow:
    """A row of the fuel-type tables: a, b, c of the initial rate, q and BUI0 of the buildup effect, the crowns."""

    a: float
    b: float
    c: float
    q: float
    mean_bui: float
    crown_base_m: float
    crown_load_kg_m2: float


def _row(a: float, b: float, c: float, q: float, mean_bui: float, base: float = 0.0, load: float = 0.0) -> FuelRow:
    return FuelRow(a=a, b=b, c=c, q=q, mean_bui=mean_bui, crown_base_m=base, crown_load_kg_m2=load)


FUELS = {
    Fuel.C1: _row(90, 0.0649, 4.5, 0.90, 72, 2, 0.75),
    Fuel.C2: _row(110, 0.0282, 1.5, 0.70, 64, 3, 0.80),
    Fuel.C3: _row(110, 0.0444, 3.0, 0.75, 62, 8, 1.15),
    Fuel.C4: _row(110, 0.0293, 1.5, 0.80, 66, 4, 1.20),
    Fuel.C5: _row(30, 0.0697, 4.0, 0.80, 56, 18, 1.20),
    Fuel.C6: _row(30, 0.0800, 3.0, 0.80, 62, 7, 1.80),
    Fuel.C7: _row(45, 0.0305, 2.0, 0.85, 106, 10, 0.50),
    Fuel.D1: _row(30, 0.0232, 1.6, 0.90, 32),
    Fuel.M1: _row(0, 0, 0, 0.80, 50, 6, 0.80),
    Fuel.M2: _row(0, 0, 0, 0.80, 50, 6, 0.80),
    Fuel.M3: _row(120, 0.0572, 1.4, 0.80, 50, 6, 0.80),
    Fuel.M4: _row(100, 0.0404, 1.48, 0.80, 50, 6, 0.80),
    Fuel.S1: _row(75, 0.0297, 1.3, 0.75, 38),
    Fuel.S2: _row(40, 0.0438, 1.7, 0.75, 63),
    Fuel.S3: _row(55, 0.0829, 3.2, 0.75, 31),
    Fuel.O1A: _row(190, 0.0310, 1.4, 1.00, 1),
    Fuel.O1B: _row(250, 0.0350, 1.7, 1.00, 1),
}
"""Tables 6 to 8 of ST-X-3, M-3 and M-4 as in GLC-X-10; M-1 and M-2 are mixed from C-2 and D-1."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Stand:
    """What burns: a fuel type, and the shares and loads that some types ask for."""

    fuel: Fuel
    conifer_share: float = 0.5
    dead_fir_share: float = 0.35
    cured_percent: float = 80.0
    grass_load_kg_m2: float = 0.35
    foliar_moisture_percent: float = 100.0

    def __post_init__(self) -> None:
        share("stand", "conifer_share", self.conifer_share)
        share("stand", "dead_fir_share", self.dead_fir_share)
        share("stand", "cured_percent / 100", self.cured_percent / 100)
        above("stand", "grass_load_kg_m2", self.grass_load_kg_m2, 0)
        at_least("stand", "foliar_moisture_percent", self.foliar_moisture_percent, 0)

    @property
    def row(self) -> FuelRow:
        """The coefficients of its fuel type."""
        return FUELS[self.fuel]

    @property
    def parts(self) -> tuple[tuple[float, Fuel, float], ...]:
        """Of what the initial rate is mixed: (share, fuel, its rate's factor); equations 27 to 33."""
        leafless = 0.2 if self.fuel in (Fuel.M2, Fuel.M4) else 1.0  # in leaf, deciduous fuel carries a fifth
        if self.fuel in (Fuel.M1, Fuel.M2):
            return (self.conifer_share, Fuel.C2, 1.0), (1 - self.conifer_share, Fuel.D1, leafless)
        if self.fuel in (Fuel.M3, Fuel.M4):
            return (self.dead_fir_share, self.fuel, 1.0), (1 - self.dead_fir_share, Fuel.D1, leafless)
        return ((1.0, self.fuel, 1.0),)

    @property
    def curing_factor(self) -> float:
        """How far grass is ready to burn by its cured share, 1 for other fuels; GLC-X-10, equations 35a and 35b."""
        if not self.fuel.is_grass:
            return 1.0
        cured = self.cured_percent
        return 0.005 * math.expm1(0.061 * cured) if cured < 58.8 else 0.176 + 0.02 * (cured - 58.8)


@dataclass(frozen=True, kw_only=True, slots=True)
class FireDay:
    """Weather and ground: moisture codes, wind and slope. Directions in degrees from north: whence the wind
    comes, and which way the slope faces."""

    ffmc: float
    bui: float
    wind_km_h: float = 0.0
    wind_from_deg: float = 0.0
    slope_percent: float = 0.0
    aspect_deg: float = 0.0
    moisture_scale: float = MOISTURE_SCALE

    def __post_init__(self) -> None:
        share("fire day", "ffmc / 101", self.ffmc / 101)
        for field in ("bui", "wind_km_h", "slope_percent"):
            at_least("fire day", field, getattr(self, field), 0)

    @property
    def fine_fuel_factor(self) -> float:
        """f(F) of equation 45: what fine fuel of this moisture adds to the spread index."""
        moisture = self.moisture_scale * (101 - self.ffmc) / (59.5 + self.ffmc)
        return float(91.9 * math.exp(-0.1386 * moisture) * (1 + moisture**5.31 / 4.93e7))

    def spread_index(self, wind_km_h: float) -> float:
        """The initial spread index at a wind; equations 52, 53 and 53a, which flattens above 40 km/h."""
        slow = math.exp(0.05039 * wind_km_h)
        wind = slow if wind_km_h < 40 else 12 * -math.expm1(-0.0818 * (wind_km_h - 28))
        return 0.208 * wind * self.fine_fuel_factor

    def wind_of_index(self, index: float) -> float:
        """The wind that alone would give a spread index, km/h; GLC-X-10, equations 44a to 44e."""
        wind = math.log(index / (0.208 * self.fine_fuel_factor)) / 0.05039
        if wind <= 40:
            return wind
        most = 2.496 * self.fine_fuel_factor
        return 28 - math.log(1 - index / most) / 0.0818 if index < 0.999 * most else 112.45


@dataclass(frozen=True, kw_only=True, slots=True)
class FbpSpread:
    """A steady head fire: its rate, towards where, what drives it, and the share of crowns that burn."""

    head_m_min: float
    towards_deg: float
    wind_km_h: float
    spread_index: float
    crown_share: float
    is_open: bool
    is_grass: bool

    @property
    def build_up_per_min(self) -> float:
        """How fast a fire that began at a point comes to its steady rate; equation 72."""
        crowns = 0.0 if self.is_open else 18.8 * self.crown_share**2.5 * math.exp(-8 * self.crown_share)
        return _OPEN_BUILD_UP - crowns

    def rate_m_min(self, minutes: float) -> float:
        """The head rate *minutes* after the fire began at a point; equation 70."""
        return self.head_m_min * -math.expm1(-self.build_up_per_min * at_least("fire", "minutes", minutes, 0))

    def distance_m(self, minutes: float) -> float:
        """How far the head has come *minutes* after the fire began at a point; equation 71."""
        alpha = self.build_up_per_min
        return self.head_m_min * (at_least("fire", "minutes", minutes, 0) + math.expm1(-alpha * minutes) / alpha)

    @property
    def length_to_breadth(self) -> float:
        """The shape of the steady fire by its net wind; equation 79, grass by GLC-X-10, 80a and 80b."""
        if self.is_grass:
            return 1.1 * self.wind_km_h**0.464 if self.wind_km_h >= 1 else 1.0
        return float(1 + 8.729 * (-math.expm1(-0.030 * self.wind_km_h)) ** 2.155)


def fbp_spread(stand: Stand, day: FireDay) -> FbpSpread:
    """The steady head fire in a stand on a day.

    >>> slash = fbp_spread(Stand(fuel=Fuel.S2), FireDay(ffmc=87, bui=63))
    >>> round(slash.head_m_min, 3), round(slash.distance_m(20), 2)
    (1.011, 12.31)
    """
    wind, towards = net_wind(stand, day)
    index = day.spread_index(wind)
    surface = initial_rate_m_min(stand, index) * buildup_effect(stand.fuel, day.bui)
    needed = crowning_rate_m_min(stand, day)
    crowns = _crown_share(stand, surface, needed)
    if stand.fuel is Fuel.C6:
        crown_rate = _plantation_crown_rate(index, stand.foliar_moisture_percent)
        crowns = crowns if crown_rate > surface else 0.0
        surface += crowns * max(0.0, crown_rate - surface)  # equation 65
    return FbpSpread(
        head_m_min=surface,
        towards_deg=towards,
        wind_km_h=wind,
        spread_index=index,
        crown_share=crowns,
        is_open=stand.fuel is Fuel.C1 or stand.row.crown_load_kg_m2 == 0,
        is_grass=stand.fuel.is_grass,
    )


def initial_rate_m_min(stand: Stand, index: float) -> float:
    """The rate at a spread index before the buildup effect: a·(1 − e^(−b·ISI))^c, mixed for mixed stands.

    >>> round(initial_rate_m_min(Stand(fuel=Fuel.C2), 10), 3)
    13.399
    """
    mixed = sum(part * factor * _rate(fuel, index) for part, fuel, factor in stand.parts)
    return mixed * stand.curing_factor


def _rate(fuel: Fuel, index: float) -> float:
    row = FUELS[fuel]
    return float(row.a * (-math.expm1(-row.b * index)) ** row.c)


def buildup_effect(fuel: Fuel, bui: float) -> float:
    """What drought in the ground adds: e^(50·ln q·(1/BUI − 1/BUI0)), equation 54; 1 at a buildup index of 0.

    >>> buildup_effect(Fuel.S2, 63), round(buildup_effect(Fuel.C2, 119), 4)
    (1.0, 1.1374)
    """
    row = FUELS[fuel]
    return math.exp(50 * math.log(row.q) * (1 / bui - 1 / row.mean_bui)) if bui > 0 else 1.0


def net_wind(stand: Stand, day: FireDay) -> tuple[float, float]:
    """Wind and slope together as one wind, km/h, and the direction it drives to; equations 39 to 51.

    >>> [round(part, 3) for part in net_wind(Stand(fuel=Fuel.C3), FireDay(ffmc=95, bui=30, wind_km_h=50))]
    [50, 180.0]
    """
    towards = (day.wind_from_deg + 180) % 360
    if day.slope_percent == 0:
        return day.wind_km_h, towards
    upslope = math.radians(day.aspect_deg + 180)
    lift = day.wind_of_index(_slope_index(stand, day))
    x = day.wind_km_h * math.sin(math.radians(towards)) + lift * math.sin(upslope)
    y = day.wind_km_h * math.cos(math.radians(towards)) + lift * math.cos(upslope)
    return math.hypot(x, y), math.degrees(math.atan2(x, y)) % 360


def _slope_index(stand: Stand, day: FireDay) -> float:
    """The spread index that alone would drive the fire as the slope does; GLC-X-10, equations 41a to 43b."""
    steep = 10.0 if day.slope_percent >= 70 else math.exp(3.533 * (day.slope_percent / 100) ** 1.2)
    calm = day.spread_index(0)
    return sum(part * _index_of_rate(fuel, steep * _rate(fuel, calm)) for part, fuel, _ in stand.parts)


def _index_of_rate(fuel: Fuel, rate_m_min: float) -> float:
    row = FUELS[fuel]
    rest = 1 - (rate_m_min / row.a) ** (1 / row.c)
    return -math.log(max(rest, _CLOSED)) / row.b


_CONSUMED: dict[Fuel, tuple[tuple[float, float, float], ...]] = {
    Fuel.C2: ((5.0, 0.0115, 1.0),),
    Fuel.C3: ((5.0, 0.0164, 2.24),),
    Fuel.C4: ((5.0, 0.0164, 2.24),),
    Fuel.C5: ((5.0, 0.0149, 2.48),),
    Fuel.C6: ((5.0, 0.0149, 2.48),),
    Fuel.C7: ((1.5, 0.0201, 1.0),),
    Fuel.D1: ((1.5, 0.0183, 1.0),),
    Fuel.M3: ((5.0, 0.0115, 1.0),),
    Fuel.M4: ((5.0, 0.0115, 1.0),),
    Fuel.S1: ((4.0, 0.025, 1.0), (4.0, 0.034, 1.0)),
    Fuel.S2: ((10.0, 0.013, 1.0), (6.0, 0.060, 1.0)),
    Fuel.S3: ((12.0, 0.0166, 1.0), (20.0, 0.0210, 1.0)),
}
"""What the buildup index burns of each layer: most kg/m², rate, power of most·(1 − e^(−rate·BUI))^power."""


def surface_fuel_kg_m2(stand: Stand, day: FireDay) -> float:
    """The surface fuel a fire consumes, kg/m²; equations 9 to 25.

    >>> round(surface_fuel_kg_m2(Stand(fuel=Fuel.S2), FireDay(ffmc=87, bui=63)), 4)
    11.4543
    """
    if stand.fuel.is_grass:
        return stand.grass_load_kg_m2
    if stand.fuel is Fuel.C1:
        dry = math.copysign(math.sqrt(-math.expm1(-0.23 * abs(day.ffmc - 84))), day.ffmc - 84)
        return 0.75 + 0.75 * dry
    if stand.fuel in (Fuel.M1, Fuel.M2):
        return sum(part * _consumed(fuel, day.bui) for part, fuel, _ in stand.parts)
    litter = 2 * -math.expm1(-0.104 * max(0.0, day.ffmc - 70)) if stand.fuel is Fuel.C7 else 0.0
    return litter + _consumed(stand.fuel, day.bui)


def _consumed(fuel: Fuel, bui: float) -> float:
    return float(sum(most * (-math.expm1(-rate * bui)) ** power for most, rate, power in _CONSUMED[fuel]))


def crowning_rate_m_min(stand: Stand, day: FireDay) -> float:
    """The surface rate above which crowns catch, m/min; equations 56 and 57. Infinite without crowns."""
    fuel = surface_fuel_kg_m2(stand, day)
    if stand.row.crown_load_kg_m2 == 0 or fuel <= 0:
        return math.inf
    heat = 460 + 25.9 * stand.foliar_moisture_percent
    return float(0.001 * stand.row.crown_base_m**1.5 * heat**1.5 / (300 * fuel))


def _crown_share(stand: Stand, surface_m_min: float, needed_m_min: float) -> float:
    """Equation 58."""
    return -math.expm1(-0.23 * (surface_m_min - needed_m_min)) if surface_m_min > needed_m_min else 0.0


def _plantation_crown_rate(index: float, foliar_moisture_percent: float) -> float:
    """The crown fire of a plantation (C-6); equations 61 and 64."""
    moisture = foliar_moisture_percent
    effect = (1.5 - 0.00275 * moisture) ** 4 / (460 + 25.9 * moisture) * 1000
    return 60 * -math.expm1(-0.0497 * index) * effect / 0.778


def foliar_moisture_percent(
    day_of_year: int, latitude_deg: float, longitude_west_deg: float, *, elevation_m: float = 0.0, lowest_on: int = 0
) -> float:
    """The moisture of conifer needles in Canada by the day of the year; equations 1 to 8.

    *lowest_on* is the day it is lowest, reckoned from the place if it is 0.

    >>> foliar_moisture_percent(152, 55, 105, lowest_on=132), round(foliar_moisture_percent(182, 55, 110), 4)
    (92.56, 93.3349)
    """
    lowest = lowest_on or _lowest_on(latitude_deg, longitude_west_deg, elevation_m)
    days = abs(day_of_year - lowest)
    if days < 30:
        return 85 + 0.0189 * days**2
    return 32.9 + 3.17 * days - 0.0288 * days**2 if days < 50 else 120.0


def _lowest_on(latitude: float, longitude: float, elevation_m: float) -> int:
    if elevation_m > 0:
        return round(142.1 * latitude / (43 + 33.7 * math.exp(-0.0351 * (150 - longitude))) + 0.0172 * elevation_m)
    return round(151 * latitude / (46 + 23.4 * math.exp(-0.0360 * (150 - longitude))))
