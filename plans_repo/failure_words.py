"""What is set to fail in an event, in words: no verdict is to be read without it."""

from __future__ import annotations

from plans_repo.packs.naming import name_of
from sim.failures import Failure
from sim.procedure import Procedure
from sim.scenario import Scenario


def failures_told(scenario: Scenario, procedure: Procedure, language: str) -> list[str]:
    """A line for each failure of an event: what, of whom, how long."""
    return [_line(failure, _titles(scenario, procedure, language), language) for failure in scenario.failures]


def _titles(scenario: Scenario, procedure: Procedure, language: str) -> dict[str, str]:
    """Places and pools by their id, as people call them."""
    named = [(each.id, each.title, each.title_en) for each in scenario.places] + [
        (each.id, each.title, each.title_en) for each in procedure.pools
    ]
    return {key: title if language == "zh" or not english else english for key, title, english in named}


def _line(failure: Failure, titles: dict[str, str], language: str) -> str:
    of = titles.get(failure.of, failure.of) or name_of("failure_span", "everywhere", language)
    if failure.units:
        of = name_of("failure_span", "units", language).format(of=of, units=failure.units)
    return name_of("failure_span", _span(failure), language).format(
        kind=name_of("failure_kind", failure.kind, language),
        of=of,
        start=f"{failure.from_min:g}",
        end="" if failure.until_min is None else f"{failure.until_min:g}",
    )


def _span(failure: Failure) -> str:
    if failure.until_min is not None:
        return "between"
    return "always" if failure.is_for_good else "onward"
