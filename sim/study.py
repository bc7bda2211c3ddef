"""Many runs of one version against one event: played in pieces, looked at as the rule says, stopped when it says so."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass

from sim.batch import Batching, reference_batch
from sim.chunk import Chunk, merge
from sim.executor import Executor, Job, Serial
from sim.findings import (
    Caution,
    Findings,
    Mean,
    Quantile,
    TargetResult,
    TaskBand,
    Wait,
    Weight,
    alpha_of,
    findings,
    is_provisional,
)
from sim.pieces import PIECE, pieces
from sim.question import Question
from sim.statistics import is_precise
from sim.stopping import Ending, StopRule

__all__ = [
    "Caution",
    "Findings",
    "Mean",
    "Quantile",
    "TargetResult",
    "TaskBand",
    "Wait",
    "Weight",
    "findings",
    "is_provisional",
    "run_study",
]


def run_study(
    question: Question,
    *,
    seed: int,
    rule: StopRule,
    batch: Batching = reference_batch,
    reference: Batching | None = None,
    executor: Executor | None = None,
    piece: int = PIECE,
    start: Chunk | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
    keep: Callable[[Chunk], None] = lambda chunk: None,
    is_time_over: Callable[[], bool] = lambda: False,
) -> tuple[Findings, Chunk]:
    """The findings and the whole-number results behind them.

    *start* is what an interrupted study had kept; the result is the same as if it had not been interrupted.
    *progress* is called with the runs done and the runs of the present look, *keep* with the sums so far; what
    either raises ends the study. With a *reference* a sample of the runs is played by that engine too, and a
    study of which one differs is refused.
    """
    player = _Player(
        job=Job(question=question, seed=seed, batch=batch, reference=reference),
        executor=executor or Serial(),
        piece=piece,
        chunk=start,
    )
    ending: Ending | None = None
    for size in (size for size in rule.looks if size >= player.done):  # the looks passed before an interruption
        with closing(player.until(size)) as chunks:  # decided nothing
            for chunk in chunks:
                progress(chunk.runs, size)
                keep(chunk)
                if is_time_over():
                    ending = Ending.TIME
                    break
        if player.done == size:
            ending = _ending(question, player.sums, seed, rule) or ending
        if ending is not None:
            break
    return findings(question, player.sums, seed=seed, rule=rule, ending=ending), player.sums


@dataclass(kw_only=True)
class _Player:
    """Plays pieces and keeps their sums."""

    job: Job
    executor: Executor
    piece: int
    chunk: Chunk | None

    @property
    def done(self) -> int:
        """The runs made."""
        return self.chunk.runs if self.chunk else 0

    @property
    def sums(self) -> Chunk:
        """What they left behind."""
        return merge([self.chunk] if self.chunk else [])

    def until(self, size: int) -> Generator[Chunk, None, None]:
        """The sums after every further piece, up to so many runs."""
        with closing(self.executor.chunks(self.job, pieces(self.done, size, self.piece))) as parts:
            for part in parts:
                self.chunk = merge([self.chunk, part]) if self.chunk else part
                yield self.chunk


def _ending(question: Question, chunk: Chunk, seed: int, rule: StopRule) -> Ending | None:
    """Why a study ends after a look; None if it goes on."""
    if rule.runs:
        return Ending.EXACT
    if rule.precision_share is None:
        if findings(question, chunk, seed=seed, rule=rule).is_decided:
            return Ending.DECIDED
    elif _is_precise(question, chunk, rule, rule.precision_share):
        return Ending.PRECISE
    return Ending.MOST_RUNS if chunk.runs == rule.looks[-1] else None


def _is_precise(question: Question, chunk: Chunk, rule: StopRule, share: float) -> bool:
    """Whether the mean time of every target is known well enough."""
    alpha = alpha_of(question, rule)
    measured = zip(question.aims, chunk.targets, strict=True)
    return all(is_precise(sums.ticks, share, alpha=alpha) for aims, sums in measured if aims.aims)
