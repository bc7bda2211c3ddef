"""Plans and how they stand to each other: the relations said, and those the texts and kinds suggest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from sqlmodel import col, select

from plans_repo import access, library
from plans_repo.course.stages import CLOSED
from plans_repo.library import Entry
from plans_repo.linkage.proposing import Basis, Doubt, Proposal, Proposer, area_above, doubts, sides
from plans_repo.organisations import organisations
from plans_repo.store.tables.plans import UPWARD, PlanKind, PlanRelationRow, RelationKind
from plans_repo.store.tables.references import ReferenceRow
from plans_repo.store.tables.search import OPEN
from plans_repo.store.work import Work

MOST_PLANS = 120
"""So many plans fit on a map; of more only those related to one another are drawn, the best connected first."""


class Reason(StrEnum):
    """Why a relation is drawn."""

    SAID = "said"  # somebody entered it
    CITED = "cited"  # the text names the other plan
    KIND = "kind"  # titles, kinds and areas suggest it


@dataclass(frozen=True, kw_only=True)
class Tie:
    """How one plan stands to another; only what somebody said is a relation, the rest is proposed.

    *basis* says what a proposal rests on.
    """

    plan: str
    other: str
    kind: RelationKind
    reason: Reason
    basis: Proposal | None = None

    @property
    def is_proposed(self) -> bool:
        """Whether nobody has said it yet."""
        return self.reason is not Reason.SAID


@dataclass(frozen=True, kw_only=True)
class Network:
    """Plans with their ties; *hidden* says how many plans there was no room for.

    *doubts* are the plans nothing is proposed of, for their titles name another place than that of their body;
    *left_out* has their titles.
    """

    plans: tuple[Entry, ...]
    ties: tuple[Tie, ...]
    hidden: int = 0
    doubts: tuple[Doubt, ...] = ()
    left_out: Mapping[str, str] = field(default_factory=dict)

    @property
    def titles(self) -> dict[str, str]:
        """The titles of the plans drawn, and of those in doubt that are not."""
        return {entry.id: entry.title for entry in self.plans} | dict(self.left_out)


def network(work: Work, plan_id: str = "") -> Network:
    """The plans the actor may see with their ties; around one plan when it is named."""
    every = {entry.id: entry for entry in library.entries(work) if _counts(entry)}
    if plan_id:
        access.visible_plan(work, plan_id)
    proposer = Proposer(organisations(work))
    said = list(_said(work, every))
    cited = list(_cited(work, every, said, proposer))
    ties = [*said, *cited, *_suggested(every, [*said, *cited], proposer, plan_id)]
    if plan_id:
        ties = _around(ties, plan_id)
    shown = _shown(every, ties, plan_id)
    kept = tuple(tie for tie in ties if {tie.plan, tie.other} <= shown)
    wanted = {end for tie in ties for end in (tie.plan, tie.other)} if plan_id else every.keys()
    plans = tuple(entry for key, entry in every.items() if key in shown)
    told = tuple(_doubts(proposer, every, plan_id, shown))
    left_out = {doubt.plan: every[doubt.plan].title for doubt in told}
    return Network(plans=plans, ties=kept, hidden=len(wanted) - len(plans), doubts=told, left_out=left_out)


def proposals(work: Work, plan_id: str) -> tuple[Tie, ...]:
    """Relations of a plan that nobody has said and its text or kind suggests."""
    return tuple(tie for tie in network(work, plan_id).ties if tie.is_proposed and tie.plan == plan_id)


def _counts(entry: Entry) -> bool:
    return entry.newest is not None and (entry.in_force is not None or entry.newest.state not in CLOSED)


def _said(work: Work, every: Mapping[str, Entry]) -> Iterator[Tie]:
    for row in work.session.exec(select(PlanRelationRow).order_by(col(PlanRelationRow.created_at))):
        if row.plan_id in every and row.other_id in every:
            yield Tie(plan=row.plan_id, other=row.other_id, kind=row.kind, reason=Reason.SAID)


def _cited(work: Work, every: Mapping[str, Entry], said: Iterable[Tie], proposer: Proposer) -> Iterator[Tie]:
    known = _pairs(said)
    query = select(ReferenceRow.plan_id, ReferenceRow.target_plan).distinct()
    query = query.where(ReferenceRow.last == OPEN, ReferenceRow.plan_id != ReferenceRow.target_plan)
    for plan, other in sorted(work.session.exec(query)):
        pair = frozenset((plan, other))
        if plan in every and other in every and pair not in known:
            known.add(pair)
            tie = _from_mention(every[plan], every[other], proposer)
            yield from (tie,) if tie else ()


def _from_mention(plan: Entry, other: Entry, proposer: Proposer) -> Tie | None:
    """The relation that one plan naming the other suggests: which is above by titles and areas, else linked.

    None where a title is in doubt, and between a plan and the overall plan of the area above its own: no level is
    skipped.
    """
    if proposer.doubt(plan) or proposer.doubt(other):
        return None
    for lower, upper in ((plan, other), (other, plan)):
        is_below = lower.area != upper.area and lower.area.startswith(upper.area)
        if is_below and upper.kind is PlanKind.OVERALL and not _is_next(lower, upper):
            return None
        found = [*proposer.upper(lower, () if is_below else [upper], [upper] if is_below else (), ())]
        if found:
            basis = replace(found[0], basis=Basis.CITED)
            return Tie(plan=lower.id, other=upper.id, kind=basis.kind, reason=Reason.CITED, basis=basis)
    basis = Proposal(other=other.id, kind=RelationKind.LINKED, basis=Basis.CITED)
    return Tie(plan=plan.id, other=other.id, kind=RelationKind.LINKED, reason=Reason.CITED, basis=basis)


def _is_next(lower: Entry, upper: Entry) -> bool:
    """Whether the overall plan of an area above is the next one: overall plans, and townships that have none."""
    if lower.kind in (PlanKind.TOWNSHIP, PlanKind.VILLAGE):
        return area_above(lower.area) == upper.area
    return lower.kind is PlanKind.OVERALL


def _suggested(every: Mapping[str, Entry], present: Sequence[Tie], proposer: Proposer, plan_id: str) -> Iterator[Tie]:
    """What titles, kinds and areas suggest; of the whole library only where a plan hangs on nothing."""
    known = _pairs(present)
    tied = {end for pair in known for end in pair}
    by_area: dict[str, list[Entry]] = {}
    for entry in every.values():
        by_area.setdefault(entry.area, []).append(entry)
    for entry in every.values():
        if entry.id == plan_id or not (plan_id or entry.id in tied):
            above_it = [every[tie.other] for tie in present if tie.plan == entry.id and tie.kind in UPWARD]
            here, above = sides(entry, by_area)
            for one in (*proposer.upper(entry, here, above, above_it), *proposer.linked(entry, here)):
                if frozenset((entry.id, one.other)) not in known:
                    known.add(frozenset((entry.id, one.other)))
                    yield Tie(plan=entry.id, other=one.other, kind=one.kind, reason=Reason.KIND, basis=one)


def _doubts(proposer: Proposer, every: Mapping[str, Entry], plan_id: str, shown: set[str]) -> Iterator[Doubt]:
    """The doubts about the plans shown; around one plan also those about plans of its line for the same event."""
    if not plan_id:
        yield from doubts(proposer, (every[key] for key in every if key in shown))
        return
    entry = every.get(plan_id)
    if entry is None:
        return
    own = proposer.topic(entry).subjects
    line = (one for one in every.values() if one.id == plan_id or entry.area.startswith(one.area))
    yield from doubts(proposer, (one for one in line if one.id == plan_id or proposer.topic(one).subjects & own))


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
