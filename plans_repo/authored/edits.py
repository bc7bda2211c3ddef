"""Changes to a scenario, one field at a time, each giving another scenario; nothing is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

from plans_repo.authored.ranges import check_number, range_of, range_of_number
from plans_repo.errors import NotFound, PlansRepoError
from plans_repo.packs import reading as packs
from sim.circumstance import Circumstance
from sim.compound import Compound
from sim.failures import Failure
from sim.figure import Figure, Mark, finite
from sim.hazards.models import MODELS
from sim.joining import renamed
from sim.scenario import Parameter, Place, Scenario

Of = TypeVar("Of", bound=Scenario | Compound)
COMPOUND_TEXTS = ("title", "title_en", "summary", "summary_en")
TEXTS = ("title", "title_en", "summary", "summary_en", "level")


def copied(scenario: Scenario, new_id: str, title: str = "") -> Scenario:
    """The same event under another id, to be changed."""
    return replace(scenario, id=new_id, title=title or scenario.title, title_en="" if title else scenario.title_en)


def fresh(spread: str, new_id: str, title: str) -> Scenario:
    """A scenario to begin with: the parameters its model asks for, and one place of each kind.

    The figures are those of the first scenario of the packs that spreads so, with their sources and marks.
    """
    if spread not in MODELS:
        raise PlansRepoError("scenario-spread-unknown", thing="scenario", field="spread",
                             rule=f"one of {', '.join(MODELS)}", value=spread)  # fmt: skip
    model = next(item for item in packs.scenarios() if item.spread == spread)
    first = {place.kind: place for place in reversed(model.places)}
    kinds = dict.fromkeys(place.kind for place in model.places)
    return replace(
        model,
        id=new_id,
        title=title,
        title_en="",
        summary="",
        summary_en="",
        failures=(),
        places=tuple(first[kind] for kind in kinds),
    )


def with_field(scenario: Scenario, field: str, text: str) -> Scenario:
    """The event with one field written anew.

    A field is ``title``, ``summary``, ``level``, ``horizon_min``, ``circumstances`` (with commas between),
    ``parameter.NAME`` and its ``source`` and ``mark`` (``parameter.NAME.source``), ``measure.NAME``,
    ``place.ID.NUMBER`` and ``place.ID.title``. Refused where there is no such field or the value does not fit.

    >>> from plans_repo.packs.reading import scenario
    >>> with_field(scenario("river-plain-day"), "place.R01.people", "730").places[0].number("people")
    730.0
    """
    thing, (head, *rest) = f"scenario {scenario.id}", field.split(".")
    if not rest and head in TEXTS:
        texts: dict[str, Any] = {head: text}
        return replace(scenario, **texts)
    if field == "horizon_min":
        return replace(scenario, horizon_min=number(thing, field, text))
    if field == "circumstances":
        return replace(scenario, circumstances=_circumstances(thing, text))
    if head == "parameter" and rest:
        return _with_parameter(scenario, rest, text)
    if head == "place" and len(rest) == 2:
        return _with_place(scenario, rest[0], rest[1], text)
    if head == "measure" and len(rest) == 1:
        return _with_measure(scenario, rest[0], number(thing, field, text))
    raise _no_field(thing, field)


def with_figure(scenario: Scenario, name: str, figure: Figure) -> Scenario:
    """The event with one parameter's figure; the value must lie in its range."""
    at, found = _parameter(scenario, name)
    check_number(f"scenario {scenario.id}", found.title or name, figure.value, range_of(name, figure.unit),
                 found.title_en or name)  # fmt: skip
    parameters = list(scenario.parameters)
    parameters[at] = replace(found, figure=figure)
    return replace(scenario, parameters=tuple(parameters))


def with_compound_field(compound: Compound, field: str, text: str) -> Compound:
    """The compound event with its title, its summary or its horizon written anew.

    What its parts say is written in their scenarios, and which parts it has when it is put together.
    """
    thing = f"compound event {compound.id}"
    if field in COMPOUND_TEXTS:
        texts: dict[str, Any] = {field: text}
        return replace(compound, **texts)
    if field == "horizon_min":
        return replace(compound, horizon_min=number(thing, field, text))
    raise _no_field(thing, field)


