"""What officials call the codes of the course: moves, papers, and what somebody may do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plans_repo.course.stages import Move, PaperKind
from plans_repo.store.roles import Action
from ui.wording import assessments
from ui.wording.catalogue import _, later, speaking
from ui.wording.stages import STAGES

MOVES = {
    Move.CONSULT: later("征求意见"),
    Move.REDRAFT: later("收回修改"),
    Move.ASK_LINKAGE: later("报送衔接"),
    Move.AGREE_LINKAGE: later("衔接通过"),
    Move.REJECT_LINKAGE: later("衔接退回"),
    Move.SUBMIT_REVIEW: later("送审"),
    Move.PASS_REVIEW: later("评审通过"),
    Move.REJECT_REVIEW: later("评审退回"),
    Move.PASS_DELIBERATION: later("会议审议通过"),
    Move.REJECT_DELIBERATION: later("会议未通过，退回"),
    Move.PASS_LEGALITY: later("合法性审查通过"),
    Move.REJECT_LEGALITY: later("合法性审查退回"),
    Move.SUBMIT_SIMPLIFIED: later("按简化程序送批"),
    Move.FINISH_EDITING: later("核稿完成"),
    Move.REJECT_EDITING: later("核稿退文"),
    Move.ENDORSE: later("分管领导审签"),
    Move.REJECT_ENDORSEMENT: later("分管领导退回"),
    Move.APPROVE: later("批准"),
    Move.REJECT_APPROVAL: later("不予批准"),
    Move.APPROVE_PARTY: later("党委审定"),
    Move.REJECT_PARTY: later("党委退回"),
    Move.ISSUE: later("编号印发"),
    Move.PUBLISH: later("公布"),
    Move.FILE: later("报送备案"),
    Move.RECEIVE_RECEIPT: later("登记备案回执"),
    Move.REGISTER: later("登记既有预案"),
    Move.SUPERSEDE: later("被新版替代"),
    Move.ABOLISH: later("废止"),
}
PAPERS = {
    PaperKind.WORK_PLAN: later("制修订工作计划"),
    PaperKind.RISK_ASSESSMENT: later("风险评估报告"),
    PaperKind.RESOURCE_SURVEY: later("应急资源调查报告"),
    PaperKind.CASE_ANALYSIS: later("案例分析"),
    PaperKind.CONSULTATION_LETTER: later("征求意见函"),
    PaperKind.OPINIONS_RECORD: later("意见征求与采纳情况"),
    PaperKind.EXPLANATION: later("编制（修订）说明"),
    PaperKind.LINKAGE_OPINION: later("衔接协调意见"),
    PaperKind.REVIEW_OPINION: later("评审意见"),
    PaperKind.LEGALITY_OPINION: later("合法性审查意见"),
    PaperKind.FAIR_COMPETITION: later("公平竞争审查意见"),
    PaperKind.GROUP_NOTICE: later("成立编制工作小组的通知"),
    PaperKind.SIGN_IN: later("评审签到表"),
    PaperKind.ADOPTION_TABLE: later("专家意见采纳情况表"),
    PaperKind.BUREAU_MINUTES: later("局（党委）会议纪要"),
    PaperKind.MEETING_MINUTES: later("会议纪要"),
    PaperKind.PARTY_MINUTES: later("党委（常委会）会议纪要"),
    PaperKind.APPROVAL_SHEET: later("领导签批件"),
    PaperKind.COUNTERSIGNATURE: later("联合各方的会签件"),
    PaperKind.SIGNED_PAGE: later("主要负责人签署的批准页"),
    PaperKind.DRAFTING_SHEET: later("发文稿纸"),
    PaperKind.ISSUED_DOCUMENT: later("红头文件扫描件"),
    PaperKind.PUBLICATION_PROOF: later("公布凭证"),
    PaperKind.SHORT_VERSION: later("公开简本"),
    PaperKind.FILING_REPORT: later("备案文书"),
    PaperKind.FILING_APPLICATION: later("备案申报表"),
    PaperKind.FILING_SUPPLEMENT: later("备案补正材料"),
    PaperKind.FILING_RECEIPT: later("备案回执"),
    PaperKind.TRAINING_RECORD: later("培训宣贯记录"),
    PaperKind.EVALUATION_REPORT: later("评估报告"),
    PaperKind.DRILL_RECORD: later("演练情况报告"),
    PaperKind.ABOLITION_DECISION: later("废止决定"),
    PaperKind.TRIAL_DECISION: later("试行处理决定"),
}
ACTIONS = {
    Action.READ_PLAN: later("查看预案"),
    Action.EDIT_PLAN: later("编修预案"),
    Action.COMMENT_PLAN: later("对预案提出批注"),
    Action.REGISTER_PLAN: later("登记既有预案"),
    Action.CONFIRM_PROCEDURE: later("确认处置程序"),
    Action.LINK_PLAN: later("建立预案关系"),
    Action.REVIEW_PLAN: later("评审预案"),
    Action.CHECK_LEGALITY: later("合法性审查"),
    Action.DELIBERATE_PLAN: later("会议审议"),
    Action.PROOFREAD_PLAN: later("核稿"),
    Action.APPROVE_PLAN: later("审批预案"),
    Action.NUMBER_PLAN: later("编文号"),
    Action.ISSUE_PLAN: later("印发预案"),
    Action.PUBLISH_PLAN: later("公布预案"),
    Action.FILE_PLAN: later("报送备案"),
    Action.RECEIPT_FILING: later("办理备案回执"),
    Action.SUPERVISE_FILING: later("督办下级超期事项"),
    Action.ABOLISH_PLAN: later("废止预案"),
    Action.SET_LOCAL_RULES: later("设定地方规定"),
    Action.ANSWER_CONSULTATION: later("答复征求意见"),
    Action.MANAGE_EXPERTS: later("管理评审专家库"),
    Action.APPROVE_WORK_PLAN: later("批准编修工作计划"),
    Action.READ_RESOURCES: later("查看资源台账"),
    Action.EDIT_RESOURCES: later("修改资源台账"),
    Action.READ_CONTACTS: later("查看联系方式"),
    Action.READ_STUDY: later("查看仿真研究"),
    Action.RUN_STUDY: later("开展仿真研究"),
    Action.SIGN_ASSESSMENT: later("签署预案评估"),
    Action.RECORD_TIMING: later("录入实测用时"),
    Action.READ_DRILL: later("查看演练"),
    Action.PLAN_DRILL: later("安排演练"),
    Action.SEAL_DRILL: later("抽取、封存演练"),
    Action.CONTROL_DRILL: later("导调演练"),
    Action.EVALUATE_DRILL: later("评估演练"),
    Action.ANSWER_INJECT: later("答复情景注入"),
    Action.RETURN_DRILL: later("报送演练情况"),
    Action.MANAGE_ACCOUNTS: later("管理账户"),
    Action.MANAGE_ORGANISATIONS: later("管理单位"),
    Action.MANAGE_CALENDAR: later("管理工作日历"),
    Action.GRANT_NEED_TO_KNOW: later("指定知悉范围"),
    Action.BACK_UP: later("备份数据"),
    Action.READ_LOGINS: later("查看登录记录"),
    Action.READ_EVENTS: later("查看操作记录"),
    Action.VERIFY_EVENTS: later("核验操作记录"),
}

CODED: Mapping[str, Mapping[Any, str]] = {
    "action": ACTIONS,
    "move": MOVES,
    "was_move": MOVES,
    "assessment_state": assessments.STATES,
    "assessment_step": assessments.STEPS,
    "assessment_word": assessments.NEEDED,
    "judgement": assessments.JUDGEMENTS,
    "computed": assessments.COMPUTED,
    "stage": {stage: word for stage, (word, _tone) in STAGES.items()},
}
"""The fields of refusals and notices that hold such a code, each with the names of its codes."""


def code_word(field: str, code: str, spoken: str) -> str:
    """The name of the code in *field*; what is no code of it as it stands.

    >>> code_word("move", "file", "zh"), code_word("move", "file", "en"), code_word("value", "file", "zh")
    ('报送备案', 'File', 'file')
    """
    words = {member.value: word for member, word in CODED.get(field, {}).items()}
    with speaking(spoken):
        return _(words[code]) if code in words else code
