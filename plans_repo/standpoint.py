"""From where a person looks at plans: what of them is there for it, as a rule and as conditions for the database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Boolean, ColumnElement, and_, exists, false, or_, true
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import aliased
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import col

from plans_repo.course.stages import CLOSED, EFFECTIVE, SIGNING, Stage
from plans_repo.organisations import OrganisationKind
from plans_repo.store.roles import Action
from plans_repo.store.tables.consultations import ConsultationRow, ConsultedUnitRow
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanKind, PlanRow
from plans_repo.store.tables.sides import SideRow
from plans_repo.store.tables.versions import VersionRow

OVERSEEING = frozenset(
    {
        OrganisationKind.GOVERNMENT,
        OrganisationKind.PARTY_COMMITTEE,
        OrganisationKind.EMERGENCY_BUREAU,
        OrganisationKind.HEADQUARTERS,
    }
)
"""Bodies that see every plan of their area and below, drafts too."""

PLACED = OVERSEEING | {OrganisationKind.DEPARTMENT}
"""Bodies that can have a hand in the plans of their government."""

OWN_ALONE = frozenset({PlanKind.DEPARTMENT, PlanKind.UNIT})
"""Plans that their own body alone writes, decides and files: article 25 of 国办发〔2024〕5号, article 24 of Order 2.

