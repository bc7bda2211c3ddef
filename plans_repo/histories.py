"""What happened to a plan, as far as the person asking may know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from plans_repo import access, versions
from plans_repo.course.passage import passage
from plans_repo.course.signer import Signer
from plans_repo.course.stages import Move, Stage
from plans_repo.store import events
from plans_repo.store.events import Event
from plans_repo.store.work import Work


@dataclass(frozen=True, kw_only=True)
class Moved:
    """A move that was made: from where to where, on which day, entered when and by whom, with which words.

    *same_hand* is an earlier signature of the same account that ought to have been another's, had there been one.
    *signer* is the head who signed on paper, whom *account* has entered.
    """

    move: Move
    source: Stage
    to: Stage
    on: date
    at: datetime
    account: str
    reason: str
    same_hand: Move | None = None
    signer: Signer | None = None


def history(work: Work, plan_id: str) -> tuple[Event, ...]:
    """The events of a plan by when they happened, oldest first; those of one instant as they were entered.

    That need not be the order of the chain: a clock may have been set back. Who does not write or
    oversee the plan reads only of versions there are for them.
    """
    plan = access.visible_plan(work, plan_id)
    found = tuple(sorted(events.history(work, events.chain_of_plan(plan_id)), key=lambda event: event.at))
    if access.standpoint(work).sees(plan, frozenset()):
        return found
    seen = {row.id for row in versions.visible_versions(work, plan)}
    return tuple(event for event in found if event.payload.get("version") in seen)


def moves_of(work: Work, version_id: str) -> tuple[Moved, ...]:
    """The moves of the course a version belongs to, oldest first."""
    stand = passage(work, version_id)
    found = events.history(work, events.chain_of_plan(stand.plan))
    signers = {(one.move, one.version, one.signed_at): one.signer for one in stand.sign_offs}
    return tuple(
        _moved(event, signers)
        for event in found
        if event.kind == "moved" and event.payload.get("course") == stand.course
    )


def _moved(event: Event, signers: Mapping[tuple[Move, str, datetime], Signer | None]) -> Moved:
    told = event.payload
    move = Move(told["move"])
    return Moved(
        move=move,
        source=Stage(told["from"]),
        to=Stage(told["to"]),
        on=date.fromisoformat(told["on"]),
        at=event.at,
        account=event.account,
        reason=told.get("reason", ""),
        same_hand=Move(told["same_hand"]) if told.get("same_hand") else None,
        signer=signers.get((move, str(told["version"]), event.at)),
    )
