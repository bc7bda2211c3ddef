"""``yuyan plan overdue``, ``versions``, ``clause`` and ``register``: what is late, texts through time, older issues."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from plans_repo import force, people, plans
from plans_repo.course.abolition import abolition_of
from plans_repo.course.issuing import IssuingNotice
from plans_repo.course.papers import Attachment
from plans_repo.course.passage import move
from plans_repo.course.stages import Move, PaperKind
from plans_repo.course.working_days import local_day
from plans_repo.errors import NotFound
from plans_repo.force import ClauseAge, InForce
from plans_repo.overdue import Due
from plans_repo.overdue import overdue as what_is_overdue
from plans_repo.store.work import Work
from plans_repo.versions import VersionSummary
from ui.command_line.answer import Answer
from ui.command_line.context import Context, name_of, read_file
from ui.command_line.named import clause_called_ever
from ui.components.days_in_force import issued_words, span
from ui.components.filing_names import DUE_KINDS, FATES, abolition_words
from ui.components.overdue_table import body_words, late_words
from ui.components.plan_names import TRIGGERS, told, version_name
from ui.components.version_history import person_name
from ui.components.version_standing import standing
from ui.wording import _, day_text


def overdue(context: Context) -> Answer:
    """What is late of publication, filing, receipts, trials and evaluations; with ``--soon`` what is due shortly.

    The end of a trial is told before it comes in any case.
    """
    with context.reading() as work:
        found = what_is_overdue(work, soon=context.arguments.soon)
    return Answer(
        fields={"overdue": [_due_fields(due) for due in found]},
        lines=[_due_line(due) for due in found] or [_("没有超期事项")],
    )


def _due_fields(due: Due) -> dict[str, Any]:
    return {
        "plan": due.plan,
        "title": due.title,
        "kind": due.kind,
        "from_on": due.from_on,
        "due_on": due.due_on,
        "provisional": due.is_provisional,
        "late": due.is_late,
        "late_working_days": max(due.late_working_days, 0),
        "late_days": max(due.late_days, 0),
        "organisation": due.body,
        "acts_for": due.acts_for,
        "own": due.is_own,
        "escalation": due.escalation.title if due.escalation else "",
    }


def _due_line(due: Due) -> str:
    late = late_words(due.late_working_days, due.late_days)
    words = [
        due.title,
        _(DUE_KINDS[due.kind]),
        day_text(due.due_on),
        late if due.is_late else _("将到期，{left}", left=late),
        *([body_words(due)] if due.acts_for or not due.is_own else []),
    ]
    return "\t".join([*words, *([told(due.escalation.title, due.escalation.title_en)] if due.escalation else [])])


def version_on(work: Work, plan: str, day: Any) -> InForce:
    """The edition in force on a day, or a refusal that names the day."""
    found = force.in_force_on(work, plan, day)
    if found is None:
        title, issued = plans.plan(work, plan).title, force.editions_of(work, plan)
        if issued and day < issued[0].from_on:
            raise NotFound(
                "no-text-in-force-yet", thing=title, field="on", value=day_text(day), first=day_text(issued[0].from_on)
            )
        raise NotFound("no-text-in-force", thing=title, field="on", value=day_text(day))
    return found


def versions(context: Context) -> Answer:
    """The versions of a plan the actor may read, oldest first; editions with the days on which they count."""
    asked = context.arguments
    with context.reading() as work:
        listed = plans.versions_of(work, asked.plan)
        counting = {one.version.id: one for one in force.editions_of(work, asked.plan)}
        names, today = people.display_names(work, {one.author for one in listed}), local_day(work.now)
        gone = abolition_of(work, asked.plan)
    return Answer(
        fields={"plan": asked.plan, "versions": [_version_fields(one, counting.get(one.id)) for one in listed]},
        lines=[
            *(_version_line(one, counting.get(one.id), person_name(one.author, names), today) for one in listed),
            *([abolition_words(gone)] if gone else []),
        ],
    )


def _version_fields(one: VersionSummary, counting: InForce | None) -> dict[str, Any]:
    return {
        "id": one.id,
        "ordinal": one.ordinal,
        "label": one.label,
        "state": one.state,
        "trigger": one.trigger,
        "reason": one.reason,
        "author": one.author,
        "created_at": one.created_at,
        "root_hash": one.root_hash,
        "parents": list(one.parents),
        "document_number": counting.document_number if counting else "",
        "from_on": counting.from_on if counting else None,
        "until_on": counting.until_on if counting else None,
        "issued_on": counting.issued_on if counting else None,
        "entered_on": counting.term.entered_on if counting else None,
    }


def _version_line(one: VersionSummary, counting: InForce | None, author: str, today: date) -> str:
    words = [str(one.ordinal), version_name(one), standing(one, counting, today), _(TRIGGERS[one.trigger])]
    words += [one.reason, author, one.root_hash[:16]]
    return "\t".join([*words, *([_in_force(counting, today)] if counting else [])])


def _in_force(counting: InForce, today: date) -> str:
    words = _("{number}，{days}", number=counting.document_number, days=span(counting, today))
    if not counting.term.is_entered_late:
        return words
    return _("，").join((words, issued_words(counting.issued_on, counting.term.entered_on)))


def clause(context: Context) -> Answer:
    """A clause through the editions of its plan; with ``--on`` as it stood on a day."""
    asked = context.arguments
    with context.reading() as work:
        found = clause_called_ever(work, asked.plan, asked.clause)
        ages = force.clause_history(work, asked.plan, found)
        if asked.on:
            counting = version_on(work, asked.plan, asked.on)
            ages = tuple(age for age in ages if age.edition.version.id == counting.version.id)
        today = local_day(work.now)
    return Answer(
        fields={"clause": found, "editions": [_age_fields(age) for age in ages]},
        lines=[line for age in ages for line in _age_lines(age, today)],
    )


def _age_fields(age: ClauseAge) -> dict[str, Any]:
    return {
        "version": age.edition.version.id,
        "label": age.edition.version.label,
        "document_number": age.edition.document_number,
        "from_on": age.edition.from_on,
        "until_on": age.edition.until_on,
        "change": age.fate,
        "number": age.clause.number if age.clause else "",
        "title": age.clause.title if age.clause else "",
        "text": age.text,
    }


def _age_lines(age: ClauseAge, today: date) -> Iterator[str]:
    yield _(
        "{version}（{number}），{days}：{fate}",
        version=version_name(age.edition.version),
        number=age.edition.document_number,
        days=span(age.edition, today),
        fate=_(FATES[age.fate][0]),
    )
    yield from age.text.splitlines()


def register(context: Context) -> Answer:
    """Enter the newest version of a plan as issued elsewhere before this installation."""
    asked = context.arguments
    paper = Attachment(kind=PaperKind.ISSUED_DOCUMENT, name=name_of(asked.document), data=read_file(asked.document))
    notice = IssuingNotice(effective_on=asked.effective, trial_until=asked.trial, trial_reason=asked.trial_reason)
    with context.work() as work:
        version = plans.version_of(work, asked.plan)
        stand = move(
            work,
            version.id,
            Move.REGISTER,
            reason=asked.reason,
            attachments=[paper],
            document_number=asked.number,
            on=asked.on,
            notice=notice,
        )
    return Answer(
        fields={
            "plan": stand.plan,
            "version": stand.version,
            "state": stand.stage,
            "document_number": stand.document_number,
            "issued_on": stand.issued_on,
            "effective_on": stand.term.effective_on if stand.term else None,
        },
        lines=[_("已登记 {number}，{day} 印发", number=stand.document_number, day=day_text(stand.issued_on))],
    )
