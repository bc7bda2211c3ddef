"""Failures: what is out of use is not drawn on, what stood already stays, and nobody else's luck changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.durations import Duration, Lognormal
from sim.errors import SimError
from sim.failing import with_failures
from sim.failures import Failure, FailureKind
from sim.hazards.contribution import Contribution, Entity, EntitySet, Process
from sim.hazards.mine_accident import Drain
from sim.log import cause_names
from sim.plain import digest, plain, unplain
from sim.procedure import After, Change, Outcome, PoolKind, TaskKind
from sim.scenario import Scenario
from tests.sim.asking import a_question, an_event
from tests.sim.builders import a_network, a_pool, a_task, played, story

VILLAGES = Contribution(
    sets=(
        EntitySet(name="village", entities=(Entity(key="A", title="A"), Entity(key="B", title="B"))),
        EntitySet(name="load", entities=(Entity(key="A/1", title="A1", parent="A"),)),
    )
)
LAW = Duration(law=Lognormal(median_min=10, sigma=0.5))


def failing(network, **fields):
    return with_failures(network, [Failure(**fields)])


def test_an_absent_commander_decides_when_back():
    network = a_network(
        a_task("order", 5, pool="commander", kind=TaskKind.DECISION),
        pools=(a_pool("commander", kind=PoolKind.DECISION),),
    )
    told = failing(network, kind=FailureKind.COMMANDER, of="commander", until_min=90)
    run = played(told)
    assert story(told, run) == {"order": (90, 95)}
    assert [(cause_names(told)[cause], ticks) for cause, ticks in run.passages[0].waits] == [
        ("decision:commander", 90 * 60_000)
    ]


def test_a_decision_under_way_is_finished_by_who_leaves():
    network = a_network(a_task("order", 30, pool="commander"), a_task("next", 5, "order", pool="commander"),
                        pools=(a_pool("commander"),))  # fmt: skip
    told = failing(network, kind=FailureKind.COMMANDER, of="commander", from_min=10, until_min=60)
    assert story(told, played(told)) == {"order": (0, 30), "next": (60, 65)}


def test_all_of_a_pool_is_lost_with_those_that_come_meanwhile():
    army = a_pool("army", 0, changes=(Change(at_min=30, units=2),))
    network = a_network(a_task("rescue", 5, pool="army"), pools=(army,))
    lost = Failure(kind=FailureKind.MACHINE, of="army", until_min=90)
    told = with_failures(network, (lost,))
    assert story(network, played(network))["rescue"] == (30, 35)
    assert story(told, played(told))["rescue"] == (90, 95)


def test_two_of_four_lines_are_lost():
    calls = tuple(a_task(f"c{n}", 10, pool="lines") for n in range(4))
    network = a_network(*calls, pools=(a_pool("lines", 4),))
    told = failing(network, kind=FailureKind.LINE, of="lines", units=2)
    assert [story(told, played(told))[f"c{n}"] for n in range(4)] == [(0, 10), (0, 10), (10, 20), (10, 20)]


def call_and_messenger():
    call = a_task("call", 2, per="village", kind=TaskKind.NOTIFY, success_share=0.99, tries=2)
    messenger = a_task("messenger", 25, After(task="call", when=Outcome.FAILED), per="village", kind=TaskKind.TRAVEL)
    return a_network(call, messenger, brings=VILLAGES)


def test_a_village_whose_line_is_dead_all_day_gets_its_messenger():
    told = failing(call_and_messenger(), kind=FailureKind.LINE, of="A")
    assert story(told, played(told)) == {
        "call@A": "failed",
        "messenger@A": (4, 29),
        "call@B": (0, 2),
        "messenger@B": "skipped",
    }


def test_a_line_lost_for_good_during_the_first_call_lets_it_through_and_fails_the_next():
    procedure = call_and_messenger()
    told = failing(procedure, kind=FailureKind.LINE, of="A", from_min=1)
    assert story(told, played(told))["call@A"] == (0, 2)
    later = a_network(
        a_task("muster", 7),
        a_task("call", 2, "muster", per="village", kind=TaskKind.NOTIFY, success_share=0.99, tries=2),
        a_task("messenger", 25, After(task="call", when=Outcome.FAILED), per="village", kind=TaskKind.TRAVEL),
        brings=VILLAGES,
    )
    told = failing(later, kind=FailureKind.LINE, of="A", from_min=7)
    assert story(told, played(told))["call@A"] == "failed"
    assert story(told, played(told))["messenger@A"] == (11, 36)
    assert story(told, played(told))["call@B"] == (7, 9)


def test_the_earlier_of_two_losses_counts():
    told = failing(
        failing(call_and_messenger(), kind=FailureKind.LINE, of="A"), kind=FailureKind.LINE, of="A", from_min=500
    )
    assert story(told, played(told))["messenger@A"] == (4, 29)


def test_a_line_that_comes_back_is_waited_for():
    told = failing(call_and_messenger(), kind=FailureKind.LINE, of="A", until_min=20)
    assert story(told, played(told))["call@A"] == (20, 22)


def test_a_cut_road_holds_the_journeys_of_a_village_and_of_its_loads_only():
    network = a_network(
        a_task("ready", 5, per="village"),
        a_task("drive", 15, "ready", per="load", kind=TaskKind.TRAVEL),
        a_task("walk", 15, "ready", per="village", kind=TaskKind.TRAVEL),
        brings=VILLAGES,
    )
    told = failing(network, kind=FailureKind.ROAD, of="A", from_min=3, until_min=40)
    found = story(told, played(told))
    assert found["drive@A/1"] == found["walk@A"] == (40, 55)
    assert found["ready@A"] == (0, 5)
    assert found["walk@B"] == (5, 20)


def test_whoever_is_on_the_road_when_it_is_cut_arrives():
    network = a_network(a_task("drive", 15, per="village", kind=TaskKind.TRAVEL), brings=VILLAGES)
    told = failing(network, kind=FailureKind.ROAD, of="", from_min=3)
    assert story(told, played(told)) == {"drive@A": (0, 15), "drive@B": (0, 15)}


def drained(**fields):
    """When 1,000 m³ are down to 100 with one pump of 600 m³/h from minute 30 on."""
    pump = Entity(key="P", title="P", attributes=(("rate", 600.0),))
    step = Drain(start_m3=1000, inflow_m3_h=0, inflow_stops_min=0, residual_m3_h=0, entry_m3=100)
    brings = Contribution(
        sets=(EntitySet(name="pump", entities=(pump,)),),
        processes=(Process(name="drain", step=step, efforts=(("fit", "rate"),)),),
    )
    network = a_network(a_task("fit", 30, per="pump"), a_task("level", 0, process="drain"), brings=brings)
    return failing(network, kind=FailureKind.MACHINE, of="P", **fields) if fields else network


@pytest.mark.parametrize(
    ("fields", "end_min"),
    [
        ({}, 120),  # 900 m³ at 600 m³/h
        ({"from_min": 60, "until_min": 100}, 160),  # 300 m³ by minute 60, nothing for 40 minutes, then 600 m³
        ({"from_min": 0, "until_min": 45}, 135),  # fitted at 30, runs from 45
        ({"from_min": 200}, 120),  # it breaks when all is done
    ],
)
def test_a_broken_pump_takes_its_rate_away_until_it_is_mended(fields: dict, end_min: float):
    network = drained(**fields)
    assert story(network, played(network))["level"] == (0, pytest.approx(end_min))


def test_a_pump_that_stays_broken_never_lets_anybody_in():
    network = drained(from_min=60)
    assert story(network, played(network))["level"] == "unfinished"


def test_a_failure_of_nothing_is_refused():
    for kind in FailureKind:
        with pytest.raises(SimError, match="must name something of the network"):
            failing(call_and_messenger(), kind=kind, of="nobody")


@pytest.mark.parametrize("fields", [{"until_min": 0}, {"from_min": -1}, {"of": ""}, {"units": -1}])
def test_a_failure_that_cannot_be_is_refused(fields: dict):
    with pytest.raises(SimError):
        Failure(**{"kind": FailureKind.LINE, "of": "lines", **fields})


@given(
    seed=st.integers(0, 2**32),
    from_min=st.floats(0, 60),
    lasting=st.floats(1, 60),
    kind=st.sampled_from([FailureKind.LINE, FailureKind.ROAD]),
)
def test_a_failure_changes_nobodys_luck(seed: int, from_min: float, lasting: float, kind: FailureKind):
    task_kind = TaskKind.NOTIFY if kind is FailureKind.LINE else TaskKind.TRAVEL
    network = a_network(a_task("go", LAW, per="village", kind=task_kind), a_task("other", LAW), brings=VILLAGES)
    hit = failing(network, kind=kind, of="A", from_min=from_min, until_min=from_min + lasting)
    before, after = played(network, seed), played(hit, seed)
    assert [p.worked for p in before.passages] == [p.worked for p in after.passages]
    assert all(a.start >= b.start for b, a in zip(before.passages, after.passages, strict=True))


def test_no_failures_leave_the_network_as_it_is():
    network = drained()
    assert with_failures(network, ()) is network


def test_an_event_without_failures_keeps_the_plain_form_it_had():
    assert "failures" not in plain(an_event())
    told = an_event(failures=(Failure(kind=FailureKind.ROAD, of="A"),))
    assert unplain(Scenario, plain(told)) == told
    assert digest(told) != digest(an_event())


def test_a_study_of_an_event_lays_its_failures_on_the_network():
    question = a_question(a_task("order", 5, pool="commander"), pools=(a_pool("commander"),))
    absent = an_event(failures=(Failure(kind=FailureKind.COMMANDER, of="commander", until_min=30),))
    other = type(question)(procedure=question.procedure, scenario=absent, resources=question.resources)
    other.__dict__["contribution"] = Contribution()
    assert story(other.network, played(other.network)) == {"order": (30, 35)}
    assert other.digest != question.digest
