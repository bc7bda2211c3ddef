"""First light: sign in, open the flood plan, rehearse it 200 times, read the verdicts, take the Word report away."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

import ui
from plans_repo import studies
from plans_repo.store import jobs
from plans_repo.store.accounts import actor_named
from plans_repo.store.tables.jobs import JobState
from tests.ui.conftest import SERVE, free_port, wait_until_served
from tests.ui.demonstrated import furnish
from ui.demo.people import FILE
from ui.installation import open_installation

pytestmark = pytest.mark.browser

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
READY = "[data-testid=stApp][data-test-script-state=notRunning]"
RUNS = 200
STUDY_S = 540  # the slowest machine of an office, which also draws the pages
OUR_LATIN = {"English", "YUYAN", "Word", "Markdown"}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with the demo data; the worker is not asked for the validation cases, which take it minutes."""
    data = tmp_path_factory.mktemp("first-light")
    furnish(data)
    installation = open_installation(data)
    with installation.store.work(actor_named(installation.store, "evaluator")) as work:
        (queued,) = [one for one in jobs.jobs(work) if one.state is JobState.QUEUED]
        jobs.cancel(work, queued.id)
    installation.store.close()
    return data


@pytest.fixture(scope="module")
def address(data: Path) -> Iterator[str]:
    """The real application over it, worker and all."""
    port = free_port()
    with (data / "served.log").open("w", encoding="utf-8") as log:
        command = [sys.executable, "-c", SERVE, str(data), str(port)]
        process = subprocess.Popen(command, cwd=Path(ui.__file__).parents[1], stdout=log, stderr=log)
        try:
            wait_until_served(port, process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(20)


@pytest.fixture(scope="module")
def chromium(chromium_path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", viewport={"width": 1280, "height": 900})
    yield context
    context.close()


def password_of(data: Path, name: str) -> str:
    lines = (data / FILE).read_text(encoding="utf-8").splitlines()
    return next(line.split("\t")[1] for line in lines if line.split("\t")[0] == name)


def sign_in(page: Page, data: Path, address: str, name: str) -> None:
    page.goto(address)
    page.get_by_label("账户名").fill(name)
    page.get_by_label("密码").fill(password_of(data, name))
    page.get_by_role("button", name="登录").click()
    ready(page)


def ready(page: Page) -> None:
    page.wait_for_selector(READY, timeout=60_000)
    page.wait_for_timeout(400)


def own_words(page: Page) -> set[str]:
    """Latin words on the page; sources, hashes and file names are cited as they are."""
    page.evaluate("document.querySelectorAll('.yy-source, code').forEach(part => part.hidden = true)")
    words = page.evaluate("document.body.innerText")
    return set(re.findall(r"(?<![\w.-])[A-Za-z]{3,}(?![\w.-])", words)) - OUR_LATIN


def test_the_evaluator_rehearses_the_flood_plan_and_takes_the_report_away(
    context: BrowserContext, data: Path, address: str
) -> None:
    page = context.new_page()
    sign_in(page, data, address, "evaluator")
    page.get_by_role("link", name="预案库").click()
    ready(page)
    page.get_by_role("link", name="清川县防汛应急预案", exact=True).click()
    ready(page)
    expect(page.get_by_role("heading", name="清川县防汛应急预案").first).to_be_visible()
    expect(page.get_by_text("现行有效").first).to_be_visible()
    assert own_words(page) == set()
    page.locator(".yy-facts").get_by_role("link", name="仿真研究").click()
    ready(page)
    page.get_by_label("情景", exact=True).click()
    page.get_by_role("option", name="先受威胁20村").click()
    ready(page)
    page.get_by_text("恰好推演若干次", exact=True).click()
    ready(page)
    expect(page.get_by_label("次数", exact=True)).to_have_value(str(RUNS))
    page.get_by_role("button", name="开始推演").click()
    expect(page.get_by_text("共检验")).to_be_visible(timeout=STUDY_S * 1000)
    ready(page)
    expect(page.get_by_text(f"推演 {RUNS} 次").first).to_be_visible()
    assert page.locator(".yy-verdicts tbody tr").count() >= 5
    expect(page.locator(".js-plotly-plot")).to_have_count(2)
    with page.expect_download() as download:
        page.get_by_role("link", name="下载评估报告（中文 Word）").click()
    report = docx.Document(io.BytesIO(Path(download.value.path()).read_bytes()))
    assert download.value.suggested_filename == "清川县防汛应急预案仿真评估报告.docx"
    words = "\n".join(cell.text for table in report.tables for row in table.rows for cell in row.cells)
    installation = open_installation(data)
    with installation.store.reading(actor_named(installation.store, "evaluator")) as work:
        kept = studies.study(work, studies.studies(work)[0].id)
    installation.store.close()
    assert page.url.endswith(kept.id)
    assert kept.findings.runs == RUNS
    assert all(result.target.title in words for result in kept.findings.targets)


@pytest.mark.parametrize("part", ["text", "procedure", "history", "comparison", "editing", "moves"])
def test_no_english_is_left_on_the_plan_page(context: BrowserContext, data: Path, address: str, part: str) -> None:
    page = context.new_page()
    sign_in(page, data, address, "author")
    page.goto(f"{address}/plans")
    ready(page)
    assert own_words(page) == set()
    href = page.get_by_role("link", name="清川县防汛应急预案", exact=True).get_attribute("href")
    page.goto(f"{address}{href}&part={part}")
    ready(page)
    assert own_words(page) == set()


def test_back_from_a_plan_finds_the_filter_again(context: BrowserContext, data: Path, address: str) -> None:
    page = context.new_page()
    sign_in(page, data, address, "author")
    page.goto(f"{address}/plans?q=防汛&subject=flood")
    ready(page)
    page.get_by_role("link", name="清川县防汛应急预案", exact=True).click()
    ready(page)
    page.get_by_role("tab", name="历史").click()
    expect(page).to_have_url(re.compile("part=history"))
    ready(page)
    for _step in ("the tab", "the plan"):
        page.go_back()
        ready(page)
    expect(page.get_by_label("查找")).to_have_value("防汛")
    expect(page.get_by_role("combobox", name="事件类型")).to_have_value(re.compile("防汛"))
    expect(page.get_by_text("清川县突发事件总体应急预案")).to_have_count(0)


def test_keys_go_from_change_to_change_and_a_citation_leads_to_its_clause(
    context: BrowserContext, data: Path, address: str
) -> None:
    page = context.new_page()
    sign_in(page, data, address, "author")
    page.goto(f"{address}/plans?q=山洪灾害防御")
    ready(page)
    href = page.get_by_role("link", name="清川县山洪灾害防御应急预案", exact=True).get_attribute("href")
    page.goto(f"{address}{href}&part=comparison")
    ready(page)
    places = page.evaluate("[...document.querySelectorAll('.yy-change[id]')].map(one => one.id)")
    here = "document.activeElement.id"
    page.keyboard.press("n")
    page.keyboard.press("j")
    assert page.evaluate(here) == places[1]
    expect(page.locator(f"[id='{places[1]}']")).to_be_in_viewport()
    page.keyboard.press("k")
    page.keyboard.press("p")
    assert page.evaluate(here) == places[0], "there is none before the first"
    page.get_by_role("button", name="批注").first.click()
    ready(page)
    field = page.get_by_label("意见").first
    field.click()
    page.keyboard.type("n, p")
    expect(field).to_have_value("n, p")
    page.goto(address + page.locator(".yy-because a").first.get_attribute("href") + "&part=text")
    ready(page)
    page.locator(".yy-asked .yy-to-thread").click()
    expect(page.locator(".yy-asked")).to_be_in_viewport()
    expect(page.locator(".yy-rail")).to_be_in_viewport()


def test_the_pages_fit_a_phone(chromium: Browser, data: Path, address: str) -> None:
    context = chromium.new_context(locale="zh-CN", viewport={"width": 390, "height": 800})
    page = context.new_page()
    sign_in(page, data, address, "author")
    for path in ("/plans", "/study"):
        page.goto(address + path)
        ready(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
    context.close()
