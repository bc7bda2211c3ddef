"""Scenarios of the demo counties, made from their registers and the settings of the packs."""

from __future__ import annotations

from collections.abc import Iterator

from plans_repo.scenarios import save_scenario
from plans_repo.store.work import Work
from sim.scenario import Scenario
from ui.demo.bodies import area_of
from ui.demo.fire_events import tianzhu_fire, trade_city_fire
from ui.demo.flood_events import night_flood, town_flood
from ui.demo.mine_events import explosion, inrush

LOW_VILLAGES = 20


def make_events(work: Work) -> list[Scenario]:
    """Save the scenarios of both counties."""
    return [save_scenario(work, scenario, area=area) for area, scenario in demo_scenarios()]


def demo_scenarios() -> Iterator[tuple[str, Scenario]]:
    """Every scenario with the area it belongs to."""
    low = ("qingchuan-flood-low", "清川县沄江夜间洪水（先受威胁20村）", "Qingchuan: first twenty villages")
    full = ("qingchuan-flood-whole", "清川县沄江夜间洪水（全部52村）", "Qingchuan: all fifty-two villages")
    for scenario in (night_flood(*low, most=LOW_VILLAGES), night_flood(*full), town_flood(), trade_city_fire()):
        yield area_of("qingchuan"), scenario
    for scenario in (explosion(), inrush(), tianzhu_fire()):
        yield area_of("shiling"), scenario
