"""A file taken in whole: its text as one plan or several, its comments, its tracked changes for decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from plans_repo import importing, plans, word_comments
from plans_repo.course.working_days import ZONE
from plans_repo.errors import PlansRepoError
from plans_repo.import_facts import Facts, Mended, recognised
from plans_repo.importing import Kept, OpenedPlan, Propose
from plans_repo.plans import PlanKind, RelationKind, Trigger
from plans_repo.store.work import NewId, Work
from plans_repo.text.reading import FoundComment, Part, PartKind, Reading, Tracked, read_plan
from plans_repo.text.reading.errors import refusal
from plans_repo.text.reading.noise import is_without_chinese
from plans_repo.text.reading.parts import part_kind
from plans_repo.text.reading.reworked import apart
from plans_repo.text.recognition import kind_of
from plans_repo.text.rendering import plain_text
from plans_repo.word_comments import WordComment
from sim.procedure import Hazard

RELATED = {PartKind.SPECIAL: RelationKind.SPECIAL_OF, PartKind.ON_SITE: RelationKind.UPPER}
"""How a plan of the file stands to the comprehensive one before it."""


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What came of a file: the plans, the first one first, and how many comments were taken over.

    *parts* are the plans that were told apart in the file, also when they were kept as one.
    """

    plans: tuple[OpenedPlan, ...]
    comments: int
    parts: tuple[Part, ...] = ()

    @property
    def first(self) -> OpenedPlan:
        """The plan, or of several the first."""
        return self.plans[0]


def take_file(
    work: Work,
    data: bytes,
    name: str,
    *,
    kind: PlanKind | None = None,
    hazard: Hazard | None = None,
    into: str = "",
    organisation: str | None = None,
    propose: Propose | None = None,
    tracked: Tracked | None = Tracked.ACCEPT,
    is_split: bool = False,
    trigger: Trigger = Trigger.IMPORT,
    reason: str = "",
    title: str = "",
    of_no_hazard: bool = False,
) -> Taken:
    """Read the file called *name* and keep everything in it, as a new plan or as the next version of *into*.

    *title*, *kind* and *hazard* set right what the file is taken for; *of_no_hazard* says that it is of no single one.
    *trigger* and *reason* say why the text was written, where that is known. On any refusal nothing is stored.
    Without *tracked* a file with tracked changes is refused: somebody says first what becomes of them.
    """
    reading = read_plan(data, name, new_id=work.new_id, tracked=tracked or Tracked.ACCEPT)
    if tracked is None:
        check_decided(reading, data, name, new_id=work.new_id)
    if title.strip() and (into or is_split):
        rule = "is given to one new plan"
        raise PlansRepoError("title-for-one-new-plan", thing=f"file {name}", field="title", rule=rule, value=title)
    facts: tuple[Facts, ...] = ()
    if not into and (title.strip() or of_no_hazard):
        read = facts_apart(reading) if is_split else (recognised(reading),)
        facts = tuple(
            Facts(
                title=title.strip() or one.title,
                kind=kind or one.kind,
                hazard=None if of_no_hazard else hazard or one.hazard,
            )
            for one in read
        )
    return take(
        work, reading, data, name, kind=kind, hazard=hazard, into=into, organisation=organisation, propose=propose,
        is_split=is_split, trigger=trigger, reason=reason, facts=facts,
    )  # fmt: skip


def check_decided(reading: Reading, data: bytes, name: str, *, new_id: NewId) -> None:
    """Refuse a file with tracked changes of which nobody has said what becomes of them: how many, and whose."""
    if not reading.tracked_changes:
        return
    beside = read_plan(data, name, new_id=new_id, tracked=Tracked.SUGGEST).suggestions
    authors = tuple(dict.fromkeys(one.author for one in beside if one.author))
    raise PlansRepoError(
        "changes-undecided", thing=f"file {name}", field="tracked", rule="accept, reject or suggest", file=name,
        count=reading.tracked_changes, authors=authors,
    )  # fmt: skip


