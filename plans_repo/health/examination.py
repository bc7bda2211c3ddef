"""Examine a version of a plan: every defect with its clause, quotation, severity and suggestion, in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from plans_repo.checks.chapters import ChapterSet, find_in_part, sets_for
from plans_repo.checks.collection import collect
from plans_repo.checks.dossier import Dossier
from plans_repo.checks.pack import national_rule
from plans_repo.checks.parts import at_clause
from plans_repo.checks.speaking import Speaker
from plans_repo.course.stages import CLOSED
from plans_repo.health.bodies import abolished_bodies
from plans_repo.health.contradictions import disagreements
from plans_repo.health.defect import Defect, DefectKind, OtherPlace, Severity, found_words, suggestion_words
from plans_repo.health.limits import conflicting_levels, conflicting_limits
from plans_repo.health.phones import phone_defects
from plans_repo.health.quoting import sentences
from plans_repo.health.references import wrong_annexes, wrong_references
from plans_repo.health.sums import sum_defects
from plans_repo.ledger import Contradiction, contradictions
from plans_repo.linkage.references import Reference, references, references_alone
from plans_repo.store.work import Work
from plans_repo.writing.blanks import blank, blanks

KINDS = tuple(DefectKind)
SEVERITIES = tuple(Severity)


@dataclass(frozen=True, kw_only=True)
class Complaint:
    """A defect in the reader's language: which clause, which words, what is wrong, what to do.

    *also* are further clauses that have it, each with its citation; *there* is the place in another plan it is at
    odds with.
    """

    kind: DefectKind
    severity: Severity
    clause: str
    citation: str
    also: tuple[tuple[str, str], ...]
    quotation: str
    found: str
    suggestion: str
    replacement: tuple[str, str] = ("", "")
    there: OtherPlace | None = None


@dataclass(frozen=True, kw_only=True)
class HealthReport:
    """What a version suffers from, the gravest first; *clauses* is how many were read."""

    plan: str
    version: str
    label: str
    title: str
    maker: str
    examined_on: date
    clauses: int
    complaints: tuple[Complaint, ...]

    @property
    def counts(self) -> dict[Severity, int]:
        """How many complaints of each severity."""
        found = Counter(one.severity for one in self.complaints)
        return {severity: found[severity] for severity in SEVERITIES}

    def of_kind(self, kind: DefectKind) -> tuple[Complaint, ...]:
        """The complaints of a kind."""
        return tuple(one for one in self.complaints if one.kind is kind)


def health(work: Work, plan_id: str, version: str = "", *, language: str = "zh") -> HealthReport:
    """The health report of a version (the newest unless given), as far as the actor sees what it is compared with."""
    dossier = collect(work, plan_id, version)
    return report(
        dossier,
        references=references(work, plan_id, dossier.version),
        contradictions=contradictions(work, plan_id, dossier.version),
        language=language,
    )


def report(
    dossier: Dossier,
    *,
    references: Sequence[Reference] | None = None,
    contradictions: Sequence[Contradiction] = (),
    language: str = "zh",
) -> HealthReport:
    """The report on a dossier, with what linkage found of its references and the ledger of its neighbours."""
    speaker = Speaker(language=language)
    place = {clause.id: number for number, clause in enumerate(dossier.clauses)}
    found = sorted(
        defects(dossier, references=references, contradictions=contradictions),
        key=lambda one: (SEVERITIES.index(one.how_grave), KINDS.index(one.kind), place.get(one.clause, -1)),
    )
    return HealthReport(
        plan=dossier.plan,
        version=dossier.version,
        label=dossier.label,
        title=dossier.title,
        maker=dossier.maker_name,
        examined_on=dossier.today,
        clauses=len(dossier.clauses),
        complaints=tuple(_complaint(one, dossier, speaker) for one in found),
    )


def defects(
    dossier: Dossier,
    *,
    references: Sequence[Reference] | None = None,
    contradictions: Sequence[Contradiction] = (),
) -> Iterator[Defect]:
    """Every defect of a version, in the order of their kinds; its references by the text alone where none are given."""
    said = list(sentences(dossier.clauses))
    differing = list(disagreements(contradictions))
    yield from _open_blanks(dossier)
    yield from _chapters(dossier)
    yield from conflicting_levels(dossier)
    yield from _told_once(conflicting_limits(dossier), differing)
    yield from sum_defects(dossier.clauses)
    yield from differing
    yield from abolished_bodies(said)
    yield from wrong_references(
        references_alone(dossier.clauses) if references is None else references, dossier.clauses
    )
    yield from wrong_annexes(dossier.clauses)
    yield from _upper(dossier)
    yield from phone_defects(dossier, said)


def _told_once(limits: Iterable[Defect], differing: Sequence[Defect]) -> Iterator[Defect]:
    """The limits that do not fit, without those the contradictions tell with both places."""
    told = {(one.clause, one.fields["plan"]) for one in differing}
    for one in limits:
        if one.reason != "limit_above_upper" or (one.clause, one.fields["plan"]) not in told:
            yield one


def _open_blanks(dossier: Dossier) -> Iterator[Defect]:
    """One defect a clause: a text with blanks promises nothing where they stand."""
    labels: dict[str, list[str]] = {}
    for one in blanks(dossier.clauses):
        labels.setdefault(one.clause, []).append(one.label)
    for clause, missing in labels.items():
        told = {"labels": "、".join(dict.fromkeys(missing)), "count": len(missing)}
        words = "、".join(map(blank, missing))
        yield Defect(kind=DefectKind.BLANK, reason="blank_open", clause=clause, quotation=words[:120], fields=told)


def _chapters(dossier: Dossier) -> Iterator[Defect]:
    for form, wanted in sets_for(dossier.kind, dossier.title, dossier.clauses).items():
        yield from _chapters_of(dossier, form, wanted)


def _chapters_of(dossier: Dossier, form: str, wanted: ChapterSet) -> Iterator[Defect]:
    least = national_rule("A09").number("least")
    for one in find_in_part(dossier.clauses, form, wanted.chapters):
        told = {"chapter": one.chapter.title, "of": wanted.title}
        if one.is_missing:
            yield Defect(kind=DefectKind.CHAPTER, reason="chapter_missing", fields=told)
        elif not one.in_text and one.chars < least:
            heading = dossier.by_id[one.clause].heading
            yield Defect(
                kind=DefectKind.CHAPTER, reason="chapter_empty", clause=one.clause, quotation=heading, fields=told
            )


def _upper(dossier: Dossier) -> Iterator[Defect]:
    own = dossier.course.issued_on
    for plan in dossier.upper:
        if plan.stage in CLOSED:
            yield Defect(kind=DefectKind.UPPER, reason="upper_closed", fields={"plan": plan.title})
        elif own and plan.issued_on and plan.issued_on > own:
            told = {"plan": plan.title, "on": plan.issued_on, "own": own}
            yield Defect(kind=DefectKind.UPPER, reason="upper_changed", fields=told)


def _complaint(defect: Defect, dossier: Dossier, speaker: Speaker) -> Complaint:
    return Complaint(
        kind=defect.kind,
        severity=defect.how_grave,
        clause=defect.clause,
        citation=_place(dossier, defect.clause),
        also=tuple((clause, _place(dossier, clause)) for clause in defect.also),
        quotation=defect.quotation,
        found=speaker.words(found_words(defect.reason), **defect.fields),
        suggestion=speaker.words(suggestion_words(defect.reason), **defect.fields),
        replacement=defect.replacement,
        there=defect.there,
    )


def _place(dossier: Dossier, clause: str) -> str:
    """How a clause is cited; one without a number by its first words."""
    return at_clause(dossier, clause).label if clause else ""


__all__: Sequence[str] = ["Complaint", "HealthReport", "defects", "health", "report"]
