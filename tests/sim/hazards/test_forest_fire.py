"""Forest fire: crews that come together close the line as the formula says, and the front keeps its hours."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.durations import Duration, Fixed
from sim.errors import SimError
from sim.formulas.containment import Tactic, attack, contain, time_to_contain_min
from sim.formulas.wildland import Fire
from sim.hazards.contribution import Contribution, Entity
from sim.hazards.forest_fire import Containment
from sim.hazards.free_fires import FBP, ROTHERMEL, WANG_ZHENGFEI, free_fire
from sim.hazards.models import contribution_of
from sim.steps import advanced, end_min
from tests.sim.builders import a_network, a_task, played, story
from tests.sim.hazards.events import FOREST, a_place, an_event

FIRE = Fire(head_m_min=1.2, length_to_width=2)
CREW = {"people": 20, "road_km": 10, "walk_m": 600, "county": 1}


def brings(*places, **values: float) -> Contribution:
    return contribution_of(an_event("forest", FOREST | values, *places))


def set_of(contribution: Contribution, name: str) -> tuple[Entity, ...]:
    return next(group.entities for group in contribution.sets if group.name == name)


def times(attribute: str) -> Duration:
    return Duration(law=Fixed(minutes=1), times=attribute)


def contained(*crews, horizon_min: float = 4000) -> dict:
    tasks = (a_task("S8a", times("drive_min"), per="crew"), a_task("out", 0, process="containment"))
    network = a_network(*tasks, brings=brings(*crews), horizon_min=horizon_min)
    return story(network, played(network))


def test_crews_that_begin_together_contain_as_fried_and_fried_say():
    crews = [a_place("crew", f"C{n}", **CREW) for n in (1, 2)]  # 8 m/min together, there after 20 minutes
    grown = attack(FIRE, Tactic.REAR, area_m2=FIRE.area_m2(FIRE.head_m(5000) + 1.2 * 20), minute=20)
    lasting = time_to_contain_min(grown, 8, 4000)
    assert contained(*crews)["out"] == (0, pytest.approx(20 + lasting, abs=1e-3))


def test_a_crew_that_cannot_keep_up_never_contains_but_a_second_one_later_does():
    slow = a_place("crew", "slow", **(CREW | {"people": 10}))  # 2 m/min < 2 × 1.2
    late = a_place("crew", "late", **(CREW | {"people": 60, "road_km": 60}))
    assert contained(slow)["out"] == "unfinished"
    start, end = contained(slow, late)["out"]
    assert (start, end > 120) == (0, True)


def test_later_crews_shorten_what_the_first_one_began():
    first, second = a_place("crew", "C1", **CREW), a_place("crew", "C2", **(CREW | {"road_km": 30}))
    alone, together = contained(first)["out"][1], contained(first, second)["out"][1]
    assert together < alone


def test_a_tired_crew_builds_half_and_a_rested_one_all_again():
    tasks = (
        a_task("S8a", 10, per="crew"),
        a_task("S10w", 20, "S8a", per="crew"),
        a_task("S10r", 10, "S10w", per="crew"),
        a_task("out", 0, process="containment"),
    )
    network = a_network(*tasks, brings=brings(a_place("crew", "C", **(CREW | {"people": 40}))), horizon_min=4000)
    step = network.works[0].step
    state = step.begin()
    for begin, end, rate in ((0, 10, 0.0), (10, 30, 8.0), (30, 40, 4.0)):
        state = advanced(step.form, state, begin, end, rate)
    expected = end_min(step.form, state, 40, 8.0)
    assert expected > 40
    assert story(network, played(network))["out"] == (0, pytest.approx(expected, abs=1e-3))


def test_the_line_of_a_crew_is_shorter_on_a_slope():
    (crew,) = set_of(brings(a_place("crew", "C", **CREW), slope_deg=60), "crew")
    assert crew.attribute("line_m_min") == pytest.approx(20 * 0.2 * 0.5)
    assert (crew.attribute("drive_min"), crew.attribute("walk_min")) == (20, 10)


# ---- The burned area -------------------------------------------------------------------------------------------------


def test_a_fire_nobody_fights_burns_its_ellipse():
    fire = Containment(fire=FIRE, tactic=Tactic.REAR, area_m2=5000, within_min=1000)
    later = advanced(fire.form, fire.begin(), 0, 300, 0.0)
    assert fire.burned_ha(later) * 10_000 == pytest.approx(FIRE.area_m2(FIRE.head_m(5000) + 360), rel=1e-9)


@pytest.mark.parametrize("tactic", list(Tactic))
@given(worked=st.floats(1, 25), idle=st.floats(1, 500))
def test_while_crews_stand_idle_the_fire_burns_on_without_a_jump(tactic: Tactic, worked: float, idle: float):
    fire = Containment(fire=FIRE, tactic=tactic, area_m2=5000, within_min=1000)
    held = advanced(fire.form, fire.begin(), 0, worked, 12.0)
    area = fire.burned_ha(held)
    steps = [
        fire.burned_ha(advanced(fire.form, held, worked, worked + idle * share, 0.0)) for share in (1e-9, 0.5, 1.0)
    ]
    assert steps[0] == pytest.approx(area, rel=1e-6)
    assert area - 1e-9 <= steps[1] <= steps[2] + 1e-9
    free = FIRE.area_m2(FIRE.head_m(5000) + 1.2 * (worked + idle)) / 10_000
    assert steps[2] <= free * (1 + 1e-6)


@pytest.mark.parametrize("angle", [0.5, 1.5, 2.8])
def test_a_crew_that_stands_still_burns_as_much_as_one_that_just_keeps_its_place(angle: float):
    """At one line rate the builder's angle does not change: there the formula and an idle crew must agree."""
    fire = Containment(fire=FIRE, tactic=Tactic.REAR, area_m2=5000, within_min=1000)
    shape, beside = FIRE.eccentricity, FIRE.eccentricity * math.sin(angle) / (1 + FIRE.eccentricity)
    towards = (1 + shape * math.cos(angle)) / (1 - shape * math.cos(angle))
    keeping = 2 * FIRE.head_m_min * math.sqrt((beside**2 + FIRE.slimness**2) * towards)
    state = (500.0, angle, 0.0, 0.0, 0.0)
    kept, idle = advanced(fire.form, state, 0, 100, keeping), advanced(fire.form, state, 0, 100, 0.0)
    assert kept[1] == pytest.approx(angle, abs=1e-6)
    assert fire.burned_ha(idle) == pytest.approx(fire.burned_ha(kept), rel=1e-6)


