"""What a report states of the people behind it: figures looked over, conclusions, signatures; and of the norms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sim.figure import Mark

UNCONFIRMED = (Mark.TO_BE_CONFIRMED, Mark.EXPERT, Mark.DEMO)
"""What has to be looked into before a conclusion is used."""
TICKED, OBJECTED, OPEN = "ticked", "objected", "open"


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemFacts:
    """A figure the study rests on, and what was said of it; *value* is in words, *look* ticked, objected or open.

    *note* is the objection, or what a tick rests on; *answer* is what was said to an objection, by *answered_by*.
    """

    kind: str
    title: str
    value: str
    source: str
    mark: Mark
    clause_number: str = ""
    look: str = OPEN
    note: str = ""
    name: str = ""
    answer: str = ""
    answered_by: str = ""
    is_withdrawn: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ConclusionFacts:
    """A conclusion on a target (or on the whole, "") beside the computed verdict; *departure* says why they differ."""

    target: str
    judgement: str
    computed: str
    reason: str
    departure: str = ""
    name: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class SignatureFacts:
    """Who submitted, returned or signed out, in which post and when."""

    kind: str
    name: str
    post: str
    at: datetime
    words: str = ""

    @property
    def told_post(self) -> str:
        """The post, "" where the name already carries it: 秦临川（分管副县长）."""
        return "" if self.post in self.name else self.post


@dataclass(frozen=True, kw_only=True, slots=True)
class AssessedFacts:
    """The assessment as it stands; without anything, it has not begun. *digest* is what was signed."""

    state: str = "not_begun"
    items: tuple[ItemFacts, ...] = ()
    conclusions: tuple[ConclusionFacts, ...] = ()
    signatures: tuple[SignatureFacts, ...] = ()
    digest: str = ""

    @property
    def is_final(self) -> bool:
        """Whether it was signed out."""
        return self.state == "signed_out"

    def items_that(self, look: str) -> tuple[ItemFacts, ...]:
        """The figures that are ticked, objected to or open."""
        return tuple(item for item in self.items if item.look == look)

    @property
    def unconfirmed(self) -> tuple[ItemFacts, ...]:
        """The figures nobody has confirmed yet."""
        return tuple(item for item in self.items if item.mark in UNCONFIRMED)

    def conclusion_on(self, target: str) -> ConclusionFacts | None:
        """The conclusion on a target."""
        return next((each for each in self.conclusions if each.target == target), None)

    def last(self, kind: str) -> SignatureFacts | None:
        """The latest submission, return or sign-out."""
        return next((each for each in reversed(self.signatures) if each.kind == kind), None)


@dataclass(frozen=True, kw_only=True, slots=True)
class NormFacts:
    """A norm counted for the event: what it asks for, what there is, and what the runs showed of the same units.

    *basis*, *needed* and *held* are in words, "" for what is not known; *outcome* is met, short or unknown.
    *given* are the kinds of places the event has in place of those the norm counts by.
    """

    title: str
    basis_title: str
    basis: str
    needed: str
    held: str
    missing: str
    outcome: str
    simulated: str
    source: str
    article: str
    mark: Mark
    is_local: bool = False
    given: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskFacts:
    """One task of the network that was played: its clause, what it waits for, the units it takes."""

    title: str
    clause_number: str
    after: str
    units: str