What such a plan has no body for is its government's.
"""

AS_DEPARTMENT = frozenset(
    {Action.REVIEW_PLAN, Action.CHECK_LEGALITY, Action.PROOFREAD_PLAN, Action.NUMBER_PLAN, Action.ISSUE_PLAN}
)
"""What people of a department may do to a plan of their government that their department did not write."""

TENDING = frozenset({OrganisationKind.TOWNSHIP, OrganisationKind.EMERGENCY_BUREAU, OrganisationKind.GOVERNMENT})
"""Bodies that write the plans of the villages below them together with these."""


OF_ITS_MAKERS = AS_DEPARTMENT - {Action.REVIEW_PLAN} | {
    Action.EDIT_PLAN,
    Action.REGISTER_PLAN,
    Action.CONFIRM_PROCEDURE,
    Action.DELIBERATE_PLAN,
    Action.APPROVE_PLAN,
    Action.PUBLISH_PLAN,
    Action.FILE_PLAN,
    Action.ABOLISH_PLAN,
}
"""What the other sides of a joint plan leave to the side that drafted it; an expert of theirs may review."""


@dataclass(frozen=True, kw_only=True)
class Standpoint:
    """From where a person looks: organisation and its area, whether it *oversees* that area, *is_placed* in the
    life cycle of its government's plans, and tends its villages.
    """

    organisation: str | None
    area: str
    oversees: bool
    is_placed: bool = True
    tends_villages: bool = False

    def sees(self, plan: PlanRow, stages: frozenset[Stage], shared: frozenset[Stage] = frozenset()) -> bool:
        """Whether a plan, whose courses stand at *stages*, is there for this person.

        *shared* are the stages of those of its courses that show to this person's body as another side of a joint plan.
        """
        if self._sees_whole(plan) or shared:
            return True
        if stages & EFFECTIVE:
            return plan.area.startswith(self.area) or self.area.startswith(plan.area)
        if Stage.CONSULTATION in stages:
            return self.area.startswith(plan.area)
        return bool(stages & SIGNING) and plan.area == self.area

    def _sees_whole(self, plan: PlanRow) -> bool:
        """Whether this person sees every version of a plan, drafts too."""
        return self._owns(plan) or self._tends(plan) or (self.oversees and plan.area.startswith(self.area))

    def plans_seen(self) -> ColumnElement[bool]:
        """The condition on ``plan`` that ``sees`` puts, for the database: the plans that are there for this person.

        A plan in force shows along the line of areas, one in consultation from below, one being signed
        in its own area: each of these lies within the one before, so that any of them is enough. A joint plan
        shows to its other sides as well.
        """
        return or_(
            self._sees_all(),
            self._plan_shared(),
            and_(self._in_line(), has_course(EFFECTIVE)),
            and_(self._above(), has_course({Stage.CONSULTATION})),
            and_(self._same_area(), has_course(SIGNING)),
        )

    def plans_near(self) -> ColumnElement[bool]:
        """A condition on ``plan`` that all plans seen fulfil and that its row alone decides; not enough by itself."""
        return or_(self._sees_all(), self._in_line(), col(PlanRow.kind) == PlanKind.JOINT)

    def courses_seen(self) -> ColumnElement[bool]:
        """The condition on ``course``, joined to its ``plan``, that ``sees_course`` puts."""
        return self._course_seen(CourseRow)

    def versions_seen(self) -> ColumnElement[bool]:
        """The condition on ``version``, joined to its ``course`` and ``plan``: who does not write or oversee
        the plan sees of each course only the text that counts."""
        return and_(self.courses_seen(), or_(self._sees_all(), is_newest_of_course()))

    def sees_all_versions(self) -> ColumnElement[bool]:
        """The condition on ``plan``: the person sees every version of it."""
        return self._sees_all()

    def text_seen_from(self, ordinal: ColumnElement[int]) -> ColumnElement[bool]:
        """The condition on ``plan``: the person sees a version of that ordinal or a later one."""
        later, standing = aliased(VersionRow), aliased(CourseRow)
        is_later = and_(col(later.plan_id) == col(PlanRow.id), col(later.ordinal) >= ordinal)
        return exists().where(is_later, col(standing.id) == col(later.course_id), self._course_seen(standing))

    def plans_written(self) -> ColumnElement[bool]:
        """The condition on ``plan`` that ``changes`` puts."""
        return self._own_or(self.oversees)

    def plans_acted_on(self) -> ColumnElement[bool]:
        """The condition on ``plan`` that ``acts_on`` puts."""
        return self._own_or(self.oversees or self.is_placed)

    def newest_course(self) -> ColumnElement[bool]:
        """The condition on ``course``, joined to its ``plan``: no later course of the plan is there for this person."""
        later = aliased(CourseRow)
        is_later = and_(col(later.plan_id) == col(PlanRow.id), col(later.ordinal) > col(CourseRow.ordinal))
        return ~exists().where(is_later, self._course_seen(later))

    def _course_seen(self, course: Any) -> ColumnElement[bool]:
        stage = course.stage
        return or_(
            self._sees_all(),
            and_(self._in_line(), stage.in_(sorted(EFFECTIVE))),
            and_(self._in_line(), stage.in_(sorted(CLOSED)), has_course(EFFECTIVE)),
            and_(self._above(), stage == Stage.CONSULTATION),
            and_(self._same_area(), stage.in_(sorted(SIGNING))),
            self.course_shared(course),
        )

    def course_shared(self, course: Any) -> ColumnElement[bool]:
        """The condition on *course*, joined to its ``plan``: it shows to this person's body as another side of it.

        Before issue to the government of a side, which has to agree, and to those bodies of a side that were asked in
        writing, from consultation on; once it is issued along the line of areas of a side, like a plan of its own.
        """
        if self.organisation is None:
            return false()
        side = aliased(SideRow)
        of_course = col(side.course_id) == course.id
        asked, letter = aliased(ConsultedUnitRow), aliased(ConsultationRow)
        is_asked = exists().where(
            col(asked.consultation_id) == col(letter.id),
            col(letter.course_id) == course.id,
            col(asked.organisation_id) == self.organisation,
        )
        is_theirs = exists().where(of_course, col(side.area).in_(self._around()))
        is_government = exists().where(of_course, col(side.organisation_id) == self.organisation)
        is_in_line = exists().where(
            of_course,
            col(side.area) != "",
            or_(col(side.area).in_(self._around()), _starts_with(col(side.area), self.area)),
        )
        is_past = and_(course.stage.in_(sorted(CLOSED)), has_course(EFFECTIVE))
        return and_(
            col(PlanRow.kind) == PlanKind.JOINT,
            or_(
                and_(or_(course.stage.in_(sorted(EFFECTIVE)), is_past), is_in_line),
                and_(course.stage.in_(sorted(UNDERWAY)), or_(is_government, and_(is_theirs, is_asked))),
            ),
        )

    def _plan_shared(self) -> ColumnElement[bool]:
        """The condition on ``plan``: a course of it shows to this person's body as another side of it."""
        if self.organisation is None:
            return false()
        standing = aliased(CourseRow)
        is_shared = and_(col(standing.plan_id) == col(PlanRow.id), self.course_shared(standing))
        return and_(col(PlanRow.kind) == PlanKind.JOINT, exists().where(is_shared))

    def lies_in(self, area: str) -> ColumnElement[bool]:
        """The condition on ``plan``: it is one of *area* or below, or a side of it is, as far as this person sees."""
        standing, side = aliased(CourseRow), aliased(SideRow)
        is_shared = exists().where(
            col(standing.plan_id) == col(PlanRow.id),
            col(side.course_id) == col(standing.id),
            col(side.area) != "",
            _starts_with(col(side.area), area),
            self._course_seen(standing),
        )
        return or_(_starts_with(col(PlanRow.area), area), and_(col(PlanRow.kind) == PlanKind.JOINT, is_shared))

    def _around(self) -> list[str]:
        """This area and those it lies in."""
        return [self.area[:end] for end in range(1, len(self.area) + 1)]

    def sees_course(
        self, plan: PlanRow, stage: Stage, stages: frozenset[Stage], shared: frozenset[Stage] = frozenset()
    ) -> bool:
        """Whether a course at *stage* of a plan, whose courses stand at *stages*, is there for this person."""
        own = stages & EFFECTIVE if stage in CLOSED else frozenset({stage})
        return self.sees(plan, own, shared & {stage})

    def changes(self, plan: PlanRow) -> bool:
        """Whether this person's body writes that plan; nobody here writes what another installation filed."""
        return not plan.origin and self.writes_for(plan.kind, plan.organisation_id, plan.area)

    def writes_for(self, kind: PlanKind, organisation: str | None, area: str) -> bool:
        """Whether this person's body writes plans of that kind for a body of that area."""
        if self.organisation is None or organisation == self.organisation:
            return True
        if kind is PlanKind.VILLAGE and self.guides(area):
            return True
        return self.oversees and area == self.area and (kind not in OWN_ALONE or organisation is None)

    def acts_on(self, plan: PlanRow, action: Action | None = None) -> bool:
        """Whether this person's body has its place in that plan's life cycle, or in one *action* of it.

        It is that of its own plans and of those of the government it is part of, not of one below.
        """
        if plan.origin:
            return False
        is_shared = plan.kind not in OWN_ALONE or plan.organisation_id is None
        is_placed = self.oversees or (self.is_placed and (action is None or action in AS_DEPARTMENT))
        return self._owns(plan) or self._tends(plan) or (is_placed and is_shared and plan.area == self.area)

    def guides(self, area: str) -> bool:
        """Whether this person's body helps the villages of an area to write their plans."""
        return self.organisation is None or (self.tends_villages and area.startswith(self.area))

    def _tends(self, plan: PlanRow) -> bool:
        return plan.kind is PlanKind.VILLAGE and self.guides(plan.area)

    def _owns(self, plan: PlanRow) -> bool:
        return self.organisation is None or plan.organisation_id == self.organisation

    def _own_or(self, is_of_government: bool) -> ColumnElement[bool]:
        """Plans made here that are the body's own, or its government's."""
        is_shared = or_(col(PlanRow.kind).not_in(sorted(OWN_ALONE)), col(PlanRow.organisation_id).is_(None))
        whose = [self._owns_row(), and_(self._same_area(), is_shared)] if is_of_government else [self._owns_row()]
        return and_(col(PlanRow.origin) == "", or_(*whose))

    def _sees_all(self) -> ColumnElement[bool]:
        """Plans of which the person sees every version: its body's own, and those it oversees."""
        return or_(self._owns_row(), self._within() if self.oversees else false())

    def _owns_row(self) -> ColumnElement[bool]:
        """Plans of the person's own body, and of the villages it helps to write theirs."""
        if self.organisation is None:
            return true()
        own = col(PlanRow.organisation_id) == self.organisation
        village = and_(col(PlanRow.kind) == PlanKind.VILLAGE, self._within())
        return or_(own, village) if self.tends_villages else own

    def _within(self) -> ColumnElement[bool]:
        """Plans of this area and below."""
        return _starts_with(col(PlanRow.area), self.area)

    def _in_line(self) -> ColumnElement[bool]:
        return or_(self._within(), self._above())

    def _above(self) -> ColumnElement[bool]:
        """Plans of this area and of those it lies in."""
        return col(PlanRow.area).in_([self.area[:end] for end in range(len(self.area) + 1)])

    def _same_area(self) -> ColumnElement[bool]:
        return col(PlanRow.area) == self.area


