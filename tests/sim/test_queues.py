"""What the long runs of V01-V04 are judged with, and that an engine which errs does not pass them.

The cases themselves are played by ``test_validation``: by the kernel, as long as the validation table asks for.
"""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from sim.chunk import Engine
from sim.durations import Exponential, Fixed
from sim.kernel.playing import kernel_play
from sim.log import Run
from sim.network import Network
from sim.reference_engine import play
from sim.validation.case import Check, simulated
from sim.validation.queues import (
    Watched,
    at_the_true_rates,
    long_run,
    network_of,
    poisson_line,
    three_servers,
    waited,
    watch,
)
from sim.validation.spans import TABLE_SHARE, spans_of


def failed(checks) -> list[Check]:
    return [check for check in checks if not check.passed]


# ---- The long runs can fail ------------------------------------------------------------------------------------------


def with_a_server_more(network: Network, **arguments) -> Run:
    pools = tuple(replace(pool, units=pool.units + 1) for pool in network.pools)
    return play(replace(network, pools=pools), **arguments)


def with_fewer_chances(network: Network, **arguments) -> Run:
    nodes = tuple(replace(n, law=Fixed(minutes=1)) if n.task == "serve" else n for n in network.nodes)
    return play(replace(network, nodes=nodes), **arguments)


@pytest.mark.parametrize("engine", [with_a_server_more, with_fewer_chances])
def test_a_wrong_engine_fails_three_servers_even_in_a_short_run(engine: Engine):
    assert "Wq" in [check.label for check in failed(three_servers(engine))]


def test_three_in_a_hundred_too_slow_is_seen_by_a_run_of_the_kernel():
    """It lengthens the wait at a load of 0.5 by six in a hundred, and the table allows two."""
    right = poisson_line(0.5, Fixed(minutes=1.0), 1.0, 1, customers=20_000, batches=1)
    slow = replace(right, service=Fixed(minutes=1.03))
    for line, passes in ((right, True), (slow, False)):
        (found,) = long_run(line, kernel_play, waited, seed=3, runs=30)
        assert simulated("Wq", 0.5, found, TABLE_SHARE).passed is passes


def test_a_run_by_columns_is_the_run_of_the_passages():
    network = network_of(poisson_line(0.7, Exponential(mean_min=1.0), 1.0, 1, customers=300))
    quick, slow = (spans_of(network, engine, seed=4, replication=2) for engine in (kernel_play, play))
    for column in fields(quick):
        assert np.array_equal(getattr(quick, column.name), getattr(slow, column.name)), column.name


# ---- What the long runs are judged with ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def short() -> Watched:
    line = poisson_line(0.7, Exponential(mean_min=1.0), 1.0, 1, customers=20_000)
    return watch(line, network_of(line), play, seed=5)


def test_customers_are_served_in_the_order_of_their_coming_by_one_at_a_time(short: Watched):
    assert np.all(np.diff(short.arrived) >= 0)
    assert np.all(short.started[1:] == np.maximum(short.arrived[1:], short.left[:-1]))


def test_littles_law_holds_to_the_tick_over_a_run_that_ends_empty(short: Watched):
    events = sorted([(t, 1) for t in short.arrived.tolist()] + [(t, -1) for t in short.left.tolist()])
    area = heads = last = 0
    for tick, step in events:
        area, heads, last = area + heads * (tick - last), heads + step, tick
    assert heads == 0
    assert area == int((short.left - short.arrived).sum())


def test_the_regression_finds_the_value_at_the_true_rates():
    luck = np.linspace(-1, 2, 40)
    noise = np.array([0.1, -0.1] * 20)
    interval = at_the_true_rates(5 + 3 * luck + noise, [luck])
    assert interval.holds(5)
    assert interval.half_width < 0.1


def test_taking_the_luck_out_narrows_the_interval(short: Watched):
    waits = np.array_split(short.waited_min[1000:], 40)
    means = np.array([part.mean() for part in waits])
    adjusted = at_the_true_rates(short.by_batch(short.waited_min), short.controls())
    assert adjusted.half_width < 0.85 * at_the_true_rates(means, []).half_width


def test_a_line_is_two_nodes_a_customer_and_one_pool():
    line = poisson_line(2.0, Fixed(minutes=1), 1.0, 3, customers=100)
    network = network_of(line)
    run = play(network, seed=1, replication=0, keep_log=False)
    assert (len(network.nodes), network.pools[0].units, run.entries) == (200, 3, ())
