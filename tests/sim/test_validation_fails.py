"""The cases of `yuyan study validate` can fail: each notices an engine that errs in what it is about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.log import Run
from sim.network import Network
from sim.reference_engine import play
from sim.validation import CASES, Case


def case(name: str) -> Case:
    return next(item for item in CASES if item.id == name)


def with_a_unit_too_many(network: Network, **arguments) -> Run:
    pools = tuple(replace(pool, units=pool.units + 1) for pool in network.pools)
    return play(replace(network, pools=pools), **arguments)


def a_little_slow(network: Network, **arguments) -> Run:
    return play(replace(network, nodes=tuple(replace(node, factor=1.05) for node in network.nodes)), **arguments)


def with_longer_stays(network: Network, **arguments) -> Run:
    nodes = tuple(replace(node, factor=1.25 if node.task == "stay" else 1.0) for node in network.nodes)
    return play(replace(network, nodes=nodes), **arguments)


def never_trying_again(network: Network, **arguments) -> Run:
    return play(replace(network, nodes=tuple(replace(node, tries=1) for node in network.nodes)), **arguments)


def with_equal_rank(network: Network, **arguments) -> Run:
    nodes = tuple(replace(node, priority=0, preemptible=False) for node in network.nodes)
    return play(replace(network, nodes=nodes), **arguments)


def never_coming_back(network: Network, **arguments) -> Run:
    nodes = tuple(replace(node, success_share=1.0) if node.task == "station 3" else node for node in network.nodes)
    return play(replace(network, nodes=nodes), **arguments)


def with_luck_by_place(network: Network, **arguments) -> Run:
    """Draws keyed by the place in the network, not by what a task is."""
    return play(replace(network, nodes=tuple(replace(node, who=node.index) for node in network.nodes)), **arguments)


def with_luck_of_its_own(network: Network, *, seed: int, **arguments) -> Run:
    """A seed that changes from call to call, as if it were drawn from a clock."""
    calls[0] += 1
    return play(network, seed=seed + calls[0], **arguments)


calls = [0]


def losing_a_wait(network: Network, **arguments) -> Run:
    run = play(network, **arguments)
    return replace(run, passages=tuple(replace(passage, waits=passage.waits[1:]) for passage in run.passages))


def counting_work_twice(network: Network, **arguments) -> Run:
    run = play(network, **arguments)
    return replace(run, passages=tuple(replace(passage, worked=2 * passage.worked) for passage in run.passages))


@pytest.mark.parametrize(
    ("name", "engine", "wrong"),
    [
        ("V05", with_a_unit_too_many, "B 2/3"),
        ("V06", with_equal_rank, "Wq1"),
        ("V07", never_coming_back, "W"),
        ("V08", with_a_unit_too_many, "P0"),
        ("V09", with_longer_stays, "E[N]"),
        ("V10", with_a_unit_too_many, "E[T] 20/4"),
        ("V12", a_little_slow, "E[T]"),
        ("V13", with_a_unit_too_many, "T"),
        ("V13", losing_a_wait, "W(B)"),
        ("V14", never_trying_again, "E[n]"),
        ("V14", a_little_slow, "max"),
        ("V15", losing_a_wait, "Σ−T"),
        ("V15", counting_work_twice, "u·t"),
        ("V33", with_a_unit_too_many, "t(100)"),
        ("V35", a_little_slow, "P90(Σ)"),
        ("V46", with_luck_by_place, "Σ|B−A| +1"),
        ("V48", with_luck_of_its_own, "#7"),
        ("V49", with_a_unit_too_many, "≠ pools"),
    ],
)
def test_an_engine_that_errs_fails_the_case(name: str, engine, wrong: str):
    result = case(name).result(engine)
    assert not result.passed
    assert wrong in [check.label for check in result.checks if not check.passed]
