"""A receipt on paper 纸质回执: one person enters it, a second compares it with the paper; only then does it count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from plans_repo import access
from plans_repo.course import clocks, deeds, taking
from plans_repo.course.deeds import Deed, DeedKind
from plans_repo.course.issued import Issued, issued
from plans_repo.course.stages import ClockKind, Move
from plans_repo.course.steps import step_of
from plans_repo.errors import NotAllowed, PlansRepoError
from plans_repo.filing import filings
from plans_repo.filing.filings import PaperReceipt, Receipt, Sending
from plans_repo.filing.recipients import Duty, is_same_body
from plans_repo.filing.shares import FilingState, is_answered, share_for, state_of
from plans_repo.standpoint import OVERSEEING
from plans_repo.store.roles import MAY, Action, Role
from plans_repo.store.tables.accounts import AccountRoleRow, AccountRow, OrganisationRow
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.work import Work

MOST_NUMBER, MOST_REASON = 120, 300
COMPARING = frozenset(
    {Action.FILE_PLAN, Action.EDIT_PLAN, Action.DELIBERATE_PLAN, Action.APPROVE_PLAN, Action.ISSUE_PLAN}
)
"""Whoever may do one of these for his body can compare a receipt with its paper."""
ABOVE = frozenset({Action.FILE_PLAN, Action.RECEIPT_FILING, Action.APPROVE_PLAN, Action.ISSUE_PLAN})
"""Who compares it for a body that has nobody else: people of the bodies that oversee its area."""


@dataclass(frozen=True, kw_only=True)
class Entered:
    """A receipt on paper that nobody has compared yet, who entered it, and by whom it can be compared.

    *is_alone* says that its body has no second account, so that those named are of the bodies above it.
    """

    id: str
    plan: str
    version: str
    title: str
    said: PaperReceipt
    on: date
    account: str
    people: tuple[str, ...]
    is_alone: bool


def enter(work: Work, edition: Issued, number: str, receiver: str, day: date) -> None:
    """Write down what the paper says; permission and the paper have been checked. The clock runs on."""
    title = edition.plan.title
    if not number.strip() or len(number) > MOST_NUMBER:
        raise PlansRepoError("number-of-receipt-missing", thing=title, field="number", rule="1 to 120 characters")
    found = deeds.deeds(work, edition.plan.id, course=edition.course.id)
    given = share_for(found, receiver).receipt
    if given is not None:
        raise PlansRepoError("receipt-given-already", thing=title, value=given.told(Receipt).number)
    sent = deeds.latest(found, DeedKind.FILING)
    if sent is not None and day < sent.on:
        raise PlansRepoError(
            "receipt-before-sending", thing=title, field="on", rule=f"must be >= {sent.on}", value=day, last=sent.on
        )
    said = PaperReceipt(receiver=_receiver(work, edition, sent, receiver), number=number.strip())
    about = sent.id if sent else ""
    deeds.keep(work, edition.plan.id, edition.course.id, DeedKind.RECEIPT_ENTERED, said, on=day, about=about)


def _receiver(work: Work, edition: Issued, sent: Deed | None, receiver: str) -> str:
    """The body that gave it, as the filing names it; refused when that is not the one the plan was filed with."""
    if not receiver.strip():
        raise PlansRepoError(
            "receiver-of-receipt-missing", thing=edition.plan.title, field="received_from", rule="given"
        )
    recipients = sent.told(Sending).recipients if sent else ()
    recipients = recipients or filings.chosen_destination(work, edition.plan).recipients
    named = [one.name for one in recipients if one.duty is Duty.FILE and one.is_named]
    same = next((name for name in named if is_same_body(receiver, name)), None)
    if named and same is None:
        raise PlansRepoError(
            "receipt-of-another-body", thing=edition.plan.title, field="received_from", rule="filed with",
            value=receiver.strip(), authorities=tuple(named),
        )  # fmt: skip
    return same or receiver.strip()


def entered_receipt(work: Work, version_id: str) -> Entered | None:
    """The receipt on paper of an edition that waits to be compared; None where none does."""
    edition = issued(work, version_id, Action.READ_PLAN, at_its_place=False)
    deed = filings.open_entry(deeds.deeds(work, edition.plan.id, course=edition.course.id))
    return _entered(work, edition, deed) if deed else None


def confirm(work: Work, version_id: str) -> None:
    """Say that the paper bears that number of that body and that day: the receipt counts, its clock stops."""
    edition, deed = _compared(work, version_id)
    said = deed.told(PaperReceipt)
    receipt = Receipt(receiver=said.receiver, number=said.number)
    deeds.keep(work, edition.plan.id, edition.course.id, DeedKind.RECEIPT, receipt, on=deed.on, about=deed.id)
    step = step_of(Move.RECEIVE_RECEIPT, edition.course.stage)
    every = deeds.deeds(work, edition.plan.id, course=edition.course.id)
    if step is not None and state_of(every) is FilingState.RECEIPTED:
        taking.take(work, edition.plan, edition.course, edition.version, step, said.number, deed.on)
    if is_answered(every):
        clocks.stop(work, edition.course.id, ClockKind.RECEIPT, deed.on)


def refuse(work: Work, version_id: str, reason: str) -> None:
    """Say that it does not agree with the paper; it is entered anew."""
    edition, deed = _compared(work, version_id)
    if not reason.strip() or len(reason) > MOST_REASON:
        raise PlansRepoError("reason-missing", thing=edition.plan.title, field="reason", rule="must be given")
    day = deeds.check_day(work, edition.plan.title, None)
    deeds.keep(
        work, edition.plan.id, edition.course.id, DeedKind.RECEIPT_REFUSED, {"reason": reason.strip()}, on=day,
        about=deed.id,
    )  # fmt: skip


def _compared(work: Work, version_id: str) -> tuple[Issued, Deed]:
    """The edition and the entry, if the actor is the second person it asks for."""
    edition = issued(work, version_id, Action.READ_PLAN, at_its_place=False)
    deed = filings.open_entry(deeds.deeds(work, edition.plan.id, course=edition.course.id))
    if deed is None:
        raise PlansRepoError("no-receipt-to-confirm", thing=edition.plan.title, rule="must have been entered")
    second = _entered(work, edition, deed)
    if work.actor.account == deed.account:
        code = "receipt-confirmed-by-same-alone" if second.is_alone else "receipt-confirmed-by-same"
        raise PlansRepoError(code, thing=edition.plan.title, value=deed.told(PaperReceipt).number, people=second.people)
    if not _is_second(work, edition.plan, deed, is_alone=second.is_alone):
        raise NotAllowed("receipt-confirmed-by-other-body", thing=edition.plan.title, people=second.people)
    return edition, deed


def _is_second(work: Work, plan: PlanRow, deed: Deed, *, is_alone: bool) -> bool:
    body = _body_of(work, deed)
    if work.actor.organisation is None or body is None or work.actor.organisation == body:
        return any(map(work.actor.may, COMPARING))
    here = access.standpoint(work)
    return is_alone and here.oversees and plan.area.startswith(here.area) and any(map(work.actor.may, ABOVE))


def _entered(work: Work, edition: Issued, deed: Deed) -> Entered:
    body = _body_of(work, deed)
    own = _people(work, deed, COMPARING, col(AccountRow.organisation_id) == body) if body else ()
    others = own or _people(work, deed, ABOVE, _overseeing(edition.plan))
    return Entered(
        id=deed.id,
        plan=edition.plan.id,
        version=edition.version.id,
        title=edition.plan.title,
        said=deed.told(PaperReceipt),
        on=deed.on,
        account=deed.account,
        people=others,
        is_alone=body is not None and not own,
    )


def _overseeing(plan: PlanRow):  # type: ignore[no-untyped-def]  # SQLAlchemy's own type of a condition
    areas = [plan.area[: at + 1] for at, sign in enumerate(plan.area) if sign == "/"]
    return col(OrganisationRow.kind).in_(sorted(OVERSEEING)) & col(OrganisationRow.area).in_(areas)


def _body_of(work: Work, deed: Deed) -> str | None:
    row = work.session.get(AccountRow, deed.account)
    return row.organisation_id if row else None


def _people(work: Work, deed: Deed, actions: frozenset[Action], where) -> tuple[str, ...]:  # type: ignore[no-untyped-def]
    """The names of the other accounts in use that may do one of *actions*."""
    roles = [role for role in Role if MAY[role] & actions]
    query = (
        select(AccountRow.id, AccountRow.display_name)
        .join(AccountRoleRow, col(AccountRoleRow.account_id) == col(AccountRow.id))
        .join(OrganisationRow, col(OrganisationRow.id) == col(AccountRow.organisation_id))
        .where(col(AccountRoleRow.role).in_(roles), col(AccountRow.disabled).is_(False), where)
        .where(col(AccountRow.id) != deed.account)
        .order_by(col(AccountRow.display_name))
    )
    return tuple(dict(work.session.exec(query).all()).values())


def may_compare(work: Work, version_id: str) -> bool:
    """Whether the actor is a second person for the receipt on paper that waits for an edition."""
    edition = issued(work, version_id, Action.READ_PLAN, at_its_place=False)
    deed = filings.open_entry(deeds.deeds(work, edition.plan.id, course=edition.course.id))
    if deed is None or deed.account == work.actor.account:
        return False
    return _is_second(work, edition.plan, deed, is_alone=_entered(work, edition, deed).is_alone)


def waiting(work: Work) -> tuple[Entered, ...]:
    """Every receipt on paper the actor may compare, by the day it is of."""
    found = []
    courses = deeds.deeds_by_course(work, DeedKind.RECEIPT_ENTERED)
    for course, some in deeds.deeds_of_courses(work, courses).items():
        deed = filings.open_entry(some)
        if deed is None or deed.account == work.actor.account:
            continue
        plan = work.session.get_one(PlanRow, deed.plan)
        row = work.session.get_one(CourseRow, course)
        one = _entered(work, filings.edition_of(work, plan, row), deed)
        if _is_second(work, plan, deed, is_alone=one.is_alone):
            found.append(one)
    return tuple(sorted(found, key=lambda one: (one.on, one.title)))
