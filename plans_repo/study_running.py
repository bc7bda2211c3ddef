"""A study being computed: pieces, the budget of time, what is kept for after a kill, and the proofs at the end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from importlib.metadata import version as version_of_package
from typing import Any, Protocol

from plans_repo.study_engines import ENGINES, LARGE_PIECE
from plans_repo.study_made_with import code_digest
from plans_repo.study_preparation import prepared
from plans_repo.study_values import Request
from sim.chunk import RESULTS, Chunk
from sim.executor import Executor, Serial, Threads
from sim.network import Network
from sim.packing import packed, unpacked
from sim.question import Question
from sim.statistics import Verdict
from sim.study import Findings, run_study
from sim.suspects import Saving, prove_all, suspects

PROOF_RUNS = 50
"""At most so many runs are played again to prove a suspect."""
MOST_SUSPECTS = 5
FEWEST_PROOF_RUNS = 2
KEEP_EVERY = timedelta(seconds=10)
"""What is computed in that time is lost at most when a process is killed."""


class Kept(Protocol):
    """What an earlier process left: the sums as bytes, and how long it had computed."""

    @property
    def data(self) -> bytes:
        """The sums."""

    @property
    def spent_ms(self) -> int:
        """The time computed for them."""


class Memory(Protocol):
    """Keeps the sums of an unfinished study under a key."""

    def keep(self, key: str, data: bytes, spent_ms: int) -> None:
        """In place of what was kept before."""

    def kept(self, key: str) -> Kept | None:
        """What was kept under the key."""


def release(engine: str, network: Network) -> list[Any]:
    """What else results depend on: release and code of the product, tables of the laws, the engine, the proofs."""
    return [version_of_package("yuyan"), RESULTS, code_digest(), network.tables, engine, PROOF_RUNS, MOST_SUSPECTS]


def compute(
    question: Question,
    request: Request,
    *,
    key: str,
    clock: Callable[[], datetime],
    progress: Callable[[int, int], None],
    executor: Executor | None,
    memory: Memory | None,
) -> tuple[Findings, tuple[Saving, ...]]:
    """The findings of a request, and what the largest losses cost, proved.

    *progress* hears (done, total) in runs; before that, with a total of 0, the functions compiled on first use.
    """
    engine = ENGINES[request.engine]
    seed = question.own_seed if request.seed is None else request.seed
    if engine.is_compiled and (executor is None or isinstance(executor, Threads)):
        prepared(
            lambda: engine.batch(question, seed=seed, first=0, runs=1),
            lambda functions: progress(functions, 0),
        )
    course = _Course(key, clock, memory, request.rule.most_minutes)
    found, chunk = run_study(
        question,
        seed=seed,
        rule=request.rule,
        batch=engine.batch,
        reference=engine.reference,
        executor=executor or engine.executor(),
        piece=engine.piece(question) if _is_here(executor) else max(LARGE_PIECE, engine.piece(question)),
        start=course.start(),
        progress=progress,
        keep=course.keep,
        is_time_over=course.is_over,
    )
    short = {result.target.id for result in found.targets if result.verdict is not Verdict.ADEQUATE}
    suspected = suspects(chunk, short=short, most=MOST_SUSPECTS) if chunk.runs >= FEWEST_PROOF_RUNS else ()
    savings = prove_all(
        question,
        suspected,
        seed=seed,
        runs=min(PROOF_RUNS, chunk.runs),
        batch=engine.batch,
        piece=PROOF_RUNS,
        progress=lambda: progress(chunk.runs, chunk.runs),
    )
    return found, savings


def _is_here(executor: Executor | None) -> bool:
    """Whether the pieces stay in this process, so that small ones cost nothing."""
    return executor is None or isinstance(executor, Serial)


class _Course:
    """How long a study has been computed, by this process and those before it, and what is kept of it."""

    def __init__(
        self, key: str, clock: Callable[[], datetime], memory: Memory | None, most_minutes: float | None
    ) -> None:
        self._key, self._clock, self._memory = key, clock, memory
        self._most = None if most_minutes is None else timedelta(minutes=most_minutes)
        self._began = self._kept_at = clock()
        self._before = timedelta()

    def start(self) -> Chunk | None:
        """What an earlier process had kept of this very study."""
        kept = self._memory.kept(self._key) if self._memory else None
        if kept is None:
            return None
        self._before = timedelta(milliseconds=kept.spent_ms)
        return unpacked(kept.data)

    def keep(self, chunk: Chunk) -> None:
        """Keep the sums so far, now and then."""
        if self._memory and self._clock() - self._kept_at >= KEEP_EVERY:
            self._memory.keep(self._key, packed(chunk), round(self._spent / timedelta(milliseconds=1)))
            self._kept_at = self._clock()

    def is_over(self) -> bool:
        """Whether the budget of time is spent."""
        return self._most is not None and self._spent >= self._most

    @property
    def _spent(self) -> timedelta:
        return self._before + (self._clock() - self._began)
