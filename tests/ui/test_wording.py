"""Every sentence exists in both languages, and dates and durations read as people write them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from babel.messages.catalog import Message
from hypothesis import given
from hypothesis import strategies as st

from ui.wording import _, choose_language, duration_text, extraction, instant_text, n_, speaking
from ui.wording.catalogue import ENGLISH_FILES, entries
from ui.wording.formats import HERE, date_text

ENTRIES: list[tuple[str, Message]] = [
    (path.name, entry) for path in sorted(ENGLISH_FILES.glob("*.po")) for entry in entries(path)
]


def test_every_sentence_has_its_english() -> None:
    assert [f"{item.file}:{item.line} {item.message}" for item in extraction.missing()] == []


def test_no_english_is_empty_or_unsure() -> None:
    empty = [f"{file}: {entry.id}" for file, entry in ENTRIES if entry.fuzzy or not all(_forms(entry.string))]
    assert empty == []


def test_the_english_fills_in_the_same_fields() -> None:
    different = [
        f"{file}: {entry.id}"
        for file, entry in ENTRIES
        for form in _forms(entry.string)
        if extraction.placeholders(form) != extraction.placeholders(_forms(entry.id)[0])
    ]
    assert different == []


def test_the_english_has_no_chinese_left_in_it() -> None:
    left = [f"{file}: {entry.id}" for file, entry in ENTRIES for form in _forms(entry.string) if _han(form)]
    assert left == []


def test_two_files_never_say_the_same_sentence_differently() -> None:
    said: dict[object, set[object]] = {}
    for _file, entry in ENTRIES:
        said.setdefault(entry.id, set()).add(entry.string)
    assert {key: texts for key, texts in said.items() if len(texts) > 1} == {}


def test_a_sentence_that_is_not_a_literal_is_marked_where_it_is_written() -> None:
    found = {item.message for item in extraction.said()}
    assert {"充分", "编制人", "工作台"} <= found


def test_the_language_holds_inside_the_block_only() -> None:
    with speaking("en"):
        assert _("退出") == "Sign out"
    assert _("退出") == "退出"


def test_an_unknown_language_is_chinese() -> None:
    assert choose_language("fr") == "zh"


def test_english_has_a_plural() -> None:
    with speaking("en"):
        told = [n_("已确认 {count} 项目标", count) for count in (0, 1, 2)]
    assert told == ["0 targets confirmed", "1 target confirmed", "2 targets confirmed"]


def test_an_instant_is_shown_in_shanghai() -> None:
    late = datetime(2026, 11, 20, 16, 5, tzinfo=UTC)
    assert (instant_text(late), date_text(late)) == ("2026-11-21 00:05", "2026年11月21日")


@pytest.mark.parametrize(
    ("minutes", "zh", "en"),
    [
        (0, "0 分", "0 min"),
        (0.25, "15 秒", "15 s"),
        (0.999, "1 分", "1 min"),
        (59.6, "1 小时", "1 h"),
        (95, "1 小时 35 分", "1 h 35 min"),
        (1440 + 61, "1 天 1 小时 1 分", "1 d 1 h 1 min"),
        (-20, "−20 分", "−20 min"),
    ],
)
def test_a_duration_reads_as_people_say_it(minutes: float, zh: str, en: str) -> None:
    assert duration_text(minutes) == zh
    with speaking("en"):
        assert duration_text(minutes) == en


@given(st.integers(min_value=1, max_value=100_000))
def test_whole_minutes_are_never_lost(minutes: int) -> None:
    amounts = dict(zip(("天", "小时", "分"), (1440, 60, 1), strict=True))
    said = re.findall(r"(\d+) (天|小时|分)", duration_text(minutes))
    assert sum(int(amount) * amounts[unit] for amount, unit in said) == minutes


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 1, 1)))
def test_a_day_reads_the_same_whatever_the_zone_of_the_machine(on: date) -> None:
    noon = datetime(on.year, on.month, on.day, 12, tzinfo=HERE).astimezone(UTC)
    assert date_text(noon) == date_text(on)


def _forms(text: object) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, list | tuple) else (str(text or ""),)


def _han(text: str) -> bool:
    return any("\u4e00" <= sign <= "\u9fff" for sign in text)
