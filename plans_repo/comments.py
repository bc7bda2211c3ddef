"""Comments: remarks on words of a clause, what was said under them, and whether they are settled."""

from __future__ import annotations

from datetime import datetime

from plans_repo import access, drafts, versions
from plans_repo.comment_sight import Comment, Entry, Sight, comment_rows, may_settle, seen
from plans_repo.course.open_comments import open_comments
from plans_repo.errors import NotAllowed, NotFound, PlansRepoError, StaleRevision
from plans_repo.search import index
from plans_repo.store import events
from plans_repo.store.roles import Action
from plans_repo.store.tables.comments import CommentEntryRow, CommentRow, EntryKind
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.versions import VersionRow
from plans_repo.store.work import Work
from plans_repo.text.anchoring import Anchor, Hold, anchor
from plans_repo.text.clause import Clause

__all__ = [
    "Comment",
    "Entry",
    "EntryKind",
    "Hold",
    "comment",
    "comments",
    "may_settle",
    "open_comments",
    "reopen",
    "reply",
    "resolve",
]

TEXT_CHARS = 4000
EVENTS = {
    EntryKind.REPLY: "comment-answered",
    EntryKind.RESOLVE: "comment-resolved",
    EntryKind.REOPEN: "comment-reopened",
}


def comment(
    work: Work, plan_id: str, clause_id: str, text: str, *, quotation: str = "", version: str = "", draft: bool = False
) -> Comment:
    """Say something about a clause of a version, or of the draft; with a *quotation*, about those words of it.

    Refused for words the clause does not say. Who reads a text and may comment may comment on it.
    """
    plan = access.visible_plan(work, plan_id, Action.COMMENT_PLAN)
    base, clauses = text_of(work, plan, version, draft=draft)
    _check_words(plan, text)
    clause = next((one for one in clauses if one.id == clause_id), None)
    if clause is None:
        raise NotFound("clause-unknown", thing=plan.title, field="clause", value=clause_id)
    found = anchor(clause, quotation)
    if found is None:
        raise PlansRepoError("quotation-not-there", thing=plan.title, field="quotation", value=quotation.strip()[:80])
    row = new_comment(work, plan, base, found, text, draft=draft)
    return seen(work, row, Sight(work, plan, base, clauses))


def reply(work: Work, comment_id: str, text: str) -> Comment:
    """Answer a comment; it stays open or settled as it is."""
    return _add(work, comment_id, EntryKind.REPLY, text)


def resolve(work: Work, comment_id: str, text: str = "", *, revision: int | None = None) -> Comment:
    """Settle a comment; for who writes the plan and for who made it.

    *revision* is that of the comment looked at: what somebody has added since is read first.
    """
    return _add(work, comment_id, EntryKind.RESOLVE, text, revision=revision)


def reopen(work: Work, comment_id: str, text: str = "", *, revision: int | None = None) -> Comment:
    """Open a settled comment again."""
    return _add(work, comment_id, EntryKind.REOPEN, text, revision=revision)


def comments(
    work: Work, plan_id: str, version: str = "", *, draft: bool = False, only_open: bool = False
) -> tuple[Comment, ...]:
    """The comments made on a version, or on the draft, and on the versions before it, in the order of its text.

    Who does not write or oversee the plan reads those of the own body only.
    """
    plan = access.visible_plan(work, plan_id)
    base, clauses = text_of(work, plan, version, draft=draft)
    sight = Sight(work, plan, base, clauses)
    rows = [row for row in comment_rows(work, plan, only_open=only_open) if sight.shows(row, draft=draft)]
    found = [seen(work, row, sight) for row in rows]
    order = {clause.id: at for at, clause in enumerate(clauses)}
    return tuple(sorted(found, key=lambda one: (order.get(one.place.clause, -1), one.at)))


def text_of(work: Work, plan: PlanRow, version: str, *, draft: bool) -> tuple[VersionRow, tuple[Clause, ...]]:
    """The text looked at, and the version it is or begins from."""
    if not draft:
        row = versions.version_row(work, plan.id, version)
        return row, versions.clauses(work, row)
    present = drafts.draft(work, plan.id)
    if present is None:
        raise PlansRepoError("no-draft", thing=plan.title, field="draft", rule="must be begun first")
    base = work.session.get_one(VersionRow, present.base)
    return base, tuple(entry.clause for entry in present.clauses)


