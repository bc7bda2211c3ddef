"""The names of everything in the life of a plan: processes, reasons, changes; moves and papers are in ``codes``."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from plans_repo.course.stages import ClockKind, Process, Stage
from plans_repo.linkage.subjects import GENERAL, named_in, subject_name
from plans_repo.packs.naming import name_of
from plans_repo.plans import RelationKind, Trigger, VersionSummary
from plans_repo.search.question import Scope
from plans_repo.text.clause import Clause, SemanticType
from plans_repo.text.difference import Change, RequiredProcess
from plans_repo.wanted import Group
from plans_repo.writing.supporting import SupportKind
from ui.components.badges import badge
from ui.components.html import Html
from ui.wording import _, language, later
from ui.wording.stages import STAGES

PROCESSES = {
    Process.FULL: later("完整程序"),
    Process.SIMPLIFIED: later("简化程序"),
    RequiredProcess.NONE: later("无须履行程序"),
}
CLOCKS = {
    ClockKind.PUBLICATION: later("公布期限"),
    ClockKind.FILING: later("备案期限"),
    ClockKind.RECEIPT: later("备案回执期限"),
    ClockKind.TRIAL: later("试行期限"),
}
TRIGGERS = {
    Trigger.FIRST: later("首次编制"),
    Trigger.IMPORT: later("导入"),
    Trigger.LAW: later("法律法规或上位预案变化"),
    Trigger.COMMAND: later("指挥机构及职责调整"),
    Trigger.RISK: later("面临的风险变化"),
    Trigger.RESOURCES: later("重要应急资源变化"),
    Trigger.FINDING: later("应对或演练中发现问题"),
    Trigger.DECISION: later("制定单位认为应当修订"),
    Trigger.CONFIRMATION: later("确认处置程序"),
    Trigger.EDITING: later("编制过程中修改"),
    Trigger.OPINIONS: later("采纳征求到的意见"),
    Trigger.REVIEW: later("采纳评审意见"),
    Trigger.PROOFREADING: later("核稿修改"),
}
REVISION_TRIGGERS = (
    Trigger.EDITING,
    Trigger.OPINIONS,
    Trigger.REVIEW,
    Trigger.PROOFREADING,
    Trigger.FINDING,
    Trigger.LAW,
    Trigger.COMMAND,
    Trigger.RISK,
    Trigger.RESOURCES,
    Trigger.DECISION,
)
"""Reasons somebody who edits can give; the others are set by what was done."""
SEMANTICS = {
    SemanticType.COMMAND_AND_DUTIES: later("指挥体系与职责"),
    SemanticType.RESPONSE_PROCEDURE: later("响应程序"),
    SemanticType.MAIN_MEASURES: later("主要措施"),
    SemanticType.GRADING: later("分级标准"),
    SemanticType.SUPPORT: later("保障"),
    SemanticType.OTHER: later("其他"),
    SemanticType.UNKNOWN: later("未归类"),
}
CHANGES = {
    Change.ADDED: (later("新增"), "good"),
    Change.REMOVED: (later("删除"), "bad"),
    Change.EDITED: (later("修改"), "warn"),
    Change.MOVED: (later("移动"), "blue"),
    Change.RENUMBERED: (later("改号"), "open"),
}
EVENTS = {
    "plan-created": later("建立预案"),
    "version-made": later("形成版本"),
    "file-returned": later("带回 Word 修订稿"),
    "original-reread": later("重读原件并入初稿"),
    "comment-made": later("提出批注"),
    "comment-taken-in": later("带入 Word 中他人的批注"),
    "comment-answered": later("答复批注"),
    "comment-resolved": later("办结批注"),
    "comment-reopened": later("重新打开批注"),
    "moved": later("办理流转"),
    "paper-attached": later("附上材料"),
    "document-numbered": later("编文号"),
    "process-chosen": later("选定修订程序"),
    "path-chosen": later("选定办理路径"),
    "group-member-added": later("编制工作小组增加成员"),
    "group-member-left": later("编制工作小组成员退出"),
    "sides-registered": later("登记联合各方"),
    "consultation-opened": later("确定征求意见的单位和期限"),
    "consultation-answered": later("登记书面答复"),
    "unit-reminded": later("催办"),
    "public-asked": later("向社会公开征求意见"),
    "public-closed": later("登记公开征求意见结果"),
    "opinion-treated": later("处理意见"),
    "explanation-saved": later("保存编制说明"),
    "panel-drawn": later("抽取评审专家"),
    "seat-declined": later("专家不能参加，递补"),
    "panel-met": later("登记评审会"),
    "expert-voted": later("登记专家意见"),
    "item-answered": later("填写评审表"),
    "review-confirmed": later("确认已按专家意见修改"),
    "signatures-voided": later("签署作废，退回重签"),
    "signatures-kept": later("核稿仅改文字，签署仍有效"),
    "plan-related": later("建立预案关系"),
    "study-kept": later("完成仿真研究"),
    "timings-recorded": later("录入实测用时"),
    "timing-corrected": later("更正实测用时"),
    "timing-withdrawn": later("撤销实测用时"),
    "assessment-tick": later("复核推演数据"),
    "assessment-object": later("对推演数据提出异议"),
    "assessment-judge": later("给出评估结论"),
    "assessment-submit": later("评估报送审签"),
    "assessment-return": later("评估退回"),
    "assessment-sign-out": later("评估审签"),
    "term-begun": later("确定实施日期"),
    "term-ended": later("确定失效日期"),
    "trial-settled": later("处理试行"),
    "abolition-decided": later("决定废止"),
    "deed-kept": later("登记印发后事项"),
    "plan-filed-here": later("收到下级备案"),
    "replacement-answered": later("答复台账变更"),
    "suggestion-decided": later("处理修改建议"),
    "supporting-document-made": later("编制工作手册、行动方案"),
    "drill-facts-entered": later("登记演练所据情况"),
}
"""What an event of a plan is called."""
SUPPORT_KINDS = {SupportKind.MANUAL: later("应急工作手册"), SupportKind.SCHEME: later("行动方案")}
GROUPS = {
    Group.IN_FORCE: later("现行有效"),
    Group.IN_WORK: later("正在起草或修订"),
    Group.SIGNING: later("正在审签"),
    Group.EVALUATION_LATE: later("评估超期"),
}
"""What the counters of the library count."""
COMMENTS = "comments"
"""In the place of a scope: the comments."""
SCOPES = {
    Scope.CURRENT: later("现行与最新文本"),
    Scope.IN_FORCE: later("只查现行有效文本"),
    Scope.ALL: later("全部版本"),
    COMMENTS: later("批注"),
}
RELATIONS = {
    RelationKind.UPPER: later("上位预案"),
    RelationKind.SPECIAL_OF: later("总体预案的专项"),
    RelationKind.SUPPORTS: later("支撑性文件"),
    RelationKind.LINKED: later("相互衔接"),
    RelationKind.REPLACES: later("替代"),
}
ABOVE = {RelationKind.UPPER: later("上位预案"), RelationKind.SPECIAL_OF: later("总体预案")}
BELOW = {RelationKind.UPPER: later("下位预案"), RelationKind.SPECIAL_OF: later("专项预案")}
"""What the other plan is to the one looked at: where the relation points to the other, and where it comes from it."""


def stage_badge(stage: Stage | None) -> Html:
    """Where an edition stands, as a badge; a plan without text says so."""
    if stage is None:
        return badge(_("尚无正文"), "plain")
    word, tone = STAGES[stage]
    return badge(_(word), tone)


def kind_name(kind: StrEnum | str) -> str:
    """A kind of plan as officials call it."""
    return name_of("plan_kind", str(kind), language())


def hazard_name(hazard: StrEnum | str) -> str:
    """A hazard; plans for none in particular say so."""
    return name_of("hazard", str(hazard), language()) if hazard else _("综合或其他")


def subject_label(subject: str) -> str:
    """What a plan is for, or the class of events it belongs to; plans of none in particular say so."""
    return _("综合或其他") if subject == GENERAL else subject_name(subject, language())


def subjects_told(title: str) -> str:
    """What a title says its plan is for."""
    return _("、").join(map(subject_label, named_in(title)))


def told(zh: str, en: str) -> str:
    """The words of bilingual data in the reader's language; Chinese where there is no English."""
    return zh if language() == "zh" or not en else en


def version_name(version: VersionSummary) -> str:
    """What a version is called: a draft until it is issued, then an edition."""
    return told(version.label, version.label_en)


def clause_label(clause: Clause, cited: Mapping[str, str]) -> str:
    """A clause in a list to choose from: its number and title, or the beginning of its words."""
    words = clause.title or clause.text[:24] or _("（表格）")
    number = cited.get(clause.id, "")
    if number in ("", clause.title[:20]):
        return words
    if number == clause.number.rstrip("、.．"):
        number = clause.number
    return f"{number}{'' if number.endswith('、') else ' '}{words}"
