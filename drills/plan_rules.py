"""Intervals that a plan's own text sets: for the plan as rules, for other bodies as duties of theirs."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from drills.rules import Rule, UnitPlan
from plans_repo.plans import PlanKind
from plans_repo.text.citation import citations
from plans_repo.text.clause import Clause, ClauseKind
from plans_repo.text.finding.drill_intervals import FoundInterval, drill_intervals
from sim.figure import Figure, Mark

KEPT = 20_000
"""Texts whose intervals are remembered: those of a city."""


@dataclass(frozen=True, kw_only=True)
class OthersDuty:
    """A drill that a plan asks of another body than its maker: of *who*, every so many *months*, by which clause."""

    plan: str
    title: str
    who: str
    months: int
    text: str
    clause: str
    source: str


@dataclass(frozen=True, kw_only=True)
class PlanText:
    """The text of a plan, known by its hash; *read* gets its clauses and has no part in which text it is."""

    plan: str
    title: str
    kind: PlanKind
    maker: str
    root_hash: str
    read: Callable[[], Sequence[Clause]] = field(compare=False, repr=False)


@lru_cache(maxsize=KEPT)
def rules_in(text: PlanText) -> tuple[tuple[Rule, ...], tuple[OthersDuty, ...]]:
    """What a text sets: the plan's own intervals, each once, and the drills it asks of other bodies."""
    clauses = text.read()
    found = drill_intervals(clauses, kind=text.kind, title=text.title, maker=text.maker)
    cited = citations(clauses) if found else {}
    own = [_rule(text, item, cited[item.clause]) for item in found if item.is_own]
    return (
        tuple({rule.id: rule for rule in reversed(own)}.values())[::-1],
        tuple(_duty(text, item, cited[item.clause]) for item in found if not item.is_own),
    )


@lru_cache(maxsize=KEPT)
def parts_in(text: PlanText) -> frozenset[UnitPlan]:
    """The kinds of enterprise plan bound in one text, by its title and headings; none where it is of one kind."""
    headings = [one.plain_title for one in text.read() if one.kind is ClauseKind.HEADING]
    headed = {kind for kind, pattern in PARTS.items() if any(map(pattern.search, headings))}
    found = headed | {kind_of_title(text.title)}
    return frozenset(found) if len(found) > 1 else frozenset()


def kind_of_title(title: str) -> UnitPlan:
    """The kind of enterprise plan its title says, a comprehensive one unless it does.

    >>> kind_of_title("配电室触电事故现场处置方案"), kind_of_title("某公司生产安全事故应急预案")
    (<UnitPlan.ON_SITE: 'on_site'>, <UnitPlan.COMPREHENSIVE: 'comprehensive'>)
    """
    return next((kind for kind, pattern in PARTS.items() if pattern.search(title)), UnitPlan.COMPREHENSIVE)


PARTS = {
    UnitPlan.COMPREHENSIVE: re.compile(r"综合(?:应急)?预案(?!体系)$"),
    UnitPlan.SPECIAL: re.compile(r"专项(?:应急)?预案(?!体系)$"),
    UnitPlan.ON_SITE: re.compile(r"(?:现场|应急)处置方案[一二三四五六七八九十\d]{0,3}(?:[:：（(].*)?$"),
}
"""How a part of an enterprise's plan is headed; 预案体系 only speaks of them."""


def rule_id(item: FoundInterval) -> str:
    """The name of an interval by what it says, wherever it stands among the others: clause, months and who."""
    who = hashlib.sha256(item.who.encode()).hexdigest()[:8]
    return f"plan-text-{item.clause}-{item.months}-{who}"


def _rule(text: PlanText, item: FoundInterval, citation: str) -> Rule:
    source = f"《{text.title}》{citation}"
    return Rule(
        id=rule_id(item),
        title=item.text,
        title_en=f"The plan's own text: a drill at least every {_span(item.months)}",
        interval=Figure(value=item.months, unit="month", source=source, mark=Mark.PLAN),
        source_en=source,
        note="" if item.sentence == item.text else f"原文：{item.sentence}。",
        note_en=f"Text: {item.sentence}。",
    )


def _span(months: int) -> str:
    """An interval in English.

    >>> _span(24), _span(12), _span(6), _span(1)
    ('2 years', 'year', '6 months', 'month')
    """
    count, word = (months // 12, "year") if months % 12 == 0 else (months, "month")
    return word if count == 1 else f"{count} {word}s"


def _duty(text: PlanText, item: FoundInterval, citation: str) -> OthersDuty:
    return OthersDuty(
        plan=text.plan, title=text.title, who=item.who, months=item.months, text=item.text, clause=item.clause,
        source=citation,
    )  # fmt: skip