def test_a_contained_fire_burns_no_further():
    fire = Containment(fire=FIRE, tactic=Tactic.REAR, area_m2=5000, within_min=1000)
    end = end_min(fire.form, fire.begin(), 0, 12.0)
    by_formula = contain(attack(FIRE, Tactic.REAR, area_m2=5000), line_m_min=12.0, for_min=1000)
    assert end == pytest.approx(by_formula.minute)
    states = [advanced(fire.form, fire.begin(), 0, at, 12.0) for at in (end + 1, end + 500)]
    assert [fire.burned_ha(state) * 10_000 for state in states] == pytest.approx([by_formula.burned_m2] * 2, rel=1e-6)
    assert end_min(fire.form, states[0], end + 1, 12.0) == end + 1


@given(rate=st.floats(0, 2.4))
def test_below_the_heads_rate_on_each_flank_the_formula_never_contains_either(rate: float):
    start = attack(FIRE, Tactic.REAR, area_m2=5000)
    assert math.isinf(time_to_contain_min(start, rate, 3000))
    fire = Containment(fire=FIRE, tactic=Tactic.REAR, area_m2=5000, within_min=3000)
    assert end_min(fire.form, fire.begin(), 0, rate) is None


# ---- The front -------------------------------------------------------------------------------------------------------


def front_min(distance_m: float, bearing_deg: float, **values: float) -> float:
    numbers = {"people": 100, "vulnerable": 20, "walk_m": 600, "road_km": 5}
    village = a_place("village", "V", **numbers, distance_m=distance_m, bearing_deg=bearing_deg)
    (clock,) = brings(village, **values).clocks
    return clock.base_min


def test_on_the_heads_way_the_front_takes_distance_over_head_rate():
    burned_m = FIRE.head_m(5000)
    assert front_min(1200, 0) == pytest.approx((1200 - burned_m) / 1.2)
    assert front_min(1200, 0, area_found_ha=1e-9) == pytest.approx(1000, rel=1e-4)


def test_against_the_wind_the_front_comes_at_the_backing_rate():
    assert front_min(120, 180, area_found_ha=1e-9) == pytest.approx(120 / FIRE.back_m_min, rel=1e-3)


def test_a_village_already_in_the_fire_has_no_time_at_all():
    assert front_min(FIRE.head_m(5000) / 2, 0) == 0


@given(bearing=st.floats(0, 180), more=st.floats(0, 90))
def test_the_further_off_the_heads_way_the_later(bearing: float, more: float):
    assert front_min(2000, bearing) <= front_min(2000, min(180, bearing + more)) + 1e-6


