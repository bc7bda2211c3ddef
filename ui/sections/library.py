"""Which plans of the library fit what was asked for."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from plans_repo.course.stages import Stage
from plans_repo.editions import Edition
from plans_repo.plans import PlanKind
from sim.procedure import Hazard


def matching(
    every: Iterable[Edition],
    *,
    text: str = "",
    kind: PlanKind | None = None,
    hazard: Hazard | None = None,
    state: Stage | None = None,
) -> list[Edition]:
    """The plans of that kind, hazard and state whose title or document number has every word of *text*."""
    words = _key(text).split()
    return [
        entry
        for entry in every
        if kind in (None, entry.plan.kind)
        and hazard in (None, entry.plan.hazard)
        and (state is None or state in _states(entry))
        and all(word in _key(f"{entry.plan.title} {entry.document_number}") for word in words)
    ]


def _states(entry: Edition) -> set[Stage]:
    return {version.state for version in (entry.newest, entry.in_force) if version}


def _key(text: str) -> str:
    """Text as it is searched: width and case do not matter."""
    return unicodedata.normalize("NFKC", text or "").casefold()
