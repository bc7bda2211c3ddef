"""Checks as the roof asks for them: with the installation's local packs, what is known of drills, names of codes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from drills.plan_checks import drill_facts
from plans_repo import importing, plans
from plans_repo.checks import checking
from plans_repo.checks.checking import CheckReport
from plans_repo.checks.dossier import FileMeasure
from plans_repo.checks.local_packs import FOLDER, LocalPack, read_packs
from plans_repo.store.work import Work
from plans_repo.word.measuring import measure
from plans_repo.word.plan_document import PlanIdentity, plan_document
from ui.components.check_names import code_name
from ui.wording import language


def local_packs(data: Path) -> tuple[LocalPack, ...]:
    """The local packs of an installation."""
    return read_packs(data / FOLDER)


def check_plan(
    work: Work, data: Path, plan_id: str, version: str = "", *, file: FileMeasure | None = None
) -> CheckReport:
    """Every rule on a version, in the reader's language; the page of its export is measured unless *file* is."""
    measured = file or measure_export(work, plan_id, version)
    return checking.check(
        work,
        plan_id,
        version,
        drills=drill_facts(work, plan_id),
        packs=local_packs(data),
        file=measured,
        language=language(),
        names=code_name,
    )


def measure_export(work: Work, plan_id: str, version: str) -> FileMeasure:
    """What the export of a version says of its own page."""
    name, data = export_of(work, plan_id, version)
    return measure(data, name)


def export_of(work: Work, plan_id: str, version: str) -> tuple[str, bytes]:
    """Name and bytes of the export of a version; its tables, which say nothing of the page, are left out."""
    opened = importing.show(work, plan_id, version)
    identity = PlanIdentity(
        plan=plan_id,
        version=opened.version,
        root_hash=opened.root_hash,
        title=opened.title,
        made_at=plans.version_of(work, plan_id, opened.version).created_at,
    )
    clauses = [replace(clause, table=None) for clause in opened.clauses]
    return f"{opened.title}.docx", plan_document(identity, clauses, contents=False).data
