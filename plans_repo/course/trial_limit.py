"""How long an edition may be on trial 试行 before somebody has to say why: as the place lays down, else as is usual."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from plans_repo.checks.spans import added
from plans_repo.course import deeds
from plans_repo.course.deeds import Deed, DeedKind
from plans_repo.errors import PlansRepoError
from plans_repo.filing import local_figures
from plans_repo.packs.reading import pack
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.work import Work
from sim.figure import Figure, Mark

MOST_REASON = 300


@dataclass(frozen=True, kw_only=True)
class TrialLimit:
    """So many years from a day on, the rule in words, and where it stands."""

    years: int
    title: str
    title_en: str
    source: str
    source_en: str
    mark: Mark

    def last_day(self, from_on: date) -> date:
        """The last day a trial may reach: from its implementation without a reason, or from its present end at all.

        >>> usual_limit().last_day(date(2026, 3, 1))
        datetime.date(2028, 3, 1)
        """
        return added(from_on, Figure(value=self.years, unit="year", source=self.source, mark=self.mark))


@dataclass(frozen=True, kw_only=True)
class LongTrial:
    """Why an edition is on trial beyond the limit: until when, how long is usual, in whose words."""

    until: date
    years: int
    reason: str


def usual_limit() -> TrialLimit:
    """The limit where the place has laid down none."""
    return _told(pack("rules", "trial")["limit"])


def trial_limit(work: Work, area: str) -> TrialLimit:
    """The limit that counts in an area."""
    usual = usual_limit()
    local = local_figures.local_figures(work, area).get(local_figures.TRIAL)
    if local is None:
        return usual
    return replace(
        usual,
        years=local.value,
        title=f"试行期限不超过{local.value}年，更长的须说明理由",
        title_en=f"A trial lasts {local.value} years at most; a longer one says why",
        source=local.source,
        source_en=local.source,
        mark=Mark.TO_BE_CONFIRMED,
    )


def extension() -> TrialLimit:
    """By how much a trial is extended at most at a time.

    >>> extension().last_day(date(2026, 11, 30))
    datetime.date(2028, 11, 30)
    """
    return _told(pack("rules", "decisions")["extension"])


def _told(entry: Mapping[str, Any]) -> TrialLimit:
    words = {key: entry[key] for key in ("title", "title_en", "source", "source_en")}
    return TrialLimit(years=int(entry["value"]), mark=Mark(entry["mark"]), **words)


def check_extension(plan: PlanRow, present: date, until: date | None) -> None:
    """Refuse an extension that does not extend, or goes on longer than the bound of one."""
    if until is None:
        return
    if until <= present:
        raise PlansRepoError(
            "trial-not-extended", thing=plan.title, field="until", rule=f"must be > {present}", value=until,
            present=present,
        )  # fmt: skip
    bound = extension()
    if until > (last := bound.last_day(present)):
        raise PlansRepoError(
            "trial-extended-too-far", thing=plan.title, field="until", rule=f"must be <= {last}", value=until,
            last=last, years=bound.years, source=bound.source, source_en=bound.source_en,
        )  # fmt: skip


def long_trial(work: Work, plan: PlanRow, effective_on: date, until: date | None, reason: str) -> LongTrial | None:
    """The reason of a trial beyond the limit, None within it; refused where there is none."""
    limit = trial_limit(work, plan.area)
    last = limit.last_day(effective_on)
    if until is None or until <= last:
        return None
    if not reason.strip() or len(reason) > MOST_REASON:
        raise PlansRepoError(
            "trial-too-long",
            thing=plan.title,
            field="trial_until",
            rule=f"must be <= {last}, or have a reason of 1 to {MOST_REASON} characters",
            value=until,
            last=last,
            years=limit.years,
            source=limit.source,
            source_en=limit.source_en,
            most=MOST_REASON,
        )
    return LongTrial(until=until, years=limit.years, reason=reason.strip())


def keep_long_trial(work: Work, plan_id: str, course_id: str, said: LongTrial, on: date) -> Deed:
    """Write the reason down beside the edition."""
    return deeds.keep(work, plan_id, course_id, DeedKind.LONG_TRIAL, said, on=on)


def long_trial_of(work: Work, plan_id: str, course_id: str) -> LongTrial | None:
    """Why an edition was issued for so long a trial; None where it was not."""
    found = deeds.latest(deeds.deeds(work, plan_id, DeedKind.LONG_TRIAL, course=course_id))
    return found.told(LongTrial) if found else None
