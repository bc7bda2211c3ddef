"""Two versions, or two resource sets, played on the same luck: what the change gains."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sim.batch import Batching, reference_batch
from sim.errors import SimError
from sim.measures import Aims
from sim.pairs import Counts, Effect, Pairs, effect, rows_of
from sim.pieces import PIECE, pieces
from sim.procedure import Target
from sim.question import Question
from sim.stopping import StopRule


@dataclass(frozen=True, kw_only=True, slots=True)
class Gain:
    """What the second side gains on the first for one promise, in minutes, run by run.

    ``former`` is the promise as the first side makes it, ``target`` as the second does. Positive
    is better: earlier for limits, more time left for margins. The minutes, with their 95 %
    interval, are those of the runs that got there on both sides, None where fewer than two
    did. ``worse_share`` is the share of all runs the change made worse, however good the mean.
    """

    former: Target
    target: Target
    runs: int
    mean_min: float | None
    low_min: float | None
    high_min: float | None
    better_share: float
    worse_share: float
    counts: Counts

    @property
    def effect(self) -> Effect:
        """What the change does beyond doubt."""
        return effect(self.low_min, self.high_min, self.counts)


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """The gains in the order of the second side, and what they leave out.

    ``only_before`` and ``only_after`` are measured on one side and have no partner on the
    other; ``unmeasured`` stand in a procedure, but neither side has anything to measure for them.
    """

    gains: tuple[Gain, ...]
    only_before: tuple[Target, ...] = ()
    only_after: tuple[Target, ...] = ()
    unmeasured: tuple[Target, ...] = ()


def compare(
    before: Question,
    after: Question,
    *,
    seed: int,
    runs: int,
    batch: Batching = reference_batch,
    piece: int = PIECE,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Comparison:
    """The gain for every promise both sides measure, from the same seed and replications, a piece at a time.

    Targets of one id are one promise; of the others, the parts of a promise that was refined are,
    where each side measures just one of them. Refused if the two sides share no promise.
    """
    partners = partners_of(before.aims, after.aims)
    if not partners:
        raise SimError("comparison-without-target", thing="comparison", rule="both sides must share a target")
    StopRule(runs=runs)
    places = [(old, new) for new, old in sorted(partners.items())]
    total: list[Pairs] = []
    for first, count in pieces(0, runs, piece):
        one, two = (batch(side, seed=seed, first=first, runs=count) for side in (before, after))
        found = [
            Pairs.of(rows_of(one, old), rows_of(two, new), is_latest_better=after.aims[new].target.is_latest_better)
            for old, new in places
        ]
        total = [a + b for a, b in zip(total, found, strict=True)] if total else found
        progress(first + count, runs)
    return Comparison(
        gains=tuple(
            _gain(before.aims[old].target, after.aims[new].target, pairs)
            for (old, new), pairs in zip(places, total, strict=True)
        ),
        only_before=_without(before.aims, set(partners.values())),
        only_after=_without(after.aims, set(partners)),
        unmeasured=_unmeasured(before, after),
    )


def partners_of(before: Sequence[Aims], after: Sequence[Aims]) -> dict[int, int]:
    """The place on the first side of every target of the second that has a partner there."""
    partners: dict[int, int] = {}
    for name in (_id, _promise):
        old = _places(before, name, set(partners.values()))
        for key, places in _places(after, name, set(partners)).items():
            if len(places) == len(old.get(key, ())) == 1:
                partners[places[0]] = old[key][0]
    return partners


def _places(aims: Sequence[Aims], name: Callable[[Target], str], taken: set[int]) -> dict[tuple[str, bool], list[int]]:
    """The places not taken, by name and by which way the measured value is better."""
    found: dict[tuple[str, bool], list[int]] = defaultdict(list)
    for place, each in enumerate(aims):
        if place not in taken:
            found[name(each.target), each.target.is_latest_better].append(place)
    return found


def _id(target: Target) -> str:
    return target.id


def _promise(target: Target) -> str:
    return target.promise


def _without(aims: Sequence[Aims], taken: set[int]) -> tuple[Target, ...]:
    return tuple(each.target for place, each in enumerate(aims) if place not in taken)


def _unmeasured(before: Question, after: Question) -> tuple[Target, ...]:
    """The targets of either procedure that neither side measures, those of the second first."""
    measured = {each.target.id for side in (before, after) for each in side.aims}
    every = {target.id: target for side in (before, after) for target in side.procedure.targets}
    order = dict.fromkeys(target.id for side in (after, before) for target in side.procedure.targets)
    return tuple(every[name] for name in order if name not in measured)


def _gain(former: Target, target: Target, pairs: Pairs) -> Gain:
    low, mean, high = pairs.gained_min or (None, None, None)
    return Gain(
        former=former,
        target=target,
        runs=pairs.runs,
        mean_min=mean,
        low_min=low,
        high_min=high,
        better_share=pairs.better_share,
        worse_share=pairs.worse_share,
        counts=pairs.counts,
    )
