"""In which circumstances some words say that a limit holds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sim.circumstance import ALTERNATIVES, Aspect, Circumstance

_INCLUSIVE = re.compile(r"[（(]含[）)]")
_EXCEPT = re.compile(r"除(?:了|因)?([^，。；]{1,30}?)(?:以外|之外|外)(?:的)?")
_NOT = re.compile(r"非(?=(?:特别)?重大|较大)")
_UNSURE = re.compile(r"不属于|不含|不包括|未(?:发生|达到|造成|构成)")
_HERE = r"(?=[，、：:（(]|\s*\d|\s*[半一二两三四五六七八九十]|\s*$)"
"""A place restricts a limit where it ends its part of the sentence or stands right before the limit."""
_EXTENT = r"(?:范围|区域|规划区|地区|建成区)?(?:内|以内)?的?"
_OUTSIDE = re.compile(rf"(?:城区|县城|建成区)(?:范围|区域|规划区)?(?:以外|之外|外){_EXTENT}|非城区")
_URBAN = re.compile(rf"(?:主城区|中心城区|城区|县城|城市建成区|城镇建成区){_EXTENT}{_HERE}")
_RURAL = re.compile(
    rf"(?:其他|其余)?(?:乡镇|农村|乡村)(?:范围|区域|地区|建成区)(?:内|以内)?的?{_HERE}"
    rf"|(?:其他|其余)(?:乡镇|地区|区域){_EXTENT}{_HERE}|(?:农村|乡村)(?:内)?{_HERE}"
)
_DESTINATION = re.compile(r"(?:到达|赶到|抵达|赶赴)(城区|县城|乡镇|农村|乡村)(?![政人])")
_OFF_HOURS = re.compile(rf"(?:非|其他|其余)(?:办公|工作|上班)?时间|(?:节假日|休息日|休息时间)(?:期间|和夜间)?{_HERE}")
_OFFICE_HOURS = re.compile(r"(?<![非他余])(?:办公|工作|上班)时间(?!以?外)")
_NIGHT = re.compile(r"(?:夜间|夜晚|晚间)(?!值班|巡|作业|施工|照明|航)")
_DAY = re.compile(r"(?:白天|昼间|日间)(?!值班|巡|作业|施工)")
_GRADE_WORDS = {
    "一般": Circumstance.GRADE_ORDINARY,
    "较大": Circumstance.GRADE_CONSIDERABLE,
    "重大": Circumstance.GRADE_MAJOR,
    "特别重大": Circumstance.GRADE_EXCEPTIONAL,
}
_GRADE = re.compile("特别重大|重大|较大|一般")
_EVENT = r"(?:级别?)?(?:的?(?:险情|灾情|灾害|火灾|事故|突发事件|事件|洪涝|森林)|的(?=[，,]))"
_GRADES = re.compile(
    rf"((?:特别重大|重大|较大|一般)(?:[、和及或与](?:特别重大|重大|较大|一般))*)(?:([及或]?以上)|([及或]?以下)|{_EVENT})"
)


def circumstances(words: str) -> frozenset[Circumstance] | None:
    """The circumstances the words before a limit restrict it to, none for all; None where that is not sure.

    >>> sorted(circumstances("成员单位在非办公时间")), circumstances("农业农村局接报后")
    ([<Circumstance.OFF_HOURS: 'off_hours'>], frozenset())
    >>> sorted(str(each) for each in circumstances("除重大、特别重大险情外，"))
    ['grade_considerable', 'grade_ordinary']
    """
    plain = _INCLUSIVE.sub("", words)
    found: set[Circumstance] = set()
    for match in _EXCEPT.finditer(plain):
        found |= _others(frozenset(_named(match[1] + "，")))
    rest = _EXCEPT.sub("，", plain)
    if _NOT.search(rest):
        found |= _others(grades(_NOT.sub("", rest)))
        rest = _GRADES.sub("", rest)
    named = frozenset(_named(rest))
    if _UNSURE.search(rest) and named:
        return None
    return named | found


def destination(words: str) -> str:
    """The place a promise of arrival names behind its limit, as a case would name it before.

    >>> destination("30分钟内到达城区险情现场"), destination("30分钟内到达现场")
    ('城区，', '')
    """
    found = _DESTINATION.search(words)
    return f"{'城区' if found[1] in ('城区', '县城') else '农村'}，" if found else ""


def _others(excluded: frozenset[Circumstance] | tuple[Circumstance, ...]) -> frozenset[Circumstance]:
    """Every other circumstance of the aspects that are excluded in part."""
    aspects = {each.aspect for each in excluded}
    return frozenset(each for aspect in aspects for each in ALTERNATIVES[aspect]) - frozenset(excluded)


def _named(words: str) -> Iterator[Circumstance]:
    if _OFF_HOURS.search(words):
        yield Circumstance.OFF_HOURS
    elif _OFFICE_HOURS.search(words):
        yield Circumstance.OFFICE_HOURS
    if _NIGHT.search(words):
        yield Circumstance.NIGHT
    elif _DAY.search(words):
        yield Circumstance.DAY
    if _OUTSIDE.search(words) or _RURAL.search(words):
        yield Circumstance.RURAL
    elif _URBAN.search(words):
        yield Circumstance.URBAN
    yield from grades(words)


def grades(words: str) -> tuple[Circumstance, ...]:
    """The grades of the event that some words name, from the least.

    A grave one without an end stands for the graver ones as well where none of them is
    named: what is promised for a major incident is owed for an exceptional one.

    >>> [str(each) for each in grades("一般险情")], [str(each) for each in grades("重大险情")]
    (['grade_ordinary'], ['grade_major', 'grade_exceptional'])
    """
    order = ALTERNATIVES[Aspect.GRADE]
    found = list(_GRADES.finditer(words))
    named = [_GRADE_WORDS[word] for match in found for word in _GRADE.findall(match[1])]
    if any(match[3] for match in found):
        return order[: max(map(order.index, named)) + 1]
    if named and (any(match[2] for match in found) or (len(named) == 1 and named[0] is not order[0])):
        return order[min(map(order.index, named)) :]
    return tuple(grade for grade in order if grade in named)