def take(
    work: Work,
    reading: Reading,
    data: bytes,
    name: str,
    *,
    kind: PlanKind | None = None,
    hazard: Hazard | None = None,
    into: str = "",
    organisation: str | None = None,
    propose: Propose | None = None,
    is_split: bool = False,
    trigger: Trigger = Trigger.IMPORT,
    reason: str = "",
    facts: Sequence[Facts] = (),
    read: Facts | None = None,
    mended: Sequence[Mended] = (),
) -> Taken:
    """Keep a reading, as it came or set right; with *is_split* each plan of the file as a plan of its own.

    *facts* say of each plan what a person has decided that it is; *read* what the file was first taken for as one.
    A file in which not one Chinese character stands is refused: a listing, a key, a page in English is no plan.
    """
    if is_without_chinese(plain_text(reading.clauses)):
        raise refusal("plan-file-no-chinese", name, rule="must hold Chinese")
    readings = apart(reading) if is_split else (reading,)
    if is_split and into:
        raise PlansRepoError("split-into-one", thing=f"file {name}", rule="several plans are no version of one")
    if is_split and len(readings) < 2:
        raise PlansRepoError("file-is-one-plan", thing=f"file {name}", rule="must hold several plans", file=name)
    told_apart = facts_apart(reading) if is_split else ()
    decided: Sequence[Facts | None] = facts or [None] * len(readings)
    made = [
        importing.keep(
            work,
            each,
            data,
            name,
            kind=kind or (_kind_of_all(reading) if is_split else None),
            hazard=hazard,
            into=into,
            organisation=organisation,
            propose=propose,
            part=at if is_split else None,
            trigger=trigger,
            reason=reason,
            facts=decided[at],
            read=told_apart[at] if is_split else read,
            mended=mended,
        )
        for at, each in enumerate(readings)
    ]
    _relate(work, made)
    return Taken(
        plans=tuple(each.opened for each in made),
        comments=sum(_comments(work, each) for each in made),
        parts=reading.parts,
    )


def facts_apart(reading: Reading) -> tuple[Facts, ...]:
    """What each of several plans in a file is taken for."""
    of_all = _kind_of_all(reading)
    found = (recognised(each) for each in apart(reading))
    return tuple(replace(one, kind=of_all or one.kind) for one in found)


def _kind_of_all(reading: Reading) -> PlanKind | None:
    """Plans of an enterprise's file are all the enterprise's; only enterprises have on-site plans."""
    is_unit = kind_of(reading.title).value == PlanKind.UNIT or any(
        part.kind is PartKind.ON_SITE for part in reading.parts
    )
    return PlanKind.UNIT if is_unit else None


def _relate(work: Work, made: Sequence[Kept]) -> None:
    """Plans of one file belong together: special and on-site plans to the comprehensive one, else side by side."""
    first, *others = (each.opened for each in made)
    is_comprehensive = part_kind(first.title) is PartKind.COMPREHENSIVE
    for other in others:
        kind = RELATED.get(part_kind(other.title), RelationKind.LINKED) if is_comprehensive else RelationKind.LINKED
        plans.relate(work, other.plan, first.plan, kind)


def _comments(work: Work, kept: Kept) -> int:
    found = word_comment_threads(kept.reading.comments)
    return word_comments.take_in(work, kept.opened.plan, found, version=kept.opened.version) if found else 0


def word_comment_threads(comments: Sequence[FoundComment]) -> tuple[WordComment, ...]:
    """Each first comment with the answers under it, however deep they stand."""
    by_key = {comment.key: comment for comment in comments}
    answers: dict[str, list[FoundComment]] = {}
    for comment in comments:
        if comment.answers in by_key:
            answers.setdefault(_root(comment, by_key), []).append(comment)
    firsts = (comment for comment in comments if comment.answers not in by_key)
    return tuple(_word_comment(comment, answers.get(comment.key, ())) for comment in firsts)


def _root(comment: FoundComment, by_key: dict[str, FoundComment]) -> str:
    seen = {comment.key}
    while comment.answers in by_key and comment.answers not in seen:
        comment = by_key[comment.answers]
        seen.add(comment.key)
    return comment.key


def _word_comment(comment: FoundComment, answers: Sequence[FoundComment]) -> WordComment:
    return WordComment(
        clause=comment.clause,
        quotation=comment.quotation,
        text=comment.text,
        author=comment.author,
        at=said_at(comment.at),
        replies=tuple(_word_comment(answer, ()) for answer in answers),
        is_resolved=comment.is_resolved,
    )


def said_at(words: str) -> datetime | None:
    """The instant a Word file means: it writes the writer's local time and calls it UTC.

    >>> said_at("2026-03-02T10:00:00Z").isoformat(), said_at("")
    ('2026-03-02T10:00:00+08:00', None)
    """
    try:
        return datetime.fromisoformat(words).replace(tzinfo=ZONE)
    except ValueError:
        return None
