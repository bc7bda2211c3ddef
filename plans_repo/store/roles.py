"""Who may do what: one table of roles and actions."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from plans_repo.errors import PlansRepoError


class Role(StrEnum):
    """A job somebody holds; an account may hold several."""

    PLAN_AUTHOR = "plan_author"  # 编制人
    REVIEWER = "reviewer"  # 评审专家
    APPROVER = "approver"  # 审批人
    FILING_OFFICER = "filing_officer"  # 备案管理员
    DRILL_ORGANISER = "drill_organiser"  # 演练组织者
    CONTROLLER = "controller"  # 导调员
    DRILL_EVALUATOR = "drill_evaluator"  # 评估人员
    SIMULATION_EVALUATOR = "simulation_evaluator"  # 仿真评估人员
    MEMBER_UNIT = "member_unit"  # 成员单位
    TOWNSHIP_LIAISON = "township_liaison"  # 乡镇联络员
    GOVERNMENT_OFFICE = "government_office"  # 政府办
    JUSTICE_BUREAU = "justice_bureau"  # 司法局
    LEADER = "leader"  # 局县领导
    UPPER_AUTHORITY = "upper_authority"  # 上级备案机关
    SYSTEM_ADMINISTRATOR = "system_administrator"  # 系统管理员
    SECURITY_ADMINISTRATOR = "security_administrator"  # 安全保密员
    AUDIT_ADMINISTRATOR = "audit_administrator"  # 审计员


class Action(StrEnum):
    """Something a service asks permission for."""

    READ_PLAN = "read_plan"
    EDIT_PLAN = "edit_plan"
    COMMENT_PLAN = "comment_plan"
    REGISTER_PLAN = "register_plan"
    CONFIRM_PROCEDURE = "confirm_procedure"
    LINK_PLAN = "link_plan"
    REVIEW_PLAN = "review_plan"
    CHECK_LEGALITY = "check_legality"
    DELIBERATE_PLAN = "deliberate_plan"
    PROOFREAD_PLAN = "proofread_plan"
    APPROVE_PLAN = "approve_plan"
    NUMBER_PLAN = "number_plan"
    ISSUE_PLAN = "issue_plan"
    PUBLISH_PLAN = "publish_plan"
    FILE_PLAN = "file_plan"
    RECEIPT_FILING = "receipt_filing"
    SUPERVISE_FILING = "supervise_filing"
    ABOLISH_PLAN = "abolish_plan"
    SET_LOCAL_RULES = "set_local_rules"
    ANSWER_CONSULTATION = "answer_consultation"
    MANAGE_EXPERTS = "manage_experts"
    APPROVE_WORK_PLAN = "approve_work_plan"
    READ_RESOURCES = "read_resources"
    EDIT_RESOURCES = "edit_resources"
    READ_CONTACTS = "read_contacts"
    READ_STUDY = "read_study"
    RUN_STUDY = "run_study"
    SIGN_ASSESSMENT = "sign_assessment"
    RECORD_TIMING = "record_timing"
    READ_DRILL = "read_drill"
    PLAN_DRILL = "plan_drill"
    SEAL_DRILL = "seal_drill"
    CONTROL_DRILL = "control_drill"
    EVALUATE_DRILL = "evaluate_drill"
    ANSWER_INJECT = "answer_inject"
    RETURN_DRILL = "return_drill"
    MANAGE_ACCOUNTS = "manage_accounts"
    MANAGE_ORGANISATIONS = "manage_organisations"
    MANAGE_CALENDAR = "manage_calendar"
    GRANT_NEED_TO_KNOW = "grant_need_to_know"
    BACK_UP = "back_up"
    READ_LOGINS = "read_logins"
    READ_EVENTS = "read_events"
    VERIFY_EVENTS = "verify_events"


A = Action
_READING = frozenset({A.READ_PLAN, A.READ_RESOURCES, A.READ_STUDY, A.READ_DRILL})
_LOOKING_UP = _READING | {A.COMMENT_PLAN, A.READ_CONTACTS}

MAY: dict[Role, frozenset[Action]] = {
    Role.PLAN_AUTHOR: _LOOKING_UP
    | {
        A.EDIT_PLAN,
        A.CONFIRM_PROCEDURE,
        A.LINK_PLAN,
        A.EDIT_RESOURCES,
        A.RUN_STUDY,
        A.RECORD_TIMING,
        A.MANAGE_EXPERTS,
        A.ANSWER_CONSULTATION,
    },
    Role.REVIEWER: _LOOKING_UP | {A.REVIEW_PLAN},
    Role.APPROVER: _LOOKING_UP | {A.DELIBERATE_PLAN, A.APPROVE_PLAN, A.ANSWER_CONSULTATION},
    Role.FILING_OFFICER: _LOOKING_UP
    | {A.REGISTER_PLAN, A.LINK_PLAN, A.PUBLISH_PLAN, A.FILE_PLAN, A.RECEIPT_FILING, A.ABOLISH_PLAN}
    | {A.MANAGE_CALENDAR, A.READ_EVENTS},
    Role.DRILL_ORGANISER: _LOOKING_UP
    | {A.PLAN_DRILL, A.SEAL_DRILL, A.CONTROL_DRILL, A.RETURN_DRILL, A.RUN_STUDY, A.MANAGE_CALENDAR, A.RECORD_TIMING},
    Role.CONTROLLER: _LOOKING_UP | {A.CONTROL_DRILL, A.RECORD_TIMING},
    Role.DRILL_EVALUATOR: _LOOKING_UP | {A.EVALUATE_DRILL, A.RECORD_TIMING},
    Role.SIMULATION_EVALUATOR: _LOOKING_UP | {A.RUN_STUDY, A.SIGN_ASSESSMENT, A.EDIT_RESOURCES, A.RECORD_TIMING},
    Role.MEMBER_UNIT: _READING
    | {A.COMMENT_PLAN, A.ANSWER_CONSULTATION, A.EDIT_RESOURCES, A.ANSWER_INJECT, A.RETURN_DRILL},
    Role.TOWNSHIP_LIAISON: _READING
    | {A.COMMENT_PLAN, A.ANSWER_CONSULTATION, A.EDIT_RESOURCES, A.ANSWER_INJECT, A.RETURN_DRILL},
    Role.GOVERNMENT_OFFICE: _LOOKING_UP
    | {A.PROOFREAD_PLAN, A.NUMBER_PLAN, A.ISSUE_PLAN, A.ABOLISH_PLAN, A.SET_LOCAL_RULES, A.APPROVE_WORK_PLAN}
    | {A.ANSWER_CONSULTATION},
    Role.JUSTICE_BUREAU: _READING | {A.COMMENT_PLAN, A.CHECK_LEGALITY},
    Role.LEADER: _LOOKING_UP
    | {A.DELIBERATE_PLAN, A.APPROVE_PLAN, A.ISSUE_PLAN, A.SIGN_ASSESSMENT, A.APPROVE_WORK_PLAN}
    | {A.ANSWER_CONSULTATION},
    Role.UPPER_AUTHORITY: _READING | {A.COMMENT_PLAN, A.RECEIPT_FILING, A.SUPERVISE_FILING},
    Role.SYSTEM_ADMINISTRATOR: frozenset({A.MANAGE_ACCOUNTS, A.MANAGE_ORGANISATIONS, A.BACK_UP}),
    Role.SECURITY_ADMINISTRATOR: frozenset({A.GRANT_NEED_TO_KNOW, A.READ_LOGINS}),
    Role.AUDIT_ADMINISTRATOR: frozenset({A.READ_EVENTS, A.VERIFY_EVENTS, A.READ_LOGINS}),
}
"""Every role has a row; a test asks for it."""

ADMINISTRATORS = frozenset({Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR})
"""Three separate persons (三员分立): nobody holds two of them."""


def may(roles: Iterable[Role], action: Action) -> bool:
    """True when one of *roles* allows *action*.

    >>> may([Role.PLAN_AUTHOR], Action.EDIT_PLAN), may([Role.PLAN_AUTHOR], Action.APPROVE_PLAN)
    (True, False)
    """
    return any(action in MAY[role] for role in roles)


def separate(account: str, roles: Iterable[Role]) -> frozenset[Role]:
    """The roles as a set; refused when empty or when two administrators meet in one person."""
    held = frozenset(roles)
    if not held:
        raise PlansRepoError("account-without-role", thing=account, field="roles", rule="needs one role")
    if len(held & ADMINISTRATORS) > 1:
        raise PlansRepoError(
            "administrators-not-separate",
            thing=account,
            field="roles",
            rule="may hold one administrator role only",
            value=", ".join(sorted(held & ADMINISTRATORS)),
        )
    return held
