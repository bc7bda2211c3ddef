"""What a run means: who starts first, who waits for what, and how branches, gates and failures go."""

from __future__ import annotations

import pytest

from sim.chain import Follow, chain, lost_time
from sim.durations import Duration, Uniform
from sim.errors import SimError
from sim.hazards.contribution import Clock, Contribution, Entity, EntitySet, Gate, LocalPool
from sim.log import What, cause_names
from sim.procedure import After, Change, Join, JoinKind, Need, Outcome, PoolRule
from tests.sim.builders import a_network, a_pool, a_task, played, story

SKIPPED, FAILED = Outcome.SKIPPED, Outcome.FAILED


def test_v13_shared_unit_makes_the_second_branch_critical():
    tasks = (a_task("A", 4, pool="u"), a_task("B", 3, pool="u"), a_task("C", 2, "A"), a_task("D", 6, "B"))
    network = a_network(*tasks, pools=(a_pool("u"),))
    run = played(network)
    assert story(network, run) == {"A": (0, 4), "B": (4, 7), "C": (4, 6), "D": (7, 13)}
    assert run.passages[1].waits == ((0, 4 * 60_000),)
    assert [network.nodes[n].task for n in chain(network, run, 3, Follow.RESOURCES)] == ["D", "B", "A"]
    assert [network.nodes[n].task for n in chain(network, run, 3)] == ["D", "B"]


def test_v13_with_two_units_nobody_waits():
    tasks = (a_task("A", 4, pool="u"), a_task("B", 3, pool="u"), a_task("C", 2, "A"), a_task("D", 6, "B"))
    network = a_network(*tasks, pools=(a_pool("u", 2),))
    assert story(network, played(network))["D"] == (3, 9)


def test_lower_priority_number_goes_first_then_earlier_then_index():
    tasks = (
        a_task("busy", 5, pool="u"),
        a_task("late", 1, "tick", pool="u", priority=0),
        a_task("tick", 2),
        a_task("early", 1, pool="u", priority=1),
        a_task("twin", 1, pool="u", priority=1),
    )
    network = a_network(*tasks, pools=(a_pool("u"),))
    told = story(network, played(network))
    assert (told["late"], told["early"], told["twin"]) == ((5, 6), (6, 7), (7, 8))


@pytest.mark.parametrize(
    ("rule", "small_starts"),
    [(PoolRule.SHORT, 5), (PoolRule.STRICT, 5), (PoolRule.FREE, 0)],
)
def test_a_large_request_blocks_what_it_lacks_unless_the_pool_is_free(rule: PoolRule, small_starts: int):
    tasks = (
        a_task("holds", 4, pool="u"),
        a_task("large", 1, needs=(Need(pool="u", units=2),), priority=1),
        a_task("small", 1, pool="u", priority=2),
    )
    network = a_network(*tasks, pools=(a_pool("u", 2, rule=rule),))
    assert story(network, played(network))["small"] == (small_starts, small_starts + 1)


def test_a_strict_pool_blocks_also_what_the_head_has_enough_of():
    def network(rule: PoolRule):
        return a_network(
            a_task("meeting", 9, pool="boss"),
            a_task("convoy", 1, needs=(Need(pool="boss"), Need(pool="bus")), priority=1),
            a_task("trip", 1, pool="bus", priority=2),
            pools=(a_pool("boss", rule=rule), a_pool("bus")),
        )

    assert story(network(PoolRule.SHORT), played(network(PoolRule.SHORT)))["trip"] == (0, 1)
    assert story(network(PoolRule.STRICT), played(network(PoolRule.STRICT)))["trip"] == (10, 11)


def test_any_and_k_of_n_joins_start_at_the_deciding_predecessor():
    ends = (a_task("a", 1), a_task("b", 2), a_task("c", 3))
    network = a_network(
        *ends,
        a_task("any", 1, "a", "b", "c", join=Join(kind=JoinKind.ANY)),
        a_task("two", 1, "a", "b", "c", join=Join(kind=JoinKind.K_OF_N, need=2)),
        a_task("all", 1, "a", "b", "c"),
    )
    told = story(network, played(network))
    assert (told["any"], told["two"], told["all"]) == ((1, 2), (2, 3), (3, 4))


def test_a_closed_gate_holds_its_own_line_and_nobody_else():
    brings = Contribution(
        clocks=(Clock(name="falls", base_min=30),),
        gates=(Gate(name="gas", cause="gas", is_open=False, opens="falls"),),
    )
    network = a_network(
        a_task("enter", 2, pool="u", gate="gas"), a_task("other", 2, pool="u"), pools=(a_pool("u"),), brings=brings
    )
    run = played(network)
    assert story(network, run) == {"enter": (30, 32), "other": (0, 2)}
    waits = {cause_names(network)[cause]: ticks for cause, ticks in run.passages[0].waits}
    assert waits == {"gas:gas": 30 * 60_000}


