"""Keep what was read from a file as a version, and open it again: text, levels, time limits, what to check."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeGuard

from sqlmodel import select

from plans_repo import access, plans, versions
from plans_repo.course.stages import Stage
from plans_repo.errors import PlansRepoError
from plans_repo.import_facts import (
    Facts,
    ImportRecord,
    Mended,
    recognised,
    recognised_hazard,
    recognised_kind,
)
from plans_repo.organisations import organisations
from plans_repo.places import other_place
from plans_repo.standing import reconsidered
from plans_repo.store.tables.plans import PlanKind, PlanRow
from plans_repo.store.tables.versions import Trigger, VersionRow
from plans_repo.store.work import Work
from plans_repo.text.alignment import aligned
from plans_repo.text.clause import Clause, outline, with_id
from plans_repo.text.reading import Notice, Reading, Suggestion, Tracked, Unplaced
from plans_repo.text.recognition import (
    FoundLevel,
    FoundLimit,
    levels,
    time_limits,
)
from sim.plain import plain, unplain
from sim.procedure import Hazard, Procedure

IMPORTED = "导入 "
"""How the reason of a version begins that only says from which file it was read."""
NARROWER_THAN_TEMPLATES = frozenset({PlanKind.TOWNSHIP, PlanKind.VILLAGE, PlanKind.UNIT})
"""Plans of bodies below a county, whose procedures the templates, a county's, fit in part only."""


@dataclass(frozen=True, kw_only=True)
class Recognised:
    """What a file turned out to hold; a proposal for its procedure is made from this."""

    title: str
    kind: PlanKind
    hazard: Hazard | None
    clauses: tuple[Clause, ...]
    levels: tuple[FoundLevel, ...]
    time_limits: tuple[FoundLimit, ...]


@dataclass(frozen=True, kw_only=True)
class OpenedPlan:
    """A version of a plan, opened: what the command line shows after ``import`` and ``show``."""

    plan: str
    version: str
    label: str
    title: str
    kind: PlanKind
    hazard: str
    state: Stage
    root_hash: str
    chars_in: int
    chars_kept: int
    clauses: tuple[Clause, ...]
    levels: tuple[FoundLevel, ...]
    time_limits: tuple[FoundLimit, ...]
    warnings: tuple[Notice, ...]
    unplaced: tuple[Unplaced, ...]
    procedure: Procedure | None
    tracked: Tracked = Tracked.ACCEPT
    suggestions: tuple[Suggestion, ...] = ()
    record: ImportRecord | None = None

    @property
    def outline(self) -> tuple[Clause, ...]:
        """The headings and articles in order."""
        return outline(self.clauses)


