"""How an edition was decided: the manner that was entered with the move, and the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from plans_repo.course.paths import Manner, all_paths
from plans_repo.course.stages import Move
from plans_repo.store import events
from plans_repo.store.work import Work

DECIDED = frozenset({Move.APPROVE.value, Move.APPROVE_PARTY.value})


@dataclass(frozen=True, kw_only=True)
class Decision:
    """The manner in which an edition was decided, as its path words it, and the day."""

    manner: str
    title: str
    title_en: str
    on: date


def decision(work: Work, plan_id: str, course_id: str) -> Decision | None:
    """How the edition was decided last, by the government or the Party committee; None while it was not."""
    return next(reversed(decisions(work, plan_id, course_id).values()), None)


def decisions(work: Work, plan_id: str, course_id: str) -> dict[Move, Decision]:
    """How each body decided last, the government and the Party committee, in the order in which they did."""
    found: dict[Move, Decision] = {}
    for event in events.history(work, events.chain_of_plan(plan_id)):
        told = event.payload
        if event.kind != "moved" or told.get("course") != course_id or told.get("move") not in DECIDED:
            continue
        if manner := str(told.get("manner") or ""):
            known = manners().get(manner)
            move = Move(str(told["move"]))
            found.pop(move, None)
            found[move] = Decision(
                manner=manner,
                title=known.title if known else manner,
                title_en=known.title_en if known else manner,
                on=date.fromisoformat(str(told["on"])),
            )
    return found


@cache
def manners() -> dict[str, Manner]:
    """Every manner of deciding, by id.

    >>> manners()["executive_meeting"].title
    '政府常务会议审议通过'
    """
    return {one.id: one for path in all_paths() for station in path.stations for one in station.manners}
