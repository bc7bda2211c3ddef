"""A13 and A14: levels that fit each other and those of the city; an enterprise's grading of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plans_repo.against_upper import later_levels
from plans_repo.checks.dossier import Dossier, RelatedPlan
from plans_repo.checks.intervals import Interval, clashes, intervals
from plans_repo.checks.parts import at_clauses, failed, in_plan, judge, passed, unfit, unseen
from plans_repo.checks.result import Part
from plans_repo.checks.rule import Rule
from plans_repo.store.tables.plans import PlanKind

GRADE_WORDS = re.compile(r"(?:特别重大|重大|较大|一般)(?:生产安全)?(?:火灾|爆炸)?事故")
MEASURES = {"deaths": "deaths", "injured": "injuries", "loss_yuan": "loss"}
ENOUGH = 2
"""So many bounds equal to those of the accident grades make a copy."""


@judge("A13")
def levels_fit(dossier: Dossier, rule: Rule) -> Iterator[Part]:
    """The numbers of neighbouring levels meet without overlap or gap, rise, and do not lie above the city's."""
    if len(dossier.levels) < 2:
        yield unfit("no_levels")
        return
    own = intervals(dossier.levels)
    if not own:
        yield unseen("no_numbers", levels=[level.label for level in dossier.levels])
        return
    parts = [_clash(dossier, clash.kind, clash.lower, clash.upper) for clash in clashes(own)]
    for plan in dossier.upper:
        parts.extend(_above(dossier, plan))
    yield from parts or [passed(count=len(own), levels=len(dossier.levels))]


def _clash(dossier: Dossier, kind: str, lower: Interval, upper: Interval) -> Part:
    where = at_clauses(dossier, (lower.clause, upper.clause))
    told = {"lower": lower.level, "upper": upper.level, "lower_text": lower.text, "upper_text": upper.text}
    return failed(kind, *where, **told)


def _above(dossier: Dossier, plan: RelatedPlan) -> Iterator[Part]:
    """A county starts its level no later than the city its own of the same grade."""
    for one in later_levels(dossier.stated, plan.stated):
        yield failed(
            "above_upper", *at_clauses(dossier, (one.mine.clause,)), in_plan(plan), level=one.mine.level,
            text=one.mine.text, plan=plan.title, theirs=one.other.text,
        )  # fmt: skip


@judge("A14")
def own_grading(dossier: Dossier, rule: Rule) -> Iterator[Part]:
    """The grading of an enterprise's response is not that of accidents by their losses."""
    if dossier.kind is not PlanKind.UNIT:
        yield unfit("other_kind")
        return
    if not dossier.levels:
        yield unfit("no_levels") if "现场处置" in dossier.title else unseen("no_levels")
        return
    grades = {name: {float(value) for value in rule.lists[name]} for name in MEASURES.values()}
    copied = [
        one for one in intervals(dossier.levels) if one.measure in MEASURES and one.low in grades[MEASURES[one.measure]]
    ]
    worded = [
        level
        for level in dossier.levels
        if level.conditions and all(GRADE_WORDS.search(condition.text) for condition in level.conditions)
    ]
    if len(copied) >= ENOUGH or len(worded) >= ENOUGH:
        where = at_clauses(dossier, (*(one.clause for one in copied), *(level.clause for level in worded)))
        texts = [one.text for one in copied] or [level.label for level in worded]
        yield failed("copied", *where, texts=texts[:4])
    else:
        yield passed(levels=len(dossier.levels))
