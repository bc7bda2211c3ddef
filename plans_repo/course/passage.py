"""Take a plan through its life cycle: which moves are open, and making one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from plans_repo import access
from plans_repo.course import (
    abolition,
    conditions,
    courses,
    issuer,
    issuing,
    numbering,
    occasions,
    panels,
    papers,
    requirement,
    separation,
    taking,
    terms,
)
from plans_repo.course.conditions import Unmet
from plans_repo.course.courses import Deadline, SignOff
from plans_repo.course.days import require_in_order
from plans_repo.course.issued import Issued
from plans_repo.course.issuing import IssuingNotice
from plans_repo.course.open_blanks import OpenBlank, allowed_blanks
from plans_repo.course.open_comments import require_settled
from plans_repo.course.opening import found
from plans_repo.course.papers import Attachment, Paper
from plans_repo.course.paths import Manner, Path, path_named, paths_for
from plans_repo.course.sides import register_sides
from plans_repo.course.signer import Signer, check_signer
from plans_repo.course.stages import EFFECTIVE, Move, PaperKind, Process, Stage, Step
from plans_repo.course.steps import allowed_moves, step_of
from plans_repo.course.terms import Term
from plans_repo.course.working_days import local_day
from plans_repo.errors import NotFound, PlansRepoError, StaleRevision
from plans_repo.filing import filings, mending, paper_receipts, rules
from plans_repo.filing.copies import CopyTo, check_copies, name_copies, unnamed_copies
from plans_repo.filing.recipients import Recipient
from plans_repo.organisations import row_of
from plans_repo.store import events
from plans_repo.store.roles import Action
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanKind, PlanRow
from plans_repo.store.tables.versions import VersionRow
from plans_repo.store.work import Work

__all__ = [
    "Attachment",
    "OpenMove",
    "Paper",
    "Passage",
    "attach",
    "choose_path",
    "choose_process",
    "move",
    "number_document",
    "open_moves",
    "passage",
    "suggested_number",
    "unmet",
]

CHECKED = frozenset({Move.SUBMIT_SIMPLIFIED, Move.APPROVE, Move.ISSUE})
"""Moves before which it is computed anew whether the simplified procedure is still enough."""


DISCLOSED = frozenset({PlanKind.UNIT, PlanKind.VILLAGE, PlanKind.TOWNSHIP})
"""Plans of units and the grass roots: disclosed to those they may affect, not only put on a web site (article 28)."""


NOT_FOR_SIDES = rules.internal_papers() - {
    PaperKind.COUNTERSIGNATURE,
    PaperKind.CONSULTATION_LETTER,
    PaperKind.LINKAGE_OPINION,
}
"""Papers of the house that the other sides of a joint plan do not get to see; the checks count them all the same."""


@dataclass(frozen=True, kw_only=True)
class OpenMove:
    """A move the actor may make now, and what is still missing for it.

    *manners* are the ways in which it may be decided; *missing_papers* is for the first of them. *unnamed_office* is
    the office a filing would go to while nobody has said which body that is, *unnamed_copies* those that get a copy.
    """

    step: Step
    missing_papers: tuple[PaperKind, ...]
    missing_signatures: tuple[Move, ...]
    unmet: tuple[Unmet, ...] = ()
    manners: tuple[Manner, ...] = ()
    unnamed_office: Recipient | None = None
    unnamed_copies: tuple[Recipient, ...] = ()

    @property
    def move(self) -> Move:
        """The move."""
        return self.step.move


@dataclass(frozen=True, kw_only=True)
class Passage:
    """Where a version stands: stage, process, number, signatures, papers, clocks."""

    plan: str
    version: str
    course: str
    stage: Stage
    process: Process
    path: Path
    revision: int
    document_number: str
    issued_on: date | None
    term: Term | None
    sign_offs: tuple[SignOff, ...]
    papers: tuple[Paper, ...]
    deadlines: tuple[Deadline, ...]


def passage(work: Work, version_id: str) -> Passage:
    """Where the version stands."""
    plan, course, version = found(work, version_id, Action.READ_PLAN)
    shown = papers.papers(work, course)
    if access.is_of_another_side(work, plan):
        shown = tuple(paper for paper in shown if paper.kind not in NOT_FOR_SIDES)
    return Passage(
        plan=plan.id,
        version=version.id,
        course=course.id,
        stage=course.stage,
        process=course.process,
        path=courses.path_of(work, plan, course),
        revision=course.revision,
        document_number=course.document_number,
        issued_on=course.issued_on,
        term=terms.term(work, course.id),
        sign_offs=courses.sign_offs(work, course),
        papers=shown,
        deadlines=courses.deadlines(work, plan),
    )


def open_moves(work: Work, version_id: str) -> tuple[OpenMove, ...]:
    """The moves the actor may make with a version, each with what is missing."""
    plan, course, version = found(work, version_id, Action.READ_PLAN)
    if courses.current_version_id(work, course.id) != version.id or access.is_of_another_side(work, plan):
        return ()
    path = courses.path_of(work, plan, course)
    lacking = conditions.unmet(work, plan, course, version)
    return tuple(
        _open_move(work, plan, course, step, path, lacking)
        for step in allowed_moves(course.stage, work.actor.roles, path)
        if separation.is_open_to(work, step.move, path) and issuer.is_open_to(work, plan, course, step.move)
    )


def _open_move(
    work: Work, plan: PlanRow, course: CourseRow, step: Step, path: Path, unmet: tuple[Unmet, ...]
) -> OpenMove:
    manners = _manners(path, step)
    return OpenMove(
        step=step,
        missing_papers=papers.missing(work, course, step, manners[0] if manners else None),
        missing_signatures=courses.missing_signatures(work, plan, course) if step.move is Move.ISSUE else (),
        unmet=unmet if _goes_on(step) else (),
        manners=manners,
        unnamed_office=filings.unnamed_office(work, plan) if step.move is Move.FILE else None,
        unnamed_copies=unnamed_copies(work, plan) if step.move is Move.FILE else (),
    )


def _manners(path: Path, step: Step) -> tuple[Manner, ...]:
    """How a step may be decided; a rejection is decided by its reason alone."""
    return path.at(step.source).manners if step.signs and step.source in path.stages else ()


def _goes_on(step: Step) -> bool:
    """Whether a step leads on along a path: a way back, or into force without one, asks for its reason alone."""
    return step.source not in EFFECTIVE and not step.needs_reason


def unmet(work: Work, version_id: str) -> tuple[Unmet, ...]:
    """What must still be brought about before a version goes on, whoever has to make the move."""
    plan, course, version = found(work, version_id)
    return conditions.unmet(work, plan, course, version)


def attach(work: Work, version_id: str, attachment: Attachment) -> Paper:
    """Add a paper to the course of a version, ahead of the move that needs it."""
    plan, course, version = found(work, version_id, Action.READ_PLAN)
    if access.is_of_another_side(work, plan):
        raise access.foreign(plan, Action.EDIT_PLAN)
    return papers.add(work, plan, course, version, attachment)


def number_document(work: Work, version_id: str, number: str) -> None:
    """Give the document number 文号, such as 某政办发〔2026〕12号; it is checked, and needed for issue."""
    plan, course, version = found(work, version_id, Action.NUMBER_PLAN)
    if course.stage is not Stage.NUMBERING:
        raise PlansRepoError("move-not-open", thing=plan.title, move=Move.ISSUE.value, stage=course.stage.value)
    _check_met(plan, Move.ISSUE, conditions.unmet(work, plan, course, version))
    numbering.check_free(work, plan, course, number)
    numbering.give(work, course, number)
    course.revision += 1
    payload = {"course": course.id, "number": number}
    events.record(work, events.chain_of_plan(plan.id), "document-numbered", payload)


def choose_process(work: Work, version_id: str, process: Process, *, reason: str) -> None:
    """Say which procedure this revision takes; the simplified one only for a text that may take it."""
    plan, course, version = found(work, version_id, Action.EDIT_PLAN)
    access.changeable_plan(work, plan.id)
    if course.stage is not Stage.DRAFT:
        raise PlansRepoError("process-not-open", thing=plan.title, process=process.value, stage=course.stage.value)
    requirement.check(work, plan, course, version, process)
    _need_reason(plan, reason)
    course.process = process
    course.path = ""
    course.revision += 1
    payload = {"course": course.id, "process": process, "reason": reason}
    events.record(work, events.chain_of_plan(plan.id), "process-chosen", payload)


def choose_path(work: Work, version_id: str, path_id: str, *, reason: str) -> None:
    """Say which of the paths open to such a plan it takes; only while the first draft is being written."""
    plan, course, _version = found(work, version_id, Action.EDIT_PLAN)
    access.changeable_plan(work, plan.id)
    if course.stage is not Stage.DRAFT:
        raise PlansRepoError("path-not-open", thing=plan.title, path=path_id, stage=course.stage.value)
    if path_id not in {path.id for path in paths_for(plan.kind, course.process)}:
        raise NotFound("path-unknown", thing=plan.title, field="path", value=path_id)
    _need_reason(plan, reason)
    body = row_of(work, plan.organisation_id).name if plan.organisation_id else ""
    if word := path_named(path_id).barred_by(body, plan.title):
        raise PlansRepoError(
            "path-barred", thing=plan.title, field="path", rule="must be reviewed", value=word,
            path=path_named(path_id).title,
        )  # fmt: skip
    course.path = path_id
    course.revision += 1
    payload = {"course": course.id, "path": path_id, "reason": reason}
    events.record(work, events.chain_of_plan(plan.id), "path-chosen", payload)


def suggested_number(work: Work, version_id: str) -> str:
    """The next document number in the row of the issuing office, "" where none is known."""
    plan, course, _version = found(work, version_id, Action.READ_PLAN)
    return issuing.suggested_number(work, plan, course)


def move(
    work: Work,
    version_id: str,
    move: Move,
    *,
    reason: str = "",
    attachments: Sequence[Attachment] = (),
    document_number: str = "",
    on: date | None = None,
    manner: str = "",
    seen_revision: int | None = None,
    notice: IssuingNotice | None = None,
    ends_on: date | None = None,
    file_with: str = "",
    told: Sequence[str] = (),
    received_from: str = "",
    signer: Signer | None = None,
    copies: Sequence[CopyTo] = (),
    no_copies: str = "",
) -> Passage:
    """Make a move; everything the table asks for is checked first.

    *on* is the day of the deed (today unless given, never later); *reason* is the reason
    of a rejection or the opinion of a signature; *manner* is how it was decided, the first that is open
    unless given. *seen_revision* is the revision of the
    course the person was looking at: a signature is never given to a state not seen.
    *notice* goes with an issue, *ends_on* (the day of the deed unless given) with an abolition, whose document has
    *document_number* and whose deed is of the day of that paper unless given; *file_with* goes with a
    filing: the body it goes to, needed where the rules name an office that no body here answers to; *told* with the
    disclosure of a plan of a unit or of the grass roots: to whom. A receipt on paper is entered with its number
    (*document_number*, or *reason*) and the body that gave it (*received_from*), and counts when a second person has
    compared it (``paper_receipts.confirm``).
    *copies* are the bodies that only get a copy of a filing, or *no_copies* says why nobody does.
    *signer* is the head who signed, where the manner asks for him: that of a village or of a unit.
    """
    plan, course, version = found(work, version_id, Action.READ_PLAN)
    work.session.refresh(course, with_for_update=True)
    _check_seen(plan, course, seen_revision)
    step = _step(work, plan, course, version, move)
    if move in CHECKED:
        requirement.check(work, plan, course, version, course.process)
    if step.needs_reason:
        _need_reason(plan, reason)
    for attachment in attachments:
        papers.add(work, plan, course, version, attachment)
    _check_days(plan, move, notice, ends_on)
    _check_addressed(work, plan, version, move, file_with, copies, no_copies)
    _check_told(plan, move, told)
    chosen = _manner(work, plan, course, step, manner)
    check_signer(plan, chosen, signer)
    _check_complete(work, plan, course, version, step, chosen)
    if move is Move.ABOLISH:
        abolition.abolish(
            work, plan, course, number=document_number, reason=reason, on=on, ends_on=ends_on, brought=attachments
        )
        return passage(work, version_id)
    if move is Move.RECEIVE_RECEIPT:
        edition, number = Issued(plan=plan, course=course, version=version), document_number or reason
        paper_receipts.enter(work, edition, number, received_from, _day(work, plan, course, version, move, on))
        return passage(work, version_id)
    left = _blanks(work, plan, version, step, reason)
    if _goes_on(step) or step.move is Move.REGISTER:
        register_sides(work, plan, course, version)
    day = _day(work, plan, course, version, move, on)
    if move in (Move.ISSUE, Move.REGISTER):
        issuing.issue(work, plan, course, document_number, day, move=move, notice=notice)
    same_hand = separation.same_hand(work, plan, course, step)
    how = chosen.id if chosen else ""
    taking.take(
        work, plan, course, version, step, reason, day, manner=how, blanks=left, same_hand=same_hand, signer=signer
    )
    _follow(work, plan, course, version, step, reason, day)
    return passage(work, version_id)


def _check_days(plan: PlanRow, move: Move, notice: IssuingNotice | None, ends_on: date | None) -> None:
    """Refuse what an issuing notice or an abolition says where the move is neither."""
    if notice is not None and move not in (Move.ISSUE, Move.REGISTER):
        raise PlansRepoError("notice-without-issue", thing=plan.title, field="notice", value=move.value)
    if ends_on is not None and move is not Move.ABOLISH:
        raise PlansRepoError("end-without-abolition", thing=plan.title, field="ends_on", value=move.value)


def _check_addressed(
    work: Work,
    plan: PlanRow,
    version: VersionRow,
    move: Move,
    file_with: str,
    copies: Sequence[CopyTo],
    no_copies: str,
) -> None:
    """A filing goes to a body with a name, the one given or the one the rules find; copies go to bodies with names."""
    if move is not Move.FILE:
        if file_with or copies or no_copies.strip():
            raise PlansRepoError("receiver-without-filing", thing=plan.title, field="file_with", value=move.value)
        return
    if file_with.strip():
        filings.address(work, version.id, file_with, reason="报送备案时写明备案机关")
    filings.check_addressed(work, plan)
    name_copies(work, plan, version.id, copies, why_none=no_copies)
    check_copies(work, plan)


def _check_told(plan: PlanRow, move: Move, told: Sequence[str]) -> None:
    if move is Move.PUBLISH and plan.kind in DISCLOSED and not any(name.strip() for name in told):
        raise PlansRepoError(
            "nobody-told", thing=plan.title, field="told", rule="names the units and areas that may be affected"
        )


def _follow(
    work: Work, plan: PlanRow, course: CourseRow, version: VersionRow, step: Step, reason: str, day: date
) -> None:
    """What a move brings with it once it has been made."""
    if step.move is Move.FILE:
        mending.send(work, plan, course, version, day)
    elif step.move in (Move.ISSUE, Move.REGISTER) and course.ordinal > 1:
        summary = f"上位预案《{plan.title}》已印发新版本（{course.document_number}）"
        occasions.note_for_lower_plans(work, plan, course.id, summary)


def _step(work: Work, plan: PlanRow, course: CourseRow, version: VersionRow, move: Move) -> Step:
    step = step_of(move, course.stage, courses.path_of(work, plan, course))
    is_current = courses.current_version_id(work, course.id) == version.id
    if step is None or not is_current or move is Move.SUPERSEDE:
        raise PlansRepoError("move-not-open", thing=plan.title, move=move.value, stage=course.stage.value)
    work.require(step.action)
    if step.source is Stage.REVIEW:
        panels.require_reviewer(work, plan, course)
    else:
        access.require_place(work, plan, step.action)
    separation.check(work, plan, course, step)
    if move is Move.ABOLISH:
        issuer.require_issuer(work, plan, course, move.value)
    if move is Move.FILE:
        filings.check_separation(work, plan, course)
    return step


def _manner(work: Work, plan: PlanRow, course: CourseRow, step: Step, manner: str) -> Manner | None:
    """The manner named among those open to a step, the first when none is named."""
    offered = _manners(courses.path_of(work, plan, course), step)
    if not offered and not manner:
        return None
    chosen = next((one for one in offered if manner in ("", one.id, one.title, one.title_en)), None)
    if chosen is None:
        raise NotFound("manner-unknown", thing=plan.title, field="manner", value=manner, move=step.move.value,
                       known=tuple(one.title for one in offered))  # fmt: skip
    return chosen


def _check_seen(plan: PlanRow, course: CourseRow, seen: int | None) -> None:
    if seen is not None and seen != course.revision:
        raise StaleRevision(
            "course-moved-meanwhile",
            thing=plan.title,
            seen=seen,
            value=course.revision,
            stage=course.stage.value,
        )


def _check_complete(
    work: Work, plan: PlanRow, course: CourseRow, version: VersionRow, step: Step, manner: Manner | None
) -> None:
    if _goes_on(step):
        _check_met(plan, step.move, conditions.unmet(work, plan, course, version))
    if absent := papers.missing(work, course, step, manner):
        raise PlansRepoError(
            "papers-missing",
            thing=plan.title,
            move=step.move.value,
            papers=tuple(absent),
            first=absent[0].value,
        )
    if step.move is not Move.ISSUE:
        return
    require_settled(work, plan)
    if unsigned := courses.missing_signatures(work, plan, course):
        raise PlansRepoError("signatures-missing", thing=plan.title, moves=", ".join(unsigned))


def _check_met(plan: PlanRow, move: Move, lacking: Sequence[Unmet]) -> None:
    if lacking:
        raise PlansRepoError(lacking[0].code, **{"thing": plan.title, "move": move.value, **lacking[0].fields})


def _blanks(work: Work, plan: PlanRow, version: VersionRow, step: Step, reason: str) -> tuple[OpenBlank, ...]:
    """What a text goes on with though it is not written yet; a way back asks nothing."""
    asks = _goes_on(step) or step.move is Move.REGISTER
    return allowed_blanks(work, plan, version, step.move, reason) if asks else ()


def _day(work: Work, plan: PlanRow, course: CourseRow, version: VersionRow, move: Move, on: date | None) -> date:
    today = local_day(work.now)
    day = on or today
    if day > today:
        raise PlansRepoError("day-in-future", thing=plan.title, field="on", rule=f"must be <= {today}", value=day)
    if course.issued_on is None and move is not Move.REGISTER:
        require_in_order(work, plan, course, version, day)
    if course.stage in EFFECTIVE and course.issued_on and day < course.issued_on:
        raise PlansRepoError(
            "day-before-issue", thing=plan.title, field="on", rule=f"must be >= {course.issued_on}", value=day
        )
    return day


def _need_reason(plan: PlanRow, reason: str) -> None:
    if not reason.strip():
        raise PlansRepoError("reason-missing", thing=plan.title, field="reason", rule="must be given")
