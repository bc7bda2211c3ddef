"""``yuyan plan …``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from plans_repo import importing, intake, ledger, library, plan_difference, plans, redlines, returning
from plans_repo.course.abolition import abolition_of
from plans_repo.course.working_days import local_day
from plans_repo.force import InForce
from plans_repo.intake import Taken
from plans_repo.procedure_merge import set_procedure_from
from plans_repo.procedures.checks import Weight, checked
from plans_repo.proposals import procedure_for
from plans_repo.returning import Returned
from plans_repo.store.tables.plans import PlanKind
from plans_repo.store.work import new_uuid
from plans_repo.text.citation import citations
from plans_repo.text.difference import ClauseChange
from plans_repo.text.reading import Tracked
from plans_repo.word.plan_document import PlanIdentity, plan_document
from sim.errors import SimError
from sim.plain import plain, strays, unplain
from sim.procedure import Hazard, Procedure, Task
from ui.command_line.answer import Answer
from ui.command_line.changed_lines import changed_lines
from ui.command_line.choices import NO_HAZARD
from ui.command_line.context import Context, name_of, read_file, write_file
from ui.command_line.force_commands import version_on
from ui.command_line.ledger_commands import quantity_fields
from ui.command_line.plan_fields import opened_fields, opened_lines, target_fields
from ui.components.days_in_force import issued_words, plan_standing, span
from ui.components.filing_names import VALIDITY, abolition_words
from ui.components.ledger_words import change_words
from ui.components.plan_names import CHANGES, clause_label, hazard_name, version_name
from ui.components.procedure_faults import WEIGHTS, fault_words
from ui.components.procedure_words import PartChange, part_changes
from ui.components.returned_words import left_behind_sentence
from ui.components.version_diff import OPS, folded, place_words
from ui.errors import UiError
from ui.wording import _, day_text, language, n_


def import_file(context: Context) -> Answer:
    """Read a file and keep it as a plan, or as the next version of one."""
    asked = context.arguments
    data = read_file(asked.file)
    if asked.into and (asked.by_likeness or returning.origin_of(data, name_of(asked.file))):
        return take_back(context, data)
    with context.work() as work:
        taken = intake.take_file(
            work,
            data,
            name_of(asked.file),
            kind=PlanKind(asked.kind) if asked.kind else None,
            hazard=Hazard(asked.hazard) if asked.hazard and asked.hazard != NO_HAZARD else None,
            of_no_hazard=asked.hazard == NO_HAZARD,
            title=asked.title,
            into=asked.into,
            propose=procedure_for,
            tracked=Tracked(asked.tracked) if asked.tracked else None,
            is_split=asked.split,
        )
    return Answer(
        fields=opened_fields(taken.first)
        | {
            "plans": [{"id": one.plan, "title": one.title, "version": one.version} for one in taken.plans],
            "parts": [{"kind": part.kind, "title": part.title} for part in taken.parts],
            "comments": taken.comments,
        },
        lines=[
            *(line for one in taken.plans for line in opened_lines(one)),
            *_taken_lines(taken),
            *(_hazard_lines(taken) if asked.hazard is None and not asked.into else ()),
        ],
    )


def _hazard_lines(taken: Taken) -> Iterator[str]:
    """For what hazard each new plan is taken, where nobody has said it: without one no targets are proposed."""
    for one in taken.plans:
        if one.hazard:
            name = hazard_name(one.hazard)
            yield _("《{title}》的灾种识别为{hazard}；不对的，导入时用 --hazard 写明", title=one.title, hazard=name)
        else:
            yield _("《{title}》没有识别出可推演的灾种，未拟目标；能够归入一种的，用 --hazard 写明", title=one.title)


def take_back(context: Context, data: bytes) -> Answer:
    """A file that was exported from the plan: its changes go into the draft."""
    asked = context.arguments
    how = Tracked(asked.tracked) if asked.tracked else None
    file = returning.read_returned(data, name_of(asked.file), new_id=new_uuid, tracked=how)
    with context.work() as work:
        back = returning.take_back(work, asked.into, file, by_likeness=asked.by_likeness)
        opened = importing.show(work, asked.into)
    fields = opened_fields(opened) | {
        "base": back.base,
        "draft": back.draft,
        "changes": [{"clause": one.clause, "change": one.change} for one in back.changes],
        "conflicts": list(back.waiting),
        "comments": back.comments,
        "left_behind": [{"reason": one.reason, "words": one.words, "clause": one.clause} for one in back.left_behind],
    }
    return Answer(fields=fields, lines=list(_back_lines(back)))


def _back_lines(back: Returned) -> Iterator[str]:
    if back.draft is None:
        yield _("与“{title}”{version}没有差异，初稿未动", title=back.title, version=back.base_label)
    else:
        yield n_(
            "以“{title}”{version}为底稿带回 {count} 处改动，已并入初稿",
            len(back.changes),
            title=back.title,
            version=back.base_label,
        )
    yield from changed_lines(back.changes, back.waiting)
    if back.draft is not None:
        yield _("初稿尚未形成版本；形成版本：yuyan plan draft PLAN --commit 修订说明")
    if back.comments:
        yield n_("批注 {count} 条已转为预案批注", back.comments)
    for one in back.left_behind:
        yield left_behind_sentence(one)


def _taken_lines(taken: Taken) -> Iterator[str]:
    if taken.comments:
        yield n_("批注 {count} 条已转为预案批注", taken.comments)
    if taken.parts and len(taken.plans) == 1:
        names = _("、").join(part.title for part in taken.parts)
        yield _("文件中有几件预案，已作为一件保存：{names}；要分开导入，请加 --split", names=names)


def show(context: Context) -> Answer:
    """A version opened again; with ``--on`` the one in force on that day."""
    asked = context.arguments
    with context.reading() as work:
        counting = version_on(work, asked.plan, asked.on) if asked.on else None
        opened = importing.show(work, asked.plan, counting.version.id if counting else asked.version)
        versions = plans.versions_of(work, opened.plan)
        today = local_day(work.now)
        gone = abolition_of(work, opened.plan) if counting else None
    listed = [{"id": item.id, "label": item.label, "state": item.state} for item in versions]
    found = {"versions": listed} | (_force_fields(counting, asked.on) if counting else {})
    term = [_("有效期间 {days}", days=span(counting, today)), _on_that_day(counting, asked.on)] if counting else []
    term += [abolition_words(gone)] if gone else []
    return Answer(fields=opened_fields(opened) | found, lines=[*opened_lines(opened), *term])


def _on_that_day(counting: InForce, day: date) -> str:
    """How the edition stood on that day, and when it was issued and entered."""
    issued = issued_words(counting.issued_on, counting.term.entered_on)
    return _(
        "{day} 的效力：{standing}；{issued}",
        day=day_text(day),
        standing=_(VALIDITY[counting.on(day)][0]),
        issued=issued,
    )


def _force_fields(counting: InForce, day: date) -> dict[str, Any]:
    """From when until when a version is in force, and how it stood on that day."""
    return {
        "validity": counting.on(day),
        "entered_on": counting.term.entered_on,
        "document_number": counting.document_number,
        "issued_on": counting.issued_on,
        "from_on": counting.from_on,
        "until_on": counting.until_on,
    }


def confirm(context: Context) -> Answer:
    """Accept the proposed targets, or those named, and the procedure as they stand."""
    with context.work() as work:
        version = plans.confirm(work, context.arguments.plan, context.arguments.target)
        procedure = plans.procedure_of(work, context.arguments.plan, version.id)
    targets = target_fields(procedure.targets) if procedure else []
    return Answer(
        fields={"plan": context.arguments.plan, "version": version.id, "targets": targets},
        lines=[n_("已确认 {count} 项目标", sum(not target["proposed"] for target in targets))],
    )


def procedure(context: Context) -> Answer:
    """The procedure of a version as JSON; with ``--set`` a changed one becomes a new version."""
    asked = context.arguments
    if asked.set:
        value = _procedure_from(read_file(asked.set), asked.set)
        with context.work() as work:
            if asked.base:
                version = set_procedure_from(work, asked.plan, value, base=asked.base, reason=asked.reason)
            else:
                version = plans.set_procedure(work, asked.plan, value, reason=asked.reason)
    else:
        with context.reading() as work:
            version = plans.version_of(work, asked.plan, asked.version)
            value = plans.procedure_to_play(work, asked.plan, version.id)
    words = json.dumps(plain(value), ensure_ascii=False, indent=1)
    file = write_file(asked.out, words.encode()) if asked.out else ""
    found = _fault_lines(context, value, version.id) if asked.set else []
    return Answer(
        fields={"plan": asked.plan, "version": version.id, "file": file, "procedure": plain(value)},
        lines=[
            *(
                [_("已形成版本 {label}（正文校验码 {hash}）", label=version_name(version), hash=version.root_hash[:12])]
                if asked.set
                else []
            ),
            *found,
            *([_("已写出 {file}", file=file)] if file else []),
            *([] if asked.set or file else [words]),
        ],
    )


def _fault_lines(context: Context, value: Procedure, version: str) -> list[str]:
    """What cannot work or is to be looked at in a procedure that was kept, a line each."""
    with context.reading() as work:
        clauses = [clause.id for clause in plans.text_of(work, context.arguments.plan, version)]
    return [
        f"  {_(WEIGHTS[fault.weight][0])}\t{fault_words(fault, value)}"
        for fault in checked(value, clauses)
        if fault.weight is not Weight.NOTE
    ]


def _procedure_from(data: bytes, name: str) -> Procedure:
    try:
        form = json.loads(data)
    except (ValueError, RecursionError) as error:  # brackets nested without end
        raise UiError("file-not-json", thing=f"file {name}", rule="must be JSON", value=name) from error
    value = _read_procedure(form)
    for stray in strays(value, form):
        raise UiError(
            "field-unknown", thing=f"file {name}", field=stray, rule="must be one of those described", value=stray
        )
    return value


def _read_procedure(form: Any) -> Procedure:
    try:
        return unplain(Procedure, form)
    except SimError as error:
        task = _task_at_fault(form)
        raise SimError(error.code, **(error.fields | ({"thing": f"task {task}"} if task else {}))) from error


def _task_at_fault(form: Any) -> str:
    """The id of the first task that is refused by itself: a duration does not know whose it is."""
    tasks = form.get("tasks") if isinstance(form, dict) else None
    for item in tasks if isinstance(tasks, list) else ():
        try:
            unplain(Task, item)
        except SimError:
            return str(item.get("id", "")) if isinstance(item, dict) else ""
    return ""


def list_plans(context: Context) -> Answer:
    """The plans the actor may see: the edition in force, and the text being written where there is a newer one."""
    with context.reading() as work:
        found, today = library.entries(work), local_day(work.now)
    return Answer(
        fields={"plans": [_listed_fields(one) for one in found]},
        lines=[f"{one.id}\t{one.title}\t{plan_standing(one, today)}" for one in found],
    )


def _listed_fields(entry: library.Entry) -> dict[str, Any]:
    plan = plans.listed(entry)
    return {
        "id": plan.id,
        "title": plan.title,
        "kind": plan.kind,
        "hazard": plan.hazard,
        "state": plan.state,
        "version": plan.version,
        "area": plan.area,
        "in_force": entry.in_force.version if entry.in_force else None,
        "trial_until": entry.in_force.trial_until if entry.in_force else None,
        "coming_on": entry.coming.effective_on if entry.coming else None,
    }


def diff(context: Context) -> Answer:
    """What the words and the procedure became from one version to another."""
    asked = context.arguments
    with context.reading() as work:
        found = plan_difference.difference(work, asked.plan, asked.a, asked.b)
        sides = [plans.procedure_of(work, asked.plan, key) for key in (asked.a, asked.b)]
        texts = [plans.text_of(work, asked.plan, key) for key in (asked.a, asked.b)]
        figures = ledger.ledger_changes(work, asked.plan, asked.a, asked.b)
    cited = citations(texts[0]) | citations(texts[1])
    said = part_changes(found.procedure, sides[0], sides[1], cited)
    return Answer(
        fields={
            "clauses": [
                {
                    "clause": change.clause,
                    "change": change.change,
                    "tokens": [[token.op, token.text] for token in change.tokens],
                    "words": place_words(change),
                }
                for change in found.clauses
            ],
            "procedure": [
                {"kind": item.kind, "id": item.id, "field": item.field, "before": item.before, "after": item.after}
                for item in found.procedure
            ],
            "quantities": [
                {
                    "clause": one.present.clause,
                    "before": quantity_fields(one.before) if one.before else None,
                    "after": quantity_fields(one.after) if one.after else None,
                    "words": change_words(one),
                }
                for one in figures
            ],
            "procedure_words": [change.sentence for change in said],
            "required_process": found.requirement.process,
            "because": list(found.requirement.because),
        },
        lines=[
            *_diff_lines(found.clauses, said, cited),
            _("修订程序：{process}", process=PROCESSES[found.requirement.process][language()]),
        ],
    )


PROCESSES = {
    "full": {"zh": "完整程序", "en": "full procedure"},
    "simplified": {"zh": "简化程序", "en": "simplified procedure"},
    "none": {"zh": "无改动", "en": "nothing changed"},
}


def _diff_lines(found: Iterable[ClauseChange], said: Iterable[PartChange], cited: Mapping[str, str]) -> Iterator[str]:
    marks = {"insert": "[+{}+]", "delete": "[-{}-]", "keep": "{}"}
    for change in found:
        words = _("；").join([_(CHANGES[change.change][0]), *place_words(change)])
        yield _("{clause}（{words}）", clause=clause_label(change.present, cited), words=words)
        tokens = folded((OPS[token.op], token.text) for token in change.tokens)
        yield "".join(marks[op].format(part) for op, part in tokens)
    yield from (change.sentence for change in said)


def export(context: Context) -> Answer:
    """A version as a Word file in the official format, with tracked changes against another if asked."""
    asked = context.arguments
    with context.reading() as work:
        opened = importing.show(work, asked.plan, asked.version)
        identity = PlanIdentity(
            plan=opened.plan,
            version=opened.version,
            root_hash=opened.root_hash,
            title=opened.title,
            made_at=work.now,
            author=work.actor.name,
        )
        if asked.against:
            marked = redlines.redline(work, asked.plan, asked.against, opened.version, with_comments=asked.comments)
            data, clauses, revisions = marked.data, marked.clauses, marked.revisions
        elif asked.suggestions:
            marked = redlines.with_suggestions(work, asked.plan, opened.version, with_comments=asked.comments)
            data, clauses, revisions = marked.data, marked.clauses, marked.revisions
        else:
            notes = redlines.notes_of(work, asked.plan, opened.version) if asked.comments else ()
            media = redlines.media_of(work, opened.clauses)
            document = plan_document(identity, opened.clauses, media=media, notes=notes)
            data, clauses, revisions = document.data, document.clauses, 0
    file = write_file(asked.out, data)
    return Answer(
        fields={"file": file, "clauses": clauses, "revisions": revisions}, lines=[_("已写出 {file}", file=file)]
    )
