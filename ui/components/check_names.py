"""The names of what checks speak of: outcomes, papers, moves, stages, bodies."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from plans_repo.checks.result import CheckResult, Outcome
from plans_repo.course.stages import Move, PaperKind, Stage
from plans_repo.organisations import OrganisationKind
from ui.components.badges import badge
from ui.components.html import Html
from ui.wording import _, later
from ui.wording.codes import MOVES, PAPERS
from ui.wording.stages import stage_word

OUTCOMES = {
    Outcome.FAIL: (later("不符合"), "bad"),
    Outcome.DUE_SOON: (later("临期"), "warn"),
    Outcome.CANNOT_TELL: (later("无法判定"), "open"),
    Outcome.PASS: (later("符合"), "good"),
    Outcome.NOT_APPLICABLE: (later("不适用"), "plain"),
}
BODIES = {
    OrganisationKind.GOVERNMENT: later("人民政府"),
    OrganisationKind.PARTY_COMMITTEE: later("党委"),
    OrganisationKind.EMERGENCY_BUREAU: later("应急管理部门"),
    OrganisationKind.DEPARTMENT: later("部门"),
    OrganisationKind.HEADQUARTERS: later("指挥机构"),
    OrganisationKind.TOWNSHIP: later("乡镇（街道）"),
    OrganisationKind.VILLAGE: later("村（社区）"),
    OrganisationKind.ENTERPRISE: later("企业"),
    OrganisationKind.INSTITUTION: later("事业单位"),
    OrganisationKind.TEAM: later("救援队伍"),
    OrganisationKind.MILITARY: later("人武部、驻军"),
}


def outcome_name(outcome: Outcome) -> str:
    """How a rule turned out, in a word."""
    return _(OUTCOMES[outcome][0])


def outcome_badge(outcome: Outcome) -> Html:
    """How a rule turned out, as a badge."""
    word, tone = OUTCOMES[outcome]
    return badge(_(word), tone)


def alike(results: Iterable[CheckResult]) -> list[tuple[CheckResult, ...]]:
    """The results in their order; those that cannot tell for the same reason stand together, where the first stood."""
    groups: dict[object, list[CheckResult]] = {}
    for result in results:
        is_open = result.outcome is Outcome.CANNOT_TELL and not result.where
        groups.setdefault((result.found, result.todo) if is_open else result.id, []).append(result)
    return [tuple(group) for group in groups.values()]


def code_name(code: object) -> str:
    """What a code in a finding is called; a code without a name as it is written."""
    if isinstance(code, PaperKind):
        return _(PAPERS[code])
    if isinstance(code, Move):
        return _(MOVES[code])
    if isinstance(code, Stage):
        return stage_word(code)
    if isinstance(code, OrganisationKind):
        return _(BODIES[code])
    return str(code.value if isinstance(code, Enum) else code)
