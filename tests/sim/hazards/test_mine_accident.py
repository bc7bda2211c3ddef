"""Mines: who walks out and who takes the refuge, what the gas gate holds back, and how a district is drained."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.durations import Duration, Fixed
from sim.errors import SimError
from sim.formulas.water import Flow, crossing_min, pump, volume_after_m3
from sim.hazards.contribution import Contribution, Entity
from sim.hazards.mine_accident import Drain
from sim.hazards.models import contribution_of
from sim.log import cause_names
from sim.procedure import After, Outcome
from sim.steps import advanced, end_min
from tests.sim.builders import a_network, a_pool, a_task, played, story
from tests.sim.hazards.events import INRUSH, MINE, a_place, an_event

CREW = {"people": 10, "walk_m": 900, "speed_m_s": 1}


def crew(**numbers: float) -> Entity:
    event = an_event("gas_explosion", MINE, a_place("crew", "C", **(CREW | numbers)))
    return set_of(contribution_of(event), "crew")[0]


def set_of(brings: Contribution, name: str) -> tuple[Entity, ...]:
    return next(group.entities for group in brings.sets if group.name == name)


def times(attribute: str) -> Duration:
    return Duration(law=Fixed(minutes=1), times=attribute)


# ---- On foot ---------------------------------------------------------------------------------------------------------


def test_smoke_and_slope_slow_a_crew_by_their_factors():
    assert crew().attribute("out_min") == pytest.approx(15)
    assert crew(smoke=1).attribute("out_min") == pytest.approx(30)
    assert crew(smoke=1, uphill=1).attribute("out_min") == pytest.approx(37.5)


@pytest.mark.parametrize(
    ("numbers", "to_refuge"),
    [
        ({"smoke": 1, "refuge_m": 300}, 1),  # 30 min of smoke, 29 min of air
        ({"smoke": 1, "refuge_m": 300, "walk_m": 840}, 0),  # 28 min
        ({"smoke": 1}, 0),  # no refuge to go to
        ({"refuge_m": 300, "walk_m": 3000}, 0),  # a long way, but in fresh air
    ],
)
def test_a_crew_takes_the_refuge_only_if_its_air_does_not_reach_the_surface(numbers: dict[str, float], to_refuge: int):
    found = crew(**numbers)
    assert (found.attribute("to_refuge"), found.attribute("by_way_out")) == (to_refuge, 1 - to_refuge)
    assert found.attribute("refuge_min") == (pytest.approx(10) if to_refuge else 0)


def test_refuge_parties_are_led_out_and_the_others_walk():
    event = an_event(
        "gas_explosion",
        MINE,
        a_place("crew", "near", **CREW, felt=1),
        a_place("crew", "far", **(CREW | {"walk_m": 1800}), smoke=1, refuge_m=300, felt=1),
    )
    tasks = (
        a_task("out", times("out_min"), per="crew", only="by_way_out"),
        a_task("in", times("refuge_min"), per="crew", only="to_refuge"),
        a_task("led", times("round_trip_min"), "in", per="crew", gate="gas"),
    )
    network = a_network(*tasks, brings=contribution_of(event))
    assert story(network, played(network)) == {"out@near": (0, 15), "in@far": (0, 10), "led@far": (100, 160)}


def test_the_gas_gate_holds_a_squad_that_has_its_permission():
    brings = contribution_of(an_event("gas_explosion", MINE, a_place("crew", "C", **CREW)))
    network = a_network(a_task("permit", 30), a_task("enter", 10, "permit", gate="gas"), brings=brings)
    run = played(network)
    assert story(network, run)["enter"] == (100, 110)
    assert [(cause_names(network)[cause], ticks) for cause, ticks in run.passages[1].waits] == [
        ("gas:gas", 70 * 60_000)
    ]


@given(people=st.integers(0, 60), injured=st.integers(0, 60), trapped=st.integers(0, 60), most=st.integers(1, 9))
def test_everybody_underground_is_able_injured_or_trapped(people: int, injured: int, trapped: int, most: int):
    place = a_place("crew", "C", **(CREW | {"people": people}), injured=injured, trapped=trapped)
    event = an_event("water_inrush", INRUSH | {"party_people": most}, place)
    if injured + trapped > people:
        with pytest.raises(SimError, match="people less injured and trapped"):
            contribution_of(event)
        return
    brings = contribution_of(event)
    found = [sum(entity.people for entity in set_of(brings, name)) for name in ("crew", "casualty", "trapped")]
    assert found == [people - injured - trapped, injured, trapped]
    assert all(0 < party.people <= most for name in ("casualty", "trapped") for party in set_of(brings, name))


def test_a_squad_carries_back_at_the_share_of_its_speed():
    event = an_event("gas_explosion", MINE, a_place("crew", "C", **CREW, injured=3))
    first, second = set_of(contribution_of(event), "casualty")
    assert (first.people, second.people) == (2, 1)
    assert (first.attribute("approach_min"), first.attribute("carry_min")) == (15, 30)


@pytest.mark.parametrize(
    ("numbers", "kind"), [({}, "on_duty"), ({"on_foot": 1}, "on_foot"), ({"on_duty": 0}, "standby")]
)
def test_a_squad_is_of_one_kind(numbers: dict[str, float], kind: str):
    event = an_event("gas_explosion", MINE, a_place("squad", "S", road_km=2, **numbers))
    (squad,) = set_of(contribution_of(event), "squad")
    assert [name for name in ("on_duty", "on_foot", "standby") if squad.attribute(name)] == [kind]
    assert squad.attribute("drive_min") == pytest.approx(3.8333, abs=1e-4)  # V34, 2 km


# ---- Before the water ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("order_min", "told"), [(10, {"up@C": (10, 25)}), (16, {"up@C": "skipped", "led@C": (50, 80)})]
)
def test_a_crew_warned_after_its_last_moment_is_cut_off_and_led_out_later(order_min: float, told: dict):
    brings = contribution_of(an_event("water_inrush", INRUSH, a_place("crew", "C", **CREW, cut_min=30)))
    tasks = (
        a_task("order", order_min),
        a_task("up", times("out_min"), "order", per="crew", until="last_way"),
        a_task("enter", 50),
        a_task("led", times("round_trip_min"), After(task="up", when=Outcome.SKIPPED), "enter", per="crew"),
    )
    network = a_network(*tasks, brings=brings)
    found = story(network, played(network))
    assert {name: found[name] for name in told} == told


def test_a_crew_whose_way_the_water_never_cuts_has_its_clocks_at_the_horizon():
    brings = contribution_of(an_event("water_inrush", INRUSH, a_place("crew", "C", **CREW), horizon_min=500))
    assert [clock.base_min + clock.offset_min for clock in brings.clocks if clock.entity == "C"] == [500, 500]


# ---- Draining --------------------------------------------------------------------------------------------------------


def drained_by(fit_min: tuple[float, ...], **values: float) -> dict:
    """When each pump of 600 m³/h runs and when 1,000 m³ have come down to 100."""
    pumps = [a_place("pump", f"P{n}", rate_m3_h=600, borrow_min=0, fit_min=at) for n, at in enumerate(fit_min, start=1)]
    brings = contribution_of(an_event("water_inrush", INRUSH | values, *pumps))
    tasks = (a_task("W5", times("fit_min"), per="pump"), a_task("level", 0, process="drain"))
    network = a_network(*tasks, brings=brings)
    return story(network, played(network))


def test_one_pump_takes_the_water_down_in_ninety_minutes():
    assert drained_by((30,))["level"] == (0, 120)  # 900 m³ at 600 m³/h from minute 30


def test_two_pumps_starting_one_after_the_other():
    assert drained_by((30, 60))["level"] == (0, 90)  # 300 m³ by minute 60, then 600 m³ at 1,200 m³/h


def test_two_pumps_against_an_inflow_that_falls_off():
    values = {"inflow_m3_h": 1200, "inflow_stops_min": 120, "residual_m3_h": 120}
    # 1,000 + 600 by minute 30; +300 by 60; level from 60 to 120; then 1,800 m³ at 1,080 m³/h
    assert drained_by((30, 60), **values)["level"] == (0, pytest.approx(220))


def test_a_pump_slower_than_the_inflow_never_lets_anybody_in():
    assert drained_by((30,), inflow_m3_h=700, inflow_stops_min=1e6)["level"] == "unfinished"


def test_a_district_that_is_still_filling_is_not_open_though_it_is_low():
    filling = Drain(start_m3=50, inflow_m3_h=600, inflow_stops_min=60, residual_m3_h=0, entry_m3=100)
    assert end_min(filling.form, filling.begin(), 0, 0) is None
    assert end_min(filling.form, filling.begin(), 0, 550) == 0  # it rises to 100 and no further
    assert end_min(filling.form, filling.begin(), 0, 300) == pytest.approx(60 + 250 / 300 * 60)


def test_v25_wangjialing_pumped_at_its_mean_rate():
    mine = Drain(start_m3=130_000, inflow_m3_h=0, inflow_stops_min=0, residual_m3_h=0, entry_m3=130_000 - 44_200)
    assert end_min(mine.form, mine.begin(), 0, 650) / 60 == pytest.approx(68)
    empty = Drain(start_m3=130_000, inflow_m3_h=0, inflow_stops_min=0, residual_m3_h=0, entry_m3=0)
    assert end_min(empty.form, empty.begin(), 0, 1485) / 60 == pytest.approx(87.5, rel=0.005)
    assert end_min(empty.form, empty.begin(), 0, 2385) / 60 == pytest.approx(54.5, rel=0.005)


drains = st.builds(
    Drain,
    start_m3=st.floats(0, 1e5),
    inflow_m3_h=st.floats(0, 5e3),
    inflow_stops_min=st.floats(0, 2e3),
    residual_m3_h=st.floats(0, 500),
    entry_m3=st.floats(0, 5e4),
)


@given(drain=drains, until=st.floats(0, 5e3), rate=st.floats(0, 4e3))
def test_the_volume_is_that_of_the_void_balance_and_never_negative(drain: Drain, until: float, rate: float):
    (volume,) = advanced(drain.form, drain.begin(), 0, until, rate)
    stop = drain.inflow_stops_min
    inflow = (Flow(rate_m3_h=drain.inflow_m3_h, end_min=stop), Flow(rate_m3_h=drain.residual_m3_h, start_min=stop))
    assert volume >= 0
    assert volume == pytest.approx(volume_after_m3(until, drain.start_m3, (*inflow, pump(rate))), rel=1e-6, abs=1e-4)


@given(drain=drains, rate=st.just(0.0) | st.floats(1e-3, 4e3), later=st.floats(1, 5e3))
def test_at_its_end_the_water_is_at_the_entry_volume_and_stays_below(drain: Drain, rate: float, later: float):
    end = end_min(drain.form, drain.begin(), 0, rate)
    if end is None:
        (left,) = advanced(drain.form, drain.begin(), 0, drain.inflow_stops_min, rate)
        assert rate < drain.residual_m3_h or (rate == drain.residual_m3_h and left > drain.entry_m3)
        return
    (there,) = advanced(drain.form, drain.begin(), 0, end, rate)
    (after,) = advanced(drain.form, (there,), end, end + later, rate)
    assert there <= drain.entry_m3 + 1e-3
    assert after <= drain.entry_m3 + 1e-3


@given(start=st.floats(200, 1e5), rate=st.floats(1, 4e3), first=st.floats(0, 1e3))
def test_the_end_is_the_crossing_of_the_void_balance(start: float, rate: float, first: float):
    drain = Drain(start_m3=start, inflow_m3_h=0, inflow_stops_min=0, residual_m3_h=0, entry_m3=100)
    end = end_min(drain.form, advanced(drain.form, drain.begin(), 0, first, 0), first, rate)
    assert end == pytest.approx(crossing_min(100, start, (pump(rate, start_min=first),), until_min=1e9), rel=1e-9)


def test_pumps_fixed_pumps_and_outlets_all_count():
    event = an_event(
        "water_inrush",
        INRUSH,
        a_place("pump", "fixed", rate_m3_h=300, fixed=1),
        a_place("pump", "large", rate_m3_h=450, borrow_min=20, fit_min=40),
        a_place("outlet", "low", rate_m3_h=150),
    )
    tasks = (
        a_task("W2", 0, per="pump", only="fixed"),
        a_task("W4", times("borrow_min"), per="pump", only="borrowed", pool="lorry"),
        a_task("W5", times("fit_min"), "W4", per="pump"),
        a_task("W7", 60, per="outlet"),
        a_task("level", 0, process="drain"),
    )
    network = a_network(*tasks, pools=(a_pool("lorry"),), brings=contribution_of(event))
    assert story(network, played(network))["level"] == (0, 100)  # 300 m³ in the first hour, then 600 m³ at 900 m³/h


def test_a_borehole_takes_its_depth_over_the_drilling_rate():
    event = an_event("water_inrush", INRUSH, a_place("borehole", "B", depth_m=150, rig_min=60, site_min=30))
    (hole,) = set_of(contribution_of(event), "borehole")
    assert hole.attribute("drill_min") == pytest.approx(900)
