"""The catalogue of plans: codes, what is there, what ought to be and is not, what need not be and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from rapidfuzz import fuzz
from sqlmodel import col, select

from plans_repo import access, editions, library
from plans_repo.course.side import sides_by_course
from plans_repo.course.stages import CLOSED
from plans_repo.errors import NotAllowed, NotFound, PlansRepoError, StaleRevision
from plans_repo.organisations import Organisation, organisations
from plans_repo.places import Places
from plans_repo.store import events
from plans_repo.store.batches import batched
from plans_repo.store.roles import Action
from plans_repo.store.tables.accounts import OrganisationRow
from plans_repo.store.tables.catalogue import CatalogueRow
from plans_repo.store.tables.plans import PlanKind, PlanRow
from plans_repo.store.work import Work
from plans_repo.writing.expected import Duty, Expected, expected_of, is_met

CHAIN = "catalogue"
LETTERS = {
    PlanKind.OVERALL: "ZT", PlanKind.SPECIAL: "ZX", PlanKind.DEPARTMENT: "BM", PlanKind.SUPPORT: "BZ",
    PlanKind.KEY_TARGET: "MB", PlanKind.MAJOR_ACTIVITY: "HD", PlanKind.JOINT: "LH", PlanKind.CATASTROPHE: "JZ",
    PlanKind.TOWNSHIP: "XZ", PlanKind.VILLAGE: "CS", PlanKind.UNIT: "DW",
}  # fmt: skip
"""The letters of a code: the initials of 总体, 专项, 部门 and so on."""


class Standing(StrEnum):
    """Where an entry stands."""

    IN_FORCE = "in_force"  # 已印发
    WRITING = "writing"  # 在编
    MISSING = "missing"  # 应编未编
    OPEN = "open"  # 可编未编，由单位确定
    WAIVED = "waived"  # 不编，已说明理由
    ENDED = "ended"  # 已废止


@dataclass(frozen=True, kw_only=True, slots=True)
class _Plan:
    """What the catalogue asks of a plan of the library."""

    id: str
    title: str
    kind: PlanKind
    organisation: str
    area: str
    is_in_force: bool
    is_ended: bool
    evaluate_by: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One line of the catalogue; *code* and *id* are empty while nobody has taken it up.

    *asked* is the title by which a rule asks for it, "" where none does. *elsewhere* is the place its plan's title
    names when that is not the place of its body: such a plan meets no line by itself.
    """

    id: str
    code: str
    title: str
    kind: PlanKind
    organisation: str
    basis: str
    standing: Standing
    basis_en: str = ""
    plan: str | None = None
    asked: str = ""
    elsewhere: str = ""
    waived_why: str = ""
    evaluate_by: date | None = None
    revision: int = 0


def catalogue(work: Work) -> tuple[Entry, ...]:
    """The lines of every body the actor answers for, by area, kind and code."""
    bodies = {body.id: body for body in _bodies(work)}
    found = sorted(_entries(work, bodies), key=lambda entry: _place(entry, bodies))
    return tuple(found)


def codes(work: Work, plans: Collection[str]) -> dict[str, str]:
    """The code in the catalogue of each of these plans that has one; for plans the caller may see.

    A joint plan has one in each of its places: the reader's own counts, else that of the body that made it.
    """
    here = access.standpoint(work).area
    query = (
        select(
            CatalogueRow.plan_id, CatalogueRow.code, OrganisationRow.area, PlanRow.organisation_id == OrganisationRow.id
        )
        .join(OrganisationRow, col(OrganisationRow.id) == col(CatalogueRow.organisation_id))
        .join(PlanRow, col(PlanRow.id) == col(CatalogueRow.plan_id))
    )
    found: dict[str, tuple[tuple[bool, bool], str]] = {}
    for some in batched(sorted(plans)):
        for plan, code, area, is_makers in work.session.exec(query.where(col(CatalogueRow.plan_id).in_(some))):
            rank = (here.startswith(area) or area.startswith(here), bool(is_makers))
            if plan is not None and (plan not in found or rank > found[plan][0]):
                found[plan] = (rank, code)
    return {plan: code for plan, (_rank, code) in found.items()}


