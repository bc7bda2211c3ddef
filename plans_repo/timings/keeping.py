"""Timings come in by one door, are corrected by further revisions, and are read as they stand or stood.

``record`` takes a turnout and what was timed in it, all or nothing; what is there already is not entered twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from plans_repo import access, versions
from plans_repo.errors import NotFound, PlansRepoError, StaleRevision
from plans_repo.store import events
from plans_repo.store.batches import batched
from plans_repo.store.roles import Action
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.timings import TimingRow, TurnoutRow
from plans_repo.store.tables.versions import VersionRow
from plans_repo.store.work import Work
from plans_repo.timings.values import Recorded, Timing, TimingSubject, Turnout, said, to_the_second
from sim.procedure import Procedure

MOST_TIMINGS = 2_000
"""So many are taken at once; a record of more is handed over in parts."""

_Key = tuple[TimingSubject, str, str, int]


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What a record came to: the turnout, how many timings were new, how many were there already."""

    turnout: Turnout
    added: int
    unchanged: int


def record(work: Work, turnout: Turnout, timings: Sequence[Timing]) -> Kept:
    """Keep a turnout and its timings, all of them or none.

    A turnout of the same plan, kind, title and minute 0 is taken up again; a timing that says the same as one there
    is passed over, one that says otherwise is refused, for that is a correction and needs a reason.
    """
    plan = _changeable(work, turnout.plan)
    if len(timings) > MOST_TIMINGS:
        raise PlansRepoError(
            "timings-too-many", thing=turnout.title, field="timings", rule=f"at most {MOST_TIMINGS}",
            value=len(timings), most=MOST_TIMINGS,
        )  # fmt: skip
    asked = to_the_second(turnout)
    known = _row_of(work, asked)
    is_new = known is None
    version = work.session.get_one(VersionRow, known.version_id) if known else _version(work, plan, asked.version)
    checking = Checking(asked, _procedure(work, version), work.now)
    checked = [checking(each) for each in timings]
    _check_twice(asked, checked)
    present = {} if known is None else {each.key: each for each in _standing(work, [known.id])[known.id]}
    fresh = [each for each in checked if not _is_there(asked, each, present.get(each.key))]
    if known is None:
        known = _keep_turnout(work, asked, version)
    revisions = _last_revisions(work, known.id) if fresh else {}
    for each in fresh:
        work.session.add(_row(work, each, known.id, revision=revisions.get(each.key, -1) + 1))
    work.session.flush()
    if fresh or is_new:
        _tell(work, known, "timings-recorded", {"kind": known.kind.value, "added": len(fresh)})
    return Kept(turnout=_turnout(known), added=len(fresh), unchanged=len(checked) - len(fresh))


def correct(work: Work, timing: Timing, *, reason: str) -> Timing:
    """Put *timing* in place of the one of its key, read at its revision; the one before stays in the record."""
    return _revised(work, timing, reason, is_withdrawn=False)


def withdraw(work: Work, timing: Timing, *, reason: str) -> Timing:
    """Take a timing out of every reckoning; it stays in the record with the reason."""
    return _revised(work, timing, reason, is_withdrawn=True)


def turnouts(work: Work, plan_id: str, *, until: datetime | None = None) -> tuple[Recorded, ...]:
    """The turnouts of a plan with their timings, the latest first; with *until*, as they stood at that moment."""
    work.require(Action.READ_STUDY)
    access.visible_plan(work, plan_id)
    query = select(TurnoutRow).where(TurnoutRow.plan_id == plan_id)
    if until is not None:
        query = query.where(col(TurnoutRow.kept_at) <= until)
    rows = work.session.exec(query.order_by(col(TurnoutRow.began_at).desc(), col(TurnoutRow.id))).all()
    standing = _standing(work, [row.id for row in rows], until)
    return tuple(Recorded(turnout=_turnout(row), timings=standing[row.id]) for row in rows)


def recorded(work: Work, turnout_id: str) -> Recorded:
    """One turnout of a plan the actor may see, with its timings."""
    row = _visible(work, turnout_id)
    return Recorded(turnout=_turnout(row), timings=_standing(work, [row.id])[row.id])


def history(work: Work, turnout_id: str) -> tuple[Timing, ...]:
    """Every revision of every timing of a turnout, the oldest first."""
    row = _visible(work, turnout_id)
    return tuple(_timing(each) for each in _revisions(work, [row.id]))


def may_record(work: Work, plan_id: str) -> bool:
    """Whether the actor may record timings of a plan."""
    plan = work.session.get(PlanRow, plan_id)
    allowed = work.actor.may(Action.RECORD_TIMING)
    return allowed and plan is not None and access.standpoint(work).acts_on(plan, Action.RECORD_TIMING)


