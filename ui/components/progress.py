"""How far a job is: a bar that refreshes itself, with a way to cancel."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from plans_repo.store import jobs
from plans_repo.store.jobs import Job, JobState
from sim.errors import CodedError
from ui.components.look_again import look_again
from ui.components.refusal import answered
from ui.identity import guard, reading, work
from ui.wording import _, sentence

EVERY = "1s"


def progress_job(job_id: str, *, key: str, on_done: Callable[[Job], None]) -> None:
    """Show a job until it is over; then *on_done* shows its result in the same place.

    The page is run again once when the job ends, so that what stands around the bar follows.
    """
    with answered():
        guard()
        with reading() as opened:
            job = jobs.job(opened, job_id)
        if job.is_over:
            _show_end(job, on_done)
        else:
            st.fragment(_poll, run_every=EVERY)(job_id, key)


def _poll(job_id: str, key: str) -> None:
    with answered():
        guard(active=False)
        with reading() as opened:
            job = jobs.job(opened, job_id)
        if job.is_over:
            st.rerun(scope="app")
        _show_progress(job)
        if st.button(_("取消"), key=f"{key}-cancel", disabled=job.cancel):
            guard()
            with work() as opened:
                jobs.cancel(opened, job_id)
            look_again()


def _show_progress(job: Job) -> None:
    share = min(1.0, job.done / job.total) if job.total else 0.0
    st.progress(share, text=_words(job))


def _words(job: Job) -> str:
    if job.cancel:
        return _("正在取消…")
    if job.state is JobState.QUEUED:
        return _("排队等候…")
    if job.done and not job.total:  # what has to be done before anything can be counted
        return _("首次使用，正在编译推演引擎：已编译 {done} 个函数（只需一次）", done=job.done)
    return _("已完成 {done} / {total}", done=job.done, total=job.total or "?")


def _show_end(job: Job, on_done: Callable[[Job], None]) -> None:
    if job.state is JobState.DONE:
        on_done(job)
    elif job.state is JobState.CANCELLED:
        st.info(_("已取消。"))
    else:
        st.error(sentence(failure(job)))


def failure(job: Job) -> CodedError:
    """Why a job failed, as the refusal it was."""
    error = job.error or {"code": "job-crashed", "fields": {}}
    return CodedError(error["code"], **error["fields"])
