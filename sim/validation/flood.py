"""Flood: warning, roads, vehicles in water, departures into a bottleneck, deaths as a cross-check (V17-V23)."""

from __future__ import annotations

from collections.abc import Iterator

from sim.chunk import Engine
from sim.durations import Fixed, Weibull
from sim.formulas import (
    Queue,
    Road,
    Severity,
    VehicleLimits,
    dam_failure_deaths,
    fatality_share,
    loaded_min,
    mean_warned_min,
    point_queue,
    rayleigh_a,
    warned_after_min,
    warned_share,
)
from sim.log import Run
from sim.network import Network, Node
from sim.ticks import minutes
from sim.validation.case import Case, CaseMark, Check, near, printed, same
from sim.validation.nodes import ONE_OF_THE_FIRST, a_network, a_node, done

SIGMA_MIN = 30.0
A = rayleigh_a(SIGMA_MIN)


def warning(_: Engine) -> Iterator[Check]:
    """V17: the Rayleigh curve of warning."""
    shares = {10: "0.05404", 20: "0.19926", 30: "0.39347", 45: "0.67535", 60: "0.86466", 90: "0.98889"}
    for minute, expected in shares.items():
        yield printed(f"F({minute})", expected, warned_share(minute, A, 2))
    yield printed("t50", "35.322", warned_after_min(0.5, A, 2))
    yield printed("t90", "64.379", warned_after_min(0.9, A, 2))
    yield printed("E[t]", "37.599", mean_warned_min(A, 2))


def road(_: Engine) -> Iterator[Check]:
    """V18: two-regime Greenshields for LifeSim's class A30."""
    a30 = Road(lanes=2, free_mph=45, jam_veh_mi=160, break_veh_mi=23, stop_go_mph=4, power=2)
    yield printed("v_f", "59.922", a30.intercept_mph)
    for density, expected in ((40, "35.456"), (80, "17.980"), (120, "7.495"), (160, "4.000")):
        yield printed(f"v({density})", expected, a30.speed_mph(density))
    yield near("q", 1551, a30.lane_capacity_veh_h, absolute=1)
    yield printed("k", "59.4", a30.best_density_veh_mi)


DEPARTURES = (
    (1800, 900, (63.8, 111.8, 122.6), 715, 6),
    (1800, 1800, (38.1, 64.4, 91.0), 109, 20),
    (3000, 900, (102.3, 182.3, 200.3), 1787, 4),
)
"""Vehicles, vehicles an hour, minutes until 50, 90 and 99 % were through, longest queue, replications."""
FLUID_SHARE = 0.015


def departures(engine: Engine) -> Iterator[Check]:
    """V19: departures into a bottleneck, as a fluid (marked ~) and as vehicles.

    The times at which the vehicles are through lie within 1.5 % of the fluid limit. Their longest
    queue is no such mean: it is a maximum over chance, longer than the fluid's by nature, the more
    so the less the road is overloaded (about 726, 129 and 1,797 in 2,000 replications).
    """
    for vehicles, per_hour, through_min, longest, runs in DEPARTURES:
        fluid, name = _as_fluid(vehicles, per_hour), f"{vehicles}/{per_hour}"
        yield near(f"{name} q~", longest, fluid.longest, absolute=1)
        network = _as_vehicles(vehicles, per_hour)
        through = [_through(engine(network, seed=19, replication=n, keep_log=False)) for n in range(runs)]
        for percent, expected in zip((50, 90, 99), through_min, strict=True):
            count = vehicles * percent // 100
            yield near(f"{name} t{percent}~", expected, fluid.passed_min(count), absolute=0.06)
            mean = sum(minutes(one[count - 1]) for one in through) / runs
            yield near(f"{name} t{percent}", expected, mean, share=FLUID_SHARE)


def _as_fluid(vehicles: int, per_hour: int) -> Queue:
    return point_queue(lambda minute: vehicles * warned_share(minute, A, 2), per_hour / 60, until_min=260)


def _as_vehicles(vehicles: int, per_hour: int) -> Network:
    """Each vehicle leaves at its own time and passes the bottleneck alone."""
    leave, passing = Weibull(a=A, b=2), Fixed(minutes=60 / per_hour)
    nodes: list[Node] = []
    for vehicle in range(vehicles):
        index, own = 2 * vehicle, str(vehicle)
        nodes.append(a_node(index, "leave", leave, entity=own))
        nodes.append(a_node(index + 1, "pass", passing, entity=own, after=done(index), demands=ONE_OF_THE_FIRST))
    return a_network(nodes, (1,))


def _through(run: Run) -> list[int]:
    """The ticks at which the vehicles were through, in order."""
    return sorted(passage.finish for passage in run.passages[1::2])


