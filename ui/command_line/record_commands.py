"""``yuyan plan issuer`` and ``drill-report``: what is entered beside an issued edition, with its paper."""

from __future__ import annotations

from plans_repo.course.drill_reports import DrillReport, record_drill_report
from plans_repo.course.issued import newest_issued
from plans_repo.course.issuing_name import IssuedBy, IssuingName, record_issuing_name
from plans_repo.course.papers import Attachment
from plans_repo.course.stages import PaperKind
from plans_repo.packs.naming import name_of as named
from plans_repo.store.roles import Action
from ui.command_line.answer import Answer
from ui.command_line.context import Context, name_of, read_file
from ui.wording import _, day_text, language


def issuer(context: Context) -> Answer:
    """Enter in whose name the newest issued edition was issued."""
    asked = context.arguments
    said = IssuingName(issued_by=IssuedBy(asked.issued_by), signed_by=asked.signed_by)
    paper = _paper(PaperKind.ISSUED_DOCUMENT, asked.paper) if asked.paper else None
    with context.work() as work:
        edition = newest_issued(work, asked.plan, Action.READ_PLAN)
        deed = record_issuing_name(work, edition.version.id, said, on=asked.on, paper=paper)
    return Answer(
        fields={"plan": asked.plan, "issued_by": said.issued_by, "signed_by": said.signed_by, "on": deed.on},
        lines=[_("印发名义：{name}{signed}", name=named("issued_by", said.issued_by, language()), signed="")],
    )


def drill_report(context: Context) -> Answer:
    """Enter that a drill of the plan was reported to the supervisor."""
    asked = context.arguments
    report = DrillReport(drilled_on=asked.drilled, to=asked.to, drill=asked.drill)
    with context.work() as work:
        edition = newest_issued(work, asked.plan, Action.READ_PLAN)
        paper = _paper(PaperKind.DRILL_RECORD, asked.paper)
        deed = record_drill_report(work, edition.version.id, report, paper=paper, on=asked.on)
    return Answer(
        fields={"plan": asked.plan, "drilled_on": report.drilled_on, "to": report.to, "on": deed.on},
        lines=[_("{day} 的演练已登记报送{to}", day=day_text(report.drilled_on), to=report.to)],
    )


def _paper(kind: PaperKind, path: str) -> Attachment:
    return Attachment(kind=kind, name=name_of(path), data=read_file(path))
