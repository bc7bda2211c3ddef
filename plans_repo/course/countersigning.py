"""会签: every other side of a joint plan has agreed to this very text, on a paper of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, select

from plans_repo import access
from plans_repo.course import courses, deeds, papers
from plans_repo.course.conditions import Case, Unmet, condition
from plans_repo.course.days import require_not_before_text
from plans_repo.course.deeds import Deed, DeedKind
from plans_repo.course.opening import found, need
from plans_repo.course.papers import Attachment
from plans_repo.course.side import Side
from plans_repo.course.sides import sides_of
from plans_repo.course.stages import PaperKind, Stage
from plans_repo.course.takers import roles_for
from plans_repo.course.working_days import local_day
from plans_repo.errors import NotAllowed, NotFound, PlansRepoError
from plans_repo.store.roles import Action
from plans_repo.store.tables.accounts import AccountRoleRow, AccountRow
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.sides import SideRow
from plans_repo.store.tables.versions import VersionRow
from plans_repo.store.work import Work

OPEN = frozenset({Stage.APPROVAL, Stage.NUMBERING})
"""Where a side may countersign: before or after the approval of the side that drafted, never after the issue."""
ENTERING = (Action.APPROVE_PLAN, Action.NUMBER_PLAN)
"""Who enters the paper of a side that has nobody here may do one of these at the drafting side."""
MOST_POST, MOST_OPINION = 120, 1000


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a side said of a text: whether it agrees, the post of who signed, its opinion, the paper and the text.

    *is_entered* says that an account of the drafting side entered it from the paper, the side having none here.
    """

    side: str
    agrees: bool
    signed_by: str
    opinion: str
    paper: str
    version: str
    root_hash: str
    round: int
    is_entered: bool


@dataclass(frozen=True, kw_only=True)
class Countersignature:
    """A side's word on the text: on which day, entered when and by which account."""

    said: Said
    on: date
    at: datetime
    account: str


@dataclass(frozen=True, kw_only=True)
class SideStanding:
    """Another side of a joint plan, its last word that holds, and by whom it is awaited while there is none.

    *is_open* says that the text stands where it is countersigned, *is_past* that it was issued.
    *people* are the accounts of its government that may countersign; where there are none, *is_entered_here*: it is
    entered from its paper by the side that drafted.
    """

    side: Side
    countersignature: Countersignature | None
    people: tuple[str, ...]
    is_open: bool
    is_past: bool = False

    @property
    def is_entered_here(self) -> bool:
        """Whether nobody of that side can act in this installation."""
        return not self.people

    @property
    def agrees(self) -> bool:
        """Whether it has agreed to the present text."""
        return self.countersignature is not None and self.countersignature.said.agrees


def countersign(
    work: Work,
    version_id: str,
    paper: tuple[str, bytes],
    *,
    side: str = "",
    agrees: bool = True,
    signed_by: str,
    opinion: str = "",
    on: date | None = None,
) -> Countersignature:
    """Enter the word of a side on a text that is being approved, with its paper (name and bytes).

    Its own leader does it for his government; for a *side* that has no account here the drafting side enters what came
    on paper, and the record says so. Who does not agree says why.
    """
    plan, course, version = found(work, version_id)
    _check_open(plan, course, version, work)
    standing = _chosen(work, plan, course, version, side)
    is_entered = _check_may(work, plan, course, standing)
    if not agrees and not opinion.strip():
        raise PlansRepoError("reason-missing", thing=plan.title, field="opinion", rule="must be given")
    day = on or local_day(work.now)
    if day > local_day(work.now):
        today = local_day(work.now)
        raise PlansRepoError("day-in-future", thing=plan.title, field="on", rule=f"must be <= {today}", value=day)
    require_not_before_text(plan, version, day, field="on")
    sheet = Attachment(kind=PaperKind.COUNTERSIGNATURE, name=paper[0], data=paper[1], dated_on=day)
    kept = papers.keep(work, plan, course, version, sheet)
    said = Said(
        side=standing.side.name,
        agrees=agrees,
        signed_by=need(plan.title, "signed_by", signed_by)[:MOST_POST],
        opinion=opinion.strip()[:MOST_OPINION],
        paper=kept.digest,
        version=version.id,
        root_hash=version.root_hash,
        round=course.round,
        is_entered=is_entered,
    )
    course.revision += 1
    return _value(deeds.keep(work, plan.id, course.id, DeedKind.COUNTERSIGNATURE, said, on=day))


def side_standings(work: Work, version_id: str) -> tuple[SideStanding, ...]:
    """How every other side stands to the edition a version belongs to; () for a plan of one side."""
    plan, course, version = found(work, version_id)
    return standings_of(work, plan, course, version)


def standings_of(work: Work, plan: PlanRow, course: CourseRow, version: VersionRow) -> tuple[SideStanding, ...]:
    """As ``side_standings``, for a caller that has asked for permission."""
    every = sides_of(work, plan, course, version)
    last = _last_words(work, plan, course) if every else {}
    return tuple(
        SideStanding(
            side=side,
            countersignature=last.get(side.name),
            people=tuple(_leaders(work, side).values()),
            is_open=course.stage in OPEN,
            is_past=course.issued_on is not None,
        )
        for side in every
    )


