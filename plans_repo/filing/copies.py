"""The bodies that only get a copy, where the rules name an office and no body: named by hand before a plan is sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from plans_repo.errors import PlansRepoError
from plans_repo.filing import filings
from plans_repo.filing.filings import ChosenRoute
from plans_repo.filing.recipients import Destination, Duty, Recipient
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.work import Work

MOST_REASON = 300


@dataclass(frozen=True, kw_only=True)
class CopyTo:
    """A body that gets a copy; *office* and *side* say for which of the route it stands, found by the name if not."""

    name: str
    office: str = ""
    side: str = ""


def unnamed_copies(work: Work, plan: PlanRow) -> tuple[Recipient, ...]:
    """The offices that get a plan without its being filed with them, to which nobody has put a name."""
    settled = filings.chosen_destination(work, plan).recipients
    return tuple(one for one in settled if one.duty is not Duty.FILE and not one.is_named)


def name_copies(work: Work, plan: PlanRow, version_id: str, copies: Sequence[CopyTo], *, why_none: str = "") -> None:
    """Put the bodies in the place of the offices; *why_none* says why the offices still without one get nothing.

    A body for which no office waits is added to those that get a copy.
    """
    present = filings.chosen_destination(work, plan)
    waiting = [one for one in present.recipients if one.duty is not Duty.FILE and not one.is_named]
    served: list[Recipient] = []
    named = []
    for copy in copies:
        office = _office_for(copy, [one for one in waiting if one not in served]) or _office_for(copy, waiting)
        served += [office] if office else []
        named.append(_named(copy, office))
    kept = [one for one in present.recipients if one not in waiting]
    kept += [one for one in waiting if one not in served and not why_none.strip()]
    if not named and not why_none.strip():
        return
    reason = why_none.strip()[:MOST_REASON] or "报送备案时写明抄送单位"
    _settle(work, version_id, present, (*kept, *named), reason)


def _settle(work: Work, version_id: str, present: Destination, recipients: Sequence[Recipient], reason: str) -> None:
    said = ChosenRoute(route=present.route.id, recipients=tuple(recipients), reason=reason)
    filings.choose_route(work, version_id, said)


def _named(copy: CopyTo, office: Recipient | None) -> Recipient:
    """The recipient a name makes of the office it stands for; a plain copy where none waits."""
    name = copy.name.strip()
    return replace(office, name=name) if office else Recipient(duty=Duty.COPY, office="", name=name)


def _office_for(copy: CopyTo, waiting: Sequence[Recipient]) -> Recipient | None:
    """The office said; else an emergency bureau stands for the office of one, any other body for the departments."""
    if copy.office:
        return next((one for one in waiting if (one.office, one.side) == (copy.office, copy.side)), None)
    is_bureau = "应急" in copy.name
    fitting = [one for one in waiting if one.office.endswith("emergency_bureau") == is_bureau]
    return next(iter(fitting or waiting), None)


def check_copies(work: Work, plan: PlanRow) -> None:
    """Refuse to send while an office that gets the plan has no name: who it is, or why nobody, is said before."""
    if waiting := unnamed_copies(work, plan):
        raise PlansRepoError(
            "filing-copies-unnamed",
            thing=plan.title,
            field="copies",
            rule="must name bodies, or why nobody",
            offices=tuple(one.name for one in waiting),
        )
