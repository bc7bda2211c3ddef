"""Curves a formula gives: heat of a fire, depth of water, reach of a front, air left.

Where a clock of the model is early or late by a draw, what leads to it is quicker or slower by the same draw.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sim.curves.values import Curve, Kind, banded
from sim.formulas.building_fire import heat_release_kw
from sim.hazards.free_fires import free_fire
from sim.scenario import Scenario

_M2_PER_HA = 10_000.0
_CM_PER_M = 100.0
Factors = Mapping[str, tuple[float, ...]]


@dataclass(frozen=True, kw_only=True)
class _Growing:
    """A value by the minutes of the model's own time, which a draw stretches; or moves, where it says when it *starts*.

    A draw of 1.2 makes what starts at minute 25 begin at minute 30 and then go on at the same rate.
    """

    name: str
    title: str
    title_en: str
    unit: str
    value: Callable[[float], float]
    draw_key: str = ""
    kind: Kind = Kind.GROWTH
    starts_min: float | None = None

    def at(self, minute: float, draw: float) -> float:
        """The value at a minute of the run."""
        return self.value(minute / draw if self.starts_min is None else minute - self.starts_min * (draw - 1.0))


def growth_curves(scenario: Scenario, factors: Factors, minutes: Sequence[float]) -> Iterator[Curve]:
    """The curves of a spread's formulas; none for a spread whose model is clocks alone."""
    for found in GROWING.get(scenario.spread, _nothing)(scenario):
        draws = factors.get(found.draw_key, (1.0,))
        low, middle, high = banded([[found.at(minute, draw) for minute in minutes] for draw in draws])
        yield Curve(
            name=found.name, kind=found.kind, title=found.title, title_en=found.title_en, unit=found.unit,
            minutes=tuple(minutes), low=low, middle=middle, high=high,
        )  # fmt: skip


def _nothing(scenario: Scenario) -> Iterator[_Growing]:
    return iter(())


def _building(scenario: Scenario) -> Iterator[_Growing]:
    """α·t² up to the heat at which a way out is lost."""
    alpha, most = scenario.value("growth_kw_s2"), scenario.value("untenable_kw")
    yield _Growing(
        name="heat",
        title="火源热释放速率（到疏散通道失效为止）",
        title_en="Heat release (until the way out is lost)",
        unit="kW",
        value=lambda minute: min(most, heat_release_kw(minute * 60.0, alpha)),
        draw_key="fire",
    )


def _forest(scenario: Scenario) -> Iterator[_Growing]:
    """The free ellipse from the area found on."""
    fire = free_fire(scenario)
    found_m = fire.head_m(scenario.value("area_found_ha") * _M2_PER_HA)

    def head_m(minute: float) -> float:
        return found_m + fire.head_m_min * minute

    def area_ha(minute: float) -> float:
        return fire.area_m2(head_m(minute)) / _M2_PER_HA

    ways: tuple[tuple[str, str, str, str, Callable[[float], float]], ...] = (
        ("head", "火头推进距离（不扑救）", "Distance of the head (not fought)", "m", head_m),
        ("area", "过火面积（不扑救）", "Area burned (not fought)", "ha", area_ha),
        ("edge", "火线长度（不扑救）", "Length of the edge (not fought)", "m", lambda t: fire.perimeter_m(head_m(t))),
    )
    for name, title, english, unit, value in ways:
        yield _Growing(name=name, title=title, title_en=english, unit=unit, value=value, draw_key="front")


def _waterlogging(scenario: Scenario) -> Iterator[_Growing]:
    """The depth in every low place at its own rate, up to the roof of a car."""
    most = scenario.value("roof_depth_m")
    for place in (*scenario.of_kind("underpass"), *scenario.of_kind("basement")):
        rise, starts = place.number("rise_cm_min") / _CM_PER_M, place.number("starts_min")
        yield _Growing(
            name=f"depth:{place.id}",
            title=f"{place.title}水深（到没过车顶为止）",
            title_en=f"{place.title_en or place.title}: depth of water (up to the roof of a car)",
            unit="m",
            value=lambda minute, rise=rise, starts=starts: min(most, max(0.0, (minute - starts) * rise)),  # type: ignore[misc]
            draw_key="rain",
            starts_min=starts,
        )


def _mine(scenario: Scenario) -> Iterator[_Growing]:
    """What a self-rescuer and a refuge have left when they are used from the first minute."""
    for name, each, title, english in (
        ("self_rescuer_min", 1.0, "自救器剩余时间（零时佩戴）", "Self-rescuer left (put on at once)"),
        ("refuge_hours", 60.0, "避难硐室剩余保障时间", "Refuge supplies left"),
    ):
        whole = scenario.get(name, math.nan) * each
        if not math.isnan(whole):
            yield _Growing(
                name=name,
                kind=Kind.LEFT,
                title=title,
                title_en=english,
                unit="min",
                value=lambda minute, whole=whole: max(0.0, whole - minute),  # type: ignore[misc]
            )


def _gas_fire(scenario: Scenario) -> Iterator[_Growing]:
    """How far the cloud has come down the wind."""
    speed, most = scenario.value("wind_m_s") * 60.0, max(
        (place.number("radius_m") for place in scenario.of_kind("zone")), default=0.0
    )  # fmt: skip
    yield _Growing(
        name="cloud",
        title="有毒气云顺风到达距离（到最远分区为止）",
        title_en="Reach of the toxic cloud downwind (up to the farthest zone)",
        unit="m",
        value=lambda minute: min(most, speed * minute),
    )


GROWING: dict[str, Callable[[Scenario], Iterator[_Growing]]] = {
    "building": _building,
    "forest": _forest,
    "waterlogging": _waterlogging,
    "gas_explosion": _mine,
    "mine_fire": _mine,
    "outburst": _mine,
    "gas_fire": _gas_fire,
}
"""The spreads whose models know a growth between their clocks."""
