"""What a response cannot do without: every pool, decision maker, line and gate taken away, on the same luck.

Start with ``weak_points``; ``resilience`` takes away several at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import NDArray

from sim.batch import Batching
from sim.choice import places_of
from sim.draws import Purpose, identity, uniform
from sim.figure import at_least
from sim.kernel.batching import kernel_batch
from sim.network import NOBODY, Network
from sim.procedure import PoolKind, Target
from sim.question import Question
from sim.statistics import Interval, Sums, Verdict, clopper_pearson, paired_change, verdict, wilson
from sim.variants import Variant

MOST_SETS = 40
"""So many sets of failures are played at most for one number of failures at a time."""
_WIDE = 1_000_000  # shares as whole numbers, whose sums are exact
_OUT = {PoolKind.DECISION: "absent", PoolKind.LINE: "lost"}


class LossKind(StrEnum):
    """What is taken away: one unit of a pool, all of it, a decision maker, a line, or the opening of a gate.

    One unit of a pool that serves everybody is anybody's; ONE_EACH is one of every place that has its own.
    """

    ONE_UNIT = "one_unit"
    ONE_EACH = "one_each"
    ALL_UNITS = "all_units"
    ABSENT = "absent"
    LOST = "lost"
    SHUT = "shut"


_ONE = (LossKind.ONE_UNIT, LossKind.ONE_EACH)


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Loss:
    """One thing taken away for the whole run; *of* is the pool's id or the gate's name.

    A pool of one place by its own name (``fire_engine@NS1``) is lost there alone; units that belong to single places
    under one name are taken from every place that has its own.
    """

    kind: LossKind
    of: str


@dataclass(frozen=True, kw_only=True, slots=True)
class WeakPoint:
    """What a loss does to one promise, with intervals that hold together over all losses and promises.

    ``change`` is the share met after − before, by the same runs.
    """

    loss: Loss
    target: Target
    before: float
    after: float
    after_low: float
    after_high: float
    change_low: float
    change_high: float

    @property
    def change(self) -> float:
        """By how much the share of runs that keep the promise changes."""
        return self.after - self.before


@dataclass(frozen=True, kw_only=True, slots=True)
class WeakPoints:
    """What breaks a promise that is kept, what only weakens one, and the promises not kept to begin with.

    All three worst first. ``losses`` is everything tried.
    """

    runs: int
    confidence: float
    losses: tuple[Loss, ...]
    breaking: tuple[WeakPoint, ...]
    weakening: tuple[WeakPoint, ...]
    not_kept: tuple[Target, ...]


def losses_of(network: Network) -> tuple[Loss, ...]:
    """Everything one at a time: a unit of every pool, all of it, decision makers, lines, gates."""
    found = list(_pool_losses(network))
    found += [Loss(kind=LossKind.SHUT, of=name) for name in dict.fromkeys(door.name for door in network.doors)]
    return tuple(found)


def _pool_losses(network: Network) -> Iterator[Loss]:
    """A unit less where several are there from the beginning; all of a pool, whether there or still to come."""
    asked = {demand.pool for node in network.nodes for demand in node.demands}
    there: dict[str, int] = {}
    coming: dict[str, bool] = {}
    kinds = {}
    owners = Counter(pool.id for pool in network.pools)
    for index in sorted(asked):
        pool = network.pools[index]
        there[pool.id] = max(pool.units, there.get(pool.id, 0))
        coming[pool.id] = coming.get(pool.id, False) or _is_coming(network, index)
        kinds[pool.id] = pool.kind
    for name, units in there.items():
        if units > 1:
            yield Loss(kind=LossKind.ONE_EACH if owners[name] > 1 else LossKind.ONE_UNIT, of=name)
        if units or coming[name]:
            yield Loss(kind=LossKind(_OUT.get(kinds[name], LossKind.ALL_UNITS)), of=name)


def _is_coming(network: Network, index: int) -> bool:
    """Whether units come to a pool later, at a minute or by a clock."""
    swings = (swing.units for swing in network.swings if swing.pool == index)
    return any(units > 0 for units in (*(change.units for change in network.pools[index].changes), *swings))


def without(network: Network, losses: Iterable[Loss]) -> Network:
    """The network after some losses; every draw keeps its identity."""
    for loss in losses:
        if loss.kind is LossKind.SHUT:
            network = _shut(network, loss.of)
        else:
            network = _short(network, loss.of, is_one=loss.kind in _ONE)
    return network


def _shut(network: Network, name: str) -> Network:
    doors = tuple(
        replace(door, is_open=False, opens=NOBODY, closes=NOBODY) if door.name == name else door
        for door in network.doors
    )
    return replace(network, doors=doors)


def _short(network: Network, name: str, *, is_one: bool) -> Network:
    pools = tuple(
        replace(pool, units=max(0, pool.units - 1) if is_one else 0, changes=pool.changes if is_one else ())
        if pool.id == name
        else pool
        for pool in network.pools
    )
    swings = tuple(swing for swing in network.swings if is_one or network.pools[swing.pool].id != name)
    return replace(network, pools=pools, swings=swings)


def weak_points(
    question: Question,
    *,
    seed: int,
    runs: int,
    targets: Sequence[str] = (),
    alpha: float = 0.05,
    batch: Batching = kernel_batch,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> WeakPoints:
    """What each single loss does to the promises of *targets* (all, unless given), by the same *runs* runs.

    A promise counts as kept, and as broken, only where its exact interval says so with α divided among all
    intervals that are told: two for every loss and one without loss, for each promise.
    """
    at_least("study", "runs", runs, 1)
    places, losses = places_of(question, targets), losses_of(question.network)
    level = alpha / (2 * len(losses) + 1) / len(places)  # a loss has two intervals, of the share and of its change
    base = _met(batch, question, seed, 0, runs)
    kept = [(place, target) for place, target in places if _says(base[:, place], target, level) is Verdict.ADEQUATE]
    found: list[WeakPoint] = []
    for done, loss in enumerate(losses, start=1):
        changed = Variant(question, without(question.network, [loss]), is_same_shape=True)
        met = _met(batch, changed, seed, 0, runs)
        found += (_point(loss, target, base[:, place], met[:, place], level) for place, target in places)
        progress(done, len(losses))
    found.sort(key=lambda point: (point.change, point.loss, point.target.id))
    names = {target.id for _, target in kept}
    breaking = [point for point in found if point.target.id in names and point.after_high < point.target.assurance]
    return WeakPoints(
        runs=runs,
        confidence=1 - alpha,
        losses=losses,
        breaking=tuple(breaking),
        weakening=tuple(point for point in found if point.change_high < 0 and point not in breaking),
        not_kept=tuple(target for _, target in places if target.id not in names),
    )


def _met(batch: Batching, question: Question, seed: int, first: int, runs: int) -> NDArray[np.bool_]:
    return batch(question, seed=seed, first=first, runs=runs).met


def _says(met: NDArray[np.bool_], target: Target, level: float) -> Verdict:
    return verdict(clopper_pearson(int(met.sum()), len(met), level), target.assurance)


def _point(loss: Loss, target: Target, was: NDArray[np.bool_], now: NDArray[np.bool_], level: float) -> WeakPoint:
    share = clopper_pearson(int(now.sum()), len(now), level)
    lost, won = (int((a & b).sum()) for a, b in ((was, ~now), (~was, now)))
    change = paired_change(lost, won, len(was), level)
    return WeakPoint(
        loss=loss,
        target=target,
        before=float(was.mean()),
        after=float(now.mean()),
        after_low=share.low,
        after_high=share.high,
        change_low=change.low,
        change_high=change.high,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """With so many failures at once: in what share of runs every promise is kept, on average and with the worst set.

    ``is_every_set`` tells that all sets were played; otherwise *sets* of them were drawn, and the interval
    counts that too.
    """

    failures: int
    sets: int
    is_every_set: bool
    p_met: float
    low: float
    high: float
    worst: tuple[Loss, ...]
    worst_p_met: float


def resilience(
    question: Question,
    *,
    seed: int,
    runs: int,
    targets: Sequence[str] = (),
    most_failures: int = 3,
    most_sets: int = MOST_SETS,
    batch: Batching = kernel_batch,
    heard: Callable[[], None] = lambda: None,
) -> tuple[Step, ...]:
    """The share of runs in which all promises are kept, against the number of simultaneous failures from 0 on.

    A failure is one unit of a pool of several, or the whole of anything else. Every set is played with luck of
    its own; *heard* is called after each.
    """
    places = [place for place, _ in places_of(question, targets)]
    losses = _failures(question.network)
    steps = []
    for count in range(min(most_failures, len(losses)) + 1):
        sets, is_every = _sets(losses, count, most_sets, seed)
        met = []
        for number, chosen in enumerate(sets):
            changed = Variant(question, without(question.network, chosen), is_same_shape=True)
            luck = int(uniform(seed, identity("resilience", str(count)), number, 0, Purpose.DURATION) * 2**48)
            met.append(int(_met(batch, changed, luck, 0, runs)[:, places].all(axis=1).sum()))
            heard()
        interval = _interval(met, runs, is_every=is_every)
        worst = min(range(len(sets)), key=lambda index: met[index])
        steps.append(
            Step(
                failures=count,
                sets=len(sets),
                is_every_set=is_every,
                p_met=sum(met) / runs / len(sets),
                low=interval.low,
                high=interval.high,
                worst=sets[worst],
                worst_p_met=met[worst] / runs,
            )
        )
    return tuple(steps)


def _failures(network: Network) -> tuple[Loss, ...]:
    """One failure of each thing: a unit of a pool of several, else all of it."""
    every = losses_of(network)
    whole = {loss.of for loss in every if loss.kind in (LossKind.ABSENT, LossKind.LOST)}
    several = {loss.of for loss in every if loss.kind in _ONE}
    surplus = {LossKind.ONE_UNIT: whole, LossKind.ONE_EACH: whole, LossKind.ALL_UNITS: several}
    return tuple(loss for loss in every if loss.of not in surplus.get(loss.kind, ()))


def _sets(losses: Sequence[Loss], count: int, most: int, seed: int) -> tuple[list[tuple[Loss, ...]], bool]:
    """All sets of so many losses; where they are too many, sets drawn independently of each other."""
    if comb(len(losses), count) <= most:
        return list(combinations(losses, count)), True
    return [_drawn(losses, count, seed, number) for number in range(most)], False


def _drawn(losses: Sequence[Loss], count: int, seed: int, number: int) -> tuple[Loss, ...]:
    keys = [uniform(seed, identity(loss.kind, loss.of), number, count, Purpose.SUCCESS) for loss in losses]
    return tuple(losses[place] for place in sorted(sorted(range(len(losses)), key=keys.__getitem__)[:count]))


def _interval(met: Sequence[int], runs: int, *, is_every: bool) -> Interval:
    """Wilson's on all runs, too wide if anything; where sets were drawn, Student's over them if that is wider."""
    pooled = wilson(sum(met), runs * len(met))
    if is_every:
        return pooled
    found = Sums.of([count * _WIDE // runs for count in met]).t_interval()
    low, high = min(pooled.low, found.low / _WIDE), max(pooled.high, found.high / _WIDE)
    return Interval(low=max(0.0, low), high=min(1.0, high), confidence=found.confidence)
