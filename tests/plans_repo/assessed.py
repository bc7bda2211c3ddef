"""A small study to be assessed, played once for all tests of a process and kept in every store that asks."""

from __future__ import annotations

from typing import Any

from plans_repo import intake, scenarios, studies, study_running
from plans_repo.proposals import procedure_for
from plans_repo.store.work import Actor, Store, utc_now
from plans_repo.studies import Asked, Request, Study
from tests.plans_repo.test_studies import PLAN, SCENARIO, small_river

RUNS = 4


def a_study(store: Store, author: Actor, evaluator: Actor) -> Study:
    """A study of a few runs of a small flood plan, kept as the evaluator's."""
    with store.work(author) as work:
        scenarios.save_scenario(work, small_river())
        plan = intake.take_file(work, PLAN.encode(), "临江.txt", propose=procedure_for).first.plan
    return played(store, evaluator, plan)


def played(store: Store, evaluator: Actor, plan: str) -> Study:
    """The same study of a plan, kept once more."""
    with store.work(evaluator) as work:
        asked = studies.ask(work, Request(plan=plan, scenario=SCENARIO, runs=RUNS, seed=7, engine="simpy"))
        return studies.keep(work, asked, *_found(asked))


def _found(asked: Asked) -> Any:
    """What was found the first time; but for the ids of clauses, which every store gives anew, it stays the same."""
    if not _first:
        _first.append(
            study_running.compute(
                asked.question,
                asked.request,
                key=asked.key,
                clock=utc_now,
                progress=lambda done, total: None,
                executor=None,
                memory=None,
            )
        )
    return _first[0]


_first: list[Any] = []
