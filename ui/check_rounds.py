"""Rounds of checks: every plan is checked once a day and after each new version, a handful at a time."""

from __future__ import annotations

from plans_repo.checks import runs
from plans_repo.errors import PlansRepoError
from plans_repo.health.examination import health
from plans_repo.store.actor import Actor, local_actor
from ui.checking import check_plan
from ui.installation import Installation

AT_ONCE = 10
"""Plans of one round; a round is a minute."""


def check_round(installation: Installation) -> int:
    """Check the plans that wait for it, at most a handful; answers how many were."""
    actor = local_actor("checks")
    with installation.store.reading(actor) as work:
        waiting = runs.to_check(work, most=AT_ONCE)
    for plan in waiting:
        check_and_keep(installation, actor, plan)
    return len(waiting)


def check_and_keep(installation: Installation, actor: Actor, plan_id: str) -> None:
    """Check one plan, holding no writer up, and keep how it turned out; a broken local pack stops nothing else."""
    try:
        with installation.store.reading(actor) as work:
            report = check_plan(work, installation.data, plan_id)
            defects = health(work, plan_id).counts
    except PlansRepoError:
        return
    with installation.store.work(actor) as work:
        runs.keep(work, report, {severity.value: count for severity, count in defects.items()})
