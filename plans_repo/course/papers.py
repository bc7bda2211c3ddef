"""Papers that go with a plan through its life cycle: letters, opinions, minutes, scans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from plans_repo import versions
from plans_repo.course.paths import Manner
from plans_repo.course.stages import BOUND_PAPERS, EFFECTIVE, Move, PaperKind, Step
from plans_repo.course.steps import actions_asking
from plans_repo.course.working_days import local_day
from plans_repo.errors import NotAllowed, PlansRepoError
from plans_repo.filing import rules
from plans_repo.store import events
from plans_repo.store.batches import batched
from plans_repo.store.roles import Action
from plans_repo.store.tables.courses import CourseRow, PaperRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.versions import VersionRow
from plans_repo.store.work import Work
from plans_repo.text.reading.marks import name_mark

LARGEST_PAPER_BYTES = 50_000_000  # what the page lets through as well

_ASKED_OF = {PaperKind.DRAFTING_SHEET: frozenset({Action.APPROVE_PLAN, Action.ISSUE_PLAN, Action.PROOFREAD_PLAN})}
"""Papers that somebody else than the one who moves may bring."""
OF_FILING = frozenset(
    {
        PaperKind.EXPLANATION,
        PaperKind.REVIEW_OPINION,
        PaperKind.RISK_ASSESSMENT,
        PaperKind.RESOURCE_SURVEY,
        PaperKind.FILING_APPLICATION,
    }
)
"""Papers that go with a filing: for an edition issued elsewhere the filing officer adds them from the file."""

OF_SERVICES: dict[PaperKind, frozenset[Action]] = {
    PaperKind.COUNTERSIGNATURE: frozenset(),  # comes with the word of a side, never by itself
    PaperKind.FILING_APPLICATION: frozenset({Action.FILE_PLAN}),
    PaperKind.FILING_SUPPLEMENT: frozenset({Action.FILE_PLAN}),
    PaperKind.SHORT_VERSION: frozenset({Action.PUBLISH_PLAN}),
    PaperKind.TRAINING_RECORD: frozenset({Action.EDIT_PLAN, Action.FILE_PLAN}),
    PaperKind.EVALUATION_REPORT: frozenset({Action.EDIT_PLAN, Action.FILE_PLAN}),
    PaperKind.DRILL_RECORD: frozenset({Action.EDIT_PLAN, Action.FILE_PLAN}),
}
"""Papers that go with a deed rather than a move."""


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A paper to be attached."""

    kind: PaperKind
    name: str
    data: bytes
    dated_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A paper of a course; its bytes are under *digest*."""

    kind: PaperKind
    name: str
    digest: str
    root_hash: str = ""
    dated_on: date | None = None


def papers(work: Work, course: CourseRow) -> tuple[Paper, ...]:
    """The papers of a course that still count."""
    return papers_of_courses(work, [course])[course.id]


def papers_of_courses(work: Work, several: Sequence[CourseRow]) -> dict[str, tuple[Paper, ...]]:
    """The papers of some courses that still count, by course."""
    found: dict[str, list[Paper]] = {course.id: [] for course in several}
    rounds = {course.id: course.round for course in several}
    for some in batched(sorted(rounds)):
        query = select(PaperRow).where(col(PaperRow.course_id).in_(some)).order_by(col(PaperRow.attached_at))
        for row in work.session.exec(query):
            if row.round == rounds[row.course_id] or row.kind not in BOUND_PAPERS:
                found[row.course_id].append(_paper(row))
    return {course: tuple(some_papers) for course, some_papers in found.items()}


def _paper(row: PaperRow) -> Paper:
    return Paper(kind=row.kind, name=row.name, digest=row.media_hash, root_hash=row.root_hash, dated_on=row.dated_on)


def missing(work: Work, course: CourseRow, step: Step, manner: Manner | None = None) -> tuple[PaperKind, ...]:
    """The papers a move still lacks, that of the *manner* in which it is decided among them."""
    present = {paper.kind for paper in papers(work, course)}
    wanted = asked(work, course, step)
    wanted = (*wanted, manner.paper) if manner else wanted
    return tuple(kind for kind in wanted if kind not in present)


def asked(work: Work, course: CourseRow, step: Step) -> tuple[PaperKind, ...]:
    """The papers a move asks for; those of a filing depend on the kind of plan and its maker."""
    if step.move is not Move.FILE:
        return step.papers
    plan = work.session.get_one(PlanRow, course.plan_id)
    return rules.required_papers(plan.kind, rules.maker_kind(work, plan))


def actions_for(kind: PaperKind) -> frozenset[Action]:
    """What somebody must be allowed to do to attach such a paper: the move that asks for it.

    Papers no move asks for are inputs of the text and belong to its author.

    >>> sorted(actions_for(PaperKind.REVIEW_OPINION)), sorted(actions_for(PaperKind.RISK_ASSESSMENT))
    ([<Action.REVIEW_PLAN: 'review_plan'>], [<Action.EDIT_PLAN: 'edit_plan'>])
    """
    by_service = OF_SERVICES.get(kind, frozenset({Action.EDIT_PLAN}))
    return _ASKED_OF.get(kind) or actions_asking(kind) or by_service


def add(work: Work, plan: PlanRow, course: CourseRow, version: VersionRow, paper: Attachment) -> Paper:
    """Keep a paper and say so in the chain of the plan."""
    allowing = actions_for(paper.kind)
    if course.stage in EFFECTIVE and paper.kind in OF_FILING:
        allowing |= {Action.FILE_PLAN}
    if not any(map(work.actor.may, allowing)):
        raise NotAllowed("paper-not-allowed", thing=paper.name, kind=paper.kind.value)
    return keep(work, plan, course, version, paper)


def keep(work: Work, plan: PlanRow, course: CourseRow, version: VersionRow, paper: Attachment) -> Paper:
    """As ``add``, for a service that has asked for permission itself."""
    if not paper.data:
        raise PlansRepoError("paper-empty", thing=paper.name, field="data", rule="must not be empty")
    if len(paper.data) > LARGEST_PAPER_BYTES:
        limit = f"at most {LARGEST_PAPER_BYTES} bytes"
        raise PlansRepoError("paper-too-large", thing=paper.name, field="data", rule=limit, value=len(paper.data))
    found = name_mark(paper.name)
    if found:
        raise PlansRepoError("paper-marked", thing=paper.name, field="name", rule="must bear no mark", value=found)
    if paper.dated_on and paper.dated_on > local_day(work.now):
        today = local_day(work.now)
        raise PlansRepoError(
            "day-in-future", thing=paper.name, field="dated_on", rule=f"must be <= {today}", value=paper.dated_on
        )
    digest = versions.store_media(work, paper.data, paper.name)
    row = PaperRow(
        id=work.new_id(),
        course_id=course.id,
        round=course.round,
        kind=paper.kind,
        media_hash=digest,
        name=paper.name,
        root_hash=version.root_hash,
        dated_on=paper.dated_on,
        attached_at=work.now,
        attached_by=work.actor.account,
    )
    work.session.add(row)
    work.session.flush()
    payload: dict[str, object] = {
        "course": course.id,
        "kind": paper.kind,
        "digest": digest,
        "root_hash": version.root_hash,
    }
    if paper.dated_on:
        payload["dated_on"] = paper.dated_on
    events.record(work, events.chain_of_plan(plan.id), "paper-attached", payload)
    return Paper(kind=paper.kind, name=paper.name, digest=digest, root_hash=version.root_hash, dated_on=paper.dated_on)
