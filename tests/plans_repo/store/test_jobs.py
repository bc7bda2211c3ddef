import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from plans_repo.errors import NotFound, PlansRepoError
from plans_repo.store import jobs
from plans_repo.store.database import migrate
from plans_repo.store.jobs import Cancelled, Job, JobState
from plans_repo.store.work import Actor, Store, new_uuid, utc_now
from plans_repo.store.worker import Handler, Progress, run_one, run_worker
from tests.plans_repo.conftest import StillClock, person

OTHER = person("other")


def test_a_job_is_done_and_its_result_kept(store: Store, author: Actor) -> None:
    job = submitted(store, author, upto=3)
    assert run_one(store, COUNTING, worker_id="w1")
    ended = read(store, author, job)
    assert (ended.state, ended.done, ended.total, ended.result) == (JobState.DONE, 3, 3, {"sum": 6})
    assert not run_one(store, COUNTING, worker_id="w1")


def test_a_handler_is_told_whose_job_it_is(store: Store, author: Actor) -> None:
    submitted(store, author, kind="who")
    told: list[Actor] = []

    def who(_store: Store, job: Job, _progress: Progress) -> dict[str, Any]:
        told.append(job.actor)
        return {}

    run_one(store, {"who": who}, worker_id="w1")
    assert told == [author]


def test_the_oldest_job_comes_first_and_only_known_kinds_are_taken(
    store: Store, author: Actor, clock: StillClock
) -> None:
    first = submitted(store, author)
    clock.forward(seconds=1)
    submitted(store, author)
    clock.forward(seconds=1)
    taken = jobs.claim(store, "w1", ("count",))
    assert taken
    assert taken.id == first.id
    assert jobs.claim(store, "w1", ("drill",)) is None


def test_of_two_workers_one_gets_the_job(store: Store, author: Actor) -> None:
    submitted(store, author)
    assert jobs.claim(store, "w1", ("count",))
    assert jobs.claim(store, "w2", ("count",)) is None


def test_after_the_lease_another_worker_takes_over_and_the_first_is_told(
    store: Store, author: Actor, clock: StillClock
) -> None:
    job = submitted(store, author)
    jobs.claim(store, "w1", ("count",))
    clock.forward(seconds=int(jobs.LEASE.total_seconds()) + 1)
    again = jobs.claim(store, "w2", ("count",))
    assert again
    assert (again.id, again.attempts) == (job.id, 2)
    with pytest.raises(Cancelled) as refusal:
        jobs.heartbeat(store, job.id, "w1", done=1, total=2)
    assert refusal.value.code == "job-lost"
    assert not jobs.finish(store, job.id, "w1", {"sum": -1})
    assert jobs.finish(store, job.id, "w2", {"sum": 1})
    assert read(store, author, job).result == {"sum": 1}


def test_a_heartbeat_keeps_the_lease(store: Store, author: Actor, clock: StillClock) -> None:
    job = submitted(store, author)
    jobs.claim(store, "w1", ("count",))
    for _ in range(3):
        clock.forward(seconds=20)
        jobs.heartbeat(store, job.id, "w1", done=0, total=1)
        assert jobs.claim(store, "w2", ("count",)) is None


def test_a_job_that_kills_three_workers_is_given_up(store: Store, author: Actor, clock: StillClock) -> None:
    job = submitted(store, author)
    for number in range(jobs.MOST_ATTEMPTS):
        assert jobs.claim(store, f"w{number}", ("count",))
        clock.forward(seconds=31)
    assert jobs.claim(store, "w9", ("count",)) is None
    ended = read(store, author, job)
    assert ended.state is JobState.FAILED
    assert ended.error == {"code": "job-kept-failing", "fields": {"attempts": "3"}}


def test_a_waiting_job_is_cancelled_at_once(store: Store, author: Actor) -> None:
    job = submitted(store, author)
    with store.work(author) as work:
        assert jobs.cancel(work, job.id).state is JobState.CANCELLED
    assert jobs.claim(store, "w1", ("count",)) is None


def test_a_running_job_stops_at_its_next_step(store: Store, author: Actor) -> None:
    job = submitted(store, author, kind="cancelling")
    reached = []

    def cancelling(store: Store, job: Job, progress: Progress) -> dict[str, Any]:
        progress(1, 3)
        with store.work(author) as work:
            jobs.cancel(work, job.id)
        reached.append("cancelled")
        progress(2, 3)
        reached.append("went on")
        return {}

    run_one(store, {"cancelling": cancelling}, worker_id="w1")
    ended = read(store, author, job)
    assert (ended.state, ended.done, reached) == (JobState.CANCELLED, 2, ["cancelled"])


def test_a_refused_job_keeps_code_and_fields(store: Store, author: Actor) -> None:
    job = submitted(store, author, kind="refusing")

    def refusing(_store: Store, _job: Job, _progress: Progress) -> dict[str, Any]:
        raise PlansRepoError("day-in-future", thing="plan x", value=3)

    run_one(store, {"refusing": refusing}, worker_id="w1")
    ended = read(store, author, job)
    assert ended.state is JobState.FAILED
    assert ended.error == {"code": "day-in-future", "fields": {"thing": "plan x", "value": "3"}}


