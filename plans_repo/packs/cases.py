"""From when, at which levels and in which circumstances a promise holds, in words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from plans_repo.packs.naming import has_name, name_of
from sim.circumstance import ALTERNATIVES, Aspect, Circumstance
from sim.figure import Mark
from sim.procedure import Procedure

_COMMA = {"zh": "、", "en": ", "}
_CHINESE = "zh"
_NUMERAL_END = "级"
_ROMAN_LEVEL = re.compile(r"([ⅠⅡⅢⅣⅤ]|IV|I{1,3}|V)级(?:响应)?")
_COUNTED_LEVEL = re.compile(r"([一二三四五])级(火警|响应)?")
_ALARM = "火警"


def run_start(procedure: Procedure, language: str) -> str:
    """What minute 0 of a run is for the hazard of a procedure."""
    codes = (f"alarm_{word}" for word in (procedure.spread, procedure.hazard.value))
    return name_of("start", next((code for code in codes if has_name("start", code)), "alarm"), language)


def made_for(levels: Iterable[str], circumstances: Iterable[Circumstance], language: str) -> str:
    """The levels and circumstances a promise is made for; "" where it always holds.

    >>> grave = (Circumstance.GRADE_MAJOR, Circumstance.GRADE_EXCEPTIONAL)
    >>> made_for(("Ⅰ级", "Ⅱ级"), (Circumstance.OFF_HOURS,), "zh"), made_for((), grave, "zh")
    ('Ⅰ级、Ⅱ级响应，非办公时间', '重大以上事件')
    """
    parts = [*_levels(tuple(levels), language), *_circumstances(frozenset(circumstances), language)]
    return ("，" if language == _CHINESE else "; ").join(parts)


def is_share_assumed(share: float, mark: Mark, source: str) -> bool:
    """Whether a share stands beside the plan's words that the quoted sentence does not give.

    >>> is_share_assumed(0.95, Mark.PLAN, "全部转移"), is_share_assumed(0.95, Mark.PLAN, "转移95%以上")
    (True, False)
    """
    return share < 1 and mark is Mark.PLAN and not re.search(rf"{share * 100:g}\s*[%％]", source)


def level_name(label: str, language: str) -> str:
    """A level as a sentence names it: the plan's label in Chinese, its numeral or the word for it in English.

    >>> [level_name(label, "en") for label in ("Ⅱ级", "三级火警", "二级响应", "红色", "特别重大")]
    ['II', 'fire alarm grade 3', '2', 'red', 'exceptional']
    >>> level_name("Ⅱ级", "zh"), level_name("甲等", "en")
    ('Ⅱ级', '甲等')
    """
    if language == _CHINESE:
        return label
    if found := _ROMAN_LEVEL.fullmatch(label):
        return unicodedata.normalize("NFKC", found[1])
    if found := _COUNTED_LEVEL.fullmatch(label):
        number = " 一二三四五".index(found[1])
        return f"fire alarm grade {number}" if found[2] == _ALARM else str(number)
    return name_of("level", label.removesuffix("响应").removesuffix("级"), language) if _is_named(label) else label


def _is_named(label: str) -> bool:
    return has_name("level", label.removesuffix("响应").removesuffix("级"))


def _levels(labels: tuple[str, ...], language: str) -> Iterator[str]:
    if not labels:
        return
    if language == _CHINESE:
        yield _COMMA[language].join(labels) + ("响应" if labels[-1].endswith(_NUMERAL_END) else "")
    else:
        named = _COMMA[language].join(level_name(label, language) for label in labels)
        yield named if labels[0].endswith(_ALARM) else f"level {named}"


def _circumstances(asked: frozenset[Circumstance], language: str) -> Iterator[str]:
    for aspect, every in ALTERNATIVES.items():
        named = [each for each in every if each in asked]
        if named:
            yield _grades(named, language) if aspect is Aspect.GRADE else _list(named, language)


def _grades(named: list[Circumstance], language: str) -> str:
    order = ALTERNATIVES[Aspect.GRADE]
    is_upward = len(named) > 1 and tuple(named) == order[order.index(named[0]) :]
    words = name_of("circumstance", named[0], language) if is_upward else _list(named, language)
    return name_of("grade", "upward" if is_upward else "named", language).format(grades=words)


def _list(named: Iterable[Circumstance], language: str) -> str:
    return _COMMA[language].join(name_of("circumstance", each, language) for each in named)