def take_up(work: Work) -> tuple[Entry, ...]:
    """Give a code to every line that has none yet; what has one keeps it.

    Lines that a body may or may not write get theirs when the plan is begun.
    """
    work.require(Action.EDIT_PLAN)
    bodies = {body.id: body for body in _bodies(work)}
    fresh = [entry for entry in catalogue(work) if not entry.id and entry.standing is not Standing.OPEN]
    rows = [_new_row(work, entry, bodies[entry.organisation]) for entry in fresh]
    if rows:
        events.record(work, CHAIN, "catalogue-taken-up", {"codes": [row.code for row in rows]})
    return catalogue(work)


def waive(work: Work, entry_id: str, reason: str, *, revision: int) -> None:
    """Say that a plan need not be written, and why; an empty reason takes that back."""
    row = _changeable(work, entry_id, revision)
    if row.plan_id:
        raise PlansRepoError("catalogue-plan-exists", thing=row.title, rule="has a plan")
    row.waived_why = " ".join(reason.split())[:500]
    _changed(work, row, "catalogue-waived" if row.waived_why else "catalogue-expected")


def bind(work: Work, entry_id: str, plan_id: str, *, revision: int) -> None:
    """Say which plan is meant by a line."""
    row = _changeable(work, entry_id, revision)
    plan = access.visible_plan(work, plan_id)
    if plan.kind is not row.kind:
        raise PlansRepoError("catalogue-kind-unfit", thing=row.title, field="kind", value=plan.kind.value)
    row.plan_id, row.waived_why = plan.id, ""
    _changed(work, row, "catalogue-bound")


def add(work: Work, title: str, *, kind: PlanKind, organisation: str, basis: str) -> str:
    """A line that no rule asks for, such as a special plan the government has decided on; its code."""
    work.require(Action.EDIT_PLAN)
    bodies = {body.id: body for body in _bodies(work)}
    words, why = " ".join(title.split()), " ".join(basis.split())
    if organisation not in bodies:
        raise NotAllowed("catalogue-of-another-body", thing=words)
    if not words or not why:
        field = "basis" if words else "title"
        raise PlansRepoError("catalogue-entry-incomplete", thing=words or "entry", field=field, rule="must be given")
    if any(entry.title == words and entry.organisation == organisation for entry in catalogue(work)):
        raise PlansRepoError("catalogue-entry-twice", thing=words, field="title", rule="must be new")
    entry = Entry(
        id="", code="", title=words, kind=kind, organisation=organisation, basis=why, standing=Standing.MISSING
    )
    row = _new_row(work, entry, bodies[organisation])
    events.record(work, CHAIN, "catalogue-added", {"code": row.code})
    return row.code


def answering(work: Work) -> tuple[Organisation, ...]:
    """The bodies whose plans the actor answers for, its own first: those it oversees, villages it guides."""
    return tuple(sorted(_bodies(work), key=lambda body: body.id != work.actor.organisation))


def _bodies(work: Work) -> Iterator[Organisation]:
    work.require(Action.READ_PLAN)
    here = access.standpoint(work)
    for body in organisations(work):
        is_overseen = here.oversees and body.area.startswith(here.area)
        if body.id == here.organisation or is_overseen or here.guides(body.area):
            yield body


