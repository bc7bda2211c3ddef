"""Curves of scenarios: laws every curve keeps, and curves worked out by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans_repo.packs import reading as packs
from sim.curves import Curve, Kind, Preview, done_curve, pool_curves, preview, told_tasks
from sim.draws import Purpose, identity, uniform
from sim.durations import Lognormal, Uniform
from sim.errors import SimError
from sim.failures import Failure, FailureKind
from sim.network import Network
from sim.question import Question
from sim.reference_engine import play
from sim.scenario import ResourceSet, Scenario

ALL = {item.id: item for item in packs.scenarios()}
OWN = ResourceSet(id="own", title="own")


def shown(name: str, draws: int = 15) -> Preview:
    return preview(ALL[name], draws=draws)


@pytest.mark.parametrize("name", ALL)
def test_every_curve_of_every_scenario_is_finite_and_in_order(name: str):
    found = shown(name)
    assert found.curves
    assert found.strikes
    for curve in found.curves:
        for low, middle, high in zip(curve.low, curve.middle, curve.high, strict=True):
            assert -math.inf < low <= middle <= high < math.inf
        assert list(curve.minutes) == sorted(curve.minutes)
        if curve.kind in (Kind.REACHED, Kind.PEOPLE):
            assert list(curve.middle) == sorted(curve.middle)  # what has happened stays happened


@pytest.mark.parametrize("name", ["river-plain-night", "reservoir-dam-break", "town-waterlogging-evening"])
def test_a_strike_is_the_moment_a_run_of_the_same_seed_meets(name: str):
    scenario = ALL[name]
    found = preview(scenario, seed=7, draws=1)
    network = network_of(scenario)
    run = play(network, seed=7, replication=0)
    played = {(m.name, m.entity): run.moments[at] / 60_000 for at, m in enumerate(network.moments)}
    for strike in found.strikes:
        assert played[strike.clock, strike.entity] == pytest.approx(strike.middle_min, abs=1e-4)


def network_of(scenario: Scenario) -> Network:
    procedure = packs.template(scenario.spread).procedure
    return Question(procedure=procedure, scenario=scenario, resources=OWN).network


def test_without_spread_there_is_no_band_and_water_comes_when_the_places_say():
    still = ALL["river-plain-day"].with_value("arrival_sigma", 0.0)
    found = preview(still)
    assert not any(curve.is_random for curve in found.curves)
    arrivals = [place.number("arrival_min") for place in still.of_kind("village")]
    water = found.curve("clock:water")
    for minute, count in zip(water.minutes, water.middle, strict=True):
        assert count == sum(arrival <= minute for arrival in arrivals)
    people = found.curve("people:water")
    assert people.middle[-1] == sum(place.number("people") for place in still.of_kind("village"))


def test_the_band_holds_four_fifths_of_a_lognormal_law():
    found = preview(ALL["river-plain-day"], draws=2000)
    sigma = ALL["river-plain-day"].value("arrival_sigma")
    law = Lognormal(median_min=1.0, sigma=sigma)
    strike = next(one for one in found.strikes if (one.clock, one.entity) == ("water", "R01"))
    for share, minute in ((0.1, strike.low_min), (0.5, strike.middle_min), (0.9, strike.high_min)):
        assert minute == pytest.approx(1377 * law.quantile_min(share), rel=0.03)


def test_a_fire_grows_with_the_square_of_time_and_its_heat_is_lost_where_the_clock_says():
    still = ALL["office-building-evening"].with_value("growth_sigma", 0.0)
    found = preview(still)
    heat = found.curve("heat")
    alpha = still.value("growth_kw_s2")
    for minute, kilowatts in zip(heat.minutes, heat.middle, strict=True):
        assert kilowatts == pytest.approx(min(still.value("untenable_kw"), alpha * (minute * 60) ** 2))


def test_a_road_cut_by_a_failure_closes_its_gate_meanwhile():
    still = ALL["river-plain-day"].with_value("arrival_sigma", 0.0)
    cut = replace(still, failures=(Failure(kind=FailureKind.ROAD, of="R01", from_min=0, until_min=100),))
    whole, less = (preview(one).curve("gate:road") for one in (still, cut))
    for minute, before, after in zip(whole.minutes, whole.middle, less.middle, strict=True):
        assert after == before - (minute < 100)


def test_water_pumped_from_the_first_minute_is_never_more_than_water_left_alone():
    found = shown("water-inrush-old-workings")
    left, worked = (found.curve(f"work:drain:{kind}") for kind in ("untouched", "worked"))
    assert all(less <= more for less, more in zip(worked.middle, left.middle, strict=True))
    assert left.middle[0] == worked.middle[0] == ALL["water-inrush-old-workings"].value("start_m3")


def test_a_task_is_done_for_half_by_the_median_of_its_law():
    scenario = ALL["river-plain-day"]
    procedure = packs.template("river").procedure
    task = next(one for one in told_tasks(procedure, scenario) if not one.duration.times)
    curve = done_curve(task, scenario)
    median = task.duration.law.quantile_min(0.5)
    assert curve.middle[0] == pytest.approx(0.0, abs=0.02)
    half = next(at for at, share in zip(curve.minutes, curve.middle, strict=True) if share >= 0.5)
    assert half == pytest.approx(median, abs=curve.minutes[1] + median * 0.02)


def test_supplies_rise_when_more_come_and_fall_when_some_fail():
    scenario = replace(
        ALL["flash-flood-hill-night"],
        failures=(Failure(kind=FailureKind.LINE, of="phone_line", from_min=60, until_min=90, units=2),),
    )
    procedure = packs.template("flash_flood").procedure
    found = {curve.name: curve for curve in pool_curves(procedure, scenario)}
    ration, lines = found["pool:ration"], found["pool:phone_line"]
    assert ration.at(481) - ration.at(479) == 3000
    assert (lines.at(0) - lines.at(61), lines.at(91)) == (2, lines.at(0))


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**40), sigma=st.floats(0, 2))
def test_the_same_seed_gives_the_same_curves(seed: int, sigma: float):
    scenario = ALL["tank-farm-fire"].with_value("wind_sigma", sigma)
    assert preview(scenario, seed=seed, draws=3) == preview(scenario, seed=seed, draws=3)


def test_draws_are_those_of_the_engines():
    scenario = ALL["tank-farm-fire"]
    law = Lognormal(median_min=1.0, sigma=scenario.value("wind_sigma"))
    u = uniform(5, identity("clock", "wind"), 0, 0, Purpose.CLOCK)
    strike = next(one for one in preview(scenario, seed=5, draws=1).strikes if one.clock == "wind_shifts")
    assert strike.middle_min == scenario.value("wind_shift_min") * law.quantile_min(u)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"horizon_min": 1e9}, "horizon-too-long"),
        ({"spread": "storm"}, "spread-unknown"),
        ({"parameters": ()}, "number-missing"),
    ],
)
def test_what_cannot_be_drawn_is_refused(change: dict[str, object], code: str):
    with pytest.raises(SimError) as refused:
        preview(replace(ALL["river-plain-day"], **change))
    assert refused.value.code == code


@pytest.mark.parametrize("draws", [0, -1, 10_001, math.nan])
def test_draws_are_bounded(draws: float):
    with pytest.raises(SimError):
        preview(ALL["tank-farm-fire"], draws=draws)  # type: ignore[arg-type]


def test_a_curve_has_one_value_for_every_minute():
    with pytest.raises(SimError, match="one value a minute"):
        Curve(name="n", kind=Kind.LEFT, title="n", unit="m", minutes=(0, 1), low=(0,), middle=(0, 1), high=(0, 1))


def test_a_uniform_law_is_done_in_a_straight_line():
    procedure = packs.template("river").procedure
    scenario = ALL["river-plain-day"]
    task = next(one for one in told_tasks(procedure, scenario) if not one.duration.times)
    even = replace(task, duration=replace(task.duration, law=Uniform(low_min=0, high_min=60)))
    curve = done_curve(even, scenario)
    for minute, share in zip(curve.minutes, curve.middle, strict=True):
        assert share == pytest.approx(min(1, minute / 60), abs=0.01)
