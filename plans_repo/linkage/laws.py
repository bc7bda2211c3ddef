"""Laws and standards that plans cite, with their state, from the pack."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from plans_repo.packs.reading import pack
from sim.figure import Mark

_EDITION = re.compile(r"（[^（）]*）$")


class LawStatus(StrEnum):
    """Whether a law may be cited."""

    IN_FORCE = "in_force"
    REPLACED = "replaced"


@dataclass(frozen=True, kw_only=True)
class Law:
    """A law, regulation, rule or standard; *now* is what took the place of a replaced one."""

    title: str
    status: LawStatus
    since: str
    now: str
    mark: Mark


def law(title: str) -> Law | None:
    """The law cited by that title, its short name or a title with its edition; None where the pack has none.

    >>> law("防洪法").title, law("煤矿安全监察条例").now, law("某某管理办法")
    ('中华人民共和国防洪法', '煤矿安全生产条例', None)
    """
    bare = _EDITION.sub("", title.strip())
    return _laws().get(title.strip()) or _laws().get(bare)


@cache
def _laws() -> dict[str, Law]:
    found: dict[str, Law] = {}
    for item in pack("linkage", "laws")["law"]:
        one = Law(
            title=item["title"],
            status=LawStatus(item["status"]),
            since=item["since"],
            now=item.get("now", ""),
            mark=Mark(item["mark"]),
        )
        found |= dict.fromkeys((one.title, *item.get("short", ())), one)
    return found
