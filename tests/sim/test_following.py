"""A part that follows a clock of an earlier one: in every run it begins when that clock has struck there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.compiling import compile_network
from sim.compound import Compound, Part, Trigger, set_off
from sim.durations import Fixed, Law, Uniform
from sim.errors import SimError
from sim.failures import Failure, FailureKind
from sim.hazards.contribution import Clock, Contribution
from sim.joining import Following, JoinedPart, join
from sim.kernel.playing import kernel_play
from sim.log import Run
from sim.network import Network
from sim.procedure import After, Outcome, TaskKind
from sim.reference_engine import play
from sim.ticks import ticks
from tests.sim.asking import a_target
from tests.sim.builders import a_pool, a_procedure, a_task, story
from tests.sim.hazards.events import INRUSH, a_place, an_event
from tests.sim.test_compound import asked, flood_procedure, river

LAG_MIN = 30
WATER = ("last_bus", "V")
"""The clock the chains of this file hang on: the last bus of village V, moved by the spread of the flood."""


def clocks(law: Law | None) -> Contribution:
    """One clock of that law around 100 minutes, and one half an hour later that shares its draw."""
    return Contribution(
        clocks=(
            Clock(name="level", base_min=100, law=law, draw_key="d"),
            Clock(name="peak", base_min=100, offset_min=30, law=law, draw_key="d"),
        )
    )


def joined(law: Law | None, *, of_second: Law | None = None) -> Network:
    """Two parts by hand: the second begins half an hour after the first one's level."""
    first = compile_network(a_procedure(a_task("A", 5, release="level")), clocks(law), horizon_min=2000)
    second = compile_network(
        a_procedure(a_task("B", 5), a_task("C", 5, release="peak")), clocks(of_second), horizon_min=2000
    )
    following = Following(clock="level", entity="", delay_min=LAG_MIN)
    return join(
        [
            JoinedPart(name="", start_min=0, network=first, own_pools=()),
            JoinedPart(name="b", start_min=0, network=second, own_pools=(), following=following),
        ]
    )


def both(network: Network, replication: int, seed: int = 5) -> Run:
    """The run, which both engines tell alike."""
    run = play(network, seed=seed, replication=replication)
    assert kernel_play(network, seed=seed, replication=replication) == run
    return run


def struck(network: Network, run: Run) -> dict[str, int]:
    return {moment.name: tick for moment, tick in zip(network.moments, run.moments, strict=True)}


def test_the_second_event_follows_the_first_in_every_run():
    network = joined(Uniform(low_min=0.5, high_min=1.5))
    levels = set()
    for replication in range(50):
        run = both(network, replication)
        at = struck(network, run)
        levels.add(at["level"])
        assert at["b:begins"] == at["level"] + ticks(LAG_MIN)
        assert at["b:level"] == at["b:begins"] + ticks(100)
        assert at["b:peak"] == at["b:begins"] + ticks(130)
        told = story(network, run)
        assert told["b:B"] == pytest.approx((at["b:begins"] / 60_000, at["b:begins"] / 60_000 + 5))
        assert told["b:C"] == pytest.approx((at["b:peak"] / 60_000, at["b:peak"] / 60_000 + 5))
    assert len(levels) == 50
    assert ticks(50) <= min(levels) < ticks(65) < ticks(135) < max(levels) <= ticks(150)


def test_the_clocks_of_the_second_event_keep_a_luck_of_their_own():
    law = Uniform(low_min=0.5, high_min=1.5)
    network, alone = joined(Fixed(minutes=1.0), of_second=law), joined(law)
    for replication in range(20):
        moved = struck(network, both(network, replication))
        first = struck(alone, both(alone, replication))
        assert moved["b:begins"] == ticks(130)
        assert moved["b:peak"] - moved["b:level"] == ticks(30)
        assert moved["b:level"] - moved["b:begins"] != first["level"]  # not the draw of the first event's clock


def chain(sigma: float, second=None, **trigger) -> Compound:
    """A flood, and another event half an hour after the last bus of its village."""
    flood = replace(
        river(),
        parameters=tuple(
            replace(one, figure=replace(one.figure, value=sigma)) if one.name == "arrival_sigma" else one
            for one in river().parameters
        ),
    )
    fields = {"clock": WATER[0], "entity": WATER[1], "delay_min": LAG_MIN} | trigger
    parts = (Part(id="", scenario=flood), Part(id="b", scenario=second or flood, trigger=Trigger(**fields)))
    return set_off(Compound(id="chain", title="链", parts=parts, horizon_min=4000))


def at_the_minute(compound: Compound) -> Compound:
    """The same event with every part at a fixed minute."""
    return replace(compound, parts=tuple(replace(part, follows=False) for part in compound.parts))


