"""Percentages in conditions: of what the share is, from where to where, and whether less of it is the graver."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plans_repo.packs.reading import pack
from plans_repo.text.figures import NOT_REACHED
from plans_repo.text.reading.han_numbers import han_value

MEASURE = "share_percent"
_NUMBER = r"\d+(?:\.\d+)?"
_PERCENT = r"\s*(?:%|％|个百分点)\s*"
_FROM = r"[≥>＞]|不少于|不低于|不小于|超过|达到?|大于|高于|多于|至少|占到"
_BELOW = rf"[≤<＜]|{NOT_REACHED}|不足|不(?:超过|大于|高于|多于)|低于|小于|少于|降至|降到|下降[至到]|减少到"
_SHARE = re.compile(
    rf"(?P<first>{_NUMBER})(?:{_PERCENT})?\s*(?:[～~\-－—–]+|至|到)\s*(?P<last>{_NUMBER}){_PERCENT}"
    rf"|(?P<sign>{_FROM}|{_BELOW})?\s*(?P<number>{_NUMBER}){_PERCENT}(?P<word>(?:[（(]含[)）])?及?\s*以[上下内])?"
    rf"(?:\s*[、，,]?\s*(?:且|但|并)?\s*(?P<other_sign>{_BELOW}|{_FROM})?\s*(?P<other>{_NUMBER}){_PERCENT}"
    r"(?P<other_word>(?:[（(]含[)）])?及?\s*以[上下内])?)?"
)
_HAN_SHARE = re.compile(r"百分之([零〇一二两三四五六七八九十百]+|\d+(?:\.\d+)?)")
_TENTHS = re.compile(r"([一二三四五六七八九])成(?=及?以[上下]|[、，,；。的]|$)")
_CUT = re.compile(r"[，,；;：:。（）()]")
_OF = re.compile(r"(?:占到?|达到?|超过|低于|小于|少于|不足)+(?=.{2})")
_OWN_WORDS = re.compile(r"的(?!士)|约|已(?!有)|均(?![值匀])|仅|只有|\s")
_END = re.compile(r"(?:占比?|占到|比例|比重|达到?|超过?|为|降[至到]|(?:下降|减少)[至到]|[-－—])+$")
_AHEAD = re.compile(rf"({_FROM}|{_BELOW})[^，,。；;]{{0,16}}的\s*$")
"""A sign ahead of what the share is of: 低于正常蓄水量的40%."""
_TAIL = re.compile(r"^(?:的|及其?|以上|以下)+|^的?时.*$")


def _any(name: str) -> re.Pattern[str]:
    return re.compile("|".join(pack("ledger", "subjects")[name]))


_LESS = _any("shares_less")
_GOOD = _any("shares_good")
_BAD = _any("shares_bad")
_REACHED = re.compile(r"(?:下降|减少|降低|降|减)[至到]")


@dataclass(frozen=True, kw_only=True)
class Share:
    """A share a condition asks for: of what, from *at_least* up to below *below* percent.

    *falls* tells whether less of it is the graver, None where its words do not say; *is_range* whether it is written
    as from–to, in which case the next level may begin one percent further on.
    """

    subject: str
    at_least: float | None
    below: float | None
    falls: bool | None
    is_range: bool = False


def share_in(sentence: str) -> Share | None:
    """The one share of a condition; None where it has none, several, or other figures beside it.

    >>> found = share_in("农作物受旱面积占播种面积的15%以上、30%以下")
    >>> found.subject, found.at_least, found.below, found.falls
    ('农作物受旱面积占播种面积', 15.0, 30.0, False)
    >>> share_in("水库蓄水量低于正常蓄水量的百分之四十").falls, share_in("3个乡镇停水用户占20%以上")
    (True, None)
    """
    plain = _in_digits(sentence)
    match = _SHARE.search(plain)
    if match is None or re.search(r"\d", plain[: match.start()] + plain[match.end() :]):
        return None
    before, behind = _CUT.split(plain[: match.start()])[-1], _CUT.split(plain[match.end() :])[0]
    ends = _ends(match, _AHEAD.search(before))
    subject = _named(before) + _OWN_WORDS.sub("", _TAIL.sub("", behind))
    if ends is None or len(subject) < 2:
        return None
    low, high = ends
    words = f"{before}{match['sign'] or ''}"
    return Share(subject=subject, at_least=low, below=high, falls=_falls(words, ends), is_range=bool(match["first"]))


def _named(before: str) -> str:
    """What the share is of, in the words before it: 受旱面积占播种面积 of 受旱面积达到播种面积的."""
    return _OF.sub("占", _END.sub("", _OWN_WORDS.sub("", before)))


def _in_digits(sentence: str) -> str:
    """百分之三十 as 30%, 三成以上 as 30%以上."""

    def percent(match: re.Match[str]) -> str:
        value = float(match[1]) if match[1][0].isdigit() else han_value(match[1])
        return match[0] if value is None else f"{value:g}%"

    return _TENTHS.sub(lambda match: f"{han_value(match[1])}0%", _HAN_SHARE.sub(percent, sentence))


def _ends(match: re.Match[str], ahead: re.Match[str] | None) -> tuple[float | None, float | None] | None:
    if match["first"]:
        low, high = sorted((float(match["first"]), float(match["last"])))
        return (low, high) if low < high else None
    lows: list[float] = []
    highs: list[float] = []
    for sign, number, word in ((match["sign"], match["number"], match["word"]), (
        match["other_sign"], match["other"], match["other_word"],
    )):  # fmt: skip
        if number is None:
            continue
        sign = sign or (ahead[1] if ahead and not word else "")
        is_below = (word or "").endswith(("下", "内")) or bool(re.fullmatch(_BELOW, sign or ""))
        if not sign and not word:
            return None
        (highs if is_below else lows).append(float(number))
    if len(lows) > 1 or len(highs) > 1 or (lows and highs and highs[0] <= lows[0]):
        return None
    return (lows[0] if lows else None), (highs[0] if highs else None)


def _falls(words: str, ends: tuple[float | None, float | None]) -> bool | None:
    """Whether less is the graver: of water in store it is, of water that is lacking it is not."""
    lacking = _LESS.search(_REACHED.sub("", words))
    if lacking or _BAD.search(words):
        return False
    if _GOOD.search(words) or ends[0] is None:
        return True
    return None
