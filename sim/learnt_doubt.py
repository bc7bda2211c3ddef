"""The doubt that timings leave, told apart from the noise of runs: the two loops of ``sim.doubt`` on posteriors.

An outer draw takes one law for every calibrated duration from what is held of it, one share for every calibrated
chance of success, and one factor for every duration that nobody timed; all inner runs of the draw, and all places
where the task is done in them, share it. A law drawn anew for every place would average the doubt away.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from sim.batch import Batching
from sim.calibration import SuccessShare
from sim.doubt import DRAWS, RUNS, Doubt, Split, drawn_share, luck_of, split_of
from sim.figure import at_least
from sim.influences import scaled
from sim.kernel.batching import kernel_batch
from sim.lesson import Held
from sim.question import Question
from sim.variants import with_laws

_SPREAD, _SUCCESS = 1, 2  # what else is drawn of a task beside its median


def learnt_splits(
    question: Question,
    *,
    held: Mapping[str, Held],
    success: Mapping[str, SuccessShare],
    doubts: Sequence[Doubt],
    seed: int,
    study_runs: int,
    same_as: Mapping[str, str] | None = None,
    draws: int = DRAWS,
    runs: int = RUNS,
    batch: Batching = kernel_batch,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[Split, ...]:
    """For every promise of the event, how much of its doubt more runs would remove and how much only more drills.

    A task that is the *same as* another, done in another part of a compound event, is drawn with it.
    """
    key = (same_as or {}).get
    for field, value, least in (("draws", draws, 3), ("runs", runs, 2), ("study_runs", study_runs, 1)):
        at_least("two loops", field, value, least)
    places = [(place, aims.target.id) for place, aims in enumerate(question.aims) if aims.aims]
    shares = np.zeros((draws, len(places)))
    for draw in range(draws):

        def drawn(task: str, which: int = 0, draw: int = draw) -> float:
            return drawn_share(seed, key(task, task), draw, which)

        factors = {one.task: one.factor(drawn(one.task)) for one in doubts}
        laws = {task: each.drawn(drawn(task), drawn(task, _SPREAD)) for task, each in held.items()}
        chances = {task: each.quantile(drawn(task, _SUCCESS)) for task, each in success.items()}
        played = with_laws(scaled(question, factors), laws, chances)
        met = batch(played, seed=luck_of(seed, draw), first=0, runs=runs).met
        shares[draw] = [met[:, place].mean() for place, _ in places]
        progress(draw + 1, draws)
    return tuple(
        split_of(target, shares[:, column], runs=runs, study_runs=study_runs)
        for column, (_, target) in enumerate(places)
    )
