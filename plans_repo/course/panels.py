"""Review panels: drawn from the pool for a text, with head, sign-in, and seats filled anew where somebody declines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, func, select

from plans_repo import access
from plans_repo.course import courses
from plans_repo.course.draw import Candidate, drawn
from plans_repo.course.experts import Expert, expert_of
from plans_repo.course.open_blanks import require_complete
from plans_repo.course.opening import found, need, written
from plans_repo.course.recusal import candidates, standing_aside
from plans_repo.course.stages import DRAFTING, Stage
from plans_repo.course.working_days import local_day
from plans_repo.errors import NotFound, PlansRepoError
from plans_repo.store import events
from plans_repo.store.roles import Action
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.experts import ExpertRow, PanelRow, PanelSeatRow, VoteRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.versions import VersionRow
from plans_repo.store.work import Work

DRAWING = DRAFTING | {Stage.LINKAGE, Stage.REVIEW}
"""The stages in which a panel can be drawn."""
SMALLEST, LARGEST = 3, 15


@dataclass(frozen=True, kw_only=True)
class Seat:
    """A seat: who has it, whether he declined and why, whether he came."""

    id: str
    expert: Expert
    ordinal: int
    declined_on: date | None
    declined_why: str
    signed_in_on: date | None

    @property
    def is_held(self) -> bool:
        """Whether the expert did not decline."""
        return self.declined_on is None


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A panel with everything needed to draw it again, and where it stands.

    *recused* tells by expert id why somebody could not be drawn; *pool* are the ids of those who could.
    """

    id: str
    version: str
    root_hash: str
    size: int
    quotas: Mapping[str, int]
    pool: tuple[str, ...]
    recused: Mapping[str, str]
    seed: str
    drawn_at: datetime
    drawn_by: str
    redraw_why: str
    seats: tuple[Seat, ...]
    head: str
    met_on: date | None
    place: str
    confirmed_hash: str

    @property
    def held(self) -> tuple[Seat, ...]:
        """The seats of those who did not decline."""
        return tuple(seat for seat in self.seats if seat.is_held)

    @property
    def present(self) -> tuple[Seat, ...]:
        """The seats of those who signed in."""
        return tuple(seat for seat in self.held if seat.signed_in_on is not None)


def panel(work: Work, version_id: str) -> Panel | None:
    """The newest panel of the edition a version belongs to, or None."""
    _plan, course, _version = found(work, version_id)
    row = newest(work, course)
    return panel_of(work, row) if row else None


def plans_with_seat(work: Work) -> frozenset[str]:
    """The plans on whose panels, of any edition, the actor has had a seat."""
    query = (
        select(CourseRow.plan_id)
        .join(PanelRow, col(PanelRow.course_id) == col(CourseRow.id))
        .join(PanelSeatRow, col(PanelSeatRow.panel_id) == col(PanelRow.id))
        .join(ExpertRow, col(ExpertRow.id) == col(PanelSeatRow.expert_id))
        .where(ExpertRow.account_id == work.actor.account)
    )
    return frozenset(work.session.exec(query))


def draw_panel(
    work: Work,
    version_id: str,
    *,
    size: int,
    quotas: Mapping[str, int] | None = None,
    interests: Mapping[str, str] | None = None,
    redraw_why: str = "",
) -> Panel:
    """Draw a panel of *size* with so many of every field; *interests* tells by expert id why somebody stands aside.

    The unit's own people, the working group and who wrote the text stand aside by themselves. The seed is
    the hash of the text and the number of the draw: nobody chooses it, anybody can draw again.
    A text with blanks is shown to no panel. A second draw says why the first does not stand (*redraw_why*); once a
    panel has voted there is no other one for the same text.
    """
    plan, course, version = written(work, version_id)
    _check_open(plan, course, size)
    require_complete(work, plan, version)
    _check_redraw(work, plan, course, version, redraw_why)
    recused = {
        **standing_aside(work, plan, course, version),
        **{key: why.strip() for key, why in (interests or {}).items()},
    }
    pool = candidates(work, plan, recused)
    seed = f"{version.root_hash}:{_draws(work, course) + 1}"
    chosen = drawn(seed, pool, size=size, quotas=quotas or {})
    row = PanelRow(
        id=work.new_id(),
        course_id=course.id,
        version_id=version.id,
        root_hash=version.root_hash,
        size=size,
        quotas=dict(quotas or {}),
        pool=[one.id for one in pool],
        recused=recused,
        seed=seed,
        drawn_at=work.now,
        drawn_by=work.actor.account,
        redraw_why=redraw_why.strip()[:300],
    )
    return _keep(work, plan, row, chosen)


