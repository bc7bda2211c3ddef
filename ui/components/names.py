"""The names of roles and states as people say them."""

from __future__ import annotations

from plans_repo.store.jobs import JobState
from plans_repo.store.roles import Role
from ui.wording import _, later

ROLES = {
    Role.PLAN_AUTHOR: later("编制人"),
    Role.REVIEWER: later("评审专家"),
    Role.APPROVER: later("审批人"),
    Role.FILING_OFFICER: later("备案管理员"),
    Role.DRILL_ORGANISER: later("演练组织者"),
    Role.CONTROLLER: later("导调员"),
    Role.DRILL_EVALUATOR: later("演练评估人员"),
    Role.SIMULATION_EVALUATOR: later("仿真评估人员"),
    Role.MEMBER_UNIT: later("成员单位"),
    Role.TOWNSHIP_LIAISON: later("乡镇联络员"),
    Role.GOVERNMENT_OFFICE: later("政府办"),
    Role.JUSTICE_BUREAU: later("司法局"),
    Role.LEADER: later("领导"),
    Role.UPPER_AUTHORITY: later("上级备案机关"),
    Role.SYSTEM_ADMINISTRATOR: later("系统管理员"),
    Role.SECURITY_ADMINISTRATOR: later("安全保密员"),
    Role.AUDIT_ADMINISTRATOR: later("审计员"),
}
JOB_STATES = {
    JobState.QUEUED: (later("排队"), "open"),
    JobState.RUNNING: (later("运行中"), "blue"),
    JobState.DONE: (later("完成"), "good"),
    JobState.FAILED: (later("失败"), "bad"),
    JobState.CANCELLED: (later("已取消"), "plain"),
}
JOB_KINDS = {"study": later("仿真研究"), "analysis": later("进一步分析"), "validation": later("引擎验证")}


def role_name(role: Role) -> str:
    """A role as people say it."""
    return _(ROLES[role])


def role_names(roles: frozenset[Role]) -> str:
    """Several roles in one line, in the order of the role table."""
    return _("、").join(role_name(role) for role in Role if role in roles)


def job_kind(kind: str) -> str:
    """What a background job does."""
    return _(JOB_KINDS.get(kind, kind))
