"""Issued plans for tests: registered as older ones, or taken all the way by whoever may."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from plans_repo import plans
from plans_repo.course import passage
from plans_repo.course.issuing import IssuingNotice
from plans_repo.course.papers import Attachment
from plans_repo.course.stages import Move, PaperKind, Stage
from plans_repo.plans import PlanKind
from plans_repo.store.roles import Role
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Actor, Store, Work
from plans_repo.text.clause import Clause
from sim.procedure import Hazard
from tests.plans_repo.builders import a_plan, edited, some_clauses
from tests.plans_repo.conftest import person
from tests.plans_repo.course.walking import OFFICE, WRITER, walk

SIGNER = person("signer", *Role)
UPPER = person("upper", Role.UPPER_AUTHORITY)
NO_COPIES = "没有其他有关部门"
READER = person("reader", *Role)
AUDITOR = person("auditor", Role.AUDIT_ADMINISTRATOR)


def papers(*kinds: PaperKind) -> Sequence[Attachment]:
    return [Attachment(kind=kind, name=f"{kind}.txt", data=f"材料 {kind}".encode()) for kind in kinds]


def registered(
    work: Work, number: int = 1, on: date = date(2026, 1, 5), *, plan: str = "", text: str = "", **more: Any
) -> tuple[str, str]:
    """Plan and version of an edition entered as issued elsewhere on that day; the next one of *plan* if given."""
    if plan:
        clauses = edited(text or f"第{number}版规定{number}0分钟内到岗。")
        version = plans.make_version(work, plan, clauses, reason="修订", trigger=Trigger.DECISION).id
    else:
        made, first = a_plan(work, more.pop("title", f"某县第{number}号预案"), **more.pop("plan_kind", {}))
        plan, version = made.id, first.id
    passage.move(
        work, version, Move.REGISTER, reason="补录", attachments=papers(PaperKind.ISSUED_DOCUMENT),
        document_number=f"青政办发〔{on.year}〕{number}号", on=on, **more,
    )  # fmt: skip
    return plan, version


def approved(
    store: Store,
    number: int = 1,
    *,
    plan: str = "",
    clauses: tuple[Clause, ...] = (),
    kind: PlanKind = PlanKind.SPECIAL,
    organisation: str | None = None,
) -> str:
    """A version taken from draft to approval, each move by somebody who may."""
    with store.work(WRITER) as work:
        if not plan:
            hazard = Hazard.FLOOD if kind is PlanKind.SPECIAL else None
            plan = plans.create_plan(
                work, f"某县第{number}号预案", kind=kind, hazard=hazard, organisation=organisation
            ).id
        text = clauses or some_clauses()
        version = plans.make_version(work, plan, text, reason="编制", trigger=Trigger.FIRST).id
    walk(store, version, Stage.NUMBERING)
    return version


def issued(
    store: Store, number: int = 1, *, on: date | None = None, notice: IssuingNotice | None = None, **more: Any
) -> str:
    """A version taken from draft to issue."""
    version = approved(store, number, **more)
    issue(store, OFFICE, version, number, on=on, notice=notice)
    return version


def issue(store: Store, actor: Actor, version: str, number: int = 1, **more: Any) -> None:
    with store.work(actor) as work:
        passage.move(
            work, version, Move.ISSUE, attachments=papers(PaperKind.DRAFTING_SHEET, PaperKind.ISSUED_DOCUMENT),
            document_number=f"青政办发〔2026〕{number}号", **more,
        )  # fmt: skip


def made(store: Store, actor: Actor, version: str, move: Move, *, on: date | None = None) -> None:
    """Make a move with every paper it lacks."""
    with store.work(actor) as work:
        found = next(one for one in passage.open_moves(work, version) if one.move is move)
        receiver = "市应急管理局" if found.unnamed_office else ""
        attachments = papers(*found.missing_papers)
        passage.move(
            work,
            version,
            move,
            reason="同意",
            attachments=attachments,
            on=on,
            file_with=receiver,
            no_copies=NO_COPIES if found.unnamed_copies else "",
        )
