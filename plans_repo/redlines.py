"""The history between two versions of a plan, as far as the person asking may see it, and its redline."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from plans_repo import access, authorship, comments, people, suggestions, versions
from plans_repo.comments import Comment
from plans_repo.store.tables.versions import VersionRow
from plans_repo.store.work import Work
from plans_repo.text.blame import History, Saved, Step, backwards
from plans_repo.text.clause import Clause
from plans_repo.text.weave import Hand
from plans_repo.word.comment_marks import WordNote
from plans_repo.word.plan_document import PlanIdentity
from plans_repo.word.redline import Redline, redline_document
from plans_repo.word.wording import Wording

__all__ = ["Redline", "history_between", "media_of", "notes_of", "redline", "with_suggestions"]


def redline(work: Work, plan_id: str, before: str, after: str, *, with_comments: bool = False) -> Redline:
    """The Word file of version *after* with its differences from *before* tracked under their true authors."""
    plan = access.visible_plan(work, plan_id)
    made = versions.version_row(work, plan_id, after)
    identity = PlanIdentity(
        plan=plan.id, version=made.id, root_hash=made.root_hash, title=made.title, made_at=made.created_at
    )
    history = history_between(work, plan_id, before, after)
    shown = [*history.first, *history.last]
    notes = notes_of(work, plan_id, made.id) if with_comments else ()
    return redline_document(identity, history, media=media_of(work, shown), notes=notes)


def with_suggestions(work: Work, plan_id: str, version: str, *, with_comments: bool = False) -> Redline:
    """The Word file of a version with its open suggestions as tracked changes under those who made them.

    Rejecting all of them gives the version as it is.
    """
    plan = access.visible_plan(work, plan_id)
    made = versions.version_row(work, plan_id, version)
    identity = PlanIdentity(
        plan=plan.id, version=made.id, root_hash=made.root_hash, title=made.title, made_at=made.created_at
    )
    history = History(versions.clauses(work, made), suggestions.made_one_by_one(work, plan_id, made.id))
    notes = notes_of(work, plan_id, made.id) if with_comments else ()
    return redline_document(identity, history, media=media_of(work, [*history.first, *history.last]), notes=notes)


def history_between(work: Work, plan_id: str, before: str, after: str) -> History:
    """Every version from *before* to *after* that the actor may see, with who made what of it and when.

    Where *after* is the older one the same changes are undone, under the hands that had made them.
    """
    plan = access.visible_plan(work, plan_id)
    rows = versions.visible_versions(work, plan)
    ends = [versions.version_row(work, plan_id, key) for key in (before, after)]
    low, high = sorted(row.ordinal for row in ends)
    path = [row for row in rows if low <= row.ordinal <= high]
    names = _Names(work, path)
    steps = [_step(work, row, names) for row in path[1:]]
    first = versions.clauses(work, path[0])
    if ends[0].ordinal > ends[1].ordinal:
        return History(*backwards(first, steps))
    return History(first, steps)


def media_of(work: Work, clauses: Iterable[Clause]) -> dict[str, bytes]:
    """The pictures of a text by their hashes."""
    return {digest: versions.media(work, digest)[1] for clause in clauses for digest in clause.media}


def notes_of(work: Work, plan_id: str, version: str = "") -> tuple[WordNote, ...]:
    """The comments the actor may read on a version, as a Word file shows them."""
    local = Wording("zh").say("paper.local_author")
    return tuple(_note(one, local) for one in comments.comments(work, plan_id, version))


def _note(one: Comment, local: str) -> WordNote:
    gone = Wording("zh").say("paper.words_gone", words=one.anchor.quotation) if one.is_altered else ""
    return WordNote(
        clause=one.place.clause,
        quotation=one.place.words,
        text=f"{gone}{one.text}",
        author=_signed(one.author, one.author_name, local),
        at=one.at,
        is_settled=not one.is_open,
        answers=tuple(
            WordNote(
                clause=one.place.clause,
                quotation="",
                text=entry.text,
                author=_signed(entry.author, entry.author_name, local),
                at=entry.at,
            )
            for entry in one.entries
            if entry.text
        ),
    )


def _signed(account: str, name: str, local: str) -> str:
    return local if name == account == people.LOCAL else name


class _Names:
    """Accounts as the people they are of."""

    def __init__(self, work: Work, rows: Sequence[VersionRow]) -> None:
        self._work = work
        self._known = people.display_names(work, {row.created_by for row in rows})
        self._local = Wording("zh").say("paper.local_author")

    def hand(self, account: str, row: VersionRow) -> Hand:
        """The hand that made a version."""
        return Hand(author=self.of(account), at=row.created_at)

    def of(self, account: str) -> str:
        """The name of an account; what was done on the machine itself says so."""
        if account not in self._known:
            found = people.display_names(self._work, [account]).get(account, "")
            self._known[account] = found or (self._local if account == people.LOCAL else account)
        return self._known[account]


def _step(work: Work, row: VersionRow, names: _Names) -> Step:
    saves = tuple(
        Saved(
            clause=save.clause,
            value=save.value,
            moved=save.moved,
            hand=Hand(author=names.of(save.author), at=save.at),
        )
        for save in authorship.saves(work, row.id)
    )
    return Step(clauses=versions.clauses(work, row), hand=names.hand(row.created_by, row), saves=saves)
