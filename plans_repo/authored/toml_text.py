"""A scenario or a compound event as a TOML text, and back, exactly.

The form is that of the packs; a part of a compound event names a scenario or carries it whole.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from plans_repo.errors import PlansRepoError
from plans_repo.packs.reading import scenario_from
from plans_repo.toml_files import table_of
from sim.compound import Compound
from sim.errors import SimError
from sim.plain import unplain
from sim.scenario import Parameter, Place, Scenario

_BARE = re.compile(r"[A-Za-z0-9_-]+")
MOST_BYTES = 2_000_000
_TEXTS = frozenset({"id", "title", "title_en", "kind"})
_SCENARIO = frozenset({
    "id", "hazard", "spread", "title", "title_en", "summary", "summary_en", "horizon_min", "circumstances", "level",
    "measures", "parameters", "places", "failures",
})  # fmt: skip
_COMPOUND = frozenset({"id", "title", "title_en", "summary", "summary_en", "horizon_min", "parts", "failures"})
_PARAMETER = frozenset({"value", "unit", "title", "title_en", "source", "mark"})
_NEEDED = ("value", "unit", "source", "mark")
_FAILURE = frozenset({"kind", "of", "from_min", "until_min", "units"})
_PART = frozenset({"id", "scenario", "start_min", "trigger", "follows"})
_TRIGGER = frozenset({"part", "clock", "entity", "delay_min"})

T = TypeVar("T")
Event = Scenario | Compound
Named = Callable[[str], Scenario]


def written(event: Event) -> str:
    """The text of a scenario or a compound event."""
    lines = _compound_lines(event) if isinstance(event, Compound) else _scenario_lines(event, "")
    return "\n".join(lines).strip("\n") + "\n"


def read(data: bytes | str, named: Named) -> Event:
    """The scenario or compound event of a text; *named* finds a scenario that a part only names."""
    raw = data if isinstance(data, bytes) else data.encode("utf-8", errors="surrogatepass")
    if len(raw) > MOST_BYTES:
        rule = f"at most {MOST_BYTES} bytes"
        raise PlansRepoError("scenario-file-too-large", thing="file", rule=rule, limit=MOST_BYTES, value=len(raw))
    content = table_of(raw, "scenario-file-unreadable", "file")
    return compound_from(content, named) if "parts" in content else scenario_read(content)


def scenario_read(content: Mapping[str, Any]) -> Scenario:
    """The scenario of a table; refused are a key nobody knows, and a text where a number belongs."""
    thing = f"scenario {content.get('id', '')}".strip()
    _keys(thing, content, _SCENARIO, ("id", "hazard", "spread", "title", "horizon_min"))
    _number(thing, "horizon_min", content["horizon_min"])
    for name, item in _table(thing, content, "parameters").items():
        _keys(thing, _is_table(thing, name, item), _PARAMETER, _NEEDED, of=name)
        _number(thing, name, item["value"])
    for place in _tables(thing, content, "places"):
        _place(place)
    for name, value in _table(thing, content, "measures").items():
        _number(thing, name, value)
    _failures(thing, content)
    return _built(lambda: scenario_from(dict(content)), thing)


def compound_from(content: Mapping[str, Any], named: Named) -> Compound:
    """The compound event of a table."""
    thing = f"compound event {content.get('id', '')}".strip()
    _keys(thing, content, _COMPOUND, ("id", "title", "horizon_min", "parts"))
    _number(thing, "horizon_min", content["horizon_min"])
    _failures(thing, content)
    parts = []
    for part in _tables(thing, content, "parts"):
        _keys(thing, part, _PART, ("id", "scenario"), of="parts")
        _number(thing, "start_min", part.get("start_min", 0.0))
        if "trigger" in part:
            _keys(thing, _is_table(thing, "trigger", part["trigger"]), _TRIGGER, ("clock",), of="trigger")
        event = part["scenario"]
        parts.append({**part, "scenario": named(event) if isinstance(event, str) else scenario_read(
            _is_table(thing, "scenario", event))})  # fmt: skip
    return _built(lambda: unplain(Compound, {**content, "parts": parts}), thing)


# -- writing -------------------------------------------------------------------------


def _scenario_lines(scenario: Scenario, under: str) -> Iterator[str]:
    yield from _texts(scenario, "id", "hazard", "spread", "title", "title_en", "summary", "summary_en")
    yield f"horizon_min = {_float(scenario.horizon_min)}"
    if scenario.circumstances:
        yield f"circumstances = [{', '.join(_text(each.value) for each in scenario.circumstances)}]"
    yield f"level = {_text(scenario.level)}"
    yield from _failure_lines(scenario.failures)
    if scenario.measures:
        yield f"\n[{under}measures]"
        for name, value in scenario.measures:
            yield f"{_key(name)} = {_float(value)}"
    for parameter in scenario.parameters:
        yield from _parameter_lines(parameter, under)
    for place in scenario.places:
        yield from _place_lines(place, under)


def _parameter_lines(parameter: Parameter, under: str) -> Iterator[str]:
    yield f"\n[{under}parameters.{_key(parameter.name)}]"
    yield f"value = {_float(parameter.figure.value)}"
    yield f"unit = {_text(parameter.figure.unit)}"
    yield from _texts(parameter, "title", "title_en")
    yield f"source = {_text(parameter.figure.source)}"
    yield f"mark = {_text(parameter.figure.mark.value)}"


def _place_lines(place: Place, under: str) -> Iterator[str]:
    yield f"\n[[{under}places]]"
    yield from _texts(place, "id", "kind", "title", "title_en")
    for name, number in place.numbers:
        yield f"{_key(name)} = {_float(number)}"


def _compound_lines(compound: Compound) -> Iterator[str]:
    yield from _texts(compound, "id", "title", "title_en", "summary", "summary_en")
    yield f"horizon_min = {_float(compound.horizon_min)}"
    yield from _failure_lines(compound.failures)
    for part in compound.parts:
        yield "\n[[parts]]"
        yield f"id = {_text(part.id)}"
        yield f"start_min = {_float(part.start_min)}"
        if part.trigger:
            ways = [f"{name} = {_text(str(getattr(part.trigger, name)))}" for name in ("part", "clock", "entity")]
            yield f"trigger = {{ {', '.join(ways)}, delay_min = {_float(part.trigger.delay_min)} }}"
            yield from ["follows = true"] if part.follows else []
        yield "\n[parts.scenario]"
        yield from _scenario_lines(part.scenario, "parts.scenario.")


def _failure_lines(failures: tuple[Any, ...]) -> Iterator[str]:
    if not failures:
        return
    yield "failures = ["
    for failure in failures:
        until = "" if failure.until_min is None else f", until_min = {_float(failure.until_min)}"
        what = f"kind = {_text(failure.kind.value)}, of = {_text(failure.of)}"
        yield f"    {{ {what}, from_min = {_float(failure.from_min)}{until}, units = {failure.units} }},"
    yield "]"


def _texts(value: object, *names: str) -> Iterator[str]:
    """The fields of these names that are not empty."""
    for name in names:
        if text := str(getattr(value, name)):
            yield f"{name} = {_text(text)}"


def _text(value: str) -> str:
    """A basic string; what JSON leaves as it is and TOML does not is the delete sign alone."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _text(name)


