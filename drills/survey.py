"""All plans of an area as the drill rules see them, read together: as many questions for many plans as for few."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from weakref import ref

from sqlmodel import col, select

from drills.plan_facts import Drilled, drilled, facts_of, is_of_enterprise, subject_from
from drills.plan_rules import OthersDuty, PlanText, parts_in, rules_in
from drills.rules import Rule, UnitPlan
from drills.store.tables import PlanFactsRow
from drills.subject import Subject
from plans_repo import library, plans, versions
from plans_repo.course.stages import DRAFTING, SIGNING, Stage
from plans_repo.library import Entry
from plans_repo.organisations import Organisation, organisations
from plans_repo.plans import Plan
from plans_repo.store.batches import batched
from plans_repo.store.tables.versions import VersionRow
from plans_repo.store.work import Work
from plans_repo.text.clause import Clause

GONE = frozenset({Stage.ABOLISHED, Stage.SUPERSEDED})
BEFORE_ISSUE = DRAFTING | SIGNING
TEXTS_TOGETHER = 50
"""Texts that are read with one another; a text whose intervals are remembered is not read again."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a text sets for its own plan and for others, and the kinds of enterprise plan bound in it."""

    own: tuple[Rule, ...]
    others: tuple[OthersDuty, ...]
    parts: frozenset[UnitPlan]


@dataclass(frozen=True, kw_only=True)
class Survey:
    """The plans of an area the actor may see and that are not abolished.

    *subjects* are those for which intervals run, *drafts* those not issued yet, as far as is known;
    *of_others* the drills that the texts ask of other bodies than their makers.
    """

    subjects: tuple[Subject, ...]
    drafts: tuple[Plan, ...]
    of_others: tuple[OthersDuty, ...]


def survey(work: Work, *, area: str = "/") -> Survey:
    """What the rules see of an area."""
    entries = [one for one in library.entries(work) if one.area.startswith(area) and not _is_gone(one)]
    bodies = {body.id: body for body in organisations(work)}
    entered = {row.plan_id: row for row in work.session.exec(select(PlanFactsRow))}
    days, told = drilled(work), _read_texts(work, entries, bodies)
    subjects, drafts = [], []
    for entry in entries:
        plan, maker = plans.listed(entry), bodies.get(entry.organisation or "")
        if _is_draft(entry, entered.get(plan.id)):
            drafts.append(plan)
            continue
        subjects.append(
            subject_from(
                plan,
                maker,
                facts_of(entered.get(plan.id), plan, maker),
                days.get(plan.id, Drilled()),
                issued_on=entry.in_force.issued_on if entry.in_force else None,
                own_rules=told[plan.id].own if plan.id in told else (),
                parts=told[plan.id].parts if plan.id in told else frozenset(),
            )
        )
    return Survey(
        subjects=tuple(subjects),
        drafts=tuple(drafts),
        of_others=tuple(duty for one in told.values() for duty in one.others),
    )


def subjects(work: Work, *, area: str = "/") -> tuple[Subject, ...]:
    """The plans of an area that count and that the actor may see, as the rules see them."""
    return survey(work, area=area).subjects


def _is_gone(entry: Entry) -> bool:
    return entry.newest is not None and entry.newest.state in GONE


def _is_draft(entry: Entry, row: PlanFactsRow | None) -> bool:
    """Whether a plan is still being written or signed for the first time, as far as is known."""
    if entry.newest is None or entry.newest.state not in BEFORE_ISSUE or entry.in_force is not None:
        return False
    return row is None or not (row.issued_on or row.drilled_on)


def _read_texts(work: Work, entries: Sequence[Entry], bodies: Mapping[str, Organisation]) -> dict[str, Found]:
    """The intervals that the texts in force set, and the kinds of plan bound in those of enterprises, by plan."""
    counting = [(entry, entry.in_force.version) for entry in entries if entry.in_force]
    hashes = dict(_hashes(work, [version for _entry, version in counting]))
    texts = _Texts(work, [hashes[version][1] for _entry, version in counting])
    found: dict[str, Found] = {}
    for at, (entry, version) in enumerate(counting):
        maker = bodies.get(entry.organisation or "")
        text = PlanText(
            plan=entry.id, title=entry.title, kind=entry.kind, maker=maker.name if maker else "",
            root_hash=hashes[version][0], read=_reader(texts, at),
        )  # fmt: skip
        own, others = rules_in(text)
        parts = parts_in(text) if is_of_enterprise(entry.kind, maker) else frozenset()
        found[entry.id] = Found(own=own, others=others, parts=parts)
    return found


def _hashes(work: Work, version_ids: Sequence[str]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Of each version its root hash and that of its tree."""
    for some in batched(version_ids):
        query = select(VersionRow.id, VersionRow.root_hash, VersionRow.tree_hash).where(col(VersionRow.id).in_(some))
        for version, root, tree in work.session.exec(query):
            yield version, (root, tree)


class _Texts:
    """Texts in an order, some of them read at a time and forgotten again."""

    def __init__(self, work: Work, trees: Sequence[str]) -> None:
        self._work = work
        self._trees = trees
        self._read: dict[str, tuple[Clause, ...]] = {}

    def clauses(self, at: int) -> tuple[Clause, ...]:
        """The clauses of a text; the next ones are read with it."""
        tree = self._trees[at]
        if tree not in self._read:
            self._read = versions.clauses_together(self._work, self._trees[at : at + TEXTS_TOGETHER])
        return self._read[tree]


def _reader(texts: _Texts, at: int) -> Callable[[], tuple[Clause, ...]]:
    """Reads a text while the survey lasts, without keeping it or its texts alive."""
    lasting = ref(texts)

    def read() -> tuple[Clause, ...]:
        asked = lasting()
        assert asked is not None
        return asked.clauses(at)

    return read
