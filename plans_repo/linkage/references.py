"""References of a plan: what each mention means today, and what became of it.

The text stays as it was written. Where a clause was renumbered the reference is told with its present
number; the words themselves change only by an edit somebody makes (`rewritten`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlmodel import col, select

from plans_repo import access, versions
from plans_repo.course.stages import CLOSED, EFFECTIVE
from plans_repo.linkage.laws import Law, LawStatus, law
from plans_repo.linkage.links import Aims, Key, Target, keyed, links_of, newest_clauses
from plans_repo.linkage.mentions import Mention, MentionKind, mentions
from plans_repo.linkage.numbering import Numbering
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.references import ReferenceRow
from plans_repo.store.tables.search import OPEN
from plans_repo.store.work import Work
from plans_repo.text.citation import citations
from plans_repo.text.clause import Cell, Clause, Table


class Outcome(StrEnum):
    """What became of a reference."""

    FOUND = "found"  # points at what it says
    RENUMBERED = "renumbered"  # its target has another number now
    GONE = "gone"  # its target was deleted
    ABOLISHED = "abolished"  # the plan or law it names does not count any more
    AMBIGUOUS = "ambiguous"  # several fit
    UNRESOLVED = "unresolved"  # nothing fits
    UNKNOWN = "unknown"  # a law the pack does not have


FINDINGS = frozenset({Outcome.GONE, Outcome.ABOLISHED})
"""What must be put right: something that was there is not."""
DOUBTS = frozenset({Outcome.AMBIGUOUS, Outcome.UNRESOLVED})
"""What somebody should look at: the text may be wrong, or the library incomplete."""


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A mention with what it means: the place in the text, the target and its present number, what became of it."""

    mention: Mention
    cited_at: str
    outcome: Outcome
    plan: str = ""
    plan_title: str = ""
    clause: str = ""
    number: str = ""
    heading: str = ""
    law: Law | None = None
    candidates: tuple[str, ...] = ()

    @property
    def is_finding(self) -> bool:
        """Whether its target is gone or does not count any more."""
        return self.outcome in FINDINGS


@dataclass(frozen=True, kw_only=True)
class Citing:
    """Words of another plan that point at this one."""

    plan: str
    title: str
    clause: str
    words: str
    target: str


def references(work: Work, plan_id: str, version: str = "") -> tuple[Reference, ...]:
    """The references of a version in the order of its text; of the newest the actor may read when none is named."""
    row = versions.version_row(work, plan_id, version)
    return references_in(work, plan_id, versions.clauses(work, row), row.ordinal)


def references_alone(clauses: Sequence[Clause]) -> tuple[Reference, ...]:
    """The references of a text as far as it explains them itself: no library, and no memory of what a number meant."""
    return tuple(_Alone(clauses, mentions(clauses), Numbering(clauses)).references())


def references_in(work: Work, plan_id: str, clauses: Sequence[Clause], ordinal: int = OPEN) -> tuple[Reference, ...]:
    """The same for a text, such as a draft: what its words pointed at in the version of that ordinal goes on."""
    plan = access.visible_plan(work, plan_id)
    return tuple(_Meaning(work, plan, clauses, mentions(clauses), ordinal).references())


def findings(work: Work, plan_id: str, version: str = "") -> tuple[Reference, ...]:
    """The references whose target was deleted, abolished or replaced."""
    return tuple(one for one in references(work, plan_id, version) if one.is_finding)


def cited_by(work: Work, plan_id: str) -> tuple[Citing, ...]:
    """What other plans the actor may see say of this one in their newest text."""
    access.visible_plan(work, plan_id)
    query = (
        select(ReferenceRow, PlanRow.title)
        .join(PlanRow, col(PlanRow.id) == col(ReferenceRow.plan_id))
        .where(ReferenceRow.target_plan == plan_id, ReferenceRow.plan_id != plan_id, ReferenceRow.last == OPEN)
        .where(access.standpoint(work).plans_seen())
        .order_by(col(PlanRow.title), col(ReferenceRow.clause_id), col(ReferenceRow.nth))
    )
    rows = work.session.exec(query).all()
    readable = {row.plan_id: {c.id for c in newest_clauses(work, row.plan_id)} for row, _title in rows}
    return tuple(
        Citing(plan=row.plan_id, title=title, clause=row.clause_id, words=row.words, target=row.target_clause)
        for row, title in rows
        if row.clause_id in readable[row.plan_id]
    )


def rewritten(work: Work, plan_id: str, clauses: Sequence[Clause]) -> tuple[Clause, ...]:
    """Those of the clauses whose references say an old number, with the present one: an edit to be shown and saved."""
    by_clause: dict[str, list[Reference]] = {}
    for one in references_in(work, plan_id, clauses):
        if one.outcome is Outcome.RENUMBERED and one.number:
            by_clause.setdefault(one.mention.clause, []).append(one)
    return tuple(_rewritten(clause, by_clause[clause.id]) for clause in clauses if clause.id in by_clause)


def _rewritten(clause: Clause, outdated: Sequence[Reference]) -> Clause:
    here = clause
    for one in sorted(outdated, key=lambda each: -each.mention.start):
        mention = one.mention
        words = mention.words[: len(mention.words) - len(mention.shown_number)] + one.number
        if mention.cell is None:
            here = replace(here, text=here.text[: mention.start] + words + here.text[mention.end :])
        elif here.table:
            here = replace(here, table=_with_words(here.table, mention, words))
    return here


