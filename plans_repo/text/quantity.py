"""One entry of the quantity ledger, and what kind of figure it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class QuantityKind(StrEnum):
    """What a figure is."""

    LIMIT = "limit"  # within how long
    WINDOW = "window"  # a rhythm, a period, a validity: no limit
    THRESHOLD = "threshold"  # from which number on
    GRADE = "grade"  # response level, warning colour, class of event
    POST = "post"
    PHONE = "phone"
    TEAM = "team"
    PEOPLE = "people"
    VEHICLE = "vehicle"
    MATERIAL = "material"
    MONEY = "money"
    MEASURE = "measure"  # any other number with a unit


@dataclass(frozen=True, kw_only=True)
class Quantity:
    """One entry of the ledger.

    *quotation* are the very words, *sentence* the sentence they stand in (a row of a table, cells joined by ，).
    *low* and *high* are the bounds in *common_unit* (minutes for time), None where open. *about* is what is limited,
    measured or counted, *holder* who has to or who has it, *to* who is told, *medium* by what means (of a telephone
    how it is called: 值班电话), *window* the period a threshold looks at.
    *per* are the words that say each of whom has so many (每村, 各乡镇, 每公里): such a number is no total, and is in
    no sum with any. *joint* tells how a threshold hangs on the one before it in its sentence: ``and``, ``or`` or "".
    """

    clause: str
    kind: QuantityKind
    quotation: str
    sentence: str
    value: str = ""
    unit: str = ""
    low: float | None = None
    high: float | None = None
    common_unit: str = ""
    about: str = ""
    holder: str = ""
    to: str = ""
    starts: str = ""
    medium: str = ""
    window: str = ""
    joint: str = ""
    per: str = ""
    at: int = 0  # where the quotation begins in the sentence

    @property
    def words(self) -> str:
        """The quotation with the words that say each of whom has it: 每村3台."""
        return f"{self.per}{self.quotation}"

    @property
    def beside(self) -> str:
        """Who has to or has it, where what it is about does not say so already."""
        return "" if self.holder in self.about else self.holder


def _units(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


KIND_OF_UNIT = {
    QuantityKind.VEHICLE: _units("辆 辆次 艘 艘次 架 架次 台 台套 台次 台班 车次 车"),
    QuantityKind.TEAM: _units("支 队 组 班 班次"),
    QuantityKind.PEOPLE: _units("人 名 位 人次 万人 万人次"),
    QuantityKind.MONEY: _units("元 万元 亿元 万余元"),
    QuantityKind.MATERIAL: _units(
        "套 件 具 部 门 顶 床 张 箱 袋 包 瓶 卷 根 块 双 把 枚 副 面 条 盏 桶 只 批 吨 公斤 千克 kg t 份 升"
    ),
}
