"""The name people read for a code, in Chinese or English."""

from __future__ import annotations

from functools import cache
from typing import Any

from plans_repo.packs.reading import pack


def name_of(group: str, code: str, language: str) -> str:
    """The name of a code of a group; the code itself where the pack has none.

    >>> name_of("cause", "decision", "zh"), name_of("clock", "water", "en")
    ('等领导决策', 'the arrival of the water')
    """
    return str(_names().get(group, {}).get(code, {}).get(language, code))


def has_name(group: str, code: str) -> bool:
    """Whether the pack names a code of a group."""
    return code in _names().get(group, {})


def clock_name(clock: str, language: str) -> str:
    """The name of a clock, alone or of a part of a compound event.

    >>> clock_name("dam:water", "zh"), clock_name("water", "en")
    ('洪水到达', 'the arrival of the water')
    """
    return name_of("clock", clock.rpartition(":")[2], language)


def codes_of(group: str) -> tuple[str, ...]:
    """The codes of a group, in the order of the pack."""
    return tuple(_names().get(group, {}))


def cause_name(cause: str, language: str) -> str:
    """The name of a label of minutes, without the pool or gate behind it.

    >>> cause_name("pool:bus", "en")
    'waiting for units'
    """
    return name_of("cause", cause.partition(":")[0], language)


@cache
def _names() -> dict[str, Any]:
    return pack("", "names")
