"""References that lead nowhere, as linkage finds them: clauses not there or gone, laws, plans and annexes likewise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from plans_repo.checks.annexes import annex_faults, annex_number, listed_annexes
from plans_repo.checks.pack import words_from
from plans_repo.health.defect import Defect, DefectKind
from plans_repo.health.quoting import Sentence, sentence_at
from plans_repo.linkage.mentions import MentionKind
from plans_repo.linkage.numbering import Numbering
from plans_repo.linkage.references import Outcome, Reference
from plans_repo.text.clause import Clause


def wrong_references(references: Sequence[Reference], clauses: Sequence[Clause]) -> Iterator[Defect]:
    """Each reference of a text that must be put right; a sentence that itself tells what once was is left alone."""
    known = {clause.id: clause for clause in clauses}
    numbering = Numbering(clauses)
    listed = {annex.place for annex in listed_annexes(clauses)}
    said: set[tuple[str, str, str]] = set()
    for one in references:
        found = _defect(one, sentence_at(known[one.mention.clause], one.mention), numbering, listed)
        key = (found.reason, found.clause, str(found.fields)) if found else None
        if found and key and key not in said:
            said.add(key)
            yield found


def _defect(one: Reference, sentence: Sentence, numbering: Numbering, listed: set[str]) -> Defect | None:
    if one.outcome is Outcome.ABOLISHED:
        return None if sentence.is_history else _abolished(one, sentence)
    reason = "reference_gone" if one.outcome is Outcome.GONE else ""
    if one.outcome is Outcome.UNRESOLVED:
        reason = _unresolved(one, numbering, listed)
    return _told(sentence, one, reason, {"reference": one.mention.words}) if reason else None


def _unresolved(one: Reference, numbering: Numbering, listed: set[str]) -> str:
    """Why nothing fits, where that is a defect: a number in a manner the text does not use may be another text's."""
    mention = one.mention
    if mention.kind is MentionKind.ATTACHMENT:
        return "" if annex_number(mention.number) in listed else "annex_missing"  # the note is told of as such
    is_own = mention.kind is MentionKind.CLAUSE and numbering.is_own_manner(mention.number)
    is_of_plan = mention.kind is MentionKind.PLAN and bool(one.plan and mention.number)
    return "reference_dead" if is_own or is_of_plan else ""


def _abolished(one: Reference, sentence: Sentence) -> Defect:
    if one.law is None:
        return _told(sentence, one, "plan_closed", {"plan": one.plan_title}, kind=DefectKind.LAW)
    words, edition = one.mention.words, one.mention.edition
    old = f"{words}{edition}" if one.law.is_edition and edition not in words else words
    told = {"old": old, "now": one.law.now_cited, "since": one.law.since, "why": words_from(one.law.why)}
    return _told(sentence, one, "law_replaced", told, kind=DefectKind.LAW, replacement=(old, one.law.now_cited))


def _told(
    sentence: Sentence,
    one: Reference,
    reason: str,
    fields: Mapping[str, object],
    *,
    kind: DefectKind = DefectKind.REFERENCE,
    replacement: tuple[str, str] = ("", ""),
) -> Defect:
    words = str(fields.get("old", one.mention.words))
    start = max(0, sentence.text.find(words))
    return Defect(
        kind=kind,
        reason=reason,
        clause=sentence.clause,
        quotation=sentence.around(start, start + len(words)),
        fields=fields,
        replacement=replacement,
    )


def wrong_annexes(clauses: Sequence[Clause]) -> Iterator[Defect]:
    """Annexes the note of annexes lists and that are not there, or that go by two names."""
    text = {clause.id: clause for clause in clauses}
    for fault in annex_faults(clauses):
        where = text[fault.clause]
        if fault.kind == "listed":
            yield Defect(
                kind=DefectKind.REFERENCE,
                reason="annex_missing",
                clause=fault.clause,
                quotation=_line_with(where, fault.label),
                fields={"reference": f"{fault.label} {fault.expected}".strip()},
            )
        elif fault.kind == "renamed":
            yield Defect(
                kind=DefectKind.REFERENCE,
                reason="annex_renamed",
                clause=fault.clause,
                quotation=where.heading[:60],
                fields={"reference": fault.label, "wanted": fault.expected, "name": fault.found},
            )


def _line_with(clause: Clause, label: str) -> str:
    words = label.removeprefix("附件")
    for line in re.split(r"[。；\n]", clause.text):
        if re.search(rf"附\s*[件录]\s*{words}", line) or line.strip().startswith(f"{words}."):
            return line.strip()[:90]
    return clause.heading[:60]
