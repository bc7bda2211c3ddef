"""Intervals that a plan's own text sets: for the plan as rules, for other bodies as duties of theirs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from drills.rules import Rule
from plans_repo.plans import Plan
from plans_repo.text.citation import citations
from plans_repo.text.clause import Clause
from plans_repo.text.finding.drill_intervals import FoundInterval, drill_intervals
from sim.figure import Figure, Mark

KEPT = 400
"""Texts whose intervals are remembered; a text is known by its hash, so it is read once."""


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


def read_rules(
    plan: Plan, root_hash: str, maker: str, read: Callable[[], Sequence[Clause]]
) -> tuple[tuple[Rule, ...], tuple[OthersDuty, ...]]:
    """What the text with that hash sets; *read* gets its clauses the first time."""
    key = (plan.id, plan.title, str(plan.kind), maker, root_hash)
    if key not in _known:
        if len(_known) >= KEPT:
            _known.clear()
        _known[key] = _rules_in(plan, maker, read())
    return _known[key]


def _rules_in(plan: Plan, maker: str, clauses: Sequence[Clause]) -> tuple[tuple[Rule, ...], tuple[OthersDuty, ...]]:
    found = drill_intervals(clauses, kind=plan.kind, title=plan.title, maker=maker)
    cited = citations(clauses) if found else {}
    own = [item for item in found if item.is_own]
    return (
        tuple(_rule(plan, item, cited[item.clause], place) for place, item in enumerate(own)),
        tuple(_duty(plan, item, cited[item.clause]) for item in found if not item.is_own),
    )


def _rule(plan: Plan, item: FoundInterval, citation: str, place: int) -> Rule:
    source = f"《{plan.title}》{citation}"
    return Rule(
        id=f"plan-text-{item.clause}-{place}",
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


def _duty(plan: Plan, item: FoundInterval, citation: str) -> OthersDuty:
    return OthersDuty(
        plan=plan.id, title=plan.title, who=item.who, months=item.months, text=item.text, clause=item.clause,
        source=citation,
    )  # fmt: skip


_known: dict[tuple[str, ...], tuple[tuple[Rule, ...], tuple[OthersDuty, ...]]] = {}
