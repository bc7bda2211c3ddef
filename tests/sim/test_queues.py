"""V01-V03: one long run each, every half-width at most 10 % of the value.

V03 is played by the reference engine, the longer two by the kernel, whose runs are the same.

V01 plays 260,000 customers (520,000 nodes): at a load of 0.9 one customer's wait says much about the
next thousand. The variance of the mean wait is 35,901 divided by the customers; taking out the luck
of the arrival and service means halves that.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.chunk import Engine
from sim.durations import Exponential, Fixed
from sim.kernel.playing import kernel_play
from sim.log import Run
from sim.network import Network
from sim.reference_engine import play
from sim.validation.case import Check
from sim.validation.queues import (
    Watched,
    at_the_true_rates,
    fixed_service,
    network_of,
    one_server,
    poisson_line,
    three_servers,
    watch,
    watched,
)

SHARE = 0.10


def failed(checks) -> list[Check]:
    return [check for check in checks if not check.passed]


def test_v01_one_server():
    assert failed(one_server(kernel_play, customers=260_000, share=SHARE)) == []


def test_v02_three_servers():
    assert failed(three_servers(kernel_play, customers=90_000, share=SHARE)) == []


def test_v03_fixed_service():
    assert failed(fixed_service(play, customers=75_000, share=SHARE)) == []


# ---- The long runs can fail ------------------------------------------------------------------------------------------


def with_slower_servers(network: Network, **arguments) -> Run:
    nodes = tuple(replace(node, factor=1.03) if node.task == "serve" else node for node in network.nodes)
    return play(replace(network, nodes=nodes), **arguments)


def with_a_server_more(network: Network, **arguments) -> Run:
    pools = tuple(replace(pool, units=pool.units + 1) for pool in network.pools)
    return play(replace(network, pools=pools), **arguments)


def with_fewer_chances(network: Network, **arguments) -> Run:
    nodes = tuple(replace(n, law=Fixed(minutes=1)) if n.task == "serve" else n for n in network.nodes)
    return play(replace(network, nodes=nodes), **arguments)


@pytest.mark.parametrize("engine", [with_a_server_more, with_fewer_chances])
def test_a_wrong_engine_fails_three_servers_even_in_a_short_run(engine: Engine):
    wrong = [check.label for check in failed(three_servers(engine, customers=30_000, share=0.2))]
    assert "Wq" in wrong


def test_a_short_run_is_too_wide_to_pass():
    assert [check.label for check in failed(fixed_service(play, customers=5_000, share=SHARE))] == ["Wq"]


# ---- What the long runs are judged with ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def short() -> Watched:
    line = poisson_line(0.7, Exponential(mean_min=1.0), 1.0, 1, customers=20_000)
    return watch(line, play, seed=5)


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
    assert short.mean(short.waited_min).half_width < 0.85 * at_the_true_rates(means, []).half_width


def test_a_line_is_two_nodes_a_customer_and_one_pool():
    line = poisson_line(2.0, Fixed(minutes=1), 1.0, 3, customers=100)
    network = network_of(line)
    run = play(network, seed=1, replication=0, keep_log=False)
    assert (len(network.nodes), network.pools[0].units, run.entries) == (200, 3, ())
    assert len(watched(line, run).arrived) == 100
