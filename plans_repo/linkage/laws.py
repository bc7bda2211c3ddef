"""Laws, national plans and standards that plans cite, with their state, from the pack."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from typing import Any

from plans_repo.packs.reading import pack
from sim.figure import Mark

STANDARD = r"(?:GB|AQ|YJ|SL|MT|XF|GA|HJ|DB\d{2})\s*(?:/?\s*T)?\s*\d{3,6}(?:\.\d{1,2})?\s*[-—－–]\s*(?:19|20)\d{2}"
"""A standard by its number and year, however it is spaced: GB/T 29639-2020, AQ/T9007—2019."""
_EDITION = re.compile(r"（[^（）]*）$")
_NUMBER_AND_YEAR = re.compile(r"(.+?)[-—－–](\d{4})$")


class LawStatus(StrEnum):
    """Whether a law may be cited."""

    IN_FORCE = "in_force"
    REPLACED = "replaced"


@dataclass(frozen=True, kw_only=True)
class Law:
    """A law, regulation, rule, national plan or standard as it was cited.

    Of a replaced one *now* is the title, *now_cited* the citation of what took its place, *why* what happened,
    by language; an outdated edition is a replaced law that keeps its title.
    """

    title: str
    status: LawStatus
    since: str
    source: str
    mark: Mark
    now: str = ""
    now_cited: str = ""
    why: Mapping[str, str] = field(default_factory=dict)
    is_edition: bool = False


def law(title: str, edition: str = "") -> Law | None:
    """The law cited by that title, its short name or its number, in that edition; None where the pack has none.

    >>> law("防洪法").title, law("煤矿安全监察条例").now_cited, law("某某管理办法")
    ('中华人民共和国防洪法', '《煤矿安全生产条例》（国务院令第774号）', None)
    >>> law("安全生产法", "2014年修正").now_cited, law("GB/T29639—2013").now_cited
    ('《中华人民共和国安全生产法》（2021年修正）', 'GB/T 29639-2020')
    """
    words = title.strip()
    if re.fullmatch(STANDARD, words):
        return _standard(words)
    bare = _EDITION.sub("", words)
    found = _titled().get(words) or _titled().get(bare)
    return _of_edition(found, edition or words[len(bare) :]) if found else None


def _of_edition(present: Law, edition: str) -> Law:
    """The law in the edition named: the present one, or one that is outdated."""
    for item in _outdated().get(present.title, ()) if edition else ():
        if re.search(item["edition"], edition):
            why, mark = item["why"], Mark(item["mark"])
            return replace(present, status=LawStatus.REPLACED, now=present.title, why=why, mark=mark, is_edition=True)
    return present if present.status is LawStatus.REPLACED else replace(present, now_cited="")


def _standard(words: str) -> Law | None:
    number, year = _number_and_year(words)
    present = _standards().get(number)
    if present is None:
        return None
    own, own_year = _number_and_year(present.title)
    if own == number and year >= own_year:
        return replace(present, now_cited="")
    why = {"zh": f"由{present.now_cited}代替", "en": f"replaced by {present.now_cited}"}
    return replace(present, title=words, status=LawStatus.REPLACED, now=present.title, why=why)


def _number_and_year(words: str) -> tuple[str, str]:
    match = _NUMBER_AND_YEAR.fullmatch(re.sub(r"[\s/]", "", words))
    assert match is not None
    return match[1], match[2]


@cache
def _titled() -> dict[str, Law]:
    """The laws and what was replaced, by every name they go by."""
    found: dict[str, Law] = {}
    for one, names in (*_laws(), *_replaced()):
        found |= dict.fromkeys(names, one)
    return found


def _laws() -> Iterator[tuple[Law, tuple[str, ...]]]:
    for item in pack("linkage", "laws")["law"]:
        one = _law(item, LawStatus.IN_FORCE, now_cited=_cited(item))
        yield one, (one.title, *item.get("short", ()))


def _replaced() -> Iterator[tuple[Law, tuple[str, ...]]]:
    cited = {item["title"]: _cited(item) for item in pack("linkage", "laws")["law"]}
    for item in pack("linkage", "laws")["replaced"]:
        now = item["now"]
        one = _law(item, LawStatus.REPLACED, now=now, now_cited=cited[now], why=item["why"])
        yield one, (one.title, *item.get("short", ()))


@cache
def _outdated() -> Mapping[str, tuple[Mapping[str, Any], ...]]:
    """The editions no longer to be cited, by title."""
    return {item["title"]: tuple(item.get("outdated", ())) for item in pack("linkage", "laws")["law"]}


@cache
def _standards() -> Mapping[str, Law]:
    """The standards by their number without the year, and by the numbers that gave way to them."""
    found: dict[str, Law] = {}
    for item in pack("linkage", "laws")["standard"]:
        one = _law(item | {"title": item["number"]}, LawStatus.IN_FORCE, now_cited=item.get("cited", item["number"]))
        for name in (item["number"], *item.get("replaces", ())):
            found[_number_and_year(name)[0]] = one
    return found


def _cited(item: Mapping[str, Any]) -> str:
    document = item.get("document", "")
    return f"《{item['title']}》" + (f"（{document}）" if document else "")


def _law(item: Mapping[str, Any], status: LawStatus, **more: Any) -> Law:
    return Law(
        title=item["title"], status=status, since=item["since"], source=item["source"], mark=Mark(item["mark"]), **more
    )
