"""The quantity ledger of a plan: its figures, what became of them, and where related plans disagree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum

from plans_repo import access, plans, versions
from plans_repo.against_upper import later_levels, longer_limits, stated
from plans_repo.drafting.words import terms
from plans_repo.plans import UPWARD, Plan, RelationKind
from plans_repo.store.work import Work
from plans_repo.text.alignment import aligned
from plans_repo.text.citation import citations
from plans_repo.text.clause import Clause
from plans_repo.text.quantities import quantities
from plans_repo.text.quantity import Quantity, QuantityKind
from plans_repo.text.recognition import FoundLimit


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """The figures of a version in order, and the citation of every clause."""

    plan: str
    version: str
    entries: tuple[Quantity, ...]
    cited: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class QuantityChange:
    """A figure before and after; None where it came or went."""

    before: Quantity | None
    after: Quantity | None

    @property
    def present(self) -> Quantity:
        """The newer figure, or the one that went."""
        found = self.after or self.before
        assert found is not None
        return found


class Disagreement(StrEnum):
    """How two related plans contradict one another."""

    LIMIT_LONGER = "limit_longer"  # a report limit longer than the upper plan's
    THRESHOLD_HIGHER = "threshold_higher"  # a level begins later than in the upper plan
    PHONE_DIFFERS = "phone_differs"
    NUMBER_DIFFERS = "number_differs"


@dataclass(frozen=True, kw_only=True)
class Side:
    """One of two figures that disagree: plan, clause, its citation, the words."""

    plan: str
    title: str
    clause: str
    cited: str
    words: str
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Contradiction:
    """Two related plans that say different things about one matter; *here* is the plan asked about.

    *lower* is the plan that has to follow the other; "" where neither stands above.
    """

    kind: Disagreement
    about: str
    here: Side
    there: Side
    lower: str = ""


def ledger(work: Work, plan_id: str, version: str = "") -> Ledger:
    """The ledger of a version, the newest when none is named."""
    row = versions.version_row(work, plan_id, version)
    clauses = versions.clauses(work, row)
    return Ledger(plan=plan_id, version=row.id, entries=quantities(clauses, terms(work)), cited=citations(clauses))


def ledger_changes(work: Work, plan_id: str, before: str, after: str) -> tuple[QuantityChange, ...]:
    """What became of the figures from one version to another, in the order of the newer text."""
    old, new = plans.text_of(work, plan_id, before), plans.text_of(work, plan_id, after)
    return quantity_changes(old, new, terms(work))


def quantity_changes(old: Sequence[Clause], new: Sequence[Clause], words: Sequence[str]) -> tuple[QuantityChange, ...]:
    """Figures that differ, clause by clause; one that says the same in other digits does not.

    Only clauses whose words differ are read.
    """
    pairs = aligned(old, new)
    former = {clause.id: clause for clause in old}
    continued = {former_id: clause_id for clause_id, former_id in pairs.items()}
    found: list[QuantityChange] = []
    for clause in new:
        earlier = former.get(pairs.get(clause.id, ""))
        if earlier is None or (earlier.text, earlier.table) != (clause.text, clause.table):
            found += _paired(quantities([earlier], words) if earlier else (), quantities([clause], words))
    gone = [clause for clause in old if clause.id not in continued]
    return (*found, *_paired(quantities(gone, words), ()))


def _paired(old: Sequence[Quantity], new: Sequence[Quantity]) -> Iterator[QuantityChange]:
    """The figures of one clause, each with the one that stood in its place."""
    matcher = SequenceMatcher(None, [_said(one) for one in old], [_said(one) for one in new], autojunk=False)
    for tag, a0, a1, b0, b1 in matcher.get_opcodes():
        if tag == "equal":
            continue
        left, right = list(old[a0:a1]), list(new[b0:b1])
        for after in right:
            before = next((one for one in left if one.kind is after.kind), None)
            if before is not None:
                left.remove(before)
            if before is None or _amounts(before) != _amounts(after):
                yield QuantityChange(before=before, after=after)
        yield from (QuantityChange(before=one, after=None) for one in left)


def _said(one: Quantity) -> tuple[object, ...]:
    return (one.kind, one.about, *_amounts(one))


def _amounts(one: Quantity) -> tuple[object, ...]:
    if one.kind in (QuantityKind.GRADE, QuantityKind.POST, QuantityKind.PHONE):
        return (one.value,)
    return one.low, one.high, one.common_unit, one.per


# ---- Related plans ---------------------------------------------------------------------------------------------------


def contradictions(work: Work, plan_id: str, version: str = "") -> tuple[Contradiction, ...]:
    """Where a version of a plan (the newest unless given) and the newest texts of its upper, lower and linked plans
    do not agree; of plans the actor may not see nothing is told.
    """
    own = plans.plan(work, plan_id)
    here = _Book(work, own, version)
    found: list[Contradiction] = []
    for relation in plans.relations(work, plan_id):
        if relation.kind is RelationKind.REPLACES:
            continue
        other = plans.plan(work, relation.other if relation.plan == plan_id else relation.plan)
        if other.version is None:
            continue
        there = _Book(work, other)
        is_lower = (relation.plan == plan_id) == (relation.kind in UPWARD)
        if relation.kind in UPWARD:
            low, high = (here, there) if is_lower else (there, here)
            found += [_turned(one, here) for one in (*_longer(low, high), *_higher(low, high))]
        found += [*_other_phones(here, there), *_other_numbers(here, there)]
    return tuple(dict.fromkeys(found))


_WHOSE_PHONE = re.compile(r"^(?:24小时|昼夜)?(?:值班|应急|联系|报警|举报|办公)?(?:电话)?$")
_ON_DUTY = re.compile(r"值班|值守|24小时|昼夜|应急|报警")
_MOBILE_DIGITS = 11
_TEAM = re.compile(r"[\u4e00-\u9fff]{2,}(?:大队|支队|总队|中队|救援队|抢险队|应急队|突击队|专业队|救护队|分队|队伍)")


class _Book:
    """A plan's newest text with its figures."""

    def __init__(self, work: Work, plan: Plan, version: str = "") -> None:
        access.visible_plan(work, plan.id)
        self.plan = plan
        row = versions.version_row(work, plan.id, version)
        clauses = versions.clauses(work, row)
        self.cited = citations(clauses)
        self.entries = quantities(clauses, terms(work))
        self.stated = stated(plan.title, plan.hazard, clauses)

    def side(self, one: Quantity) -> Side:
        return self.place(one.clause, one.quotation, one.sentence)

    def limit(self, found: FoundLimit) -> Side:
        """A limit with the words the ledger has for it."""
        words = (
            one.quotation
            for one in self.of(QuantityKind.LIMIT)
            if one.clause == found.clause and found.text[found.at :].startswith(one.quotation)
        )
        return self.place(found.clause, next(words, found.text), found.text)

    def place(self, clause: str, words: str, sentence: str) -> Side:
        return Side(
            plan=self.plan.id, title=self.plan.title, clause=clause, cited=self.cited.get(clause, ""), words=words,
            sentence=sentence,
        )  # fmt: skip

    def of(self, kind: QuantityKind) -> Iterator[Quantity]:
        return (one for one in self.entries if one.kind is kind)


