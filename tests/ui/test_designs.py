"""The design of a drill on its page: filled in, told what it lacks, its lines as people type them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from drills.designs import keeping
from drills.designs.design import Appointment, Post, Preparation, Risk
from drills.errors import DrillError
from drills.register import plan_drill
from plans_repo.store import accounts
from tests.ui.conftest import Clock, peopled
from tests.ui.test_scripts import page_words
from ui.components.design_words import calendar_of, calendar_text, posts_of, posts_text, risks_of, risks_text
from ui.installation import Installation, open_installation

Open = Callable[..., AppTest]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """An installation with one drill that has no design yet."""
    data = tmp_path_factory.mktemp("designed")
    peopled(data)
    installation = open_installation(data, clock=Clock())
    with installation.store.work(accounts.actor_named(installation.store, "organiser")) as work:
        drill_id = plan_drill(work, "清川县防汛演练", year=2026, on=date(2026, 12, 9)).id
    installation.store.close()
    return data, drill_id


@pytest.fixture(scope="module")
def furnished(made: tuple[Path, str]) -> Path:
    return made[0]


def test_a_design_is_filled_in_on_the_page_and_told_what_it_lacks(
    app: Open, installation: Installation, made: tuple[Path, str]
) -> None:
    at = app("organiser", "drill_page.py", id=made[1], part="design")
    at.text_area("design--purpose").set_value("检验叫应")
    at.text_area("design--posts").set_value("总指挥｜秦临川｜县政府\n安全员 | 林安")
    at.number_input("design--budget").set_value(5000.0)
    at.button("design--save").click().run()
    words = page_words(at)
    assert "工作方案已保存。" in words
    assert "没有分析演练需求" in words
    assert "没有指定评估人员" in words
    assert "没有写明演练目的" not in words
    with installation.store.reading(accounts.actor_named(installation.store, "organiser")) as work:
        kept = keeping.design(work, made[1])
    assert kept is not None
    assert kept.design.budget_cny == 5000
    assert [one.post for one in kept.design.posts] == [Post.COMMANDER, Post.SAFETY]


def test_a_line_nobody_can_read_keeps_nothing(app: Open, installation: Installation, made: tuple[Path, str]) -> None:
    at = app("organiser", "drill_page.py", id=made[1], part="design")
    at.text_area("design--calendar").set_value("明天｜定稿")
    at.button("design--save").click().run()
    assert "“明天｜定稿”读不懂" in "".join(str(each.value) for each in at.error)
    with installation.store.reading(accounts.actor_named(installation.store, "organiser")) as work:
        assert keeping.design(work, made[1]) is None


def test_who_does_not_plan_drills_sees_the_design_without_a_form(app: Open, made: tuple[Path, str]) -> None:
    at = app("author", "drill_page.py", id=made[1])
    assert "还没有工作方案。" in page_words(at)
    assert not [one.key for one in at.button if str(one.key).startswith("design-")]


def test_lines_of_a_field_read_back_as_what_they_were() -> None:
    posts = (Appointment(post=Post.SAFETY, name="林安", unit="县局"), Appointment(post=Post.HOST, name="苏言"))
    calendar = (Preparation(due_on=date(2026, 11, 24), what="脚本定稿", who="于演舟"),)
    risks = (Risk(risk="夜间行走跌倒", measure="头灯、搭伴", who="安全员"), Risk(risk="中暑", measure=""))
    assert posts_of(posts_text(posts)) == posts
    assert calendar_of(calendar_text(calendar)) == calendar
    assert risks_of(risks_text(risks)) == risks
    assert posts_of("safety officer | 林安\n\n安全员｜林宁｜县局")[0] == Appointment(post=Post.SAFETY, name="林安")


@pytest.mark.parametrize(
    ("read", "text", "code"),
    [
        (posts_of, "看门人｜张三", "design-line-unreadable"),
        (posts_of, "安全员", "design-line-empty"),
        (calendar_of, "下周｜脚本定稿", "design-line-unreadable"),
        (calendar_of, "2026-02-30｜脚本定稿", "design-line-unreadable"),
        (risks_of, "｜措施", "design-line-empty"),
    ],
)
def test_a_line_that_cannot_be_read_is_refused(read: object, text: str, code: str) -> None:
    with pytest.raises(DrillError) as refusal:
        read(text)  # type: ignore[operator]
    assert refusal.value.code == code
