"""Studies, run by the worker in the name of the person who asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plans_repo import studies
from plans_repo.store.jobs import Job
from plans_repo.store.work import Store
from plans_repo.store.worker import Progress
from ui.handlers import handles


@handles("study")
def study(store: Store, job: Job, progress: Progress) -> Mapping[str, Any]:
    """Run the study whose `Request` fields are the job's parameters; the result names the study kept.

    What a worker that was killed had computed is gone on from. *anew* beside the fields asks for no
    study that is there already.
    """
    asked = dict(job.params)
    anew = bool(asked.pop("anew", False))
    asked["answers"] = tuple(studies.Answering(**one) for one in asked.get("answers", ()))
    done = studies.run(store, job.actor, studies.Request(**asked), progress=progress, memory=progress, anew=anew)
    return {"study": done.id, "reused": done.is_reused}
