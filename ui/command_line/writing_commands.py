"""``yuyan plan new|templates|villages|page`` and ``yuyan catalogue``."""

from __future__ import annotations

from typing import Any

from plans_repo import importing
from plans_repo.organisations import organisation_called
from plans_repo.proposals import procedure_for
from plans_repo.store.tables.plans import PlanKind
from plans_repo.word.manual_document import manual_document
from plans_repo.word.village_page import village_page
from plans_repo.writing import supporting
from plans_repo.writing.batch import TEMPLATE, begin_village_plans, faults, village_sheet
from plans_repo.writing.beginning import Begun, begin_plan
from plans_repo.writing.catalogue import Entry, catalogue, take_up
from plans_repo.writing.manual import manual
from plans_repo.writing.one_page import village_facts
from plans_repo.writing.sheet import rows_of
from plans_repo.writing.supporting import SupportKind
from plans_repo.writing.template import template, templates
from sim.procedure import Hazard
from ui.command_line.answer import Answer, tell
from ui.command_line.context import Context, name_of, read_file, write_file
from ui.components.catalogue_table import standing_name
from ui.components.plan_names import told
from ui.errors import UiError
from ui.wording import _, language, n_
from ui.wording.errors import worded


def list_templates(context: Context) -> Answer:
    """The templates and what each asks for."""
    found = templates()
    return Answer(
        fields={
            "templates": [
                {
                    "id": one.id,
                    "title": told(one.title, one.title_en),
                    "kind": one.kind,
                    "source": told(one.source, one.source_en),
                    "mark": one.mark,
                    "sections": [
                        {
                            "headings": list(basis.headings),
                            "source": told(basis.source, basis.source_en),
                            "mark": basis.mark,
                        }
                        for basis in one.bases
                    ],
                    "fields": [
                        {"id": field.id, "label": told(field.label, field.label_en), "suggestion": field.suggestion}
                        for field in one.fields
                    ],
                }
                for one in found
            ]
        },
        lines=[f"{one.id}\t{told(one.title, one.title_en)}\t{told(one.source, one.source_en)}" for one in found],
    )


def begin(context: Context) -> Answer:
    """A plan begun from a template."""
    asked = context.arguments
    with context.work() as work:
        begun = begin_plan(
            work,
            asked.template,
            dict(_answer(word) for word in asked.set),
            organisation=organisation_called(work, asked.body).id,
            hazard=Hazard(asked.hazard) if asked.hazard else None,
            title=asked.title,
            propose=procedure_for,
        )
    return Answer(fields=_begun(begun), lines=_begun_lines(begun))


def _answer(word: str) -> tuple[str, str]:
    name, sign, value = word.partition("=")
    if not sign:
        raise UiError("answer-malformed", thing="--set", rule="must look like field=words", value=word)
    return name, value


def villages(context: Context) -> Answer:
    """The sheet of a township written out, or a filled one read: a plan for every row or none."""
    asked = context.arguments
    with context.reading() as work:
        township = organisation_called(work, asked.township)
        if asked.sheet:
            file = write_file(asked.sheet, village_sheet(work, township.id))
            return Answer(fields={"file": file}, lines=[_("已写出 {file}", file=file)])
        rows = rows_of(read_file(asked.file), name_of(asked.file), template(TEMPLATE))
        for fault in faults(work, township.id, rows):
            tell(worded(fault.code, fault.fields))
    with context.work() as work:
        made = begin_village_plans(work, township.id, rows)
    return Answer(
        fields={"plans": [_begun(one) for one in made]}, lines=[line for one in made for line in _begun_lines(one)]
    )


def page(context: Context) -> Answer:
    """The plan of a village on one page."""
    asked = context.arguments
    with context.reading() as work:
        opened = importing.show(work, asked.plan, asked.version)
        if opened.kind is not PlanKind.VILLAGE:
            raise UiError("plan-not-of-village", thing=opened.title, field="kind", value=opened.kind.value)
        facts = village_facts(work, opened)
        data = village_page(facts, opened.clauses)
    file = write_file(asked.out, data)
    lines = [_("已写出 {file}", file=file)]
    if facts.is_draft:
        lines.append(_("这一文本没有签署印发或者已停用，页上已标明，不得张贴。"))
    told = {"signed_by": facts.signed_by, "document_number": facts.document_number}
    return Answer(fields={"file": file, "draft": facts.is_draft, **told}, lines=lines)


def support(context: Context) -> Answer:
    """The work manual or action scheme of a unit, made from the newest version and entered as made."""
    asked = context.arguments
    kind = SupportKind.SCHEME if asked.scheme else SupportKind.MANUAL
    with context.work() as work:
        made = supporting.enter(work, asked.plan, kind, asked.unit)
        facts = manual(work, asked.plan, asked.unit, made.version)
        data = manual_document(facts, kind, made_at=work.now, language=language())
    file = write_file(asked.out, data)
    fields = {"file": file, "unit": made.unit, "kind": made.kind, "version": made.version, "tasks": len(facts.duties)}
    return Answer(fields=fields, lines=[_("已写出 {file}", file=file)])


def show_catalogue(context: Context) -> Answer:
    """What there is, what ought to be there and is not."""
    if context.arguments.take_up:
        with context.work() as work:
            found = take_up(work)
    else:
        with context.reading() as work:
            found = catalogue(work)
    return Answer(
        fields={"entries": [_entry(one) for one in found]},
        lines=[f"{one.code or '—'}\t{one.title}\t{standing_name(one.standing)}" for one in found],
    )


def _entry(one: Entry) -> dict[str, Any]:
    return {
        "id": one.id,
        "code": one.code,
        "title": one.title,
        "kind": one.kind,
        "organisation": one.organisation,
        "standing": one.standing,
        "basis": one.basis,
        "plan": one.plan,
        "elsewhere": one.elsewhere,
        "waived_why": one.waived_why,
        "evaluate_by": one.evaluate_by,
    }


def _begun(begun: Begun) -> dict[str, Any]:
    open_blanks = [{"clause": blank.clause, "label": blank.label} for blank in begun.blanks]
    return {"plan": begun.plan, "version": begun.version, "title": begun.title, "blanks": open_blanks}


def _begun_lines(begun: Begun) -> list[str]:
    return [f"{begun.plan}\t{begun.title}", n_("待填 {count} 处", len(begun.blanks))]
