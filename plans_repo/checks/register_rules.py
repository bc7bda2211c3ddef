"""L20: contacts and entries of the register were verified in time, and telephone numbers can be dialled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from plans_repo.checks.dossier import Dossier
from plans_repo.checks.interval_rules import added
from plans_repo.checks.parts import failed, judge, passed, soon, unseen
from plans_repo.checks.result import Part, Where, WhereKind
from plans_repo.checks.rule import Rule
from sim.figure import Figure

PHONE = re.compile(
    r"1[3-9]\d{9}|(?:0\d{2,3}[-－ ]?)?[2-9]\d{6,7}(?:[-转]\d{1,6})?|1\d{2,4}|(?:400|800)[-－ ]?\d{3}[-－ ]?\d{4}"
)
"""Mobile, area code and subscriber, short service numbers such as 119 and 12350, 400 and 800."""
MADE_UP = re.compile(r"0000[-－ ]?\d{7,8}")
"""Numbers of demo data: dialled by nobody, and no syntax fault."""
SHOWN = 8


@judge("L20")
def verified(dossier: Dossier, rule: Rule) -> Iterator[Part]:
    """Every contact and entry was verified not too long ago; every number is one; nothing a pool needs is gone."""
    if dossier.entries is None and dossier.contacts is None:
        yield unseen("register_unseen")
        return
    if not dossier.entries and not dossier.contacts:
        yield unseen("register_empty")
        return
    parts = [*_contacts(dossier, rule), *_entries(dossier, rule)]
    yield from parts or [passed(count=len(dossier.entries or ()) + len(dossier.contacts or ()))]


def is_phone(words: str) -> bool:
    """Whether a number can be dialled.

    >>> is_phone("0571-87654321"), is_phone("13812345678"), is_phone("1381234567"), is_phone("0000-6200106")
    (True, True, False, True)
    """
    bare = words.strip()
    return bool(PHONE.fullmatch(bare) or MADE_UP.fullmatch(bare))


def _contacts(dossier: Dossier, rule: Rule) -> Iterator[Part]:
    if dossier.contacts is None:
        yield unseen("contacts_unseen")
        return
    span = rule.parameters["contacts"]
    text = "\n".join(f"{one.text}\n{one.table.text if one.table else ''}" for one in dossier.clauses)
    named = [one for one in dossier.contacts if any(phone and phone in text for phone in one.phones)]
    old = [one for one in named if _is_old(one.checked_on, span, dossier)]
    wrong = [one for one in dossier.contacts if any(phone and not is_phone(phone) for phone in one.phones)]
    for reason, found in (("contacts_old", old), ("phones_wrong", wrong)):
        if found:
            where = (Where(kind=WhereKind.ENTRY, id=one.id, label=one.label) for one in found[:SHOWN])
            yield failed(reason, *where, count=len(found), names=[one.label for one in found[:SHOWN]])


def _entries(dossier: Dossier, rule: Rule) -> Iterator[Part]:
    entries = dossier.entries or ()
    span = rule.parameters["entries"]
    old = [one for one in entries if not one.is_retired and _is_old(one.checked_on, span, dossier)]
    if old:
        where = (Where(kind=WhereKind.ENTRY, id=one.id, label=one.title) for one in old[:SHOWN])
        yield soon("entries_old", *where, count=len(old), names=[one.title for one in old[:SHOWN]])
    supplied = {one.pool for one in entries if one.pool and not one.is_retired}
    lost = sorted({one.pool for one in entries if one.is_retired and one.pool} - supplied)
    if gone := [pool for pool in lost if pool in dossier.pools]:
        where = (Where(kind=WhereKind.ENTRY, id=one.id, label=one.title) for one in entries if one.pool in gone)
        yield failed("pool_gone", *where, names=[one.title for one in entries if one.pool in gone])


def _is_old(checked_on: date | None, span: Figure, dossier: Dossier) -> bool:
    return checked_on is None or added(checked_on, span) < dossier.today
