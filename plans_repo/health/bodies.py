"""Bodies, titles and duties that reforms did away with, by a pack of names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from plans_repo.checks.pack import words_from
from plans_repo.checks.rule import Words
from plans_repo.health.defect import Defect, DefectKind, Severity
from plans_repo.health.quoting import Sentence
from plans_repo.packs.reading import pack

FORMER = re.compile(r"原(?:来的?)?[\u4e00-\u9fff]{0,4}$")
CITED = re.compile(r"^(?:令|公告|通知|办公厅|第[0-9一二三四五六七八九十]+号|〔|关于)")
PLACE = re.compile(r"[省市县区州盟旗]$")
NARROW = re.compile(r"(?:大队|支队|总队|中队|队伍|局|部队)$")


@dataclass(frozen=True, kw_only=True)
class Gone:
    """A name that is no more: how it was written, what it became, by which reform."""

    id: str
    old: re.Pattern[str]
    only: re.Pattern[str] | None
    new: str
    reform: Words
    since: str
    is_duty: bool
    severity: Severity | None
    keeps_first: bool


@cache
def names_gone() -> tuple[Gone, ...]:
    """Every name of the pack."""
    data = pack("health", "bodies")
    return tuple(_gone(item, data["reforms"][item["reform"]]) for item in data["body"])


def successor(name: str) -> str | None:
    """What a body that is no more has become, "" where its duties went to several; None for one that is still there.

    >>> successor("县国土资源局"), successor("县水利局")
    ('县自然资源局', None)
    """
    for gone in names_gone():
        match = gone.old.search(name)
        if match and not gone.is_duty and match.end() == len(name):
            new = _renamed(gone, match[0])
            return "" if "（" in new or "或者" in new else name[: match.start()] + new
    return None


def abolished_bodies(sentences: Iterable[Sentence]) -> Iterator[Defect]:
    """Each name of a body that is no more, with the first place where the text uses it and the other clauses."""
    first: dict[str, Defect] = {}
    places: dict[str, list[str]] = {}
    for sentence in sentences:
        for gone in names_gone():
            for defect in _in_sentence(sentence, gone):
                old = f"{gone.id} {defect.fields['old']}"
                first.setdefault(old, defect)
                places.setdefault(old, []).append(sentence.clause)
    for old, defect in first.items():
        yield replace(defect, also=tuple(dict.fromkeys(clause for clause in places[old] if clause != defect.clause)))


def _in_sentence(sentence: Sentence, gone: Gone) -> Iterator[Defect]:
    if gone.only is not None and not gone.only.search(sentence.text):
        return
    for match in gone.old.finditer(sentence.text):
        before, after = sentence.text[: match.start()], sentence.text[match.end() :]
        if sentence.in_title(match.start()) or FORMER.search(before) or CITED.match(after) or sentence.is_history:
            continue
        if "（原" in before[-8:] or before.endswith("("):
            continue
        yield _defect(sentence, gone, match)


def _defect(sentence: Sentence, gone: Gone, match: re.Match[str]) -> Defect:
    old = match[0]
    place = PLACE.search(sentence.text[max(0, match.start() - 4) : match.start()])
    here = place[0] if place and not gone.keeps_first else ""
    new = _renamed(gone, old)
    is_one = "（" not in new and "或者" not in new
    return Defect(
        kind=DefectKind.BODY,
        reason="duty_moved" if gone.is_duty else "body_abolished",
        clause=sentence.clause,
        quotation=sentence.around(match.start(), match.end()),
        fields={
            "old": f"{here}{old}",
            "new": f"{here if is_one else ''}{new}",
            "reform": gone.reform,
            "since": gone.since,
        },
        replacement=("", "") if gone.is_duty or not is_one else (old, new),
        severity=gone.severity,
    )


def _renamed(gone: Gone, old: str) -> str:
    """The new name; a fire brigade keeps its rank (公安消防大队 becomes 消防救援大队), a county its first sign."""
    if gone.id == "fire":
        rank = NARROW.search(old)
        return f"{gone.new}{'队伍' if rank is None or rank[0] in ('部队', '局') else rank[0]}"
    return f"{old[0]}{gone.new}" if gone.keeps_first else gone.new


def _gone(item: Mapping[str, Any], reform: Mapping[str, str]) -> Gone:
    only = item.get("only")
    return Gone(
        id=item["id"],
        old=re.compile("|".join(item["old"])),
        only=re.compile("|".join(only)) if only else None,
        new=item["new"],
        reform=words_from(reform),
        since=reform["since"],
        is_duty=item.get("kind") == "duty",
        severity=Severity(item["severity"]) if "severity" in item else None,
        keeps_first=item.get("keep_first", False),
    )
