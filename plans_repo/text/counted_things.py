"""What a number counts, who has it, and of each of whom it is the number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plans_repo.text.distribution import Each, each_before
from plans_repo.text.figures import UNITS, Figure
from plans_repo.text.finding.parties import who_in
from plans_repo.text.quantity_subjects import noun_around, without_verb

_ASKED = re.compile(r"^(?:抽调|调用|出动|请求|商请|求|请|协调|调派|调集|由|和|与)")
_OWNED = re.compile(r"(?:现有|共有|配备|储备|拥有|设有?|有|常备)(?![库点站]|中心).*$")
_LISTED = re.compile(r"\d[^、，；。\d]{0,6}[、，]")
_BODIES = re.compile(
    r"(?:队|站|局|所|院|乡|镇|村|街道|社区|县|区|市|公司|企业|集团|厂|矿|库|中心|学校|林场|办|部|部门|单位|连|排|协会|[)）])$"
)
_TIER = re.compile(r"(?:[省市县区乡镇村]|乡镇|街道|国家)(?:本级|级|直)|全[省市县区乡镇村]")
_LONE = frozenset("村县乡镇户")
_PART = re.compile(r"[，,；;。：:]")
_EMPTY = re.compile(
    r"(?:应当?|须|共|合计|总计|共计|总数|人数|数量|为|有|约|各|均|不少于|不低于|至少|最少|不超过|现|其中|按|达到?|"
    r"每[日天班人户][日天]?)*"
)
"""A part of a sentence that names nothing: what is counted stands in the part before it."""
_FOUNDED = re.compile(r"(?:设立|组建|成立|建立|设)([\u4e00-\u9fff]{2,12})(?=，)")
_KEPT = re.compile(r"^([\u4e00-\u9fff]{2,10})由[^，]*(?:保管|管理|负责|承担|组成)，")
_CARED_FOR = re.compile(r"的(?:配备|更换|管理|储备|储存|维护|保养|保管|发放|建设|配置)+$")
_FIGURE = re.compile(rf"(?:不少于|至少|约|共)?[\d.,]+\s*(?:{UNITS})$")


@dataclass(frozen=True, kw_only=True)
class Told:
    """What is counted, who has it, and *per* whom: 每村 of 每村3台, "" where the number is a total."""

    about: str
    holder: str
    per: str = ""


def told(sentence: str, figure: Figure, *, is_row: bool = False) -> Told:
    """What a number of people, vehicles, goods or places is about.

    >>> from plans_repo.text.figures import FigureKind
    >>> at = Figure(kind=FigureKind.QUANTITY, text="不少于20人", start=3, end=9)
    >>> told("各乡镇不少于20人的应急队伍", at)
    Told(about='应急队伍', holder='各乡镇', per='各乡镇')
    """
    before = sentence[: figure.start]
    each = each_before(before, is_row=is_row)
    if each is None:
        about = noun_around(sentence, figure) or ("" if is_row else _counted_earlier(before))
        if _TIER.fullmatch(about):  # 其中县级800顶: the county has them, of what stands before
            return Told(about="", holder=about)
        return Told(about=_whole(about), holder=_holder(before, about))
    if each.listed:
        return _of_list(sentence, figure, each)
    masked = f"{before[: each.start]}{'，' * (each.end - each.start)}{sentence[each.end :]}"
    about = noun_around(masked, figure) or ("" if is_row else _counted_earlier(before[: each.start]))
    if about == "" and not each.is_rate:  # 村（社区）灾害信息员每村2名
        about = _last_noun(before[: each.start])
    holder = _holder(before[: each.start], about) if each.is_rate else each.words
    return Told(about=_whole(about), holder=holder, per=each.words)


def _whole(about: str) -> str:
    """What is counted where it is more than one character; 村 and 户 are words."""
    return about if len(about) > 1 or about in _LONE else ""


def _of_list(sentence: str, figure: Figure, each: Each) -> Told:
    """Where a list stands before 各: bodies have so many of what follows, of things or posts there are so many."""
    before = sentence[: figure.start]
    bare = without_verb(each.listed)
    does = re.sub(r"(?:不少于|不低于|至少|约|不超过)$", "", before[each.end :])
    own = each.words if each.words != "各" else ""
    if does or _BODIES.search(each.listed):
        behind = noun_around(f"{'，' * each.end}{sentence[each.end :]}", figure)
        return Told(about=behind, holder=own or _bodies(each.listed), per=each.words)
    return Told(about=bare, holder=own or _holder(before[: each.start].removesuffix(bare), bare), per=each.words)


def _bodies(listed: str) -> str:
    """The bodies of a list as they stand there, without the words that lead to them."""
    found = who_in(listed)
    return found if len(found) > 2 else without_verb(listed)


def _holder(before: str, about: str) -> str:
    """Who has what is counted; in a list (消防大队60人、民兵分队80人) each has its own, but nothing holds itself."""
    own = who_in(_LISTED.split(before)[-1])
    if own and own in about and not _BODIES.search(own) and _LISTED.search(before):
        own = who_in(_LISTED.split(before)[0]) or own
    return _ASKED.sub("", _OWNED.sub("", own or who_in(before)))


def _counted_earlier(before: str) -> str:
    """What stands in the part before where a part of a sentence names nothing: 应急照明灯，20盏."""
    parts = _PART.split(before)
    if len(parts) < 2 or not _EMPTY.fullmatch(parts[-1].strip()):
        return ""
    founded = _KEPT.search(before) or _FOUNDED.search(before)
    return founded[1] if founded else _last_noun(parts[-2])


def _last_noun(words: str) -> str:
    """The thing a part of a sentence ends in."""
    part = _FIGURE.sub("", _PART.split(words)[-1].strip())
    noun = without_verb(_CARED_FOR.sub("", part).split("负责")[-1])
    return noun[-14:] if len(noun) > 1 and not noun[0].isdigit() else ""