def test_a_task_given_up_at_its_clock_hands_over_to_the_other_branch():
    brings = Contribution(
        clocks=(Clock(name="lost", base_min=10),), gates=(Gate(name="road", cause="road", closes="lost"),)
    )
    network = a_network(
        a_task("ready", 12),
        a_task("bus", 5, "ready", gate="road", until="lost"),
        a_task("boat", 7, After(task="bus", when=SKIPPED)),
        a_task("safe", 0, "bus", "boat", join=Join(kind=JoinKind.ANY)),
        brings=brings,
    )
    assert story(network, played(network)) == {
        "ready": (0, 12), "bus": "skipped", "boat": (10, 17), "safe": (17, 17),
    }  # fmt: skip


def test_a_branch_that_was_not_needed_is_skipped_and_an_and_does_not_wait_for_it():
    brings = Contribution(clocks=(Clock(name="lost", base_min=10),))
    network = a_network(
        a_task("bus", 5, until="lost"),
        a_task("boat", 7, After(task="bus", when=SKIPPED)),
        a_task("count", 1, "bus", "boat"),
        brings=brings,
    )
    assert story(network, played(network)) == {"bus": (0, 5), "boat": "skipped", "count": (5, 6)}


def test_last_failure_is_final_and_only_the_failure_branch_goes_on():
    network = a_network(
        a_task("call", 2, success_share=0.0, tries=3),
        a_task("go on", 1, "call"),
        a_task("messenger", 4, After(task="call", when=FAILED)),
    )
    run = played(network)
    assert story(network, run) == {"call": "failed", "go on": "unfinished", "messenger": (6, 10)}
    assert run.passages[0].attempts == 3
    assert [network.nodes[node].name for node in run.unfinished] == ["go on"]


def test_a_cut_in_capacity_never_interrupts_work_and_drains():
    pool = a_pool("u", 2, changes=(Change(at_min=1, units=-2), Change(at_min=20, units=1)))
    network = a_network(*(a_task(name, 5, pool="u") for name in "abc"), pools=(pool,))
    assert story(network, played(network)) == {"a": (0, 5), "b": (0, 5), "c": (20, 25)}


def test_consumables_are_not_returned_and_wait_for_replenishment():
    need = (Need(pool="beds", units=3, consumes=True),)
    pool = a_pool("beds", 4, changes=(Change(at_min=60, units=5),))
    network = a_network(a_task("first", 1, needs=need), a_task("second", 1, needs=need), pools=(pool,))
    assert story(network, played(network)) == {"first": (0, 1), "second": (60, 61)}


def test_a_graver_task_sends_a_preemptible_one_back_with_its_remaining_minutes():
    network = a_network(
        a_task("patrol", 10, pool="crew", priority=5, preemptible=True),
        a_task("alarm", 4),
        a_task("rescue", 3, "alarm", pool="crew", priority=0),
        pools=(a_pool("crew", preemptible=True),),
    )
    run = played(network)
    assert story(network, run) == {"patrol": (0, 13), "alarm": (0, 4), "rescue": (4, 7)}
    assert run.passages[0].worked == 10 * 60_000
    assert sum(entry.what is What.PREEMPTED for entry in run.entries) == 1


def test_zero_durations_open_new_rounds_of_the_same_instant():
    network = a_network(a_task("a", 0), a_task("b", 0, "a"), a_task("c", 0, "b"))
    run = played(network)
    assert [(entry.round, entry.what) for entry in run.entries if entry.what is What.DONE] == [
        (1, What.DONE),
        (2, What.DONE),
        (3, What.DONE),
    ]


def test_nothing_happens_at_the_horizon():
    network = a_network(a_task("a", 10), horizon_min=10)
    run = played(network)
    assert story(network, run) == {"a": "unfinished"}
    assert run.passages[0].worked == 10 * 60_000


def test_clocks_of_one_draw_strike_early_or_late_together():
    law = Uniform(low_min=0.5, high_min=1.5)
    clocks = tuple(Clock(name="water", entity="", base_min=base, law=law, draw_key="flood") for base in (100,))
    later = Clock(name="road", base_min=200, law=law, draw_key="flood", offset_min=-30)
    network = a_network(a_task("a"), brings=Contribution(clocks=(*clocks, later)))
    for replication in range(5):
        water, road = played(network, replication=replication).moments
        assert abs(road + 30 * 60_000 - 2 * water) <= 1


