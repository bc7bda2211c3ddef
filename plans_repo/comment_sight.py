"""Comments as they stand beside a text, for one person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, exists, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from plans_repo import access, people, versions
from plans_repo.store.roles import Action
from plans_repo.store.tables.accounts import OrganisationRow
from plans_repo.store.tables.comments import CommentEntryRow, CommentRow, EntryKind
from plans_repo.store.tables.plans import DraftRow, PlanRow
from plans_repo.store.tables.versions import VersionRow
from plans_repo.store.work import Work
from plans_repo.text.anchoring import Anchor, Hold, Place, place
from plans_repo.text.clause import Clause
from plans_repo.versions import VersionSummary


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Something said under a comment: a reply, or that it was settled or opened again, by whom and when."""

    kind: EntryKind
    text: str
    author: str
    author_name: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Comment:
    """A comment as it stands beside a text.

    *place* is where it stands in the text looked at; *is_carried* says that it was made on an
    older version. *may_settle* says whether the person asking may resolve it or open it again.
    """

    id: str
    plan: str
    version: str
    made_on: VersionSummary
    anchor: Anchor
    place: Place
    text: str
    author: str
    author_name: str
    organisation: str | None
    unit: str
    at: datetime
    is_open: bool
    is_carried: bool
    revision: int
    may_settle: bool
    entries: tuple[Entry, ...]

    @property
    def is_altered(self) -> bool:
        """Whether the words it quotes are gone: 原文已改."""
        return self.place.hold in (Hold.ALTERED, Hold.REMOVED)


def may_settle(work: Work, plan: PlanRow, made_by: str) -> bool:
    """Whether the actor may resolve a comment made by that account, or open it again."""
    is_writer = work.actor.may(Action.EDIT_PLAN) and access.standpoint(work).changes(plan)
    return work.actor.may(Action.COMMENT_PLAN) and (is_writer or made_by == work.actor.account)


def comment_rows(work: Work, plan: PlanRow, *, only_open: bool = False) -> Sequence[CommentRow]:
    query = select(CommentRow).where(CommentRow.plan_id == plan.id).order_by(col(CommentRow.made_at))
    return work.session.exec(query.where(col(CommentRow.is_open).is_(True)) if only_open else query).all()


def comments_seen(work: Work) -> ColumnElement[bool]:
    """The condition on ``comment``, joined to its plan and to the version it was made on, that is put beside a text.

    It holds for the comments ``comments`` gives with the newest text the actor reads or the draft he writes.
    """
    here, actor = access.standpoint(work), work.actor
    whose = [here.sees_all_versions(), col(CommentRow.made_by) == actor.account]
    if actor.organisation is not None:
        whose.append(col(CommentRow.organisation_id) == actor.organisation)
    in_draft, made_on = col(CommentRow.in_draft), col(VersionRow.ordinal)
    beside = [here.text_seen_from(made_on + case((in_draft, 1), else_=0))]
    if actor.may(Action.EDIT_PLAN):
        base = aliased(VersionRow)
        is_base = and_(col(DraftRow.plan_id) == col(PlanRow.id), col(base.id) == col(DraftRow.base_id))
        beside.append(and_(here.plans_written(), exists().where(is_base, col(base.ordinal) >= made_on)))
    return and_(or_(*whose), or_(*beside))


def entry_rows(work: Work, row: CommentRow) -> Sequence[CommentEntryRow]:
    query = select(CommentEntryRow).where(CommentEntryRow.comment_id == row.id)
    return work.session.exec(query.order_by(col(CommentEntryRow.ordinal))).all()


class Sight:
    """Looks at the comments of one plan from the text of one version, for one person."""

    def __init__(self, work: Work, plan: PlanRow, base: VersionRow, clauses: Sequence[Clause]) -> None:
        self.work, self.plan, self.base, self.clauses = work, plan, base, clauses
        rows = work.session.exec(select(VersionRow).where(VersionRow.plan_id == plan.id))
        self.made_on = {row.id: row for row in rows}
        self.reads_all = access.standpoint(work).sees(plan, frozenset())
        self._former: dict[str, tuple[Clause, ...]] = {}
        self._names: dict[str, str] = {}
        self._units: dict[str, str] = {}

    def may_read(self, row: CommentRow) -> bool:
        """Who writes or oversees the plan reads every comment, others those of their own body."""
        mine = row.made_by == self.work.actor.account
        own_body = row.organisation_id is not None and row.organisation_id == self.work.actor.organisation
        return self.reads_all or mine or own_body

    def shows(self, row: CommentRow, *, draft: bool) -> bool:
        """Whether a comment stands beside this text: made on it or on an older one."""
        made_on = self.made_on[row.version_id]
        is_later = made_on.ordinal > self.base.ordinal or (row.in_draft and not draft and made_on.id == self.base.id)
        return not is_later and self.may_read(row)

    def place_of(self, row: CommentRow) -> Place:
        """Where it stands here."""
        found = _anchor_of(row)
        placed = place(found, self.clauses)
        if placed.hold is not Hold.REMOVED:
            return placed
        return place(found, self.clauses, former=self._former_text(row.version_id))

    def name_of(self, row: CommentRow | CommentEntryRow) -> str:
        """Who said it."""
        if row.said_by:
            return row.said_by
        if row.made_by not in self._names:
            names = people.display_names(self.work, [row.made_by])
            self._names[row.made_by] = names.get(row.made_by, row.made_by)
        return self._names[row.made_by]

    def unit_of(self, row: CommentRow) -> str:
        """The body of who said it; not known of one whose words came in with a file."""
        key = "" if row.said_by else row.organisation_id or ""
        if key and key not in self._units:
            found = self.work.session.get(OrganisationRow, key)
            self._units[key] = found.name if found else ""
        return self._units.get(key, "")

    def _former_text(self, version_id: str) -> tuple[Clause, ...]:
        if version_id not in self._former:
            self._former[version_id] = versions.clauses(self.work, self.made_on[version_id])
        return self._former[version_id]


def _anchor_of(row: CommentRow) -> Anchor:
    return Anchor(clause=row.clause_id, quotation=row.quotation, before=row.before, after=row.after)


def seen(work: Work, row: CommentRow, sight: Sight) -> Comment:
    """The comment as it stands there."""
    made_on = sight.made_on[row.version_id]
    return Comment(
        id=row.id,
        plan=row.plan_id,
        version=row.version_id,
        made_on=versions.summary(work, made_on),
        anchor=_anchor_of(row),
        place=sight.place_of(row),
        text=row.text,
        author=row.made_by,
        author_name=sight.name_of(row),
        organisation=row.organisation_id,
        unit=sight.unit_of(row),
        at=row.made_at,
        is_open=row.is_open,
        is_carried=made_on.id != sight.base.id,
        revision=row.revision,
        may_settle=may_settle(work, sight.plan, row.made_by),
        entries=tuple(_entry(sight, entry) for entry in entry_rows(work, row)),
    )


def _entry(sight: Sight, row: CommentEntryRow) -> Entry:
    return Entry(kind=row.kind, text=row.text, author=row.made_by, author_name=sight.name_of(row), at=row.made_at)
