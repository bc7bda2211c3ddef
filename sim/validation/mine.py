"""Mine: pumping, rising water, trapped air and men on foot (V25-V28)."""

from __future__ import annotations

from collections.abc import Iterator

from sim.chunk import Engine
from sim.formulas import (
    caches_needed,
    crossing_min,
    design_speed_m_s,
    effective_area_m2,
    hours_to_move,
    level_rate_m_h,
    oxygen_litres,
    pump,
    trapped_air_share,
    walk_min,
)
from sim.validation.case import Case, CaseMark, Check, exact, near, printed

CASE_SHARE = 0.005
METRES_PER_FOOT = 0.3048
SELF_RESCUER_MIN = 29.0


def pumping(_: Engine) -> Iterator[Check]:
    """V25: Wangjialing, 68 h of pumping from 29 March 20:00, and what two more pumps would have changed."""
    area = effective_area_m2(44_200, 0.95)
    fall = level_rate_m_h(-1485, area)
    yield near("Q", 650, 44_200 / 68, share=CASE_SHARE)
    yield near("A", 46_526, area, share=CASE_SHARE)
    yield near("dz/dt", -3.19, fall * 100, share=CASE_SHARE)
    yield near("t(1 m)", 31.3, hours_to_move(-1, fall), share=CASE_SHARE)
    for rate, hours in ((1485, 87.5), (2385, 54.5)):
        emptied = crossing_min(0, 130_000, (pump(rate),), until_min=10_000)
        yield near(f"t({rate})", hours, (emptied or 0.0) / 60, share=CASE_SHARE)


def rising_water(_: Engine) -> Iterator[Check]:
    """V26: Shanmushu, flooded on 14 December at 15:26; first man out on the 18th at 05:55, last at 08:00."""
    flooded_h = 15 + 26 / 60
    yield near("t(8 m)", 17.98, hours_to_move(8, 0.445), share=CASE_SHARE)
    yield near("t(10 km)", 2.0, walk_min(10_000, 1.389) / 60, share=CASE_SHARE)
    for label, expected, out_h in (("t1", 86.48, 5 + 55 / 60), ("t2", 88.57, 8.0)):
        yield near(label, expected, 4 * 24 + out_h - flooded_h, share=CASE_SHARE)


def trapped_air(_: Engine) -> Iterator[Check]:
    """V27: what is left of an air space under water, and the oxygen of a refuge."""
    for head_m, expected in ((2, "0.83779"), (5, "0.67384"), (8, "0.56356"), (10, "0.50812")):
        yield printed(f"V({head_m})", expected, trapped_air_share(head_m))
    yield exact("O2", 2880, oxygen_litres(1, 96, 0.5))


def escape(_: Engine) -> Iterator[Check]:
    """V28: speeds implied by the spacing of self-rescuers, and a drift too long for one."""
    for feet, expected in ((2200, "0.37253"), (3300, "0.55880"), (4400, "0.74507"), (5700, "0.96520")):
        yield printed(f"v({feet})", expected, design_speed_m_s(feet * METRES_PER_FOOT, 30))
    minutes = walk_min(3000, 0.745)
    yield printed("t(3 km)", "67.1", minutes)
    yield exact("n", 2, caches_needed(minutes, SELF_RESCUER_MIN))


CASES = (
    Case(
        id="V25",
        title="王家岭透水事故排水过程",
        title_en="Wangjialing inrush: pumping",
        mark=CaseMark.COMPUTED,
        measure=pumping,
        is_replay=True,
    ),
    Case(
        id="V26",
        title="杉木树煤矿透水事故：水位、步行与时钟",
        title_en="Shanmushu inrush: water level, walk and clock",
        mark=CaseMark.COMPUTED,
        measure=rising_water,
        is_replay=True,
    ),
    Case(
        id="V27",
        title="水封空气剩余比例与避难硐室氧气量",
        title_en="Trapped air under water and the oxygen of a refuge",
        mark=CaseMark.COMPUTED,
        measure=trapped_air,
    ),
    Case(
        id="V28",
        title="自救器间距对应的步行速度与补给点数",
        title_en="Walking speeds implied by self-rescuer spacing, caches needed",
        mark=CaseMark.TO_BE_CONFIRMED,
        measure=escape,
    ),
)