def test_a_clock_without_chance_gives_the_network_of_a_fixed_minute():
    compound = chain(0.0)
    assert [part.follows for part in compound.parts] == [False, False]
    assert compound.parts[1].start_min == 300 - 60 + LAG_MIN
    by_minute = replace(compound, parts=(compound.parts[0], replace(compound.parts[1], trigger=None)))
    assert asked(compound).network.digest == asked(by_minute).network.digest


def test_what_follows_a_follower_follows_too():
    compound = chain(0.2)
    third = Part(id="c", scenario=river(), trigger=Trigger(part="b", clock="water_falls"))
    again = set_off(replace(compound, parts=(*compound.parts, third)))
    assert [part.follows for part in again.parts] == [False, True, True]
    network = asked(again).network
    at = struck(network, both(network, 3))
    assert at["c:begins"] == at["b:water_falls"] == at["b:begins"] + ticks(900)
    assert at["b:begins"] == at["last_bus"] + ticks(LAG_MIN)


def test_without_spread_a_follower_does_what_it_does_at_the_minute():
    compound = chain(0.2)
    flat = replace(
        compound, parts=tuple(replace(part, scenario=chain(0.0).parts[0].scenario) for part in compound.parts)
    )
    following, fixed = asked(flat).network, asked(at_the_minute(set_off(flat))).network
    assert following.digest != fixed.digest
    for replication in range(10):
        one, other = (story(network, both(network, replication)) for network in (following, fixed))
        assert one.keys() == other.keys()
        assert all(
            one[name] == (other[name] if isinstance(other[name], str) else pytest.approx(other[name])) for name in one
        )


def test_a_promise_and_a_process_count_from_the_beginning_in_each_run():
    pump = a_place("pump", "P", rate_m3_h=600, borrow_min=0, fit_min=30)
    values = INRUSH | {"inflow_m3_h": 1200, "inflow_stops_min": 20, "residual_m3_h": 120}
    event = an_event("water_inrush", values, pump)
    tasks = (a_task("W5", 30, per="pump"), a_task("level", 0, process="drain"))
    mine = replace(a_procedure(*tasks, targets=(a_target("level", 300),)), hazard=event.hazard)
    question = asked(chain(0.2, event), flood_procedure(), mine)
    alone = asked(Compound(id="one", title="一", parts=(Part(id="", scenario=event),), horizon_min=4000), mine).network
    took = story(alone, both(alone, 0))["level"]
    (aims,) = question.aims
    begins = set()
    for replication in range(10):
        run = both(question.network, replication)
        begin = struck(question.network, run)["b:begins"]
        begins.add(begin)
        found = story(question.network, run)["b:level"]
        assert found == (begin / 60_000 + took[0], pytest.approx(begin / 60_000 + took[1]))
        assert aims.measure(run).ticks == pytest.approx(ticks(took[1]), abs=2)
    assert len(begins) == 10


@pytest.mark.parametrize(
    ("failure", "task"),
    [
        (Failure(kind=FailureKind.COMMANDER, of="phone", until_min=45), "b:told@b:V"),
        (Failure(kind=FailureKind.LINE, of="V", until_min=45), "b:told@b:V"),
    ],
)
def test_a_failure_of_a_follower_counts_from_its_beginning(failure: Failure, task: str):
    told = a_task("told", 20, per="village", pool="phone", kind=TaskKind.NOTIFY)
    procedure = a_procedure(told, pools=(a_pool("phone", 1),))
    compound = chain(0.2, replace(river(), failures=(failure,)))
    network = asked(compound, procedure, procedure).network
    for replication in range(10):
        run = both(network, replication)
        begin = struck(network, run)["b:begins"] / 60_000
        assert story(network, run)[task] == (pytest.approx(begin + 45), pytest.approx(begin + 65))


def test_a_line_of_a_later_part_that_is_dead_for_good_is_given_up_there_too():
    told = a_task("told", 20, per="village", kind=TaskKind.NOTIFY, success_share=0.99)
    messenger = a_task("messenger", 60, After(task="told", when=Outcome.FAILED), per="village")
    procedure = a_procedure(told, messenger)
    dead = replace(river(), failures=(Failure(kind=FailureKind.LINE, of="V"),))
    for compound in (chain(0.2, dead), at_the_minute(chain(0.2, dead))):
        network = asked(compound, procedure, procedure).network
        run = both(network, 1)
        begin = struck(network, run)["b:begins"] / 60_000
        assert story(network, run)["b:messenger@b:V"] == (pytest.approx(begin + 20), pytest.approx(begin + 80))


def test_a_follower_without_a_trigger_is_refused():
    with pytest.raises(SimError, match="must say what it follows"):
        Part(id="b", scenario=river(), follows=True)