def _keep(work: Work, plan: PlanRow, row: PanelRow, chosen: Sequence[str]) -> Panel:
    work.session.add(row)
    work.session.flush()
    _seat(work, row, chosen, 1)
    payload = {
        "course": row.course_id,
        "version": row.version_id,
        "root_hash": row.root_hash,
        "panel": row.id,
        "seed": row.seed,
        "size": row.size,
        "quotas": row.quotas,
        "pool": row.pool,
        "drawn": list(chosen),
        "redraw_why": row.redraw_why,
    }
    events.record(work, events.chain_of_plan(plan.id), "panel-drawn", payload)
    return panel_of(work, row)


def _check_open(plan: PlanRow, course: CourseRow, size: int) -> None:
    if course.stage not in DRAWING:
        raise PlansRepoError("panel-not-open", thing=plan.title, stage=course.stage.value)
    if not SMALLEST <= size <= LARGEST:
        raise PlansRepoError(
            "panel-size-wrong", thing=plan.title, field="size", rule=f"must lie in {SMALLEST}-{LARGEST}", value=size,
            low=SMALLEST, high=LARGEST,
        )  # fmt: skip


def _check_redraw(work: Work, plan: PlanRow, course: CourseRow, version: VersionRow, why: str) -> None:
    before = newest(work, course)
    if before is None:
        return
    if before.root_hash == version.root_hash and has_voted(work, before):
        raise PlansRepoError("panel-has-voted", thing=plan.title, field="panel", rule="stands for its text")
    need(plan.title, "redraw_why", why)


def has_voted(work: Work, row: PanelRow) -> bool:
    """Whether any expert of a panel has signed an opinion."""
    query = select(VoteRow.id).join(PanelSeatRow, col(PanelSeatRow.id) == col(VoteRow.seat_id))
    return work.session.exec(query.where(PanelSeatRow.panel_id == row.id).limit(1)).first() is not None


def redrawn(stored: Panel, experts: Sequence[Expert]) -> tuple[str, ...]:
    """Who is drawn from the recorded pool with the recorded seed: the proof that nobody chose."""
    fields = {expert.id: expert.fields for expert in experts}
    pool = [Candidate(id=one, fields=fields.get(one, ())) for one in stored.pool]
    return drawn(stored.seed, pool, size=stored.size, quotas=stored.quotas)


def decline(work: Work, seat_id: str, *, reason: str, on: date | None = None) -> Panel:
    """Somebody declines, and the next in the order of the same lot takes a seat."""
    seat, row, course, plan = _seat_of(work, seat_id)
    require_open(work, plan, course, row)
    if seat.declined_on is not None or row.met_on is not None:
        raise PlansRepoError("seat-not-open", thing=plan.title, value=seat.ordinal)
    seat.declined_why = need(plan.title, "reason", reason)[:300]
    seat.declined_on = on or local_day(work.now)
    work.session.flush()
    seats = _seats(work, row)
    gone = {one.expert_id for one in seats if one.declined_on is not None}
    kept = [one.expert_id for one in seats if one.declined_on is None]
    pool = [one for one in _drawable(work, row.pool) if one.id not in gone]
    chosen = drawn(row.seed, pool, size=row.size, quotas=row.quotas, kept=kept)
    fresh = [one for one in chosen if one not in kept]
    _seat(work, row, fresh, len(seats) + 1)
    payload = {"course": course.id, "panel": row.id, "seat": seat.id, "taken_by": fresh}
    events.record(work, events.chain_of_plan(plan.id), "seat-declined", payload)
    return panel_of(work, row)


def convene(
    work: Work, panel_id: str, *, present: Sequence[str], head: str, met_on: date | None = None, place: str = ""
) -> Panel:
    """The panel met: who signed in (ids of experts), and whom they made their head.

    May be put right until the first has signed his opinion; then who came stands.
    """
    row, course, plan = panel_row(work, panel_id)
    written(work, courses.current_version_id(work, course.id))
    require_open(work, plan, course, row)
    if has_voted(work, row):
        raise PlansRepoError("panel-has-voted", thing=plan.title, field="present", rule="stands once one has signed")
    day = _meeting_day(work, plan, row, met_on)
    held = {seat.expert_id: seat for seat in _seats(work, row) if seat.declined_on is None}
    for expert in present:
        if expert not in held:
            raise NotFound("expert-not-on-panel", thing=plan.title, field="expert", value=expert)
    if head not in present:
        raise PlansRepoError("head-not-present", thing=plan.title, field="head", rule="must have signed in")
    for expert, seat in held.items():
        seat.signed_in_on = day if expert in present else None
    row.head_id, row.met_on, row.place = head, day, place.strip()[:200]
    payload = {"course": course.id, "panel": row.id, "present": sorted(present), "head": head, "on": day}
    events.record(work, events.chain_of_plan(plan.id), "panel-met", payload)
    return panel_of(work, row)


def members(work: Work, course: CourseRow) -> tuple[Seat, ...]:
    """The seats of those who came to the newest panel of a course."""
    row = newest(work, course)
    return panel_of(work, row).present if row else ()


