"""In whose name an edition was issued 印发名义 and the post of who signed 签发人; entered with the red-head original.

A person's name stays on the paper: what is kept here lies in the chain of the plan.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from plans_repo.course import deeds, papers
from plans_repo.course.deeds import Deed, DeedKind
from plans_repo.course.issued import issued
from plans_repo.course.numbering import read_number
from plans_repo.course.papers import Attachment
from plans_repo.course.stages import PaperKind
from plans_repo.errors import NotAllowed, PlansRepoError
from plans_repo.store.roles import Action
from plans_repo.store.tables.plans import PlanKind
from plans_repo.store.work import Work

MAY_ENTER = (Action.ISSUE_PLAN, Action.FILE_PLAN, Action.EDIT_PLAN)
MOST_POST = 120


class IssuedBy(StrEnum):
    """In whose name a plan is issued."""

    PARTY_AND_GOVERNMENT = "party_and_government"  # 党委和政府（或两办）
    GOVERNMENT = "government"  # 人民政府
    GOVERNMENT_OFFICE = "government_office"  # 人民政府办公室（厅）
    HEADQUARTERS = "headquarters"  # 应急指挥机构
    DEPARTMENT = "department"  # 部门
    JOINT = "joint"  # 几个单位联合
    TOWNSHIP = "township"  # 乡镇（街道）
    VILLAGE = "village"  # 村（居）民委员会
    UNIT = "unit"  # 单位


_OF_PLACE = frozenset({IssuedBy.PARTY_AND_GOVERNMENT, IssuedBy.GOVERNMENT, IssuedBy.GOVERNMENT_OFFICE, IssuedBy.JOINT})
POSSIBLE: Mapping[PlanKind, frozenset[IssuedBy]] = MappingProxyType(
    {
        PlanKind.OVERALL: frozenset({IssuedBy.PARTY_AND_GOVERNMENT, IssuedBy.GOVERNMENT, IssuedBy.GOVERNMENT_OFFICE}),
        PlanKind.SPECIAL: _OF_PLACE | {IssuedBy.HEADQUARTERS},
        PlanKind.DEPARTMENT: frozenset({IssuedBy.DEPARTMENT, IssuedBy.JOINT, IssuedBy.GOVERNMENT_OFFICE}),
        PlanKind.TOWNSHIP: frozenset({IssuedBy.TOWNSHIP}),
        PlanKind.VILLAGE: frozenset({IssuedBy.VILLAGE}),
        PlanKind.UNIT: frozenset({IssuedBy.UNIT}),
    }
)
"""In whose name a kind of plan can be issued at all (国办发〔2024〕5号, article 25; that of a department may be passed
on by the government's office); whether it is the name the rule asks for says rule A07. Other kinds: by agreement.
"""


@dataclass(frozen=True, kw_only=True)
class IssuingName:
    """In whose name, and the post of who signed: 县长, 常务副县长, 总经理."""

    issued_by: IssuedBy
    signed_by: str = ""

    def __post_init__(self) -> None:
        if len(self.signed_by) > MOST_POST:
            rule = f"at most {MOST_POST} characters"
            raise PlansRepoError("words-missing", thing="issuing name", field="signed_by", rule=rule)


def check_possible(title: str, kind: PlanKind, said: IssuingName | None) -> None:
    """Refuse a name such a plan cannot be issued in."""
    possible = POSSIBLE.get(kind)
    if said is not None and possible is not None and said.issued_by not in possible:
        raise PlansRepoError(
            "issuing-name-unfit", thing=title, field="issued_by", rule="must fit the kind of plan",
            value=said.issued_by, issued_by=said.issued_by, issuers=tuple(sorted(possible)),
        )  # fmt: skip


def keep_issuing_name(work: Work, plan_id: str, course_id: str, said: IssuingName, on: date) -> Deed:
    """Write it down with the issue itself, whose move has asked for permission and the paper."""
    return deeds.keep(work, plan_id, course_id, DeedKind.ISSUING_NAME, said, on=on)


def record_issuing_name(
    work: Work, version_id: str, said: IssuingName, *, on: date | None = None, paper: Attachment | None = None
) -> Deed:
    """Enter or correct it afterwards; the red-head original must lie in the course or come along."""
    edition = issued(work, version_id, Action.READ_PLAN)
    if not any(map(work.actor.may, MAY_ENTER)):
        raise NotAllowed("action-not-allowed", thing=work.actor.name, action="record_issuing_name")
    day = deeds.check_day(work, edition.plan.title, on or edition.issued_on, not_before=edition.issued_on)
    if paper is not None:
        papers.keep(work, edition.plan, edition.course, edition.version, paper)
    check_possible(edition.plan.title, edition.plan.kind, said)
    present = {one.kind for one in papers.papers(work, edition.course)}
    if PaperKind.ISSUED_DOCUMENT not in present:
        raise PlansRepoError(
            "papers-missing", thing=edition.plan.title, papers=PaperKind.ISSUED_DOCUMENT.value,
            first=PaperKind.ISSUED_DOCUMENT.value,
        )  # fmt: skip
    return keep_issuing_name(work, edition.plan.id, edition.course.id, said, day)


def issuing_name(work: Work, plan_id: str, course_id: str) -> IssuingName | None:
    """What was entered last for an edition, or None."""
    found = deeds.latest(deeds.deeds(work, plan_id, DeedKind.ISSUING_NAME, course=course_id))
    return found.told(IssuingName) if found else None


def likely(kind: PlanKind, number: str) -> IssuedBy:
    """What kind of plan and document number suggest; a person confirms it.

    >>> likely(PlanKind.SPECIAL, "清政办发〔2026〕12号"), likely(PlanKind.SPECIAL, "清防指〔2026〕2号")
    (<IssuedBy.GOVERNMENT_OFFICE: 'government_office'>, <IssuedBy.HEADQUARTERS: 'headquarters'>)
    """
    by_kind = {
        PlanKind.OVERALL: IssuedBy.PARTY_AND_GOVERNMENT,
        PlanKind.DEPARTMENT: IssuedBy.DEPARTMENT,
        PlanKind.JOINT: IssuedBy.JOINT,
        PlanKind.TOWNSHIP: IssuedBy.TOWNSHIP,
        PlanKind.VILLAGE: IssuedBy.VILLAGE,
        PlanKind.UNIT: IssuedBy.UNIT,
    }
    if kind in by_kind or not number:
        return by_kind.get(kind, IssuedBy.GOVERNMENT_OFFICE)
    try:
        office = read_number(number).office
    except PlansRepoError:
        return IssuedBy.GOVERNMENT_OFFICE
    if "指" in office:
        return IssuedBy.HEADQUARTERS
    return IssuedBy.GOVERNMENT_OFFICE if "办" in office or "政" not in office else IssuedBy.GOVERNMENT
