"""What a file was taken for when it was read, what a person set right, and as what it was kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from plans_repo.store.tables.plans import PlanKind
from plans_repo.text.clause import Clause
from plans_repo.text.reading import Reading
from plans_repo.text.reading.corrections import Correction, CorrectionKind
from plans_repo.text.recognition import PlanKindWord, hazard_of, kind_of
from sim.procedure import Hazard

WORDS_CHARS = 40
"""Of a clause that was set right, so many characters are kept to know it by."""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a plan is called and is; *hazard* None for a plan of no single one."""

    title: str
    kind: PlanKind
    hazard: Hazard | None


@dataclass(frozen=True, kw_only=True)
class Mended:
    """A correction as it is remembered: what was done to the clause that began with *words*."""

    what: CorrectionKind
    words: str
    value: str = ""


@dataclass(frozen=True, kw_only=True)
class ImportRecord:
    """What a file was read as and kept as, and the corrections of its clauses in the order they were made."""

    read: Facts
    kept: Facts
    mended: tuple[Mended, ...] = ()

    @property
    def is_as_read(self) -> bool:
        """Whether nobody set anything right.

        >>> facts = Facts(title="甲县防汛应急预案", kind=PlanKind.SPECIAL, hazard=Hazard.FLOOD)
        >>> ImportRecord(read=facts, kept=facts).is_as_read
        True
        """
        return self.read == self.kept and not self.mended


def recognised(reading: Reading) -> Facts:
    """What title and text say the plan is."""
    return Facts(title=reading.title, kind=recognised_kind(reading), hazard=recognised_hazard(reading))


def recognised_kind(reading: Reading) -> PlanKind:
    """The kind the title names; a special plan when it names none."""
    word = kind_of(reading.title).value
    return PlanKind.SPECIAL if word == PlanKindWord.UNKNOWN else PlanKind(word)


def recognised_hazard(reading: Reading) -> Hazard | None:
    """The hazard the title or the text names, if it is one that can be played."""
    word = hazard_of(reading.title, reading.clauses).value
    return Hazard(word) if word else None


def remembered(clauses: Sequence[Clause], corrections: Iterable[Correction]) -> tuple[Mended, ...]:
    """The corrections with the words of their clauses as they stood before."""
    words = {one.id: (one.heading or one.text.replace("\n", " "))[:WORDS_CHARS] for one in clauses}
    return tuple(Mended(what=one.kind, words=words.get(one.clause, ""), value=one.value) for one in corrections)
