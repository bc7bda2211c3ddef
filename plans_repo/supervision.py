"""督办: a body tells one below it in writing to do what is late, by a day; the notice is on record and both see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from plans_repo import access
from plans_repo.course import deeds
from plans_repo.course.deeds import Deed, DeedKind
from plans_repo.course.working_days import calendar, local_day
from plans_repo.errors import NotAllowed, NotFound, PlansRepoError
from plans_repo.filing import rules
from plans_repo.organisations import organisation
from plans_repo.overdue import Due, DueKind, overdue
from plans_repo.store.roles import Action
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.work import Work

NOT_SUPERVISED = frozenset({DueKind.RECEIPT, DueKind.WORK_PLAN})
"""A receipt is for the receiver to give; the work plan is the body's own."""
MOST_WORDS = 300


@dataclass(frozen=True, kw_only=True)
class Late:
    """One thing a notice is about, as it stood on its day."""

    plan: str
    title: str
    kind: DueKind
    due_on: date
    late_working_days: int


@dataclass(frozen=True, kw_only=True)
class Notice:
    """A notice: under *notice* the same for all plans it names; by whom, to whom, what of this plan, until when."""

    notice: str
    number: str
    by: str
    by_organisation: str | None
    to: str
    to_organisation: str | None
    late: tuple[Late, ...]
    finish_on: date
    contact: str


@dataclass(frozen=True, kw_only=True)
class Supervised:
    """A notice as it is told: its day, who entered it, everything it names, and how much of that is still late."""

    said: Notice
    on: date
    account: str
    late: tuple[Late, ...]
    open: int


def to_supervise(work: Work) -> tuple[Due, ...]:
    """What is late at bodies below the actor's, the longest first; () for who supervises nobody."""
    if not work.actor.may(Action.SUPERVISE_FILING) or not access.standpoint(work).oversees:
        return ()
    return tuple(one for one in overdue(work) if one.is_late and not one.is_own and one.kind not in NOT_SUPERVISED)


def proposed_finish(work: Work) -> date:
    """The day a notice sets unless told otherwise: the working days the rules give."""
    return calendar(work).after(local_day(work.now), rules.notice_working_days()).on


def issue_notice(
    work: Work,
    items: Sequence[tuple[str, DueKind]],
    *,
    number: str = "",
    finish_on: date | None = None,
    contact: str = "",
) -> Supervised:
    """Enter a notice on late things of one body, each named by plan and kind; refused for what is not late there."""
    work.require(Action.SUPERVISE_FILING)
    late = {(one.plan, one.kind): one for one in to_supervise(work)}
    if not items:
        raise PlansRepoError("notice-without-matter", thing="notice", field="items", rule="needs one")
    if strange := [plan for plan, kind in items if (plan, kind) not in late]:
        raise NotFound("notice-matter-not-late", thing="notice", field="items", value=strange[0])
    chosen = [late[item] for item in dict.fromkeys(items)]
    rows = {one.plan: work.session.get_one(PlanRow, one.plan) for one in chosen}
    makers = {row.organisation_id for row in rows.values()}
    if len(makers) != 1:
        raise PlansRepoError(
            "notice-of-two-bodies", thing="notice", field="items", rule="one body", value={one.body for one in chosen}
        )
    today = local_day(work.now)
    finish = finish_on or proposed_finish(work)
    if finish <= today:
        raise PlansRepoError("notice-finish-past", thing="notice", field="finish_on", rule=f"> {today}", value=finish)
    here = organisation(work, work.actor.organisation) if work.actor.organisation else None
    notice = work.new_id()
    for plan in rows:
        mine = [one for one in chosen if one.plan == plan]
        value = Notice(
            notice=notice,
            number=number.strip()[:80],
            by=here.name if here else work.actor.name,
            by_organisation=here.id if here else None,
            to=mine[0].body,
            to_organisation=rows[plan].organisation_id,
            late=tuple(map(_late, mine)),
            finish_on=finish,
            contact=contact.strip()[:MOST_WORDS],
        )
        deeds.keep(work, plan, mine[0].course, DeedKind.SUPERVISION, value, on=today)
    return notice_of(work, notice)


def notices(work: Work) -> tuple[Supervised, ...]:
    """The notices the actor's body has given or got, the newest first."""
    work.require(Action.READ_PLAN)
    here = access.standpoint(work)
    by_notice: dict[str, list[Deed]] = {}
    for course, found in deeds.deeds_by_course(work, DeedKind.SUPERVISION).items():
        plan = work.session.get_one(PlanRow, work.session.get_one(CourseRow, course).plan_id)
        for deed in found:
            gave = work.actor.may(Action.SUPERVISE_FILING) and deed.value["by_organisation"] == here.organisation
            if gave or here.acts_on(plan):
                by_notice.setdefault(str(deed.value["notice"]), []).append(deed)
    if not by_notice:
        return ()
    late_now = {(one.plan, one.kind) for one in overdue(work)}
    told = [_supervised(some, late_now) for some in by_notice.values()]
    return tuple(sorted(told, key=lambda one: (one.on, one.said.notice), reverse=True))


def notice_of(work: Work, notice: str) -> Supervised:
    """One of them."""
    for one in notices(work):
        if one.said.notice == notice:
            return one
    raise NotAllowed("notice-unknown", thing="notice", value=notice)


def _supervised(found: Sequence[Deed], late_now: set[tuple[str, DueKind]]) -> Supervised:
    told = [deed.told(Notice) for deed in found]
    late = tuple(item for one in told for item in one.late)
    return Supervised(
        said=told[0],
        on=found[0].on,
        account=found[0].account,
        late=late,
        open=sum((item.plan, item.kind) in late_now for item in late),
    )


def _late(one: Due) -> Late:
    return Late(
        plan=one.plan, title=one.title, kind=one.kind, due_on=one.due_on, late_working_days=one.late_working_days
    )
