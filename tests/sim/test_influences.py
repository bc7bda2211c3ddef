"""The figure a promise hangs on comes out first, and one it does not hang on comes out with nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.batch import Batch
from sim.errors import SimError
from sim.influences import Measure, Range, sways, varied
from sim.kernel.batching import kernel_batch
from sim.question import Question
from sim.variants import Scaled
from tests.sim.asking import a_question, a_target
from tests.sim.builders import a_task
from tests.sim.test_compound import OWN, flood_procedure, river

RANGES = (
    Range(name="long", low=0.5, high=2),
    Range(name="short", low=0.5, high=2),
    Range(name="aside", low=0.5, high=2),
)


def a_chain() -> Question:
    """Forty minutes, then ten; something else beside them that nothing waits for."""
    tasks = (a_task("long", 40), a_task("short", 10, "long"), a_task("aside", 5), a_task("end", 0, "short"))
    return a_question(*tasks, targets=(a_target("end", 60),))


def test_the_largest_duration_moves_the_response_most_and_what_lies_aside_nothing():
    found = sways(a_chain(), RANGES, target="end", seed=1, runs=2, measure=Measure.P90_MIN)
    assert [sway.range.name for sway in found.sways] == ["long", "short", "aside"]
    long, short, aside = found.sways
    assert found.base == 50
    assert (long.at_low, long.at_high, short.at_low, short.at_high) == (30, 90, 45, 60)
    assert (aside.width, aside.screening.effect, aside.influence) == (0, 0, None)


def test_shares_of_a_sum_are_those_of_its_parts():
    """Of a sum the share of each part is its own variance: 40² against 10² for factors of one law, 16 to 1."""
    found = sways(a_chain(), RANGES, target="end", seed=1, runs=2, measure=Measure.P90_MIN, sobol_rows=256)
    long, short, _ = (sway.influence for sway in found.sways)
    assert long
    assert short
    assert abs(long.alone - 16 / 17) <= max(0.05, long.alone_half)
    assert abs(short.alone - 1 / 17) <= max(0.05, short.alone_half)


def test_one_seed_gives_one_answer():
    one, two = (sways(a_chain(), RANGES, target="end", seed=1, runs=2, sobol_rows=8) for _ in range(2))
    assert one == two


def test_a_promise_nothing_can_break_hangs_on_nothing():
    question = a_chain()
    question = a_question(*question.procedure.tasks, targets=(a_target("end", 999),))
    found = sways(question, RANGES, target="end", seed=1, runs=2)
    assert [(sway.screening.effect, sway.influence) for sway in found.sways] == [(0, None)] * 3


def test_a_parameter_the_event_lacks_is_refused():
    with pytest.raises(SimError) as refused:
        varied(a_chain(), {Range(name="width", low=1, high=3, is_parameter=True): 3.0})
    assert refused.value.code == "number-missing"


def test_a_task_the_procedure_lacks_is_refused():
    with pytest.raises(SimError) as refused:
        sways(a_chain(), [Range(name="nothing", low=0.5, high=2)], target="end", seed=1, runs=2)
    assert refused.value.code == "task-unknown"


def test_steps_that_change_durations_alone_share_the_event_and_answer_as_if_it_were_laid_out_anew():
    flood = flood_procedure(targets=(a_target("ride", 200),))
    question = Question(procedure=flood, scenario=river(), resources=OWN)
    events: list[Question] = []

    def watched(asked: Question, **how: int) -> Batch:
        assert isinstance(asked, Scaled)
        events.append(asked.origin)
        batch = kernel_batch(asked, **how)
        anew = kernel_batch(Scaled(replace(asked.origin), asked.factors), **how)
        assert (batch.ticks.tobytes(), batch.met.tobytes()) == (anew.ticks.tobytes(), anew.met.tobytes())
        return batch

    moved = [Range(name=name, low=0.5, high=2) for name in ("told", "ride")]
    ranges = [Range(name="arrival_sigma", low=0.1, high=0.9, is_parameter=True), *moved]
    sways(question, ranges, target="ride", seed=1, runs=2, trajectories=2, sobol_rows=2, batch=watched)
    assert len({id(event) for event in events}) * 2 <= len(events)
