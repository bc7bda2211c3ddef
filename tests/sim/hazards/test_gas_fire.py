"""Gas or chemical fire: tanks beside it, foam as a stock, the sector under the wind before and after it shifts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.hazards.contribution import Contribution
from sim.hazards.gas_fire import is_downwind
from sim.hazards.models import contribution_of
from sim.procedure import Change, Need
from tests.sim.builders import a_network, a_pool, a_task, played, story
from tests.sim.hazards.events import PLANT, a_place, an_event

TANKS = (
    a_place("tank", "T1", on_fire=1, monitors=4, area_m2=1000, fails_min=200),
    a_place("tank", "T2", monitors=3, fails_min=60),
)


def plant(*places) -> Contribution:
    return contribution_of(an_event("gas_fire", PLANT, *TANKS, *places))


def zone(name: str, radius_m: float, bearing_deg: float):
    return a_place("zone", name, radius_m=radius_m, bearing_deg=bearing_deg, people=100, leave_m=600)


def struck(brings: Contribution) -> dict[tuple[str, str], float]:
    return {(clock.name, clock.entity): clock.base_min + clock.offset_min for clock in brings.clocks}


def test_the_cloud_is_over_each_sector_in_its_turn():
    brings = plant(zone("east", 600, 80), zone("south", 600, 190), zone("west", 600, 270))
    found = struck(brings)
    assert found["cloud", "east"] == 15  # drifts from minute 10, 600 m at 2 m/s
    assert found["cloud", "south"] == 105  # the wind shifts at 100
    assert found["cloud", "west"] == 1000  # never


@given(bearing=st.floats(0, 359.9), wind=st.floats(0, 359.9), half=st.floats(1, 179))
def test_a_sector_is_as_wide_whichever_way_the_wind_blows(bearing: float, wind: float, half: float):
    assert is_downwind(wind, wind, half)
    assert not is_downwind(wind + 180, wind, half)
    assert is_downwind(bearing, wind, half) == is_downwind(wind, bearing, half)


def attack_with(foam: int, *changes: Change) -> dict:
    need = Need(pool="foam", units=1, times="foam_t", consumes=True)
    pools = (a_pool("foam", foam, changes=changes),)
    task = a_task("attack", 30, per="tank", only="on_fire", needs=(need,))
    network = a_network(task, pools=pools, brings=plant())
    return story(network, played(network))


def test_an_attack_begins_when_all_its_foam_is_there():
    # 1,000 m² × 6 L/(min·m²) × 30 min × 6 % = 10.8 t, in whole tonnes 11
    assert attack_with(11)["attack@T1"] == (0, 30)
    assert attack_with(10)["attack@T1"] == "unfinished"
    assert attack_with(6, Change(at_min=40, units=3), Change(at_min=90, units=4))["attack@T1"] == (90, 120)


@pytest.mark.parametrize(("ready_min", "start"), [(90, 90), (100, 125), (110, 125), (130, 130)])
def test_the_attack_moves_round_when_the_wind_shifts(ready_min: float, start: float):
    tasks = (a_task("ready", ready_min), a_task("attack", 10, "ready", gate="position"))
    # the position is open until the wind shifts at 100, and again 25 min later
    network = a_network(*tasks, brings=plant())
    assert story(network, played(network))["attack"] == (start, start + 10)


def test_a_tank_beside_the_fire_is_cooled_before_it_gives_way_or_not():
    assert struck(plant())["fails", "T2"] == 60
    brings = plant()
    beside = [e.key for group in brings.sets if group.name == "tank" for e in group.entities if e.attribute("beside")]
    assert beside == ["T2"]


def test_a_hand_valve_is_a_walk_in_a_heavy_suit():
    brings = plant(
        a_place("valve", "V", walk_m=90, close_min=5), a_place("valve", "R", walk_m=90, close_min=1, remote=1)
    )
    hand, remote = next(group for group in brings.sets if group.name == "valve").entities
    assert hand.attribute("approach_min") == 3
    assert (hand.attribute("by_hand"), remote.attribute("by_hand")) == (1, 0)
