"""Laws, standards and plans a text cites that were replaced or abolished."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from plans_repo.checks.dossier import Dossier
from plans_repo.checks.pack import words_from
from plans_repo.checks.rule import Words
from plans_repo.course.stages import CLOSED
from plans_repo.health.defect import Defect, DefectKind
from plans_repo.health.quoting import Sentence
from plans_repo.packs.reading import pack

BEHIND = 30
"""So far behind a title its number or year may stand."""
TITLE = re.compile(r"《([^《》]{2,60})》")


@dataclass(frozen=True, kw_only=True)
class Replaced:
    """A law or standard no longer to be cited."""

    pattern: re.Pattern[str]
    behind: re.Pattern[str] | None
    now: str
    since: str
    why: Words


@cache
def replaced_laws() -> tuple[Replaced, ...]:
    """Every entry of the pack."""
    return tuple(_entry(item) for item in pack("health", "laws")["law"])


def replaced_citations(sentences: Iterable[Sentence]) -> Iterator[Defect]:
    """Each citation of what was replaced; a sentence that itself abolishes it is left alone."""
    for sentence in sentences:
        if sentence.is_history:
            continue
        for law in replaced_laws():
            for match in law.pattern.finditer(sentence.text):
                told = _told(sentence, law, match)
                if told:
                    yield told


def closed_plans(sentences: Iterable[Sentence], dossier: Dossier) -> Iterator[Defect]:
    """Plans of the library that are cited and no longer in force."""
    closed = {plan.title: plan for plan in dossier.library if plan.stage in CLOSED}
    for sentence in sentences if closed else ():
        for match in TITLE.finditer(sentence.text):
            if match[1] in closed and not sentence.is_history:
                yield Defect(
                    kind=DefectKind.LAW,
                    reason="plan_closed",
                    clause=sentence.clause,
                    quotation=sentence.around(match.start(), match.end()),
                    fields={"plan": match[1]},
                )


def _told(sentence: Sentence, law: Replaced, match: re.Match[str]) -> Defect | None:
    behind = sentence.text[match.end() : match.end() + BEHIND]
    bracket = re.match(r"\s*[（(][^（()）]{0,60}[)）]?", behind)
    if law.behind is not None and not (bracket and law.behind.search(bracket[0])):
        return None
    old = match[0] + (bracket[0] if law.behind is not None and bracket else "")
    return Defect(
        kind=DefectKind.LAW,
        reason="law_replaced",
        clause=sentence.clause,
        quotation=sentence.around(match.start(), match.start() + len(old)),
        fields={"old": old, "now": law.now, "since": law.since, "why": law.why},
        replacement=(old, law.now),
    )


def _entry(item: Mapping[str, Any]) -> Replaced:
    pattern = item["number"] if "number" in item else f"《(?:{item['title']})》"
    return Replaced(
        pattern=re.compile(pattern),
        behind=re.compile(item["with"]) if "with" in item else None,
        now=item["now"],
        since=item["since"],
        why=words_from(item["why"]),
    )
