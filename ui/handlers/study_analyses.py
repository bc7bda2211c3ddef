"""Analyses of studies, computed by the worker in the name of the person who asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plans_repo import study_analyses
from plans_repo.store.jobs import Job
from plans_repo.store.work import Store
from plans_repo.store.worker import Progress
from plans_repo.study_analyses import Wanted
from sim.plain import unplain
from ui.handlers import handles


@handles(study_analyses.JOB_KIND)
def analysis(store: Store, job: Job, progress: Progress) -> Mapping[str, Any]:
    """Compute the analysis of the study named in the parameters; the result names what is kept."""
    wanted = unplain(Wanted, job.params["wanted"])
    made = study_analyses.run(store, job.actor, job.params["study"], wanted, progress=progress)
    return {"study": made.study, "analysis": made.id, "reused": made.is_reused}
