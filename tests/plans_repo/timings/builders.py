"""Turnouts and timings for tests: minutes from a morning of June 2026."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from plans_repo.timings.keeping import record
from plans_repo.timings.values import Timing, Turnout, TurnoutKind

ZERO = datetime(2026, 6, 1, 1, 0, tzinfo=UTC)


def a_turnout(plan: str, day: int = 0, **fields: Any) -> Turnout:
    """A drill of June 2026, so many days after the first."""
    return Turnout(**{
        "plan": plan, "kind": TurnoutKind.DRILL, "title": "汛前演练", "began_at": ZERO + timedelta(days=day),
        "recorder": "周评", "place": "临江镇", **fields,
    })  # fmt: skip


def a_timing(name: str, start_min: float, end_min: float, day: int = 0, **fields: Any) -> Timing:
    """A task begun and ended so many minutes after minute 0."""
    zero = ZERO + timedelta(days=day)
    return Timing(
        **{
            "name": name,
            "started_at": zero + timedelta(minutes=start_min),
            "ended_at": zero + timedelta(minutes=end_min),
        }
        | fields
    )


def timed(work: Any, plan: str, task: str, minutes: Sequence[float], **fields: Any) -> None:
    """A drill a day, each with one timing of the task."""
    for day, length in enumerate(minutes):
        record(work, a_turnout(plan, day, **fields), [a_timing(task, 5, 5 + length, day)])