def load(_: Engine) -> Iterator[Check]:
    """V20: road time under load."""
    ratios = {0.5: "1.00938", 0.8: "1.06144", 1: "1.15000", 1.2: "1.31104", 1.5: "1.75938", 2: "3.40000"}
    for ratio, expected in ratios.items():
        yield printed(f"t({ratio:g})", expected, loaded_min(1, ratio))


def vehicles_in_water(_: Engine) -> Iterator[Check]:
    """V21: which limit catches a vehicle, — for none."""
    low = VehicleLimits(depth_m=1.2, velocity_m_s=4.5, product_m2_s=0.8)
    high = VehicleLimits(depth_m=1.5, velocity_m_s=6.0, product_m2_s=1.2)
    for depth_m, velocity_m_s, expected in ((0.5, 1.0, "—"), (0.5, 2.0, "D·V"), (1.3, 0.1, "D"), (0.2, 5.0, "V")):
        where = f"({depth_m:g}, {velocity_m_s:g})"
        yield same(f"low{where}", expected, _caught(low, depth_m, velocity_m_s))
        yield same(f"high{where}", "—", _caught(high, depth_m, velocity_m_s))


def _caught(limits: VehicleLimits, depth_m: float, velocity_m_s: float) -> str:
    loss = limits.loss(depth_m, velocity_m_s)
    return {"depth": "D", "velocity": "V", "product": "D·V"}[loss.value] if loss else "—"


def deaths(_: Engine) -> Iterator[Check]:
    """V22: a regression over past dam failures, as a sanity bound."""
    rows = ((0, 3.59, 137.59), (0.5, 2.46, 34.68), (1, 1.68, 8.02), (2, 0.79, 0.41))
    for warning_h, low, high in rows:
        yield near(f"low({warning_h:g})", low, dam_failure_deaths(1000, warning_h, high_force=False), absolute=0.01)
        yield near(f"high({warning_h:g})", high, dam_failure_deaths(1000, warning_h, high_force=True), absolute=0.01)


GRAHAM = {
    Severity.HIGH: ((0, False, 375),),
    Severity.MEDIUM: ((0, False, 75), (30, False, 20), (30, True, 10), (90, False, 15), (90, True, 5)),
    Severity.LOW: ((0, False, 5), (30, False, 3.5), (30, True, 1), (90, False, 0.15), (90, True, 0.1)),
}
"""By severity: minutes of warning, whether it was understood, deaths among 500."""


def rates(_: Engine) -> Iterator[Check]:
    """V23: Graham's central rates for 500 people at risk, as a cross-check."""
    for severity, rows in GRAHAM.items():
        for warning_min, is_understood, expected in rows:
            share = fatality_share(severity, warning_min, is_understood=is_understood)
            grasp = "!" if is_understood else ""
            yield near(f"{severity}({warning_min}{grasp})", expected, 500 * share, share=1e-9)


CASES = (
    Case(
        id="V17",
        title="预警知晓比例的瑞利曲线（σ=30分钟）",
        title_en="Rayleigh curve of the share warned, σ 30 min",
        mark=CaseMark.COMPUTED,
        measure=warning,
    ),
    Case(
        id="V18",
        title="道路车速与密度（两段格林希尔兹模型，A30级）",
        title_en="Speed and density of a road (two-regime Greenshields, class A30)",
        mark=CaseMark.COMPUTED,
        measure=road,
    ),
    Case(
        id="V19",
        title="按瑞利分布出发驶入瓶颈：逐车推演与流体极限",
        title_en="Rayleigh departures into a bottleneck: vehicles against the fluid limit",
        mark=CaseMark.COMPUTED,
        measure=departures,
    ),
    Case(
        id="V20",
        title="道路行驶时间随饱和度变化（BPR）",
        title_en="Road time under load (BPR)",
        mark=CaseMark.TO_BE_CONFIRMED,
        measure=load,
    ),
    Case(
        id="V21",
        title="车辆涉水失稳判别",
        title_en="Vehicles that lose their stand in water",
        mark=CaseMark.READ,
        measure=vehicles_in_water,
    ),
    Case(
        id="V22",
        title="溃坝死亡回归公式（仅作合理性检查，不作结论）",
        title_en="Regression of deaths in dam failures (sanity check only, never a conclusion)",
        mark=CaseMark.TO_BE_CONFIRMED,
        measure=deaths,
    ),
    Case(
        id="V23",
        title="溃坝死亡率表（Graham 1999，仅作交叉核对，默认不启用）",
        title_en="Graham's fatality rates (cross-check only, off by default)",
        mark=CaseMark.TO_BE_CONFIRMED,
        measure=rates,
    ),
)
