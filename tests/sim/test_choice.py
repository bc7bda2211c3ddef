"""The cheapest units that keep a promise are found, and nothing is believed of more units."""

from __future__ import annotations

import math
from itertools import product

import pytest
from scipy import stats

from sim.choice import Choice, Guarantee, Offer, choose
from sim.errors import SimError
from sim.question import Question
from sim.stopping import StopRule
from tests.sim.asking import a_question, a_target
from tests.sim.builders import a_pool, a_task, exponential
from tests.sim.test_comparison import graham

LIMIT = 6.0
BOATS, BUSES = 6, 3


def rides(assurance: float = 0.75) -> Question:
    """Six trips by boat and three by bus, each of a mean of one minute; all within the limit."""
    boats = [a_task(f"boat{n}", exponential(), pool="boat") for n in range(BOATS)]
    buses = [a_task(f"bus{n}", exponential(), pool="bus") for n in range(BUSES)]
    end = a_task("end", 0, *(task.id for task in (*boats, *buses)))
    target = a_target("end", LIMIT, assurance=assurance)
    return a_question(*boats, *buses, end, pools=(a_pool("boat"), a_pool("bus")), targets=(target,))


def within(jobs: int, crews: int, limit: float) -> float:
    """P(*jobs* exponential jobs end by the limit): a chain of exponential stages, exactly (matrix of its rates).

    While n jobs are left, they end at the rate min(n, crews).
    """
    steps = 5_000
    state = [0.0] * jobs + [1.0]
    for _ in range(steps):
        flow = [min(n, crews) * state[n] * limit / steps for n in range(jobs + 1)]
        state = [p - flow[n] + (flow[n + 1] if n < jobs else 0.0) for n, p in enumerate(state)]
    return state[0]


def test_the_exact_chance_agrees_with_closed_forms():
    assert within(2, 2, LIMIT) == pytest.approx((1 - math.exp(-LIMIT)) ** 2, abs=1e-3)
    assert within(2, 1, LIMIT) == pytest.approx(1 - math.exp(-LIMIT) * (1 + LIMIT), abs=1e-3)


def cheapest(assurance: float) -> dict[str, int]:
    boats = {units: within(BOATS, units, LIMIT) for units in (1, 2, 3)}
    buses = {units: within(BUSES, units, LIMIT) for units in (1, 2)}
    kept = [
        (3 * boat + 2 * bus, boat, bus) for boat, bus in product(boats, buses) if boats[boat] * buses[bus] >= assurance
    ]
    _, boat, bus = min(kept)
    return {"boat": boat, "bus": bus}


def found(question: Question, seed: int, most_runs: int = 400) -> Choice:
    offers = (Offer(pool="boat", least=1, most=3, cost=3.0), Offer(pool="bus", least=1, most=2, cost=2.0))
    return choose(question, offers, seed=seed, rule=StopRule(most_runs=most_runs))


def test_the_cheapest_set_is_found_for_at_least_95_of_100_seeds():
    question, right = rides(), cheapest(0.75)
    assert right == {"boat": 2, "bus": 1}  # neither the least nor the most of everything
    answers = [found(question, seed) for seed in range(100)]
    assert sum(answer.best is not None and dict(answer.best.units) == right for answer in answers) >= 95
    assert {answer.guarantee for answer in answers} <= {Guarantee.CHEAPEST, Guarantee.OPEN}


def test_an_answer_says_what_was_ruled_out_and_what_comes_next():
    answer = found(rides(), seed=1)
    assert answer.best
    assert answer.runner_up
    assert answer.best.cost < answer.runner_up.cost or answer.best.spare >= answer.runner_up.spare
    assert all(each.reached[0].high < 0.75 for each in answer.ruled_out)
    assert (("boat", 1), ("bus", 1)) in [each.units for each in answer.ruled_out]
    assert answer.best.reached[0].low >= 0.75
    assert answer.best.reached[0].confidence > 0.99  # α was divided among sets and looks


def test_what_no_set_reaches_is_said_to_be_reached_by_none():
    answer = found(rides(assurance=0.99), seed=1)
    assert (answer.best, answer.guarantee) == (None, Guarantee.NONE)
    assert len(answer.ruled_out) == answer.sets == 6


def test_three_crews_are_chosen_where_four_are_slower():
    answer = choose(graham(3), [Offer(pool="crew", least=3, most=4, cost=0)], seed=1, rule=StopRule(runs=100))
    assert answer.best
    assert answer.best.units == (("crew", 3),)
    assert [each.units for each in answer.ruled_out] == [(("crew", 4),)]


def test_of_very_many_sets_some_are_looked_at_and_the_answer_says_so():
    question = rides()
    offers = (Offer(pool="boat", least=1, most=40, cost=3.0), Offer(pool="bus", least=1, most=40, cost=2.0))
    answer = choose(question, offers, seed=1, rule=StopRule(most_runs=400))
    assert (answer.guarantee, answer.sets) == (Guarantee.FOUND, 1600)
    assert answer.best
    assert dict(answer.best.units) == cheapest(0.75)


def test_a_search_that_begins_in_vain_proves_nothing():
    offers = (Offer(pool="crew", least=3, most=400, cost=1.0),)
    answer = choose(graham(3), offers, seed=1, rule=StopRule(runs=100))
    assert answer.guarantee in (Guarantee.UNKNOWN, Guarantee.FOUND)


@pytest.mark.parametrize(
    ("offers", "code"),
    [
        ((), "name-missing"),
        ((("plane", 1, 2),), "pool-unknown"),
        ((("boat", 1, 2), ("boat", 1, 2)), "name-twice"),
        ((("boat", 2, 1),), "number-too-small"),
    ],
)
def test_offers_that_cannot_be_are_refused(offers: tuple[tuple[str, int, int], ...], code: str):
    with pytest.raises(SimError) as refused:
        choose(rides(), [Offer(pool=p, least=a, most=b, cost=1.0) for p, a, b in offers], seed=1)
    assert refused.value.code == code


def test_a_target_nobody_made_is_refused():
    with pytest.raises(SimError) as refused:
        choose(rides(), [Offer(pool="boat", least=1, most=2, cost=1.0)], seed=1, targets=["nothing"])
    assert refused.value.code == "target-not-measured"


def test_each_judgement_errs_no_more_often_than_the_level_it_was_given():
    """By the exact binomial law: at the bound an outcome so extreme has half of the level."""
    answer = found(rides(), seed=1)
    assert answer.best
    for judged in (answer.best, *answer.ruled_out):
        (reached,) = judged.reached
        met, tail = round(reached.p_met * judged.runs), (1 - reached.confidence) / 2
        if met:
            assert stats.binom.sf(met - 1, judged.runs, reached.low) == pytest.approx(tail, rel=1e-6)
        if met < judged.runs:
            assert stats.binom.cdf(met, judged.runs, reached.high) == pytest.approx(tail, rel=1e-6)
