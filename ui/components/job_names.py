"""Background jobs as people say them: what a job does, to what, and where it is watched or read."""

from __future__ import annotations

from plans_repo import plans, scenarios, studies, study_analyses, validation
from plans_repo.store.jobs import Job, JobState
from plans_repo.store.work import Work
from sim.errors import CodedError
from ui.components.names import job_kind
from ui.components.plan_names import told
from ui.wording import _


def job_title(work: Work, job: Job) -> str:
    """What a job does and to what, as far as the person may still see that."""
    subject = job_subject(work, job)
    return _("{kind}：{subject}", kind=job_kind(job.kind), subject=subject) if subject else job_kind(job.kind)


def job_subject(work: Work, job: Job) -> str:
    """The plan and the scenario a job plays; empty where it plays none or they may not be seen."""
    try:
        if job.kind == study_analyses.JOB_KIND:
            study = studies.study(work, job.params["study"])
            plan, event = study.plan, study.request.scenario
        elif job.kind == "study":
            plan, event = job.params.get("plan", ""), job.params.get("scenario", "")
        else:
            return ""
        found = scenarios.event(work, event)
        return _("{plan}，{scenario}", plan=plans.plan(work, plan).title, scenario=told(found.title, found.title_en))
    except CodedError:
        return ""


def job_address(job: Job) -> str:
    """Where a job is watched, and its result read once it is done."""
    if job.kind == validation.JOB_KIND:
        return "/validation"
    if job.kind == study_analyses.JOB_KIND:
        return f"/study?id={job.params['study']}"
    if job.state is JobState.DONE and job.result:
        return f"/study?id={job.result['study']}"
    return f"/study?job={job.id}"
