"""The calendar in a real browser: months, a drill, the calendar file, a phone; nothing leaves the machine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.ui.conftest import running
from tests.ui.drilled import Drilled, furnish
from tests.ui.test_journeys import ATTRIBUTES, OUR_LATIN, chromium, context, listening, ready, sign_in

assert chromium
assert context
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("calendar")


@pytest.fixture(scope="module")
def made(data: Path) -> Drilled:
    return furnish(data)


@pytest.fixture(scope="module")
def address(data: Path, made: Drilled) -> Iterator[str]:
    """The real application over plans and drills."""
    assert made
    with running(data) as running_at:
        yield running_at


@pytest.fixture
def page(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    sign_in(page, address, "organiser")
    return page


def test_months_are_turned_a_drill_opened_and_the_way_back_kept(
    context: BrowserContext, page: Page, address: str, made: Drilled
) -> None:
    outside, complaints = listening(context, address)
    page.goto(f"{address}/calendar?month=2026-11")
    ready(page)
    expect(page.get_by_text("2026年11月", exact=True)).to_be_visible()
    page.get_by_role("link", name="下月").click()
    ready(page)
    expect(page.get_by_text("2026年12月", exact=True)).to_be_visible()
    page.get_by_role("link", name="防汛叫应演练").click()
    ready(page)
    expect(page.get_by_role("heading", name="防汛叫应演练")).to_be_visible()
    assert f"drill={made.planned}" in page.url
    page.go_back()
    ready(page)
    expect(page.get_by_role("heading", name="防汛叫应演练")).to_have_count(0)
    expect(page.get_by_text("2026年12月", exact=True)).to_be_visible()
    page.goto(f"{address}/programme?year=2027")
    ready(page)
    expect(page.get_by_role("heading", name="年度演练计划")).to_be_visible()
    assert outside == []
    assert [line for line in complaints if "Content Security Policy" in line or "TypeError" in line] == []


def test_the_calendar_file_comes_down_and_is_one(page: Page, address: str) -> None:
    page.goto(f"{address}/calendar?month=2026-11")
    ready(page)
    with page.expect_download() as coming:
        page.get_by_role("link", name=re.compile(r"日历文件（\.ics）")).click()
    assert coming.value.suggested_filename == "2026年演练日历.ics"
    events = Calendar.from_ical(Path(coming.value.path()).read_bytes()).walk("VEVENT")
    titles = {str(event["summary"]) for event in events}
    assert titles == {"【演练】商场火灾演练", "【演练】高层火灾演练", "【演练】防汛叫应演练"}


def test_a_filter_chosen_stands_in_the_address_and_survives_a_reload(page: Page, address: str) -> None:
    page.goto(f"{address}/calendar?month=2026-11")
    ready(page)
    page.get_by_text("全年清单").click()
    ready(page)
    assert "view=" in page.url
    page.reload()
    ready(page)
    expect(page.get_by_role("cell", name="商场火灾演练")).to_be_visible()


@pytest.mark.parametrize("path", ["/calendar?month=2026-12", "/programme?year=2027"])
def test_a_phone_shows_it_all_without_scrolling_sideways(
    chromium: Browser, address: str, made: Drilled, path: str
) -> None:
    context = chromium.new_context(locale="zh-CN", viewport={"width": 360, "height": 740})
    page = context.new_page()
    sign_in(page, address, "organiser")
    page.goto(address + path + (f"&drill={made.scheduled}" if "calendar" in path else ""))
    ready(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()


@pytest.mark.parametrize("path", ["/calendar?month=2026-12", "/programme?year=2027"])
def test_no_english_is_left_on_the_chinese_pages(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    ready(page)
    page.wait_for_timeout(500)
    page.evaluate("document.querySelectorAll('[data-testid=stIconMaterial]').forEach(icon => icon.remove())")
    seen = page.evaluate("document.body.innerText") + page.evaluate(ATTRIBUTES)
    assert set(re.findall(r"[A-Za-z]{3,}", seen)) - OUR_LATIN - {"ics"} == set()
