"""Numbers typed before a heading, a sentence or a list item."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from plans_repo.text.reading.han_numbers import FULL_WIDTH, HAN_NUMERAL, han_value


class Family(StrEnum):
    """The kinds of numbers Chinese plans use."""

    PART = "part"  # 第一编
    CHAPTER = "chapter"  # 第一章
    SECTION = "section"  # 第一节
    ARTICLE = "article"  # 第一条
    HAN = "han"  # 一、
    HAN_BRACKET = "han_bracket"  # （一）
    DECIMAL = "decimal"  # 1.1
    SINGLE = "single"  # 1  1.  1、
    ITEM = "item"  # （1） 1） ① a) : never a heading by itself
    ATTACHMENT = "attachment"  # 附件1


ORDER = {Family.PART: 1, Family.CHAPTER: 2, Family.SECTION: 3, Family.ARTICLE: 4, Family.HAN: 5, Family.HAN_BRACKET: 6}


@dataclass(frozen=True, kw_only=True)
class Number:
    """A number at the start of a line: *raw* as typed, *label* as shown, *rest* what follows it."""

    family: Family
    raw: str
    label: str
    values: tuple[int, ...] = ()
    rest: str = ""
    separator: str = ""

    @property
    def depth(self) -> int:
        """How many components a decimal number has."""
        return len(self.values)


_DIGIT = "[0-9０-９]"
_LOOSE_DIGIT = "[0-9０-９l]"  # optical readers take 1 for l: 4.1l
_WORD = re.compile(rf"第\s*({HAN_NUMERAL}+|{_DIGIT}+)\s*(部分|[编篇章节条])")
_WORD_CITED = re.compile(r"[规所的至到、和与及或第款项~～\-—，。；之]")
_WORD_FAMILY = {
    "部分": Family.PART,
    "编": Family.PART,
    "篇": Family.PART,
    "章": Family.CHAPTER,
    "节": Family.SECTION,
    "条": Family.ARTICLE,
}
_HAN = re.compile(rf"({HAN_NUMERAL}+)\s*[、．.](?!\s*{HAN_NUMERAL}+[、．.])")
_HAN_BRACKET = re.compile(rf"[（(]\s*({HAN_NUMERAL}+)\s*[)）]\s*[、．.]?")
_DECIMAL = re.compile(rf"{_DIGIT}{{1,3}}(?:\s*[.．·]\s*{_LOOSE_DIGIT}{{1,3}}){{1,6}}(?!{_DIGIT}|级)\s*[.．、]?")
_DAY = re.compile(r"\s*(?:[”\"』》]|[^，。]{0,6}(?:事[故件]|灾|洪|暴|爆|地震|惨案))")  # 7·20特大暴雨 is an event
_SINGLE = re.compile(rf"({_DIGIT}{{1,3}})(\s*[、．.](?!{_DIGIT})|(?=\s)|(?=[\u3400-\u9fff]))")
_ITEM = re.compile(
    rf"[（(]\s*{_DIGIT}{{1,3}}\s*[)）]|{_DIGIT}{{1,3}}\s*[)）]|[①-⑳⑴-⒇㈠-㈩❶-❿]|[a-zA-Zａ-ｚＡ-Ｚ]\s*[)）、．.](?![a-zA-Z])"
    r"|[（(][a-zA-Z][)）]|[-—–_●•◆■※]{1,2}(?=[\s\S])"
)
_ATTACHMENT = re.compile(
    rf"附\s*([件录表图])\s*((?:{HAN_NUMERAL}+|{_DIGIT}+|[A-ZＡ-Ｚ](?![A-Za-z]))?(?:\s*[-－—.．]\s*{_DIGIT}+)*)\s*([：:、．.]|(?=\s)|$|(?=[（(]))"
)
_QUANTITY = re.compile(
    r"\s*[≤≥<>＜＞=＝%％‰~～×]|(?:万|亿|千米|公里|小时|分钟|毫米|厘米|公顷|km|mm|m[³3²2]|MPa|kPa|[kKMG]?[WV]\b)"
    r"|[米秒天日月吨元倍级亩人名个辆台度](?:以上|以下|以内|及|左右|至|[，。、；,;）)\d～~-]|[之的内]|$)"
)


def number_of(line: str) -> Number | None:
    """The number a line begins with, or None.

    >>> number_of("　7. 1　应急值守").label, number_of("（一）编制目的").label, number_of("第 三 条　为了").label
    ('7.1', '（一）', '第三条')
    >>> number_of("9.20米以上") is None, number_of("第三条规定的情形") is None
    (True, True)
    """
    text = line.strip()
    for reader in (_word, _attachment, _han, _han_bracket, _decimal, _single, _item):
        found = reader(text)
        if found:
            return found
    return None


def number_of_label(label: str) -> Number | None:
    """The number a word processor shows by itself, read as if it had been typed.

    >>> number_of_label("1").family, number_of_label("一").label, number_of_label("●").family
    (<Family.SINGLE: 'single'>, '一、', <Family.ITEM: 'item'>)
    """
    if re.fullmatch(f"{HAN_NUMERAL}+", label):
        label += "、"
    found = number_of(f"{label} 题")
    return found and replace(found, rest="", raw="")


def _rest(text: str, end: int) -> str:
    return text[end:].strip()


def _word(text: str) -> Number | None:
    match = _WORD.match(text)
    if not match or _WORD_CITED.match(text, match.end()):
        return None
    value = han_value(match[1])
    numeral = match[1].translate(FULL_WIDTH)
    return Number(
        family=_WORD_FAMILY[match[2]],
        raw=match[0],
        label=f"第{numeral}{match[2]}",
        values=(value,) if value is not None else (),
        rest=_rest(text, match.end()),
    )


def _attachment(text: str) -> Number | None:
    match = _ATTACHMENT.match(text)
    if not match:
        return None
    numeral = re.sub(r"\s", "", match[2]).translate(FULL_WIDTH)
    if not numeral and match[3] == "" and _rest(text, match.end()) and match[1] in "表图":
        return None
    return Number(
        family=Family.ATTACHMENT,
        raw=match[0].rstrip(),
        label=f"附{match[1]}{numeral}",
        rest=_rest(text, match.end()),
    )


def _han(text: str) -> Number | None:
    match = _HAN.match(text)
    if not match:
        return None
    return Number(
        family=Family.HAN, raw=match[0], label=f"{match[1]}、", values=_values(match[1]), rest=_rest(text, match.end())
    )


def _han_bracket(text: str) -> Number | None:
    match = _HAN_BRACKET.match(text)
    if not match:
        return None
    return Number(
        family=Family.HAN_BRACKET,
        raw=match[0].rstrip(),
        label=f"（{match[1]}）",
        values=_values(match[1]),
        rest=_rest(text, match.end()),
    )


def _values(numeral: str) -> tuple[int, ...]:
    value = han_value(numeral)
    return () if value is None else (value,)


def _decimal(text: str) -> Number | None:
    match = _DECIMAL.match(text)
    if not match or _QUANTITY.match(text, match.end()) or ("·" in match[0] and _DAY.match(text, match.end())):
        return None
    values = tuple(int(part) for part in re.findall(r"\d+", match[0].translate(FULL_WIDTH).replace("l", "1")))
    return Number(
        family=Family.DECIMAL,
        raw=match[0].rstrip(),
        label=".".join(map(str, values)),
        values=values,
        rest=_rest(text, match.end()),
    )


def _single(text: str) -> Number | None:
    match = _SINGLE.match(text)
    if not match or (not match[2] and _QUANTITY.match(text, match.end())):
        return None
    value = int(match[1].translate(FULL_WIDTH))
    sign = match[2].strip()
    return Number(
        family=Family.SINGLE,
        raw=match[0],
        label=f"{value}." if sign else str(value),
        values=(value,),
        rest=_rest(text, match.end()),
        separator=sign,
    )


def _item(text: str) -> Number | None:
    match = _ITEM.match(text)
    return match and Number(family=Family.ITEM, raw=match[0], label=match[0], rest=_rest(text, match.end()))
