"""How far the durations of a question may be off: by their footing, or by what timings leave open."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from plans_repo.packs.reading import pack
from plans_repo.timings.calibrating import TaskTimings
from sim.doubt import Doubt, Split
from sim.figure import Figure, Footing, Mark
from sim.learnt_doubt import learnt_splits
from sim.question import Question

NINETEEN_OF_TWENTY = 1.96  # standard deviations either side of the middle that hold 95 % of a normal law
DRAWS, RUNS = 100, 50


def factor_of(footing: Footing) -> Figure:
    """By how much, up or down, a median of this footing may be off, 19 times in 20."""
    entry = pack("doubt", "medians")[footing.value]
    return Figure(value=entry["value"], unit=entry["unit"], source=entry["source"], mark=Mark(entry["mark"]))


def doubts_of(question: Question) -> tuple[Doubt, ...]:
    """What is held of the medians of all tasks played that take time: lognormal, 95 % within the range."""
    return tuple(
        Doubt(task=name, scale=math.log(factor_of(footing).value) / NINETEEN_OF_TWENTY)
        for name, footing in doubtful(question)
    )


def doubtful(question: Question) -> Sequence[tuple[str, Footing]]:
    """The tasks played that take time, with what each duration rests on."""
    durations = {task.id: task.duration for task in question.procedure.tasks}
    return [
        (name, durations[name].rests_on)
        for name in question.network.of_task
        if name in durations and not durations[name].is_state
    ]


def doubts(
    question: Question,
    timings: Sequence[TaskTimings],
    *,
    seed: int,
    runs: int,
    same_as: Mapping[str, str] | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[Split, ...]:
    """For a study of calibrated durations, the noise of its runs beside the doubt that is left; nothing for others.

    Timed durations are drawn from their posteriors, all others by their footing; a task that is the *same as* another
    is drawn with it.
    """
    played = set(question.network.of_task)
    held = {each.task: each.lesson.posterior for each in timings if each.task in played}
    if not timings:
        return ()
    success = {each.task: each.success for each in timings if each.success is not None and each.task in played}
    return learnt_splits(
        question,
        held=held,
        success=success,
        doubts=[one for one in doubts_of(question) if one.task not in held],
        seed=seed,
        study_runs=runs,
        same_as=same_as,
        draws=DRAWS,
        runs=RUNS,
        progress=lambda _done, _total: progress(runs, runs),
    )
