"""Parts of pages: nothing unescaped, nothing lost."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ui
from plans_repo.filing.recipients import Duty, Recipient
from plans_repo.store.actor import Actor
from plans_repo.store.jobs import JobState
from plans_repo.store.roles import Role
from plans_repo.text.clause import Clause, ClauseKind
from plans_repo.text.recognition import FoundLimit
from sim.figure import Mark
from ui.components import badges, html, names
from ui.components.clause_diff import clause_diff, side_by_side
from ui.components.filing_names import recipient_name
from ui.components.frame import top_line
from ui.components.month_calendar import Day, Entry, month_calendar
from ui.components.plan_text import plan_body
from ui.components.step_bar import Step, step_bar
from ui.sections.import_preview import limits_table
from ui.wording import speaking

ROOF = Path(ui.__file__).parent


def plain(markup: str) -> str:
    """What a reader sees of markup."""
    from html import unescape

    return unescape(re.sub(r"<[^>]*>", "", markup))


def test_raw_html_is_shown_in_one_module_only() -> None:
    users = [
        path.relative_to(ROOF).as_posix()
        for path in ROOF.rglob("*.py")
        if re.search(r"\bst\.html\(|unsafe_allow_html|components\.v1", path.read_text(encoding="utf-8"))
    ]
    assert users == ["components/html.py"]


@given(st.text(), st.text())
def test_text_and_attributes_never_become_markup(words: str, title: str) -> None:
    markup = html.tag("b", words, title=title)
    assert plain(markup) == words
    assert len(re.findall("<", markup)) == 2


def test_a_plain_string_is_not_taken_for_markup() -> None:
    with pytest.raises(TypeError):
        html.show("<b>")  # type: ignore[arg-type]


@pytest.mark.parametrize("href", ["https://evil.example", "//evil.example", "/\\evil", "javascript:alert(1)", ""])
def test_a_link_leads_nowhere_else(href: str) -> None:
    with pytest.raises(ValueError, match="local path"):
        html.link("x", href)


@given(st.lists(st.tuples(st.sampled_from(["keep", "insert", "delete"]), st.text(min_size=1))))
def test_a_difference_loses_no_word(tokens: list[tuple[str, str]]) -> None:
    old = "".join(words for change, words in tokens if change != "insert")
    new = "".join(words for change, words in tokens if change != "delete")
    assert plain(clause_diff(tokens)) == "".join(words for _change, words in tokens)
    left, right = re.split(r'</div><div class="yy-diff">', side_by_side(tokens))
    assert (plain(left), plain(right)) == (old, new)


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 12, 31)))
def test_a_month_shows_each_of_its_days_once(day: date) -> None:
    markup = month_calendar(day.year, day.month, [], address=lambda year, month: f"/calendar?month={year}-{month:02}")
    inside = [cell for cell in re.findall(r"<td(.*?)</td>", markup) if "yy-out" not in cell]
    after = (day.replace(day=1) + timedelta(days=31)).replace(day=1)
    assert len(inside) == (after - day.replace(day=1)).days


def test_a_drill_stands_on_its_day_and_leads_to_its_page() -> None:
    drill = Entry(on=date(2026, 11, 21), label="防汛桌面演练", href="/drill?id=7", tone="blue")
    markup = month_calendar(
        2026, 11, [drill], address=lambda year, month: f"/calendar?month={year}-{month:02}",
        today=drill.on, days={date(2026, 11, 22): Day(kind="rest", note="周末")},
    )  # fmt: skip
    cell = next(cell for cell in re.findall(r"<td.*?</td>", markup) if "防汛桌面演练" in cell)
    assert "yy-today" in cell
    assert 'href="/drill?id=7"' in cell
    assert "/calendar?month=2026-12" in markup
    assert "周末" in markup


def test_a_step_bar_says_where_a_plan_stands() -> None:
    steps = [
        Step(label="起草", state="done", who="王编", when="2026-11-02"),
        Step(label="评审", state="now"),
        Step(label="审批"),
    ]
    markup = step_bar(steps)
    assert [plain(item) for item in re.findall(r"<li.*?</li>", markup)] == [
        "✓起草王编 2026-11-02",
        "2评审进行中",
        "3审批未开始",
    ]
    with pytest.raises(ValueError, match="state must be"):
        Step(label="评审", state="soon")


@pytest.mark.parametrize("spoken", ["zh", "en"])
def test_every_mark_role_and_state_has_a_word(spoken: str) -> None:
    with speaking(spoken):
        words = [plain(badges.mark(mark)) for mark in Mark]
        words += [names.role_name(role) for role in Role]
        words += [names.JOB_STATES[state][0] for state in JobState]
    assert all(words)


def test_a_verdict_is_a_word_and_a_colour() -> None:
    assert [plain(badges.verdict(word)) for word in ("adequate", "not_adequate", "undecided")] == [
        "充分",
        "不足",
        "未定",
    ]


def test_the_top_line_says_drill_or_real() -> None:
    actor = Actor(account="a", name="王<编>", roles=frozenset())
    assert plain(top_line(actor, "青川县应急管理局")) == "青川县应急管理局实战王<编>English退出"
    assert "演练：汛期桌面推演" in top_line(actor, "", playing="汛期桌面推演")


def test_a_contents_list_keeps_its_heading_on_a_line_of_its_own():
    front = Clause(id="f", kind=ClauseKind.FRONT, title="目　　录", text="1 总则\t1\n1.1 编制目的\t1")
    shown = str(plan_body([front], {}))
    assert "<p><b>目录</b></p><p>1 总则\t1</p><p>1.1 编制目的\t1</p>" in shown


def test_the_mark_of_a_note_stands_behind_its_words_and_leads_to_it():
    words = Clause(id="w", kind=ClauseKind.HEADING, level=2, number="1.3", title="适用范围", text="适用于山洪灾害。")
    note = Clause(id="n", kind=ClauseKind.NOTE, number="1", text="本预案所称山洪灾害，是指……")
    shown = str(plan_body([words, note], {}))
    assert '适用于山洪灾害。<sup class="yy-note-mark"><a href="#c-n">1</a></sup></p>' in shown
    assert shown.count("yy-note-mark") == 1
    assert "yy-note-mark" not in str(plan_body([note], {}))


def test_a_sentence_with_two_limits_stands_once_beside_both():
    words = "10分钟内报告县防指，30分钟内书面报告。"
    limits = [FoundLimit(clause="c", text=words, minutes=minutes, who="乡镇") for minutes in (10, 30)]
    shown = str(
        limits_table([*limits, FoundLimit(clause="d", text="1小时内到达。", minutes=60)], {"c": "4.2", "d": "4.3"})
    )
    assert shown.count(words) == 1
    assert shown.count("<tr>") == 3
    assert "<div>10 分</div><div>30 分</div>" in shown


def test_an_office_without_a_body_is_named_in_the_readers_language_and_a_body_by_its_name():
    office = Recipient(duty=Duty.COPY, office="upper_lead_department", name="上一级人民政府相应牵头部门")
    body = Recipient(duty=Duty.FILE, office="upper_lead_department", name="云陵市水利局", organisation="w")
    assert recipient_name(office) == "上一级人民政府相应牵头部门（单位待填）"
    with speaking("en"):
        assert recipient_name(office).startswith("lead department of the next higher level (")
        assert recipient_name(body) == "云陵市水利局"
