"""Several events in one run: they share pools, keep their own clocks, and each task keeps its luck."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.compound import Compound, Part, question_of
from sim.durations import Duration, Lognormal
from sim.errors import SimError
from sim.failures import Failure, FailureKind
from sim.hazards.mine_accident import Drain
from sim.joining import later
from sim.procedure import Procedure, Task
from sim.question import Question
from sim.scenario import Arrival, ResourceSet, Scenario
from sim.steps import end_min
from sim.stopping import StopRule
from sim.study import run_study
from sim.suspects import prove, suspects
from sim.variants import with_units
from tests.sim.asking import a_target
from tests.sim.builders import a_pool, a_procedure, a_task, played, story
from tests.sim.hazards.events import INRUSH, RIVER, a_place, an_event

OWN = ResourceSet(id="own", title="own")
LAW = Duration(law=Lognormal(median_min=20, sigma=0.5))
VILLAGE = {
    "people": 100, "vulnerable": 40, "walk_m": 600, "road_km": 5, "boat_min": 30, "arrival_min": 300, "village_team": 1,
}  # fmt: skip
DIGEST_OF_THE_RIVER = "e6dceabc69a906e47c5abe9d9ecbac812d256e1a5aaf554366b784eeb0aa2b9c"
"""What an engine reads of the river alone; if it changes, stored studies no longer come out as they did."""


def river(**fields) -> Scenario:
    return an_event("river", RIVER | {"arrival_sigma": 0.2}, a_place("village", "V", **VILLAGE), **fields)


def flood_procedure(*more: Task, **fields) -> Procedure:
    told = a_task("told", LAW, per="village", pool="phone")
    ride = a_task("ride", LAW, "told", per="group", only="by_bus", gate="road", until="last_bus", pool="bus")
    pools = (a_pool("phone", 1), a_pool("bus", 2), a_pool("village_team", 1))
    return a_procedure(told, ride, *more, pools=pools, **fields)


def two(start_min: float = 0.0, second: str = "second", **fields) -> Compound:
    parts = (Part(id="", scenario=river()), Part(id=second, scenario=river(), start_min=start_min))
    return Compound(id="two", title="两场洪水", parts=parts, horizon_min=2000, **fields)


def asked(compound: Compound, *procedures: Procedure, resources: ResourceSet = OWN):
    names = [part.id for part in compound.parts]
    given = procedures or (flood_procedure(),) * len(names)
    return question_of(compound, dict(zip(names, given, strict=True)), resources)


def test_one_event_alone_is_the_network_it_always_was():
    compound = Compound(id="one", title="一场", parts=(Part(id="", scenario=river()),), horizon_min=1000)
    alone = Question(procedure=flood_procedure(), scenario=river(), resources=OWN)
    assert asked(compound).network.digest == alone.network.digest


def test_a_known_network_keeps_its_digest():
    alone = Question(procedure=flood_procedure(), scenario=river(), resources=OWN)
    assert alone.network.digest == DIGEST_OF_THE_RIVER


def test_a_pool_of_both_plans_is_one_pool_and_a_village_keeps_its_own_team():
    network = asked(two(), flood_procedure(), flood_procedure()).network
    assert [pool.id for pool in network.pools] == ["phone", "bus", "village_team", "village_team"]


def test_the_second_plan_starts_with_what_the_first_has_left():
    first, second = (a_procedure(a_task(name, 60, pool="team"), pools=(a_pool("team"),)) for name in ("A", "B"))
    network = asked(two(start_min=10), first, second).network
    assert story(network, played(network)) == {"A": (0, 60), "second:B": (60, 120)}


def test_of_two_counts_of_one_pool_the_larger_holds():
    first, second = (a_procedure(a_task("A", 60, pool="team"), pools=(a_pool("team", n),)) for n in (1, 3))
    question = asked(two(), first, second)
    assert question.network.pools[0].units == 3
    assert [pool.units for pool in question.procedure.pools] == [3]  # and that is what is told
    assert [(apart.pool.units, apart.units) for apart in question.counts_apart] == [(3, (("", 1), ("second", 3)))]


def test_nothing_is_said_of_pools_whose_counts_agree_or_that_serve_one_place():
    assert asked(two(), flood_procedure(), flood_procedure()).counts_apart == ()
    same = ResourceSet(id="set", title="set", units=(("team", 2),))
    first, second = (a_procedure(a_task("A", 60, pool="team"), pools=(a_pool("team", n),)) for n in (1, 3))
    assert asked(two(), first, second, resources=same).counts_apart == ()


def test_what_two_plans_call_alike_is_told_with_its_event():
    first = a_procedure(a_task("A", 60), a_task("B", 60), targets=(a_target("A", 90), a_target("B", 90)))
    second = a_procedure(a_task("A", 60), targets=(a_target("A", 90),))
    other = replace(two(), parts=(two().parts[0], Part(id="town", scenario=replace(river(), title="内涝"))))
    procedure = asked(other, first, second).procedure
    assert [task.title for task in procedure.tasks] == ["A（event）", "B", "A（内涝）"]
    assert [target.title for target in procedure.targets] == ["A（event）", "B", "A（内涝）"]
    again = asked(two(), first, second).procedure  # the same flood twice: the part tells them apart
    assert [task.title for task in again.tasks] == ["A（event）", "B", "A（event second）"]


def test_two_kinds_of_one_pool_are_refused():
    first = a_procedure(a_task("A", 60, pool="team"), pools=(a_pool("team"),))
    second = a_procedure(a_task("A", 60, pool="team"), pools=(a_pool("team", kind="vehicle"),))
    with pytest.raises(SimError, match="pool team"):
        _ = asked(two(), first, second).network


@pytest.mark.parametrize("start_min", [0, 45])
def test_a_task_keeps_the_luck_of_its_own_network(start_min: float):
    alone = Question(procedure=flood_procedure(), scenario=river(), resources=OWN).network
    other = a_procedure(a_task("elsewhere", LAW, pool="team"), pools=(a_pool("team"),))
    parts = (Part(id="rain", scenario=river()), Part(id="later", scenario=river(), start_min=start_min))
    compound = Compound(id="c", title="链", parts=parts, horizon_min=1000 + start_min)
    joined = asked(compound, other, flood_procedure()).network
    for replication in range(20):
        before, after = (played(network, 7, replication) for network in (alone, joined))
        place = {node.name: index for index, node in enumerate(joined.nodes)}
        for index, node in enumerate(alone.nodes):
            passage = after.passages[place[f"later:{node.task}@later:{node.entity}"]]
            assert passage.worked == before.passages[index].worked


def test_two_tasks_of_one_name_do_not_share_their_luck():
    network = asked(two()).network
    first, second = (network.of_task[name][0] for name in ("told", "second:told"))
    assert network.nodes[first].who != network.nodes[second].who
    run = played(network)
    assert run.passages[first].worked != run.passages[second].worked


def test_the_clocks_of_one_flood_stay_together_in_a_compound():
    network = asked(two()).network
    keys: dict[str, set[int]] = {}
    for moment in network.moments:
        if moment.law is not None:
            keys.setdefault(moment.name.partition(":")[0] if ":" in moment.name else "", set()).add(moment.who)
    assert [len(keys[part]) for part in ("", "second")] == [1, 1]
    assert keys[""] != keys["second"]


def test_an_event_that_begins_later_is_the_same_event_later():
    compound = Compound(
        id="later", title="后", parts=(Part(id="b", scenario=river(), start_min=100),), horizon_min=1100
    )
    alone = Question(procedure=flood_procedure(), scenario=river(), resources=OWN).network
    moved = asked(compound).network
    for replication in range(20):
        before, after = played(alone, 3, replication), played(moved, 3, replication)
        for old, new in zip(before.passages, after.passages, strict=True):
            assert new.outcome is old.outcome
            if old.is_done:
                assert new.finish == pytest.approx(old.finish + 100 * 60_000, abs=2)


def test_a_promise_counts_from_the_beginning_of_its_own_event():
    procedure = flood_procedure(targets=(a_target("told", 30),))
    compound = Compound(id="c", title="后", parts=(Part(id="b", scenario=river(), start_min=100),), horizon_min=1100)
    question = asked(compound, procedure)
    (aims,) = question.aims
    run = played(question.network)
    node = question.network.of_task["b:told"][0]
    assert aims.measure(run).ticks == run.passages[node].finish - 100 * 60_000


def test_a_district_that_floods_later_holds_what_it_should_when_its_time_comes():
    step = Drain(start_m3=500, inflow_m3_h=600, inflow_stops_min=60, residual_m3_h=60, entry_m3=100)
    moved = later(step, 90)
    alone = end_min(step.form, step.begin(), 0.0, 660.0)
    assert alone is not None
    assert end_min(moved.form, moved.begin(), 0.0, 0.0) is None
    # nobody pumps before minute 90: then the water of minute 0 stands there and the pumps begin
    at_begin = (moved.begin()[0] + 600 * 90 / 60,)
    assert at_begin == pytest.approx((500,))
    assert end_min(moved.form, at_begin, 90.0, 660.0) == pytest.approx(alone + 90)


def test_pumping_a_later_flood_takes_as_long_as_pumping_it_alone():
    pump = a_place("pump", "P", rate_m3_h=600, borrow_min=0, fit_min=30)
    values = INRUSH | {"inflow_m3_h": 1200, "inflow_stops_min": 20, "residual_m3_h": 120}
    event = an_event("water_inrush", values, pump)
    tasks = (a_task("W5", 30, per="pump"), a_task("level", 0, process="drain"))
    compound = Compound(id="c", title="后", parts=(Part(id="b", scenario=event, start_min=200),), horizon_min=5000)
    alone = Question(procedure=replace(a_procedure(*tasks), hazard=event.hazard), scenario=event, resources=OWN).network
    moved = asked(compound, replace(a_procedure(*tasks), hazard=event.hazard)).network
    start, end = story(alone, played(alone))["level"]
    assert story(moved, played(moved))["b:level"] == (start + 200, pytest.approx(end + 200))


def test_a_failure_of_a_part_is_counted_from_its_beginning():
    cut = river(failures=(Failure(kind=FailureKind.COMMANDER, of="phone", until_min=30),))
    compound = Compound(id="c", title="后", parts=(Part(id="b", scenario=cut, start_min=100),), horizon_min=1100)
    network = asked(compound).network
    assert [(change.at_min, change.units) for change in network.pools[0].changes] == [(100, -1), (130, 1)]


def test_a_study_of_two_events_judges_the_promises_of_both_and_proves_what_holds_them_back():
    procedure = flood_procedure(targets=(a_target("told", 30),))
    question = asked(two(), procedure, procedure)
    found, chunk = run_study(question, seed=1, rule=StopRule(runs=40))
    assert [result.target.id for result in found.targets] == ["told", "second:told"]
    assert found.targets[1].p_met < found.targets[0].p_met  # one line for two villages, and the first goes first
    held = next(s for s in suspects(chunk, short={"second:told"}) if s.cause == "pool:phone")
    saving = prove(question, held, seed=1, runs=40)
    assert saving.mean_min is not None
    assert saving.mean_min > 0


def test_stock_that_comes_later_is_there_when_it_comes():
    procedure = a_procedure(a_task("A", 5, pool="tents"), pools=(a_pool("tents", 0),))
    late = ResourceSet(
        id="r", title="代储", arrivals=(Arrival(pool="tents", units=3, at_min=180, readiness_share=0.5),)
    )
    network = Question(procedure=procedure, scenario=river(), resources=late).network
    assert [(change.at_min, change.units) for change in network.pools[0].changes] == [(180, 1)]
    assert story(network, played(network)) == {"A": (180, 185)}


@pytest.mark.parametrize(
    "parts",
    [
        (),
        (Part(id="", scenario=river()), Part(id="", scenario=river())),
        (Part(id="", scenario=river(), start_min=2000),),
    ],
)
def test_a_compound_that_cannot_be_is_refused(parts: tuple[Part, ...]):
    with pytest.raises(SimError):
        Compound(id="c", title="链", parts=parts, horizon_min=1000)


def test_a_part_without_a_procedure_is_refused():
    with pytest.raises(SimError, match="second"):
        question_of(two(), {"": flood_procedure()}, OWN)


def test_a_name_of_a_part_has_no_sign_of_the_names_it_makes():
    with pytest.raises(SimError, match="must have none of"):
        Part(id="a:b", scenario=river())


def test_other_units_change_what_all_parts_draw_on():
    first, second = (a_procedure(a_task(name, 60, pool="team"), pools=(a_pool("team"),)) for name in ("A", "B"))
    question = asked(two(start_min=10), first, second)
    more = with_units(question, [("team", 2)])
    assert story(question.network, played(question.network)) == {"A": (0, 60), "second:B": (60, 120)}
    assert story(more.network, played(more.network)) == {"A": (0, 60), "second:B": (10, 70)}
    assert more.procedure.pool("team").units == 2
    assert more.digest != question.digest


def test_another_procedure_or_value_changes_its_own_part():
    first, second = (a_procedure(a_task(name, 60, pool=f"team{name}"), pools=(a_pool(f"team{name}"),)) for name in "AB")
    question = asked(two(start_min=10), first, second)
    slower = question.with_procedures({"second": second.with_tasks([replace(second.task("B"), duration=LAW)])})
    run = played(slower.network)
    assert story(slower.network, run)["A"] == (0, 60)
    assert story(slower.network, run)["second:B"] != (10, 70)
    earlier = question.with_values({"second:water_falls_min": 500.0})
    strikes = {moment.name: moment.base_min + moment.offset_min for moment in earlier.network.moments}
    assert (strikes["water_falls"], strikes["second:water_falls"]) == (900, 510)
    with pytest.raises(SimError, match="third:water_falls_min"):
        question.with_values({"third:water_falls_min": 500.0})
