"""What a quantity expression says in numbers: 3人以上10人以下 is 3 to 10, 半小时 is 30 minutes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plans_repo.text.figures import NOT_REACHED, UNITS, WIDE
from plans_repo.text.reading.han_numbers import HAN_NUMERAL, han_value

_TIME = {
    "秒": 1 / 60, "秒钟": 1 / 60, "s": 1 / 60, "分": 1.0, "分钟": 1.0, "min": 1.0, "刻钟": 15.0, "小时": 60.0,
    "个小时": 60.0, "钟头": 60.0, "个钟头": 60.0, "h": 60.0, "天": 1440.0, "日": 1440.0, "昼夜": 1440.0,
    "个昼夜": 1440.0, "d": 1440.0, "周": 10080.0, "星期": 10080.0, "个星期": 10080.0,
}  # fmt: skip
_LONG = frozenset(("年", "周年", "季度", "个季度", "个月", "月", "旬", "时"))
_SCALED = {
    "毫米": ("mm", 1.0), "mm": ("mm", 1.0), "厘米": ("m", 0.01), "cm": ("m", 0.01), "米": ("m", 1.0),
    "m": ("m", 1.0), "公里": ("m", 1000.0), "千米": ("m", 1000.0), "km": ("m", 1000.0), "亩": ("ha", 1 / 15),
    "万亩": ("ha", 1e4 / 15), "公顷": ("ha", 1.0), "hm²": ("ha", 1.0), "平方公里": ("ha", 100.0),
    "平方千米": ("ha", 100.0), "km²": ("ha", 100.0), "平方米": ("m²", 1.0), "m²": ("m²", 1.0), "m2": ("m²", 1.0),
    "立方米": ("m³", 1.0), "m³": ("m³", 1.0), "m3": ("m³", 1.0), "万立方米": ("m³", 1e4), "亿立方米": ("m³", 1e8),
    "立方米每秒": ("m³/s", 1.0), "立方米/秒": ("m³/s", 1.0), "m³/s": ("m³/s", 1.0), "m3/s": ("m³/s", 1.0),
    "元": ("元", 1.0), "万元": ("元", 1e4), "万余元": ("元", 1e4), "亿元": ("元", 1e8), "人": ("人", 1.0),
    "名": ("人", 1.0), "位": ("人", 1.0), "人次": ("人", 1.0), "万人": ("人", 1e4), "万人次": ("人", 1e4),
    "万户": ("户", 1e4), "万间": ("间", 1e4), "公斤": ("kg", 1.0), "千克": ("kg", 1.0), "kg": ("kg", 1.0),
    "吨": ("kg", 1000.0), "t": ("kg", 1000.0), "万吨": ("kg", 1e7), "%": ("%", 1.0), "％": ("%", 1.0),
    "‰": ("%", 0.1),
}  # fmt: skip
_MULTIPLE = {"": 1.0, "百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8}
_NUMBER = rf"(?:\d+(?:,\d{{3}})+|\d+(?:\.\d+)?|{HAN_NUMERAL}+(?:点[零〇一二三四五六七八九]+)?|半)"
_PART = re.compile(
    rf"(?P<sign>[≥>≤<]|{NOT_REACHED}|不(?:得|应|能|宜)?(?:超过|少于|低于|高于|大于|小于|多于)|不足|不满|未满|超过|低于|高于|大于|小于|多于|少于|至少|至多|最多|最少|达到?)?\s*"
    rf"(?P<number>{_NUMBER})(?P<half>个半(?=小时|钟头|月|天))?(?P<multiple>[万亿千百]?)[余多]?\s*(?P<unit>{UNITS})?(?P<more>半(?!小时))?\s*"
    rf"(?P<bound>及?以上|及?以下|以内|之内|左右|上下)?(?P<next>\s*[≤<≥>])?"
)
_NOT_REACHED = re.compile(NOT_REACHED)
_FROM = frozenset(
    {
        "≥",
        ">",
        "不少于",
        "不低于",
        "不小于",
        "超过",
        "高于",
        "大于",
        "多于",
        "至少",
        "最少",
        "达到",
        "达",
        "以上",
        "及以上",
    }
)
_UP_TO = frozenset(
    {
        "≤",
        "<",
        "不超过",
        "不高于",
        "不大于",
        "不多于",
        "不足",
        "不满",
        "未满",
        "低于",
        "小于",
        "少于",
        "至多",
        "最多",
        "以下",
        "及以下",
        "以内",
        "之内",
    }
)


@dataclass(frozen=True, kw_only=True)
class Amount:
    """The least and the most an expression allows, in a common unit; one number allows just itself.

    *value* is the number as written, *unit* the unit as written; working days are counted as such.
    """

    value: str
    unit: str
    low: float | None
    high: float | None
    common_unit: str

    @property
    def is_bounded(self) -> bool:
        """Whether it asks for more or less than a number, or for a range."""
        return self.low != self.high

    @property
    def is_open(self) -> bool:
        """Whether it names only the least or only the most."""
        return self.low is None or self.high is None


@dataclass(frozen=True, slots=True)
class _Read:
    value: float
    unit: str
    from_it: bool
    up_to_it: bool
    words: str


def amount(expression: str) -> Amount | None:
    """What a quantity expression says, or None where it says no number.

    >>> said = amount("3人以上、10人以下")
    >>> said.low, said.high, said.common_unit
    (3.0, 10.0, '人')
    >>> amount("1小时30分钟").low, amount("半小时").high, amount("9.20≤Z＜9.70米").low
    (90.0, 30.0, 9.2)
    >>> amount("未达到88.20米").high, amount("达到87.60米、未达到88.20米").low
    (88.2, 87.6)
    """
    plain = expression.translate(WIDE).replace("＜", "<").replace("＞", ">")
    read = [found for found in map(_read, _PART.finditer(plain)) if found]
    if not read:
        return None
    unit = next((one.unit for one in reversed(read) if one.unit), "")
    bounds = [(_common(one.value, one.unit or unit), one) for one in read]
    low, high = _range(bounds, is_sum=_is_sum(plain, read))
    return Amount(
        value="–".join(one.words for one in read[:2]) if len(read) > 1 and not _is_sum(plain, read) else read[0].words,
        unit=unit,
        low=low,
        high=high,
        common_unit=_common_unit(unit),
    )


def _read(match: re.Match[str]) -> _Read | None:
    number = match["number"]
    value = _value(number)
    if value is None:
        return None
    value = value * _MULTIPLE.get(match["multiple"] or "", 1.0) + (0.5 if match["half"] or match["more"] else 0.0)
    sign, bound = re.sub("^不[得应能宜]", "不", match["sign"] or ""), match["bound"] or ""
    following = (match["next"] or "").strip()
    return _Read(
        value=value,
        unit=match["unit"] or "",
        from_it=sign in _FROM or bound in _FROM or following in ("≤", "<"),
        up_to_it=sign in _UP_TO or bound in _UP_TO or following in ("≥", ">") or bool(_NOT_REACHED.fullmatch(sign)),
        words=f"{number}{match['half'] or ''}{match['multiple'] or ''}",
    )


def _value(number: str) -> float | None:
    if number == "半":
        return 0.5
    if "点" in number:
        whole, _, rest = number.partition("点")
        front = han_value(whole)
        return None if front is None else float(f"{front}.{''.join(str(han_value(digit)) for digit in rest)}")
    if number[0].isdigit():
        return float(number.replace(",", ""))
    found = han_value(number)
    return None if found is None else float(found)


def _is_sum(plain: str, read: list[_Read]) -> bool:
    """Whether the parts add up: 1小时30分钟, 一个半小时."""
    is_time = len(read) > 1 and all(one.unit in _TIME for one in read)
    return is_time and not re.search(r"[至到~～\-—–或和及、，,且但]", plain) and not any(one.from_it for one in read)


def _range(bounds: list[tuple[float, _Read]], *, is_sum: bool) -> tuple[float | None, float | None]:
    if is_sum:
        total = sum(value for value, _read in bounds)
        is_most = any(one.up_to_it for _value, one in bounds)
        return (None if is_most else total), total
    lows = [value for value, one in bounds if one.from_it]
    highs = [value for value, one in bounds if one.up_to_it]
    if not lows and not highs:
        values = [value for value, _read in bounds]
        return min(values), max(values)
    return (max(lows) if lows else None), (min(highs) if highs else None)


def _common(value: float, unit: str) -> float:
    if unit in _TIME:
        return value * _TIME[unit]
    return round(value * _SCALED.get(unit, ("", 1.0))[1], 9)


def _common_unit(unit: str) -> str:
    if unit in _TIME:
        return "min"
    return _SCALED.get(unit, (unit, 1.0))[0]


def is_time(unit: str) -> bool:
    """Whether a unit is one of time."""
    return unit in _TIME or unit in _LONG or unit.endswith("工作日")
