"""Chinese numerals, read and written."""

from __future__ import annotations

import re

DIGITS = {
    "零": 0,
    "〇": 0,
    "○": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
POWERS = {"十": 10, "百": 100, "千": 1000}
HAN_NUMERAL = "[零〇○一二两三四五六七八九十百千]"
FULL_WIDTH = str.maketrans("０１２３４５６７８９．－", "0123456789.-")


def han_value(numeral: str) -> int | None:
    """The whole number that Chinese or Arabic numerals stand for; None when they stand for none.

    >>> han_value("七百一十一"), han_value("十二"), han_value("二〇"), han_value("１０"), han_value("x")
    (711, 12, 20, 10, None)
    """
    numeral = numeral.translate(FULL_WIDTH)
    if numeral.isascii() and numeral.isdigit():
        return int(numeral)
    if not re.fullmatch(f"{HAN_NUMERAL}+", numeral):
        return None
    if not any(character in POWERS for character in numeral):
        return int("".join(str(DIGITS[character]) for character in numeral))
    return _with_powers(numeral)


def _with_powers(numeral: str) -> int:
    total, digit = 0, 0
    for character in numeral:
        if character in POWERS:
            total += max(digit, 1 if not total or not digit else digit) * POWERS[character]
            digit = 0
        else:
            digit = DIGITS[character]
    return total + digit


def han_numeral(value: int) -> str:
    """The counting numeral: 十二, 一百零五, 七百一十一.

    >>> [han_numeral(n) for n in (7, 10, 12, 20, 105, 110, 711, 1001)]
    ['七', '十', '十二', '二十', '一百零五', '一百一十', '七百一十一', '一千零一']
    """
    if value == 0:
        return "零"
    text, gap = "", False
    for power, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // power % 10
        if digit:
            text += ("零" if gap and text else "") + "零一二三四五六七八九"[digit] + sign
        gap = not digit if text else False
    return text[1:] if text.startswith("一十") else text


def han_digits(value: int) -> str:
    """Digit by digit: 二〇二四."""
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(value))
