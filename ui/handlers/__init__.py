"""What the worker can do. A module in this package registers a handler for a kind of job.

    @handles("study")
    def study(store: Store, job: Job, progress: Progress) -> Mapping[str, Any]:
        '''Calls `progress(done, total)` now and then; what it returns is stored as the job's result.'''

The worker process imports them all; pages only submit jobs and look at their progress.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable

from plans_repo.store.worker import Handler


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Register a handler for a kind of job."""

    def registered(handler: Handler) -> Handler:
        _handlers[kind] = handler
        return handler

    return registered


def all_handlers() -> dict[str, Handler]:
    """Every kind of job with its handler."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return dict(_handlers)


_handlers: dict[str, Handler] = {}
