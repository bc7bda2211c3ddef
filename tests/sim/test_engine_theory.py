"""The engine against theory: exact means inside the interval of a long run."""

from __future__ import annotations

from fractions import Fraction

import pytest

from sim.chain import Follow, chain
from sim.network import Network
from sim.statistics import Sums
from tests.sim import theory
from tests.sim.builders import a_network, a_pool, a_task, exponential, played

ALPHA = 0.001


def spans(network: Network, runs: int) -> list[int]:
    """Ticks until everything was done, run by run."""
    return [max(p.finish for p in played(network, 2026, n).passages) for n in range(runs)]


def holds(ticks: list[int], minutes: float, within_share: float) -> bool:
    """Whether the 99.9 % interval of the mean holds the value and is narrow enough to mean something."""
    interval = Sums.of(ticks).t_interval(ALPHA)
    return interval.holds(minutes * 60_000) and interval.half_width <= within_share * minutes * 60_000


@pytest.mark.parametrize(("tasks", "crews", "runs"), [(20, 4, 6000), (50, 5, 3000)])
def test_v10_exponential_tasks_on_identical_crews(tasks: int, crews: int, runs: int):
    network = a_network(
        *(a_task(f"t{i}", exponential(), pool="crew") for i in range(tasks)), pools=(a_pool("crew", crews),)
    )
    ticks = spans(network, runs)
    assert holds(ticks, float(theory.makespan_mean(tasks, crews)), 0.02)
    variance = Sums.of(ticks).variance / 60_000**2
    assert variance == pytest.approx(float(theory.makespan_variance(tasks, crews)), rel=0.15)


def test_v10_theory_is_the_published_figure():
    assert float(theory.makespan_mean(20, 4)) == pytest.approx(6.083333, abs=1e-6)
    assert float(theory.makespan_variance(20, 4)) == pytest.approx(2.423611, abs=1e-6)


def bridge() -> Network:
    """s→a, s→b, a→b, a→t, b→t, all exponential with mean 1, as tasks on arcs."""
    return a_network(*(a_task(name, exponential(), *before) for name, before in theory.BRIDGE.items()))


def test_v11_bridge_network_mean_and_criticality():
    network = bridge()
    runs = [played(network, 11, n) for n in range(12_000)]
    ticks = [max(p.finish for p in run.passages) for run in runs]
    assert theory.network_mean(theory.BRIDGE) == Fraction(83, 24)
    assert holds(ticks, 83 / 24, 0.02)
    assert Sums.of(ticks).variance / 60_000**2 == pytest.approx(1663 / 576, rel=0.08)
    counts = dict.fromkeys(theory.BRIDGE, 0)
    for run in runs:
        last = max(range(len(run.passages)), key=lambda n: run.passages[n].finish)
        for node in chain(network, run, last, Follow.RESOURCES):
            counts[network.nodes[node].task] += 1
    for task, share in theory.criticality(theory.BRIDGE).items():
        assert counts[task] / len(runs) == pytest.approx(float(share), abs=0.02)


def test_v12_two_branches_between_a_start_and_an_end():
    network = a_network(*(a_task(name, exponential(), *before) for name, before in theory.DIAMOND.items()))
    assert holds(spans(network, 12_000), 3.5, 0.02)
