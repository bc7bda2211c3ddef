"""How a condition of a level is met by number, in words: what a study starts the level by."""

from __future__ import annotations

from plans_repo.packs.naming import name_of
from sim.procedure import Condition
from ui.wording import _, figure_text, language


def number_words(condition: Condition) -> str:
    """The numbers a condition asks for, all of them at once; "" where a person has to see whether it is met."""
    if condition.judgement or not condition.measure:
        return ""
    every = (_bounds(condition), *(_bounds(other) for other in condition.also))
    return _("，同时").join(every) if all(every) else ""


def _bounds(condition: Condition) -> str:
    name = name_of("measure", condition.measure, language())
    low, high = (figure_text(bound, digits=2) for bound in (condition.at_least, condition.below))
    if condition.below is None:
        return _("{name} ≥ {low}", name=name, low=low) if condition.at_least is not None else ""
    if condition.at_least is None:
        return _("{name} ＜ {high}", name=name, high=high)
    return _("{low} ≤ {name} ＜ {high}", name=name, low=low, high=high)
