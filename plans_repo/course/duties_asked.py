"""Which units with a duty have been asked about the duty as the text words it now."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlmodel import col, select

from plans_repo import versions
from plans_repo.course import courses
from plans_repo.course.duties import WORDLESS, DutyUnit, aliases, duty_units
from plans_repo.store.tables.consultations import AnswerRow, ConsultationRow, ConsultedUnitRow
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.versions import VersionRow
from plans_repo.store.work import Work
from plans_repo.text.clause import Clause
from plans_repo.text.rendering import clause_text

_ENDS = re.compile(r"[。；;\n]")
_NUMBER = re.compile(r"^[\s0-9０-９一二三四五六七八九十百第章节条.．、()（）①-⑳]+")


def not_asked(work: Work, plan: PlanRow, course: CourseRow, version: VersionRow) -> tuple[DutyUnit, ...]:
    """The units with a duty in *version* that no consultation of the course has asked about it in these words.

    A unit counts as asked by the newest letter, or by an older one that it answered, if every sentence that names it
    now stood in the text it was sent. Names that were left out for a reason are not asked for.
    """
    now = versions.clauses(work, version)
    letters = _Letters(work, course)
    return tuple(
        unit
        for unit in duty_units(work, plan, version)
        if unit.name not in letters.left_out and not letters.covers(unit, _sentences(now, unit))
    )


def answered_before(work: Work, plan: PlanRow, course: CourseRow, version: VersionRow) -> frozenset[str]:
    """The names of the units with a duty that have answered in writing to the very sentences that name them now."""
    now = versions.clauses(work, version)
    letters = _Letters(work, course)
    return frozenset(
        unit.name
        for unit in duty_units(work, plan, version)
        if letters.covers(unit, _sentences(now, unit), only_answered=True)
    )


def in_substance(work: Work, course: CourseRow) -> VersionRow:
    """The text before the corrections that only edit it: what those who were asked could have seen."""
    query = select(VersionRow).where(VersionRow.course_id == course.id).order_by(col(VersionRow.ordinal))
    same = courses.same_in_substance(work, course)
    return next(row for row in work.session.exec(query) if row.id in same)


class _Letters:
    """The consultations of a course: to whom each went, with which text, and who answered."""

    def __init__(self, work: Work, course: CourseRow) -> None:
        self.work = work
        query = select(ConsultationRow).where(ConsultationRow.course_id == course.id)
        letters = work.session.exec(query.order_by(col(ConsultationRow.opened_at))).all()
        self.letters = {row.id: row for row in letters}
        self.newest = letters[-1].id if letters else ""
        self.left_out = frozenset(letters[-1].left_out) if letters else frozenset()
        asked = select(ConsultedUnitRow).where(col(ConsultedUnitRow.consultation_id).in_(self.letters))
        self.units = work.session.exec(asked).all()
        answers = select(AnswerRow.unit_id).where(col(AnswerRow.unit_id).in_([row.id for row in self.units]))
        self.answered = frozenset(work.session.exec(answers))
        self.texts: dict[str, tuple[Clause, ...]] = {}

    def covers(self, unit: DutyUnit, sentences: frozenset[str], *, only_answered: bool = False) -> bool:
        return any(
            sentences <= _sentences(self._text(row.consultation_id), unit)
            for row in self.units
            if (row.organisation_id == unit.organisation if unit.organisation else row.name == unit.name)
            and (row.id in self.answered or (not only_answered and row.consultation_id == self.newest))
        )

    def _text(self, consultation: str) -> tuple[Clause, ...]:
        version = self.letters[consultation].version_id
        if version not in self.texts:
            self.texts[version] = versions.clauses(self.work, self.work.session.get_one(VersionRow, version))
        return self.texts[version]


def _sentences(clauses: tuple[Clause, ...], unit: DutyUnit) -> frozenset[str]:
    """The sentences that name a unit, without their numbers and blanks."""
    return frozenset(_naming(clauses, aliases(unit.name)))


def _naming(clauses: tuple[Clause, ...], names: tuple[str, ...]) -> Iterator[str]:
    for clause in clauses:
        if clause.kind in WORDLESS:
            continue
        for sentence in _ENDS.split(clause_text(clause)):
            if any(name in sentence for name in names):
                yield _NUMBER.sub("", "".join(sentence.split()))
