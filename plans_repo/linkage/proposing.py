"""Which relations titles, kinds and areas suggest, and why; never one that a title contradicts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.fuzz import ratio

from plans_repo.library import Entry
from plans_repo.linkage.subjects import Topic, topic, wider
from plans_repo.organisations import Organisation, OrganisationKind
from plans_repo.places import Places
from plans_repo.store.tables.plans import PlanKind, RelationKind

_OF_PLACES = frozenset({OrganisationKind.GOVERNMENT, OrganisationKind.TOWNSHIP, OrganisationKind.VILLAGE})
_GRASS_ROOTS = frozenset({PlanKind.TOWNSHIP, PlanKind.VILLAGE, PlanKind.UNIT})
_WITHOUT_UPPER = frozenset({PlanKind.JOINT})
"""Plans several governments make together: which one stands above them is for them to say."""
_PART_OF_OVERALL = frozenset({
    PlanKind.SPECIAL, PlanKind.SUPPORT, PlanKind.KEY_TARGET, PlanKind.MAJOR_ACTIVITY, PlanKind.CATASTROPHE,
})  # fmt: skip


class Basis(StrEnum):
    """What a proposal rests on."""

    CITED = "cited"  # the text names the other plan
    SAME_SUBJECT = "same_subject"  # both titles name the same event
    WIDER_SUBJECT = "wider_subject"  # the other title names what this one's event is a part of
    OVERALL = "overall"  # the overall plan; nothing nearer is there


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A relation suggested: to which plan, of what kind, on what it rests, by which words or subjects of the titles."""

    other: str
    kind: RelationKind
    basis: Basis
    subject: str = ""
    other_subject: str = ""


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """A plan whose title names another place than that of the body it is kept for; no relation of it is proposed."""

    plan: str
    place: str
    body: str


