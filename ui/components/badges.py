"""Small words with a colour: verdicts, marks of figures, states. The word always says it, the colour only helps."""

from __future__ import annotations

from enum import Enum

from ui.components.html import Html, tag
from ui.wording import _, later

VERDICTS = {
    "adequate": (later("充分"), "good"),
    "not_adequate": (later("不足"), "bad"),
    "undecided": (later("未定"), "open"),
    "insufficient_evidence": (later("证据不足"), "open"),
}
MARKS = {
    "read": (later("已查证"), "good"),
    "to_be_confirmed": (later("待确认"), "warn"),
    "calibrated": (later("已校准"), "good"),
    "plan": (later("预案规定"), "plain"),
    "expert": (later("专家估计"), "warn"),
    "demo": (later("演示数据"), "open"),
}
FOOTINGS = {
    "calibrated": (later("演练校准"), "good"),
    "published": (later("公开文献"), "good"),
    "expert": (later("专家估计"), "warn"),
    "template": (later("模板默认"), "warn"),
}
WARNING_LEVELS = {
    "red": (later("红色"), "red"),
    "orange": (later("橙色"), "orange"),
    "yellow": (later("黄色"), "yellow"),
    "blue": (later("蓝色"), "blue"),
}


def verdict(value: str | Enum) -> Html:
    """The verdict of a study or an assessment.

    >>> verdict("adequate")
    '<span class="yy-badge yy-good">充分</span>'
    """
    return _from(VERDICTS, value)


def mark(value: str | Enum, source: str = "") -> Html:
    """How far a figure can be trusted, its source on hovering."""
    return _from(MARKS, value, source)


def sourced(value: str | Enum, source: str) -> Html:
    """A source in words with its mark; of one that is not confirmed it says what that means."""
    key = str(value.value if isinstance(value, Enum) else value)
    meaning = _("（依据尚未与原文核对，以原文为准）") if key == "to_be_confirmed" else ""
    return tag("small", source, " ", mark(value), meaning, cls="yy-source")


def footing(value: str | Enum, source: str = "") -> Html:
    """What a duration or a verdict rests on."""
    return _from(FOOTINGS, value, source)


def warning_level(value: str | Enum) -> Html:
    """One of the four warning colours, as word and colour."""
    return _from(WARNING_LEVELS, value)


def badge(word: str, tone: str = "plain", title: str = "") -> Html:
    """A word on a ground: tone is good, bad, open, warn, plain or a warning colour."""
    return tag("span", word, cls=f"yy-badge yy-{tone}", title=title)


def _from(table: dict[str, tuple[str, str]], value: str | Enum, title: str = "") -> Html:
    key = str(value.value if isinstance(value, Enum) else value).replace(" ", "_").replace("-", "_")
    word, tone = table[key]
    return badge(_(word), tone, title)
