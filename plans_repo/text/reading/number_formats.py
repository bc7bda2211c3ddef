"""How Word writes a counter: 3, iii, 三, ③, 丙."""

from __future__ import annotations

from collections.abc import Callable

from plans_repo.text.reading.han_numbers import han_digits, han_numeral

ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
         (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
LEGAL_DIGITS = str.maketrans("一二三四五六七八九十百千零", "壹贰叁肆伍陆柒捌玖拾佰仟零")


def roman(value: int) -> str:
    """Lower-case roman numerals."""
    text = ""
    for worth, sign in ROMAN:
        while value >= worth:
            text, value = text + sign, value - worth
    return text


def letters(value: int) -> str:
    """a … z, then aa, bb as Word does."""
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1) if value > 0 else ""


def circled(value: int) -> str:
    """① … ⑳, then ㉑ … ㊿, then plain figures."""
    if 1 <= value <= 20:
        return chr(0x2460 + value - 1)
    if 21 <= value <= 35:
        return chr(0x3251 + value - 21)
    return chr(0x32B1 + value - 36) if 36 <= value <= 50 else str(value)


def han_counting(value: int) -> str:
    """一 … 九十九, from a hundred on digit by digit as Word does: 一○○."""
    return han_numeral(value) if value < 100 else han_digits(value).replace("〇", "○")


def han_thousands(value: int) -> str:
    """一百〇一: Word fills the gap with 〇."""
    return han_numeral(value).replace("零", "〇") if value else "〇"


def _of_signs(first: int, count: int, beyond: str) -> Callable[[int], str]:
    """Ready-made signs such as ⑴ … ⒇; plain figures in *beyond* after them."""
    return lambda value: chr(first + value - 1) if 1 <= value <= count else beyond.format(value)


def ordinal(value: int) -> str:
    """1st, 2nd, 3rd, 4th."""
    ending = "th" if value % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{ending}"


def full_width(value: int) -> str:
    return str(value).translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)})


def _named(signs: str) -> Callable[[int], str]:
    """Signs with an order of their own; plain figures after the last."""
    return lambda value: signs[value - 1] if 0 < value <= len(signs) else str(value)


FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda value: f"{value:02d}",
    "decimalFullWidth": full_width,
    "decimalFullWidth2": full_width,
    "decimalEnclosedCircle": circled,
    "decimalEnclosedCircleChinese": circled,
    "decimalEnclosedParen": _of_signs(0x2474, 20, "({})"),
    "decimalEnclosedFullstop": _of_signs(0x2488, 20, "{}."),
    "decimalHalfWidth": str,
    "ideographEnclosedCircle": _of_signs(0x3220, 10, "({})"),
    "numberInDash": lambda value: f"- {value} -",
    "ordinal": ordinal,
    "hex": lambda value: f"{value:X}",
    "upperRoman": lambda value: roman(value).upper(),
    "lowerRoman": roman,
    "upperLetter": lambda value: letters(value).upper(),
    "lowerLetter": letters,
    "chineseCounting": han_counting,
    "chineseCountingThousand": han_thousands,
    "chineseLegalSimplified": lambda value: han_numeral(value).translate(LEGAL_DIGITS),
    "ideographDigital": han_digits,
    "japaneseCounting": han_numeral,
    "japaneseDigitalTenThousand": han_digits,
    "taiwaneseCounting": han_counting,
    "taiwaneseCountingThousand": han_numeral,
    "taiwaneseDigital": han_digits,
    "ideographTraditional": _named(STEMS),
    "ideographZodiac": _named(BRANCHES),
    "none": lambda value: "",
}


def counter_text(value: int, number_format: str) -> str:
    """The counter in Word's *number_format*; unknown formats count in figures.

    >>> counter_text(21, "chineseCountingThousand"), counter_text(3, "upperRoman")
    ('二十一', 'III')
    """
    return FORMATS.get(number_format, str)(value)
