"""A change in the register offers itself to every plan that names it; accepted clause by clause, never silently.

A telephone, the holder of a post, the name of a post or body that changed is kept with what it was before. The plans
whose present text has the old words are looked up each time somebody asks; accepting puts the new words into the draft.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import col, select

from plans_repo import access, drafts, library, organisations, plans, versions
from plans_repo.access import standpoint
from plans_repo.contacts import Contact, change_contact, contacts
from plans_repo.errors import NotAllowed, NotFound, PlansRepoError
from plans_repo.organisations import row_of
from plans_repo.register_occasions import note_words
from plans_repo.register_words import Swap, has, swap_of, texts_of
from plans_repo.store import events
from plans_repo.store.roles import Action
from plans_repo.store.tables.accounts import OrganisationRow
from plans_repo.store.tables.replacements import Answer, ChangedKind, RegisterChangeRow, ReplacementAnswerRow
from plans_repo.store.work import Work
from plans_repo.text.citation import citations
from plans_repo.text.clause import Cell, Clause, Table

__all__ = [
    "Answer",
    "ChangedKind",
    "RegisterChange",
    "Replacement",
    "accept",
    "changes",
    "correct_contact",
    "decline",
    "offers",
    "offers_for",
    "rename_body",
    "waiting",
]

AROUND = 24
MOST_REASON = 300
"""Characters shown on either side of the words that are to change."""


@dataclass(frozen=True, kw_only=True)
class RegisterChange:
    """Words of the register that became others; *about* says whose they are."""

    id: str
    kind: ChangedKind
    before: str
    after: str
    about: str
    area: str
    changed_at: datetime


@dataclass(frozen=True, kw_only=True)
class Replacement:
    """A clause of a plan that still has the old words: around them, and how it would read.

    *in_draft* says that the clause is that of the plan's open draft.
    """

    change: RegisterChange
    plan: str
    title: str
    clause: str
    citation: str
    before: str
    after: str
    count: int
    in_draft: bool


def correct_contact(work: Work, contact: Contact) -> tuple[RegisterChange, ...]:
    """Store a corrected contact and keep what changed of it, so that plans that name it can follow.

    For every plan in force that names it an occasion to revise is noted.
    """
    former = next((one for one in contacts(work) if one.id == contact.id), None)
    if former is None:
        raise NotFound("contact-unknown", thing="contact", value=contact.id)
    stored = change_contact(work, contact)
    area = row_of(work, stored.organisation).area if stored.organisation else organisations.EVERYWHERE
    whose = " ".join(filter(None, (_body_name(work, stored.organisation), stored.post)))
    pairs = (
        (ChangedKind.PHONE, former.phone, stored.phone),
        (ChangedKind.PHONE, former.phone_spare, stored.phone_spare),
        (ChangedKind.HOLDER, former.name, stored.name),
        (ChangedKind.POST, former.post, stored.post),
    )
    rows = [
        _keep(work, kind, before, after, whose or stored.name, area, contact=stored.id)
        for kind, before, after in pairs
        if before and after and before != after
    ]
    for row in rows:
        note_words(work, row.id, swap_of(work, row.kind, row.before, row.after), whose=whose, area=area)
    return tuple(map(_change, rows))


def rename_body(work: Work, organisation_id: str, name: str) -> RegisterChange:
    """Give a body its new name; the plans that name it by the old one are offered the new."""
    work.require(Action.MANAGE_ORGANISATIONS)
    row = row_of(work, organisation_id)
    fresh = name.strip()
    if not fresh:
        raise PlansRepoError("organisation-without-name", thing="organisation", field="name", rule="must not be blank")
    taken = work.session.exec(select(OrganisationRow.id).where(OrganisationRow.name == fresh)).first()
    if taken and taken != row.id:
        raise PlansRepoError("organisation-name-taken", thing=fresh, field="name", rule="must be new")
    former, row.name = row.name, fresh
    work.session.flush()
    payload = {"organisation": row.id, "before": former, "after": fresh}
    events.record(work, "organisations", "organisation-renamed", payload)
    kept = _keep(work, ChangedKind.BODY, former, fresh, fresh, row.area, organisation=row.id)
    note_words(work, kept.id, swap_of(work, kept.kind, former, fresh), whose=fresh, area=row.area)
    return _change(kept)


def changes(work: Work) -> tuple[RegisterChange, ...]:
    """The changes of the actor's area and what lies above and below it, the latest first.

    Telephones and names of persons are for those who may look people up.
    """
    work.require(Action.READ_PLAN)
    here = standpoint(work).area
    rows = work.session.exec(select(RegisterChangeRow).order_by(col(RegisterChangeRow.changed_at).desc()))
    near = (row for row in rows if row.area.startswith(here) or here.startswith(row.area))
    may_look = work.actor.may(Action.READ_CONTACTS)
    return tuple(_change(row) for row in near if may_look or row.kind is ChangedKind.BODY)


def offers(work: Work, change_id: str) -> tuple[Replacement, ...]:
    """Every clause, of the plans the actor writes, that still has the old words and is not answered yet."""
    change = _seen(work, change_id)
    return tuple(found for plan in _written(work) for found in _in_plan(work, change, plan))


def waiting(work: Work) -> dict[str, tuple[str, int]]:
    """For each plan the actor writes that is offered something: its title and how much; each text is read once."""
    known = changes(work)
    found: dict[str, tuple[str, int]] = {}
    for plan in _written(work) if known else ():
        count = sum(1 for change in known for _found in _in_plan(work, change, plan))
        if count:
            found[plan.id] = (plan.title, count)
    return found


def offers_for(work: Work, plan_id: str) -> tuple[Replacement, ...]:
    """Every replacement offered to one plan, for its author; nothing for anybody else."""
    try:
        access.changeable_plan(work, plan_id)
    except (NotAllowed, NotFound):
        return ()
    plan = plans.plan(work, plan_id)
    return tuple(found for change in changes(work) for found in _in_plan(work, change, plan))


def accept(work: Work, change_id: str, plan_id: str, clause_id: str) -> drafts.SavedClause:
    """Put the new words into one clause of the plan's draft, which is begun where there is none."""
    change = _seen(work, change_id)
    access.changeable_plan(work, plan_id)
    draft = drafts.open_draft(work, plan_id)
    entry = next((one for one in draft.clauses if one.clause.id == clause_id), None)
    if entry is None:
        raise NotFound("clause-unknown", thing="plan", field="clause", value=clause_id)
    mended = _mended(entry.clause, swap_of(work, change.kind, change.before, change.after))
    if mended == entry.clause:
        raise PlansRepoError("replacement-gone", thing=change.before, field="clause", rule="has the words no more")
    saved = drafts.save_clause(work, plan_id, mended, revision=entry.revision)
    _answer(work, change, plan_id, clause_id, Answer.ACCEPTED)
    return saved


