"""Comments of a Word file become comments of the plan, under the names they bear there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from plans_repo import access
from plans_repo.comment_sight import Sight, comment_rows, entry_rows
from plans_repo.comments import TEXT_CHARS, add_entry, new_comment, text_of
from plans_repo.store.tables.comments import CommentRow, EntryKind
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.work import Work
from plans_repo.text.anchoring import Anchor, anchor


@dataclass(frozen=True, kw_only=True)
class WordComment:
    """A comment found in a Word file: the clause and words it stands on, who wrote it and when."""

    clause: str
    quotation: str
    text: str
    author: str
    at: datetime | None = None
    replies: tuple[WordComment, ...] = ()
    is_resolved: bool = False


def take_in(work: Work, plan_id: str, found: Sequence[WordComment], *, version: str = "", draft: bool = False) -> int:
    """Keep the comments of a Word file under the names they bear there; how many were new.

    One that is there already (same clause, words and author) is left as it is, with the replies
    it lacks added. Words the text does not say are kept as words that are gone.
    """
    plan = access.changeable_plan(work, plan_id)
    base, clauses = text_of(work, plan, version, draft=draft)
    by_id = {clause.id: clause for clause in clauses}
    rows = list(comment_rows(work, plan))
    sight = Sight(work, plan, base, clauses)
    taken = 0
    for one in found:
        if not one.text.strip():
            continue
        row = next((row for row in rows if _is_same(sight, row, one)), None)
        if row is None:
            clause = by_id.get(one.clause)
            anchored = anchor(clause, one.quotation) if clause else None
            stands = anchored or Anchor(clause=one.clause, quotation=one.quotation)
            row = new_comment(
                work, plan, base, stands, one.text[:TEXT_CHARS], draft=draft, said_by=one.author, at=one.at
            )
            taken += 1
        _take_in_replies(work, plan, row, one, sight)
    return taken


def _take_in_replies(work: Work, plan: PlanRow, row: CommentRow, one: WordComment, sight: Sight) -> None:
    present = {(sight.name_of(entry), entry.text) for entry in entry_rows(work, row)}
    for answer in one.replies:
        if answer.text.strip() and (answer.author, answer.text) not in present:
            add_entry(work, plan, row, EntryKind.REPLY, answer.text[:TEXT_CHARS], said_by=answer.author, at=answer.at)
    if one.is_resolved and row.is_open:
        row.is_open = False
        add_entry(work, plan, row, EntryKind.RESOLVE, "")


def _is_same(sight: Sight, row: CommentRow, one: WordComment) -> bool:
    """Whether a comment of a file is one that was written out from here."""
    return row.text.strip() == one.text.strip() and sight.name_of(row) == one.author
