"""When an inject is released and how long an action may take, in words of either language."""

from __future__ import annotations

from drills.scripts.condition_text import written
from drills.scripts.naming import names_of
from drills.scripts.script import START, ExpectedAction, Inject, Script
from plans_repo.word import numbers
from plans_repo.word.wording import Wording

NONE = "—"


def release_words(script: Script, inject: Inject, words: Wording) -> str:
    """The minute of an inject, its condition, or that a controller releases it."""
    if inject.at_min is not None:
        return words.say("drill.minute", minute=f"{round(inject.at_min, 1):g}")
    if inject.condition is not None:
        return words.say("drill.when", condition=written(inject.condition, names_of(script), words.language))
    return words.say("drill.held")


def limit_words(script: Script, action: ExpectedAction, words: Wording) -> str:
    """The limit of an action and what it counts from; a dash without one."""
    if action.limit_min is None:
        return NONE
    limit = numbers.limit(words, action.limit_min)
    if action.since == START:
        return words.say("drill.after_start", limit=limit)
    inject = next((one for one in script.injects if one.id == action.since), None)
    if inject is not None:
        return words.say("drill.after_inject", number=inject.number, limit=limit)
    return words.say("drill.after_action", number=script.action(action.since).number, limit=limit)


def band_words(action: ExpectedAction, words: Wording) -> str:
    """When simulation ended the task, from the start: P10, P50, P90; a dash where no study says."""
    found = (action.p10_min, action.p50_min, action.p90_min)
    if all(value is None for value in found):
        return NONE
    return " / ".join(NONE if value is None else numbers.minutes(words, value) for value in found)


def met_words(action: ExpectedAction) -> str:
    """The share of the runs that kept the limit; a dash where no study says."""
    return NONE if action.met_share is None else numbers.percent(action.met_share)
