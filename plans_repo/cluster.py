"""Pieces of a study computed by the workers of a Dask cluster (``yuyan study run --cluster ADDRESS``).

Every worker has the same release and code of the product installed, which is checked with every piece. A worker that
dies loses nothing: its pieces, and the question where it alone had it, are handed to another one. Whoever can reach the
scheduler can have code run there, so a cluster belongs in a closed network.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from distributed import Client, KilledWorker

from plans_repo.errors import PlansRepoError
from plans_repo.study_made_with import code_digest
from sim.chunk import RESULTS, Chunk
from sim.executor import Chunks, Job, Piece, in_order
from sim.network import Network

_ADDRESS = re.compile(r"((tcp|tls)://)?([\w.-]+|\[[0-9a-fA-F:]+\]):[0-9]{1,5}")
CONNECT_S = 10
"""So long a scheduler, and then its first worker, is waited for."""
TRIES = 5
PIECES_A_THREAD = 4


@dataclass(frozen=True)
class Cluster:
    """Several pieces at once on other machines; the sums arrive in the order of the pieces."""

    client: Client

    def chunks(self, job: Job, pieces: Iterable[Piece]) -> Chunks:
        """The sums of the pieces."""
        asked = self.client.submit(_as_it_is, job, pure=False, retries=TRIES)
        here = _release(job.question.network)
        at_once = max(2, PIECES_A_THREAD * sum(self.client.nthreads().values()))  # type: ignore[no-untyped-call]

        def submit(piece: Piece) -> Any:
            return self.client.submit(_play, asked, *piece, here, pure=False, retries=TRIES)

        try:
            yield from in_order(submit, pieces, at_once)
        except KilledWorker as error:
            raise PlansRepoError("cluster-workers-die", thing="cluster", rule=str(error)) from error
        finally:
            asked.release()  # type: ignore[no-untyped-call]


@contextmanager
def connected(address: str) -> Iterator[Cluster]:
    """The cluster whose scheduler has that address, ``tcp://10.0.0.5:8786``; refused if nobody computes there."""
    if not _ADDRESS.fullmatch(address):
        raise PlansRepoError("cluster-address", thing="cluster", rule="must be tcp://HOST:PORT", value=address)
    try:
        client = Client(address, timeout=CONNECT_S, set_as_default=False)  # type: ignore[no-untyped-call]
    except OSError as error:
        raise PlansRepoError("cluster-unreachable", thing="cluster", rule=str(error), value=address) from error
    with client:
        try:
            client.wait_for_workers(1, timeout=CONNECT_S)
        except TimeoutError as error:
            raise PlansRepoError("cluster-without-workers", thing="cluster", value=address) from error
        yield Cluster(client)


def _release(network: Network) -> tuple[Any, ...]:
    return version("yuyan"), RESULTS, code_digest(), network.tables


def _told(release: tuple[Any, ...]) -> str:
    """A release in brief: version, form of the results, and the beginnings of the digests of code and tables."""
    number, results, code, tables = release
    return " ".join((number, str(results), code[:8], *(each[:8] for each in tables)))


def _as_it_is(job: Job) -> Job:
    """The question as a result of its own, so that the cluster can make it again wherever it was lost."""
    return job


def _play(job: Job, first: int, runs: int, release: tuple[Any, ...]) -> Chunk:
    """A piece, by a worker of the same release and code, whose tables are the same."""
    own = _release(job.question.network)
    if release != own:
        raise PlansRepoError(
            "cluster-of-other-release", thing="cluster", rule=f"must be {_told(release)}", value=_told(own)
        )
    return job(first, runs)
