"""The cheapest units that keep every promise with its assurance: start with ``choose``.

Every set of units is judged on the same luck, with α divided among sets, looks and promises, so that all
judgements hold together with the confidence asked for; the intervals are exact, since those of
Wilson miss far more often than they say at levels so small. Nothing rests on more units being better, which is
false (Graham 1969, "Bounds on multiprocessing timing anomalies"): where all sets are few enough, each one
cheaper than the answer is judged by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby, product
from math import prod

from sim.batch import Batching
from sim.errors import SimError
from sim.figure import Mark, at_least
from sim.kernel.batching import kernel_batch
from sim.pieces import pieces
from sim.procedure import Target
from sim.question import Question
from sim.statistics import Interval, Verdict, clopper_pearson, verdict
from sim.stopping import StopRule
from sim.variants import with_units

MOST_SETS = 300
"""So many sets are judged one by one; of more, an ordered search judges at most so many."""
PIECE = 1_000
Units = tuple[tuple[str, int], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """A pool of which some more units may be had, from the fewest to the most, and what one unit costs.

    The cost may be in any unit, as long as all offers use the same.
    """

    pool: str
    least: int
    most: int
    cost: float
    unit: str = ""
    source: str = ""
    mark: Mark = Mark.TO_BE_CONFIRMED

    def __post_init__(self) -> None:
        thing = f"offer of pool {self.pool}"
        at_least(thing, "least", self.least, 0)
        at_least(thing, "most", self.most, self.least)
        at_least(thing, "cost", self.cost, 0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reached:
    """How often one promise is kept with a set, and what that says; the interval is the one that was judged."""

    target: str
    assurance: float
    p_met: float
    low: float
    high: float
    confidence: float

    @property
    def verdict(self) -> Verdict:
        """Whether the promise has its assurance."""
        return verdict(Interval(low=self.low, high=self.high, confidence=self.confidence), self.assurance)


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """A set of units, its cost, and what *runs* runs say of every promise."""

    units: Units
    cost: float
    runs: int
    reached: tuple[Reached, ...]

    @property
    def verdict(self) -> Verdict:
        """Adequate if every promise has its assurance, not adequate if one has not."""
        found = {each.verdict for each in self.reached}
        for worst in (Verdict.NOT_ADEQUATE, Verdict.UNDECIDED):
            if worst in found:
                return worst
        return Verdict.ADEQUATE

    @property
    def spare(self) -> float:
        """By how much the promise nearest to its assurance exceeds it."""
        return min(each.p_met - each.assurance for each in self.reached)


class Guarantee(StrEnum):
    """What the answer is sure of, with the confidence of the choice.

    CHEAPEST: it keeps the promises, and no cheaper set does. OPEN: it keeps them, but some cheaper sets
    could not be decided. FOUND: it keeps them; not every cheaper set was looked at. NONE: no set keeps
    them. UNKNOWN: none was found, which proves nothing.
    """

    CHEAPEST = "cheapest"
    OPEN = "open"
    FOUND = "found"
    NONE = "none"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """The answer, the next best, the cheaper sets left open, the sets ruled out, and how sure all of it is."""

    best: Judged | None
    runner_up: Judged | None
    undecided: tuple[Judged, ...]
    ruled_out: tuple[Judged, ...]
    sets: int
    confidence: float
    is_searched: bool

    @property
    def judged(self) -> int:
        """How many sets were played."""
        return len(self.undecided) + len(self.ruled_out) + (self.best is not None) + (self.runner_up is not None)

    @property
    def guarantee(self) -> Guarantee:
        """What the answer is sure of."""
        if self.best is None:
            return Guarantee.UNKNOWN if self.is_searched or self.undecided else Guarantee.NONE
        if self.is_searched:
            return Guarantee.FOUND
        return Guarantee.OPEN if any(each.cost < self.best.cost for each in self.undecided) else Guarantee.CHEAPEST


def choose(
    question: Question,
    offers: Sequence[Offer],
    *,
    seed: int,
    targets: Sequence[str] = (),
    rule: StopRule | None = None,
    batch: Batching = kernel_batch,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Choice:
    """The cheapest units within the *offers* that keep the promises of *targets* (all, unless given).

    Among sets of one cost the one with most to spare is taken. *progress* hears the sets judged, and how
    many there are at most.
    """
    _check(question, offers)
    sets = prod(offer.most - offer.least + 1 for offer in offers)
    judge = _Judge(
        question=question,
        offers=tuple(offers),
        places=places_of(question, targets),
        seed=seed,
        rule=rule or StopRule(),
        batch=batch,
        most=min(sets, MOST_SETS),
        progress=progress,
    )
    is_searched = sets > MOST_SETS
    if is_searched:
        _search(judge)
    else:
        _enumerate(judge)
    return _answer(judge, sets, is_searched=is_searched)


def _check(question: Question, offers: Sequence[Offer]) -> None:
    if not offers:
        raise SimError("name-missing", thing="choice", field="offers", rule="must not be empty", value="")
    for place, offer in enumerate(offers):
        question.procedure.pool(offer.pool)
        if any(offer.pool == other.pool for other in offers[:place]):
            raise SimError("name-twice", thing="choice", field="pool", rule="must be unique", value=offer.pool)


def places_of(question: Question, targets: Sequence[str]) -> tuple[tuple[int, Target], ...]:
    """The targets asked for (all the event concerns, unless named) by their place; a name nobody bears is refused."""
    known = {aims.target.id: place for place, aims in enumerate(question.aims) if aims.aims}
    for name in targets:
        if name not in known:
            raise SimError("target-not-measured", thing="study", field="target", rule="must be measured", value=name)
    chosen = dict.fromkeys(targets or known)
    if not chosen:
        raise SimError("target-not-measured", thing="study", field="target", rule="must be measured", value="")
    return tuple((known[name], question.aims[known[name]].target) for name in chosen)


@dataclass(kw_only=True)
class _Judge:
    """Plays sets of units and remembers what was found."""

    question: Question
    offers: tuple[Offer, ...]
    places: tuple[tuple[int, Target], ...]
    seed: int
    rule: StopRule
    batch: Batching
    most: int
    progress: Callable[[int, int], None]
    found: dict[Units, Judged] = field(default_factory=dict)

    @property
    def is_spent(self) -> bool:
        """Whether α has been spent on as many sets as were reckoned with."""
        return len(self.found) >= self.most

    def cost(self, units: Units) -> float:
        """What a set costs."""
        return sum(offer.cost * count for offer, (_, count) in zip(self.offers, units, strict=True))

    def judge(self, units: Units) -> Judged:
        """What the runs say of a set, played until it is decided or the rule ends."""
        if units not in self.found:
            self.found[units] = self._played(units)
            self.progress(len(self.found), self.most)
        return self.found[units]

    def _played(self, units: Units) -> Judged:
        alpha = self.rule.alpha(1) / self.most / len(self.places)
        candidate, met, done = with_units(self.question, units), [0] * len(self.places), 0
        for size in self.rule.looks:
            for first, runs in pieces(done, size, PIECE):
                batch = self.batch(candidate, seed=self.seed, first=first, runs=runs)
                met = [
                    count + int(batch.met[:, place].sum()) for count, (place, _) in zip(met, self.places, strict=True)
                ]
            done = size
            judged = Judged(
                units=units, cost=self.cost(units), runs=done, reached=tuple(self._reached(met, done, alpha))
            )
            if judged.verdict is not Verdict.UNDECIDED:
                break
        return judged

    def _reached(self, met: Iterable[int], runs: int, alpha: float) -> Iterator[Reached]:
        for count, (_, target) in zip(met, self.places, strict=True):
            interval = clopper_pearson(count, runs, alpha)
            yield Reached(
                target=target.id,
                assurance=target.assurance,
                p_met=count / runs,
                low=interval.low,
                high=interval.high,
                confidence=interval.confidence,
            )


def _enumerate(judge: _Judge) -> None:
    """Judge the sets from the cheapest on, all of one cost together, until two that keep the promises are known."""
    ranges = [[(offer.pool, count) for count in range(offer.least, offer.most + 1)] for offer in judge.offers]
    kept = 0
    for _, group in groupby(sorted(product(*ranges), key=judge.cost), key=judge.cost):
        kept += sum(judge.judge(units).verdict is Verdict.ADEQUATE for units in group)
        if kept >= 2:
            break


def _search(judge: _Judge) -> None:
    """Begin with the most of everything and give up what saves most, in steps that become smaller."""
    here = tuple((offer.pool, offer.most) for offer in judge.offers)
    if judge.judge(here).verdict is not Verdict.ADEQUATE:
        return
    step = max(offer.most - offer.least for offer in judge.offers)
    while step and not judge.is_spent:
        smaller = next(_smaller(judge, here, step), None)
        if smaller is None:
            step //= 2
        else:
            here = smaller


def _smaller(judge: _Judge, here: Units, step: int) -> Iterator[Units]:
    """The sets with so many units less of one pool that keep the promises, the greatest saving first."""
    fewer = [
        (*here[:place], (offer.pool, here[place][1] - step), *here[place + 1 :])
        for place, offer in enumerate(judge.offers)
        if here[place][1] - step >= offer.least
    ]
    for units in sorted(fewer, key=judge.cost):
        if not judge.is_spent and judge.judge(units).verdict is Verdict.ADEQUATE:
            yield units


def _answer(judge: _Judge, sets: int, *, is_searched: bool) -> Choice:
    by_verdict: dict[Verdict, list[Judged]] = {each: [] for each in Verdict}
    for each in sorted(judge.found.values(), key=lambda one: (one.cost, -one.spare, one.units)):
        by_verdict[each.verdict].append(each)
    best, runner_up, *_ = (*by_verdict[Verdict.ADEQUATE], None, None)
    return Choice(
        best=best,
        runner_up=runner_up,
        undecided=tuple(by_verdict[Verdict.UNDECIDED]),
        ruled_out=tuple(by_verdict[Verdict.NOT_ADEQUATE]),
        sets=sets,
        confidence=judge.rule.confidence,
        is_searched=is_searched,
    )
