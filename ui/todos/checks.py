"""What the last rule checks ask of the author of a plan: what is broken, and what is due soon."""

from __future__ import annotations

from collections.abc import Iterator

from plans_repo import library, replacements
from plans_repo.checks import runs
from plans_repo.checks.result import Outcome
from plans_repo.checks.runs import Run
from plans_repo.course.stages import CLOSED
from plans_repo.store.roles import Action
from plans_repo.store.work import Work
from ui.todos import Todo, of_plan, todo_source
from ui.todos.kinds import Kind
from ui.wording import n_


@todo_source
def checks_waiting(work: Work) -> Iterator[Todo]:
    """For each plan the person writes and that still counts: the rules broken and due soon at the last check."""
    if not work.actor.may(Action.EDIT_PLAN):
        return
    written = library.entries(work, library.Part.WRITTEN)
    own = {entry.id: entry for entry in written if not (entry.newest and entry.newest.state in CLOSED)}
    for plan_id, run in runs.runs(work, own).items():
        yield from _of_run(own[plan_id].title, run)


@todo_source
def replacements_waiting(work: Work) -> Iterator[Todo]:
    """Changes of the register that plans of the person still tell otherwise."""
    if not work.actor.may(Action.EDIT_PLAN):
        return
    for plan, (title, count) in replacements.waiting(work).items():
        words = n_("台账变更待处理 {count} 处", count)
        yield of_plan(plan, title, words, kind=Kind.REGISTER, part="health")


def _of_run(title: str, run: Run) -> Iterator[Todo]:
    if failed := run.count(Outcome.FAIL):
        yield of_plan(run.plan, title, n_("规则检查不符合 {count} 项", failed), kind=Kind.RULES, part="checks")
    due = [rule for rule in run.rules if rule.outcome is Outcome.DUE_SOON]
    dated = [rule.due_on for rule in due if rule.due_on is not None]
    if due:
        words, by = n_("规则检查临期 {count} 项", len(due)), min(dated, default=None)
        yield of_plan(run.plan, title, words, kind=Kind.RULES, due_on=by, part="checks")