def _float(value: float) -> str:
    """The shortest number that is read as the same.

    >>> _float(40), _float(0.1174), _float(1e22)
    ('40.0', '0.1174', '1e+22')
    """
    return repr(float(value))


# -- reading -------------------------------------------------------------------------


def _keys(thing: str, table: Mapping[str, Any], known: frozenset[str], needed: tuple[str, ...], of: str = "") -> None:
    for name in needed:
        if name not in table:
            raise _missing(thing, f"{of}.{name}".strip("."))
    for name in table:
        if name not in known:
            raise PlansRepoError("scenario-key-unknown", thing=thing, field=of, value=name, known=sorted(known))


def _place(place: Mapping[str, Any]) -> None:
    thing = f"place {place.get('id', '')}".strip()
    for name in ("id", "kind", "title"):
        if name not in place:
            raise _missing(thing, name)
    for name, value in place.items():
        if name not in _TEXTS:
            _number(thing, name, value)


def _failures(thing: str, content: Mapping[str, Any]) -> None:
    for failure in _tables(thing, content, "failures"):
        _keys(thing, failure, _FAILURE, ("kind", "of"), of="failures")
        for name in ("from_min", "until_min"):
            _number(thing, name, failure.get(name, 0.0))


def _number(thing: str, field: str, value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise SimError("number-not-finite", thing=thing, field=field, rule="must be a finite number", value=value)


def _table(thing: str, content: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    return _is_table(thing, name, content.get(name, {}))


def _is_table(thing: str, name: str, value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise _unfit("scenario-field-no-table", thing, name, "must be a table", value)
    return value


def _tables(thing: str, content: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    found = content.get(name, [])
    if not isinstance(found, list) or not all(isinstance(item, Mapping) for item in found):
        raise _unfit("scenario-field-no-table", thing, name, "must be a list of tables", found)
    return found


def _built(build: Callable[[], T], thing: str) -> T:
    try:
        return build()
    except SimError as error:
        if error.code not in ("stored-value-unreadable", "stored-kind-unknown"):
            raise
        said = error.fields
        field, rule = str(said.get("field")), str(said.get("rule"))
        raise _unfit("scenario-field-unreadable", thing, field, rule, said.get("value")) from error


def _missing(thing: str, field: str) -> PlansRepoError:
    return PlansRepoError("scenario-field-missing", thing=thing, field=field, rule="must be given")


def _unfit(code: str, thing: str, field: str, rule: str, value: object) -> PlansRepoError:
    return PlansRepoError(code, thing=thing, field=field, rule=rule, value=None if value is None else str(value)[:80])
