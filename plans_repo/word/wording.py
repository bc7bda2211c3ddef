"""The sentences of a report, in Chinese or English, from the data pack ``report_wording.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from plans_repo.errors import PlansRepoError

LANGUAGES = ("zh", "en")


class Wording:
    """Says things in one language.

    >>> Wording("zh").say("verdict.undecided")
    '未定'
    >>> Wording("en").say("clause.numbered", number="3.2")
    'Clause 3.2'
    """

    def __init__(self, language: str) -> None:
        if language not in LANGUAGES:
            raise PlansRepoError("report-language-unknown", thing="report", field="language",
                                 rule=f"must be one of {list(LANGUAGES)}", value=language)  # fmt: skip
        self.language = language

    def say(self, key: str, **fields: object) -> str:
        """The sentence called *key*, its blanks filled."""
        sentence = pack().get(key, {}).get(self.language)
        if sentence is None:
            raise PlansRepoError("report-wording-missing", thing="report_wording.toml", field=self.language,
                                 rule="must have the entry", value=key)  # fmt: skip
        return sentence.format_map(fields)

    def has(self, key: str) -> bool:
        """Whether the pack has this entry."""
        return key in pack()


@cache
def pack() -> Mapping[str, Mapping[str, str]]:
    """Every entry of the pack: dotted key to language to sentence."""
    text = files("plans_repo").joinpath("packs", "report_wording.toml").read_text(encoding="utf-8")
    return MappingProxyType(dict(_entries("", tomllib.loads(text))))


def _entries(prefix: str, table: Mapping[str, Any]) -> list[tuple[str, Mapping[str, str]]]:
    found: list[tuple[str, Mapping[str, str]]] = []
    for name, value in table.items():
        key = f"{prefix}{name}"
        if set(value) & set(LANGUAGES):
            found.append((key, value))
        else:
            found.extend(_entries(f"{key}.", value))
    return found