class Proposer:
    """Reads titles against the register of places, and tells what plans they suggest as upper or linked ones."""

    def __init__(self, bodies: Sequence[Organisation]) -> None:
        self._places = Places(bodies)
        self._kinds = {body.id: body.kind for body in bodies}
        self._names = {body.id: body.name for body in bodies}
        self._read: dict[str, tuple[Doubt | None, Topic]] = {}

    def doubt(self, entry: Entry) -> Doubt | None:
        """Why nothing is proposed of a plan: its title names a place that is not its body's."""
        return self._of(entry)[0]

    def topic(self, entry: Entry) -> Topic:
        """What the title of a plan speaks of, without the place it names."""
        return self._of(entry)[1]

    def upper(
        self, entry: Entry, here: Sequence[Entry], above: Sequence[Entry], tied: Iterable[Entry]
    ) -> list[Proposal]:
        """The upper plans suggested: one for each subject, and the overall plan.

        *here* are the plans of the same area, *above* those of the area next above that has any, *tied* the upper
        plans the plan already has: what they stand for is not asked again.
        """
        if self.doubt(entry) or entry.kind in _WITHOUT_UPPER:
            return []
        known = list(tied)
        if entry.kind in _GRASS_ROOTS:
            is_government = any(one.kind not in _GRASS_ROOTS for one in here)  # a unit's plan kept for its county
            return self._of_grass_roots(entry, here if is_government else above, known)
        found: list[Proposal] = []
        if entry.kind is not PlanKind.OVERALL:
            if not any(one.area == entry.area and one.kind is PlanKind.OVERALL for one in known):
                part = RelationKind.SPECIAL_OF if entry.kind in _PART_OF_OVERALL else RelationKind.UPPER
                found += self._overall(part, here)
            if not any(one.area != entry.area for one in known):
                found += self._nearest(entry, [one for one in above if one.kind is entry.kind])
        elif not known:
            found += self._overall(RelationKind.UPPER, above)
        return found

    def linked(self, entry: Entry, here: Iterable[Entry]) -> list[Proposal]:
        """Plans of the same area and kind that answer the same event or the one it is a part of; one of each."""
        if self.doubt(entry) or entry.kind in (PlanKind.OVERALL, PlanKind.UNIT):
            return []
        others = self._sound(one for one in here if one.kind is entry.kind and one.id != entry.id)
        own = self.topic(entry)
        found = []
        for subject in sorted(own.subjects):
            same = [one for one in others if subject in self.topic(one).subjects]
            found += self._one(entry, same, RelationKind.LINKED, Basis.SAME_SUBJECT, subject, subject)
            found += self._wider(entry, others, RelationKind.LINKED, subject)
        return _once(found)

    def _of(self, entry: Entry) -> tuple[Doubt | None, Topic]:
        if entry.id not in self._read:
            named = self._places.named(entry.title, entry.area)
            words = named.words if named else ""
            fits = named is None or (named.area is not None and self._fits(entry, named.area))
            doubt = (
                None if fits else Doubt(plan=entry.id, place=words, body=self._names.get(entry.organisation or "", ""))
            )
            self._read[entry.id] = (doubt, topic(entry.title, words))
        return self._read[entry.id]

    def _fits(self, entry: Entry, named: str) -> bool:
        """Whether a plan of this kind, of this body, may name that place.

        A unit's plan is kept for the unit, its township or its county; a body that is no place may name a wider one.
        """
        if named == entry.area:
            return True
        if entry.kind is PlanKind.UNIT:
            return named.startswith(entry.area) or entry.area.startswith(named)
        return entry.area.startswith(named) and self._kinds.get(entry.organisation or "") not in _OF_PLACES

    def _sound(self, entries: Iterable[Entry]) -> list[Entry]:
        return [one for one in entries if not self.doubt(one)]

    def _overall(self, kind: RelationKind, entries: Iterable[Entry]) -> list[Proposal]:
        """The overall plan among them; none where several are, for which one counts is not known."""
        found = self._sound(one for one in entries if one.kind is PlanKind.OVERALL)
        return [Proposal(other=found[0].id, kind=kind, basis=Basis.OVERALL)] if len(found) == 1 else []

    def _of_grass_roots(self, entry: Entry, around: Sequence[Entry], known: Sequence[Entry]) -> list[Proposal]:
        """The plan for the same event of the government it is under, else the general plan of that government."""
        if known:
            return []
        kinds = {PlanKind.SPECIAL}
        if entry.kind is PlanKind.VILLAGE:
            kinds.add(PlanKind.TOWNSHIP)
        others = list(around)
        found = self._nearest(entry, [one for one in others if one.kind in kinds])
        if found:
            return found
        general = [one for one in others if one.kind is PlanKind.TOWNSHIP and self.topic(one).is_general]
        if entry.kind is PlanKind.VILLAGE and len(general) == 1 and not self.doubt(general[0]):
            return [Proposal(other=general[0].id, kind=RelationKind.UPPER, basis=Basis.OVERALL)]
        return self._overall(RelationKind.UPPER, others)

    def _nearest(self, entry: Entry, candidates: Iterable[Entry]) -> list[Proposal]:
        """For every subject of the title the one plan for it, or else the one for what it is a part of."""
        others, own = self._sound(candidates), self.topic(entry)
        if own.rest:
            same = [one for one in others if self.topic(one).rest == own.rest]
            return self._one(entry, same, RelationKind.UPPER, Basis.SAME_SUBJECT, own.rest, own.rest)
        found = []
        for subject in sorted(own.subjects):
            same = [one for one in others if subject in self.topic(one).subjects]
            found += self._one(entry, same, RelationKind.UPPER, Basis.SAME_SUBJECT, subject, subject) or self._wider(
                entry, others, RelationKind.UPPER, subject
            )
        return _once(found)

    def _wider(self, entry: Entry, others: Iterable[Entry], kind: RelationKind, subject: str) -> list[Proposal]:
        several = list(others)
        for above in wider(subject):
            fitting = [one for one in several if above in self.topic(one).subjects]
            if fitting:
                return self._one(entry, fitting, kind, Basis.WIDER_SUBJECT, subject, above)
        return []

    def _one(
        self, entry: Entry, several: Sequence[Entry], kind: RelationKind, basis: Basis, subject: str, other: str
    ) -> list[Proposal]:
        """Of several the one whose title names most of the same and least beside, then the one worded most alike."""
        if not several:
            return []
        best = max(several, key=lambda one: (*self._closeness(entry, one), one.in_force is not None, one.id))
        return [Proposal(other=best.id, kind=kind, basis=basis, subject=subject, other_subject=other)]

    def _closeness(self, entry: Entry, other: Entry) -> tuple[int, int, float]:
        own, theirs = self.topic(entry).subjects, self.topic(other).subjects
        return len(own & theirs), -len(theirs - own), ratio(entry.title, other.title)


def _once(found: Iterable[Proposal]) -> list[Proposal]:
    """Each plan once, by the strongest basis it is proposed on."""
    ordered = sorted(found, key=lambda one: one.basis is not Basis.SAME_SUBJECT)
    first: dict[str, Proposal] = {}
    for one in ordered:
        first.setdefault(one.other, one)
    return list(first.values())


def sides(entry: Entry, by_area: Mapping[str, Sequence[Entry]]) -> tuple[list[Entry], list[Entry]]:
    """The other plans of the same area, and those of the area next above that has any."""
    here = [one for one in by_area.get(entry.area, ()) if one.id != entry.id]
    area = entry.area
    while area != "/":
        area = area_above(area)
        if area in by_area:
            return here, list(by_area[area])
    return here, []


def area_above(area: str) -> str:
    """The area around an area.

    >>> area_above("/1/e/")
    '/1/'
    """
    return area[: area.rstrip("/").rindex("/") + 1] if area != "/" else area


def doubts(proposer: Proposer, entries: Iterable[Entry]) -> Iterator[Doubt]:
    """The plans of which nothing is proposed, and the place their titles name."""
    yield from (doubt for entry in entries if (doubt := proposer.doubt(entry)))
