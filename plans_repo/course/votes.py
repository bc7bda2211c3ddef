"""What the experts said: each one's signed opinion with remarks on clauses, and the panel's review form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import col, func, select

from plans_repo import access, versions
from plans_repo.course import courses
from plans_repo.course.opening import found, need, next_ordinal
from plans_repo.course.opinions import Opinion, Remark, opened, stored, treatments
from plans_repo.course.panels import newest, panel_row, require_open, require_reviewer, version_of
from plans_repo.course.review_form import items
from plans_repo.course.words import SCALE, Judgement, Vote
from plans_repo.course.working_days import local_day
from plans_repo.errors import NotAllowed, NotFound, PlansRepoError
from plans_repo.store import events
from plans_repo.store.roles import Action
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.experts import ExpertRow, PanelRow, PanelSeatRow, ReviewAnswerRow, VoteRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.work import Work
from plans_repo.versions import store_media

__all__ = ["ReviewAnswer", "SignedVote", "Vote", "answer_item", "vote", "votes"]


@dataclass(frozen=True, kw_only=True)
class SignedVote:
    """An expert's opinion as he signed it, and the hash of the text it is about.

    *is_scan_of_all* says that the file of the signed form is that of other experts, too.
    """

    seat: str
    expert: str
    vote: Vote
    words: str
    root_hash: str
    on: date
    on_paper: bool
    paper: str
    entered_by: str
    opinions: tuple[Opinion, ...]
    is_scan_of_all: bool = False


@dataclass(frozen=True, kw_only=True)
class ReviewAnswer:
    """The panel's answer to an item of the review form, and whose account entered it."""

    item: str
    judgement: Judgement
    note: str
    entered_by: str


def vote(
    work: Work,
    seat_id: str,
    conclusion: Vote,
    *,
    words: str = "",
    remarks: Sequence[Remark] = (),
    on: date | None = None,
    paper: tuple[str, bytes] | None = None,
    correction: str = "",
    is_scan_of_all: bool = False,
) -> SignedVote:
    """An expert signs his opinion. He does so himself, or the author enters the signed form (*paper*: name and bytes).

    Who does not simply agree says why, in words or in remarks. What an expert has signed himself only he changes;
    a form entered wrongly is entered again with the reason (*correction*), which the history keeps. One file is the
    signed form of one expert; that it holds those of several has to be said (*is_scan_of_all*).
    """
    seat, row, course, plan = _present(work, seat_id)
    require_open(work, plan, course, row)
    expert = work.session.get_one(ExpertRow, seat.expert_id)
    is_own = expert.account_id is not None and expert.account_id == work.actor.account
    _check_may_vote(work, plan, expert, is_own=is_own, has_paper=paper is not None)
    _check_correction(work, seat, expert, correction, is_own=is_own)
    digest = store_media(work, paper[1], paper[0]) if paper else None
    if not is_scan_of_all:
        _check_paper_own(work, seat, expert, digest)
    if conclusion is not Vote.AGREE and not words.strip() and not remarks:
        raise PlansRepoError("vote-without-words", thing=expert.name, field="words", rule="must be given")
    day = on or local_day(work.now)
    if not (row.met_on or day) <= day <= local_day(work.now):
        raise PlansRepoError(
            "vote-day-wrong", thing=expert.name, field="on", rule="must lie between the meeting and today", value=day,
            low=row.met_on, high=local_day(work.now),
        )  # fmt: skip
    fresh = VoteRow(
        id=work.new_id(),
        ordinal=next_ordinal(work, select(func.max(VoteRow.ordinal)).where(VoteRow.seat_id == seat.id)),
        seat_id=seat.id,
        root_hash=row.root_hash,
        vote=conclusion,
        words=words.strip()[:2000],
        opinions=stored(work, remarks, versions.clauses(work, version_of(work, row)), plan.title),
        voted_on=day,
        on_paper=not is_own,
        media_hash=digest,
        entered_at=work.now,
        entered_by=work.actor.account,
    )
    work.session.add(fresh)
    work.session.flush()
    payload = {
        "course": course.id,
        "panel": row.id,
        "seat": seat.id,
        "vote": conclusion,
        "root_hash": row.root_hash,
        "paper": fresh.media_hash or "",
        "correction": correction.strip()[:300],
    }
    if is_scan_of_all:
        payload["form"] = "scan_of_all"
    events.record(work, events.chain_of_plan(plan.id), "expert-voted", payload)
    return _signed(work, fresh, course)