def open_sides(work: Work, version_id: str) -> tuple[SideStanding, ...]:
    """The sides whose word the actor may enter now: his own, or those that have nobody here."""
    plan, course, version = found(work, version_id)
    if course.stage not in OPEN or courses.current_version_id(work, course.id) != version.id:
        return ()
    return tuple(one for one in standings_of(work, plan, course, version) if _is_open_to(work, plan, course, one))


def awaiting_me(work: Work) -> tuple[tuple[str, str, str], ...]:
    """Plan, title and version of every joint plan that waits for the countersignature of the actor's own government."""
    if work.actor.organisation is None or not work.actor.may(Action.APPROVE_PLAN):
        return ()
    query = (
        select(PlanRow, CourseRow)
        .join(CourseRow, col(CourseRow.plan_id) == col(PlanRow.id))
        .join(SideRow, col(SideRow.course_id) == col(CourseRow.id))
        .where(SideRow.organisation_id == work.actor.organisation, col(CourseRow.stage).in_(sorted(OPEN)))
        .order_by(col(PlanRow.title))
    )
    waiting = []
    for plan, course in work.session.exec(query).all():
        version = courses.current_version_id(work, course.id)
        if any(one.countersignature is None for one in open_sides(work, version) if one.people):
            waiting.append((plan.id, plan.title, version))
    return tuple(waiting)


@condition("countersigned")
def countersigned(case: Case) -> Iterator[Unmet]:
    """Each of the other sides has agreed to the present text (article 13: by agreement)."""
    standings = standings_of(case.work, case.plan, case.course, case.version)
    refused = [one.side.name for one in standings if one.countersignature is not None and not one.agrees]
    missing = [one.side.name for one in standings if one.countersignature is None]
    if refused:
        yield Unmet(code="side-disagrees", fields={"units": refused, "count": len(refused)})
    if missing:
        yield Unmet(code="side-not-countersigned", fields={"units": missing, "count": len(missing)})


def _check_open(plan: PlanRow, course: CourseRow, version: VersionRow, work: Work) -> None:
    is_current = courses.current_version_id(work, course.id) == version.id
    if course.stage not in OPEN or not is_current:
        raise PlansRepoError("countersigning-not-open", thing=plan.title, stage=course.stage.value)


def _chosen(work: Work, plan: PlanRow, course: CourseRow, version: VersionRow, name: str) -> SideStanding:
    """The side named, in full or by its place; the actor's own, or the only one, where none is."""
    every = standings_of(work, plan, course, version)
    mine = [one for one in every if one.side.organisation == work.actor.organisation is not None]
    named = [one for one in every if name.strip() and one.side.name.removesuffix("人民政府") in name]
    chosen = named if name.strip() else mine or every
    if len(chosen) != 1:
        known = tuple(one.side.name for one in every)
        raise NotFound("side-unknown", thing=plan.title, field="side", value=name, known=known)
    return chosen[0]


def _check_may(work: Work, plan: PlanRow, course: CourseRow, standing: SideStanding) -> bool:
    """Refuse whoever is not of the side, or, where nobody there can act, of the drafting one; says which it is."""
    if _is_open_to(work, plan, course, standing):
        return not standing.people
    if standing.people:
        raise NotAllowed(
            "countersigning-of-side", thing=plan.title, field="side", value=standing.side.name, people=standing.people
        )
    raise NotAllowed("countersigning-entry", thing=plan.title, field="side", value=standing.side.name)


def _is_open_to(work: Work, plan: PlanRow, course: CourseRow, standing: SideStanding) -> bool:
    """A leader of the side; where it has none, those who approve or number at the drafting side, but no author."""
    if standing.people:
        return work.actor.account in _leaders(work, standing.side)
    here = access.standpoint(work)
    may = any(work.actor.may(one) and here.acts_on(plan, one) for one in ENTERING)
    return may and work.actor.account not in courses.authors(work, course)


def _leaders(work: Work, side: Side) -> dict[str, str]:
    """The accounts of a side's government that decide for it, with their names."""
    if side.organisation is None:
        return {}
    query = (
        select(AccountRow.id, AccountRow.display_name)
        .join(AccountRoleRow, col(AccountRoleRow.account_id) == col(AccountRow.id))
        .where(AccountRow.organisation_id == side.organisation, col(AccountRow.disabled).is_(False))
        .where(col(AccountRoleRow.role).in_(roles_for(Action.APPROVE_PLAN)))
        .order_by(col(AccountRow.display_name))
    )
    return dict(work.session.exec(query).all())


def _last_words(work: Work, plan: PlanRow, course: CourseRow) -> Mapping[str, Countersignature]:
    """The last word of each side that is for the present text, or for one that it only edits."""
    same = courses.same_in_substance(work, course)
    found_: dict[str, Countersignature] = {}
    for deed in deeds.deeds(work, plan.id, DeedKind.COUNTERSIGNATURE, course=course.id):
        said = deed.told(Said)
        if same.get(said.version) == said.root_hash and said.round == course.round:
            found_[said.side] = _value(deed)
    return found_


def _value(deed: Deed) -> Countersignature:
    return Countersignature(said=deed.told(Said), on=deed.on, at=deed.at, account=deed.account)
