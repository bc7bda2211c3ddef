"""The county as one compiled loop that can play nothing else: the limit of what is possible here.

It knows that there are three pools with a first-come line each, that a village has five
loads, and what follows what; time and node share one whole number in one heap. The draws
are those of our engines, number for number, so that its runs are theirs to the
millisecond; with ``plain=True`` it draws from the compiler's own generator instead, which
shows what numbers keyed by identity cost.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from benchmarks.county import law
from benchmarks.county.law import ASSEMBLE, DECIDE, NOTIFY, ORDER, REGISTER, RIDE, TASKS, County, Told
from sim.draws import identity, words_of
from sim.kernel.draws import DURATION, philox_words
from sim.quantiles import normal_quantile
from sim.ticks import NEVER, TICKS_PER_MIN, ticks

Whole = NDArray[np.int64]
Reals = NDArray[np.float64]
LOADS = law.LOADS_PER_VILLAGE
NODE_BITS = 22
NODE_MASK = (1 << NODE_BITS) - 1
_DROPPED, _TWO_26, _TWO_52 = np.uint32(6), float(1 << 26), float(1 << 52)
_PURPOSE = np.uint32(DURATION)

fast: Callable[[Any], Any] = numba.njit(nogil=True, error_model="numpy")


def told(county: County, *, seed: int, runs: int, plain: bool = False) -> Told:
    """The runs."""
    reached, waited, *_ = play_all(county, seed=seed, runs=runs, plain=plain)
    reached_min = np.where(reached >= NEVER, np.inf, reached / TICKS_PER_MIN)
    return Told(reached_min, waited / runs / TICKS_PER_MIN)


def play_all(county: County, *, seed: int, runs: int, plain: bool = False) -> tuple[Whole, Whole, Whole, Whole]:
    """Ticks [run, promise], ticks waited [task], ends [run, task] and own ticks [run, task]."""
    return prepared(county)(seed, runs, plain)


def prepared(county: County) -> Callable[[int, int, bool], tuple[Whole, Whole, Whole, Whole]]:
    """A call that plays, with all that does not change from run to run made beforehand."""
    task, who, median, sigma = _nodes(county)
    units = np.array(county.units, dtype=np.int64)
    free_of = np.array([law.POOL_OF.get(number, -1) for number in range(len(TASKS))], dtype=np.int64)
    horizon, late = ticks(law.HORIZON_MIN), county.may_miss + 1e-9

    def play(seed: int, runs: int, plain: bool) -> tuple[Whole, Whole, Whole, Whole]:
        return _play_all(  # type: ignore[no-any-return]
            county.villages, task, who, median, sigma, units, free_of, county.people, late, horizon,
            np.array(words_of(seed), dtype=np.uint32), runs, plain,
        )  # fmt: skip

    return play


def _nodes(county: County) -> tuple[NDArray[np.int8], NDArray[np.uint32], Reals, Reals]:
    """Of every node its task, the two words its draws are keyed by, median and spread; tasks one after the other."""
    villages = [f"v{index}" for index in range(county.villages)]
    loads = [f"{village}/{index}" for village in villages for index in range(LOADS)]
    entities = ([""], [""], villages, villages, loads, loads, [""])
    keys = [(number, key) for number, every in enumerate(entities) for key in every]
    task = np.array([number for number, _ in keys], dtype=np.int8)
    who = np.array([words_of(identity(TASKS[number], key)) for number, key in keys], dtype=np.uint32)
    factor = np.ones(len(keys))
    factor[task == RIDE] = county.way_min
    median = np.array(law.MEDIAN_MIN)[task]
    return task, who, np.stack((median, factor), axis=1), np.array(law.SIGMA)[task]


@fast
def _play_all(
    villages, task, who, median, sigma, units, pool_of, people, late, horizon, seed, runs, plain,
):  # type: ignore[no-untyped-def]  # fmt: skip  # the compiler finds the types
    nodes = len(task)
    reached = np.full((runs, 2), NEVER)
    waited = np.zeros(len(TASKS), dtype=np.int64)
    ends = np.full((runs, len(TASKS)), NEVER)
    own = np.zeros((runs, len(TASKS)), dtype=np.int64)
    heap = np.empty(nodes, dtype=np.int64)
    lines = np.empty((3, nodes), dtype=np.int32)
    ready = np.empty(nodes, dtype=np.int64)
    start = np.empty(nodes, dtype=np.int64)
    for run in range(runs):
        if plain:
            np.random.seed(run)  # the compiler's own generator, not NumPy's
        _play(
            villages, task, who, median, sigma, units.copy(), pool_of, people, late, horizon, seed, run, plain,
            heap, lines, ready, start, reached[run], waited, ends[run], own[run],
        )  # fmt: skip
    return reached, waited, ends, own


@fast
def _play(  # noqa: C901, PLR0912, PLR0915  # one loop is its point: no call, nothing looked up twice
    villages, task, who, median, sigma, free, pool_of, people, late, horizon, seed, run, plain,
    heap, lines, ready, start, reached, waited, ends, own,
):  # type: ignore[no-untyped-def]  # fmt: skip
    first_assemble = 2 + villages
    first_ride = first_assemble + villages
    first_register = first_ride + villages * LOADS
    report = first_register + villages * LOADS
    out, left = people.sum(), np.array([1, 1, villages, villages, villages * LOADS, villages * LOADS, 1])
    ahead = np.zeros(3, dtype=np.int64)
    behind = np.zeros(3, dtype=np.int64)
    size = 0
    first, last, now = DECIDE, DECIDE + 1, 0
    while True:
        # Those who have become ready: start at once, or stand in line behind all others.
        for node in range(first, last):
            pool = pool_of[task[node]]
            if pool >= 0 and free[pool] == 0:
                lines[pool, behind[pool]] = node
                behind[pool] += 1
                ready[node] = now
            else:
                if pool >= 0:
                    free[pool] -= 1
                start[node] = now
                size = _push(heap, size, now + _draw(who, median, sigma, seed, run, node, plain), node)
        if size == 0 or heap[0] >> NODE_BITS >= horizon:
            break
        now, node = heap[0] >> NODE_BITS, heap[0] & NODE_MASK
        size = _pop(heap, size)
        kind = task[node]
        own[kind] += now - start[node]
        pool = pool_of[kind]
        if pool >= 0:
            if ahead[pool] < behind[pool]:
                other = lines[pool, ahead[pool]]
                ahead[pool] += 1
                waited[task[other]] += now - ready[other]
                start[other] = now
                size = _push(heap, size, now + _draw(who, median, sigma, seed, run, other, plain), other)
            else:
                free[pool] += 1
        left[kind] -= 1
        if left[kind] == 0:
            ends[kind] = now
        first = last = 0
        if kind == RIDE:
            first = node + villages * LOADS
            last = first + 1
        elif kind == REGISTER:
            out -= people[node - first_register]
            if out <= late and reached[1] == NEVER:
                reached[1] = now
            if left[REGISTER] == 0:
                first, last = report, report + 1
        elif kind == NOTIFY:
            first = node + villages
            last = first + 1
        elif kind == ASSEMBLE:
            first = first_ride + (node - first_assemble) * LOADS
            last = first + LOADS
        elif kind == DECIDE:
            first, last = ORDER, ORDER + 1
        elif kind == ORDER:
            first, last = ORDER + 1, first_assemble
    reached[0] = ends[NOTIFY]


@fast
def _draw(who, median, sigma, seed, run, node, plain):  # type: ignore[no-untyped-def]
    """Ticks of a node."""
    if plain:
        normal = np.random.standard_normal()
    else:
        high, low = philox_words(who[node, 0], who[node, 1], np.uint32(run), _PURPOSE, seed[0], seed[1])
        normal = normal_quantile((float(high >> _DROPPED) * _TWO_26 + float(low >> _DROPPED) + 0.5) / _TWO_52)
    minutes = median[node, 0] * np.exp(sigma[node] * normal) * median[node, 1]
    return int(np.rint(minutes * TICKS_PER_MIN))


@fast
def _push(heap, size, tick, node):  # type: ignore[no-untyped-def]
    item, place = tick << NODE_BITS | node, size
    while place > 0 and item < heap[(place - 1) >> 1]:
        heap[place] = heap[(place - 1) >> 1]
        place = (place - 1) >> 1
    heap[place] = item
    return size + 1


@fast
def _pop(heap, size):  # type: ignore[no-untyped-def]
    size -= 1
    item, place = heap[size], 0
    while 2 * place + 1 < size:
        below = 2 * place + 1
        if below + 1 < size and heap[below + 1] < heap[below]:
            below += 1
        if heap[below] >= item:
            break
        heap[place] = heap[below]
        place = below
    heap[place] = item
    return size
