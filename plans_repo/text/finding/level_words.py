"""Level labels: Ⅰ级, I级, 一级, 三级火警; which numeral, which label to show, which scale."""

from __future__ import annotations

import re
from collections.abc import Iterator

FULL_WIDTH = str.maketrans("ＩＶ", "IV")
ROMAN = {"Ⅰ": 1, "Ⅱ": 2, "Ⅲ": 3, "Ⅳ": 4, "Ⅴ": 5, "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5}
HAN = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5}
ROMAN_SIGNS = "ⅠⅡⅢⅣⅤ"
NUMERAL = r"(?:[ⅠⅡⅢⅣⅤ]|III|II|IV|I|V|(?<![十第百])[一二三四五](?![十百个年月日项条章]))"
ONE = rf"(?<![A-Za-z])({NUMERAL})\s*级"
SEVERAL = re.compile(
    rf"(?<![A-Za-z])({NUMERAL}\s*级?(?:[（(][^（()）]{{1,12}}[)）])?(?:\s*[、,，和及与/]\s*{NUMERAL}\s*级?(?:[（(][^（()）]{{1,12}}[)）])?)+)"
)
RANGE = re.compile(rf"(?<![A-Za-z])({NUMERAL})\s*级?\s*[-－—~～至到]+\s*({NUMERAL})\s*级")
SINGLE = re.compile(ONE)
IN_BRACKETS = re.compile(r"[（(][^（()）]*[)）]")
IS_RESPONSE = re.compile(
    rf"{ONE}\s*[)）]?\s*(?:[（(][^（()）]{{1,10}}[)）])?\s*(?:（?应急）?)?\s*响应|响应\s*(?:级别|等级)?[^。；]{{0,8}}{ONE}"
)
IS_ALARM = re.compile(r"[一二三四五]\s*级\s*火警|火警\s*等级|火警\s*分级")


def numeral_value(numeral: str) -> int:
    """1–5 for Roman or Chinese numerals."""
    plain = numeral.translate(FULL_WIDTH)
    return ROMAN.get(plain) or HAN[plain]


def shown(numeral: str) -> str:
    """The label with one code point a numeral: I级 → Ⅰ级.

    >>> shown("II"), shown("三")
    ('Ⅱ级', '三级')
    """
    plain = numeral.translate(FULL_WIDTH)
    return f"{ROMAN_SIGNS[ROMAN[plain] - 1]}级" if plain in ROMAN else f"{plain}级"


def labels_in(text: str) -> list[str]:
    """All level labels in order of appearance, ranges and shared 级 written out, each once.

    >>> labels_in("分为Ⅰ、Ⅱ、Ⅲ级"), labels_in("一级至四级"), labels_in("II级响应")
    (['Ⅰ级', 'Ⅱ级', 'Ⅲ级'], ['一级', '二级', '三级', '四级'], ['Ⅱ级'])
    """
    found = [label for _, label in sorted(_found(text.translate(FULL_WIDTH)))]
    return list(dict.fromkeys(found))


def _found(text: str) -> Iterator[tuple[int, str]]:
    for match in RANGE.finditer(text):
        first, last = numeral_value(match[1]), numeral_value(match[2])
        step = 1 if last >= first else -1
        is_roman = match[1] in ROMAN
        for place, value in enumerate(range(first, last + step, step)):
            yield match.start() + place, f"{ROMAN_SIGNS[value - 1]}级" if is_roman else f"{'一二三四五'[value - 1]}级"
    for match in SEVERAL.finditer(text):
        if "级" in text[match.start() : match.end() + 1]:
            bare = IN_BRACKETS.sub(lambda within: " " * len(within[0]), match[1])  # 四级（一般） holds no 一级
            for part in re.finditer(NUMERAL, bare):
                yield match.start() + part.start(), shown(part[0])
    for match in SINGLE.finditer(text):
        yield match.start(), shown(match[1])


def value_of(label: str) -> int:
    """1–5 of a label that was found."""
    return numeral_value(label.removesuffix("级"))
