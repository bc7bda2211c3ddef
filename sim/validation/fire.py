"""Fire: growth, ways out, travel, and lines round a forest fire (V31-V39)."""

from __future__ import annotations

from collections.abc import Iterator

from sim.chunk import Engine
from sim.formulas import (
    Attack,
    Fire,
    Outcome,
    Tactic,
    advance,
    attack,
    base_spread_m_min,
    best_density_people_m2,
    best_flow_ps_m,
    contain,
    drive_min,
    effective_width_m,
    heat_time_s,
    joint_km,
    passage_s,
    slope_factor,
    spread_m_min,
    wind_factor,
)
from sim.validation.case import Case, CaseMark, Check, exact, near, printed, same

CHAIN_M = 20.1168
ACRE_M2 = 10 * CHAIN_M**2
CHAINS_H = CHAIN_M / 60
"""A chain an hour, in metres a minute."""


def growth(_: Engine) -> Iterator[Check]:
    """V31: seconds to a heat release."""
    alphas = (0.00293, 0.01172, 0.04688, 0.1876)
    for heat_kw, expected_s in ((1055, (600.06, 300.03, 150.01, 74.99)), (2000, (826.2, 413.1, 206.5, 103.3))):
        for alpha, expected in zip(alphas, expected_s, strict=True):
            yield near(f"t({heat_kw}, {alpha:g})", expected, heat_time_s(heat_kw, alpha), absolute=0.1)


def ways_out(_: Engine) -> Iterator[Check]:
    """V32: the hydraulic model of a crowd on its way out."""
    yield printed("D", "1.8797", best_density_people_m2())
    best = {1.40: "1.3158", 1.00: "0.9398", 1.08: "1.0150", 1.16: "1.0902", 1.23: "1.1560"}
    for speed, expected in best.items():
        yield printed(f"Fs({speed:g})", expected, best_flow_ps_m(speed))
    door, stair = effective_width_m(0.91, 0.15), effective_width_m(1.12, 0.15)
    yield exact("We", 0.61, door)
    yield printed("F", "0.793", 1.3 * door)
    yield printed("t(300)", "378.3", passage_s(300, 1.3, door))
    yield exact("We'", 0.82, stair)
    yield printed("t(200)", "241.5", passage_s(200, 1.01, stair))


def travel(_: Engine) -> Iterator[Check]:
    """V34: driving time by distance, and the joint of its two branches."""
    joint, step = joint_km(0.8, 0.6), 1e-6
    yield printed("D*", "1.0667", joint)
    slopes = [(drive_min(joint + d, 0.8, 0.6) - drive_min(joint + d - step, 0.8, 0.6)) / step for d in (0, step)]
    yield near("T'(D*−)", 1.25, slopes[0], share=1e-5)
    yield near("T'(D*+)", 1.25, slopes[1], share=1e-5)
    for distance_km, expected in ((0.25, "1.2910"), (0.5, "1.8257"), (1, "2.5820"), (2, "3.8333"), (4, "6.3333")):
        yield printed(f"T({distance_km:g})", expected, drive_min(distance_km, 0.8, 0.6))


ATTACKS = (
    (3, 2, 20, Tactic.HEAD, 39.5398, 9.4275, 238.75),
    (3, 2, 20, Tactic.REAR, 74.03, 21.91, 342.1),
    (2, 1, 15, Tactic.HEAD, 31.03, 7.04, 184.1),
    (2, 1, 15, Tactic.REAR, 78.91, 28.5, 375.6),
)
"""Length to width, hours free, chains of line an hour, tactic; chains of line, acres, minutes (first: BehavePlus)."""


def _reported(width_ratio: float, hours: float, tactic: Tactic) -> Attack:
    """One acre when reported, head at five chains an hour, free for some hours."""
    fire = Fire(head_m_min=5 * CHAINS_H, length_to_width=width_ratio)
    return advance(attack(fire, tactic, area_m2=ACRE_M2), hours * 60, 0)


def containment(_: Engine) -> Iterator[Check]:
    """V36: Fried & Fried: the first attack against the test of BehavePlus, three more by an independent integration."""
    yield near("A(2 h)", 7.106, _reported(3, 2, Tactic.HEAD).burned_m2 / ACRE_M2, share=0.001)
    for width_ratio, hours, rate, tactic, line_ch, acres, minute in ATTACKS:
        end = contain(_reported(width_ratio, hours, tactic), line_m_min=rate * CHAINS_H, for_min=480)
        name = f"{tactic} LW{width_ratio}"
        yield same(name, Outcome.CONTAINED, end.outcome)
        yield near(f"{name} l", line_ch, end.line_m / CHAIN_M, share=0.001)
        yield near(f"{name} A", acres, end.burned_m2 / ACRE_M2, share=0.001)
        yield near(f"{name} t", minute, end.minute, share=0.001)


def spread(_: Engine) -> Iterator[Check]:
    """V39: Wang Zhengfei's rate of spread."""
    base, wind, slope = base_spread_m_min(25, 3, 40), wind_factor(5), slope_factor(20)
    yield exact("R0", 1.2, base)
    yield printed("Kw", "2.43879", wind)
    yield printed("Kφ", "2.85926", slope)
    yield printed("R", "8.368", spread_m_min(base, 1.0, wind, slope))


CASES = (
    Case(
        id="V31",
        title="t²火灾增长到指定热释放速率的时间",
        title_en="Growing fire: time to a heat release",
        mark=CaseMark.COMPUTED,
        measure=growth,
    ),
    Case(
        id="V32",
        title="人员疏散水力模型",
        title_en="Hydraulic model of people leaving",
        mark=CaseMark.TO_BE_CONFIRMED,
        measure=ways_out,
    ),
    Case(
        id="V34",
        title="消防车行驶时间与距离",
        title_en="Driving time by distance",
        mark=CaseMark.TO_BE_CONFIRMED,
        measure=travel,
    ),
    Case(
        id="V36",
        title="森林火灾合围（Fried与Fried模型，一例对照BehavePlus，三例独立积分）",
        title_en="Containment of a forest fire (Fried & Fried; one attack against BehavePlus, three integrated apart)",
        mark=CaseMark.COMPUTED,
        measure=containment,
    ),
    Case(
        id="V39",
        title="王正非林火蔓延速度",
        title_en="Wang Zhengfei's rate of spread",
        mark=CaseMark.TO_BE_CONFIRMED,
        measure=spread,
    ),
)