def votes(work: Work, panel_id: str) -> tuple[SignedVote, ...]:
    """What the experts of a panel signed, in the order of their seats."""
    row, course, _plan = panel_row(work, panel_id)
    return votes_of(work, row, course)


def answer_item(work: Work, panel_id: str, item: str, judgement: Judgement, *, note: str = "") -> ReviewAnswer:
    """The panel's answer to one of the six items; what does not conform says why."""
    row, course, plan = panel_row(work, panel_id)
    check_may_enter(work, row, plan, course)
    if item not in {one.id for one in items()} or judgement not in SCALE:
        raise NotFound("item-unknown", thing=plan.title, field="item", value=item)
    words = need(plan.title, "note", note) if judgement is Judgement.FAILS else note.strip()
    keep_answer(work, row, course, plan, item, judgement, words)
    return review_form_of(work, row)[item]


def keep_answer(
    work: Work, row: PanelRow, course: CourseRow, plan: PlanRow, item: str, judgement: Judgement, words: str
) -> None:
    """Write an answer of the panel down; whoever calls has asked for permission and checked the item."""
    answered = select(func.max(ReviewAnswerRow.ordinal))
    work.session.add(
        ReviewAnswerRow(
            id=work.new_id(),
            ordinal=next_ordinal(work, answered.where(ReviewAnswerRow.panel_id == row.id)),
            panel_id=row.id,
            item=item,
            judgement=judgement,
            note=words[:2000],
            entered_at=work.now,
            entered_by=work.actor.account,
        )
    )
    work.session.flush()
    payload = {"course": course.id, "panel": row.id, "item": item, "judgement": judgement}
    events.record(work, events.chain_of_plan(plan.id), "item-answered", payload)


def review_form(work: Work, panel_id: str) -> dict[str, ReviewAnswer]:
    """The answers given so far, by item."""
    row, _course, _plan = panel_row(work, panel_id)
    return review_form_of(work, row)


def confirm_changes(work: Work, panel_id: str, version_id: str) -> None:
    """Say, as one who reviews and did not write it, that the text as changed since does what the experts asked."""
    row, course, plan = panel_row(work, panel_id)
    _plan, its_course, version = found(work, version_id, Action.REVIEW_PLAN)
    require_reviewer(work, plan, course)
    if its_course.id != course.id:
        raise NotFound("version-unknown", thing=plan.title, field="version", value=version_id)
    if work.actor.account == version.created_by:
        raise PlansRepoError("own-text", thing=plan.title, move="pass_review")
    row.confirmed_hash, row.confirmed_by = version.root_hash, work.actor.account
    payload = {"course": course.id, "panel": row.id, "version": version.id, "root_hash": version.root_hash}
    events.record(work, events.chain_of_plan(plan.id), "review-confirmed", payload)


def votes_of(work: Work, row: PanelRow, course: CourseRow) -> tuple[SignedVote, ...]:
    """As ``votes``, of a row; of each seat the newest."""
    newest_of = {one.seat_id: one for one in _rows(work, row.id)}
    forms = Counter(one.media_hash for one in newest_of.values() if one.media_hash)
    return tuple(
        replace(_signed(work, one, course), is_scan_of_all=forms[one.media_hash or ""] > 1)
        for one in newest_of.values()
    )


def _rows(work: Work, panel: str) -> Sequence[VoteRow]:
    """Every opinion entered for a panel, by seat, of each the newest last."""
    query = select(VoteRow).join(PanelSeatRow, col(PanelSeatRow.id) == col(VoteRow.seat_id))
    query = query.where(PanelSeatRow.panel_id == panel)
    return work.session.exec(query.order_by(col(PanelSeatRow.ordinal), col(VoteRow.ordinal))).all()


def review_form_of(work: Work, row: PanelRow) -> dict[str, ReviewAnswer]:
    """As ``review_form``, of a row."""
    rows = work.session.exec(
        select(ReviewAnswerRow).where(ReviewAnswerRow.panel_id == row.id).order_by(col(ReviewAnswerRow.ordinal))
    )
    return {one.item: _answer(one) for one in rows}


def _answer(row: ReviewAnswerRow) -> ReviewAnswer:
    return ReviewAnswer(item=row.item, judgement=row.judgement, note=row.note, entered_by=row.entered_by)