def decline(work: Work, change_id: str, plan_id: str, clause_id: str, *, reason: str) -> None:
    """Leave one clause as it is, with the reason; it is not offered again."""
    change = _seen(work, change_id)
    access.changeable_plan(work, plan_id)
    if not reason.strip() or len(reason) > MOST_REASON:
        rule = f"must have 1 to {MOST_REASON} characters"
        raise PlansRepoError("replacement-without-reason", thing=change.about, field="reason", rule=rule)
    _answer(work, change, plan_id, clause_id, Answer.DECLINED, reason.strip())


def _in_plan(work: Work, change: RegisterChange, plan: plans.Plan) -> Iterator[Replacement]:
    """The clauses of a plan's draft, or of its newest version, that have the old words."""
    if not (plan.area.startswith(change.area) or change.area.startswith(plan.area)):
        return
    draft = drafts.draft(work, plan.id)
    clauses = tuple(one.clause for one in draft.clauses) if draft else _newest(work, plan)
    swap = swap_of(work, change.kind, change.before, change.after)
    holding = [clause for clause in clauses if has(clause, swap)]
    if not holding:
        return
    answered = _answered(work, change, plan.id)
    cited = citations(clauses)
    for clause in holding:
        if clause.id not in answered:
            words = "\n".join(texts_of(clause))
            old = swap.first(words)
            yield Replacement(
                change=change,
                plan=plan.id,
                title=plan.title,
                clause=clause.id,
                citation=cited.get(clause.id, ""),
                before=_around(words, old),
                after=_around(swap.apply(words), dict(swap.pairs)[old]),
                count=swap.count(words),
                in_draft=draft is not None,
            )


