"""A drill in several browsers at once: the clock releases, a unit answers, the stop word stands on every open page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.ui.conftest import running
from tests.ui.staged import furnish
from tests.ui.test_journeys import chromium, ready, sign_in

assert chromium
pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 760}
SOON_MS = 20_000
"""Patience of a busy machine; how soon it comes on a quiet one is measured in benchmarks."""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("played-in-browsers")


@pytest.fixture(scope="module")
def drill(data: Path) -> str:
    return furnish(data)


@pytest.fixture(scope="module")
def address(data: Path, drill: str) -> Iterator[str]:
    assert drill
    with running(data) as running_at:
        yield running_at


def opened(chromium: Browser, address: str, name: str, path: str) -> Page:
    page = chromium.new_context(locale="zh-CN", viewport=PHONE).new_page()
    sign_in(page, address, name)
    page.goto(f"{address}{path}")
    ready(page)
    return page


def test_director_unit_and_evaluator_play_and_everybody_sees_the_stop(
    chromium: Browser, address: str, drill: str
) -> None:
    director = opened(chromium, address, "organiser", f"/play?id={drill}")
    director.get_by_role("button", name="演练开始").click()
    expect(director.get_by_text("已下达1条，共3条")).to_be_visible(timeout=SOON_MS)

    unit = opened(chromium, address, "water", f"/play?id={drill}")
    expect(unit.get_by_text("堤脚出现渗漏")).to_be_visible(timeout=SOON_MS)
    assert unit.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    unit.get_by_role("button", name="收到").click()
    expect(unit.get_by_text("已收到")).to_be_visible(timeout=SOON_MS)

    evaluator = opened(chromium, address, "judge", f"/play?id={drill}")
    evaluator.get_by_role("button", name="A1").click()
    expect(evaluator.get_by_text("按时完成")).to_be_visible(timeout=SOON_MS)

    elsewhere = opened(chromium, address, "author", "/plans")
    unit.get_by_role("button", name="安全叫停").click()
    unit.get_by_role("textbox", name="写明原因").fill("有人落水")
    unit.get_by_role("button", name="立即叫停").click()
    for page in (director, unit, evaluator, elsewhere):
        expect(page.get_by_role("alert").filter(has_text="安全叫停")).to_contain_text("有人落水", timeout=SOON_MS)
    director.get_by_label("解除叫停的理由").fill("人已救起")
    director.get_by_label("解除叫停的理由").press("Enter")
    director.get_by_role("button", name="解除叫停").click()
    for page in (director, unit, evaluator, elsewhere):
        expect(page.locator(".yy-stopped")).to_be_hidden(timeout=SOON_MS)
