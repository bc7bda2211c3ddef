"""The real application in a real browser: sign in, work, sign out elsewhere; nothing leaves the machine."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

import ui
from tests.ui.conftest import PASSWORD, SERVE, free_port, wait_until_served
from ui.installation import bring_up_to_date

pytestmark = pytest.mark.browser

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
READY = "[data-testid=stApp][data-test-script-state=notRunning]"
OUR_LATIN = {"CSV", "English", "YUYAN", "admin", "author", "newcomer", "organiser"}


@pytest.fixture(scope="module")
def chromium(chromium_path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", viewport={"width": 1280, "height": 800})
    yield context
    context.close()


def listening(context: BrowserContext, served: str) -> tuple[list[str], list[str]]:
    """What is asked for outside, and what the browser complains about."""
    outside: list[str] = []
    complaints: list[str] = []
    own = (served, served.replace("http", "ws", 1), "data:", "blob:")
    context.on("request", lambda request: None if request.url.startswith(own) else outside.append(request.url))
    context.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    return outside, complaints


def sign_in(page: Page, served: str, name: str = "author", password: str = PASSWORD) -> None:
    page.goto(served)
    page.get_by_label("账户名").fill(name)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()
    ready(page)


def ready(page: Page) -> None:
    """Wait until the page rests: what was just pressed reaches the server within the pause."""
    page.wait_for_selector(READY, timeout=60_000)
    page.wait_for_timeout(400)
    page.wait_for_selector(READY, timeout=60_000)


def test_somebody_signs_in_works_and_signs_out_elsewhere(context: BrowserContext, served: str) -> None:
    outside, complaints = listening(context, served)
    page = context.new_page()
    sign_in(page, served)
    expect(page.get_by_role("heading", name="工作台")).to_be_visible()
    expect(page.get_by_text("青川县应急管理局")).to_be_visible()
    page.get_by_role("link", name="我的账户").click()
    ready(page)
    expect(page.get_by_role("heading", name="我的登录设备")).to_be_visible()
    assert "yy-" not in page.evaluate("document.cookie")

    other = context.new_page()
    other.goto(served)
    ready(other)
    other.get_by_role("link", name="退出").click()
    expect(other.get_by_role("heading", name="登录")).to_be_visible()
    expect(page.get_by_role("heading", name="登录")).to_be_visible(timeout=10_000)  # by itself, in the first tab
    assert outside == []
    assert [line for line in complaints if "Content Security Policy" in line or "TypeError" in line] == []


def test_the_administrators_tables_and_forms_work_under_the_policy(context: BrowserContext, served: str) -> None:
    outside, complaints = listening(context, served)
    page = context.new_page()
    sign_in(page, served, "admin")
    page.goto(f"{served}/accounts")
    ready(page)
    expect(page.get_by_role("cell", name="organiser")).to_be_visible()
    page.get_by_role("tab", name="新建账户").click()
    page.get_by_label("账户名").fill("sun")
    page.get_by_label("姓名").fill("孙备")
    page.get_by_role("button", name="新建账户").click()
    expect(page.get_by_text("请先选择单位。")).to_be_visible()
    ready(page)
    assert outside == []
    assert [line for line in complaints if "Content Security Policy" in line] == []


@pytest.mark.parametrize("address", ["/", "/me", "/accounts", "/nothing-here"])
def test_no_english_is_left_on_a_chinese_page(context: BrowserContext, served: str, address: str) -> None:
    page = context.new_page()
    sign_in(page, served, "admin")
    page.goto(served + address)
    ready(page)
    page.wait_for_timeout(500)
    seen = page.evaluate("document.body.innerText") + page.evaluate(ATTRIBUTES)
    assert set(re.findall(r"[A-Za-z]{3,}", seen)) - OUR_LATIN == set()


# what a reader of the screen or a screen reader meets, icons (ligatures) and our own texts apart
ATTRIBUTES = """
[...document.querySelectorAll('[placeholder], [aria-label], [title]')]
  .map(e => [e.placeholder, e.ariaLabel, e.title].filter(Boolean).join(' ')).join(' ')
"""


@pytest.mark.parametrize("address", ["/plans", "/plan?id=none", "/me"])
def test_a_page_opened_by_its_address_finds_the_server_at_once(
    context: BrowserContext, served: str, address: str
) -> None:
    page = context.new_page()
    sign_in(page, served)
    _outside, complaints = listening(context, served)
    page.goto(f"{served}{address}")
    ready(page)
    assert complaints == []


def test_one_click_turns_the_page_english_and_stays(context: BrowserContext, served: str) -> None:
    page = context.new_page()
    sign_in(page, served)
    page.goto(f"{served}/me")
    ready(page)
    page.get_by_role("link", name="English").click()
    ready(page)
    expect(page.get_by_role("heading", name="My account")).to_be_visible()
    assert page.url == f"{served}/me"
    assert page.evaluate("document.documentElement.lang") == "en"
    page.goto(served)
    ready(page)
    expect(page.get_by_role("heading", name="Work desk")).to_be_visible()


def test_the_first_password_is_changed_without_any_script(chromium: Browser, served: str) -> None:
    context = chromium.new_context(locale="zh-CN", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served}/plan?id=7")
    page.get_by_label("账户名").fill("newcomer")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.get_by_label("当前密码").fill(PASSWORD)
    page.get_by_label("新密码", exact=True).fill("qingshan-lvshui-8")
    page.get_by_label("再输入一次新密码").fill("qingshan-lvshui-8")
    page.get_by_role("button", name="修改密码").click()
    assert page.url == f"{served}/"
    context.close()


def test_the_page_fits_a_phone(chromium: Browser, served: str) -> None:
    context = chromium.new_context(locale="zh-CN", viewport={"width": 360, "height": 740})
    page = context.new_page()
    sign_in(page, served)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    expect(page.get_by_role("link", name="退出")).to_be_in_viewport()
    context.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for another process")
def test_ctrl_c_ends_the_application_and_its_worker(tmp_path: Path) -> None:
    bring_up_to_date(tmp_path)
    port = free_port()
    command = [sys.executable, "-c", SERVE, str(tmp_path), str(port)]
    process = subprocess.Popen(
        command, cwd=Path(ui.__file__).parents[1], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    wait_until_served(port, process)
    process.send_signal(signal.SIGINT)
    said, _nothing = process.communicate(timeout=30)  # the worker holds the same pipe: both have gone when it ends
    assert process.returncode == 0
    assert "Traceback" not in said.decode()
    assert "account create" in said.decode()
