"""The last check of each plan, kept so that lists and the desk need not check anew: outcomes only, no sentences."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from plans_repo.checks.checking import CheckReport
from plans_repo.checks.result import Outcome
from plans_repo.course.working_days import local_day
from plans_repo.store.batches import batched
from plans_repo.store.tables.checks import CheckRunRow
from plans_repo.store.tables.versions import VersionRow
from plans_repo.store.work import Work


@dataclass(frozen=True, kw_only=True)
class RuleRun:
    """How one rule turned out, and until when something is due."""

    rule: str
    outcome: Outcome
    due_on: date | None


@dataclass(frozen=True, kw_only=True)
class Run:
    """The last check of a plan: how each rule turned out, and how many defects of which severity its text had."""

    plan: str
    version: str
    checked_on: date
    rules: tuple[RuleRun, ...]
    defects: Mapping[str, int]

    def count(self, outcome: Outcome) -> int:
        """How many rules turned out so."""
        return sum(rule.outcome is outcome for rule in self.rules)


def keep(work: Work, report: CheckReport, defects: Mapping[str, int]) -> None:
    """Keep how a report turned out in place of the plan's former run."""
    outcomes = [
        {"rule": result.id, "outcome": result.outcome.value, "due_on": result.due_on}
        for result in report.results
        if result.outcome is not Outcome.NOT_APPLICABLE
    ]
    work.session.merge(
        CheckRunRow(
            plan_id=report.plan,
            version_id=report.version,
            checked_on=report.checked_on,
            outcomes=outcomes,
            defects=dict(defects),
        )
    )
    work.session.flush()


def runs(work: Work, plan_ids: Collection[str]) -> dict[str, Run]:
    """The last runs of plans the caller may see; of a plan never checked there is none."""
    found: dict[str, Run] = {}
    for some in batched(sorted(plan_ids)):
        rows = work.session.exec(select(CheckRunRow).where(col(CheckRunRow.plan_id).in_(some)))
        found |= {row.plan_id: _run(row) for row in rows}
    return found


def to_check(work: Work, *, most: int) -> tuple[str, ...]:
    """Plans that were never checked, not today, or have another newest version since; at most so many."""
    today = local_day(work.now)
    known = {row.plan_id: row for row in work.session.exec(select(CheckRunRow))}
    waiting = [plan for plan, version in sorted(_newest(work).items()) if _is_old(known.get(plan), version, today)]
    return tuple(waiting[:most])


def _is_old(row: CheckRunRow | None, newest: str, today: date) -> bool:
    return row is None or row.version_id != newest or row.checked_on < today


def _newest(work: Work) -> dict[str, str]:
    """Each plan with its newest version: of the rows in order the last one stays."""
    query = select(col(VersionRow.plan_id), col(VersionRow.id)).order_by(col(VersionRow.ordinal))
    return dict(work.session.exec(query).all())


def _run(row: CheckRunRow) -> Run:
    return Run(
        plan=row.plan_id,
        version=row.version_id,
        checked_on=row.checked_on,
        rules=tuple(
            RuleRun(
                rule=one["rule"],
                outcome=Outcome(one["outcome"]),
                due_on=date.fromisoformat(one["due_on"]) if one["due_on"] else None,
            )
            for one in row.outcomes
        ),
        defects=row.defects,
    )


__all__ = ["RuleRun", "Run", "keep", "runs", "to_check"]
