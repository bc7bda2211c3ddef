"""Limits that contradict each other: one act with two limits in a plan, or a longer one than the upper plan's."""

from __future__ import annotations

from collections.abc import Iterator

from plans_repo.against_upper import REPORT, Act, act_of, longer_limits
from plans_repo.checks.dossier import Dossier
from plans_repo.checks.intervals import clashes, intervals
from plans_repo.health.defect import Defect, DefectKind
from plans_repo.text.finding.limits import FoundLimit

MOST_TEXT = 60


def conflicting_limits(dossier: Dossier) -> Iterator[Defect]:
    """Acts with two limits in the text, and acts with a longer limit than the plan above allows."""
    yield from _within(dossier)
    for plan in dossier.upper:
        for one in longer_limits(dossier.stated, plan.stated):
            yield _above(one.mine, one.other, plan.title)


def conflicting_levels(dossier: Dossier) -> Iterator[Defect]:
    """Neighbouring levels whose numbers do not meet."""
    for clash in clashes(intervals(dossier.levels)):
        lower, upper = clash.lower, clash.upper
        yield Defect(
            kind=DefectKind.LIMITS,
            reason=f"levels_{clash.kind}",
            clause=upper.clause,
            quotation=f"{upper.level}：{upper.text}",
            fields={
                "lower": lower.level, "upper": upper.level, "lower_text": lower.text, "upper_text": upper.text,
            },
        )  # fmt: skip


def _within(dossier: Dossier) -> Iterator[Defect]:
    for limits in _acts(dossier).values():
        first = limits[0]
        for other in limits[1:]:
            if other.minutes != first.minutes and other.clause != first.clause:
                yield Defect(
                    kind=DefectKind.LIMITS,
                    reason="limits_differ",
                    clause=other.clause,
                    quotation=other.text[:MOST_TEXT],
                    fields={
                        "minutes": span(other.minutes),
                        "other_minutes": span(first.minutes),
                        "other_place": dossier.cited.get(first.clause, ""),
                        "other_text": first.text[:MOST_TEXT],
                    },
                )
                break


def _above(mine: FoundLimit, other: FoundLimit, title: str) -> Defect:
    told = {"minutes": span(mine.minutes), "other_minutes": span(other.minutes), "plan": title}
    return Defect(
        kind=DefectKind.LIMITS,
        reason="limit_above_upper",
        clause=mine.clause,
        quotation=mine.text[:MOST_TEXT],
        fields=told | {"other_text": other.text[:MOST_TEXT]},
    )


def _acts(dossier: Dossier) -> dict[tuple[Act, str], list[FoundLimit]]:
    """The limits of each act with its start as written; one without a doer, or of a report to nobody, is left out."""
    found: dict[tuple[Act, str], list[FoundLimit]] = {}
    for limit in dossier.limits:
        act = act_of(limit, dossier.stated.headings)
        if act and act.who and (act.to or act.verb != REPORT):
            found.setdefault((act, limit.starts), []).append(limit)
    return found


def span(minutes: float) -> str:
    """A span of time as plans write it.

    >>> span(30), span(120), span(90)
    ('30分钟', '2小时', '1.5小时')
    """
    return f"{minutes:g}分钟" if minutes < 60 else f"{minutes / 60:g}小时"
