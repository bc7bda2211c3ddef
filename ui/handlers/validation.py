"""The validation cases, run by the worker."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plans_repo import validation
from plans_repo.store.jobs import Job
from plans_repo.store.work import Store
from plans_repo.store.worker import Progress
from ui.handlers import handles


@handles(validation.JOB_KIND)
def validate(store: Store, job: Job, progress: Progress) -> Mapping[str, Any]:
    """Run all cases and replays; the result is kept for everybody who may read studies."""
    total = len(validation.all_cases())
    return validation.as_result(validation.run(heard=lambda done: progress(done, total)))
