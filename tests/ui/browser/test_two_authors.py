"""Two authors in two browsers at the same clause: both texts survive, the conflict is shown, and they settle it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from plans_repo import drafts, organisations
from plans_repo.store import accounts
from plans_repo.store.actor import local_actor
from plans_repo.store.roles import Role
from tests.ui.conftest import PASSWORD, running
from tests.ui.planned import furnish
from tests.ui.test_journeys import chromium, ready, sign_in
from ui.installation import open_installation

assert chromium
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("two-authors")


@pytest.fixture(scope="module")
def plan(data: Path) -> str:
    """The flood plan with a draft, and a second author of the same bureau."""
    made = furnish(data)
    installation = open_installation(data)
    with installation.store.work(local_actor("tests")) as work:
        bureau = organisations.organisations(work)[0]
        accounts.create_account(
            work,
            "wangfang",
            PASSWORD,
            display_name="王芳",
            roles=[Role.PLAN_AUTHOR],
            organisation=bureau.id,
            must_change=False,
        )
    with installation.store.work(accounts.actor_named(installation.store, "author")) as work:
        drafts.open_draft(work, made.plan)
    installation.store.close()
    return made.plan


@pytest.fixture(scope="module")
def address(data: Path, plan: str) -> Iterator[str]:
    assert plan
    with running(data) as running_at:
        yield running_at


def stored(data: Path, plan: str, clause: str) -> str:
    installation = open_installation(data)
    with installation.store.reading(accounts.actor_named(installation.store, "author")) as work:
        found = drafts.draft(work, plan)
    installation.store.close()
    assert found
    return next(entry.clause.text for entry in found.clauses if entry.clause.id == clause)


ALONE = """() => {
    const fields = [...document.querySelectorAll('textarea[aria-label="内容"]')]
    return fields.length === 1 && fields[0].value.includes("分钟内")
}"""
"""The field of the clause with a limit in it is there, and no other."""


def a_clause(data: Path, plan: str) -> tuple[str, str, str]:
    """The place in the list, the id and the text of a clause with a limit in it."""
    installation = open_installation(data)
    with installation.store.reading(accounts.actor_named(installation.store, "author")) as work:
        found = drafts.draft(work, plan)
    installation.store.close()
    assert found
    entry = next(one for one in found.clauses if "30分钟内" in one.clause.text)
    return entry.clause.title, entry.clause.id, entry.clause.text


def at_clause(browser: Browser, address: str, plan: str, name: str, title: str) -> Page:
    """Somebody with the clause open in a browser of their own."""
    context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", viewport={"width": 1280, "height": 1000})
    page = context.new_page()
    sign_in(page, address, name)
    page.goto(f"{address}/plan?id={plan}&part=editing")
    ready(page)
    page.get_by_role("combobox", name="条款").first.fill(title)
    page.get_by_role("option").filter(has_text=title).first.click()
    ready(page)
    return page


def write(page: Page, text: str) -> None:
    """Type into the clause and leave the field; nothing is pressed."""
    page.wait_for_function(ALONE, timeout=20_000)  # what the page showed before may still be there, or be going
    field = page.get_by_label("内容", exact=True)
    field.fill(text)
    field.blur()
    ready(page)


def test_two_authors_at_one_clause_lose_nothing_and_settle_it(
    chromium: Browser, data: Path, address: str, plan: str
) -> None:
    title, clause, text = a_clause(data, plan)
    wang = at_clause(chromium, address, plan, "author", title)
    fang = at_clause(chromium, address, plan, "wangfang", title)
    ready(wang)
    write(fang, text.replace("30分钟内", "20分钟内", 1))
    assert "20分钟内" in stored(data, plan, clause)
    wang.get_by_text("王芳 正在编辑").wait_for(timeout=40_000)  # found out by itself, nobody was locked out

    write(wang, text.replace("30分钟内", "15分钟内", 1))
    expect(wang.get_by_text("两份文本都已保存，请逐处定夺")).to_be_visible()
    clash = wang.locator(".yy-clash").first
    expect(clash).to_contain_text("20分钟")
    expect(clash).to_contain_text("15分钟")
    assert "20分钟内" in stored(data, plan, clause)

    wang.context.close()  # the browser is closed with the conflict open
    again = at_clause(chromium, address, plan, "author", title)
    expect(again.locator(".yy-clash").first).to_contain_text("15分钟")
    again.get_by_text("待并文本：15分钟", exact=False).first.click()
    ready(again)
    again.get_by_role("button", name="以定稿保存").click()
    ready(again)
    assert "15分钟内" in stored(data, plan, clause)

    write(fang, text.replace("30分钟内", "20分钟内", 1) + "并做好记录。")  # read before it was settled
    expect(fang.get_by_text("已合并保存，请核对全文")).to_be_visible()
    both = stored(data, plan, clause)
    assert "15分钟内" in both
    assert "并做好记录。" in both
    for page in (again, fang):
        page.context.close()


def test_a_pause_saves_and_what_was_not_saved_is_offered_again(
    chromium: Browser, data: Path, address: str, plan: str
) -> None:
    title, clause, _text = a_clause(data, plan)
    page = at_clause(chromium, address, plan, "author", title)
    page.on("dialog", lambda dialog: dialog.accept())
    page.wait_for_function(ALONE, timeout=20_000)  # the one shown before may still be there
    field = page.get_by_label("内容", exact=True)
    field.click()
    page.keyboard.press("Control+End")
    page.keyboard.type("停笔即存。")
    expect(page.get_by_text("尚未保存")).to_be_visible()
    expect(page.get_by_text("已自动保存")).to_be_visible(timeout=20_000)
    expect(field).to_be_focused()
    assert "停笔即存。" in stored(data, plan, clause)

    page.keyboard.type("刷新之前。")
    page.reload()  # before the pause is over
    ready(page)
    assert "刷新之前。" not in stored(data, plan, clause)
    page.get_by_role("button", name="放回输入框").click()
    expect(page.get_by_text("已自动保存")).to_be_visible(timeout=20_000)
    assert stored(data, plan, clause).endswith("停笔即存。刷新之前。")
    page.context.close()
