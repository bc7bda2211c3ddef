"""The kept original of a plan, read again with the rules of today: what would change, and that as a draft."""

from __future__ import annotations

from dataclasses import dataclass

from plans_repo import access, drafts, versions
from plans_repo.drafting.rows import needed
from plans_repo.drafting.taking_back import take_into_draft
from plans_repo.errors import PlansRepoError
from plans_repo.store import events
from plans_repo.store.roles import Action
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.versions import VersionRow
from plans_repo.store.work import NewId, Work
from plans_repo.text.clause import Clause
from plans_repo.text.difference import Change, ClauseChange, changes
from plans_repo.text.merge import continued
from plans_repo.text.reading import Tracked, read_plan
from plans_repo.text.reading.reworked import apart
from plans_repo.text.reading.source import Medium


@dataclass(frozen=True, kw_only=True)
class Original:
    """The file a version was read from, and how it was read: with which view of tracked changes, which plan in it."""

    plan: str
    version: str
    label: str
    name: str
    data: bytes
    tracked: Tracked
    part: int | None


@dataclass(frozen=True, kw_only=True)
class Reread:
    """An original read again: its clauses under the ids they have in the plan, and what differs from the version."""

    original: Original
    clauses: tuple[Clause, ...]
    changes: tuple[ClauseChange, ...]
    media: tuple[Medium, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What went into the draft; in *waiting* both the draft and the new reading had changed the clause."""

    draft: str | None
    changes: tuple[ClauseChange, ...]
    waiting: tuple[str, ...] = ()


def has_original(work: Work, plan_id: str) -> bool:
    """Whether a version of the plan was read from a file that is kept."""
    return _read_from_file(work, access.visible_plan(work, plan_id)) is not None


def original(work: Work, plan_id: str) -> Original:
    """The newest file a version of the plan was read from, for who may write the plan."""
    plan = access.changeable_plan(work, plan_id)
    row = _read_from_file(work, plan)
    if row is None:
        raise PlansRepoError("original-absent", thing=plan.title, field="original", rule="must be kept")
    name, data = versions.media(work, row.original_hash or "")
    account = row.reading or {}
    return Original(
        plan=plan.id,
        version=row.id,
        label=versions.summary(work, row).label,
        name=name,
        data=data,
        tracked=Tracked(account.get("tracked", Tracked.ACCEPT)),
        part=account.get("part"),
    )


def read_again(work: Work, found: Original, *, new_id: NewId) -> Reread:
    """The original as the present rules read it, compared with the version that was made from it; nothing is stored."""
    reading = read_plan(found.data, found.name, new_id=new_id, tracked=found.tracked)
    plans = apart(reading) if found.part is not None else (reading,)
    part = plans[min(found.part or 0, len(plans) - 1)]
    base = _text_of(work, found)
    fresh = continued(base, part.clauses)
    changed = tuple(one for one in changes(base, fresh) if one.change is not Change.UNCHANGED)
    return Reread(original=found, clauses=fresh, changes=changed, media=reading.media)


def take_again(work: Work, read: Reread) -> Taken:
    """Put what the present rules read otherwise into the draft, merged with what was written since.

    Versions stay as they are: what the draft becomes is decided clause by clause, like any other change.
    """
    plan = access.changeable_plan(work, read.original.plan, Action.EDIT_PLAN)
    if not read.changes:
        return Taken(draft=None, changes=())
    base = _text_of(work, read.original)
    opened = drafts.open_draft(work, plan.id)
    _merge, waiting = take_into_draft(work, needed(work, plan), base, read.clauses)
    wanted = {key for clause in read.clauses for key in clause.media}
    for medium in read.media:
        if medium.sha256 in wanted:
            versions.store_media(work, medium.data, medium.name)
    payload = {"draft": opened.id, "version": read.original.version, "waiting": len(waiting)}
    events.record(work, events.chain_of_plan(plan.id), "original-reread", payload)
    return Taken(draft=opened.id, changes=read.changes, waiting=waiting)


def _read_from_file(work: Work, plan: PlanRow) -> VersionRow | None:
    read = [row for row in versions.visible_versions(work, plan) if row.original_hash]
    return read[-1] if read else None


def _text_of(work: Work, found: Original) -> tuple[Clause, ...]:
    return versions.clauses(work, versions.version_row(work, found.plan, found.version))