def _newest(work: Work, plan: plans.Plan) -> tuple[Clause, ...]:
    return versions.clauses(work, versions.version_row(work, plan.id)) if plan.version else ()


def _written(work: Work) -> Iterator[plans.Plan]:
    """The plans the actor may change."""
    if work.actor.may(Action.EDIT_PLAN):
        yield from map(plans.listed, library.entries(work, library.Part.WRITTEN))


def _mended(clause: Clause, swap: Swap) -> Clause:
    """The clause with the new words in title, text and table."""
    return replace(
        clause,
        title=swap.apply(clause.title),
        text=swap.apply(clause.text),
        table=_table(clause.table, swap) if clause.table else None,
    )


def _table(table: Table, swap: Swap) -> Table:
    return Table(rows=tuple(tuple(_cell(cell, swap) for cell in row) for row in table.rows))


def _cell(cell: Cell, swap: Swap) -> Cell:
    content = tuple(swap.apply(part) if isinstance(part, str) else _table(part, swap) for part in cell.content)
    return replace(cell, content=content)


def _around(text: str, words: str) -> str:
    at = text.find(words)
    low, high = max(0, at - AROUND), at + len(words) + AROUND
    head, tail = "…" if low else "", "…" if high < len(text) else ""
    return head + re.sub(r"[\n\t]+", " ", text[low:high]).strip() + tail


def _keep(
    work: Work,
    kind: ChangedKind,
    before: str,
    after: str,
    about: str,
    area: str,
    *,
    contact: str | None = None,
    organisation: str | None = None,
) -> RegisterChangeRow:
    row = RegisterChangeRow(
        id=work.new_id(), kind=kind, before=before[:200], after=after[:200], about=about[:300], area=area,
        contact_id=contact, organisation_id=organisation, changed_at=work.now, changed_by=work.actor.account,
    )  # fmt: skip
    work.session.add(row)
    work.session.flush()
    return row


def _answer(work: Work, change: RegisterChange, plan_id: str, clause_id: str, answer: Answer, reason: str = "") -> None:
    work.session.add(
        ReplacementAnswerRow(
            id=work.new_id(), change_id=change.id, plan_id=plan_id, clause_id=clause_id, answer=answer,
            answered_at=work.now, answered_by=work.actor.account,
        )
    )  # fmt: skip
    work.session.flush()
    payload = {"plan": plan_id, "clause": clause_id, "change": change.id, "answer": answer}
    if reason:
        payload["reason"] = reason
    events.record(work, events.chain_of_plan(plan_id), "replacement-answered", payload)


def _answered(work: Work, change: RegisterChange, plan_id: str) -> set[str]:
    query = select(ReplacementAnswerRow.clause_id).where(
        ReplacementAnswerRow.change_id == change.id, ReplacementAnswerRow.plan_id == plan_id
    )
    return set(work.session.exec(query))


def _seen(work: Work, change_id: str) -> RegisterChange:
    found = next((one for one in changes(work) if one.id == change_id), None)
    if found is None:
        raise NotFound("change-unknown", thing="change", value=change_id)
    return found


def _body_name(work: Work, organisation: str | None) -> str:
    return row_of(work, organisation).name if organisation else ""


def _change(row: RegisterChangeRow) -> RegisterChange:
    return RegisterChange(
        id=row.id,
        kind=row.kind,
        before=row.before,
        after=row.after,
        about=row.about,
        area=row.area,
        changed_at=row.changed_at,
    )
