"""Times of tasks in a drill, a call-out and real floods of the demo county, as its duty office wrote them down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from plans_repo.store.roles import Role
from plans_repo.timings.keeping import record
from plans_repo.timings.values import Timing, TimingEnd, Turnout, TurnoutKind
from plans_repo.word.numbers import SHOWN_IN
from ui.demo.sources import timings
from ui.demo.texts import As

KEPT_AFTER = timedelta(days=2)
"""So long after it somebody entered what the record says."""


def make_timings(on: As, made: Mapping[str, str]) -> None:
    """Every turnout with its timings, in the name of the county's evaluator."""
    said = timings()
    for entry in said["turnout"]:
        began_at = entry["began"].replace(tzinfo=SHOWN_IN)
        work = on(Role.DRILL_EVALUATOR, said["county"], (began_at + KEPT_AFTER).date())
        turnout = Turnout(
            plan=made[said["plan"]],
            kind=TurnoutKind(entry["kind"]),
            title=entry["title"],
            began_at=began_at,
            recorder=said["recorder"],
            place=entry["place"],
            is_announced=entry.get("announced", False),
        )
        record(work, turnout, list(_timings(entry["rows"], began_at, said["note"])))


def _timings(rows: list[list[Any]], began_at: datetime, note: str) -> Iterator[Timing]:
    for task, place, start_min, end_min, *ending in rows:
        yield Timing(
            name=task,
            entity=place,
            started_at=began_at + timedelta(minutes=start_min),
            ended_at=began_at + timedelta(minutes=end_min),
            ending=TimingEnd(ending[0]) if ending else TimingEnd.DONE,
            note=note,
        )
