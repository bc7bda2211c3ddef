"""An assessment as a value: what was looked over, what was concluded, who submitted, returned and signed it out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from plans_repo.assessing.moves import State
from plans_repo.store.tables.assessments import StepKind
from plans_repo.study_assumptions import Assumption
from sim.statistics import Verdict

OVERALL = ""
"""The target of the conclusion on the whole plan."""


class Judgement(StrEnum):
    """What an assessor concludes."""

    ADEQUATE = "adequate"  # 充分
    NOT_ADEQUATE = "not_adequate"  # 不足
    INSUFFICIENT = "insufficient"  # 证据不足


class Needed(StrEnum):
    """Words of a step; most it cannot do without."""

    NOTE = "note"
    BASIS = "basis"
    ANSWER = "answer"
    WITHDRAWAL = "withdrawal"
    REASON = "reason"
    POST = "post"
    VERDICT = "verdict"
    DEPARTURE = "departure"
    OPINION = "opinion"


SAME = {
    Verdict.ADEQUATE: Judgement.ADEQUATE,
    Verdict.NOT_ADEQUATE: Judgement.NOT_ADEQUATE,
    Verdict.UNDECIDED: Judgement.INSUFFICIENT,
}
"""The conclusion that says the same as a computed verdict."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """What somebody said of one figure: in order, on the basis in its *note*, or an objection with its *note*.

    An objection stays with the *answer* to it; one that was withdrawn says why, and the figure is in order.
    """

    key: str
    is_objection: bool
    note: str
    seen: str
    by: str
    name: str
    at: datetime
    answer: str = ""
    answered_by: str = ""
    is_withdrawn: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it is an objection that nobody has answered."""
        return self.is_objection and not self.answer


@dataclass(frozen=True, kw_only=True, slots=True)
class Conclusion:
    """A conclusion on a target (or on the whole, `OVERALL`), beside the *computed* verdict it was given on.

    *departure* says why it is not the computed one.
    """

    target: str
    judgement: Judgement
    reason: str
    computed: Verdict
    departure: str
    by: str
    name: str
    at: datetime

    @property
    def departs(self) -> bool:
        """Whether it says something else than the study."""
        return SAME[self.computed] is not self.judgement


@dataclass(frozen=True, kw_only=True, slots=True)
class Signature:
    """Who took a deciding step, in which post, when, and which content was before them."""

    kind: StepKind
    account: str
    name: str
    post: str
    at: datetime
    digest: str = ""
    words: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Assessment:
    """The assessment of one study as it stands.

    *looks* and *conclusions* are the last ones, *signatures* all submissions, returns and the sign-out in order;
    *items* are the figures of the study and *targets* the ids of those it judged.
    """

    study: str
    state: State = State.NOT_BEGUN
    items: tuple[Assumption, ...] = ()
    targets: tuple[str, ...] = ()
    looks: tuple[Look, ...] = ()
    conclusions: tuple[Conclusion, ...] = ()
    signatures: tuple[Signature, ...] = ()
    assessors: frozenset[str] = field(default_factory=frozenset)
    steps: int = 0

    @property
    def is_signed_out(self) -> bool:
        """Whether a report may be called final."""
        return self.state is State.SIGNED_OUT

    @property
    def open_items(self) -> tuple[Assumption, ...]:
        """The figures nobody has looked over yet."""
        seen = {look.key for look in self.looks}
        return tuple(item for item in self.items if item.key not in seen)

    @property
    def objections(self) -> tuple[Look, ...]:
        """What somebody objects to."""
        return tuple(look for look in self.looks if look.is_objection)

    @property
    def open_objections(self) -> tuple[Look, ...]:
        """The objections that were neither answered nor withdrawn."""
        return tuple(look for look in self.looks if look.is_open)

    def title_of(self, key: str) -> str:
        """What a figure is called; its key where the study has none of that key."""
        return next((item.title for item in self.items if item.key == key), key)

    @property
    def open_targets(self) -> tuple[str, ...]:
        """The targets without a conclusion; `OVERALL` last if the whole has none."""
        known = {each.target for each in self.conclusions}
        return tuple(name for name in (*self.targets, OVERALL) if name not in known)

    @property
    def round(self) -> int:
        """How many times it was submitted."""
        return sum(each.kind is StepKind.SUBMIT for each in self.signatures)

    def look_at(self, key: str) -> Look | None:
        """What was said of a figure."""
        return next((look for look in self.looks if look.key == key), None)

    def conclusion_on(self, target: str) -> Conclusion | None:
        """The conclusion on a target."""
        return next((each for each in self.conclusions if each.target == target), None)

    def last(self, kind: StepKind) -> Signature | None:
        """The latest submission, return or sign-out."""
        return next((each for each in reversed(self.signatures) if each.kind is kind), None)

    def with_looks(self, looks: tuple[Look, ...]) -> Assessment:
        """With what was said now in place of what was said before."""
        new = {look.key for look in looks}
        return replace(self, looks=(*(look for look in self.looks if look.key not in new), *looks))

    def with_conclusion(self, conclusion: Conclusion) -> Assessment:
        """With a conclusion in place of the one before."""
        others = tuple(each for each in self.conclusions if each.target != conclusion.target)
        return replace(self, conclusions=(*others, conclusion))
