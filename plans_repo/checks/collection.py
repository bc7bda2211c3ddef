"""Collects the dossier of a version: what the services let the person asking see, as one frozen value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from plans_repo import access, contacts, drafts, histories, plans, resources, versions
from plans_repo.against_upper import headings
from plans_repo.checks.authoring_facts import AuthoringFacts
from plans_repo.checks.dossier import (
    ContactSeen,
    CourseFacts,
    Dossier,
    DrillFacts,
    EntrySeen,
    FileMeasure,
    MoveMade,
    PaperSeen,
    RelatedPlan,
)
from plans_repo.checks.filing_facts import FilingFacts
from plans_repo.course import courses, papers, requirement
from plans_repo.course.duties import duty_units
from plans_repo.course.passage import passage
from plans_repo.course.stages import EFFECTIVE, Move, PaperKind, Process
from plans_repo.course.working_days import calendar, local_day
from plans_repo.errors import NotAllowed, NotFound
from plans_repo.importing import is_confirmed
from plans_repo.organisations import organisation, organisations
from plans_repo.places import other_place
from plans_repo.plans import UPWARD, Plan
from plans_repo.store.roles import Action
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanKind
from plans_repo.store.tables.versions import VersionRow
from plans_repo.store.work import Work
from plans_repo.text.difference import RequiredProcess
from plans_repo.text.recognition import levels, time_limits
from plans_repo.versions import VersionSummary
from plans_repo.writing import supporting
from plans_repo.writing.supporting import SupportKind


def collect(
    work: Work,
    plan_id: str,
    version: str = "",
    *,
    drills: DrillFacts | None = None,
    file: FileMeasure | None = None,
    language: str = "zh",
) -> Dossier:
    """The dossier of a version (the newest unless given) on the day of the work."""
    plan = plans.plan(work, plan_id)
    seen = plans.version_of(work, plan_id, version)
    row = versions.version_row(work, plan_id, seen.id)
    clauses = versions.clauses(work, row)
    procedure = versions.procedure(work, row)
    stored = access.visible_plan(work, plan_id)
    body = organisation(work, plan.organisation) if plan.organisation else None
    neighbours = _Neighbours(work, plan)
    stand = passage(work, seen.id)
    authoring, after = AuthoringFacts(work, stand), FilingFacts(work, stand)
    return Dossier(
        today=local_day(work.now),
        calendar=calendar(work),
        plan=plan.id,
        title=row.title or plan.title,
        kind=plan.kind,
        hazard=plan.hazard,
        area=plan.area,
        version=seen.id,
        label=seen.label,
        clauses=clauses,
        course=_course(work, row, seen),
        maker=body.kind if body else None,
        maker_name=body.name if body else "",
        elsewhere=other_place(row.title or plan.title, plan.area, organisations(work)),
        upper=neighbours.upper(),
        lower=neighbours.lower(),
        library=neighbours.library(),
        pools=frozenset(pool.id for pool in procedure.pools) if is_confirmed(procedure) else frozenset(),
        leads=tuple(one.name for one in duty_units(work, stored, row) if one.organisation),
        units=tuple(one.name for one in organisations(work) if one.area.startswith(plan.area)),
        manuals=supporting.units_with(work, plan.id, SupportKind.MANUAL),
        drills=drills,
        entries=_entries(work, plan.area),
        contacts=_contacts(work, plan.area),
        evaluated_on=after.evaluated_on(),
        drill_reports=after.drill_reports(),
        changes=after.changes(),
        sent_to=after.sent_to(),
        route=after.route(),
        deemed_filed=after.is_deemed_filed(),
        is_secret=after.is_short(),
        training_on=after.training_on(),
        group=authoring.group(),
        inputs=authoring.inputs(),
        opinions=authoring.opinions(),
        asked_units=authoring.asked_units(),
        panel=authoring.panel(body.name if body else ""),
        review=authoring.review(language),
        linkage=authoring.linkage(),
        approval=authoring.approval(language),
        element_answers=authoring.elements(),
        file=file,
    )


def _course(work: Work, row: VersionRow, seen: VersionSummary) -> CourseFacts:
    stand = passage(work, seen.id)
    made = tuple(
        MoveMade(move=one.move, source=one.source, to=one.to, on=one.on) for one in histories.moves_of(work, seen.id)
    )
    plan = access.visible_plan(work, stand.plan)
    course = work.session.get_one(CourseRow, row.course_id)
    needed = requirement.requirement(work, plan, row) if course.stage not in EFFECTIVE else None
    of_course = [one for one in plans.versions_of(work, stand.plan) if _course_of(work, one.id) == course.id]
    return CourseFacts(
        stage=stand.stage,
        process=stand.process,
        document_number=stand.document_number,
        issued_on=stand.issued_on,
        published_on=_last(made, Move.PUBLISH),
        filed_on=_last(made, Move.FILE),
        receipt_on=_last(made, Move.RECEIVE_RECEIPT),
        moves=made,
        papers=tuple(PaperSeen(kind=one.kind, name=one.name, on=one.dated_on) for one in papers.papers(work, course)),
        signed=frozenset(one.move for one in stand.sign_offs if one.holds),
        unsigned=courses.missing_signatures(work, plan, course),
        required_process=_process(needed.process) if needed else None,
        touched=tuple(needed.because) if needed else (),
        created_on=min((local_day(one.created_at) for one in of_course), default=None),
    )


def _process(needed: RequiredProcess) -> Process | None:
    return None if needed is RequiredProcess.NONE else Process(needed.value)


def _course_of(work: Work, version: str) -> str:
    return work.session.get_one(VersionRow, version).course_id


def _last(made: Iterable[MoveMade], move: Move) -> date | None:
    return max((one.on for one in made if one.move is move), default=None)


@dataclass(frozen=True)
class _Neighbours:
    """The plans around one: those above and below, and the whole library by title."""

    work: Work
    plan: Plan

    def upper(self) -> tuple[RelatedPlan, ...]:
        """The plans this one names as above it, with their levels and limits."""
        return tuple(self._deep(one.other) for one in self._relations() if one.plan == self.plan.id)

    def lower(self) -> tuple[RelatedPlan, ...]:
        """The plans that name this one as above them."""
        return tuple(
            self._flat(plans.plan(self.work, one.plan)) for one in self._relations() if one.other == self.plan.id
        )

    def library(self) -> tuple[RelatedPlan, ...]:
        """Every other plan of the area, and those above it, by what they are called."""
        here = self.plan.area
        found = (one for one in plans.list_plans(self.work) if one.id != self.plan.id)
        below = plans.with_upper(self.work) if self.plan.kind is PlanKind.OVERALL else None
        return tuple(
            _bare(one, has_upper=below is None or one.id in below)
            for one in found
            if one.area.startswith(here) or here.startswith(one.area)
        )

    def _relations(self) -> Sequence[plans.Relation]:
        return [one for one in plans.relations(self.work, self.plan.id) if one.kind in UPWARD]

    def _flat(self, plan: Plan) -> RelatedPlan:
        newest = plans.versions_of(self.work, plan.id)
        in_force = next((one for one in reversed(newest) if one.state in EFFECTIVE), None)
        stand = passage(self.work, in_force.id) if in_force else None
        return RelatedPlan(
            id=plan.id, title=plan.title, kind=plan.kind, hazard=plan.hazard, area=plan.area,
            stage=in_force.state if in_force else plan.state,
            issued_on=stand.issued_on if stand else None,
            newest_version_on=local_day(newest[-1].created_at) if newest else None,
            has_draft=self._has_draft(plan),
        )  # fmt: skip

    def _deep(self, plan_id: str) -> RelatedPlan:
        plan = plans.plan(self.work, plan_id)
        flat = self._flat(plan)
        clauses = plans.text_of(self.work, plan_id) if plan.version else ()
        return replace(flat, levels=levels(clauses), limits=time_limits(clauses), headings=headings(clauses))

    def _has_draft(self, plan: Plan) -> bool | None:
        try:
            return drafts.draft(self.work, plan.id) is not None
        except (NotAllowed, NotFound):
            return None


def _bare(plan: Plan, *, has_upper: bool) -> RelatedPlan:
    return RelatedPlan(
        id=plan.id, title=plan.title, kind=plan.kind, hazard=plan.hazard, area=plan.area, stage=plan.state,
        has_upper=has_upper,
    )  # fmt: skip


def _entries(work: Work, area: str) -> tuple[EntrySeen, ...] | None:
    if not work.actor.may(Action.READ_RESOURCES):
        return None
    return tuple(
        EntrySeen(
            id=one.id, title=one.title, checked_on=one.checked_on, is_retired=one.retired_at is not None, pool=one.pool
        )
        for one in resources.resources(work, area=area, with_retired=True)
    )


def _contacts(work: Work, area: str) -> tuple[ContactSeen, ...] | None:
    if not work.actor.may(Action.READ_CONTACTS):
        return None
    return tuple(
        ContactSeen(
            id=one.id,
            label="·".join(filter(None, (one.post, one.name))),
            name=one.name,
            phones=tuple(filter(None, (one.phone, one.phone_spare))),
            checked_on=one.checked_on,
        )
        for one in contacts.contacts(work, area=area)
    )


__all__ = ["PaperKind", "collect"]
