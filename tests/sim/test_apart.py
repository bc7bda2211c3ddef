"""Two stations with engines of their own: nobody takes another's, a loss is one station's, the fire has who came."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.apart import standing, told_apart
from sim.compound import Compound, Part, question_of
from sim.durations import Duration, Fixed, Lognormal
from sim.errors import SimError
from sim.failures import Failure, FailureKind
from sim.procedure import Hazard, Join, JoinKind, Need, Procedure
from sim.question import Question
from sim.scenario import ResourceSet, Scenario
from sim.variants import with_units
from sim.weak_points import Loss, LossKind, losses_of, without
from tests.sim.builders import a_pool, a_procedure, a_task, played, story
from tests.sim.hazards.events import BUILDING, a_place, an_event

OWN = ResourceSet(id="own", title="own")
NEAR_MIN, FAR_MIN = 8 / 3, 32 + 8 / 3
"""Drives of 1.07 km and 26.67 km at 0.8 km a minute, with 4/3 min to get up to that speed."""


def fire(near: int = 2, far: int = 3, **fields) -> Scenario:
    stations = (
        a_place("station", "near", road_km=8 / 7.5, engines=near, own_county=1),
        a_place("station", "far", road_km=25.6 + 8 / 7.5, engines=far, own_county=1),
    )
    return an_event("building", BUILDING | fields.pop("values", {}), *stations, **fields)


def brigade(*more, pools=()) -> Procedure:
    """Turn out, drive, come; the hose takes two engines that have come."""
    engine, any_ = (Need(pool="engine"),), Join(kind=JoinKind.ANY)
    drive = Duration(law=Fixed(minutes=1), times="drive_min")
    tasks = (
        a_task("out", 1, per="station", needs=engine),
        a_task("drive", drive, "out", per="station", needs=engine),
        a_task("first", 0, "drive", join=any_),
        a_task("U4v", 0, "drive", per="appliance", only="engine", needs=(Need(pool="engine", consumes=True),)),
        a_task("coming", 0, per="appliance", only="engine", process="under_way", priority=-20, pool="there"),
        a_task("hose", 10, "first", needs=(Need(pool="there", units=2),)),
    )
    engines = a_pool("engine", 2, per="station", times="engines")
    own = (engines, a_pool("there", 1, gathers="engine"), *pools)
    return replace(a_procedure(*tasks, *more, pools=own), hazard=Hazard.FIRE)


def asked(event: Scenario | None = None, procedure: Procedure | None = None) -> Question:
    return Question(procedure=procedure or brigade(), scenario=event or fire(), resources=OWN)


def told(question: Question, *losses: Loss) -> dict:
    network = without(question.network, losses)
    return story(network, played(network))


def one(kind: LossKind, of: str) -> Loss:
    return Loss(kind=kind, of=of)


def test_every_station_has_a_pool_of_its_own_name():
    pools = {pool.id: pool for pool in standing(asked().procedure)}
    assert {name: pool.units for name, pool in pools.items()} == {"engine@near": 2, "engine@far": 3, "there": 5}
    assert (pools["engine@far"].title, pools["engine@far"].place, pools["engine@far"].of) == (
        "farengine",
        "far",
        "engine",
    )


def test_both_columns_come_and_the_work_waits_for_two_engines():
    found = told(asked())
    assert found["out@near"] == found["out@far"] == (0, 1)
    assert found["drive@near"] == (1, pytest.approx(1 + NEAR_MIN, abs=1e-3))
    assert found["drive@far"] == (1, pytest.approx(1 + FAR_MIN, abs=1e-3))
    assert found["hose"][0] == pytest.approx(1 + NEAR_MIN, abs=1e-3)


def test_an_engine_lost_at_the_near_station_is_the_near_stations():
    """The rest of its column goes; the second engine at the fire is the far station's."""
    whole, short = told(asked()), told(asked(), one(LossKind.ONE_UNIT, "engine@near"))
    assert short["drive@near"] == whole["drive@near"]
    assert short["drive@far"] == whole["drive@far"]
    assert [short[f"U4v@near/engine{n}"] == "unfinished" for n in (1, 2)] == [False, True]
    assert short["hose"][0] == pytest.approx(1 + FAR_MIN, abs=1e-3)


def test_an_engine_lost_at_the_far_station_changes_nothing_at_the_near_one():
    whole, short = told(asked()), told(asked(), one(LossKind.ONE_UNIT, "engine@far"))
    late = {name for name in whole if short[name] != whole[name]}
    assert late == {"U4v@far/engine3", "coming@far/engine3"}


def test_with_a_station_gone_the_other_is_the_first():
    found = told(asked(), one(LossKind.ALL_UNITS, "engine@near"))
    assert found["out@near"] == "unfinished"
    assert found["first"][0] == pytest.approx(1 + FAR_MIN, abs=1e-3)


def test_any_one_of_those_at_the_fire_is_whoever_came():
    """Of two that came first one is lost, whichever: the hose waits for the far station."""
    found = told(asked(), one(LossKind.ONE_UNIT, "there"))
    assert found["drive@near"] == told(asked())["drive@near"]
    assert found["hose"][0] == pytest.approx(1 + FAR_MIN, abs=1e-3)


