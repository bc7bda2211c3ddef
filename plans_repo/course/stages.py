"""The life cycle of a plan as one table of allowed moves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from plans_repo.store.roles import Action, Role, may


class Stage(StrEnum):
    """Where an edition of a plan stands."""

    DRAFT = "draft"  # 初稿
    CONSULTATION = "consultation"  # 征求意见
    LINKAGE = "linkage"  # 衔接协调
    REVIEW = "review"  # 评审
    LEGALITY = "legality"  # 合法性审查
    APPROVAL = "approval"  # 审批
    NUMBERING = "numbering"  # 核稿编号
    ISSUED = "issued"  # 印发：公布、备案均未完成
    PUBLISHED = "published"  # 已公布，备案未完成
    FILED = "filed"  # 已备案，公布未完成
    IN_FORCE = "in_force"  # 现行有效：公布、备案均已完成
    SUPERSEDED = "superseded"  # 已被替代
    ABOLISHED = "abolished"  # 已废止


DRAFTING = frozenset({Stage.DRAFT, Stage.CONSULTATION})
"""The text is still being written."""

SIGNING = frozenset({Stage.LINKAGE, Stage.REVIEW, Stage.LEGALITY, Stage.APPROVAL, Stage.NUMBERING})
"""The text is being signed; a change sends it back to the first signature."""

EFFECTIVE = frozenset({Stage.ISSUED, Stage.PUBLISHED, Stage.FILED, Stage.IN_FORCE})
"""The plan counts: it has been issued and nothing has replaced it."""

CLOSED = frozenset({Stage.SUPERSEDED, Stage.ABOLISHED})


class Process(StrEnum):
    """How much of the life cycle a revision needs (article 36)."""

    FULL = "full"  # 按编制、审批、备案、公布程序
    SIMPLIFIED = "simplified"  # 简化程序


class PaperKind(StrEnum):
    """Papers that accompany a plan."""

    WORK_PLAN = "work_plan"  # 制修订工作计划
    RISK_ASSESSMENT = "risk_assessment"  # 风险评估报告
    RESOURCE_SURVEY = "resource_survey"  # 应急资源调查报告
    CASE_ANALYSIS = "case_analysis"  # 案例分析
    CONSULTATION_LETTER = "consultation_letter"  # 征求意见函
    OPINIONS_RECORD = "opinions_record"  # 意见征求与采纳情况
    EXPLANATION = "explanation"  # 编制（修订）说明
    LINKAGE_OPINION = "linkage_opinion"  # 衔接协调意见
    REVIEW_OPINION = "review_opinion"  # 评审意见
    LEGALITY_OPINION = "legality_opinion"  # 合法性审查意见
    MEETING_MINUTES = "meeting_minutes"  # 会议纪要
    DRAFTING_SHEET = "drafting_sheet"  # 发文稿纸
    ISSUED_DOCUMENT = "issued_document"  # 红头文件扫描件
    PUBLICATION_PROOF = "publication_proof"  # 公布凭证
    FILING_REPORT = "filing_report"  # 备案报告
    FILING_RECEIPT = "filing_receipt"  # 备案回执
    ABOLITION_DECISION = "abolition_decision"  # 废止决定


BOUND_PAPERS = frozenset(
    {
        PaperKind.LINKAGE_OPINION,
        PaperKind.REVIEW_OPINION,
        PaperKind.LEGALITY_OPINION,
        PaperKind.MEETING_MINUTES,
        PaperKind.DRAFTING_SHEET,
        PaperKind.ISSUED_DOCUMENT,
    }
)
"""Papers about one very text: when it is sent back or changed while being signed, they are needed anew."""


class ClockKind(StrEnum):
    """Limits in working days that a move starts."""

    PUBLICATION = "publication"  # 公布
    FILING = "filing"  # 备案
    RECEIPT = "receipt"  # 备案回执


class Move(StrEnum):
    """A step from one stage to another."""

    CONSULT = "consult"  # 征求意见
    REDRAFT = "redraft"  # 退回修改
    ASK_LINKAGE = "ask_linkage"  # 报送衔接
    AGREE_LINKAGE = "agree_linkage"  # 衔接通过
    REJECT_LINKAGE = "reject_linkage"  # 衔接退回
    SUBMIT_REVIEW = "submit_review"  # 送审
    PASS_REVIEW = "pass_review"  # 评审通过
    REJECT_REVIEW = "reject_review"  # 评审退回
    PASS_LEGALITY = "pass_legality"  # 合法性审查通过
    REJECT_LEGALITY = "reject_legality"  # 合法性审查退回
    SUBMIT_SIMPLIFIED = "submit_simplified"  # 简化程序送批
    APPROVE = "approve"  # 批准
    REJECT_APPROVAL = "reject_approval"  # 不予批准
    ISSUE = "issue"  # 编号印发
    PUBLISH = "publish"  # 公布
    FILE = "file"  # 报送备案
    RECEIVE_RECEIPT = "receive_receipt"  # 登记备案回执
    REGISTER = "register"  # 登记既有预案
    SUPERSEDE = "supersede"  # 被新版替代
    ABOLISH = "abolish"  # 废止


@dataclass(frozen=True, kw_only=True)
class Step:
    """One row of the table: from where to where, who, with which papers, starting and stopping which clocks."""

    move: Move
    source: Stage
    to: Stage
    action: Action
    papers: tuple[PaperKind, ...] = ()
    starts: tuple[ClockKind, ...] = ()
    stops: tuple[ClockKind, ...] = ()
    signs: bool = False
    needs_reason: bool = False
    process: Process | None = None
    linked: bool | None = None


P, S, M, C = PaperKind, Stage, Move, ClockKind
_REVIEW_PAPERS = (P.OPINIONS_RECORD, P.EXPLANATION)
_ISSUE_CLOCKS = (C.PUBLICATION, C.FILING)


def _rejection(move: Move, source: Stage, action: Action) -> Step:
    return Step(move=move, source=source, to=S.DRAFT, action=action, needs_reason=True)


def _abolition(source: Stage) -> Step:
    return Step(
        move=M.ABOLISH,
        source=source,
        to=S.ABOLISHED,
        action=Action.ABOLISH_PLAN,
        papers=(P.ABOLITION_DECISION,),
        stops=tuple(ClockKind),
        needs_reason=True,
    )


def _publication(source: Stage, to: Stage) -> Step:
    return Step(
        move=M.PUBLISH,
        source=source,
        to=to,
        action=Action.PUBLISH_PLAN,
        papers=(P.PUBLICATION_PROOF,),
        stops=(C.PUBLICATION,),
    )


def _filing(source: Stage, to: Stage) -> Step:
    return Step(
        move=M.FILE,
        source=source,
        to=to,
        action=Action.FILE_PLAN,
        papers=(P.FILING_REPORT, P.EXPLANATION),
        starts=(C.RECEIPT,),
        stops=(C.FILING,),
    )


def _receipt(stage: Stage) -> Step:
    return Step(
        move=M.RECEIVE_RECEIPT,
        source=stage,
        to=stage,
        action=Action.FILE_PLAN,
        papers=(P.FILING_RECEIPT,),
        stops=(C.RECEIPT,),
    )


def _supersession(source: Stage) -> Step:
    return Step(move=M.SUPERSEDE, source=source, to=S.SUPERSEDED, action=Action.ISSUE_PLAN, stops=tuple(ClockKind))


STEPS: tuple[Step, ...] = (
    Step(move=M.CONSULT, source=S.DRAFT, to=S.CONSULTATION, action=Action.EDIT_PLAN, papers=(P.CONSULTATION_LETTER,)),
    Step(move=M.REDRAFT, source=S.CONSULTATION, to=S.DRAFT, action=Action.EDIT_PLAN, needs_reason=True),
    Step(
        move=M.ASK_LINKAGE,
        source=S.CONSULTATION,
        to=S.LINKAGE,
        action=Action.EDIT_PLAN,
        papers=_REVIEW_PAPERS,
        linked=True,
    ),
    Step(
        move=M.AGREE_LINKAGE,
        source=S.LINKAGE,
        to=S.REVIEW,
        action=Action.REVIEW_PLAN,
        papers=(P.LINKAGE_OPINION,),
        signs=True,
    ),
    _rejection(M.REJECT_LINKAGE, S.LINKAGE, Action.REVIEW_PLAN),
    Step(
        move=M.SUBMIT_REVIEW,
        source=S.CONSULTATION,
        to=S.REVIEW,
        action=Action.EDIT_PLAN,
        papers=_REVIEW_PAPERS,
        linked=False,
    ),
    Step(
        move=M.PASS_REVIEW,
        source=S.REVIEW,
        to=S.LEGALITY,
        action=Action.REVIEW_PLAN,
        papers=(P.REVIEW_OPINION,),
        signs=True,
    ),
    _rejection(M.REJECT_REVIEW, S.REVIEW, Action.REVIEW_PLAN),
    Step(
        move=M.PASS_LEGALITY,
        source=S.LEGALITY,
        to=S.APPROVAL,
        action=Action.CHECK_LEGALITY,
        papers=(P.LEGALITY_OPINION,),
        signs=True,
    ),
    _rejection(M.REJECT_LEGALITY, S.LEGALITY, Action.CHECK_LEGALITY),
    Step(
        move=M.SUBMIT_SIMPLIFIED,
        source=S.DRAFT,
        to=S.APPROVAL,
        action=Action.EDIT_PLAN,
        papers=(P.EXPLANATION,),
        process=Process.SIMPLIFIED,
    ),
    Step(
        move=M.APPROVE,
        source=S.APPROVAL,
        to=S.NUMBERING,
        action=Action.APPROVE_PLAN,
        papers=(P.MEETING_MINUTES,),
        signs=True,
    ),
    _rejection(M.REJECT_APPROVAL, S.APPROVAL, Action.APPROVE_PLAN),
    Step(
        move=M.ISSUE,
        source=S.NUMBERING,
        to=S.ISSUED,
        action=Action.ISSUE_PLAN,
        papers=(P.DRAFTING_SHEET, P.ISSUED_DOCUMENT),
        starts=_ISSUE_CLOCKS,
        signs=True,
    ),
    _publication(S.ISSUED, S.PUBLISHED),
    _publication(S.FILED, S.IN_FORCE),
    _filing(S.ISSUED, S.FILED),
    _filing(S.PUBLISHED, S.IN_FORCE),
    _receipt(S.FILED),
    _receipt(S.IN_FORCE),
    Step(
        move=M.REGISTER,
        source=S.DRAFT,
        to=S.IN_FORCE,
        action=Action.REGISTER_PLAN,
        papers=(P.ISSUED_DOCUMENT,),
        needs_reason=True,
    ),
    *(_supersession(stage) for stage in Stage if stage in EFFECTIVE),
    *(_abolition(stage) for stage in Stage if stage in EFFECTIVE),
)
"""Every move there is. REGISTER enters a plan that was issued before this installation existed."""

SIGNATURES: dict[Process, tuple[Move, ...]] = {
    Process.FULL: (M.PASS_REVIEW, M.PASS_LEGALITY, M.APPROVE),
    Process.SIMPLIFIED: (M.APPROVE,),
}
"""What must have been signed, on the very same root hash, before a plan is issued."""


def required_signatures(process: Process, *, linked: bool) -> tuple[Move, ...]:
    """The signatures without which nothing is issued; a *linked* plan needs the linkage check as well."""
    moves = SIGNATURES[process]
    return (M.AGREE_LINKAGE, *moves) if linked and process is Process.FULL else moves


def first_signing_stage(process: Process, *, linked: bool) -> Stage:
    """Where a text goes back to when it changes while being signed."""
    first = required_signatures(process, linked=linked)[0]
    return next(step.source for step in STEPS if step.move is first)


def step_of(move: Move, stage: Stage) -> Step | None:
    """The row for *move* out of *stage*, or none.

    >>> step_of(Move.PUBLISH, Stage.FILED).to
    <Stage.IN_FORCE: 'in_force'>
    >>> step_of(Move.ISSUE, Stage.DRAFT) is None
    True
    """
    return next((step for step in STEPS if step.move is move and step.source is stage), None)


def allowed_moves(stage: Stage, roles: Iterable[Role], *, process: Process, linked: bool) -> tuple[Step, ...]:
    """The rows that somebody with *roles* may take from *stage*; superseding happens by itself."""
    held = tuple(roles)
    return tuple(
        step
        for step in STEPS
        if step.source is stage and fits(step, process=process, linked=linked) and may(held, step.action)
        if step.move is not Move.SUPERSEDE
    )


def fits(step: Step, *, process: Process, linked: bool) -> bool:
    """Whether the row is meant for such a revision of such a plan."""
    return step.process in (None, process) and step.linked in (None, linked)