def require_reviewer(work: Work, plan: PlanRow, course: CourseRow) -> None:
    """Refuse who neither sits on the panel nor has a place at which such a plan is reviewed."""
    if work.actor.account not in {seat.expert.account for seat in members(work, course)}:
        access.require_place(work, plan, Action.REVIEW_PLAN)


def require_open(work: Work, plan: PlanRow, course: CourseRow, row: PanelRow) -> None:
    """A panel that was replaced, or whose review is over, takes nothing more in."""
    if course.stage not in DRAWING:
        raise PlansRepoError("panel-not-open", thing=plan.title, stage=course.stage.value)
    latest = newest(work, course)
    if latest is not None and latest.id != row.id:
        raise PlansRepoError("panel-replaced", thing=plan.title, field="panel", rule="must be the newest")


def _meeting_day(work: Work, plan: PlanRow, row: PanelRow, met_on: date | None) -> date:
    today, drawn_on = local_day(work.now), local_day(row.drawn_at)
    day = met_on or today
    if day > today:
        raise PlansRepoError("day-in-future", thing=plan.title, field="met_on", rule=f"must be <= {today}", value=day)
    if day < drawn_on:
        raise PlansRepoError(
            "meeting-before-draw", thing=plan.title, field="met_on", rule=f"must be >= {drawn_on}", value=day,
            last=drawn_on,
        )  # fmt: skip
    return day


def panel_row(work: Work, panel_id: str) -> tuple[PanelRow, CourseRow, PlanRow]:
    """A panel the actor may see, with its course and plan."""
    row = work.session.get(PanelRow, panel_id)
    if row is None:
        raise NotFound("panel-unknown", thing="panel", field="panel", value=panel_id)
    plan, course, _version = found(work, row.version_id)
    return row, course, plan


def newest(work: Work, course: CourseRow) -> PanelRow | None:
    """The newest panel of a course."""
    rows = work.session.exec(
        select(PanelRow).where(PanelRow.course_id == course.id).order_by(col(PanelRow.drawn_at))
    ).all()
    return max(rows, key=lambda row: int(row.seed.rpartition(":")[2]), default=None)


def panel_of(work: Work, row: PanelRow) -> Panel:
    """A row as a value."""
    return Panel(
        id=row.id,
        version=row.version_id,
        root_hash=row.root_hash,
        size=row.size,
        quotas=dict(row.quotas),
        pool=tuple(row.pool),
        recused=dict(row.recused),
        seed=row.seed,
        drawn_at=row.drawn_at,
        drawn_by=row.drawn_by,
        redraw_why=row.redraw_why,
        seats=tuple(_value(work, seat) for seat in _seats(work, row)),
        head=row.head_id or "",
        met_on=row.met_on,
        place=row.place,
        confirmed_hash=row.confirmed_hash,
    )


def _drawable(work: Work, ids: Sequence[str]) -> list[Candidate]:
    rows = work.session.exec(select(ExpertRow).where(col(ExpertRow.id).in_(ids)).order_by(col(ExpertRow.id)))
    return [Candidate(id=row.id, fields=tuple(row.fields)) for row in rows]


def _draws(work: Work, course: CourseRow) -> int:
    return work.session.exec(select(func.count()).select_from(PanelRow).where(PanelRow.course_id == course.id)).one()


def _seat(work: Work, row: PanelRow, experts: Sequence[str], first: int) -> None:
    work.session.add_all(
        PanelSeatRow(id=work.new_id(), panel_id=row.id, expert_id=expert, ordinal=ordinal)
        for ordinal, expert in enumerate(experts, start=first)
    )
    work.session.flush()


def _seats(work: Work, row: PanelRow) -> Sequence[PanelSeatRow]:
    return work.session.exec(
        select(PanelSeatRow).where(PanelSeatRow.panel_id == row.id).order_by(col(PanelSeatRow.ordinal))
    ).all()


def _seat_of(work: Work, seat_id: str) -> tuple[PanelSeatRow, PanelRow, CourseRow, PlanRow]:
    seat = work.session.get(PanelSeatRow, seat_id)
    if seat is None:
        raise NotFound("seat-unknown", thing="seat", field="seat", value=seat_id)
    row, course, plan = panel_row(work, seat.panel_id)
    written(work, courses.current_version_id(work, course.id))
    return seat, row, course, plan


def _value(work: Work, seat: PanelSeatRow) -> Seat:
    return Seat(
        id=seat.id,
        expert=expert_of(work, work.session.get_one(ExpertRow, seat.expert_id)),
        ordinal=seat.ordinal,
        declined_on=seat.declined_on,
        declined_why=seat.declined_why,
        signed_in_on=seat.signed_in_on,
    )


def version_of(work: Work, row: PanelRow) -> VersionRow:
    """The text a panel was drawn for."""
    return work.session.get_one(VersionRow, row.version_id)
