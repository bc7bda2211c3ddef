"""A run told for showing adds up: stretches to lives, lines to waits, people to all of them."""

from __future__ import annotations

from collections import Counter

import pytest

from sim.chain import breakdown
from sim.log import What
from sim.reference_engine import play
from sim.telling import area, events, people, pool_stories, stretches
from sim.ticks import TICKS_PER_MIN
from sim.validation.random_networks import MIXTURES, a_random_network
from tests.plans_repo.packs.test_packs import question
from tests.sim.builders import a_network, a_pool, a_task, played


def in_minutes(levels):
    return [(level.tick // TICKS_PER_MIN, level.count) for level in levels]


def test_two_tasks_and_one_unit_are_told_minute_by_minute():
    network = a_network(a_task("one", 3, pool="u"), a_task("two", 4, pool="u"), pools=(a_pool("u"),))
    run = played(network)
    told = [[(each.cause, each.ticks // TICKS_PER_MIN) for each in node] for node in stretches(network, run)]
    assert told == [[("work", 3)], [("pool:u", 3), ("work", 4)]]
    (story,) = pool_stories(network, run)
    assert (in_minutes(story.held), in_minutes(story.line)) == ([(0, 1), (7, 0)], [(0, 1), (3, 0)])
    assert in_minutes(story.units) == [(0, 1)]


@pytest.mark.parametrize("mixture", MIXTURES)
def test_stretches_fill_every_life_and_lines_sum_to_the_waits(mixture: str):
    for seed in range(200, 230):
        network = a_random_network(MIXTURES[mixture], seed)
        run = play(network, seed=seed, replication=1)
        told = stretches(network, run)
        for node, life in enumerate(told):
            finish = min(run.passages[node].finish, network.horizon)
            assert [each.start for each in life] == [0, *(each.end for each in life)][: len(life)]
            assert sum(each.ticks for each in life) == finish
            assert by_cause(life) == by_cause(breakdown(network, run, node))
        for pool, story in enumerate(pool_stories(network, run)):
            waits = sum(
                ticks
                for passage, node in zip(run.passages, network.nodes, strict=True)
                for _, ticks in passage.waits
                if pool in {demand.pool for demand in node.demands}
            )
            assert area(story.line, network.horizon) == waits
            assert min(level.count for level in story.line) >= 0


def by_cause(shares):
    """Ticks by cause; the wait for a clock is one for predecessors in the sums of a node."""
    sums = Counter()
    for each in shares:
        sums["predecessor" if each.cause == "clock" else each.cause] += each.ticks
    return +sums


def test_the_people_of_the_night_flood_are_all_somewhere_at_every_tick():
    asked = question("river-plain-night")
    network, run = asked.network, play(asked.network, seed=3, replication=2)
    weighed = [aims for aims in asked.aims if aims.aims and people(network, run, aims)]
    assert weighed
    for aims in weighed:
        levels = people(network, run, aims)
        assert len({level.total for level in levels}) == 1
        assert min(min(level.waiting, level.under_way, level.safe, level.missed) for level in levels) >= 0


def test_every_entry_is_an_event_and_those_of_tasks_name_the_clause():
    asked = question("river-plain-night")
    run = play(asked.network, seed=3, replication=2)
    told = list(events(asked.network, run, asked.procedure))
    assert [event.tick for event in told] == [entry.tick for entry in run.entries]
    assert {event.name for event in told if event.what is What.DONE} <= set(asked.network.of_task)
    clauses = {task.id: task.clause for task in asked.procedure.tasks}
    assert all(event.clause == clauses[event.name] for event in told if event.what is What.STARTED)
