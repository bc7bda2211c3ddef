"""Studies that are found again, that are killed and resumed, and that run out of time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from datetime import timedelta
from types import ModuleType
from typing import Any

import pytest

from plans_repo import intake, plans, scenarios, studies, study_engines, study_running
from plans_repo.errors import PlansRepoError
from plans_repo.executors import Processes
from plans_repo.proposals import procedure_for
from plans_repo.store import audit, jobs
from plans_repo.store.jobs import Job, JobState
from plans_repo.store.roles import Role
from plans_repo.store.tables.jobs import JobKeepsakeRow
from plans_repo.store.work import Actor, Store, new_uuid, utc_now
from plans_repo.store.worker import Handler, Progress, run_one
from plans_repo.studies import Request
from plans_repo.study_engines import DEFAULT_ENGINE, ENGINES, StudyEngine
from sim.durations import Duration, Pert, minutes_fixed
from sim.errors import SimError
from sim.quantiles import beta_table, table_digest
from sim.stopping import Ending
from tests.plans_repo.conftest import BOTH, StillClock, person
from tests.plans_repo.test_studies import PLAN, SCENARIO, small_river
from tests.sim.asking import a_question
from tests.sim.builders import a_task


@pytest.fixture
def engine_name() -> str:
    return "sqlite"


@pytest.fixture
def plan(store: Store, author: Actor) -> str:
    """A small flood plan with its proposed procedure, and a river flood of three villages."""
    with store.work(author) as work:
        scenarios.save_scenario(work, small_river())
        return intake.take_file(work, PLAN.encode(), "临江.txt", propose=procedure_for).first.plan


@pytest.fixture
def request_(plan: str) -> Request:
    return Request(plan=plan, scenario=SCENARIO, runs=3)


def in_pieces_of(runs: int) -> StudyEngine:
    return replace(ENGINES[DEFAULT_ENGINE], piece=lambda question: runs)


# ---- Found again -----------------------------------------------------------------------------------------------------


def test_who_asks_the_same_is_given_the_study_there_is_and_told_so(store, author, request_):
    first = studies.run(store, author, request_)
    second = studies.run(store, author, request_)
    assert (first.is_reused, second.is_reused) == (False, True)
    assert second == first
    with store.reading(author) as work:
        assert len(studies.studies(work, request_.plan)) == 1


def test_computed_anew_it_says_the_same(store, author, request_):
    first = studies.run(store, author, request_)
    second = studies.run(store, author, request_, anew=True)
    assert not second.is_reused
    assert second.id != first.id
    assert second.findings == first.findings


@pytest.mark.parametrize(
    "change", [{"runs": 4}, {"seed": 5}, {"is_joint": True}, {"most_runs": 100}, {"most_minutes": 9.0}]
)
def test_another_question_is_another_study(store, author, request_, change):
    first = studies.run(store, author, request_)
    assert studies.run(store, author, replace(request_, **change)).id != first.id


def test_the_own_seed_chosen_by_hand_is_a_study_of_its_own_because_the_history_tells_it(store, author, request_):
    first = studies.run(store, author, request_)
    chosen = studies.run(store, author, replace(request_, seed=first.seed))
    assert chosen.id != first.id
    assert chosen.findings == first.findings


def test_a_changed_procedure_is_computed(store, author, request_):
    first = studies.run(store, author, request_)
    with store.work(author) as work:
        procedure = plans.procedure_of(work, request_.plan)
        assert procedure is not None
        quick = (replace(task, duration=minutes_fixed(1)) if task.id == "F6" else task for task in procedure.tasks)
        plans.set_procedure(work, request_.plan, procedure.with_tasks(quick), reason="压缩下达时间")
    assert not studies.run(store, author, request_).is_reused
    assert studies.run(store, author, replace(request_, version=first.version)).id == first.id


def test_another_release_computes_anew(store, author, request_, monkeypatch):
    studies.run(store, author, request_)
    monkeypatch.setattr(study_running, "RESULTS", study_running.RESULTS + 1)
    assert not studies.run(store, author, request_).is_reused


def test_another_code_computes_anew_and_goes_on_with_nothing_of_the_old(store, author, request_, monkeypatch):
    first = studies.run(store, author, request_)
    with store.reading(author) as work:
        key = studies.ask(work, request_).key
        monkeypatch.setattr(study_running, "code_digest", lambda: "another formula")
        assert studies.ask(work, request_).key != key
    again = studies.run(store, author, request_)
    assert (again.is_reused, again.findings) == (False, first.findings)


def test_the_tables_of_the_laws_are_hashed_with_the_study():
    network = a_question(a_task("a", Duration(law=Pert(low_min=5, mode_min=10, high_min=25)))).network
    assert network.tables == (table_digest(beta_table(2.0, 4.0)),)
    assert network.tables in study_running.release(DEFAULT_ENGINE, network)
    assert a_question(a_task("a", 5)).network.tables == ()


# ---- Time ------------------------------------------------------------------------------------------------------------


def test_a_budget_of_time_ends_the_study_says_so_and_answers_nobody_else(store, author, request_, clock, monkeypatch):
    monkeypatch.setitem(ENGINES, DEFAULT_ENGINE, in_pieces_of(2))
    request_ = replace(request_, runs=9, most_minutes=5.0)

    def two_minutes(done: int, total: int) -> None:
        clock.forward(minutes=2)

    done = studies.run(store, author, request_, progress=two_minutes)
    assert (done.findings.runs, done.findings.ending) == (6, Ending.TIME)
    assert done.findings.results_hash == studies.run(store, author, replace(request_, runs=6)).findings.results_hash
    assert not studies.run(store, author, request_).is_reused


# ---- Killed and resumed ----------------------------------------------------------------------------------------------

RUNS, STALL_AT, PIECE = 14, 9, 3


def study(store: Store, job: Job, progress: Progress) -> Mapping[str, Any]:
    """The study, and where this process began; when told to, stall for ever at a certain run."""
    heard: list[int] = []

    def hear(done: int, total: int) -> None:
        heard.append(done)
        progress(done, total)
        if done == STALL_AT and os.environ.get("YUYAN_TEST_STALL") == "1":
            time.sleep(600)

    done = studies.run(store, job.actor, Request(**job.params), progress=hear, memory=progress)
    return {"study": done.id, "first": heard[0]}


HANDLERS: Mapping[str, Handler] = {"study": study}


def work_off(url: str, worker_id: str, ahead_s: float) -> None:
    """What a worker process does when told to begin: all jobs, on a clock that runs ahead, keeping every piece."""
    sys.stdin.readline()
    study_running.KEEP_EVERY = timedelta()
    study_engines.ENGINES[DEFAULT_ENGINE] = in_pieces_of(PIECE)
    store = Store.open(url, clock=lambda: utc_now() + timedelta(seconds=ahead_s), new_id=new_uuid)
    while run_one(store, HANDLERS, worker_id=worker_id):
        pass


def a_worker(url: str, worker_id: str, *, ahead: timedelta, stall: str) -> subprocess.Popen[bytes]:
    call = f"work_off({url!r}, {worker_id!r}, {ahead.total_seconds()})"
    word = f"from tests.plans_repo.test_study_runs import work_off; {call}"
    env = {**os.environ, "YUYAN_TEST_STALL": stall}
    return subprocess.Popen([sys.executable, "-c", word], env=env, stdin=subprocess.PIPE)


def begin(worker: subprocess.Popen[bytes]) -> None:
    assert worker.stdin is not None
    worker.stdin.write(b"\n")
    worker.stdin.close()


def job_now(store: Store, author: Actor, job: Job) -> Job:
    with store.reading(author) as work:
        return jobs.job(work, job.id)


@pytest.fixture
def real_store(url: str) -> Iterator[Store]:
    store = Store.open(url, clock=utc_now, new_id=new_uuid)
    yield store
    store.close()


@BOTH
def test_a_study_of_a_killed_worker_is_finished_by_another_with_the_same_hash(real_store, url, author):
    with real_store.work(author) as work:
        scenarios.save_scenario(work, small_river())
        plan = intake.take_file(work, PLAN.encode(), "临江.txt", propose=procedure_for).first.plan
        request = Request(plan=plan, scenario=SCENARIO, runs=RUNS)
        job = jobs.submit(work, "study", asdict(request))
    first = a_worker(url, "w1", ahead=timedelta(0), stall="1")
    second = a_worker(url, "w2", ahead=2 * jobs.LEASE, stall="0")
    begin(first)
    for _ in range(1200):
        if job_now(real_store, author, job).done == STALL_AT:
            break
        time.sleep(0.05)
    first.send_signal(signal.SIGKILL)
    first.wait()
    begin(second)
    assert second.wait(60) == 0
    ended = job_now(real_store, author, job)
    assert (ended.state, ended.worker, ended.attempts) == (JobState.DONE, "w2", 2)
    assert ended.result is not None
    assert ended.result["first"] == STALL_AT, "the second began where the first had kept its sums"
    unbroken = studies.run(real_store, author, request, anew=True)
    with real_store.reading(author) as work:
        assert studies.study(work, str(ended.result["study"])).findings == unbroken.findings
        assert work.session.get(JobKeepsakeRow, job.id) is None


def test_what_is_kept_belongs_to_one_job_one_key_and_its_present_worker(store, author, clock: StillClock):
    with store.work(author) as work:
        job = jobs.submit(work, "study", {})
    jobs.claim(store, "w1", ("study",))
    for data in (b"one", b"two"):
        jobs.keep(store, job.id, "w1", "k", jobs.Keepsake(data=data, spent_ms=5))
    assert jobs.kept(store, job.id, "k") == jobs.Keepsake(data=b"two", spent_ms=5)
    assert jobs.kept(store, job.id, "other") is None
    clock.forward(seconds=31)
    jobs.claim(store, "w2", ("study",))
    with pytest.raises(jobs.Cancelled):
        jobs.keep(store, job.id, "w1", "k", jobs.Keepsake(data=b"late", spent_ms=9))
    assert jobs.kept(store, job.id, "k") == jobs.Keepsake(data=b"two", spent_ms=5)
    jobs.stop(store, job.id, "w2")
    assert jobs.kept(store, job.id, "k") is None


# ---- What cannot be --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"runs": -1}, "runs-out-of-range"),
        ({"runs": float("nan")}, "runs-out-of-range"),
        ({"runs": 1_000_001}, "runs-out-of-range"),
        ({"runs": 0, "most_runs": 0}, "runs-out-of-range"),
        ({"seed": -1}, "seed-out-of-range"),
        ({"seed": 2**63}, "seed-out-of-range"),
        ({"seed": 1.5}, "seed-out-of-range"),
        ({"precision_share": float("nan")}, "share-out-of-range"),
        ({"precision_share": 1.0}, "share-out-of-range"),
        ({"most_minutes": 0.0}, "minutes-out-of-range"),
        ({"most_minutes": float("inf")}, "minutes-out-of-range"),
        ({"most_minutes": float("nan")}, "minutes-out-of-range"),
    ],
)
def test_what_cannot_be_asked_is_refused_before_anything_is_computed(store, author, request_, change, code):
    with pytest.raises((SimError, PlansRepoError)) as refused, store.reading(author) as work:
        studies.ask(work, replace(request_, **change))
    assert refused.value.code == code


def test_both_engines_and_processes_keep_the_same_findings(store, author, request_, monkeypatch):
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))  # as in a worker: no page to begin again
    serial = studies.run(store, author, request_)
    readable = studies.run(store, author, replace(request_, engine="simpy"))
    assert readable.findings == serial.findings
    assert readable.savings == serial.savings
    spread = studies.run(store, author, request_, anew=True, executor=Processes(2))
    assert spread.findings == serial.findings
    with store.reading(person("auditor", Role.AUDIT_ADMINISTRATOR)) as work:
        assert audit.verify(work).valid