def opinions_of(work: Work, course: CourseRow) -> tuple[Opinion, ...]:
    """The remarks of the experts of the newest panel."""
    row = newest(work, course)
    return tuple(opinion for one in votes_of(work, row, course) for opinion in one.opinions) if row else ()


def _present(work: Work, seat_id: str) -> tuple[PanelSeatRow, PanelRow, CourseRow, PlanRow]:
    seat = work.session.get(PanelSeatRow, seat_id)
    if seat is None:
        raise NotFound("seat-unknown", thing="seat", field="seat", value=seat_id)
    row, course, plan = panel_row(work, seat.panel_id)
    if seat.signed_in_on is None:
        raise PlansRepoError("expert-not-present", thing=plan.title, value=seat.ordinal)
    return seat, row, course, plan


def _check_may_vote(work: Work, plan: PlanRow, expert: ExpertRow, *, is_own: bool, has_paper: bool) -> None:
    if is_own:
        work.require(Action.REVIEW_PLAN)
        return
    work.require(Action.EDIT_PLAN)
    access.changeable_plan(work, plan.id)
    if not has_paper:
        raise PlansRepoError("vote-without-paper", thing=expert.name, field="paper", rule="must be attached")


def _check_correction(work: Work, seat: PanelSeatRow, expert: ExpertRow, correction: str, *, is_own: bool) -> None:
    """An opinion once signed is changed by its expert; the entry of a paper only for a reason."""
    query = select(VoteRow).where(VoteRow.seat_id == seat.id).order_by(col(VoteRow.ordinal).desc()).limit(1)
    before = work.session.exec(query).first()
    if before is None or is_own:
        return
    if not before.on_paper:
        raise PlansRepoError("vote-signed-by-expert", thing=expert.name, field="vote", rule="is changed by its expert")
    if not correction.strip():
        raise PlansRepoError("vote-entered-before", thing=expert.name, field="correction", rule="must not be blank")


def _check_paper_own(work: Work, seat: PanelSeatRow, expert: ExpertRow, digest: str | None) -> None:
    """Refuse the file that is the signed form of another expert of the panel already."""
    if digest is None:
        return
    newest_of = {one.seat_id: one for one in _rows(work, seat.panel_id) if one.seat_id != seat.id}
    other = next((one for one in newest_of.values() if one.media_hash == digest), None)
    if other is not None:
        whose = work.session.get_one(ExpertRow, work.session.get_one(PanelSeatRow, other.seat_id).expert_id).name
        raise PlansRepoError("vote-paper-of-another", thing=expert.name, field="paper", rule="own", value=whose)


def check_may_enter(work: Work, row: PanelRow, plan: PlanRow, course: CourseRow) -> None:
    """The form is the panel's: filled once it met, by a reviewer who did not write the text, or, from the papers of a
    panel whose head has signed, by the author's clerk.
    """
    require_open(work, plan, course, row)
    if row.met_on is None:
        raise PlansRepoError("panel-not-met", thing=plan.title, field="met_on", rule="must be entered first")
    if work.actor.may(Action.REVIEW_PLAN) and work.actor.account not in courses.authors(work, course):
        require_reviewer(work, plan, course)
        return
    if not work.actor.may(Action.EDIT_PLAN):
        raise NotAllowed("action-not-allowed", thing=work.actor.name, action=Action.REVIEW_PLAN.value)
    access.changeable_plan(work, plan.id)
    if not _has_signed(work, row, row.head_id):
        raise PlansRepoError("form-before-head", thing=plan.title, field="form", rule="must follow the head's opinion")


def _has_signed(work: Work, row: PanelRow, expert: str | None) -> bool:
    seats = select(VoteRow.id).join(PanelSeatRow, col(PanelSeatRow.id) == col(VoteRow.seat_id))
    own = seats.where(PanelSeatRow.panel_id == row.id, PanelSeatRow.expert_id == expert)
    return work.session.exec(own.limit(1)).first() is not None


def _signed(work: Work, row: VoteRow, course: CourseRow) -> SignedVote:
    seat = work.session.get_one(PanelSeatRow, row.seat_id)
    expert = work.session.get_one(ExpertRow, seat.expert_id)
    return SignedVote(
        seat=seat.id,
        expert=expert.name,
        vote=row.vote,
        words=row.words,
        root_hash=row.root_hash,
        on=row.voted_on,
        on_paper=row.on_paper,
        paper=row.media_hash or "",
        entered_by=row.entered_by,
        opinions=tuple(opened(row.opinions, expert.name, treatments(work, course))),
    )
