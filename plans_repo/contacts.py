"""Contacts: who can be reached under which number. Personal data, kept apart from everything that is hashed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import col, or_, select

from plans_repo.access import standpoint
from plans_repo.course.working_days import local_day
from plans_repo.errors import NotAllowed, NotFound
from plans_repo.organisations import row_of
from plans_repo.store.roles import Action
from plans_repo.store.tables.accounts import OrganisationRow
from plans_repo.store.tables.resources import ContactRow
from plans_repo.store.work import Work
from sim.figure import words


@dataclass(frozen=True, kw_only=True)
class Contact:
    """A person to be reached. Personal data; kept apart from everything that is hashed."""

    name: str
    post: str = ""
    phone: str = ""
    phone_spare: str = ""
    organisation: str | None = None
    checked_on: date | None = None
    id: str = ""


def contacts(work: Work, *, area: str = "") -> tuple[Contact, ...]:
    """The contacts of the bodies of an area and below (all the actor may see unless given), by post and name."""
    work.require(Action.READ_CONTACTS)
    here = standpoint(work)
    query = select(ContactRow, OrganisationRow.area).join(
        OrganisationRow, col(OrganisationRow.id) == col(ContactRow.organisation_id), isouter=True
    )
    if area:
        inside = col(OrganisationRow.area).startswith(area, autoescape=True)
        query = query.where(or_(inside, col(ContactRow.organisation_id).is_(None)))
    rows = work.session.exec(query.order_by(col(ContactRow.post), col(ContactRow.name), col(ContactRow.id)))
    return tuple(_value(row) for row, place in rows if _is_near(here.area, place))


def add_contact(work: Work, contact: Contact) -> Contact:
    """Keep a person to be reached; no event tells of it, the chains hold no personal data."""
    work.require(Action.EDIT_RESOURCES)
    words("contact", "name", contact.name)
    row = ContactRow(
        id=work.new_id(),
        name=contact.name,
        post=contact.post,
        phone=contact.phone,
        phone_spare=contact.phone_spare,
        organisation_id=contact.organisation,
        checked_on=contact.checked_on,
        updated_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    return _value(row)


def change_contact(work: Work, contact: Contact) -> Contact:
    """Store a contact in place of the one of its id, verified today."""
    row = changeable_contact(work, contact.id)
    words("contact", "name", contact.name)
    row.name, row.post = contact.name.strip(), contact.post.strip()
    row.phone, row.phone_spare = contact.phone.strip(), contact.phone_spare.strip()
    row.checked_on = local_day(work.now)
    row.updated_at = work.now
    work.session.flush()
    return _value(row)


def verify_contact(work: Work, contact_id: str) -> Contact:
    """Say that a contact was reached today under its numbers."""
    row = changeable_contact(work, contact_id)
    row.checked_on, row.updated_at = local_day(work.now), work.now
    work.session.flush()
    return _value(row)


def changeable_contact(work: Work, contact_id: str) -> ContactRow:
    """The row of a contact the actor may change: of a body whose resources he may enter."""
    work.require(Action.EDIT_RESOURCES)
    work.require(Action.READ_CONTACTS)
    row = work.session.get(ContactRow, contact_id, with_for_update=True)
    here = standpoint(work)
    if row is None:
        raise NotFound("contact-unknown", thing="contact", value=contact_id)
    if row.organisation_id is None:
        if work.actor.organisation is not None and not here.oversees:
            raise NotAllowed("contact-of-another-body", thing="contact", value=contact_id)
        return row
    body = row_of(work, row.organisation_id)
    if not _is_near(here.area, body.area):
        raise NotFound("contact-unknown", thing="contact", value=contact_id)
    if here.organisation not in (None, body.id) and not (here.oversees and body.area.startswith(here.area)):
        raise NotAllowed("contact-of-another-body", thing=body.name, value=contact_id)
    return row


def without_number(contact: Contact) -> Contact:
    """A contact as those may see it who may not look people up: the post alone."""
    return replace(contact, name="", phone="", phone_spare="")


def _is_near(here: str, place: str | None) -> bool:
    return place is None or place.startswith(here) or here.startswith(place)


def _value(row: ContactRow) -> Contact:
    return Contact(
        id=row.id,
        name=row.name,
        post=row.post,
        phone=row.phone,
        phone_spare=row.phone_spare,
        organisation=row.organisation_id,
        checked_on=row.checked_on,
    )