Propose = Callable[[Recognised], Procedure | None]


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A reading that was stored: the version, and the reading with the ids its clauses have there."""

    opened: OpenedPlan
    reading: Reading


def keep(
    work: Work,
    reading: Reading,
    data: bytes,
    name: str,
    *,
    kind: PlanKind | None = None,
    hazard: Hazard | None = None,
    into: str = "",
    organisation: str | None = None,
    propose: Propose | None = None,
    part: int | None = None,
    trigger: Trigger = Trigger.IMPORT,
    reason: str = "",
    facts: Facts | None = None,
    read: Facts | None = None,
    mended: Sequence[Mended] = (),
) -> Kept:
    """Store a reading of the file called *name* as a new plan, or as the next version of *into*.

    Kind and hazard are told from title and text unless given. *propose* makes the procedure that goes with the
    text; a procedure that somebody has confirmed stays. *part* says which of several plans in the file it is, from 0.
    *trigger* and *reason* say why the text was written, where that is known; else that it was imported.
    What a person set right is kept with the version: *facts*, which then count instead of kind and hazard, beside what
    was *read*, and the *mended* clauses.
    """
    found = read or recognised(reading)
    if facts is not None:
        reading = replace(reading, title=facts.title.strip())
    row = _target(work, reading, kind=kind, hazard=hazard, into=into, organisation=organisation, facts=facts)
    base = versions.version_row(work, row.id) if into else None
    continued = _continued(reading, versions.clauses(work, base)) if base else reading
    former = versions.procedure(work, base) if base else None
    fresh = proposed(row, continued.title, continued.clauses, propose)
    before = versions.clauses(work, base) if base else ()
    kept = reconsidered(former, before, continued.clauses, fresh)
    procedure = kept if is_confirmed(former) else fresh or kept
    version = versions.make(
        work,
        row,
        continued.clauses,
        procedure,
        reason=reason or f"{IMPORTED}{name}",
        trigger=trigger,
        parents=(base.id,) if base else (),
        title=continued.title,
        original_hash=versions.store_media(work, data, name),
        reading=_account(
            continued,
            is_kept=procedure is not None and procedure is kept,
            is_of_county=procedure is not None and row.kind in NARROWER_THAN_TEMPLATES,
            part=part,
            title=title_remarks(work, continued.title, row.area, plan=row.id),
            record=ImportRecord(read=found, kept=_facts_of(row, continued.title), mended=tuple(mended)),
        ),
    )
    for medium in continued.media:
        versions.store_media(work, medium.data, medium.name)
    return Kept(opened=_opened(work, row, version), reading=continued)


def show(work: Work, plan_id: str, version: str = "") -> OpenedPlan:
    """A version opened again, the newest when not given."""
    row = access.visible_plan(work, plan_id)
    return _opened(work, row, versions.version_row(work, plan_id, version))


def _target(
    work: Work,
    reading: Reading,
    *,
    kind: PlanKind | None,
    hazard: Hazard | None,
    into: str,
    organisation: str | None,
    facts: Facts | None,
) -> PlanRow:
    if not into:
        is_kind = facts.kind if facts else kind or recognised_kind(reading)
        of_hazard = facts.hazard if facts else hazard or recognised_hazard(reading)
        made = plans.create_plan(work, reading.title, kind=is_kind, hazard=of_hazard, organisation=organisation)
        return access.changeable_plan(work, made.id)
    row = access.changeable_plan(work, into)
    _check_same(row, "kind", row.kind.value, kind.value if kind else "")
    _check_same(row, "hazard", row.hazard, hazard.value if hazard else "")
    return row


def _facts_of(row: PlanRow, title: str) -> Facts:
    return Facts(title=title, kind=row.kind, hazard=Hazard(row.hazard) if row.hazard else None)


def _continued(reading: Reading, former: tuple[Clause, ...]) -> Reading:
    """The reading with each clause under the id it had in the version before."""
    pairs = aligned(former, reading.clauses)
    return replace(
        reading,
        clauses=tuple(with_id(clause, pairs.get(clause.id, clause.id)) for clause in reading.clauses),
        unplaced=tuple(replace(entry, clause=pairs.get(entry.clause, entry.clause)) for entry in reading.unplaced),
        comments=tuple(replace(entry, clause=pairs.get(entry.clause, entry.clause)) for entry in reading.comments),
        suggestions=tuple(
            replace(entry, clause=pairs.get(entry.clause, entry.clause)) for entry in reading.suggestions
        ),
        warnings=tuple(
            replace(
                notice,
                fields=tuple(
                    (key, pairs.get(value, value) if key == "clause" else value) for key, value in notice.fields
                ),
            )
            for notice in reading.warnings
        ),
    )


def is_confirmed(procedure: Procedure | None) -> TypeGuard[Procedure]:
    """Whether somebody has accepted a target of it; such work is not replaced by a proposal."""
    return procedure is not None and any(not target.proposed for target in procedure.targets)


def proposed(row: PlanRow, title: str, clauses: tuple[Clause, ...], propose: Propose | None) -> Procedure | None:
    """The procedure *propose* makes for a text, or None."""
    if propose is None:
        return None
    return propose(
        Recognised(
            title=title,
            kind=row.kind,
            hazard=Hazard(row.hazard) if row.hazard else None,
            clauses=clauses,
            levels=levels(clauses),
            time_limits=time_limits(clauses),
        )
    )


def _check_same(row: PlanRow, field: str, present: str, given: str) -> None:
    """What a plan is does not change with its next version."""
    if given and given != present:
        raise PlansRepoError(
            "plan-is-another",
            thing=row.title,
            field=field,
            rule=f"is {present}",
            value=given,
            part=field,
            was=present,
            wished=given,
        )


def title_remarks(work: Work, title: str, area: str | None = None, *, plan: str = "") -> tuple[Notice, ...]:
    """What is remarkable about a title for a plan of *area*, the actor's own unless given: another place's name, and
    that another plan than *plan* bears it already.
    """
    where = access.standpoint(work).area if area is None else area
    place = other_place(title, where, organisations(work))
    elsewhere = (Notice(code="title-of-another-place", fields=(("place", place),)),) if place else ()
    return (*elsewhere, *_of_the_same_name(work, title, where, plan))


def _of_the_same_name(work: Work, title: str, area: str, plan: str) -> tuple[Notice, ...]:
    """The plan of the area that has the title, where it is another one: a revision belongs into it."""
    same = select(PlanRow.id).where(PlanRow.title == title, PlanRow.area == area, PlanRow.id != plan)
    seen = access.visible_ids(work, work.session.exec(same.limit(20)))
    return tuple(Notice(code="title-known", fields=(("plan", one),)) for one in sorted(seen)[:1])


def _account(
    reading: Reading,
    *,
    is_kept: bool,
    is_of_county: bool,
    part: int | None,
    title: tuple[Notice, ...],
    record: ImportRecord,
) -> Mapping[str, Any]:
    """What is kept of a reading beside its clauses.

    *is_kept*: the procedure is that of the version before; *is_of_county*: it is a county's
    template for a plan of a smaller body; *part*: which of several plans in the file it is; *title*: remarks on it.
    """
    codes = {"procedure-kept": is_kept, "template-of-county": is_of_county}
    notices = (
        *title,
        *(Notice(code=code) for code, is_so in codes.items() if is_so),
        *levels_without_conditions(reading.clauses),
    )
    return {
        "chars_in": reading.chars_in,
        "chars_kept": reading.chars_kept,
        "warnings": plain((*reading.warnings, *notices)),
        "unplaced": plain(reading.unplaced),
        "tracked": reading.tracked.value,
        "suggestions": plain(reading.suggestions),
        "part": part,
        "record": plain(record),
    }


def levels_without_conditions(clauses: Sequence[Clause]) -> tuple[Notice, ...]:
    """Response levels the text announces without saying what starts them."""
    return tuple(
        Notice(code="level-without-conditions", fields=(("label", level.label), ("clause", level.clause)))
        for level in levels(clauses)
        if not level.conditions
    )


def _opened(work: Work, row: PlanRow, version: VersionRow) -> OpenedPlan:
    clauses = versions.clauses(work, version)
    kept = sum(clause.char_count for clause in clauses)
    summary = versions.summary(work, version)
    account = version.reading or {"chars_in": kept, "chars_kept": kept, "warnings": [], "unplaced": []}
    return OpenedPlan(
        plan=row.id,
        version=version.id,
        label=summary.label,
        title=version.title,
        kind=row.kind,
        hazard=row.hazard,
        state=summary.state,
        root_hash=version.root_hash,
        chars_in=account["chars_in"],
        chars_kept=account["chars_kept"],
        clauses=clauses,
        levels=levels(clauses),
        time_limits=time_limits(clauses),
        warnings=unplain(tuple[Notice, ...], account["warnings"]),
        unplaced=unplain(tuple[Unplaced, ...], account["unplaced"]),
        procedure=versions.procedure(work, version),
        tracked=Tracked(account.get("tracked", Tracked.ACCEPT)),
        suggestions=unplain(tuple[Suggestion, ...], account.get("suggestions", [])),
        record=unplain(ImportRecord, account["record"]) if "record" in account else None,
    )
