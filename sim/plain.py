"""Values as plain data and as canonical bytes, and back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import Field, fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from sim.errors import SimError

T = TypeVar("T")
IF_GIVEN: dict[str, Any] = {"plain": "if given"}
"""Metadata of a field that is left out of the plain form at its default, so that adding it changes no stored hash."""


def plain(value: Any) -> Any:
    """Dicts, lists, strings, whole numbers, booleans and None that stand for *value*.

    Floats become their shortest decimal string, instants UTC with microseconds.

    >>> plain((1, 2.5, None))
    [1, '2.5', None]
    """
    if isinstance(value, Enum):
        return plain(value.value)
    if value is None or isinstance(value, bool | int | str):
        return value
    for kind, form in _SCALARS:
        if isinstance(value, kind):
            return form(value)
    return _plain_composite(value)


def _plain_composite(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: plain(_as_declared(field, getattr(value, field.name)))
            for field in fields(value)
            if not _is_left_out(field, getattr(value, field.name))
        }
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted(plain(item) for item in value)
    raise SimError("value-not-plain", thing=type(value).__name__, value=repr(value))


def _is_left_out(field: Field[Any], value: Any) -> bool:
    return field.metadata.get("plain") == IF_GIVEN["plain"] and bool(value == field.default)


def _as_declared(field: Field[Any], value: Any) -> Any:
    """A whole number in a field declared float stands for the float it comes back as."""
    return float(value) if type(value) is int and str(field.type).startswith("float") else value


def _instant(value: datetime) -> str:
    if value.tzinfo is None:
        raise SimError("instant-without-zone", thing="instant", value=value.isoformat())
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def canonical(value: Any) -> bytes:
    """The bytes that are hashed: RFC 8785 JSON of the plain form.

    Keys are sorted by UTF-16 code units as the RFC asks; there are no floats, so
    its number rules are those of whole numbers.

    >>> canonical({"b": 1, "a": "预案"}).decode()
    '{"a":"预案","b":1}'
    """
    return json.dumps(_sorted(plain(value)), ensure_ascii=False, separators=(",", ":")).encode()


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value, key=lambda key: key.encode("utf-16-be"))}
    if isinstance(value, list):
        return [_sorted(item) for item in value]
    return value


_SCALARS: tuple[tuple[type, Callable[[Any], Any]], ...] = (
    (float, repr),
    (datetime, _instant),
    (date, date.isoformat),
    (bytes, bytes.hex),
)


def digest(value: Any) -> str:
    """The sha-256 of the canonical bytes, in hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()


def unplain(kind: type[T], data: Any) -> T:
    """The value of *kind* that the plain *data* stands for; refuses what does not fit."""
    try:
        return _adapter(kind).validate_python(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "content"
        raise SimError(
            _MISFITS.get(first["type"], "stored-value-unreadable"),
            thing=kind.__name__.lower(),
            field=where,
            rule=first["msg"],
            value=shown(first.get("input")),
        ) from error


def strays(value: Any, data: Any) -> Iterator[str]:
    """Where plain *data* name a field which the *value* that was read from them does not have.

    >>> from sim.procedure import Need
    >>> list(strays((Need(pool="bus"),), [{"pool": "bus", "unit": 7}]))
    ['0.unit']
    """
    if isinstance(value, list | tuple) and isinstance(data, list | tuple):
        inside = [(str(place), *pair) for place, pair in enumerate(zip(value, data, strict=False))]
    elif is_dataclass(value) and isinstance(data, dict):
        names = {field.name for field in fields(value)}
        yield from sorted(str(name) for name in data if name not in names)
        inside = [(name, getattr(value, name), data[name]) for name in sorted(names & data.keys())]
    else:
        return
    for name, part, given in inside:
        yield from (f"{name}.{stray}" for stray in strays(part, given))


_MISFITS = {
    "missing": "stored-value-missing",
    "union_tag_not_found": "stored-kind-unknown",
    "union_tag_invalid": "stored-kind-unknown",
    "enum": "stored-kind-unknown",
    "literal_error": "stored-kind-unknown",
}
"""The refusals of the commonest ways plain data do not fit; every other is a value that cannot be read."""
_LONGEST_SHOWN = 60


def shown(value: Any) -> str:
    """A value as a refusal shows it, cut where it would fill the screen.

    >>> shown("many"), len(shown([1] * 1000))
    ('many', 61)
    """
    text = str(value)
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"


_ADAPTERS: dict[Any, TypeAdapter[Any]] = {}


def _adapter(kind: type[T]) -> TypeAdapter[T]:
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]
