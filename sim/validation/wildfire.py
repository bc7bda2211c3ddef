"""Rates of spread against published test results (V37, V38), and parts whose percentiles do not add up (V35)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sim.chunk import Engine
from sim.durations import Lognormal
from sim.formulas import (
    GS4,
    Canopy,
    FireDay,
    Fuel,
    Moisture,
    Stand,
    fbp_spread,
    foliar_moisture_percent,
    surface_fire,
)
from sim.statistics import lognormal_with_p90
from sim.validation.case import Case, CaseMark, Check, near, printed, simulated
from sim.validation.engine import quantile_min
from sim.validation.nodes import a_network, a_node, done

CHAINS_H = 20.1168 / 60
"""A chain an hour, in metres a minute."""
ROW_SHARE = 0.001


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A test row of cffdrs: the stand, the day, and what comes out after some minutes."""

    stand: Stand
    day: FireDay
    minutes: float
    rate_m_min: float
    distance_m: float


def _needles(day: int, latitude: float, longitude: float, lowest_on: int = 0) -> float:
    return foliar_moisture_percent(day, latitude, longitude, lowest_on=lowest_on)


ROWS = (
    Row(
        stand=Stand(fuel=Fuel.S2),
        day=FireDay(ffmc=87, bui=63),
        minutes=20,
        rate_m_min=1.011,
        distance_m=12.31,
    ),
    Row(
        stand=Stand(fuel=Fuel.C3, foliar_moisture_percent=_needles(182, 55, 110)),
        day=FireDay(ffmc=95, bui=30, wind_km_h=50),
        minutes=5,
        rate_m_min=80.51,
        distance_m=91.99,
    ),
    Row(
        stand=Stand(fuel=Fuel.O1B, cured_percent=45, grass_load_kg_m2=1),
        day=FireDay(ffmc=95, bui=40, wind_km_h=35, wind_from_deg=180, slope_percent=10, aspect_deg=270),
        minutes=20,
        rate_m_min=13.3,
        distance_m=161.89,
    ),
    Row(
        stand=Stand(fuel=Fuel.C6, foliar_moisture_percent=_needles(152, 55, 105, 132)),
        day=FireDay(ffmc=94, bui=56, wind_km_h=25, slope_percent=10, aspect_deg=180),
        minutes=60,
        rate_m_min=42.79,
        distance_m=2160.07,
    ),
    Row(
        stand=Stand(fuel=Fuel.D1),
        day=FireDay(ffmc=98, bui=100, wind_km_h=50, wind_from_deg=270, slope_percent=35),
        minutes=60,
        rate_m_min=31.21,
        distance_m=1601.5,
    ),
    Row(
        stand=Stand(fuel=Fuel.C7, foliar_moisture_percent=_needles(152, 50, 125)),
        day=FireDay(ffmc=88.8, bui=15, wind_km_h=22.1, wind_from_deg=270, slope_percent=15),
        minutes=20,
        rate_m_min=2.354,
        distance_m=28.67,
    ),
)
"""Six of the twenty rows; the table of expected results has four digits."""


def canadian(_: Engine) -> Iterator[Check]:
    """V37: head rate and distance by the FBP System."""
    for row in ROWS:
        found, name = fbp_spread(row.stand, row.day), row.stand.fuel.value
        yield near(f"{name} R", row.rate_m_min, found.head_m_min, share=ROW_SHARE)
        yield near(f"{name} D", row.distance_m, found.distance_m(row.minutes), share=ROW_SHARE)
    by_hand = fbp_spread(ROWS[0].stand, ROWS[0].day).head_m_min
    yield printed("S-2 R'", "1.01076", by_hand)


MOISTURE = Moisture(one_hour=0.06, ten_hour=0.07, hundred_hour=0.08, herb=0.60, woody=0.90)
TREES = Canopy(cover_share=0.5, height_m=30 * 0.3048, crown_ratio=0.5)
MPH = 1609.344 / 3600
"""A mile an hour, in metres a second."""


def rothermel(_: Engine) -> Iterator[Check]:
    """V38: fuel model GS4 under trees, wind up and across a slope, against behave's own tests."""
    for angle, head in ((0, 8.876216), (90, 7.091665)):
        fire = surface_fire(
            GS4, MOISTURE, wind_m_s=5 * MPH, slope_share=0.30, wind_from_upslope_deg=angle, canopy=TREES
        )
        yield near(f"R({angle}°)", head, fire.head_m_min / CHAINS_H, share=1e-5)
        if angle == 0:
            yield near("R back", 2.916147, fire.back_m_min / CHAINS_H, share=1e-5)
            yield near("R flank", 5.087666, fire.flank_m_min / CHAINS_H, share=1e-5)


PARTS_S = (64.0, 80.0, 240.0)
SIGMA = 0.3


def percentiles(engine: Engine, runs: int = 12_000) -> Iterator[Check]:
    """V35: nine in ten of the sum are sooner than the sum of nine in ten (384 s)."""
    laws = [Lognormal(median_min=lognormal_with_p90(p90 / 60, SIGMA), sigma=SIGMA) for p90 in PARTS_S]
    nodes = [a_node(n, f"part {n}", law, after=done(n - 1) if n else ()) for n, law in enumerate(laws)]
    network = a_network(nodes)
    ends = [engine(network, seed=35, replication=n, keep_log=False).passages[-1].finish for n in range(runs)]
    for part, p90 in zip(laws, PARTS_S, strict=True):
        yield near(f"P90({p90:g})", p90, part.quantile_min(0.9) * 60, share=1e-6)
    yield simulated("P90(Σ)", 348.29 / 60, quantile_min(ends, 0.9), 0.02)


CASES = (
    Case(
        id="V35",
        title="各段90%分位数不能相加（接警、出动、行驶）",
        title_en="Percentiles of parts do not add up (call, turnout, travel)",
        mark=CaseMark.COMPUTED,
        measure=percentiles,
    ),
    Case(
        id="V37",
        title="加拿大林火行为预报系统（FBP），对照cffdrs测试数据",
        title_en="Canadian FBP System, against the test rows of cffdrs",
        mark=CaseMark.READ,
        measure=canadian,
    ),
    Case(
        id="V38",
        title="Rothermel地表火蔓延（GS4），对照behave测试数据",
        title_en="Rothermel's surface fire (GS4), against the tests of behave",
        mark=CaseMark.READ,
        measure=rothermel,
    ),
)