def _check_words(plan: PlanRow, text: str) -> None:
    if not text.strip():
        raise PlansRepoError("comment-without-words", thing=plan.title, field="text", rule="must not be blank")
    if len(text) > TEXT_CHARS:
        raise PlansRepoError(
            "comment-too-long", thing=plan.title, field="text", rule=f"at most {TEXT_CHARS}", value=len(text)
        )


def new_comment(
    work: Work,
    plan: PlanRow,
    base: VersionRow,
    found: Anchor,
    text: str,
    *,
    draft: bool,
    said_by: str = "",
    at: datetime | None = None,
) -> CommentRow:
    row = CommentRow(
        id=work.new_id(),
        plan_id=plan.id,
        version_id=base.id,
        in_draft=draft,
        clause_id=found.clause,
        quotation=found.quotation,
        before=found.before,
        after=found.after,
        text=text.strip(),
        said_by=said_by[:200],
        organisation_id=work.actor.organisation,
        made_at=at or work.now,
        made_by=work.actor.account,
    )
    work.session.add(row)
    work.session.flush()
    index.add_comment(work.session, row.id, row.text, quotation=row.quotation)
    payload = {"comment": row.id, "version": base.id, "clause": row.clause_id}
    kind = "comment-taken-in" if said_by else "comment-made"
    events.record(work, events.chain_of_plan(plan.id), kind, payload)
    return row


def _add(work: Work, comment_id: str, kind: EntryKind, text: str, *, revision: int | None = None) -> Comment:
    work.require(Action.COMMENT_PLAN)
    row = work.session.get(CommentRow, comment_id, with_for_update=True)
    if row is None:
        raise _unknown(comment_id)
    plan = access.visible_plan(work, row.plan_id, Action.COMMENT_PLAN)
    newest = versions.version_row(work, plan.id)
    sight = Sight(work, plan, newest, versions.clauses(work, newest))
    if not sight.may_read(row):
        raise _unknown(comment_id)
    if kind is EntryKind.REPLY or text.strip():
        _check_words(plan, text)
    if kind is not EntryKind.REPLY:
        _settle(work, plan, row, kind, revision)
    add_entry(work, plan, row, kind, text)
    return seen(work, row, sight)


def _settle(work: Work, plan: PlanRow, row: CommentRow, kind: EntryKind, revision: int | None) -> None:
    if not may_settle(work, plan, row.made_by):
        raise NotAllowed("comment-of-another", thing=plan.title, action=Action.COMMENT_PLAN.value)
    if revision is not None and revision != row.revision:
        raise StaleRevision("comment-answered-meanwhile", thing=plan.title, seen=revision, value=row.revision)
    if row.is_open is (kind is EntryKind.REOPEN):
        raise PlansRepoError("comment-stands-so" if row.is_open else "comment-settled", thing=plan.title)
    row.is_open = kind is EntryKind.REOPEN


def add_entry(
    work: Work,
    plan: PlanRow,
    row: CommentRow,
    kind: EntryKind,
    text: str,
    *,
    said_by: str = "",
    at: datetime | None = None,
) -> None:
    row.revision += 1
    entry = CommentEntryRow(
        id=work.new_id(),
        comment_id=row.id,
        ordinal=row.revision,
        kind=kind,
        text=text.strip(),
        said_by=said_by[:200],
        made_at=at or work.now,
        made_by=work.actor.account,
    )
    work.session.add(entry)
    work.session.flush()
    if entry.text:
        index.add_comment(work.session, row.id, entry.text, ordinal=entry.ordinal)
    events.record(work, events.chain_of_plan(plan.id), EVENTS[kind], {"comment": row.id, "entry": entry.id})


def _unknown(comment_id: str) -> NotFound:
    return NotFound("comment-unknown", thing="comment", field="id", value=comment_id)
