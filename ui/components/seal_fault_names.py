"""What does not fit in a revealed drill, in words; the places the program names by a word of its own are told too."""

from __future__ import annotations

import re
from collections.abc import Callable

from drills.sealing.revelation import Fault, Part
from ui.wording import _, later

PARTS = {
    Part.FILE: later("文件不是启封文件，或内容被改动"),
    Part.DIGEST: later("文件校验值不符"),
    Part.COMMITMENT: later("内容、随机数与封存校验码不符"),
    Part.SLATE: later("抽签范围不合自身规则"),
    Part.SEED: later("抽签种子与两方随机数不符"),
    Part.DRAW: later("重新抽签的结果不同"),
    Part.LOG: later("访问记录不完整"),
    Part.BEACON: later("与每日信标不符"),
}
PLACES = {
    "canonical form": later("排版"),
    "format": later("格式编号"),
    "content": later("演练内容"),
    "method": later("抽签方法"),
    "days": later("可抽日期的次序"),
    "window": later("日期超出起止范围"),
    "closed": later("日期在禁演期内"),
    "gap": later("与其他演练间隔不足"),
    "seed": later("种子"),
    "pledge-not-kept": later("随机数与事先公布的校验码不符"),
    "draw-needs-two-parties": later("两方随机数须出自两方"),
    "nonce-wrong-size": later("随机数长度不对"),
    "day": later("日期"),
    "time": later("时间"),
    "place": later("地点"),
    "units": later("参演单位"),
    "scenario": later("情景"),
    "pledge of the installation": later("本系统事先公布的随机数校验码"),
}
_NUMBERED: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = (
    (re.compile(r"head (\d+)"), lambda number: _("第 {number} 条处的链首", number=number)),
    (re.compile(r"deposit (\d+)"), lambda number: _("第 {number} 次存放", number=number)),
    (re.compile(r"(\d{4}-\d{2}-\d{2}) differs from the one kept"), lambda day: _("{day} 与另存的不同", day=day)),
    (re.compile(r"(\d{4}-\d{2}-\d{2})"), lambda day: day),
    (re.compile(r"(\d+)"), lambda number: _("第 {number} 条", number=number)),
)


def fault_words(fault: Fault) -> str:
    """A fault as a person reads it: what does not fit and where.

    >>> fault_words(Fault(part=Part.DRAW, where="place")), fault_words(Fault(part=Part.LOG, where="1"))
    ('重新抽签的结果不同（地点）', '访问记录不完整（第 1 条）')
    """
    part, where = _(PARTS[fault.part]), _where(fault.where)
    return _("{part}（{where}）", part=part, where=where) if where else part


def _where(where: str) -> str:
    if where in PLACES:
        return _(PLACES[where])
    for pattern, said in _NUMBERED:
        if matched := pattern.fullmatch(where):
            return said(matched[1])
    return where