def _with_words(table: Table, mention: Mention, words: str) -> Table:
    """The table with the words of a mention changed; a cell that holds a table of its own stays as it is."""
    assert mention.cell is not None
    at, column = mention.cell

    def changed(cell: Cell) -> Cell:
        text = cell.content[0] if len(cell.content) == 1 else None
        if not isinstance(text, str):
            return cell
        return replace(cell, content=(text[: mention.start] + words + text[mention.end :],))

    rows = [list(row) for row in table.rows]
    rows[at][column] = changed(rows[at][column])
    return replace(table, rows=tuple(map(tuple, rows)))


class _Alone:
    """What the mentions of one text mean by the text itself and the pack of laws."""

    def __init__(self, clauses: Sequence[Clause], found: Sequence[Mention], numbering: Numbering) -> None:
        self.found = dict(keyed(found))
        self.numbering = numbering
        self.cited = citations(clauses)

    def references(self) -> Iterator[Reference]:
        for key, mention in self.found.items():
            blank = Reference(mention=mention, cited_at=self.cited[mention.clause], outcome=Outcome.UNRESOLVED)
            yield self._law(blank) if mention.kind is MentionKind.LAW else self._meant(key, blank)

    def _meant(self, _key: Key, blank: Reference) -> Reference:
        if blank.mention.kind is MentionKind.PLAN:
            return self._unless_in_pack(blank)
        there = self.numbering.clauses_at(blank.mention.number)
        if len(there) != 1:
            return replace(blank, outcome=Outcome.AMBIGUOUS) if there else blank
        heading = self.numbering.clauses[there[0]].heading
        return replace(
            blank, outcome=Outcome.FOUND, clause=there[0], number=blank.mention.shown_number, heading=heading
        )

    def _law(self, blank: Reference) -> Reference:
        named = law(blank.mention.title, blank.mention.edition)
        if named is None:
            return replace(blank, outcome=Outcome.UNKNOWN)
        is_replaced = named.status is LawStatus.REPLACED
        return replace(blank, law=named, outcome=Outcome.ABOLISHED if is_replaced else Outcome.FOUND)

    def _unless_in_pack(self, blank: Reference) -> Reference:
        """A plan the library has not may be one of the national plans of the pack."""
        told = self._law(blank)
        return told if told.law else blank


class _Meaning(_Alone):
    """What the mentions of a plan's text mean in the library."""

    def __init__(
        self, work: Work, plan: PlanRow, clauses: Sequence[Clause], found: Sequence[Mention], ordinal: int
    ) -> None:
        self.work, self.plan = work, plan
        self.aims = Aims(work, plan, clauses, found)
        super().__init__(clauses, found, self.aims.numbering)
        self.links = links_of(work.session, plan.id, ordinal)
        self.seen = access.visible_ids(work, {target.plan for target in self.links.values()} | {plan.id})

    def _meant(self, key: Key, blank: Reference) -> Reference:
        linked = self.links.get(key)
        if linked and linked.plan in self.seen:
            return self._of_target(blank, linked)
        targets = self.aims.targets(blank.mention)
        is_plan = blank.mention.kind is MentionKind.PLAN
        return self._unless_in_pack(blank) if is_plan and not targets else self._of_targets(blank, targets)

    def _of_targets(self, blank: Reference, targets: tuple[Target, ...]) -> Reference:
        if len(targets) == 1:
            return self._of_target(blank, targets[0])
        if not targets:
            return blank
        names = tuple(self.cited.get(target.clause, "") or self._title(target.plan) for target in targets)
        return replace(blank, outcome=Outcome.AMBIGUOUS, candidates=names)

    def _of_target(self, blank: Reference, target: Target) -> Reference:
        numbering = self.numbering if target.plan == self.plan.id else self.aims.text_of(target.plan)
        told = replace(blank, plan=target.plan, plan_title=self._title(target.plan), clause=target.clause)
        if target.plan != self.plan.id and self._is_closed(target.plan):
            return replace(told, outcome=Outcome.ABOLISHED)
        number = blank.mention.number
        if not target.clause:
            missing = bool(number) and not numbering.clauses_at(number)
            return replace(told, outcome=Outcome.UNRESOLVED if missing else Outcome.FOUND)
        if target.clause not in numbering.clauses:
            return replace(told, outcome=Outcome.GONE)
        told = replace(told, heading=numbering.clauses[target.clause].heading)
        if numbering.fits(number, target.clause):
            return replace(told, outcome=Outcome.FOUND, number=blank.mention.shown_number)
        return replace(told, outcome=Outcome.RENUMBERED, number=self._present(blank.mention, numbering, target))

    def _present(self, mention: Mention, numbering: Numbering, target: Target) -> str:
        """The present number as the words would say it; what they leave out as known stays left out."""
        present = numbering.written(mention.number, target.clause)
        above = mention.number[: len(mention.number) - len(mention.shown_number)]
        return present.removeprefix(above) if above else present

    def _title(self, plan_id: str) -> str:
        return self.work.session.get_one(PlanRow, plan_id).title

    def _is_closed(self, plan_id: str) -> bool:
        stages = access.stages_of(self.work, plan_id)
        return bool(stages & CLOSED) and not stages & EFFECTIVE and stages <= CLOSED
