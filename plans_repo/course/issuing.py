"""Issue an edition: its document number, its days, and the end of what it replaces or abolishes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlmodel import func, select

from plans_repo import access
from plans_repo.course import abolition, clocks, courses, deeds, issuer, numbering, terms
from plans_repo.course.deciding_paper import DecidingPaper
from plans_repo.course.deeds import DeedKind
from plans_repo.course.issuing_name import IssuingName, check_possible, keep_issuing_name
from plans_repo.course.stages import ClockKind, Move
from plans_repo.course.terms import EndKind, Term
from plans_repo.course.trial_limit import keep_long_trial, long_trial
from plans_repo.course.working_days import local_day
from plans_repo.errors import PlansRepoError
from plans_repo.standpoint import OWN_ALONE
from plans_repo.store import events
from plans_repo.store.roles import Action
from plans_repo.store.tables.accounts import OrganisationRow
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanRelationRow, PlanRow, RelationKind
from plans_repo.store.work import Work

MOST_TITLE = 300


@dataclass(frozen=True, kw_only=True)
class IssuingNotice:
    """What the notice that issues an edition says beside its number and day 印发通知.

    *effective_on* is the day of implementation 实施日期, that of issue unless given;
    *trial_until* the last day of a trial 试行, *trial_reason* why it lasts longer than is usual.
    *abolishes* are plans of this library and *also_abolished* other documents that it abolishes
    from that day on 同时废止. *name* says in whose name it is issued and who signed.
    """

    effective_on: date | None = None
    trial_until: date | None = None
    trial_reason: str = ""
    abolishes: tuple[str, ...] = ()
    also_abolished: tuple[str, ...] = ()
    name: IssuingName | None = None

    def __post_init__(self) -> None:
        for title in self.also_abolished:
            if not title.strip() or len(title) > MOST_TITLE:
                raise PlansRepoError(
                    "abolished-title-unfit",
                    thing="issuing notice",
                    field="also_abolished",
                    rule=f"1 to {MOST_TITLE} characters",
                    value=title[:80],
                    most=MOST_TITLE,
                )


@dataclass(frozen=True, kw_only=True)
class Abolished:
    """What a notice abolishes: plans by id, other documents by title; from which day on."""

    ends_on: date
    plans: tuple[str, ...]
    others: tuple[str, ...]


def issue(
    work: Work,
    plan: PlanRow,
    course: CourseRow,
    number: str,
    day: date,
    *,
    move: Move = Move.ISSUE,
    notice: IssuingNotice | None = None,
) -> None:
    """Give number and days to the edition, and end what it replaces; nothing is moved yet."""
    said = notice or IssuingNotice()
    _number(work, plan, course, number, day, move, said.name)
    course.issued_on = day
    effective_on = _effective_on(plan, said, day)
    former = _formers(work, plan, course, effective_on)
    trial_until = _trial_until(plan, said, effective_on)
    is_long = long_trial(work, plan, effective_on, trial_until, said.trial_reason)
    terms.begin(work, plan, course, effective_on=effective_on, trial_until=trial_until)
    if trial_until is not None:
        clocks.start_until(work, course, ClockKind.TRIAL, effective_on, trial_until)
    for one in former:
        terms.end(work, plan, one, effective_on, EndKind.SUPERSEDED)
    terms.carry_out(work, plan.id)
    _abolish(work, plan, course, said, effective_on, day, move)
    if is_long is not None:
        keep_long_trial(work, plan.id, course.id, is_long, day)
    if said.name is not None:
        keep_issuing_name(work, plan.id, course.id, said.name, day)


def check_number(number: str) -> None:
    """Refuse what does not look like 某政办发〔2026〕12号."""
    numbering.read_number(number)


def _number(
    work: Work, plan: PlanRow, course: CourseRow, number: str, day: date, move: Move, name: IssuingName | None
) -> None:
    if number:
        check_number(number)
        numbering.give(work, course, number)
    if not course.document_number:
        raise PlansRepoError("document-number-missing", thing=plan.title, field="document_number", rule="must be given")
    numbering.check_free(work, plan, course, course.document_number)
    check_possible(plan.title, plan.kind, name)
    numbering.check_own(work, plan, course, course.document_number)
    if move is Move.REGISTER:
        _check_registered(work, plan, day)
    if move is Move.ISSUE:  # what was issued elsewhere long ago bears the number it bears
        numbering.check_year(plan, course.document_number, day)


def _check_registered(work: Work, plan: PlanRow, day: date) -> None:
    """Only what was issued before its body was entered here can be entered as issued elsewhere."""
    body = work.session.get(OrganisationRow, plan.organisation_id) if plan.organisation_id else None
    entered_at = body.created_at if body else work.session.exec(select(func.min(OrganisationRow.created_at))).first()
    if entered_at and day > (start := local_day(entered_at)):
        raise PlansRepoError(
            "registered-after-start", thing=plan.title, field="issued_on", rule=f"must be <= {start}", value=day,
            start=start,
        )  # fmt: skip


def _effective_on(plan: PlanRow, notice: IssuingNotice, day: date) -> date:
    found = notice.effective_on or day
    if found < day:
        raise PlansRepoError(
            "effective-before-issue", thing=plan.title, field="effective_on", rule=f"must be >= {day}", value=found
        )
    return found


def _trial_until(plan: PlanRow, notice: IssuingNotice, effective_on: date) -> date | None:
    if notice.trial_until is not None and notice.trial_until <= effective_on:
        raise PlansRepoError(
            "trial-ends-before-it-begins",
            thing=plan.title,
            field="trial_until",
            rule=f"must be > {effective_on}",
            value=notice.trial_until,
            effective_on=effective_on,
        )
    return notice.trial_until


def _formers(work: Work, plan: PlanRow, course: CourseRow, effective_on: date) -> list[CourseRow]:
    """The editions that still count and are replaced; a newer one may not come into force before an older."""
    found = []
    for row in courses.all_effective(work, plan.id):
        term: Term | None = terms.term(work, row.id)
        if row.id == course.id or term is None:
            continue
        if term.effective_on > effective_on:
            raise PlansRepoError(
                "effective-before-former",
                thing=plan.title,
                field="effective_on",
                rule=f"must be >= {term.effective_on}",
                value=effective_on,
                former=row.document_number,
                former_on=term.effective_on,
            )
        found.append(row)
    _check_abolished(work, plan, effective_on, {row.id for row in courses.all_effective(work, plan.id)})
    return found


def _check_abolished(work: Work, plan: PlanRow, effective_on: date, counting: Collection[str]) -> None:
    """Refuse a first day on which an edition counted that was abolished later: two texts would have counted."""
    gone = (term for term in terms.of_plan(work, plan.id) if term.course not in counting)
    last = max((term.ended_on for term in gone if term.ended_on), default=None)
    if last is not None and effective_on < last:
        raise PlansRepoError(
            "effective-before-abolition", thing=plan.title, field="effective_on", rule=f"must be >= {last}",
            value=effective_on, last=last,
        )  # fmt: skip


def _abolish(
    work: Work, plan: PlanRow, course: CourseRow, notice: IssuingNotice, effective_on: date, day: date, move: Move
) -> None:
    """End the other plans the notice names, and write down all that it abolishes."""
    if not notice.abolishes and not notice.also_abolished:
        return
    for other_id in dict.fromkeys(notice.abolishes):
        other = access.visible_plan(work, other_id, Action.ABOLISH_PLAN)
        access.require_place(work, other, Action.ABOLISH_PLAN)
        if other.id == plan.id:
            raise PlansRepoError("abolishes-itself", thing=plan.title, field="abolishes", rule="names other plans")
        _check_abolishing(plan, other)
        if move is Move.ISSUE and (ending := courses.effective(work, other.id)) is not None:
            issuer.require_issuer(work, other, ending, Move.ABOLISH.value)
        reason = f"《{plan.title}》（{course.document_number}）印发，同时废止"
        paper = DecidingPaper(number=course.document_number, dated_on=day)
        is_history = move is Move.REGISTER
        abolition.end_plan(
            work, other, effective_on, reason=reason, paper=paper, decided_on=day, by=plan.title,
            entered_as_history=is_history,
        )  # fmt: skip
        _replace(work, plan, other)
    value = Abolished(ends_on=effective_on, plans=notice.abolishes, others=notice.also_abolished)
    deeds.keep(work, plan.id, course.id, DeedKind.NOTICE, value, on=day)


def _check_abolishing(plan: PlanRow, other: PlanRow) -> None:
    """A body ends its own plans; a government, by its notice, those of its place that it may have issued."""
    is_of_one_body = plan.organisation_id is not None and plan.organisation_id == other.organisation_id
    is_of_government = plan.kind not in OWN_ALONE and plan.area == other.area
    if not is_of_one_body and not is_of_government:
        raise PlansRepoError(
            "abolishes-anothers", thing=plan.title, field="abolishes", rule="must be of the same issuer or below it",
            value=other.title,
        )  # fmt: skip


def _replace(work: Work, plan: PlanRow, other: PlanRow) -> None:
    row = PlanRelationRow(
        id=work.new_id(),
        plan_id=plan.id,
        other_id=other.id,
        kind=RelationKind.REPLACES,
        created_at=work.now,
        created_by=work.actor.account,
    )
    work.session.add(row)
    work.session.flush()
    payload = {"plan": plan.id, "other": other.id, "kind": row.kind}
    events.record(work, events.chain_of_plan(plan.id), "plan-related", payload)


def suggested_number(work: Work, plan: PlanRow, course: CourseRow) -> str:
    """The next document number of the issuer this year; '' when there is nothing to go by."""
    return numbering.next_number(work, plan, course, local_day(work.now).year)