def _longer(low: _Book, high: _Book) -> Iterator[Contradiction]:
    """Limits longer than the plan above gives for the same act."""
    for one in longer_limits(low.stated, high.stated):
        yield Contradiction(
            kind=Disagreement.LIMIT_LONGER, about=one.mine.to, here=low.limit(one.mine), there=high.limit(one.other),
            lower=low.plan.id,
        )  # fmt: skip


def _higher(low: _Book, high: _Book) -> Iterator[Contradiction]:
    """Levels that begin at a larger number than those of the same label in the upper plan."""
    for one in later_levels(low.stated, high.stated):
        mine, other = one.mine, one.other
        yield Contradiction(
            kind=Disagreement.THRESHOLD_HIGHER, about=mine.level, here=low.place(mine.clause, mine.text, mine.text),
            there=high.place(other.clause, other.text, other.text), lower=low.plan.id,
        )  # fmt: skip


def _turned(one: Contradiction, here: _Book) -> Contradiction:
    """The contradiction with the plan asked about on this side."""
    if one.here.plan == here.plan.id:
        return one
    return replace(one, here=one.there, there=one.here)


def _other_phones(here: _Book, there: _Book) -> Iterator[Contradiction]:
    """The same body with telephones of one kind (on duty, fax, other) of which none is in both plans."""
    ours, theirs = _phones(here.of(QuantityKind.PHONE)), _phones(there.of(QuantityKind.PHONE))
    for key in ours.keys() & theirs.keys():
        if not {one.value for one in ours[key]} & {one.value for one in theirs[key]}:
            yield Contradiction(
                kind=Disagreement.PHONE_DIFFERS, about=key[0], here=here.side(ours[key][0]),
                there=there.side(theirs[key][0]),
            )  # fmt: skip


def _phones(entries: Iterable[Quantity]) -> dict[tuple[str, str], list[Quantity]]:
    found: dict[tuple[str, str], list[Quantity]] = {}
    for one in entries:
        owner = re.sub(r"(?:24小时)?(?:值班室?|应急|联系|报警|办公室?)$", "", one.about)
        if len(owner) >= 3 and len(one.value) >= 7 and not _WHOSE_PHONE.fullmatch(one.about):
            found.setdefault((owner, _kind_of_phone(one)), []).append(one)
    return found


def _kind_of_phone(one: Quantity) -> str:
    """On duty, a fax, a mobile of somebody, or any other: numbers of two kinds may well differ."""
    if "真" in one.medium:
        return "fax"
    if len(one.value) == _MOBILE_DIGITS and "-" not in one.value:
        return "mobile"
    return "duty" if _ON_DUTY.search(one.medium) else ""


def _other_numbers(here: _Book, there: _Book) -> Iterator[Contradiction]:
    """The same named team with another number of people, vehicles or squads."""
    ours, theirs = _strengths(here), _strengths(there)
    for key in ours.keys() & theirs.keys():
        if _amounts(ours[key]) != _amounts(theirs[key]):
            yield Contradiction(
                kind=Disagreement.NUMBER_DIFFERS, about="".join(key[:2]), here=here.side(ours[key]),
                there=there.side(theirs[key]),
            )  # fmt: skip


def _strengths(book: _Book) -> dict[tuple[str, str, str, bool], Quantity]:
    """The numbers of named teams; what each of several has is set beside what each has, never beside a total."""
    found: dict[tuple[str, str, str, bool], Quantity] = {}
    for one in book.entries:
        if one.kind in (QuantityKind.PEOPLE, QuantityKind.VEHICLE, QuantityKind.TEAM):
            team = _TEAM.search(one.holder) or _TEAM.search(one.about)
            if team and len(team[0]) >= 5:
                about = "" if one.about in team[0] else one.about
                found.setdefault((team[0], about, one.common_unit, bool(one.per)), one)
    return found
