"""What came to a body for its knowledge: copies of filings, and plans in force that name it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy import select
from sqlmodel import col

from plans_repo import access, library
from plans_repo.course.deeds import DeedKind
from plans_repo.course.working_days import local_day
from plans_repo.filing.recipients import Duty, Recipient
from plans_repo.library import Entry
from plans_repo.organisations import organisation
from plans_repo.search.finding import search
from plans_repo.search.question import Question, Scope
from plans_repo.store.roles import Action
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.terms import DeedRow
from plans_repo.store.work import Work
from sim.plain import unplain

MOST_COPIES = 100
LOOKED_BACK = timedelta(days=366)
"""So far back a plan that names the body was issued to be told of."""
_SHORT = re.compile(r"(?<=.)[县市区旗州盟省](?=[^县市区旗州盟省]+$)")
LEAST_SIGNS = 4
"""A shorter name is looked for in full."""


@dataclass(frozen=True, kw_only=True)
class Copy:
    """A plan that was filed elsewhere and of which the body got a copy, or which was sent straight to it."""

    plan: str
    title: str
    duty: Duty
    sent_on: date


@dataclass(frozen=True, kw_only=True)
class Naming:
    """A plan in force that names the body: how often, and when it was issued."""

    entry: Entry
    count: int
    issued_on: date


def copies(work: Work) -> tuple[Copy, ...]:
    """What was copied or sent to the actor's body, the newest first."""
    work.require(Action.READ_PLAN)
    body = work.actor.organisation
    if body is None:
        return ()
    deed = DeedRow.__table__.c  # type: ignore[attr-defined]
    query = (
        select(deed.plan_id, col(PlanRow.title), deed.on, deed.value)
        .join_from(DeedRow, PlanRow, col(PlanRow.id) == deed.plan_id)
        .where(deed.kind.in_([DeedKind.FILING, DeedKind.RECEIVED]), sa.cast(deed.value, sa.Text).contains(body))
        .where(access.standpoint(work).plans_seen())
        .order_by(deed.on.desc(), deed.ordinal.desc())
        .limit(MOST_COPIES)
    )
    found: dict[str, Copy] = {}
    for plan, title, sent_on, value in work.session.execute(query):
        duty = _duty(value.get("recipients", ()), body)
        if duty is not None:
            found.setdefault(plan, Copy(plan=plan, title=title, duty=duty, sent_on=sent_on))
    return tuple(found.values())


def naming(work: Work) -> tuple[Naming, ...]:
    """The plans of the last year in force that name the actor's body most, those of other bodies; the newest first."""
    work.require(Action.READ_PLAN)
    if work.actor.organisation is None:
        return ()
    body = organisation(work, work.actor.organisation)
    question = Question(words=f"“{short_name(body.name)}”", scope=Scope.IN_FORCE, area=_county(body.area))
    found = {one.plan: one.count for one in search(work, question).found}
    entries = library.entries_of(work, found)
    since = local_day(work.now) - LOOKED_BACK
    told = (
        Naming(entry=entry, count=found[plan], issued_on=entry.in_force.issued_on)
        for plan, entry in entries.items()
        if entry.in_force and entry.in_force.issued_on and entry.organisation != body.id
    )
    return tuple(sorted((one for one in told if one.issued_on >= since), key=lambda one: one.issued_on, reverse=True))


def short_name(name: str) -> str:
    """The name as plans of its own place write it: without the name of the place before its level.

    >>> short_name("清川县水利局"), short_name("双堤镇人民政府"), short_name("国网清川县供电公司")
    ('县水利局', '双堤镇人民政府', '国网清川县供电公司')
    """
    level = _SHORT.search(name)
    if level is None or level.start() > LEAST_SIGNS or len(name) - level.start() < LEAST_SIGNS:
        return name
    return name[level.start() :] if not re.match(r"国网|中国|县|市", name) else name


def _county(area: str) -> str:
    """The area in whose texts the short name means this body: its own, of a township its county."""
    return "/" + "/".join(list(_steps(area))[:2]) + "/"


def _steps(area: str) -> Iterator[str]:
    return (step for step in area.split("/") if step)


def _duty(recipients: list[object], body: str) -> Duty | None:
    """Why the body got it, None where it answers itself."""
    mine = [one.duty for told in recipients if (one := unplain(Recipient, told)).organisation == body]
    return mine[0] if mine and Duty.FILE not in mine else None