def _changeable(work: Work, plan_id: str) -> PlanRow:
    plan = access.visible_plan(work, plan_id, Action.RECORD_TIMING)
    access.require_place(work, plan, Action.RECORD_TIMING)
    return plan


def _visible(work: Work, turnout_id: str) -> TurnoutRow:
    work.require(Action.READ_STUDY)
    row = work.session.get(TurnoutRow, turnout_id)
    if row is None or row.plan_id not in access.visible_ids(work, [row.plan_id]):
        raise NotFound("turnout-unknown", thing="turnout", value=turnout_id)
    return row


def _version(work: Work, plan: PlanRow, version: str) -> VersionRow:
    return versions.version_row(work, plan.id, version)


def checking(work: Work, turnout: Turnout) -> Checking:
    """What looks at timings of a turnout before they are kept."""
    asked = to_the_second(turnout)
    known = _row_of(work, asked)
    row = versions.version_row(work, turnout.plan, known.version_id if known else asked.version)
    return Checking(asked, _procedure(work, row), work.now)


def present_in(work: Work, turnout: Turnout) -> tuple[Timing, ...]:
    """The timings that stand in the record of the same turnout; none where it is not there yet."""
    known = _row_of(work, to_the_second(turnout))
    return _standing(work, [known.id])[known.id] if known else ()


class Checking:
    """Gives a timing to the second as it would be kept in a turnout, or refuses it.

    Refused are a task the procedure does not have, and moments outside the turnout or still to come.
    """

    def __init__(self, turnout: Turnout, procedure: Procedure, now: datetime) -> None:
        self._turnout, self._now = turnout, now
        self._known = {
            TimingSubject.TASK: {task.id for task in procedure.tasks},
            TimingSubject.TARGET: {target.id for target in procedure.targets},
        }

    def __call__(self, timing: Timing) -> Timing:
        """The timing, or the refusal it meets."""
        found = replace(
            timing,
            started_at=timing.started_at.replace(microsecond=0),
            ended_at=timing.ended_at.replace(microsecond=0),
            quantity=None if timing.quantity is None else float(timing.quantity),
        )
        title, begin = self._turnout.title, self._turnout.began_at
        if found.name not in self._known[found.subject]:
            raise PlansRepoError("timing-task-unknown", thing=title, field=found.subject.value, value=found.name)
        if found.started_at < begin:
            raise PlansRepoError(
                "timing-before-turnout", thing=found.name, field="started_at", rule="not before minute 0",
                value=said(found.started_at), start=said(begin),
            )  # fmt: skip
        if found.ended_at > self._now:
            raise PlansRepoError(
                "timing-to-come", thing=found.name, field="ended_at", rule="must be past", value=said(found.ended_at)
            )
        return found


def _procedure(work: Work, version: VersionRow) -> Procedure:
    found = versions.procedure(work, version)
    if found is None:
        raise PlansRepoError("version-without-procedure", thing=version.title, title=version.title, value=version.label)
    return found


def _check_twice(turnout: Turnout, timings: Iterable[Timing]) -> None:
    seen: set[_Key] = set()
    for each in timings:
        if each.key in seen:
            raise PlansRepoError("timing-twice", thing=turnout.title, field="name", rule="once", value=each.name)
        seen.add(each.key)


def _is_there(turnout: Turnout, timing: Timing, present: Timing | None) -> bool:
    if present is None:
        return False
    if present.says_the_same_as(timing):
        return True
    raise PlansRepoError(
        "timing-recorded-otherwise", thing=turnout.title, field="name", rule="correct it with a reason",
        value=timing.name,
    )  # fmt: skip


def _revised(work: Work, timing: Timing, reason: str, *, is_withdrawn: bool) -> Timing:
    row = _visible(work, timing.turnout)
    _changeable(work, row.plan_id)
    if not reason.strip():
        raise PlansRepoError("reason-missing", thing=timing.name, field="reason", rule="must be given")
    present = {each.key: each for each in _standing(work, [row.id])[row.id]}.get(timing.key)
    if present is None:
        raise NotFound("timing-unknown", thing=row.title, field="name", value=timing.name)
    if present.revision != timing.revision:
        raise StaleRevision("timing-saved-meanwhile", thing=timing.name, value=timing.revision)
    version = work.session.get_one(VersionRow, row.version_id)
    told = present if is_withdrawn else Checking(_turnout(row), _procedure(work, version), work.now)(timing)
    if not is_withdrawn and told.says_the_same_as(present):
        raise PlansRepoError("timing-unchanged", thing=timing.name, field="times", rule="must differ")
    next_ = replace(told, reason=reason.strip(), is_withdrawn=is_withdrawn)
    fresh = _row(work, next_, row.id, revision=present.revision + 1)
    work.session.add(fresh)
    work.session.flush()
    _tell(work, row, "timing-withdrawn" if is_withdrawn else "timing-corrected", {"revision": fresh.revision})
    return _timing(fresh)


