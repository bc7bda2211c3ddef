"""What plans are for, as their titles say it: 防汛, 山洪, 煤矿事故; from the pack."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from plans_repo.packs.reading import pack

GENERAL = "none"
"""Listed under it are plans whose title names no subject: overall ones, and what the pack does not know."""

_EDITION = re.compile(r"[（(][^（()）]*[)）]")
_OVERALL = re.compile(r"(?:总体|综合)应急预案|突发事件应急预案")


@dataclass(frozen=True, kw_only=True)
class Subject:
    """One subject: its names by language, the one it is a part of, its class of events; "" for none of these.

    Only the widest say their class.
    """

    id: str
    name: Mapping[str, str]
    wider: str = ""
    category: str = ""
    needs: str = ""
    is_qualifier: bool = False


@dataclass(frozen=True, kw_only=True)
class Topic:
    """What a title speaks of: the subjects of the pack, or what is left of its words where the pack knows none."""

    subjects: frozenset[str] = frozenset()
    rest: str = ""

    @property
    def is_general(self) -> bool:
        """Whether the title names no event: 双堤镇突发事件应急预案."""
        return not self.subjects and not self.rest


def topic(title: str, place: str = "") -> Topic:
    """The topic of a title; *place* is what it begins with.

    >>> sorted(topic("清川县防汛抗旱应急预案", "清川县").subjects), sorted(topic("煤矿生产安全事故应急预案").subjects)
    (['drought', 'flood'], ['coal'])
    >>> topic("双堤镇突发事件应急预案", "双堤镇").is_general, topic("清川县蜂群伤人事件应急预案", "清川县").rest
    (True, '蜂群伤人')
    """
    bare = _EDITION.sub("", title.strip().removeprefix(place))
    named = {name for match in _words().finditer(bare) for name in _named()[match[0]]}
    found = {name for name in named if subjects()[name].needs in ("", *named)}
    if found:
        return Topic(subjects=frozenset(found - set(_qualified(found))))
    return Topic(rest="" if _OVERALL.fullmatch(bare) else _common().sub("", bare))


def _qualified(found: set[str]) -> Iterator[str]:
    """The wider subjects that others among those found only narrow."""
    for name in found:
        one = subjects()[name]
        while one.is_qualifier and one.wider:
            yield one.wider
            one = subjects()[one.wider]


def wider(name: str) -> Iterator[str]:
    """The subjects a subject is a part of, the nearest first.

    >>> list(wider("gas_explosion"))
    ['coal', 'mine', 'production']
    """
    above = subjects()[name].wider
    while above:
        yield above
        above = subjects()[above].wider


@lru_cache(maxsize=1 << 14)
def named_in(title: str) -> tuple[str, ...]:
    """The narrowest subjects a title names, sorted; ``GENERAL`` alone where it names none.

    >>> named_in("清川县防汛抗旱应急预案"), named_in("清川县突发事件总体应急预案")
    (('drought', 'flood'), ('none',))
    """
    return tuple(sorted(topic(title).subjects)) or (GENERAL,)


def listed_under(title: str) -> tuple[str, ...]:
    """The subjects a title names, those they are part of, and their classes of events, sorted.

    >>> listed_under("清川县城市内涝应急预案"), listed_under("清川县突发事件总体应急预案")
    (('flood', 'natural', 'waterlogging'), ('none',))
    """
    found = {above for name in named_in(title) if name != GENERAL for above in (name, *wider(name))}
    classes = {subjects()[name].category for name in found} - {""}
    return tuple(sorted(found | classes)) or (GENERAL,)


def outline() -> tuple[tuple[str, int], ...]:
    """All one can look for and how deep it lies: each class with its subjects, those of no class, plans of none.

    >>> outline()[:3]
    (('natural', 0), ('flood', 1), ('torrent', 2))
    """
    shelved = (line for name in categories() for line in ((name, 0), *_below(category=name, depth=1)))
    return (*shelved, *_below(category="", depth=0), (GENERAL, 0))


def _below(*, category: str = "", part_of: str = "", depth: int) -> Iterator[tuple[str, int]]:
    for one in subjects().values():
        if one.wider == part_of and (part_of or one.category == category):
            yield one.id, depth
            yield from _below(part_of=one.id, depth=depth + 1)


def subject_name(subject: str, language: str) -> str:
    """What a subject or class is called in a language; words the pack does not know are themselves.

    >>> subject_name("waterlogging", "en"), subject_name("natural", "zh"), subject_name("蜂群伤人", "en")
    ('waterlogging', '自然灾害', '蜂群伤人')
    """
    known = subjects()[subject].name if subject in subjects() else categories().get(subject)
    return known.get(language, known["zh"]) if known else subject


@cache
def categories() -> Mapping[str, Mapping[str, str]]:
    """The classes of events by id, each with its names by language."""
    return {item["id"]: item["name"] for item in pack("linkage", "subjects")["category"]}


@cache
def subjects() -> Mapping[str, Subject]:
    """Every subject by its id."""
    return {
        item["id"]: Subject(
            id=item["id"],
            name=item["name"],
            wider=item.get("wider", ""),
            category=item.get("category", ""),
            needs=item.get("needs", ""),
            is_qualifier=item.get("is_qualifier", False),
        )
        for item in _items()
    }


def _items() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pack("linkage", "subjects")["subject"]
    return found


@cache
def _named() -> Mapping[str, tuple[str, ...]]:
    """The subjects each word names; 水旱灾害 names two."""
    found: dict[str, tuple[str, ...]] = {}
    for item in _items():
        for word in item["words"]:
            found[word] = (*found.get(word, ()), item["id"])
    return found


@cache
def _words() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(_named(), key=len, reverse=True))))


@cache
def _common() -> re.Pattern[str]:
    words = sorted(pack("linkage", "subjects")["common"], key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))