def with_failure(event: Of, failure: Failure) -> Of:
    """The event in which one more thing fails; the place of a part is written ``place@part`` or as it is joined.

    >>> from plans_repo.packs.reading import compounds
    >>> from sim.failures import FailureKind
    >>> chain = next(one for one in compounds() if one.id == "river-flood-and-dam")
    >>> with_failure(chain, Failure(kind=FailureKind.ROAD, of="R01@dam")).failures[-1].of
    'dam:R01'
    """
    if isinstance(event, Compound):
        place, sign, part = failure.of.partition("@")
        failure = replace(failure, of=renamed(part, place) if sign else failure.of)
    return replace(event, failures=(*event.failures, failure))


def without_failure(event: Of, place: int) -> Of:
    """The event without its failure of that place in the list, counted from 1."""
    if not 1 <= place <= len(event.failures):
        raise NotFound("failure-unknown", thing=f"scenario {event.id}", field="failure", value=place)
    return replace(event, failures=tuple(f for at, f in enumerate(event.failures, start=1) if at != place))


def with_places(scenario: Scenario, places: Sequence[Place]) -> Scenario:
    """The event with these places."""
    return replace(scenario, places=tuple(places))


def number(thing: str, field: str, text: object) -> float:
    """A number written by a person, or a refusal; nan and infinity are no numbers here.

    >>> number("scenario x", "horizon_min", "2 880")
    2880.0
    """
    try:
        value = float(str(text).replace(" ", "").replace(",", ""))
    except ValueError:
        return finite(thing, field, text)
    finite(thing, field, value)
    return value


def _with_parameter(scenario: Scenario, rest: Sequence[str], text: str) -> Scenario:
    thing = f"scenario {scenario.id}"
    _, found = _parameter(scenario, rest[0])
    figure = found.figure
    if len(rest) == 1:
        return with_figure(scenario, rest[0], replace(figure, value=number(thing, found.title or rest[0], text)))
    if rest[1:] == ["source"]:
        return with_figure(scenario, rest[0], replace(figure, source=text))
    if rest[1:] == ["mark"]:
        return with_figure(scenario, rest[0], replace(figure, mark=_mark(thing, text)))
    raise _no_field(thing, f"parameter.{'.'.join(rest)}")


def _parameter(scenario: Scenario, name: str) -> tuple[int, Parameter]:
    for at, found in enumerate(scenario.parameters):
        if found.name == name:
            return at, found
    raise _no_field(f"scenario {scenario.id}", f"parameter.{name}")


def _with_place(scenario: Scenario, key: str, name: str, text: str) -> Scenario:
    found = next((place for place in scenario.places if place.id == key), None)
    if found is None:
        raise _no_field(f"scenario {scenario.id}", f"place.{key}")
    if name in ("title", "title_en"):
        texts: dict[str, Any] = {name: text}
        changed = replace(found, **texts)
    else:
        value = check_number(f"place {found.title}", name, number(f"place {found.title}", name, text),
                             range_of_number(name))  # fmt: skip
        changed = replace(found, numbers=tuple((dict(found.numbers) | {name: value}).items()))
    return with_places(scenario, [changed if place is found else place for place in scenario.places])


def _with_measure(scenario: Scenario, name: str, value: float) -> Scenario:
    return replace(scenario, measures=tuple((dict(scenario.measures) | {name: value}).items()))


def _circumstances(thing: str, text: str) -> tuple[Circumstance, ...]:
    words = [word.strip() for word in text.replace("，", ",").replace("、", ",").split(",") if word.strip()]
    known = {each.value for each in Circumstance}
    for word in words:
        if word not in known:
            raise PlansRepoError("scenario-field-unfit", thing=thing, field="circumstances",
                                 rule="must be known", value=word, known=sorted(known))  # fmt: skip
    return tuple(Circumstance(word) for word in words)


def _mark(thing: str, text: str) -> Mark:
    if text not in {mark.value for mark in Mark}:
        raise PlansRepoError("scenario-field-unfit", thing=thing, field="mark",
                             rule="must be known", value=text, known=[mark.value for mark in Mark])  # fmt: skip
    return Mark(text)


def _no_field(thing: str, field: str) -> NotFound:
    return NotFound("scenario-field-unknown", thing=thing, field=field, rule="must be there", value=field)
