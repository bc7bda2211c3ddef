"""A batch by the kernel is the reference engine's, number for number, whatever pieces it is played in."""

from dataclasses import fields, replace

import numpy as np
import pytest

from sim.batch import Batch, labels_of, reference_batch
from sim.durations import Duration, Fixed, Lognormal
from sim.kernel.batching import kernel_batch
from sim.kernel.layout import laid_out
from sim.kernel.playing import kernel_play
from sim.kernel.scaling import rescaled
from sim.procedure import Need, Target, TargetKind, Task
from sim.question import Question
from sim.reference_engine import play
from sim.validation.random_networks import MIXTURES, a_random_network
from sim.validation.spans import spans_of
from sim.variants import Scaled
from tests.plans_repo.packs.test_packs import SCENARIOS, question
from tests.sim.asking import an_event, ask
from tests.sim.builders import a_pool, a_procedure, a_task, exponential

RUNS = 4


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_shipped_scenario_says_the_same(name: str) -> None:
    asked = question(name)
    assert kernel_batch(asked, seed=3, first=700_005, runs=RUNS).is_same(
        reference_batch(asked, seed=3, first=700_005, runs=RUNS)
    )


def about(mixture: str, seed: int) -> Question:
    """A question about a random network, with a limit, a margin-less share and a limit from another task."""
    network = a_random_network(MIXTURES[mixture], seed)
    tasks = tuple(network.of_task)
    targets = (
        Target(id="last", title="末项", task=tasks[-1], limit_min=9),
        Target(id="share", title="比例", task=tasks[0], limit_min=12, kind=TargetKind.SHARE, share=0.6),
        Target(id="after", title="其后", task=tasks[-1], limit_min=4, starts=tasks[0]),
    )
    procedure = a_procedure(*(a_task(task) for task in tasks), targets=targets)
    asked = ask(procedure)
    asked.__dict__["network"] = network
    return asked


@pytest.mark.parametrize("mixture", MIXTURES)
def test_random_networks_say_the_same(mixture: str) -> None:
    for seed in range(100, 115):
        asked = about(mixture, seed)
        expected, found = (batch(asked, seed=9, first=0, runs=RUNS) for batch in (reference_batch, kernel_batch))
        assert found.is_same(expected), (mixture, seed)


def test_pieces_make_the_whole() -> None:
    asked = question("gas-explosion-face")
    whole = kernel_batch(asked, seed=1, first=0, runs=12)
    pieces = [kernel_batch(asked, seed=1, first=first, runs=4) for first in (8, 0, 4)]
    by_run = sorted(pieces, key=lambda piece: piece.first)
    assert np.array_equal(whole.ticks, np.concatenate([piece.ticks for piece in by_run]))
    assert np.array_equal(whole.chains, total(pieces, "chains"))
    assert np.array_equal(whole.waits, total(pieces, "waits"))


def often_preempted() -> Question:
    """Patrols that calls keep interrupting: more events at once than there are nodes."""
    patrols = [a_task(f"patrol{place}", 700, pool="crew", priority=9, preemptible=True) for place in range(3)]
    calls: list[Task] = []
    for place in range(32):
        ring = Duration(law=Lognormal(median_min=300, sigma=1.0))
        calls.append(a_task(f"ring{place}", ring))
        whole = (Need(pool="crew", units=3),)
        calls.append(a_task(f"call{place}", exponential(0.5), f"ring{place}", needs=whole))
    targets = tuple(Target(id=f"t{place}", title="接通", task=f"call{place}", limit_min=60) for place in range(32))
    crew = a_pool("crew", 3, preemptible=True)
    return ask(a_procedure(*patrols, *calls, pools=(crew,), targets=targets), an_event(horizon_min=3000))


def test_runs_that_outgrow_the_room_for_events_are_counted_like_all_others() -> None:
    asked = often_preempted()
    first, runs = 4, 5
    whole = kernel_batch(asked, seed=5, first=first, runs=runs)
    assert whole.is_same(reference_batch(asked, seed=5, first=first, runs=runs))


def total(pieces: list[Batch], name: str) -> np.ndarray:
    return np.asarray(sum(getattr(piece, name) for piece in pieces))


def test_no_runs_are_an_empty_batch() -> None:
    assert kernel_batch(question("gas-explosion-face"), seed=1, first=0, runs=0).runs == 0


@pytest.mark.parametrize("mixture", ["plain", "retries", "works"])
def test_a_network_whose_tasks_take_longer_is_laid_out_to_the_byte(mixture: str) -> None:
    for seed in range(200, 210):
        network = about(mixture, seed).network
        factors = {task: 0.3 + 0.7 * place for place, task in enumerate(network.of_task) if place % 2}
        found = rescaled(network, laid_out(network, events=40, entries=0), factors)
        longer = Scaled(about(mixture, seed), factors)
        anew = laid_out(longer.network, events=40, entries=0)
        assert found is not None
        assert (found.m.tobytes(), found.x.tobytes()) == (anew.m.tobytes(), anew.x.tobytes())
        expected, batch = (play(longer, seed=9, first=0, runs=RUNS) for play in (reference_batch, kernel_batch))
        assert batch.is_same(expected), (mixture, seed)


def test_nodes_that_come_to_take_the_same_are_laid_out_anew() -> None:
    asked = about("crowds", 200)
    nodes = (replace(node, law=Fixed(minutes=2.0), success_share=1.0) for node in asked.network.nodes)
    network = asked.__dict__["network"] = replace(asked.network, nodes=tuple(nodes))
    nothing = dict.fromkeys(network.of_task, 0.0)
    assert rescaled(network, laid_out(network, events=40, entries=0), nothing) is None
    batches = (play(Scaled(asked, nothing), seed=9, first=0, runs=RUNS) for play in (reference_batch, kernel_batch))
    assert next(batches).is_same(next(batches))


def test_what_passes_after_a_final_failure_is_lost_to_it_by_both_engines() -> None:
    tasks = (a_task("ask", 5), a_task("try", 5, "ask", success_share=0.3), a_task("go", 5, "try"))
    target = Target(id="gone", title="到达", task="go", limit_min=60)
    asked = ask(a_procedure(*tasks, targets=(target,)), an_event(horizon_min=100))
    ours, reference = (batch(asked, seed=2, first=0, runs=20) for batch in (kernel_batch, reference_batch))
    assert ours.is_same(reference)
    assert ours.chains[0, 1, labels_of(asked.network).index("failure")] % (90 * 60_000) == 0
    assert ours.chains[0, 1, labels_of(asked.network).index("failure")] > 0


@pytest.mark.parametrize("mixture", MIXTURES)
def test_a_run_by_columns_is_that_of_the_reference(mixture: str) -> None:
    network = a_random_network(MIXTURES[mixture], 7)
    ours, reference = (spans_of(network, engine, seed=3, replication=1) for engine in (kernel_play, play))
    for column in fields(ours):
        assert np.array_equal(getattr(ours, column.name), getattr(reference, column.name)), column.name
