"""What a consultation leaves unmet: units not asked, units that are silent, opinions nobody has dealt with."""

from __future__ import annotations

from collections.abc import Iterator

from sqlmodel import col, select

from plans_repo.course.adoption import not_carried_out
from plans_repo.course.conditions import Case, Unmet, condition
from plans_repo.course.consultation import Consultation, ConsultedUnit, consultation_of, newest, opinions_of
from plans_repo.course.duties_asked import in_substance, not_asked
from plans_repo.course.local_rules import switched_on
from plans_repo.course.opinions import Opinion, unsettled
from plans_repo.course.public_consultation import public_unmet
from plans_repo.course.working_days import local_day
from plans_repo.store.tables.consultations import ConsultationRow
from plans_repo.store.tables.versions import VersionRow


@condition("letter")
def letter_unmet(case: Case) -> Iterator[Unmet]:
    """Before a text goes out it is settled to whom, and every unit it gives a duty is among them."""
    row = newest(case.work, case.course)
    if row is None:
        yield Unmet(code="consultation-missing")
        return
    if row.root_hash != case.version.root_hash and not any(one.answer for one in _units(case, row)):
        yield Unmet(code="consultation-of-another-text")
    yield from _unasked(case, case.version)


@condition("duties_asked")
def duties_unmet(case: Case) -> Iterator[Unmet]:
    """Article 22, as long as the text is signed: no unit has got a duty that it was not asked about."""
    yield from _unasked(case, in_substance(case.work, case.course))


@condition("consultation")
def unmet(case: Case) -> Iterator[Unmet]:
    """Article 22: all with a duty were asked and answered in writing, every opinion was dealt with."""
    row = newest(case.work, case.course)
    if row is None:
        yield Unmet(code="consultation-missing")
        return
    yield from _unasked(case, case.version)
    whole = consultation_of(case.work, case.plan, row)
    silent = _silent(case, whole)
    if silent:
        yield Unmet(code="units-silent", fields={"units": silent, "count": len(silent), "value": str(row.due_on)})
    yield from unsettled(opinions_of(case.work, case.course))
    yield from not_carried_out(case, *_with_texts(case))
    yield from public_unmet(case)


def _with_texts(case: Case) -> Iterator[tuple[str, tuple[Opinion, ...]]]:
    """The opinions on every text that was sent out, with its version."""
    query = select(ConsultationRow).where(ConsultationRow.course_id == case.course.id)
    for row in case.work.session.exec(query.order_by(col(ConsultationRow.opened_at))):
        yield row.version_id, tuple(one for unit in _units(case, row) for one in unit.opinions)


def _silent(case: Case, whole: Consultation) -> list[str]:
    """Who must still answer: those with a duty always, others while their time runs or where silence says nothing."""
    waiting = whole.waiting()
    is_over = local_day(case.work.now) > whole.due_on
    if is_over and "silence" in switched_on(case.work, case.plan.area):
        waiting = tuple(unit for unit in waiting if unit.has_duty)
    return [unit.name for unit in waiting]


def _units(case: Case, row: ConsultationRow) -> tuple[ConsultedUnit, ...]:
    return consultation_of(case.work, case.plan, row).units


def _unasked(case: Case, version: VersionRow) -> Iterator[Unmet]:
    missing = [unit.name for unit in not_asked(case.work, case.plan, case.course, version)]
    if missing:
        yield Unmet(code="units-not-asked", fields={"units": missing, "count": len(missing)})
