"""Laws every run obeys, on random networks with pools, gates, joins, failures and preemption."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from sim.chain import breakdown, chain, lost_time
from sim.durations import Duration, Fixed, Uniform
from sim.hazards.contribution import Clock, Contribution, Gate
from sim.log import What
from sim.network import NOBODY, Network
from sim.procedure import After, Change, Join, JoinKind, Need, Outcome, PoolRule
from tests.sim.builders import a_network, a_pool, a_task, played

BRINGS = Contribution(
    clocks=(Clock(name="open", base_min=7), Clock(name="shut", base_min=19)),
    gates=(
        Gate(name="late", cause="gas", is_open=False, opens="open"),
        Gate(name="early", cause="road", closes="shut"),
    ),
)
DURATIONS = st.sampled_from([0.0, 1.0, 2.0, 5.0])


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """Up to ten tasks over three pools; half of them dense in preemption, half with everything else."""
    is_dense = draw(st.booleans())
    pools = tuple(
        a_pool(
            name,
            draw(st.integers(1, 2) if is_dense else st.integers(0, 3)),
            rule=draw(st.sampled_from(PoolRule)),
            preemptible=is_dense or draw(st.booleans()),
            changes=draw(st.sampled_from([(), (Change(at_min=4, units=1),), (Change(at_min=3, units=-1),)])),
        )
        for name in ("p", "q", "r")
    )
    names = [f"t{number}" for number in range(draw(st.integers(1, 10)))]
    tasks = [draw(contender(names[:n]) if is_dense else anything(names[:n])) for n in range(len(names))]
    return a_network(*tasks, pools=pools, brings=BRINGS, horizon_min=draw(st.sampled_from([9, 40, 400])))


@st.composite
def contender(draw: st.DrawFn, names: list[str]):
    """A preemptible task that wants one of few units, the later the more urgent."""
    before = draw(st.lists(st.sampled_from(names), max_size=1)) if names else []
    return a_task(
        f"t{len(names)}",
        draw(st.sampled_from([1.0, 3.0, 8.0])),
        *before,
        needs=(Need(pool=draw(st.sampled_from(["p", "q"])), units=draw(st.integers(1, 2))),),
        preemptible=True,
        priority=draw(st.integers(0, 9 - len(names))),
    )


@st.composite
def anything(draw: st.DrawFn, names: list[str]):
    """A task with any join, gate, clock, pools, tries and chance of failure."""
    before = draw(st.lists(st.sampled_from(names), unique=True, max_size=3)) if names else []
    law = draw(st.one_of(DURATIONS.map(lambda m: Fixed(minutes=m)), st.just(Uniform(low_min=1, high_min=6))))
    preemptible = draw(st.booleans())
    pools = draw(st.lists(st.sampled_from(["p", "q", "r"]), unique=True, max_size=2))
    needs = tuple(
        Need(pool=pool, units=draw(st.integers(1, 2)), consumes=not preemptible and draw(st.booleans()))
        for pool in pools
    )
    return a_task(
        f"t{len(names)}",
        Duration(law=law),
        *(After(task=name) for name in before),
        join=draw(st.sampled_from([Join(), Join(kind=JoinKind.ANY)])) if before else Join(),
        needs=needs,
        preemptible=preemptible,
        priority=draw(st.integers(0, 3)),
        gate=draw(st.sampled_from(["", "", "late", "early"])),
        until=draw(st.sampled_from(["", "", "shut"])),
        tries=draw(st.integers(1, 2)),
        success_share=draw(st.sampled_from([1.0, 1.0, 0.5])),
    )


@given(networks(), st.integers(0, 2**40), st.integers(0, 5))
@settings(max_examples=250, deadline=None)
def test_v15_every_tick_of_every_task_has_a_label_and_they_add_up(network: Network, seed: int, replication: int):
    run = played(network, seed, replication)
    for node, passage in enumerate(run.passages):
        end = passage.finish if passage.outcome else network.horizon
        assert sum(share.ticks for share in breakdown(network, run, node)) == end
        whole = network.horizon if passage.outcome is Outcome.FAILED else end
        assert sum(share.ticks for share in lost_time(network, run, node)) == whole


@given(networks(), st.integers(0, 2**40), st.integers(0, 400))
@settings(max_examples=100, deadline=None)
def test_lost_time_from_any_start_adds_up_to_what_passed_since(network: Network, seed: int, begin_min: int):
    run = played(network, seed)
    begin = begin_min * 60_000
    for node, passage in enumerate(run.passages):
        is_over = passage.outcome not in (None, Outcome.FAILED)
        end = passage.finish if is_over else network.horizon
        assert sum(share.ticks for share in lost_time(network, run, node, begin)) == max(0, end - begin)


@given(networks(), st.integers(0, 2**40))
@settings(max_examples=150, deadline=None)
def test_units_in_use_never_exceed_those_there_are_when_a_task_starts(network: Network, seed: int):
    free = [pool.units for pool in network.pools]
    for entry in played(network, seed).entries:
        if entry.what is What.CAPACITY_CHANGED:
            free[entry.index] += entry.value
        elif entry.what in (What.STARTED, What.DONE, What.FAILED, What.FAILED_ONCE, What.PREEMPTED):
            sign = -1 if entry.what is What.STARTED else 1
            for demand in network.nodes[entry.index].demands:
                if sign < 0 or not demand.consumes:
                    free[demand.pool] += sign * demand.units
            if sign < 0:
                assert all(free[demand.pool] >= 0 for demand in network.nodes[entry.index].demands)


@given(networks(), st.integers(0, 2**40))
@settings(max_examples=150, deadline=None)
def test_nothing_starts_before_what_it_waits_for_nor_through_a_closed_gate(network: Network, seed: int):
    run = played(network, seed)
    doors = {index: door.is_open for index, door in enumerate(network.doors)}
    for entry in run.entries:
        if entry.what in (What.GATE_OPENED, What.GATE_CLOSED):
            doors[entry.index] = entry.what is What.GATE_OPENED
        elif entry.what is What.STARTED:
            node = network.nodes[entry.index]
            assert node.gate == NOBODY or doors[node.gate]
            ended = [run.passages[edge.node] for edge in node.edges]
            satisfied = sum(p.outcome is Outcome.DONE and p.finish <= entry.tick for p in ended)
            assert not ended or satisfied >= 1
            if node.join is JoinKind.ALL:
                assert all(p.outcome in (Outcome.DONE, Outcome.SKIPPED) and p.finish <= entry.tick for p in ended)


@given(networks(), st.integers(0, 2**40))
@settings(max_examples=60, deadline=None)
def test_the_same_arguments_give_the_same_log(network: Network, seed: int):
    assert played(network, seed) == played(network, seed)


@given(networks(), st.integers(0, 2**40))
@settings(max_examples=60, deadline=None)
def test_entries_stand_in_order_of_tick_round_and_phase(network: Network, seed: int):
    keys = [(entry.tick, entry.round, entry.phase) for entry in played(network, seed).entries]
    assert keys == sorted(keys)


@given(networks(), st.integers(0, 2**40))
@settings(max_examples=60, deadline=None)
def test_every_chain_ends_at_a_node_that_waited_for_nobody(network: Network, seed: int):
    run = played(network, seed)
    for node in range(len(network.nodes)):
        first = [*chain(network, run, node)][-1]
        passage = run.passages[first]
        stuck = passage.outcome is None and passage.ready > network.horizon
        assert passage.trigger == NOBODY or stuck or passage.outcome is not None


def test_the_random_networks_meet_every_kind_of_event():
    met: Counter[What] = Counter()

    @given(networks(), st.integers(0, 2**40))
    @settings(max_examples=600, deadline=None, database=None, derandomize=True)
    def look(network: Network, seed: int) -> None:
        met.update(entry.what for entry in played(network, seed).entries)

    look()
    assert all(met[what] >= 5 for what in What), met
