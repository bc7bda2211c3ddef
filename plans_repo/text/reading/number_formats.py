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


def full_width(value: int) -> str:
    return str(value).translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)})


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda value: signs[(value - 1) % len(signs)] if value > 0 else ""


FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda value: f"{value:02d}",
    "decimalFullWidth": full_width,
    "decimalFullWidth2": full_width,
    "decimalEnclosedCircle": circled,
    "decimalEnclosedCircleChinese": circled,
    "decimalEnclosedParen": lambda value: f"({value})",
    "decimalEnclosedFullstop": lambda value: f"{value}.",
    "upperRoman": lambda value: roman(value).upper(),
    "lowerRoman": roman,
    "upperLetter": lambda value: letters(value).upper(),
    "lowerLetter": letters,
    "chineseCounting": han_numeral,
    "chineseCountingThousand": han_numeral,
    "chineseLegalSimplified": lambda value: han_numeral(value).translate(LEGAL_DIGITS),
    "ideographDigital": han_digits,
    "japaneseCounting": han_numeral,
    "japaneseDigitalTenThousand": han_digits,
    "taiwaneseCounting": han_numeral,
    "taiwaneseCountingThousand": han_numeral,
    "taiwaneseDigital": han_digits,
    "ideographTraditional": _cycle(STEMS),
    "ideographZodiac": _cycle(BRANCHES),
    "none": lambda value: "",
}


def counter_text(value: int, number_format: str) -> str:
    """The counter in Word's *number_format*; unknown formats count in figures.

    >>> counter_text(21, "chineseCountingThousand"), counter_text(3, "upperRoman")
    ('二十一', 'III')
    """
    return FORMATS.get(number_format, str)(value)
