"""L20: contacts and entries of the register were verified in time, and telephone numbers can be dialled."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from plans_repo.checks.dossier import ContactSeen, Dossier, EntrySeen
from plans_repo.checks.parts import failed, judge, passed, unseen
from plans_repo.checks.result import Part, Where, WhereKind
from plans_repo.checks.rule import Rule
from plans_repo.checks.spans import added
from sim.figure import Figure

PHONE = re.compile(
    r"1[3-9]\d{9}|(?:0\d{2,3}[-－ ]?)?[2-9]\d{6,7}(?:[-转]\d{1,6})?|1\d{2,4}|(?:400|800)[-－ ]?\d{3}[-－ ]?\d{4}"
)
"""Mobile, area code and subscriber, short service numbers such as 119 and 12350, 400 and 800."""
MADE_UP = re.compile(r"0000[-－ ]?\d{7,8}")
"""Numbers of demo data: dialled by nobody, and no syntax fault."""
NUMBER = re.compile(r"(?<![\d.－-])(?:0\d{2,3}[-－—]\d{7,8}|1[3-9]\d{9})(?![\d.])")
"""Telephones as texts write them, with their area, and mobiles."""
LONG = 7
"""Digits from which a number tells a subscriber."""
SHOWN = 8


@judge("L20")
def verified(dossier: Dossier, rule: Rule) -> Iterator[Part]:
    """Contacts and entries this plan names or draws on were verified not too long ago; every number is one; nothing
    a pool needs is gone.
    """
    if dossier.entries is None and dossier.contacts is None:
        yield unseen("register_unseen")
        return
    if not dossier.entries and not dossier.contacts:
        yield unseen("register_empty")
        return
    text = dossier.words
    contacts = [one for one in dossier.contacts or () if _is_called(one, text)]
    entries = [one for one in dossier.entries or () if _is_used(one, text, dossier)]
    parts = [*_contacts(dossier, rule, contacts), *_entries(dossier, rule, entries), *_strangers(dossier, text)]
    if dossier.contacts is None:
        parts.append(unseen("contacts_unseen"))
    if not parts and not contacts and not entries:
        parts.append(unseen("none_named"))
    reason = "ok" if contacts and entries else "contacts_fresh" if contacts else "entries_fresh"
    yield from parts or [passed(reason, contacts=len(contacts), entries=len(entries))]


def is_phone(words: str) -> bool:
    """Whether a number can be dialled.

    >>> is_phone("0571-87654321"), is_phone("13812345678"), is_phone("1381234567"), is_phone("0000-6200106")
    (True, True, False, True)
    """
    bare = words.strip()
    return bool(PHONE.fullmatch(bare) or MADE_UP.fullmatch(bare))


def _contacts(dossier: Dossier, rule: Rule, named: Sequence[ContactSeen]) -> Iterator[Part]:
    old = [one for one in named if _is_old(one.checked_on, rule.parameters["contacts"], dossier)]
    wrong = [one for one in named if any(phone and not is_phone(phone) for phone in one.phones)]
    for reason, found in (("contacts_old", old), ("phones_wrong", wrong)):
        if found:
            where = (Where(kind=WhereKind.ENTRY, id=one.id, label=one.label) for one in found[:SHOWN])
            yield failed(reason, *where, count=len(found), names=[one.label for one in found[:SHOWN]])


def _entries(dossier: Dossier, rule: Rule, used: Sequence[EntrySeen]) -> Iterator[Part]:
    span = rule.parameters["entries"]
    old = [one for one in used if not one.is_retired and _is_old(one.checked_on, span, dossier)]
    if old:
        where = (Where(kind=WhereKind.ENTRY, id=one.id, label=one.title) for one in old[:SHOWN])
        yield failed("entries_old", *where, count=len(old), names=[one.title for one in old[:SHOWN]])
    entries = dossier.entries or ()
    supplied = {one.pool for one in entries if one.pool and not one.is_retired}
    lost = sorted({one.pool for one in entries if one.is_retired and one.pool} - supplied)
    if gone := [pool for pool in lost if pool in dossier.pools]:
        where = (Where(kind=WhereKind.ENTRY, id=one.id, label=one.title) for one in entries if one.pool in gone)
        yield failed("pool_gone", *where, names=[one.title for one in entries if one.pool in gone])


def _strangers(dossier: Dossier, text: str) -> Iterator[Part]:
    """Numbers of the text that no contact has: whether somebody verified them is not known."""
    known = {_digits(phone) for one in dossier.contacts or () for phone in one.phones}
    found = dict.fromkeys(NUMBER.findall(text))
    strange = [phone for phone in found if not any(_digits(phone).endswith(one) for one in known if len(one) >= LONG)]
    if strange and dossier.contacts is not None:
        yield unseen("phones_unknown", count=len(strange), phones=strange[:SHOWN])


def _is_called(contact: ContactSeen, text: str) -> bool:
    """Whether a text names a contact: by a number, or by the person's name."""
    by_number = any(phone and phone in text for phone in contact.phones)
    return by_number or (len(contact.name) > 1 and contact.name in text)


def _is_used(entry: EntrySeen, text: str, dossier: Dossier) -> bool:
    """Whether a plan counts on an entry: its text names it, or its confirmed procedure draws on its pool."""
    return (len(entry.title) > 1 and entry.title in text) or bool(entry.pool and entry.pool in dossier.pools)


def _digits(phone: str) -> str:
    return re.sub(r"\D", "", phone)


def _is_old(checked_on: date | None, span: Figure, dossier: Dossier) -> bool:
    return checked_on is None or added(checked_on, span) < dossier.today
