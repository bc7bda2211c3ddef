"""The case a list of conditions is for: 发生5级以上破坏性地震，出现下列情况之一的."""

from __future__ import annotations

import re

_POINTS_AHEAD = re.compile(r"[，,]?(?:并且|并|且|而)?(?:出现|有|符合|具备|发生|达到|满足)?(?:下列|以下|如下)")
_GENERAL = re.compile(r"^(?:当|凡|如|若)")
_GRADED = re.compile(r"\d|[一二三四五六七八九]级以上|破坏性")
_OF_RESPONSE = re.compile(r"响应|启动|预案|分级")
_MARK = re.compile(r"\s*([（(]?)(\d{1,2}|[一二三四五六七八九十]{1,3}|[①-⑳]|[a-z])([)）]?)([、.．]?)")
_LONGEST = 40
_TOLD = re.compile(rf"[^：]{{4,{_LONGEST}}}：")


class Case:
    """The case one is in while reading the lines of a list of conditions, to begin with that of its title."""

    def __init__(self, title: str = "") -> None:
        self._words, self._mark = case_of(title), ""

    def reach(self, line: str, lead_in: str) -> None:
        """Go on to a line, with what it leads in with, "" where it leads into nothing.

        A list ends where an item is marked as its own lead-in was.
        """
        mark = mark_of(line)
        if lead_in:
            self._words, self._mark = case_of(lead_in), mark
        elif self._mark and mark == self._mark:
            self._words, self._mark = "", ""

    def of(self, condition: str) -> str:
        """A condition with the case it is for."""
        return f"{self._words}：{condition}" if self._words else condition


def case_of(lead_in: str) -> str:
    """What has to be so before any condition of the list counts; "" where the words ahead of it restrict nothing.

    >>> case_of("发生5级以上破坏性地震，出现下列情况之一的"), case_of("一次灾害过程出现下列情况之一的")
    ('发生5级以上破坏性地震', '')
    """
    ahead = _POINTS_AHEAD.search(lead_in)
    own = re.split("[。；;]", lead_in[: ahead.start()])[-1].strip(" ，,") if ahead else ""
    own = _GENERAL.sub("", own)
    is_case = 4 <= len(own) <= _LONGEST and _GRADED.search(own) and not _OF_RESPONSE.search(own)
    return own if is_case else ""


def is_in_case(condition: str) -> bool:
    """Whether a condition is one of a case, so that its number alone starts nothing."""
    told = _TOLD.match(condition)
    return told is not None and bool(_GRADED.search(told[0]))


def mark_of(line: str) -> str:
    """How the number of an item is written, "" for a line without: items of one list are marked alike.

    >>> mark_of("（12）死亡"), mark_of("③死亡"), mark_of("死亡3人")
    ('（1）', '①', '')
    """
    found = _MARK.match(line)
    if found is None or not (found[1] or found[3] or found[4] or found[2] >= "①"):
        return ""
    kind = "1" if found[2].isdigit() and found[2].isascii() else "①" if found[2][0] in "①②③④⑤⑥⑦⑧⑨⑩" else found[2][:1]
    return (
        f"{found[1]}{'一' if kind in '一二三四五六七八九十' else 'a' if kind.islower() else kind}{found[3]}{found[4]}"
    )
