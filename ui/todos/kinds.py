"""What kinds of things wait for people: a code each for the address, and its name."""

from __future__ import annotations

from enum import StrEnum

from ui.wording import later


class Kind(StrEnum):
    """The kind of a duty; the desk lists the kinds somebody chooses."""

    EVALUATE = "evaluate"
    REVISE = "revise"
    WRITE = "write"
    CONFIRM = "confirm"
    MOVE = "move"
    CONSULTATION = "consultation"
    REVIEW = "review"
    RULES = "rules"
    REGISTER = "register"
    TRIAL = "trial"
    WORK_PLAN = "work_plan"
    TO_CHECK = "to_check"
    SUPPLEMENT = "supplement"
    RETURNED = "returned"
    HELD = "held"
    BELOW = "below"
    FROM_ABOVE = "from_above"
    DAYS_OFF = "days_off"
    STUDY = "study"
    DRILL = "drill"
    DRILL_DUE = "drill_due"
    RESCHEDULE = "reschedule"
    PROGRAMME = "programme"


KINDS = {
    Kind.EVALUATE: later("应评估"),
    Kind.REVISE: later("应修订"),
    Kind.WRITE: later("待修改"),
    Kind.CONFIRM: later("待确认"),
    Kind.MOVE: later("待办理"),
    Kind.CONSULTATION: later("征求意见"),
    Kind.REVIEW: later("评审"),
    Kind.RULES: later("规则检查"),
    Kind.REGISTER: later("台账变更"),
    Kind.TRIAL: later("试行"),
    Kind.WORK_PLAN: later("编修计划"),
    Kind.TO_CHECK: later("待核对"),
    Kind.SUPPLEMENT: later("待补正"),
    Kind.RETURNED: later("已退回"),
    Kind.HELD: later("待核"),
    Kind.BELOW: later("督促下级"),
    Kind.FROM_ABOVE: later("上级督办"),
    Kind.DAYS_OFF: later("节假日"),
    Kind.STUDY: later("仿真研究"),
    Kind.DRILL: later("演练"),
    Kind.DRILL_DUE: later("到期演练"),
    Kind.RESCHEDULE: later("演练排期"),
    Kind.PROGRAMME: later("演练计划"),
}
