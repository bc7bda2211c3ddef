"""Fields for numbers that say in a sentence what does not fit, and never put another number in its place."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, TypeVar

from ui.wording import _, figure_text, later

MOST_CHARACTERS = 30
N = TypeVar("N", int, float)


def whole_number(place: Any, label: str, low: int, high: int, *, value: int, key: str) -> int | None:
    """The whole number typed at *place*, a column or Streamlit itself; None, and a sentence, where it is none."""
    refusal = later("须为 {low} 至 {high} 的整数，收到“{word}”")
    return _typed(place, label, str(value), key, read_whole, (low, high), refusal)


def real_number(place: Any, label: str, low: float, high: float, *, value: float, key: str) -> float | None:
    """The number typed at *place*; None, and a sentence, where it is none or lies outside."""
    refusal = later("须为 {low} 至 {high} 的数字，收到“{word}”")
    return _typed(place, label, f"{value:g}", key, read_real, (low, high), refusal)


def _typed(
    place: Any, label: str, shown: str, key: str, read: Callable[[str], N | None], bounds: tuple[N, N], refusal: str
) -> N | None:
    low, high = bounds
    typed = place.text_input(label, shown, key=key, max_chars=MOST_CHARACTERS)
    number = read(typed)
    if number is not None and low <= number <= high:
        return number
    place.error(_(refusal, low=figure_text(low), high=figure_text(high), word=typed))
    return None


def read_whole(typed: str) -> int | None:
    """A whole number as people type it, with digits of either width.

    >>> read_whole(" ２00"), read_whole("-1"), read_whole("1.5"), read_whole("1e30")
    (200, -1, None, None)
    """
    try:
        return int(typed)
    except ValueError:
        return None


def read_real(typed: str) -> float | None:
    """A number as people type it; what is not finite is none.

    >>> read_real("0.5"), read_real("1e3"), read_real("NaN"), read_real("")
    (0.5, 1000.0, None, None)
    """
    try:
        number = float(typed)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