@given(near=st.integers(1, 4), far=st.integers(1, 4), lost=st.sampled_from(["one", "all"]))
def test_what_a_station_loses_never_moves_another_stations_column(near: int, far: int, lost: str):
    law = Duration(law=Lognormal(median_min=5, sigma=0.6))
    procedure = brigade(a_task("leave", law, per="station", pool="engine"))
    question = asked(fire(near, far), procedure)
    whole, short = told(question), told(question, one(LossKind(f"{lost}_unit{'s' * (lost == 'all')}"), "engine@near"))
    for task in ("out", "drive", "leave"):
        assert short[f"{task}@far"] == whole[f"{task}@far"]


def test_losses_name_the_station_and_every_place_where_places_share_a_name():
    assert [(loss.kind.value, loss.of) for loss in losses_of(asked().network)] == [
        ("one_unit", "engine@near"), ("all_units", "engine@near"), ("one_unit", "engine@far"),
        ("all_units", "engine@far"), ("one_unit", "there"), ("all_units", "there"),
    ]  # fmt: skip


def test_a_resource_set_names_a_stations_own_units_and_as_many_come():
    more = with_units(asked(), [("engine@near", 3)])
    assert sum(name.startswith("U4v@near") for name in told(more)) == 3
    assert {pool.id: pool.units for pool in more.network.pools} == {"engine@near": 3, "engine@far": 3, "there": 6}
    none = with_units(asked(), [("engine@near", 0)])
    assert told(none)["out@near"] == "unfinished"
    with pytest.raises(SimError, match="pool-unknown"):
        with_units(asked(), [("engine@nowhere", 1)])


@pytest.mark.parametrize("name", ["engine", "there"])
def test_who_changes_the_number_of_all_says_of_which_station(name: str):
    with pytest.raises(SimError, match="pool-of-places") as refused:
        with_units(asked(), [(name, 6)])
    assert refused.value.fields["rule"] == "engine@near、engine@far"


def test_an_engine_that_breaks_down_is_named_by_its_station_and_the_common_name_strikes_all():
    def broken(of: str) -> list[str]:
        failure = Failure(kind=FailureKind.MACHINE, of=of, units=1)
        found = told(asked(fire(failures=(failure,))))
        return [name for name, how in found.items() if name.startswith("U4v") and how == "unfinished"]

    assert broken("engine@far") == ["U4v@far/engine3"]
    assert broken("engine") == ["U4v@near/engine2", "U4v@far/engine3"]


def test_a_procedure_that_tells_nothing_apart_is_played_as_it_was():
    """What was kept before: one pool for all stations, whoever asks."""
    old = replace(
        a_procedure(a_task("out", 1, per="station", pool="engine"), pools=(a_pool("engine", 1),)), hazard=Hazard.FIRE
    )
    assert told_apart(old, fire()) is old
    assert told(asked(procedure=old)) == {"out@near": (0, 1), "out@far": (1, 2)}


def test_a_task_of_no_station_may_not_take_a_stations_engine():
    procedure = brigade(a_task("wash", 1, pool="engine"))
    with pytest.raises(SimError, match="pool-of-no-place"):
        _ = asked(procedure=procedure).network


def test_without_stations_the_pool_is_one_for_everybody():
    procedure = replace(
        a_procedure(a_task("wash", 1, pool="engine"), pools=(a_pool("engine", 2, per="station"),)), hazard=Hazard.FIRE
    )
    bare = an_event("building", BUILDING)
    assert told(asked(bare, procedure)) == {"wash": (0, 1)}


def test_one_station_answers_two_fires_and_each_fire_has_who_came_to_it():
    parts = (Part(id="", scenario=fire()), Part(id="second", scenario=fire(), start_min=100))
    compound = Compound(id="two", title="两场", parts=parts, horizon_min=1000)
    network = question_of(compound, {"": brigade(), "second": brigade()}, OWN).network
    assert [(pool.id, pool.units) for pool in network.pools] == [
        ("engine@near", 2), ("engine@far", 3), ("there", 5), ("there", 5),
    ]  # fmt: skip
    found = story(network, played(network))
    assert found["first"][0] == pytest.approx(1 + NEAR_MIN, abs=1e-3)
    assert found["second:out@second:near"] == "unfinished"  # its engines stand at the first fire


def test_at_night_it_takes_longer_to_turn_out_and_no_longer_to_drive():
    slow = Duration(law=Fixed(minutes=1), slows="night_callout_factor")
    procedure = brigade(a_task("night out", slow, per="station"))
    by_day, by_night = (
        told(asked(fire(), procedure)),
        told(asked(fire(values={"night_callout_factor": 1.5}), procedure)),
    )
    assert (by_day["night out@near"], by_night["night out@near"]) == ((0, 1), (0, 1.5))
    assert by_day["drive@near"] == by_night["drive@near"]


def test_a_station_may_have_a_call_out_of_its_own():
    slow = Duration(law=Fixed(minutes=1), slows="night_callout_factor")
    part_time = a_place("station", "part-time", road_km=5, engines=1, turnout_factor=4)
    event = an_event("building", BUILDING | {"night_callout_factor": 1.5}, *fire().places, part_time)
    found = told(asked(event, brigade(a_task("leave", slow, per="station"))))
    assert (found["leave@near"], found["leave@part-time"]) == ((0, 1.5), (0, 6))
