"""What the states, steps and conclusions of an assessment are called."""

from __future__ import annotations

from plans_repo.assessing.moves import State
from plans_repo.assessing.values import Judgement, Needed
from plans_repo.store.tables.assessments import StepKind
from plans_repo.study_assumptions import AssumptionKind
from sim.statistics import Verdict
from ui.wording.catalogue import later

STATES = {
    State.NOT_BEGUN: later("尚未评估"),
    State.OPEN: later("评估中"),
    State.SUBMITTED: later("待审签"),
    State.RETURNED: later("已退回"),
    State.SIGNED_OUT: later("已审签"),
}
STEPS = {
    StepKind.TICK: later("复核数据"),
    StepKind.OBJECT: later("提出异议"),
    StepKind.ANSWER: later("答复异议"),
    StepKind.WITHDRAW: later("撤回异议"),
    StepKind.JUDGE: later("给出结论"),
    StepKind.SUBMIT: later("报送审签"),
    StepKind.RETURN: later("退回"),
    StepKind.SIGN_OUT: later("审签"),
}
JUDGEMENTS = {
    Judgement.ADEQUATE: later("充分"),
    Judgement.NOT_ADEQUATE: later("不足"),
    Judgement.INSUFFICIENT: later("证据不足"),
}
COMPUTED = {
    Verdict.ADEQUATE: later("充分"),
    Verdict.NOT_ADEQUATE: later("不足"),
    Verdict.UNDECIDED: later("未定"),
}
ITEM_KINDS = {
    AssumptionKind.PARAMETER: later("情景参数"),
    AssumptionKind.UNITS: later("力量数量"),
    AssumptionKind.DURATION: later("任务用时"),
}
NEEDED = {
    Needed.NOTE: later("异议说明"),
    Needed.BASIS: later("复核依据"),
    Needed.ANSWER: later("对异议的答复"),
    Needed.WITHDRAWAL: later("撤回异议的理由"),
    Needed.REASON: later("理由"),
    Needed.POST: later("职务"),
    Needed.VERDICT: later("评估结论"),
    Needed.DEPARTURE: later("与仿真判定不一致的理由"),
    Needed.OPINION: later("审签意见"),
}
"""What a step cannot do without."""
