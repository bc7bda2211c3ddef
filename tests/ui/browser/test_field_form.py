"""The field form as a file on a phone: no server, kept over a reload, exported, and merged into the log."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from drills.conduct import playing
from drills.conduct.field import merge, read_field_file
from plans_repo.store import accounts
from tests.ui.staged import furnish
from tests.ui.test_journeys import chromium
from ui import downloads
from ui.installation import open_installation
from ui.wording import speaking

assert chromium
pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 760}


def test_taken_down_without_network_and_merged(chromium: Browser, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    drill = furnish(data)
    installation = open_installation(data, clock=lambda: datetime.now(UTC) + timedelta(seconds=1))
    judge = accounts.actor_named(installation.store, "judge")
    with installation.store.work(accounts.actor_named(installation.store, "organiser")) as work:
        playing.begin(work, drill)
    with installation.store.reading(judge) as work, speaking("zh"):
        form = downloads.builder("field-form")(work, drill, {})
    page_file = tmp_path / "form.html"
    page_file.write_bytes(form.data)

    context = chromium.new_context(locale="zh-CN", viewport=PHONE, accept_downloads=True, offline=True)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(page_file.as_uri())
    page.get_by_label("记录人").fill("陆平章")
    page.get_by_label("对表").fill(f"{datetime.now():%H:%M:%S}")  # noqa: DTZ005 - the phone shows the time of its place
    page.get_by_role("button", name="到点，对表").click()
    page.get_by_role("button", name="完成").click()
    page.locator("#note").fill("沙袋<b>到位</b>")
    page.get_by_role("button", name="记录", exact=True).click()
    expect(page.locator("#open")).to_have_text("未导出2条")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.reload()
    expect(page.locator("#open")).to_have_text("未导出2条")
    expect(page.get_by_text("沙袋<b>到位</b>")).to_be_visible()
    with page.expect_download() as coming:
        page.get_by_role("button", name="导出文件").click()
    expect(page.locator("#open")).to_have_text("未导出0条")
    assert complaints == []

    file = read_field_file(Path(coming.value.path()).read_bytes())
    assert (file.observer, len(file.lines), len(file.checks)) == ("陆平章", 2, 1)
    with installation.store.work(judge) as work:
        assert merge(work, drill, file).added == 2
    with installation.store.reading(judge) as work:
        found = playing.playing(work, drill)
    assert set(found.play.done) == {"a1"}
    assert [one.text for one in found.entries if one.text] == ["沙袋<b>到位</b>"]
    installation.store.close()
    context.close()
