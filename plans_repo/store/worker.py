"""The loop of a worker process: claim, do, report, again."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from plans_repo.errors import PlansRepoError
from plans_repo.store import jobs
from plans_repo.store.jobs import Cancelled, Job
from plans_repo.store.work import Store
from sim.errors import CodedError

LOG = logging.getLogger(__name__)
IDLE_S = 0.5  # how long an idle worker waits before it looks again
BEAT_S = 3.0  # how often the lease is renewed while a handler computes

Handler = Callable[[Store, Job, "Progress"], Mapping[str, Any]]


@dataclass
class Progress:
    """Called by a handler with what is done; raises ``Cancelled`` when it should stop.

    Between calls the lease is renewed in the background, so a handler may compute for
    a long time in one piece; it hears of a cancellation at its next call.
    """

    store: Store
    job: Job
    worker: str
    done: int = 0
    total: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, done: int, total: int) -> None:
        self.done, self.total = done, total
        self.beat()

    def keep(self, key: str, data: bytes, spent_ms: int) -> None:
        """Keep what another worker can go on from; raises ``Cancelled`` when one already does."""
        jobs.keep(self.store, self.job.id, self.worker, key, jobs.Keepsake(data=data, spent_ms=spent_ms))

    def kept(self, key: str) -> jobs.Keepsake | None:
        """What an earlier worker kept of this job under the same key."""
        return jobs.kept(self.store, self.job.id, key)

    def beat(self) -> None:
        """Renew the lease with the progress known."""
        with self._lock:
            jobs.heartbeat(self.store, self.job.id, self.worker, done=self.done, total=self.total)


def run_worker(
    store: Store,
    handlers: Mapping[str, Handler],
    *,
    worker_id: str,
    sleep: Callable[[float], object],
    stop: Callable[[], bool],
) -> None:
    """Work off jobs of the kinds in *handlers* until *stop* says so."""
    while not stop():
        if not run_one(store, handlers, worker_id=worker_id):
            sleep(IDLE_S)


def run_one(store: Store, handlers: Mapping[str, Handler], *, worker_id: str) -> bool:
    """Do the next job, if there is one; False when there was none."""
    job = jobs.claim(store, worker_id, tuple(handlers))
    if job is None:
        return False
    progress = Progress(store=store, job=job, worker=worker_id, total=job.total)
    try:
        progress.beat()
        with _beating(progress):
            result = handlers[job.kind](store, job, progress)
        jobs.finish(store, job.id, worker_id, result)
    except Cancelled:
        jobs.stop(store, job.id, worker_id)
    except CodedError as error:
        jobs.fail(store, job.id, worker_id, error)
    except Exception:
        LOG.exception("job %s of kind %s failed", job.id, job.kind)
        jobs.fail(store, job.id, worker_id, PlansRepoError("job-crashed", thing=job.id, kind=job.kind))
    return True


@contextmanager
def _beating(progress: Progress) -> Iterator[None]:
    """Keep the lease while a handler computes, in a thread of its own."""
    over = threading.Event()
    thread = threading.Thread(target=_beat, args=(progress, over), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _beat(progress: Progress, over: threading.Event) -> None:
    while not over.wait(BEAT_S):
        try:
            progress.beat()
        except Cancelled:
            return  # the handler hears it at its next call
