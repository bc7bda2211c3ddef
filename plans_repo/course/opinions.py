"""Opinions on a text, whoever gave them, and what became of each: adopted, in part, not; disputed ones settled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import col, select

from plans_repo.course.conditions import Unmet
from plans_repo.course.words import Treatment
from plans_repo.errors import NotFound, PlansRepoError
from plans_repo.store.tables.consultations import TreatmentRow
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.work import Work
from plans_repo.text.clause import Clause

__all__ = ["Opinion", "Remark", "Treated", "Treatment"]


@dataclass(frozen=True, kw_only=True)
class Remark:
    """What somebody says about a clause, or about the whole text when *clause* is empty, and the words he wants."""

    text: str
    clause: str = ""
    wanted: str = ""


@dataclass(frozen=True, kw_only=True)
class Treated:
    """What became of an opinion, and how a dispute about it was settled."""

    treatment: Treatment
    reason: str
    is_disputed: bool = False
    resolution: str = ""
    resolved_on: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether a dispute is not settled yet."""
        return self.is_disputed and not self.resolution


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """One opinion of a unit, of the public or of an expert; *treated* is None while nobody has decided on it.

    *label* is the number and title of the clause as it stood in the text the opinion is about.
    """

    id: str
    giver: str
    clause: str
    label: str
    text: str
    wanted: str
    treated: Treated | None


def treatments(work: Work, course: CourseRow) -> dict[str, Treated]:
    """What has become of the opinions of a course, by the id of each."""
    rows = work.session.exec(
        select(TreatmentRow).where(TreatmentRow.course_id == course.id).order_by(col(TreatmentRow.ordinal))
    )
    return {row.opinion_id: treated(row) for row in rows}


def stored(work: Work, remarks: Iterable[Remark], clauses: Sequence[Clause], thing: str) -> list[dict[str, Any]]:
    """Remarks as they are kept: each with an id of its own and the label of its clause; empty ones are refused."""
    by_id = {clause.id: clause for clause in clauses}
    kept = []
    for remark in remarks:
        if not remark.text.strip():
            raise PlansRepoError("opinion-empty", thing=thing, field="text", rule="must not be blank")
        if remark.clause and remark.clause not in by_id:
            raise NotFound("clause-unknown", thing=thing, field="clause", value=remark.clause)
        kept.append(
            {
                "id": work.new_id(),
                "clause": remark.clause,
                "label": label_of(by_id[remark.clause]) if remark.clause else "",
                "text": remark.text.strip(),
                "wanted": remark.wanted.strip(),
            }
        )
    return kept


def opened(kept: Iterable[Mapping[str, Any]], giver: str, became: Mapping[str, Treated]) -> Iterator[Opinion]:
    """Kept remarks as opinions of *giver*."""
    for one in kept:
        yield Opinion(
            id=one["id"],
            giver=giver,
            clause=one["clause"],
            label=one["label"],
            text=one["text"],
            wanted=one["wanted"],
            treated=became.get(one["id"]),
        )


def unsettled(opinions: Iterable[Opinion]) -> Iterator[Unmet]:
    """The conditions that opinions leave unmet: not treated, or disputed and not settled."""
    listed = tuple(opinions)
    untreated = [opinion for opinion in listed if opinion.treated is None]
    disputed = [opinion for opinion in listed if opinion.treated is not None and opinion.treated.is_open]
    if untreated:
        yield Unmet(
            code="opinions-untreated",
            fields={"count": len(untreated), "units": sorted({opinion.giver for opinion in untreated})},
        )
    if disputed:
        yield Unmet(
            code="opinions-disputed",
            fields={"count": len(disputed), "units": sorted({opinion.giver for opinion in disputed})},
        )


def label_of(clause: Clause) -> str:
    """A clause as people cite it: number and title, or its first words."""
    named = f"{clause.number} {clause.title}".strip()
    return named or clause.text[:20]


def treated(row: TreatmentRow) -> Treated:
    return Treated(
        treatment=row.treatment,
        reason=row.reason,
        is_disputed=row.is_disputed,
        resolution=row.resolution,
        resolved_on=row.resolved_on,
    )
