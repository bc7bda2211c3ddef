"""What the work plan of a year ought to take up: proposed with reason and rule; a person takes it, changes it or not.

Sources are the catalogue (what should be there and is not), occasions to revise, evaluations and trials that come
due, and what the year before left undone. Nothing enters the work plan unseen; who says no says why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache, cached_property
from typing import Any

from plans_repo import access, editions
from plans_repo.checks.articles import article_words, cited
from plans_repo.course import deeds, occasions, terms, work_plans
from plans_repo.course.deeds import DeedKind
from plans_repo.course.occasions import OccasionState
from plans_repo.course.work_plans import CHAIN, WorkPlan
from plans_repo.course.working_days import calendar, local_day
from plans_repo.editions import Edition
from plans_repo.errors import NotFound, PlansRepoError
from plans_repo.evaluation_clock import EvaluationClock, Subject, evaluation_clock
from plans_repo.organisations import Organisation, organisations
from plans_repo.packs.reading import pack
from plans_repo.store import events
from plans_repo.store.roles import Action
from plans_repo.store.tables.plans import PlanKind
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Work
from plans_repo.work_plan_days import SpreadDays
from plans_repo.writing import catalogue
from plans_repo.writing.catalogue import Standing
from sim.figure import Mark


class ProposalAnswer(StrEnum):
    """What somebody said to a proposed line."""

    ACCEPTED = "accepted"  # 列入计划
    DECLINED = "declined"  # 不列入


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A line proposed for a year: which plan, who leads, until when, why, and by which rule.

    *key* stays the same as long as what it rests on does; *is_day_set* where a rule sets the day, which is otherwise
    chosen so that the lines spread over the year; *answer* and *words* are there once somebody said something.
    """

    key: str
    plan: str | None
    title: str
    kind: PlanKind
    lead: str
    lead_en: str
    organisation: str | None
    due_on: date
    trigger: Trigger
    reason: str
    reason_en: str
    source: str
    source_en: str
    mark: Mark
    is_day_set: bool = False
    answer: ProposalAnswer | None = None
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Changed:
    """What the author would have otherwise in an accepted line; None leaves it as proposed."""

    title: str | None = None
    lead: str | None = None
    due_on: date | None = None
    note: str | None = None


def proposals(work: Work, year: int) -> tuple[Proposal, ...]:
    """What is proposed for the work plan of the actor's area, answered lines last; nothing for who oversees none."""
    work.require(Action.READ_PLAN)
    if not access.standpoint(work).oversees:
        return ()
    told = _answers(work, year)
    found = {one.key: one for one in _proposed(work, year)}
    answered = [
        replace(one, answer=told[key][0], words=told[key][1]) if key in told else one for key, one in found.items()
    ]
    return tuple(sorted(answered, key=lambda one: (one.answer is not None, list(PlanKind).index(one.kind), one.title)))


def left_out(work: Work) -> int:
    """How many plans of villages and units the catalogue misses; they are not proposed."""
    return sum(one.standing is Standing.MISSING and one.kind in _left_out() for one in catalogue.catalogue(work))


def accept(work: Work, year: int, key: str, changed: Changed | None = None) -> WorkPlan:
    """Put a proposed line into the work plan, with what the author would have otherwise."""
    one, otherwise = _open(work, year, key), changed or Changed()
    before = work_plans.work_plan(work, year)
    due_on = otherwise.due_on or one.due_on
    taken = work_plans.add_entry(
        work,
        year,
        due_on=due_on,
        trigger=one.trigger,
        plan=one.plan,
        title=otherwise.title or one.title,
        kind=one.kind,
        lead=otherwise.lead if otherwise.lead is not None else one.lead,
        organisation=one.organisation if otherwise.lead in (None, one.lead) else None,
        note=otherwise.note if otherwise.note is not None else one.reason,
    )
    (entry,) = {each.id for each in taken.entries} - {each.id for each in (before.entries if before else ())}
    _record(work, year, one, ProposalAnswer.ACCEPTED, "", entry)
    return taken


