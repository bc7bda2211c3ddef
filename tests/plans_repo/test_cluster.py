"""Pieces computed by other processes and by a cluster add up to the bytes of a local study, whoever dies meanwhile."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from types import ModuleType

import pytest
from distributed import Client, LocalCluster

from plans_repo import cluster
from plans_repo.cluster import Cluster
from plans_repo.errors import PlansRepoError
from plans_repo.executors import Processes
from sim.chunk import Chunk
from sim.errors import SimError
from sim.executor import Executor
from sim.packing import packed
from sim.stopping import StopRule
from sim.study import run_study
from tests.sim.asking import a_question, a_target
from tests.sim.builders import a_task
from tests.sim.test_study import a_response

RUNS, PIECE = 1200, 50


@pytest.fixture(scope="module")
def local() -> bytes:
    return packed(played()[1])


def played(executor: Executor | None = None, **options):
    return run_study(a_response(), seed=7, rule=StopRule(runs=RUNS), executor=executor, piece=PIECE, **options)


@pytest.fixture(scope="module", autouse=True)
def no_script() -> Iterator[None]:
    """Processes begin as in a worker: a page tried out before in this process is not begun again in each of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "__main__", ModuleType("__main__"))
        yield


@pytest.fixture(scope="module")
def workers() -> Iterator[LocalCluster]:
    """Two processes on this machine, each with one thread."""
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0") as started:
        yield started


@pytest.fixture
def away(workers: LocalCluster) -> Iterator[Cluster]:
    with cluster.connected(workers.scheduler_address) as found:
        yield found


def test_processes_give_the_bytes_of_a_local_study(local: bytes):
    assert packed(played(Processes(2))[1]) == local


def test_a_refusal_in_another_process_comes_back_as_it_was():
    unasked = a_question(a_task("a", 5), targets=(a_target("a", 9),))
    unasked.__dict__["network"] = "no network"
    with pytest.raises(AttributeError):
        run_study(unasked, seed=7, rule=StopRule(runs=50), executor=Processes(2))
    error = SimError("runs-out-of-range", thing="study", field="runs", value=-1)
    again = error.__reduce__()
    same = again[0](*again[1])
    assert (type(same), same.code, same.fields, str(same)) == (SimError, error.code, error.fields, str(error))


def test_a_cluster_gives_the_bytes_of_a_local_study(away: Cluster, local: bytes):
    assert packed(played(away)[1]) == local


def test_a_worker_killed_midway_changes_nothing(away: Cluster, local: bytes):
    client: Client = away.client
    pids = list(client.run(os.getpid).values())
    killed: list[int] = []

    def kill_one(chunk: Chunk) -> None:
        if chunk.runs >= 4 * PIECE and not killed:
            killed.append(pids[0])
            os.kill(pids[0], signal.SIGKILL)

    assert packed(played(away, keep=kill_one)[1]) == local
    assert killed


def test_a_cluster_of_another_release_is_refused(away: Cluster, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(cluster, "RESULTS", cluster.RESULTS + 1)
    with pytest.raises(PlansRepoError, match="cluster-of-other-release"):
        played(away)


def test_a_cluster_of_another_code_is_refused(away: Cluster, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(cluster, "code_digest", lambda: "another formula")
    with pytest.raises(PlansRepoError, match="cluster-of-other-release"):
        played(away)


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("tcp://127.0.0.1:9", "cluster-unreachable"),
        ("nowhere", "cluster-address"),
        ("ftp://x:1", "cluster-address"),
        ("tcp://x", "cluster-address"),
        ("", "cluster-address"),
    ],
)
def test_an_address_where_no_scheduler_is_is_refused(address: str, code: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(cluster, "CONNECT_S", 0.5)
    with pytest.raises(PlansRepoError, match=code), cluster.connected(address):
        pass


def test_a_cluster_without_workers_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(cluster, "CONNECT_S", 0.5)
    with (
        LocalCluster(n_workers=0, processes=True, dashboard_address=":0") as empty,
        pytest.raises(PlansRepoError, match="cluster-without-workers"),
        cluster.connected(empty.scheduler_address),
    ):
        pass
