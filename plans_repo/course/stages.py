"""The words of the life cycle: stages, procedures, papers, clocks, moves, and what a row of its table says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from plans_repo.store.roles import Action


class Stage(StrEnum):
    """Where an edition of a plan stands."""

    DRAFT = "draft"  # 初稿
    CONSULTATION = "consultation"  # 征求意见
    LINKAGE = "linkage"  # 衔接协调
    REVIEW = "review"  # 评审
    DELIBERATION = "deliberation"  # 局（党委）会议审议
    LEGALITY = "legality"  # 合法性审查
    EDITING = "editing"  # 政府办核稿
    LEADERSHIP = "leadership"  # 分管领导审签
    APPROVAL = "approval"  # 审批：常务会议、部门会议、主要负责人
    PARTY = "party"  # 党委（常委会）审定
    NUMBERING = "numbering"  # 编号印发
    ISSUED = "issued"  # 印发：公布、备案均未完成
    PUBLISHED = "published"  # 已公布，未报送备案
    FILED = "filed"  # 已报送备案，公布未完成
    IN_FORCE = "in_force"  # 现行有效：已公布，已报送备案
    SUPERSEDED = "superseded"  # 已被替代
    ABOLISHED = "abolished"  # 已废止


DRAFTING = frozenset({Stage.DRAFT, Stage.CONSULTATION})
"""The text is still being written."""

SIGNING = frozenset(
    {
        Stage.LINKAGE,
        Stage.REVIEW,
        Stage.DELIBERATION,
        Stage.LEGALITY,
        Stage.EDITING,
        Stage.LEADERSHIP,
        Stage.APPROVAL,
        Stage.PARTY,
        Stage.NUMBERING,
    }
)
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
    FAIR_COMPETITION = "fair_competition"  # 公平竞争审查意见
    GROUP_NOTICE = "group_notice"  # 成立编制工作小组的通知
    SIGN_IN = "sign_in"  # 评审签到表
    ADOPTION_TABLE = "adoption_table"  # 专家意见采纳情况表
    BUREAU_MINUTES = "bureau_minutes"  # 局（党委）会议纪要
    MEETING_MINUTES = "meeting_minutes"  # 会议纪要（政府常务会议、部门会议）
    PARTY_MINUTES = "party_minutes"  # 党委（常委会）会议纪要
    APPROVAL_SHEET = "approval_sheet"  # 领导签批件
    COUNTERSIGNATURE = "countersignature"  # 联合各方的会签件
    SIGNED_PAGE = "signed_page"  # 主要负责人签署的批准页
    DRAFTING_SHEET = "drafting_sheet"  # 发文稿纸
    ISSUED_DOCUMENT = "issued_document"  # 红头文件扫描件
    PUBLICATION_PROOF = "publication_proof"  # 公布凭证
    SHORT_VERSION = "short_version"  # 公开简本
    FILING_REPORT = "filing_report"  # 备案文书：备案报告，不相隶属的用备案函
    FILING_APPLICATION = "filing_application"  # 备案申报表
    FILING_SUPPLEMENT = "filing_supplement"  # 备案补正材料
    FILING_RECEIPT = "filing_receipt"  # 备案回执
    TRAINING_RECORD = "training_record"  # 培训宣贯记录
    EVALUATION_REPORT = "evaluation_report"  # 评估报告
    ABOLITION_DECISION = "abolition_decision"  # 废止决定
    TRIAL_DECISION = "trial_decision"  # 试行处理决定
    DRILL_RECORD = "drill_record"  # 演练情况报告


BOUND_PAPERS = frozenset(
    {
        PaperKind.LINKAGE_OPINION,
        PaperKind.REVIEW_OPINION,
        PaperKind.SIGN_IN,
        PaperKind.ADOPTION_TABLE,
        PaperKind.LEGALITY_OPINION,
        PaperKind.FAIR_COMPETITION,
        PaperKind.BUREAU_MINUTES,
        PaperKind.MEETING_MINUTES,
        PaperKind.PARTY_MINUTES,
        PaperKind.APPROVAL_SHEET,
        PaperKind.COUNTERSIGNATURE,
        PaperKind.SIGNED_PAGE,
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
    TRIAL = "trial"  # 试行期满处理


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
    PASS_DELIBERATION = "pass_deliberation"  # 会议审议通过
    REJECT_DELIBERATION = "reject_deliberation"  # 会议未通过，退回修改
    PASS_LEGALITY = "pass_legality"  # 合法性审查通过
    REJECT_LEGALITY = "reject_legality"  # 合法性审查退回
    SUBMIT_SIMPLIFIED = "submit_simplified"  # 简化程序送批
    FINISH_EDITING = "finish_editing"  # 核稿完成
    REJECT_EDITING = "reject_editing"  # 核稿退文
    ENDORSE = "endorse"  # 分管领导审签
    REJECT_ENDORSEMENT = "reject_endorsement"  # 分管领导退回
    APPROVE = "approve"  # 批准
    REJECT_APPROVAL = "reject_approval"  # 不予批准
    APPROVE_PARTY = "approve_party"  # 党委审定
    REJECT_PARTY = "reject_party"  # 党委退回
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
