"""L08–L12: how long ago the last drill and the last evaluation may be, and how far apart a text may set its drills."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise

from plans_repo.checks.dossier import Dossier, DrillFacts
from plans_repo.checks.parts import at_clause, failed, judge, on_day, passed, soon, unfit, unseen
from plans_repo.checks.result import Part
from plans_repo.checks.rule import DAYS_PER, Rule
from plans_repo.checks.spans import added
from plans_repo.store.tables.plans import PlanKind
from plans_repo.text.finding.drill_intervals import FoundInterval
from sim.figure import Figure

MONTH_DAYS = DAYS_PER | {"year": 12 * DAYS_PER["month"]}
"""Days of a unit where a year is twelve months, so that 1年 and 12个月 are the same."""


@judge("L08")
def drilled(dossier: Dossier, rule: Rule) -> Iterator[Part]:
    """The last drill of a special or department plan is not too long ago."""
    yield from _drilled(dossier, rule)


@judge("L09")
def drilled_for_safety(dossier: Dossier, rule: Rule) -> Iterator[Part]:
    """The same, sooner, for the production-safety plans of governments, departments and townships."""
    if dossier.drills is not None and not dossier.drills.production_safety:
        yield unfit("not_production_safety")
    else:
        yield from _drilled(dossier, rule)


@judge("L10")
def enterprise_drills(dossier: Dossier, rule: Rule) -> Iterator[Part]:
    """One comprehensive or special drill a year, an on-site one every half year."""
    drills = dossier.drills
    if drills is None:
        yield unseen("drills_unseen")
        return
    if not drills.is_enterprise:
        yield unfit("not_enterprise")
        return
    yield from _set_too_far(
        rule.parameters["whole"], (one for one in dossier.own_drills if not _is_on_site(one)), dossier
    )
    yield from _set_too_far(rule.parameters["interval"], filter(_is_on_site, dossier.own_drills), dossier)
    if not dossier.course.is_effective:
        yield unfit("not_issued")
        return
    yield _latest(dossier, drills.whole, rule.parameters["whole"], rule, "whole")
    yield _gaps(dossier, drills, rule)


@judge("L11")
def high_risk_drills(dossier: Dossier, rule: Rule) -> Iterator[Part]:
    """A high-risk unit drills every half year and reports it."""
    drills = dossier.drills
    if drills is None:
        yield unseen("drills_unseen")
        return
    if not drills.high_risk:
        yield unfit("not_high_risk")
        return
    yield from _drilled(dossier, rule)
    if drills.drilled_on is not None:
        yield _reported(dossier, drills)


def _reported(dossier: Dossier, drills: DrillFacts) -> Part:
    """Whether the last drill was reported: as the floor of drills knows, or as entered with its paper."""
    entered = dossier.drill_reports
    is_entered = any(one.drilled_on == drills.drilled_on for one in entered)
    if drills.reported or is_entered:
        return passed("reported")
    return unseen("report_unseen") if drills.reported is None and not entered else failed("unreported")


@judge("L12")
def evaluated(dossier: Dossier, rule: Rule) -> Iterator[Part]:
    """The last evaluation, or the issue of a plan not yet evaluated, is not too long ago."""
    course = dossier.course
    if not course.is_effective:
        yield unfit("not_issued")
        return
    if course.issued_on is None and dossier.evaluated_on is None:
        yield unseen("issue_unseen")
        return
    since = max(filter(None, (course.issued_on, dossier.evaluated_on)))
    reason = "evaluated" if since == dossier.evaluated_on else "issued"
    yield _since(dossier, rule, since, rule.parameters["interval"], reason)


def _drilled(dossier: Dossier, rule: Rule) -> Iterator[Part]:
    yield from _set_too_far(rule.parameters["interval"], dossier.own_drills, dossier)
    yield _last_drill(dossier, rule)


def _last_drill(dossier: Dossier, rule: Rule) -> Part:
    drills = dossier.drills
    if not dossier.course.is_effective:
        return unfit("not_issued")
    if drills is None:
        return unseen("drills_unseen")
    since = drills.drilled_on or drills.issued_on or dossier.course.issued_on
    if since is None:
        return unseen("drill_unknown")
    reason = "drilled" if drills.drilled_on else "undrilled"
    return _since(dossier, rule, since, rule.parameters["interval"], reason)


def _set_too_far(span: Figure, found: Iterable[FoundInterval], dossier: Dossier) -> Iterator[Part]:
    """The text itself sets its drills further apart than the rule allows; of several intervals the shortest counts."""
    shortest = min(found, key=lambda one: one.months, default=None)
    if shortest is not None and shortest.months * DAYS_PER["month"] > span.value * MONTH_DAYS[span.unit]:
        yield failed("set_too_far", at_clause(dossier, shortest.clause), text=shortest.text)


def _is_on_site(found: FoundInterval) -> bool:
    return "现场处置" in found.text


def _since(dossier: Dossier, rule: Rule, since: date, span: Figure, reason: str) -> Part:
    """Counted from a day: over, soon over, or not."""
    due = added(since, span)
    told = {"since": since, "due": due}
    where = (on_day(since), on_day(due))
    if dossier.today > due:
        return failed(f"{reason}_late", *where, **told)
    if dossier.today + timedelta(days=rule.number("ahead")) >= due:
        return soon(f"{reason}_soon", *where, **told)
    return passed(reason, *where, **told)


def _latest(dossier: Dossier, days: tuple[date, ...], span: Figure, rule: Rule, reason: str) -> Part:
    """The last of these drills; where none was held yet the span runs from the issue of the plan."""
    last = max(days, default=None)
    if last is not None:
        return _since(dossier, rule, last, span, reason)
    assert dossier.drills is not None
    issued = dossier.drills.issued_on or dossier.course.issued_on
    if issued is None:
        return unseen(f"{reason}_unknown")
    return _since(dossier, rule, issued, span, f"{reason}_undrilled")


def _gaps(dossier: Dossier, drills: DrillFacts, rule: Rule) -> Part:
    """On-site drills: the last not too long ago, and in the year before no gap that is too long."""
    span = rule.parameters["interval"]
    year = sorted(day for day in drills.on_site if (dossier.today - day).days <= 365)
    for before, after in pairwise(year):
        if after > added(before, span):
            return failed("on_site_gap", on_day(before), on_day(after), before=before, after=after)
    return _latest(dossier, drills.on_site, span, rule, "on_site")


def is_unit(dossier: Dossier) -> bool:
    """Whether the plan is that of an enterprise or another unit."""
    return dossier.kind is PlanKind.UNIT