def decline(work: Work, year: int, key: str, *, reason: str) -> None:
    """Leave a proposed line out of the year's work plan, with the reason; it is not proposed again for that year."""
    one = _open(work, year, key)
    work_plans.require_drafting(work, year)
    if not reason.strip():
        raise PlansRepoError("reason-missing", thing=one.title, field="reason", rule="must be given")
    _record(work, year, one, ProposalAnswer.DECLINED, reason.strip()[:500])


def _open(work: Work, year: int, key: str) -> Proposal:
    work.require(Action.EDIT_PLAN)
    one = next((each for each in proposals(work, year) if each.key == key), None)
    if one is None:
        raise NotFound("proposal-unknown", thing=str(year), field="key", value=key)
    if one.answer is not None:
        raise PlansRepoError("proposal-answered", thing=one.title, value=one.answer.value)
    return one


def _record(work: Work, year: int, one: Proposal, answer: ProposalAnswer, words: str, entry: str = "") -> None:
    payload = {
        "area": access.standpoint(work).area,
        "year": year,
        "key": one.key,
        "title": one.title,
        "answer": answer,
        "reason": words,
        "entry": entry,
    }
    events.record(work, CHAIN, "proposal-answered", payload)


def _answers(work: Work, year: int) -> dict[str, tuple[ProposalAnswer, str]]:
    """What was said of the year's proposals; an accepted line that was taken out of the work plan is open again."""
    area = access.standpoint(work).area
    present = work_plans.work_plan(work, year)
    entries = {one.id for one in present.entries} if present else set()
    told = [one.payload for one in events.history(work, CHAIN) if one.kind == "proposal-answered"]
    return {
        str(one["key"]): (ProposalAnswer(one["answer"]), str(one["reason"]))
        for one in told
        if (one["area"], one["year"]) == (area, year)
        and (one["answer"] == ProposalAnswer.DECLINED.value or one["entry"] in entries)
    }


def _proposed(work: Work, year: int) -> Iterator[Proposal]:
    """Everything proposed that no line of the year has yet; of one plan the weightiest cause only."""
    present = work_plans.work_plan(work, year)
    entries = present.entries if present else ()
    plans_in, titles_in = {one.plan for one in entries if one.plan}, {one.title for one in entries}
    days = SpreadDays(
        year, local_day(work.now), calendar(work), taken=[(entry.lead, entry.due_on) for entry in entries]
    )
    seen: set[str] = set()
    for one in _Year(work, year).causes():
        name = one.plan or one.title
        if name not in seen and one.plan not in plans_in and one.title not in titles_in:
            seen.add(name)
            place = days.set if one.is_day_set else days.place
            yield replace(one, due_on=place(one.lead, one.due_on))