def _entries(work: Work, bodies: dict[str, Organisation]) -> Iterator[Entry]:
    """Stored lines first, then what rules expect, then plans no line names.

    A plan that was abolished meets nothing any more; its line keeps its code, and one a rule asks for is open again.
    A joint plan stands with the body that made it and with the government of every other side.
    """
    every = organisations(work)
    of_bodies = [each for each in _plans(work) if each.organisation in bodies]
    known = _Known(each for each in of_bodies if not each.is_ended)
    ended = {each.id: each for each in of_bodies if each.is_ended}
    names = Places(every)
    places = {each.id: names.other(each.title, each.area) for each in known.every}
    at_home = _Known(each for each in known.every if not places[each.id])
    rows = [row for row in work.session.exec(select(CatalogueRow)) if row.organisation_id in bodies]
    wanted = [one for body in bodies.values() for one in expected_of(body, every)]
    rules = {(one.organisation, one.kind, one.title): one for one in reversed(wanted)}
    taken = {row.plan_id for row in rows if row.plan_id}
    shared = [each for each in _shared(work) if each.organisation in bodies]
    of_sides = {(each.organisation, each.id): each for each in shared}
    for row in rows:
        rule = rules.get(_key(row))
        met = of_sides.pop((row.organisation_id, row.plan_id or ""), None) or known.by_id.get(row.plan_id or "")
        met = met or _meeting(rule, at_home, taken, bodies, row)
        taken |= {met.id} if met else set()
        yield _stored(row, met, ended.get(row.plan_id or "") if rule is None else None)
    stored = set(map(_key, rows))
    for one in wanted:
        if (one.organisation, one.kind, one.title) not in stored:
            met = _meeting(one, at_home, taken, bodies, None)
            taken |= {met.id} if met else set()
            yield _expected(one, met)
    yield from (_unasked(each, places[each.id]) for each in known.every if each.id not in taken)
    yield from (_unasked(each, "") for each in of_sides.values())


def _plans(work: Work) -> Iterator[_Plan]:
    """The plans the actor may see, by title, read all together."""
    found = library.entries(work)
    evaluate_by = editions.evaluations(work, found)
    for entry in found:
        yield _plan(entry, evaluate_by)


def _shared(work: Work) -> Iterator[_Plan]:
    """Joint plans that count or are being made, once for the government of each other side registered here."""
    found = [entry for entry in library.entries(work) if entry.kind is PlanKind.JOINT and not _is_ended(entry)]
    evaluate_by = editions.evaluations(work, found)
    courses = {one.course for entry in found for one in (entry.in_force, entry.newest) if one}
    sides = sides_by_course(work, courses)
    for entry in found:
        counting = entry.in_force or entry.newest
        for side in sides.get(counting.course, ()) if counting else ():
            if side.organisation:
                yield replace(_plan(entry, evaluate_by), organisation=side.organisation, area=side.area)


def _plan(entry: library.Entry, evaluate_by: Mapping[str, date]) -> _Plan:
    return _Plan(
        id=entry.id,
        title=entry.title,
        kind=entry.kind,
        organisation=entry.organisation or "",
        area=entry.area,
        is_in_force=entry.in_force is not None,
        is_ended=_is_ended(entry),
        evaluate_by=evaluate_by.get(entry.id),
    )


def _key(row: CatalogueRow) -> tuple[str, PlanKind, str]:
    return row.organisation_id, row.kind, row.title


class _Known:
    """The plans there are, in order, and found by id, body, area and title."""

    def __init__(self, found: Iterable[_Plan]) -> None:
        self.every = tuple(found)
        self.by_id = {each.id: each for each in self.every}
        self._place = {each.id: at for at, each in enumerate(self.every)}
        self._shelves: dict[tuple[str, str], list[_Plan]] = {}
        for each in self.every:
            for key in (("body", each.organisation), ("area", each.area), ("title", each.title)):
                self._shelves.setdefault(key, []).append(each)

    def of_body(self, organisation: str, area: str) -> list[_Plan]:
        """Those of a body, and those of an area where one is named."""
        here = self._shelves.get(("area", area), []) if area else []
        both = {each.id: each for each in (*self._shelves.get(("body", organisation), []), *here)}
        return sorted(both.values(), key=lambda each: self._place[each.id])

    def titled(self, title: str) -> list[_Plan]:
        """Those of that title."""
        return self._shelves.get(("title", title), [])


def _meeting(
    one: Expected | None,
    known: _Known,
    taken: set[str],
    bodies: dict[str, Organisation],
    row: CatalogueRow | None,
) -> _Plan | None:
    """The plan that answers a line: of the right body and kind, about the right event; of several the one so called."""
    if one is None:
        named = known.titled(row.title) if row else []
        return next((each for each in named if each.id not in taken), None)
    near = known.of_body(one.organisation, bodies[one.organisation].area if one.event else "")
    fitting = (each for each in near if each.id not in taken and is_met(one, each.kind, each.title))
    return max(fitting, key=lambda each: fuzz.ratio(one.title, each.title), default=None)