def test_a_crashing_handler_fails_the_job_and_leaves_the_worker_alive(store: Store, author: Actor) -> None:
    job = submitted(store, author, kind="crashing")

    def crashing(_store: Store, _job: Job, _progress: Progress) -> dict[str, Any]:
        raise ZeroDivisionError

    assert run_one(store, {"crashing": crashing}, worker_id="w1")
    error = read(store, author, job).error
    assert error
    assert error["code"] == "job-crashed"


def test_an_orderly_worker_gives_its_job_back(store: Store, author: Actor) -> None:
    job = submitted(store, author)
    jobs.claim(store, "w1", ("count",))
    assert jobs.release(store, job.id, "w1")
    again = jobs.claim(store, "w2", ("count",))
    assert again
    assert again.attempts == 1


def test_jobs_of_others_do_not_exist(store: Store, author: Actor) -> None:
    job = submitted(store, author)
    with store.reading(OTHER) as work:
        assert jobs.jobs(work) == ()
        with pytest.raises(NotFound):
            jobs.job(work, job.id)


def test_one_person_may_not_fill_the_queue(store: Store, author: Actor) -> None:
    for _ in range(jobs.MOST_AT_ONCE):
        submitted(store, author)
    with pytest.raises(PlansRepoError) as refusal:
        submitted(store, author)
    assert refusal.value.code == "too-many-jobs"
    submitted(store, OTHER)


def test_the_loop_works_until_told_to_stop(store: Store, author: Actor) -> None:
    job = submitted(store, author)
    slept: list[float] = []
    run_worker(store, COUNTING, worker_id="w1", sleep=slept.append, stop=lambda: len(slept) >= 2)
    assert read(store, author, job).state is JobState.DONE
    assert len(slept) == 2


def test_a_killed_worker_s_job_is_finished_by_another_process(tmp_path: Path, author: Actor) -> None:
    url = f"sqlite:///{tmp_path / 'a.sqlite3'}"
    migrate(url)
    store = Store.open(url, clock=utc_now, new_id=new_uuid)
    job = submitted(store, author, upto=3)
    first = a_worker(url, "w1", ahead=timedelta(0), stall="1")
    wait_for(lambda: read(store, author, job).done == 1)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert read(store, author, job).state is JobState.RUNNING
    second = a_worker(url, "w2", ahead=2 * jobs.LEASE, stall="0")
    assert second.wait(30) == 0
    ended = read(store, author, job)
    store.close()
    assert (ended.state, ended.worker, ended.attempts, ended.result) == (JobState.DONE, "w2", 2, {"sum": 6})


def test_two_processes_share_the_jobs_and_do_each_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a.sqlite3'}"
    migrate(url)
    store = Store.open(url, clock=utc_now, new_id=new_uuid)
    people = [person(f"p{number}") for number in range(6)]
    every = [(someone, submitted(store, someone, upto=2)) for someone in people for _ in range(4)]
    workers = [a_worker(url, f"w{number}", ahead=timedelta(0), stall="0") for number in range(2)]
    assert [worker.wait(60) for worker in workers] == [0, 0]
    ended = [read(store, someone, job) for someone, job in every]
    store.close()
    assert {(job.state, job.attempts, str(job.result)) for job in ended} == {(JobState.DONE, 1, "{'sum': 3}")}


def counting(_store: Store, job: Job, progress: Progress) -> Mapping[str, Any]:
    """Add the numbers from one to *upto*; when told to, stall for ever after the first."""
    total = 0
    for number in range(1, job.params["upto"] + 1):
        total += number
        progress(number, job.params["upto"])
        if os.environ.get("YUYAN_TEST_STALL") == "1":
            time.sleep(600)
    return {"sum": total}


COUNTING: Mapping[str, Handler] = {"count": counting}


def work_off(url: str, worker_id: str, ahead_s: float) -> None:
    """What a worker process does: all the jobs there are, on a clock that runs ahead."""
    store = Store.open(url, clock=lambda: utc_now() + timedelta(seconds=ahead_s), new_id=new_uuid)
    while run_one(store, COUNTING, worker_id=worker_id):
        pass


def a_worker(url: str, worker_id: str, *, ahead: timedelta, stall: str) -> subprocess.Popen[bytes]:
    call = f"work_off({url!r}, {worker_id!r}, {ahead.total_seconds()})"
    word = f"from tests.plans_repo.store.test_jobs import work_off; {call}"
    return subprocess.Popen([sys.executable, "-c", word], env={**os.environ, "YUYAN_TEST_STALL": stall})


def wait_for(is_so: Any) -> None:
    for _ in range(600):
        if is_so():
            return
        time.sleep(0.05)
    pytest.fail("it never came to pass")


def submitted(store: Store, actor: Actor, *, kind: str = "count", upto: int = 1) -> Job:
    with store.work(actor) as work:
        return jobs.submit(work, kind, {"upto": upto})


def read(store: Store, actor: Actor, job: Job) -> Job:
    with store.reading(actor) as work:
        return jobs.job(work, job.id)
