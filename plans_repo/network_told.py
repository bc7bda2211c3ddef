"""The network of tasks a study played, told task by task."""

from __future__ import annotations

from collections.abc import Mapping

from plans_repo.causes import pool_title, task_title
from plans_repo.word.assessed import TaskFacts
from plans_repo.word.wording import Wording
from sim.procedure import JoinKind, Need, Procedure, Task


def task_facts(procedure: Procedure, cited: Mapping[str, str], language: str) -> tuple[TaskFacts, ...]:
    """Every task with its clause, what it comes after and the units it takes."""
    words = Wording(language)
    return tuple(
        TaskFacts(
            title=task_title(procedure, task.id, language),
            clause_number=cited.get(task.clause, ""),
            after=_after(words, procedure, task),
            units=words.say("number.list").join(_need(words, procedure, need) for need in task.needs),
        )
        for task in procedure.tasks
    )


def _after(words: Wording, procedure: Procedure, task: Task) -> str:
    if not task.after:
        return words.say("annex.at_start")
    titles = words.say("number.list").join(task_title(procedure, each.task, words.language) for each in task.after)
    if len(task.after) == 1 or task.join.kind is JoinKind.ALL:
        return titles
    key = "annex.any_of" if task.join.kind is JoinKind.ANY else "annex.some_of"
    return words.say(key, tasks=titles, count=task.join.need)


def _need(words: Wording, procedure: Procedure, need: Need) -> str:
    title = pool_title(procedure, need.pool, words.language)
    return title if need.units == 1 and not need.times else f"{title}×{need.units}"
