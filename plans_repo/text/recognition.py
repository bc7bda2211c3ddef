"""What a plan's words promise and which plan it is: response levels, time limits, hazard, kind."""

from __future__ import annotations

from plans_repo.text.finding.levels import FoundLevel, levels
from plans_repo.text.finding.limits import FoundLimit, LimitKind, time_limits, working_day_limits
from plans_repo.text.finding.plan_kind import Guess, PlanKindWord, hazard_of, kind_of
from plans_repo.text.finding.starts import StartKind

__all__ = [
    "FoundLevel",
    "FoundLimit",
    "Guess",
    "LimitKind",
    "PlanKindWord",
    "StartKind",
    "hazard_of",
    "kind_of",
    "levels",
    "time_limits",
    "working_day_limits",
]
