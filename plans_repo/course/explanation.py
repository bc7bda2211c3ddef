"""The authoring explanation 编制说明: six fields that every edition must tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from sqlmodel import col, func, select

from plans_repo.course.conditions import Case, Unmet, condition
from plans_repo.course.opening import found, next_ordinal, written
from plans_repo.errors import NotFound
from plans_repo.packs.reading import pack
from plans_repo.store import events
from plans_repo.store.tables.authoring import ExplanationRow
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.work import Work


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A field of the explanation: what it is called and what belongs there."""

    id: str
    title: str
    title_en: str
    hint: str
    hint_en: str


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """What has been written under each heading; *saved_at* is None before anything was."""

    fields: Mapping[str, str] = field(default_factory=dict)
    saved_at: datetime | None = None
    saved_by: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """The headings under which nothing stands yet."""
        return tuple(heading.id for heading in headings() if not self.fields.get(heading.id, "").strip())


@cache
def headings() -> tuple[Heading, ...]:
    """The six fields, in order."""
    return tuple(Heading(**{key: item[key] for key in Heading.__dataclass_fields__}) for item in _pack())


def explanation(work: Work, version_id: str) -> Explanation:
    """The explanation of the edition a version belongs to."""
    _plan, course, _version = found(work, version_id)
    return explanation_of(work, course)


def save_explanation(work: Work, version_id: str, fields: Mapping[str, str]) -> Explanation:
    """Keep what is written under the headings given; the others stay as they are."""
    plan, course, _version = written(work, version_id)
    known = {heading.id for heading in headings()}
    for name in fields:
        if name not in known:
            raise NotFound("heading-unknown", thing=plan.title, field="heading", value=name)
    whole = {**explanation_of(work, course).fields, **{name: words.strip() for name, words in fields.items()}}
    newest = select(func.max(ExplanationRow.ordinal))
    row = ExplanationRow(
        id=work.new_id(),
        ordinal=next_ordinal(work, newest.where(ExplanationRow.course_id == course.id)),
        course_id=course.id,
        fields=whole,
        saved_at=work.now,
        saved_by=work.actor.account,
    )
    work.session.add(row)
    work.session.flush()
    payload = {"course": course.id, "headings": sorted(fields)}
    events.record(work, events.chain_of_plan(plan.id), "explanation-saved", payload)
    return explanation_of(work, course)


def explanation_of(work: Work, course: CourseRow) -> Explanation:
    """The newest explanation of a course."""
    row = work.session.exec(
        select(ExplanationRow)
        .where(ExplanationRow.course_id == course.id)
        .order_by(col(ExplanationRow.ordinal).desc())
        .limit(1)
    ).first()
    return Explanation(fields=row.fields, saved_at=row.saved_at, saved_by=row.saved_by) if row else Explanation()


@condition("explanation")
def unmet(case: Case) -> Iterator[Unmet]:
    """Every field is filled."""
    missing = explanation_of(case.work, case.course).missing
    if missing:
        yield Unmet(code="explanation-incomplete", fields={"headings": missing})


def _pack() -> list[dict[str, str]]:
    found: list[dict[str, str]] = pack("course", "explanation")["heading"]
    return found
