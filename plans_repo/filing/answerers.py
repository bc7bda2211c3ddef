"""Who of this installation can answer a filing: the people of the body it is filed with, or of the bureau for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from plans_repo.course.issued import issued
from plans_repo.course.takers import roles_for
from plans_repo.filing import filings, inbox, local_figures
from plans_repo.filing.recipients import Recipient
from plans_repo.filing.reporting_body import reporting_body
from plans_repo.filing.shares import FilingState
from plans_repo.organisations import Organisation, organisations
from plans_repo.store.roles import Action
from plans_repo.store.tables.accounts import AccountRoleRow, AccountRow
from plans_repo.store.work import Work


@dataclass(frozen=True, kw_only=True)
class Answerers:
    """The body a filing goes to and who may answer there; *is_here* says whether it is a body of this installation.

    *unmandated* is the bureau that has people for it and no mandate of its government, where there is one.
    """

    receiver: str
    people: tuple[str, ...]
    is_here: bool
    unmandated: str = ""

    @property
    def is_nobody(self) -> bool:
        """Whether the body is here and nobody of it can answer: the sender asks for an account or for a paper."""
        return self.is_here and not self.people


def answerers(work: Work, version_id: str) -> Answerers:
    """Those of an issued edition, by the filing as sent, else as it would be; whoever sent it is none of them.

    Where it goes to several, those of the first that owes an answer.
    """
    edition = issued(work, version_id, Action.READ_PLAN, at_its_place=False)
    found = filings.filing(work, version_id)
    waiting = [share for share in found.shares if share.state is FilingState.SENT] or found.shares
    to = next((one for share in waiting for one in share.authorities), None)
    if to is None or to.organisation is None:
        return Answerers(receiver=to.name if to and to.is_named else "", people=(), is_here=False)
    bodies = organisations(work)
    sender = reporting_body(edition.plan, bodies)
    own = sender.id if sender else ""
    handling = [body for body in _handling(to, bodies) if body.id != own]
    addressed, mandated = (
        next((body for body in bodies if body.id == to.organisation), None),
        local_figures.mandated(work),
    )
    speaking = [body.id for body in handling if inbox.speaks_for(body, addressed, mandated)]
    sent_by = filings.sender_of(work, edition)
    people = _people(work, speaking, sent_by)
    silent = [body for body in handling if body.id not in speaking and _people(work, [body.id], sent_by)]
    unmandated = silent[0].name if silent and not people else ""
    return Answerers(receiver=to.name, people=people, is_here=True, unmandated=unmandated)


def _handling(to: Recipient, bodies: Sequence[Organisation]) -> list[Organisation]:
    """The body itself, and those of its place that handle its filings."""
    known = {body.id: body for body in bodies}
    return [body for body in bodies if inbox.is_for(to, body, known)]


def _people(work: Work, bodies: Sequence[str], sender: str) -> tuple[str, ...]:
    query = (
        select(AccountRow.display_name)
        .join(AccountRoleRow, col(AccountRoleRow.account_id) == col(AccountRow.id))
        .where(col(AccountRoleRow.role).in_(roles_for(Action.RECEIPT_FILING)), col(AccountRow.disabled).is_(False))
        .where(col(AccountRow.organisation_id).in_(bodies), col(AccountRow.id) != sender)
        .order_by(col(AccountRow.display_name))
    )
    return tuple(dict.fromkeys(work.session.exec(query)))