def test_bus_loads_wait_for_their_own_village_only():
    villages = EntitySet(name="village", entities=(Entity(key="V1", title="一村"), Entity(key="V2", title="二村")))
    loads = EntitySet(
        name="load", entities=tuple(Entity(key=f"{v}/b", title=v, parent=v, people=3) for v in ("V1", "V2"))
    )
    network = a_network(
        a_task("call", 5, per="village", pool="line"),
        a_task("ride", 10, "call", per="load"),
        a_task("clear", 0, "ride", per="village"),
        a_task("done", 0, "clear"),
        pools=(a_pool("line"),),
        brings=Contribution(sets=(villages, loads)),
    )
    told = story(network, played(network))
    assert told["ride@V1/b"] == (5, 15)
    assert told["ride@V2/b"] == (10, 20)
    assert (told["clear@V1"], told["clear@V2"], told["done"]) == ((15, 15), (20, 20), (20, 20))


def test_a_local_pool_serves_its_own_village_only():
    villages = EntitySet(name="village", entities=(Entity(key="V1", title="一村"), Entity(key="V2", title="二村")))
    local = (LocalPool(pool="team", entity="V1", units=1), LocalPool(pool="team", entity="V2", units=2))
    network = a_network(
        *(a_task(name, 4, per="village", pool="team") for name in ("knock", "carry")),
        pools=(a_pool("team", 9),),
        brings=Contribution(sets=(villages,), local_pools=local),
    )
    told = story(network, played(network))
    assert (told["carry@V1"], told["carry@V2"]) == ((4, 8), (0, 4))


def test_lost_time_adds_up_from_the_start_that_is_asked_for():
    network = a_network(
        a_task("first", 4, pool="u"), a_task("second", 3, pool="u"), a_task("end", 2, "second"), pools=(a_pool("u"),)
    )
    run = played(network)
    minutes = [(network.nodes[s.node].task, s.cause, s.ticks / 60_000) for s in lost_time(network, run, 2)]
    assert minutes == [("end", "work", 2), ("second", "work", 3), ("second", "pool:u", 4)]
    assert sum(share.ticks for share in lost_time(network, run, 2, begin=5 * 60_000)) == 4 * 60_000


def test_the_same_identity_draws_the_same_whatever_else_there_is():
    law = Duration(law=Uniform(low_min=1, high_min=9))
    alone = a_network(a_task("x", law))
    among = a_network(a_task("new", law), a_task("x", law))
    assert alone.nodes[0].who == among.nodes[1].who
    assert played(alone, 7, 3).passages[0].worked == played(among, 7, 3).passages[1].worked


@pytest.mark.parametrize(
    ("tasks", "code"),
    [
        ((a_task("a", 1, "b"), a_task("b", 1, "a")), "procedure-circular"),
        ((a_task("a", 1, "nobody"),), "task-unknown"),
        ((a_task("a", 1, pool="none"),), "pool-unknown"),
        ((a_task("a"), a_task("a")), "name-twice"),
        ((a_task("a"), a_task("b", 1, After(task="a", when=SKIPPED))), "task-unreachable"),
        ((a_task("a"), a_task("b", 1, After(task="a", when=FAILED))), "task-unreachable"),
    ],
)
def test_a_procedure_that_cannot_run_is_refused_when_built(tasks, code: str):
    with pytest.raises(SimError) as refusal:
        a_network(*tasks)
    assert refusal.value.code == code


def test_a_negative_duration_is_refused_with_the_value():
    with pytest.raises(SimError, match="got -1") as refusal:
        a_task("a", -1)
    assert refusal.value.code == "duration-negative"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"gate": "gas"}, "gate-unknown"),
        ({"per": "village"}, "entity-set-unknown"),
        ({"until": "dusk"}, "until-unknown"),
    ],
)
def test_what_the_event_does_not_bring_is_refused_when_compiled(fields, code: str):
    with pytest.raises(SimError) as refusal:
        a_network(a_task("a", 1, **fields))
    assert refusal.value.code == code


def test_what_passes_after_a_final_failure_is_lost_to_it():
    network = a_network(
        a_task("ask", 5), a_task("try", 5, "ask", success_share=0.0), a_task("go", 5, "try"), horizon_min=100
    )
    shares = lost_time(network, played(network), 2)
    told = [(network.nodes[share.node].task, share.cause, share.ticks / 60_000) for share in shares]
    assert told == [("try", "failure", 90), ("try", "work", 5), ("ask", "work", 5)]