@dataclass
class _Year:
    """Looks for causes to write or revise something in a year, each kind of cause over all plans at once.

    The day of each is the last it may have; which it gets is told once all are there.
    """

    work: Work
    year: int

    @cached_property
    def bodies(self) -> dict[str, Organisation]:
        """The bodies by id."""
        return {one.id: one for one in organisations(self.work)}

    def causes(self) -> Iterator[Proposal]:
        """What the year before left, occasions, trials, evaluations, and what is missing."""
        here = access.standpoint(self.work)
        known = [
            one
            for one in editions.editions(self.work)
            if one.plan.area.startswith(here.area) and one.plan.kind not in _left_out()
        ]
        yield from self._carried()
        yield from self._occasions(known)
        yield from (found for one in known for found in self._trial(one))
        clock = evaluation_clock(self.work)
        yield from (found for one in known for found in self._evaluation(one, clock))
        yield from self._missing()

    def _carried(self) -> Iterator[Proposal]:
        before = work_plans.work_plan(self.work, self.year - 1)
        named = {one.name: one for one in self.bodies.values()}
        for entry in before.entries if before else ():
            if entry.done_on is None:
                body = named.get(entry.lead)
                found = self._line("carried", f"carried:{entry.id}", entry.plan, entry.title, entry.kind, body,
                                   trigger=entry.trigger)  # fmt: skip
                yield replace(found, lead=entry.lead, lead_en=found.lead_en or entry.lead)

    def _occasions(self, known: Sequence[Edition]) -> Iterator[Proposal]:
        noted = deeds.deeds_by_course(self.work, DeedKind.OCCASION).values()
        concerned = {deed.plan for some in noted for deed in some}
        for one in known:
            found = occasions.occasions(self.work, one.plan.id) if one.plan.id in concerned else ()
            waiting = [each for each in found if each.state in (OccasionState.OPEN, OccasionState.TO_REVISE)]
            if waiting:
                last = waiting[-1]
                cause = "occasion" if last.state is OccasionState.TO_REVISE else "open"
                key, told = f"occasion:{last.id}", last.told
                yield self._of_plan(cause, key, one, trigger=told.trigger, what=told.summary)

    def _trial(self, one: Edition) -> Iterator[Proposal]:
        for term in terms.of_plan(self.work, one.plan.id) if one.in_force else ():
            if term.ended_on is None and term.trial_until and term.trial_until.year <= self.year:
                found = self._of_plan("trial", f"trial:{term.course}", one, on=term.trial_until)
                yield replace(found, due_on=min(found.due_on, term.trial_until))

    def _evaluation(self, one: Edition, clock: EvaluationClock) -> Iterator[Proposal]:
        if one.evaluate_by is None or one.evaluate_by.year > self.year:
            return
        cause = "overdue" if one.evaluate_by < local_day(self.work.now) else "evaluation"
        found = self._of_plan(cause, f"evaluation:{one.plan.id}:{one.evaluate_by}", one, on=one.evaluate_by)
        is_ahead = one.evaluate_by.year == self.year and cause == "evaluation"
        rule = clock.rule(Subject(kind=one.plan.kind, organisation=one.plan.organisation, area=one.plan.area))
        yield replace(
            found,
            source=f"{rule.source.zh}{rule.article}",
            source_en=cited(rule.source.en, article_words(rule.article, "en")),
            mark=rule.mark,
            due_on=one.evaluate_by if is_ahead else found.due_on,
            is_day_set=is_ahead,
        )

    def _missing(self) -> Iterator[Proposal]:
        for entry in catalogue.catalogue(self.work):
            if entry.standing is Standing.MISSING and entry.kind not in _left_out():
                key = f"missing:{entry.organisation}:{entry.kind}:{entry.asked or entry.title}"
                body = self.bodies.get(entry.organisation)
                found = self._line("missing", key, None, entry.title, entry.kind, body)
                yield replace(found, source=entry.basis or found.source, source_en=entry.basis_en or found.source_en)

    def _of_plan(
        self, cause: str, key: str, one: Edition, *, trigger: Trigger | None = None, **words: object
    ) -> Proposal:
        body = self.bodies.get(one.plan.organisation or "")
        return self._line(cause, key, one.plan.id, one.plan.title, one.plan.kind, body, trigger=trigger, **words)

    def _line(
        self,
        cause: str,
        key: str,
        plan: str | None,
        title: str,
        kind: PlanKind,
        body: Organisation | None,
        *,
        trigger: Trigger | None = None,
        **words: object,
    ) -> Proposal:
        rules = _rules()
        told, law = rules["reason"][cause], rules["law"]
        return Proposal(
            key=key,
            plan=plan,
            title=title,
            kind=kind,
            lead=body.name if body else "",
            lead_en=(body.name_en or body.name) if body else "",
            organisation=body.id if body else None,
            due_on=date(self.year, 12, 31),
            trigger=trigger or Trigger(told["trigger"]),
            reason=told["zh"].format_map(words),
            reason_en=told["en"].format_map(words),
            source=told.get("source", law["source"]),
            source_en=told.get("source_en", law["source_en"]),
            mark=Mark(told.get("mark", law["mark"])),
        )


@cache
def _left_out() -> frozenset[PlanKind]:
    return frozenset(map(PlanKind, _rules()["kinds"]["left_out"]))


@cache
def _rules() -> Mapping[str, Any]:
    return pack("rules", "work_plan")
