"""A job on the screen: waiting, running, cancelled, done, failed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from plans_repo.errors import PlansRepoError
from plans_repo.store import accounts, jobs
from plans_repo.store.jobs import Job, JobState
from plans_repo.store.work import Store
from plans_repo.store.worker import Progress, run_one
from tests.ui.conftest import PASSWORD
from ui.installation import Installation

SCRIPT = """
import streamlit as st
from ui.components.progress import progress_job
progress_job(st.query_params["job"], key="job", on_done=lambda job: st.success(f"结果 {job.result['answer']}"))
"""


@pytest.fixture
def job(installation: Installation) -> Job:
    author = accounts.actor_named(installation.store, "author")
    with installation.store.work(author) as work:
        return jobs.submit(work, "sum", {"numbers": [1, 2]}, total=2)


@pytest.fixture
def screen(installation: Installation, job: Job) -> Callable[..., AppTest]:
    def shown(name: str = "author", job_id: str = job.id) -> AppTest:
        ticket = accounts.sign_in(installation.store, name, PASSWORD, address="", user_agent="")
        at = AppTest.from_string(SCRIPT, default_timeout=30)
        at.user = {"ticket": ticket.token, "session": ticket.session}
        at.query_params["job"] = job_id
        return at.run()

    return shown


def bar(at: AppTest) -> str:
    return str(at.get("progress")[0].proto.text)


def state_of(installation: Installation, job: Job) -> JobState:
    with installation.store.reading(job.actor) as work:
        return jobs.job(work, job.id).state


def test_a_waiting_job_says_so_and_is_cancelled_by_the_button(
    screen: Callable[..., AppTest], installation: Installation, job: Job
) -> None:
    at = screen()
    assert bar(at) == "排队等候…"
    at.button(key="job-cancel").click().run()
    assert state_of(installation, job) is JobState.CANCELLED
    assert [info.value for info in at.run().info] == ["已取消。"]


def test_a_running_job_shows_how_far_it_is(
    screen: Callable[..., AppTest], installation: Installation, job: Job
) -> None:
    jobs.claim(installation.store, "worker", ("sum",))
    jobs.heartbeat(installation.store, job.id, "worker", done=1, total=2)
    at = screen()
    assert (bar(at), at.get("progress")[0].proto.value) == ("已完成 1 / 2", 50)


def test_a_job_that_waits_for_the_compiler_says_so(
    screen: Callable[..., AppTest], installation: Installation, job: Job
) -> None:
    jobs.claim(installation.store, "worker", ("sum",))
    jobs.heartbeat(installation.store, job.id, "worker", done=12, total=0)
    at = screen()
    said = "首次使用，正在编译推演引擎：已编译 12 个函数（只需一次）"
    assert (bar(at), at.get("progress")[0].proto.value) == (said, 0)


def test_a_done_job_shows_its_result(screen: Callable[..., AppTest], installation: Installation) -> None:
    def add(_store: Store, job: Job, progress: Progress) -> Mapping[str, Any]:
        progress(2, 2)
        return {"answer": sum(job.params["numbers"])}

    run_one(installation.store, {"sum": add}, worker_id="worker")
    at = screen()
    assert [success.value for success in at.success] == ["结果 3"]
    assert not at.get("progress")


def test_a_refused_job_says_why(screen: Callable[..., AppTest], installation: Installation) -> None:
    def refuse(_store: Store, _job: Job, _progress: Progress) -> Mapping[str, Any]:
        raise PlansRepoError("password-too-short", limit=10, value=3)

    run_one(installation.store, {"sum": refuse}, worker_id="worker")
    assert [error.value for error in screen().error] == ["密码太短：至少 10 个字符，现在是 3 个。"]


def test_another_persons_job_does_not_exist(screen: Callable[..., AppTest]) -> None:
    foreign, unknown = screen("organiser"), screen("author", "no-such-job")
    assert (
        [error.value for error in foreign.error] == [error.value for error in unknown.error] == ["不存在或无权访问。"]
    )


def test_watching_does_not_keep_a_session_alive(
    screen: Callable[..., AppTest], installation: Installation, clock: Any
) -> None:
    at = screen()
    for _minute in range(3):
        clock.forward(minutes=11)
        seen = accounts.is_live(installation.store, at.user["session"])
    assert not seen
    at.run()
    assert not at.get("progress")
