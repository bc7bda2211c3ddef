"""What is set to fail in an event, in words: no verdict is to be read without it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from plans_repo.packs.naming import name_of
from sim.apart import told_apart
from sim.compound import Compound, Part
from sim.failures import Failure
from sim.joining import renamed
from sim.procedure import Pool, Procedure
from sim.scenario import Scenario


def failures_told(scenario: Scenario, procedure: Procedure, language: str) -> list[str]:
    """A line for each failure of an event: what, of whom, how long."""
    titles = _places(scenario, language) | _pools(told_apart(procedure, scenario).pools, language)
    return [_line(failure, titles, language) for failure in scenario.failures]


def failure_told(scenario: Scenario, place: int, procedure: Procedure, language: str) -> str:
    """What fails, and of whom, in the failure at that *place* of an event: as a message would say it."""
    titles = _places(scenario, language) | _pools(told_apart(procedure, scenario).pools, language)
    failure = scenario.failures[place]
    kind = name_of("failure_kind", failure.kind, language)
    return name_of("failure_span", "happens", language).format(kind=kind, of=_of(failure, titles, language))


def compound_failures_told(compound: Compound, pools: Iterable[Pool], language: str) -> list[str]:
    """The same for several events in one run: those of the parts, in the minutes of each, then those of the whole."""
    every = _pools(pools, language)
    lines = [
        _of_part(part, _line(failure, _places(part.scenario, language) | every, language), language)
        for part in compound.parts
        for failure in part.scenario.failures
    ]
    titles = compound_places(compound, language) | every
    return lines + [_line(failure, titles, language) for failure in compound.failures]


def parts_told(compound: Compound, language: str) -> list[str]:
    """A line for each part of a compound event: its title, when it begins, and its summary."""
    return [
        name_of("event_part", "follows" if part.follows else "fixed", language)
        .format(
            title=_title(part.scenario.title, part.scenario.title_en, language),
            minute=f"{round(part.start_min, 1):g}",
            summary=_title(part.scenario.summary, part.scenario.summary_en, language),
        )
        .strip()
        for part in compound.parts
    ]


def compound_places(compound: Compound, language: str) -> dict[str, str]:
    """The places of all parts by their joined names; where two have one title, with the title of their part."""
    found = [
        (renamed(part.id, key), title, _title(part.scenario.title, part.scenario.title_en, language))
        for part in compound.parts
        for key, title in _places(part.scenario, language).items()
    ]
    count = Counter(title for _key, title, _part in found)
    form = "{title}（{part}）" if language == "zh" else "{title} ({part})"
    return {key: form.format(title=title, part=part) if count[title] > 1 else title for key, title, part in found}


def _of_part(part: Part, line: str, language: str) -> str:
    if not part.follows and part.start_min == 0:
        return line
    title = _title(part.scenario.title, part.scenario.title_en, language)
    return name_of("failure_span", "of_part", language).format(line=line, part=title)


def _places(scenario: Scenario, language: str) -> dict[str, str]:
    """Places by their id, as people call them."""
    return {each.id: _title(each.title, each.title_en, language) for each in scenario.places}


def _pools(pools: Iterable[Pool], language: str) -> dict[str, str]:
    return {each.id: _title(each.title, each.title_en, language) for each in pools}


def _title(title: str, english: str, language: str) -> str:
    return title if language == "zh" or not english else english


def _of(failure: Failure, titles: dict[str, str], language: str) -> str:
    of = titles.get(failure.of, failure.of) or name_of("failure_span", "everywhere", language)
    return name_of("failure_span", "units", language).format(of=of, units=failure.units) if failure.units else of


def _line(failure: Failure, titles: dict[str, str], language: str) -> str:
    return name_of("failure_span", _span(failure), language).format(
        kind=name_of("failure_kind", failure.kind, language),
        of=_of(failure, titles, language),
        start=f"{failure.from_min:g}",
        end="" if failure.until_min is None else f"{failure.until_min:g}",
    )


def _span(failure: Failure) -> str:
    if failure.until_min is not None:
        return "between"
    return "onward" if failure.from_min else "always"
