"""A plan that was exported to Word, edited there and comes back: its changes go into the draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from plans_repo import access, drafts, versions, word_comments
from plans_repo.drafting.rows import needed
from plans_repo.drafting.taking_back import take_into_draft
from plans_repo.errors import PlansRepoError
from plans_repo.intake import check_decided, said_at
from plans_repo.redlines import media_of
from plans_repo.store import events
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.versions import VersionRow
from plans_repo.store.work import NewId, Work
from plans_repo.text.clause import Clause
from plans_repo.text.difference import Change, ClauseChange, changes, words
from plans_repo.text.reading import FoundComment, Reading, Tracked, read_plan
from plans_repo.text.reading.file_kind import file_kind
from plans_repo.text.reading.readers import source_of
from plans_repo.text.reading.source import Source
from plans_repo.text.reading.tracked import accepting
from plans_repo.word.bookmarks import PREFIX
from plans_repo.word.left_behind import LeftBehind, Reason, left_behind
from plans_repo.word.origin import Origin, origin_of
from plans_repo.word.printing import printed_parts
from plans_repo.word.returned_text import returned_text
from plans_repo.word_comments import WordComment

__all__ = ["LeftBehind", "Origin", "Reason", "Returned", "Returning", "origin_of", "read_returned", "take_back"]


@dataclass(frozen=True, kw_only=True)
class Returning:
    """A file read, before it is known to which plan it goes back."""

    name: str
    data: bytes
    origin: Origin | None
    source: Source
    reading: Reading


@dataclass(frozen=True, kw_only=True)
class Returned:
    """What came back: the version it was made from, what it changed, what waits for a decision.

    *draft* is None when the file says what its version said and nothing had to be stored;
    *left_behind* names what the file shows and no clause can hold.
    """

    plan: str
    title: str
    base: str
    base_label: str
    draft: str | None
    changes: tuple[ClauseChange, ...]
    waiting: tuple[str, ...]
    comments: int
    left_behind: tuple[LeftBehind, ...] = ()


def read_returned(data: bytes, name: str, *, new_id: NewId, tracked: Tracked | None = Tracked.ACCEPT) -> Returning:
    """Read the file; refused like any other import. Its tracked changes count as made, or as not made.

    Without *tracked* a file that has some is refused; they cannot be kept as suggestions beside a draft.
    """
    if tracked is Tracked.SUGGEST:
        raise PlansRepoError("returned-not-suggested", thing=f"file {name}", field="tracked", rule="accept or reject")
    short = PurePath(name.replace("\\", "/")).name or "?"
    how = tracked or Tracked.ACCEPT
    reading = read_plan(data, name, new_id=new_id, tracked=how)
    if tracked is None:
        check_decided(reading, data, name, new_id=new_id)
    source, _count = source_of(data, short, file_kind(data, short), accepting(how, ()))
    return Returning(name=short, data=data, origin=origin_of(data, name), source=source, reading=reading)


def take_back(work: Work, plan_id: str, file: Returning, *, by_likeness: bool = False) -> Returned:
    """Put what the file changed into the draft of the plan, merged with what was written meanwhile.

    The file names the version it was made from. One of another plan, or of a version that is not
    here, is refused; *by_likeness* has such a file compared with the newest version instead.
    Clauses are known by their marks, and by their words where a mark is lost.
    """
    plan = access.changeable_plan(work, plan_id)
    base_row = _base(work, plan, file, by_likeness=by_likeness)
    base = versions.clauses(work, base_row)
    theirs = _theirs(work, base_row, base, file)
    changed = tuple(one for one in changes(base, theirs) if one.change is not Change.UNCHANGED)
    draft_id, waiting = _into_draft(work, plan, base, theirs, file) if changed else (None, ())
    remarks = _remarks(file, theirs)
    return Returned(
        plan=plan.id,
        title=plan.title,
        base=base_row.id,
        base_label=versions.summary(work, base_row).label,
        draft=draft_id,
        changes=changed,
        waiting=waiting,
        comments=_take_comments(work, plan, remarks, is_draft=draft_id is not None),
        left_behind=left_behind(file.source, theirs, base, base_row.title),
    )


def _base(work: Work, plan: PlanRow, file: Returning, *, by_likeness: bool) -> VersionRow:
    origin = file.origin
    if origin is not None and origin.plan != plan.id and not by_likeness:
        raise PlansRepoError("file-of-other-plan", thing=plan.title, field="file", value=file.name)
    known = origin is not None and origin.plan == plan.id
    row = work.session.get(VersionRow, origin.version) if known and origin else None
    if row is not None and origin and row.plan_id == plan.id and row.root_hash == origin.root_hash:
        return versions.version_row(work, plan.id, row.id)
    if not by_likeness:
        code = "file-base-unknown" if known else "file-without-origin"
        raise PlansRepoError(code, thing=plan.title, field="file", value=file.name)
    return versions.version_row(work, plan.id)


def _theirs(work: Work, row: VersionRow, base: Sequence[Clause], file: Returning) -> tuple[Clause, ...]:
    marks = {
        each.key.removeprefix("bookmark:") for block in file.source.blocks for each in block.anchors
        if each.key.startswith("bookmark:")
    }  # fmt: skip
    printed = printed_parts(base, media_of(work, base), marked=marks)
    return returned_text(
        file.source.blocks, base, row.title, new_id=work.new_id, printed=printed, asides=file.source.notes
    )


def _into_draft(
    work: Work, plan: PlanRow, base: Sequence[Clause], theirs: Sequence[Clause], file: Returning
) -> tuple[str, tuple[str, ...]]:
    opened = drafts.open_draft(work, plan.id)
    _merge, waiting = take_into_draft(work, needed(work, plan), base, theirs)
    _keep_media(work, file, theirs)
    digest = versions.store_media(work, file.data, file.name)
    payload = {"draft": opened.id, "file": digest, "waiting": len(waiting)}
    events.record(work, events.chain_of_plan(plan.id), "file-returned", payload)
    return opened.id, waiting


def _keep_media(work: Work, file: Returning, theirs: Sequence[Clause]) -> None:
    wanted = {key for clause in theirs for key in clause.media}
    for medium in file.source.media:
        if medium.sha256 in wanted:
            versions.store_media(work, medium.data, medium.name)


def _take_comments(work: Work, plan: PlanRow, remarks: Sequence[WordComment], *, is_draft: bool) -> int:
    return word_comments.take_in(work, plan.id, remarks, draft=is_draft) if remarks else 0


def _remarks(file: Returning, theirs: Sequence[Clause]) -> tuple[WordComment, ...]:
    """The comments of the file on the clauses of the text that came back."""
    known = {f"{PREFIX}{clause.id.replace('-', '')}": clause.id for clause in theirs}
    by_reading = {place: known[name] for name, place in reversed(file.reading.bookmarks) if name in known}
    answers: dict[str, list[FoundComment]] = {}
    for one in file.reading.comments:
        answers.setdefault(one.answers, []).append(one)
    return tuple(_remark(one, by_reading, theirs, answers) for one in answers.get("", []))


def _remark(
    one: FoundComment, by_reading: dict[str, str], theirs: Sequence[Clause], answers: dict[str, list[FoundComment]]
) -> WordComment:
    marked = by_reading.get(one.clause, "")
    said = [clause.id for clause in theirs if one.quotation and one.quotation in words(clause)]
    clause = marked if not said or marked in said else said[0]
    return WordComment(
        clause=clause,
        quotation=one.quotation,
        text=one.text,
        author=one.author,
        at=said_at(one.at),
        replies=tuple(
            WordComment(clause=clause, quotation="", text=reply.text, author=reply.author, at=said_at(reply.at))
            for reply in answers.get(one.key, [])
        ),
        is_resolved=one.is_resolved,
    )
