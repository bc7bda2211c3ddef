"""Numbers that each of several has: 每村3台, 各乡镇不少于20人. They are no totals and are never added up with any."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plans_repo.packs.reading import pack
from plans_repo.text.finding.parties import who_in

_PACK = pack("ledger", "subjects")


def _any(name: str) -> str:
    return "|".join(sorted(_PACK[name], key=len, reverse=True))


_HAVING = _any("having")
_RATED = _any("rated")
_DOES = "|".join(_PACK["verbs"])
_NUMBER = r"(?:\d+|[一二两三四五六七八九十百]+)?"
_CLASSIFIER = r"(?:个|处|支|名|艘|辆|台|座|家|所|条|栋|块|套|位)?"
_NAME = rf"(?:(?!{_DOES})[\u4e00-\u9fff]){{0,6}}?"
_ASIDE = r"(?:[（(][^（()）]{1,8}[)）])?"
_TIMES = r"(?:每?(?:年|半年|季度?|月|旬|周|日|天|次|小时))"
_EACH = re.compile(
    rf"(?P<rated>(?:每{_NUMBER}个?(?:{_RATED})(?:每[日天班次])?|(?:人|户|村|班|日)均))"
    rf"|每(?!{_TIMES}){_NUMBER}{_CLASSIFIER}{_NAME}(?:{_HAVING})(?!级){_ASIDE}"
    rf"|各(?![类种项界方自式样级]){_NAME}(?:{_HAVING})(?!级){_ASIDE}"
)
_LISTED = r"(?:[^，,。；;：:（()）]|[（(][^（()）]*[)）])*(?<=[\u4e00-\u9fff）)])"
_EACH_OF_LIST = re.compile(
    rf"(?P<list>{_LISTED})各(?P<does>[\u4e00-\u9fff]{{0,6}}(?:\d+[\u4e00-\u9fff]{{1,3}}、[\u4e00-\u9fff]{{2,10}})*)$"
)
_LIST_OVER_COMMAS = re.compile(
    r"(?P<list>[^。；;：:（()）\d]*[\u4e00-\u9fff][，,][^。；;：:（()）\d]*[\u4e00-\u9fff])各$"
)
_SEVERAL = re.compile(r"[、和及与]|\d|[两三四五六七八九十]|(?:乡镇|街道|县区|部门|单位|小队|班组)级?$")
_PART = re.compile(r"[，,；;]")
_ANOTHER = re.compile(r"^(?:其中)?(?:另|共|合计|总计|总数|全[县市区镇乡村]|[县市省镇乡]级|[县市区](?:本级|直))")
"""Words that begin a part about something else, or about all together."""
_REACHES = re.compile(r"(?:不少于|不低于|不超过|至少|最少|不多于|约|达到?|共|有|为|：|:)+$")


@dataclass(frozen=True, kw_only=True)
class Each:
    """The words that say each of whom has a number, where they stand, and whether they are a rate (每公里, 人均).

    Where a list stands before 各, *listed* are its words: 县消防救援大队、县公安局各出动50人, 帐篷、棉被各500件.
    """

    words: str
    start: int
    end: int
    is_rate: bool = False
    listed: str = ""


def each_before(before: str, *, is_row: bool = False) -> Each | None:
    """Each of whom has the number that follows; None where it is a total. In a row of a table a cell stands for itself.

    >>> each_before("各乡镇组建不少于").words, each_before("每村配备卫星电话3台、应急广播").words
    ('各乡镇', '每村')
    >>> each_before("每村配备卫星电话3台，全县共"), each_before("县公安局、县人武部各出动").listed
    (None, '县公安局、县人武部')
    """
    begin = max(before.rfind(sign) for sign in "。；;\n") + 1
    listed = _of_list(before, begin)
    if listed:
        return listed
    found = [match for match in _EACH.finditer(before, begin) if not _is_closed(before[match.end() :])]
    if not found or _is_over(before[found[-1].end() :], is_narrow=is_row or found[-1]["rated"] is not None):
        return None
    last = found[-1]
    return Each(words=last[0], start=last.start(), end=last.end(), is_rate=last["rated"] is not None)


def says_each(words: str) -> bool:
    """Whether words say that each of several has what they name: 各乡镇, 每村, 户均; such a number is in no sum."""
    return bool(_EACH.search(words)) or bool(re.search(r"各\s*$", words))


def _of_list(before: str, begin: int) -> Each | None:
    """各 behind a list: who stands there each do or have it, or of each of the things there are so many."""
    bare = _REACHES.sub("", before[begin:])
    match = _EACH_OF_LIST.search(bare)
    if match is None or _EACH.match(bare, match.end("list")):
        return None
    if not _SEVERAL.search(match["list"]):
        match = _LIST_OVER_COMMAS.search(bare)
        if match is None:
            return None
    start = begin + match.end("list")
    whose = list(_EACH.finditer(match["list"]))
    listed = match["list"][whose[-1].end() :] if whose else match["list"]
    words = whose[-1][0] if whose else "各"
    return Each(words=words, start=start, end=start + 1, listed=listed.replace("，", "、").replace(",", "、"))


def _is_closed(behind: str) -> bool:
    """Whether a bracket was opened or closed since: what stands in one is for itself."""
    depth = behind.count("（") - behind.count("）") + behind.count("(") - behind.count(")")
    return depth != 0


def _is_over(behind: str, *, is_narrow: bool) -> bool:
    """Whether a later part of the sentence speaks of somebody else."""
    parts = _PART.split(behind)[1:]
    if is_narrow and parts:
        return True
    return any(_ANOTHER.match(part.strip()) or who_in(part) for part in parts) or bool(
        re.search(r"[，,、](?:合计|总计|共计?)$", behind)
    )