UNDERWAY = SIGNING | {Stage.CONSULTATION}
"""Stages in which a text has left those who write it and is not issued."""


class _starts_with(FunctionElement[bool]):  # noqa: N801 - reads like a function of the database
    """Whether a text begins with another, letter by letter; LIKE ignores case in SQLite."""

    type = Boolean()
    inherit_cache = True


@compiles(_starts_with, "sqlite")
def _in_sqlite(element: _starts_with, compiler: Any, **more: Any) -> str:
    text, beginning = (compiler.process(clause, **more) for clause in element.clauses)
    return f"(substr({text}, 1, length({beginning})) = {beginning})"


@compiles(_starts_with, "postgresql")
def _in_postgresql(element: _starts_with, compiler: Any, **more: Any) -> str:
    """PostgreSQL reckons how many rows begin so, which it cannot for ``substr``."""
    text, beginning = (compiler.process(clause, **more) for clause in element.clauses)
    return f"starts_with({text}, {beginning})"


def is_newest_of_course() -> ColumnElement[bool]:
    """The condition on ``version``: it is the last of its course, the one that is signed and moved."""
    later = aliased(VersionRow)
    same = col(later.course_id) == col(VersionRow.course_id)
    return ~exists().where(same, col(later.ordinal) > col(VersionRow.ordinal))


def has_course(stages: Iterable[Stage]) -> ColumnElement[bool]:
    """The condition on ``plan`` that it has a course at one of *stages*, seen or not."""
    standing = aliased(CourseRow)
    return exists().where(col(standing.plan_id) == col(PlanRow.id), col(standing.stage).in_(sorted(stages)))
