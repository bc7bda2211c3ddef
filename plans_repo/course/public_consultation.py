"""Asking the public: where and when a text was shown, how much came in, and what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import col, func, select

from plans_repo import versions
from plans_repo.course.conditions import Case, Unmet
from plans_repo.course.open_blanks import require_complete
from plans_repo.course.opening import found, need, next_ordinal, written
from plans_repo.course.opinions import Opinion, Remark, opened, stored, treatments
from plans_repo.course.working_days import local_day
from plans_repo.errors import PlansRepoError
from plans_repo.store import events
from plans_repo.store.tables.consultations import PublicConsultationRow
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.work import Work

PUBLIC = "社会公众"
"""Who gives these opinions, as tables name them."""


@dataclass(frozen=True, kw_only=True)
class PublicConsultation:
    """Where a text was shown to the public and until when; *received* is None until it was closed."""

    channel: str
    from_on: date
    to_on: date
    received: int | None
    summary: str
    opinions: tuple[Opinion, ...]


def ask_public(work: Work, version_id: str, *, channel: str, from_on: date, to_on: date) -> PublicConsultation:
    """Show the text to the public from day to day; never one with blanks."""
    plan, course, version = written(work, version_id)
    require_complete(work, plan, version)
    if to_on < from_on:
        raise PlansRepoError(
            "days-reversed", thing=plan.title, field="to_on", rule=f"must be >= {from_on}", value=to_on, low=from_on
        )
    _keep(work, course, channel=need(plan.title, "channel", channel), from_on=from_on, to_on=to_on)
    payload = {"course": course.id, "channel": channel, "from_on": from_on, "to_on": to_on}
    events.record(work, events.chain_of_plan(plan.id), "public-asked", payload)
    return _needed(work, course)


def close_public(
    work: Work, version_id: str, *, received: int, summary: str, opinions: Sequence[Remark] = ()
) -> PublicConsultation:
    """Say what came in, once the days are over: how many, in a few words, and each opinion that asks for a decision."""
    plan, course, version = written(work, version_id)
    open_one = public_consultation_of(work, course)
    if open_one is None:
        raise PlansRepoError("public-not-asked", thing=plan.title, field="channel", rule="must be opened first")
    if local_day(work.now) <= open_one.to_on:
        raise PlansRepoError(
            "public-still-asked", thing=plan.title, field="to_on", rule="must be over", value=open_one.to_on
        )
    if received < len(opinions):
        raise PlansRepoError(
            "public-count-wrong", thing=plan.title, field="received", rule=f"must be >= {len(opinions)}", value=received
        )
    kept = stored(work, opinions, versions.clauses(work, version), plan.title)
    _keep(
        work,
        course,
        channel=open_one.channel,
        from_on=open_one.from_on,
        to_on=open_one.to_on,
        received=received,
        summary=need(plan.title, "summary", summary),
        opinions=kept,
    )
    payload = {"course": course.id, "received": received, "count": len(kept)}
    events.record(work, events.chain_of_plan(plan.id), "public-closed", payload)
    return _needed(work, course)


def public_consultation(work: Work, version_id: str) -> PublicConsultation | None:
    """How the public was asked about the edition of a version, or None."""
    _plan, course, _version = found(work, version_id)
    return public_consultation_of(work, course)


def public_consultation_of(work: Work, course: CourseRow) -> PublicConsultation | None:
    """As ``public_consultation``, of a course."""
    row = _newest(work, course)
    if row is None:
        return None
    return PublicConsultation(
        channel=row.channel,
        from_on=row.from_on,
        to_on=row.to_on,
        received=row.received,
        summary=row.summary,
        opinions=tuple(opened(row.opinions, PUBLIC, treatments(work, course))),
    )


def public_opinions(work: Work, course: CourseRow) -> tuple[Opinion, ...]:
    """What the public said."""
    asked = public_consultation_of(work, course)
    return asked.opinions if asked else ()


def public_unmet(case: Case) -> Iterator[Unmet]:
    """A public consultation that was begun is also ended, with a summary."""
    asked = public_consultation_of(case.work, case.course)
    if asked is not None and asked.received is None:
        yield Unmet(code="public-open", fields={"value": str(asked.to_on)})


def _keep(work: Work, course: CourseRow, **fields: Any) -> None:
    whole: dict[str, Any] = {"received": None, "summary": "", "opinions": [], **fields}
    row = PublicConsultationRow(
        id=work.new_id(),
        ordinal=next_ordinal(
            work,
            select(func.max(PublicConsultationRow.ordinal)).where(PublicConsultationRow.course_id == course.id),
        ),
        course_id=course.id,
        entered_at=work.now,
        entered_by=work.actor.account,
        **whole,
    )
    work.session.add(row)
    work.session.flush()


def _needed(work: Work, course: CourseRow) -> PublicConsultation:
    asked = public_consultation_of(work, course)
    assert asked is not None
    return asked


def _newest(work: Work, course: CourseRow) -> PublicConsultationRow | None:
    return work.session.exec(
        select(PublicConsultationRow)
        .where(PublicConsultationRow.course_id == course.id)
        .order_by(col(PublicConsultationRow.ordinal).desc())
        .limit(1)
    ).first()
