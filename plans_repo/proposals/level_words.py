"""Which response levels some words name, in the ways plans write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

ALARM = "火警"
"""Grades of alarm are another scale than levels of response: 三级火警 is graver than 二级火警."""
_NUMERALS = {"Ⅰ": 1, "Ⅱ": 2, "Ⅲ": 3, "Ⅳ": 4, "Ⅴ": 5, "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5,
             "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "1": 1, "2": 2, "3": 3, "4": 4, "5": 5}  # fmt: skip
_CHINESE = "零一二三四五"
_ROMAN = r"(?:Ⅰ|Ⅱ|Ⅲ|Ⅳ|Ⅴ|III|II|IV|I|V)"
_ONE = rf"(?:{_ROMAN}|[一二三四五]|(?<![\d.])[1-5])"
_JOIN = r"[、，,和或及与]"
_RANGE = re.compile(rf"({_ONE})级?\s*(?:至|到|[-—–－~～]+)\s*({_ONE})级")
_LISTED = re.compile(
    rf"({_ROMAN})(?=(?:{_JOIN}{_ROMAN})*{_JOIN}{_ROMAN}级)|(?<=[动入])([一二三四])(?=[、和或][二三四五]级)"
)
_LABEL = rf"{_ONE}级"
_INCLUSIVE = re.compile(r"[（(]含(?:本级)?[）)]")
_MENTION = re.compile(
    rf"(?P<labels>{_LABEL}(?:{_JOIN}{_LABEL})*)(?P<span>[及或]?以[上下])?的?(?:（[^）]{{1,6}}）)?"
    r"(?P<filler>(?:(?!以[上下]|预警|医|[，。；、])[\u4e00-\u9fff]){0,6}?)(?P<noun>响应|火警|预警)(?P<after>[及或]?以[上下])?"
)
_THRESHOLD_BEFORE = re.compile(r"达到$")
_THRESHOLD_AFTER = re.compile(r"^(?:的)?(?:启动)?(?:条件|标准)")
_MERELY_ASKED = re.compile(r"(?:提请|请求|报请|建议|提出|升级|上调|降级|下调|降至|转为|调整)[^，。；]{0,8}$")
_BUILT_ON = re.compile(r"^[^。；]{0,8}基础上")
_NOT_STARTED = re.compile(r"(?:未|尚未|没有|不)(?:启动|进入|达到|宣布)?[^，。；]{0,2}$")
_SINCE = re.compile(r"^(?:启动|命令|通知|宣布|发布)?(?:后|之后|以后|时起|起|之日起)")
_UNREAD = re.compile(rf"{_LABEL}[^，。；、]{{0,10}}(?:响应|火警|预警)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Mention:
    """Levels named in one place: their numerals, as 1 for Ⅰ级, 一级 and 1级.

    *span* is 1 for *and above*, −1 for *and below*. *is_since* says that something counts
    from their start; *noun* what they are levels of; *before* the words in front.
    """

    numerals: frozenset[int]
    span: int
    is_since: bool
    noun: str
    before: str


def numeral(label: str) -> int:
    """The number of a level's label, 0 for none.

    >>> numeral("Ⅱ级"), numeral("三级火警"), numeral("红色")
    (2, 3, 0)
    """
    return _NUMERALS.get(label.partition("级")[0], 0)


def mentions(words: str) -> Iterator[Mention | None]:
    """The levels the words restrict something to, in order; None for one that cannot be read so.

    Left out are levels that are a threshold (达到Ⅱ级响应条件), are only asked for
    (提请启动Ⅰ级响应) or whose measures are built on.

    >>> [sorted(each.numerals) for each in mentions("启动Ⅰ、Ⅱ级防汛应急响应后") if each]
    [[1, 2]]
    >>> [each.span for each in mentions("Ⅲ级（含）以上响应") if each], list(mentions("未启动Ⅱ级响应时"))
    ([1], [None])
    """
    spelled = _spelled(words)
    rest = spelled
    for match in _MENTION.finditer(spelled):
        rest = rest[: match.start()] + "·" * len(match[0]) + rest[match.end() :]
        before, after = spelled[: match.start()], spelled[match.end() :]
        if _THRESHOLD_BEFORE.search(before) or _THRESHOLD_AFTER.match(after) or _BUILT_ON.match(after):
            continue
        if _MERELY_ASKED.search(before):
            continue
        if _NOT_STARTED.search(before):
            yield None
            continue
        span = match["span"] or match["after"] or ""
        yield Mention(
            numerals=frozenset(numeral(each) for each in re.findall(_LABEL, match["labels"])),
            span=1 if span.endswith("上") else -1 if span else 0,
            is_since=bool(_SINCE.match(after)),
            noun=match["noun"],
            before=before[-16:],
        )
    if _UNREAD.search(rest):
        yield None


def _spelled(words: str) -> str:
    """The words with every level of a list or range written out."""
    plain = _INCLUSIVE.sub("", words)
    plain = _RANGE.sub(lambda match: _between(match[1], match[2]), plain)
    return _LISTED.sub(lambda match: f"{match[1] or match[2]}级", plain)


def _between(first: str, last: str) -> str:
    low, high = sorted((_NUMERALS[first], _NUMERALS[last]))
    return "、".join(f"{_CHINESE[each]}级" for each in range(low, high + 1))