def test_a_village_goes_by_bus_and_on_foot():
    numbers = {"people": 100, "vulnerable": 50, "walk_m": 600, "road_km": 5, "distance_m": 1, "bearing_deg": 0}
    (village,) = set_of(brings(a_place("village", "V", **numbers)), "village")
    found = [village.attribute(name) for name in ("loads", "walking", "walk_min", "round_trip_min")]
    assert found == [2, 50, 10, 30]


def test_a_scenario_that_names_no_spread_model_is_wang_zhengfeis():
    named = an_event("forest", FOREST | {"spread_model": WANG_ZHENGFEI})
    assert free_fire(named) == free_fire(an_event("forest", FOREST))
    assert free_fire(named).head_m_min == pytest.approx(1.2)


def test_a_spread_model_nobody_knows_is_refused():
    with pytest.raises(SimError, match="spread_model"):
        free_fire(an_event("forest", FOREST | {"spread_model": 99}))


VILLAGE = {
    "people": 100, "vulnerable": 50, "walk_m": 600, "road_km": 5, "distance_m": 3000, "bearing_deg": 0,
}  # fmt: skip
DRY = {
    "one_hour_share": 0.06,
    "ten_hour_share": 0.07,
    "hundred_hour_share": 0.08,
    "herb_share": 0.6,
    "woody_share": 0.9,
}
FEET_PER_CHAIN, METRES_PER_FOOT = 66, 0.3048
WINDS = {"wind_10m_m_s": 6, "wind_20ft_m_s": 5}


@pytest.mark.parametrize(
    ("fuel", "ffmc", "bui", "wind_km_h", "head_m_min"),
    [(14, 87, 63, 0, 1.011), (3, 95, 30, 50, 80.51)],  # V37: S-2 in calm, C-3 in a gale, level ground
)
def test_the_canadian_model_gives_its_published_rates(
    fuel: int, ffmc: float, bui: float, wind_km_h: float, head_m_min: float
):
    values = {"spread_model": FBP, "fbp_fuel": fuel, "ffmc": ffmc, "bui": bui, "wind_10m_m_s": wind_km_h / 3.6}
    assert free_fire(an_event("forest", FOREST | values)).head_m_min == pytest.approx(head_m_min, rel=1e-3)


def test_rothermels_model_gives_its_published_rate():
    # V38: 5 mph at 20 ft, 30 % slope, half a canopy of 30 ft: 8.876216 chains an hour
    values = DRY | {
        "spread_model": ROTHERMEL, "wind_20ft_m_s": 5 * 1609.344 / 3600, "slope_deg": math.degrees(math.atan(0.3)),
        "canopy_share": 0.5, "canopy_m": 30 * METRES_PER_FOOT, "crown_ratio": 0.5,
    }  # fmt: skip
    head = free_fire(an_event("forest", FOREST | values)).head_m_min
    assert head * 60 / (FEET_PER_CHAIN * METRES_PER_FOOT) == pytest.approx(8.876216, rel=1e-5)


@pytest.mark.parametrize(("model", "name"), [(FBP, "wind_10m_m_s"), (ROTHERMEL, "wind_20ft_m_s")])
def test_no_model_takes_the_wind_of_another(model: int, name: str):
    values = DRY | {"spread_model": model, "fbp_fuel": 3, "ffmc": 90, "bui": 40}
    with pytest.raises(SimError, match=name):
        free_fire(an_event("forest", FOREST | values | {"wind_m_s": 5}))
    rates = {
        free_fire(an_event("forest", FOREST | values | WINDS | {"wind_m_s": wind})).head_m_min for wind in (0.1, 20)
    }
    assert len(rates) == 1


@pytest.mark.parametrize("number", [0, 99])
def test_a_fuel_outside_the_table_is_refused(number: int):
    values = {"spread_model": FBP, "fbp_fuel": number, "ffmc": 87, "bui": 63} | WINDS
    with pytest.raises(SimError, match="fbp_fuel"):
        free_fire(an_event("forest", FOREST | values))


@pytest.mark.parametrize("model", [FBP, ROTHERMEL])
def test_the_front_and_the_attack_take_the_fire_of_the_model_named(model: int):
    values = DRY | {"spread_model": model, "fbp_fuel": 3, "ffmc": 90, "bui": 40} | WINDS
    event = an_event("forest", FOREST | values, a_place("village", "V", **VILLAGE))
    fire, found = free_fire(event), contribution_of(event)
    (work,) = found.processes
    assert work.step.form.parameters[0] == fire.head_m_min
    burned_min = fire.head_m(5000) / fire.head_m_min
    (front,) = found.clocks
    assert front.base_min == pytest.approx(max(0.0, VILLAGE["distance_m"] / fire.head_m_min - burned_min))
