"""What the work plan of a year ought to take up: proposed with reason and rule; a person takes it, changes it or not.

Sources are the catalogue (what should be there and is not), occasions to revise, evaluations and trials that come
due, and what the year before left undone. Nothing enters the work plan unseen; who says no says why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from plans_repo import access, editions
from plans_repo.course import evaluation, occasions, terms, work_plans
from plans_repo.course.occasions import OccasionState
from plans_repo.course.work_plans import CHAIN, WorkPlan
from plans_repo.course.working_days import local_day
from plans_repo.editions import Edition
from plans_repo.errors import NotFound, PlansRepoError
from plans_repo.organisations import organisations
from plans_repo.packs.reading import pack
from plans_repo.store import events
from plans_repo.store.roles import Action
from plans_repo.store.tables.plans import PlanKind
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Work
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

    *key* stays the same as long as what it rests on does; *answer* and *words* are there once somebody said something.
    """

    key: str
    plan: str | None
    title: str
    kind: PlanKind
    lead: str
    organisation: str | None
    due_on: date
    trigger: Trigger
    reason: str
    reason_en: str
    source: str
    source_en: str
    mark: Mark
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
    seen: set[str] = set()
    for one in _causes(work, year):
        name = one.plan or one.title
        if name not in seen and one.plan not in plans_in and one.title not in titles_in:
            seen.add(name)
            yield one


def _causes(work: Work, year: int) -> Iterator[Proposal]:
    known = [one for one in editions.editions(work) if _is_ours(work, one)]
    yield from _carried(work, year)
    yield from (found for one in known for found in _occasions(work, year, one))
    yield from (found for one in known for found in _trial(work, year, one))
    yield from (found for one in known for found in _evaluation(work, year, one))
    yield from _missing(work, year)


def _is_ours(work: Work, one: Edition) -> bool:
    here = access.standpoint(work)
    return one.plan.area.startswith(here.area) and one.plan.kind not in _left_out()


def _carried(work: Work, year: int) -> Iterator[Proposal]:
    before = work_plans.work_plan(work, year - 1)
    for entry in before.entries if before else ():
        if entry.done_on is None:
            yield _line(
                "carried", f"carried:{entry.id}", year, entry.plan, entry.title, entry.kind, entry.lead,
                trigger=entry.trigger,
            )  # fmt: skip


def _occasions(work: Work, year: int, one: Edition) -> Iterator[Proposal]:
    waiting = [
        each
        for each in occasions.occasions(work, one.plan.id)
        if each.state in (OccasionState.OPEN, OccasionState.TO_REVISE)
    ]
    if waiting:
        last = waiting[-1]
        cause = "occasion" if last.state is OccasionState.TO_REVISE else "open"
        yield _of_plan(work, cause, f"occasion:{last.id}", year, one, trigger=last.told.trigger, what=last.told.summary)


def _trial(work: Work, year: int, one: Edition) -> Iterator[Proposal]:
    for term in terms.of_plan(work, one.plan.id) if one.in_force else ():
        if term.ended_on is None and term.trial_until and term.trial_until.year <= year:
            yield _of_plan(work, "trial", f"trial:{term.course}", year, one, on=term.trial_until)


def _evaluation(work: Work, year: int, one: Edition) -> Iterator[Proposal]:
    if one.evaluate_by is None or one.evaluate_by.year > year:
        return
    rule = evaluation.interval(work, one.plan.area)
    cause = "overdue" if one.evaluate_by < local_day(work.now) else "evaluation"
    found = _of_plan(work, cause, f"evaluation:{one.plan.id}:{one.evaluate_by}", year, one, on=one.evaluate_by)
    is_ahead = one.evaluate_by.year == year and cause == "evaluation"
    due_on = one.evaluate_by if is_ahead else found.due_on
    yield replace(found, source=rule.source, source_en=_evaluation_source(rule.source), mark=rule.mark, due_on=due_on)


def _missing(work: Work, year: int) -> Iterator[Proposal]:
    bodies = {one.id: one.name for one in organisations(work)}
    for entry in catalogue.catalogue(work):
        if entry.standing is Standing.MISSING and entry.kind not in _left_out():
            key = f"missing:{entry.organisation}:{entry.kind}:{entry.asked or entry.title}"
            found = _line(
                "missing", key, year, None, entry.title, entry.kind, bodies.get(entry.organisation, ""),
                organisation=entry.organisation or None,
            )  # fmt: skip
            yield replace(found, source=entry.basis or found.source, source_en=entry.basis_en or found.source_en)


def _of_plan(
    work: Work, cause: str, key: str, year: int, one: Edition, *, trigger: Trigger | None = None, **words: object
) -> Proposal:
    body = next((each for each in organisations(work) if each.id == one.plan.organisation), None)
    return _line(
        cause, key, year, one.plan.id, one.plan.title, one.plan.kind, body.name if body else "",
        organisation=body.id if body else None, trigger=trigger, **words,
    )  # fmt: skip


def _line(
    cause: str,
    key: str,
    year: int,
    plan: str | None,
    title: str,
    kind: PlanKind,
    lead: str,
    *,
    organisation: str | None = None,
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
        lead=lead,
        organisation=organisation,
        due_on=date(year, rules["due"]["month"], rules["due"]["day"]),
        trigger=trigger or Trigger(told["trigger"]),
        reason=told["zh"].format_map(words),
        reason_en=told["en"].format_map(words),
        source=told.get("source", law["source"]),
        source_en=told.get("source_en", law["source_en"]),
        mark=Mark(told.get("mark", law["mark"])),
    )


def _evaluation_source(source: str) -> str:
    """The English of the evaluation rule; a figure of the place keeps its own words."""
    rule = pack("rules", "evaluation")["interval"]
    return str(rule["source_en"]) if source == rule["source"] else source


@cache
def _left_out() -> frozenset[PlanKind]:
    return frozenset(map(PlanKind, _rules()["kinds"]["left_out"]))


@cache
def _rules() -> Mapping[str, Any]:
    return pack("rules", "work_plan")
