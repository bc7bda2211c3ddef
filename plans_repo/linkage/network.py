"""Plans and how they stand to each other: the relations said, and those the texts and kinds suggest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import col, select

from plans_repo import access, library
from plans_repo.course.stages import CLOSED
from plans_repo.library import Entry
from plans_repo.store.tables.plans import PlanKind, PlanRelationRow, RelationKind
from plans_repo.store.tables.references import ReferenceRow
from plans_repo.store.tables.search import OPEN
from plans_repo.store.work import Work

MOST_PLANS = 120
"""So many plans fit on a map; of more only those related to one another are drawn, the best connected first."""


class Reason(StrEnum):
    """Why a relation is drawn."""

    SAID = "said"  # somebody entered it
    CITED = "cited"  # the text names the other plan
    KIND = "kind"  # a special plan and the overall plan of its area, plans for one hazard along the line of areas


@dataclass(frozen=True, kw_only=True)
class Tie:
    """How one plan stands to another; only what somebody said is a relation, the rest is proposed."""

    plan: str
    other: str
    kind: RelationKind
    reason: Reason

    @property
    def is_proposed(self) -> bool:
        """Whether nobody has said it yet."""
        return self.reason is not Reason.SAID


@dataclass(frozen=True, kw_only=True)
class Network:
    """Plans with their ties; *hidden* says how many plans there was no room for."""

    plans: tuple[Entry, ...]
    ties: tuple[Tie, ...]
    hidden: int = 0


def network(work: Work, plan_id: str = "") -> Network:
    """The plans the actor may see with their ties; around one plan when it is named."""
    every = {entry.id: entry for entry in library.entries(work) if _counts(entry)}
    if plan_id:
        access.visible_plan(work, plan_id)
    said = list(_said(work, every))
    cited = list(_cited(work, every, said))
    ties = [*said, *cited, *_by_kind(every, [*said, *cited], plan_id)]
    if plan_id:
        ties = _around(ties, plan_id)
    shown = _shown(every, ties, plan_id)
    kept = tuple(tie for tie in ties if {tie.plan, tie.other} <= shown)
    wanted = {end for tie in ties for end in (tie.plan, tie.other)} if plan_id else every.keys()
    plans = tuple(entry for key, entry in every.items() if key in shown)
    return Network(plans=plans, ties=kept, hidden=len(wanted) - len(plans))


def proposals(work: Work, plan_id: str) -> tuple[Tie, ...]:
    """Relations of a plan that nobody has said and its text or kind suggests."""
    return tuple(tie for tie in network(work, plan_id).ties if tie.is_proposed and tie.plan == plan_id)


def _counts(entry: Entry) -> bool:
    return entry.newest is not None and (entry.in_force is not None or entry.newest.state not in CLOSED)


def _said(work: Work, every: Mapping[str, Entry]) -> Iterator[Tie]:
    for row in work.session.exec(select(PlanRelationRow).order_by(col(PlanRelationRow.created_at))):
        if row.plan_id in every and row.other_id in every:
            yield Tie(plan=row.plan_id, other=row.other_id, kind=row.kind, reason=Reason.SAID)


def _cited(work: Work, every: Mapping[str, Entry], said: Iterable[Tie]) -> Iterator[Tie]:
    known = _pairs(said)
    query = select(ReferenceRow.plan_id, ReferenceRow.target_plan).distinct()
    query = query.where(ReferenceRow.last == OPEN, ReferenceRow.plan_id != ReferenceRow.target_plan)
    for plan, other in sorted(work.session.exec(query)):
        pair = frozenset((plan, other))
        if plan in every and other in every and pair not in known:
            known.add(pair)
            tie = _from_mention(every[plan], every[other])
            yield from (tie,) if tie else ()


_UNDER_THEIR_OWN = (PlanKind.SPECIAL, PlanKind.DEPARTMENT)
"""Above these stands the overall plan of their own area, not that of the area above."""


def _from_mention(plan: Entry, other: Entry) -> Tie | None:
    """The relation that one plan naming the other suggests: along the line of areas one is above.

    None between a special plan and the overall plan of the area above: no level is skipped.
    """
    for lower, upper in ((plan, other), (other, plan)):
        is_below = lower.area != upper.area and lower.area.startswith(upper.area)
        if is_below and upper.kind is PlanKind.OVERALL and lower.kind in _UNDER_THEIR_OWN:
            return None
        kind = _kind(lower, upper) or (RelationKind.UPPER if is_below else None)
        if kind:
            return Tie(plan=lower.id, other=upper.id, kind=kind, reason=Reason.CITED)
    return Tie(plan=plan.id, other=other.id, kind=RelationKind.LINKED, reason=Reason.CITED)


def _by_kind(every: Mapping[str, Entry], present: Iterable[Tie], plan_id: str) -> Iterator[Tie]:
    """What kinds and areas suggest; of the whole library only where a plan hangs on nothing."""
    known = _pairs(present)
    tied = {end for pair in known for end in pair}
    above: dict[str, list[Entry]] = {}
    for entry in every.values():
        above.setdefault(entry.area, []).append(entry)
    for entry in every.values():
        if entry.id != plan_id and (plan_id or entry.id in tied):
            continue
        for other in _candidates(entry, above):
            kind = _kind(entry, other)
            if kind and frozenset((entry.id, other.id)) not in known:
                known.add(frozenset((entry.id, other.id)))
                yield Tie(plan=entry.id, other=other.id, kind=kind, reason=Reason.KIND)


def _candidates(entry: Entry, by_area: Mapping[str, list[Entry]]) -> Iterator[Entry]:
    """Plans of the same area and of the one next above that has any."""
    yield from (other for other in by_area.get(entry.area, ()) if other.id != entry.id)
    area = entry.area
    while area != "/":
        area = area[: area.rstrip("/").rindex("/") + 1]
        if area in by_area:
            yield from by_area[area]
            return


def _kind(plan: Entry, other: Entry) -> RelationKind | None:
    """How a plan stands to another by its kind, hazard and area; None where that says nothing."""
    same_hazard = plan.hazard and plan.hazard == other.hazard
    if plan.area == other.area:
        if other.kind is PlanKind.OVERALL and plan.kind is not PlanKind.OVERALL:
            return RelationKind.SPECIAL_OF
        return RelationKind.LINKED if same_hazard and plan.kind is other.kind else None
    if not plan.area.startswith(other.area):
        return None
    is_same = plan.kind is other.kind and (same_hazard or plan.kind is PlanKind.OVERALL)
    below = plan.kind in (PlanKind.TOWNSHIP, PlanKind.VILLAGE, PlanKind.UNIT)
    return RelationKind.UPPER if is_same or (below and (same_hazard or other.kind is PlanKind.OVERALL)) else None


def _pairs(ties: Iterable[Tie]) -> set[frozenset[str]]:
    return {frozenset((tie.plan, tie.other)) for tie in ties}


def _around(ties: list[Tie], plan_id: str) -> list[Tie]:
    """The ties of a plan, and those among the plans they lead to."""
    near = {plan_id} | {end for tie in ties if plan_id in (tie.plan, tie.other) for end in (tie.plan, tie.other)}
    return [tie for tie in ties if {tie.plan, tie.other} <= near]


def _shown(every: Mapping[str, Entry], ties: Iterable[Tie], plan_id: str) -> set[str]:
    degree: dict[str, int] = {plan_id: MOST_PLANS * MOST_PLANS} if plan_id else {}
    for tie in ties:
        for end in (tie.plan, tie.other):
            degree[end] = degree.get(end, 0) + 1
    if not plan_id and len(every) <= MOST_PLANS:
        return set(every)
    ordered = sorted(degree, key=lambda key: (-degree[key], every[key].title, key) if key in every else (0, "", key))
    return set(ordered[:MOST_PLANS]) & every.keys()