def _tell(work: Work, row: TurnoutRow, kind: str, more: dict[str, Any]) -> None:
    events.record(work, events.chain_of_plan(row.plan_id), kind, {"turnout": row.id} | more)


def _row_of(work: Work, turnout: Turnout) -> TurnoutRow | None:
    query = select(TurnoutRow).where(
        TurnoutRow.plan_id == turnout.plan,
        TurnoutRow.kind == turnout.kind,
        TurnoutRow.title == turnout.title,
        TurnoutRow.began_at == turnout.began_at,
    )
    return work.session.exec(query).first()


def _keep_turnout(work: Work, turnout: Turnout, version: VersionRow) -> TurnoutRow:
    if turnout.began_at > work.now:
        raise PlansRepoError(
            "timing-to-come", thing=turnout.title, field="began_at", rule="must be past", value=said(turnout.began_at)
        )
    row = TurnoutRow(
        id=work.new_id(),
        plan_id=turnout.plan,
        version_id=version.id,
        kind=turnout.kind,
        title=turnout.title,
        began_at=turnout.began_at,
        place=turnout.place,
        is_announced=turnout.is_announced,
        recorder=turnout.recorder,
        source_file=turnout.source_file,
        kept_at=work.now,
        kept_by=work.actor.account,
    )
    work.session.add(row)
    work.session.flush()
    return row


def _row(work: Work, timing: Timing, turnout_id: str, *, revision: int) -> TimingRow:
    return TimingRow(
        id=work.new_id(),
        turnout_id=turnout_id,
        subject=timing.subject,
        name=timing.name,
        entity=timing.entity,
        attempt=timing.attempt,
        started_at=timing.started_at,
        ended_at=timing.ended_at,
        ending=timing.ending,
        quantity=timing.quantity,
        note=timing.note,
        revision=revision,
        reason=timing.reason,
        is_withdrawn=timing.is_withdrawn,
        kept_at=work.now,
        kept_by=work.actor.account,
    )


def _revisions(work: Work, turnout_ids: Sequence[str], until: datetime | None = None) -> list[TimingRow]:
    found: list[TimingRow] = []
    for some in batched(turnout_ids):
        query = select(TimingRow).where(col(TimingRow.turnout_id).in_(some))
        if until is not None:
            query = query.where(col(TimingRow.kept_at) <= until)
        found += work.session.exec(query).all()
    return sorted(found, key=lambda row: (row.turnout_id, row.started_at, row.name, row.entity, row.revision))


def _standing(work: Work, turnout_ids: Sequence[str], until: datetime | None = None) -> dict[str, tuple[Timing, ...]]:
    """The last revisions, by turnout, in the order they were begun; withdrawn ones left out."""
    last: dict[tuple[str, _Key], Timing] = {}
    for row in _revisions(work, turnout_ids, until):
        timing = _timing(row)
        before = last.get((row.turnout_id, timing.key))
        if before is None or before.revision < timing.revision:
            last[row.turnout_id, timing.key] = timing
    found: dict[str, list[Timing]] = {turnout: [] for turnout in turnout_ids}
    for (turnout, _key), timing in last.items():
        if not timing.is_withdrawn:
            found[turnout].append(timing)
    return {turnout: tuple(sorted(some, key=_in_order)) for turnout, some in found.items()}


def _in_order(timing: Timing) -> tuple[Any, ...]:
    return timing.started_at, timing.ended_at, timing.key


def _last_revisions(work: Work, turnout_id: str) -> dict[_Key, int]:
    found: dict[_Key, int] = {}
    for row in _revisions(work, [turnout_id]):
        key = _timing(row).key
        found[key] = max(found.get(key, -1), row.revision)
    return found


def _turnout(row: TurnoutRow) -> Turnout:
    return Turnout(
        id=row.id,
        plan=row.plan_id,
        version=row.version_id,
        kind=row.kind,
        title=row.title,
        began_at=row.began_at,
        place=row.place,
        is_announced=row.is_announced,
        recorder=row.recorder,
        source_file=row.source_file,
        kept_at=row.kept_at,
    )


def _timing(row: TimingRow) -> Timing:
    return Timing(
        turnout=row.turnout_id,
        subject=row.subject,
        name=row.name,
        entity=row.entity,
        attempt=row.attempt,
        started_at=row.started_at,
        ended_at=row.ended_at,
        ending=row.ending,
        quantity=row.quantity,
        note=row.note,
        revision=row.revision,
        reason=row.reason,
        is_withdrawn=row.is_withdrawn,
        kept_at=row.kept_at,
    )