def _is_ended(entry: library.Entry) -> bool:
    """Whether the plan counts no more: abolished, or replaced and never followed by another edition."""
    newest = entry.newest
    return entry.in_force is None and newest is not None and newest.state in CLOSED


def _stored(row: CatalogueRow, met: _Plan | None, ended: _Plan | None) -> Entry:
    standing = Standing.WAIVED if row.waived_why and not met else _standing(met, Duty.MUST)
    if met is None and ended is not None:
        standing = Standing.ENDED
    shown = met or ended
    return Entry(
        id=row.id,
        code=row.code,
        title=shown.title if shown else row.title,
        kind=row.kind,
        organisation=row.organisation_id,
        basis=row.basis,
        basis_en=row.basis_en,
        standing=standing,
        plan=shown.id if shown else None,
        waived_why=row.waived_why if not met else "",
        evaluate_by=met.evaluate_by if met else None,
        revision=row.revision,
    )


def _expected(one: Expected, met: _Plan | None) -> Entry:
    return Entry(
        id="",
        code="",
        title=met.title if met else one.title,
        kind=one.kind,
        organisation=one.organisation,
        basis=one.source,
        basis_en=one.source_en,
        standing=_standing(met, one.duty),
        plan=met.id if met else None,
        asked=one.title,
        evaluate_by=met.evaluate_by if met else None,
    )


def _unasked(each: _Plan, elsewhere: str) -> Entry:
    return Entry(
        id="",
        code="",
        title=each.title,
        kind=each.kind,
        organisation=each.organisation,
        basis="",
        standing=_standing(each, Duty.MAY),
        plan=each.id,
        elsewhere=elsewhere,
        evaluate_by=each.evaluate_by,
    )


def _standing(met: _Plan | None, duty: Duty) -> Standing:
    if met is None:
        return Standing.MISSING if duty is Duty.MUST else Standing.OPEN
    return Standing.IN_FORCE if met.is_in_force else Standing.WRITING


def _place(entry: Entry, bodies: dict[str, Organisation]) -> tuple[object, ...]:
    body = bodies.get(entry.organisation)
    return (body.area if body else "/", list(PlanKind).index(entry.kind), entry.code or "~", entry.title)


def _new_row(work: Work, entry: Entry, body: Organisation) -> CatalogueRow:
    row = CatalogueRow(
        id=work.new_id(),
        code=_next_code(work, body, entry.kind),
        title=entry.asked or entry.title,
        kind=entry.kind,
        organisation_id=entry.organisation,
        basis=entry.basis,
        basis_en=entry.basis_en,
        plan_id=entry.plan,
        entered_at=work.now,
        entered_by=work.actor.account,
    )
    work.session.add(row)
    work.session.flush()
    return row


def _next_code(work: Work, body: Organisation, kind: PlanKind) -> str:
    """The next code of an area and kind, such as QINGCHUAN-ZX-003; a code is never given twice."""
    area = "-".join(part.upper() for part in body.area.strip("/").split("/")[-2:] if part) or "YUYAN"
    prefix = f"{area}-{LETTERS[kind]}-"
    given = work.session.exec(
        select(CatalogueRow.code).where(col(CatalogueRow.code).startswith(prefix, autoescape=True))
    )
    return f"{prefix}{max((int(code.removeprefix(prefix)) for code in given), default=0) + 1:03}"


def _changeable(work: Work, entry_id: str, revision: int) -> CatalogueRow:
    work.require(Action.EDIT_PLAN)
    row = work.session.get(CatalogueRow, entry_id, with_for_update=True)
    if row is None or row.organisation_id not in {body.id for body in _bodies(work)}:
        raise NotFound("catalogue-entry-unknown", thing="entry", value=entry_id)
    if row.revision != revision:
        raise StaleRevision("catalogue-entry-changed", thing=row.title, value=revision, present=row.revision)
    return row


def _changed(work: Work, row: CatalogueRow, kind: str) -> None:
    row.revision += 1
    work.session.flush()
    events.record(work, CHAIN, kind, {"code": row.code, "plan": row.plan_id or ""})
