"""The programs outside Python do what the other tests count on."""

import subprocess
from pathlib import Path

import pytest
import sqlalchemy
from playwright.sync_api import sync_playwright

from tests import postgresql_server

SENTENCE = "预案演练"


def test_the_browser_shows_chinese(chromium_path: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(locale="zh-CN")
        page.set_content(f"<p>{SENTENCE}</p>")
        assert page.inner_text("p") == SENTENCE
        browser.close()


def test_libreoffice_sets_chinese(soffice: str, tmp_path: Path) -> None:
    source = tmp_path / "plan.txt"
    source.write_text(SENTENCE, "utf-8")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    words = [soffice, profile, "--headless", "--infilter=Text (encoded):UTF8", "--convert-to", "pdf", source.name]
    subprocess.run(words, cwd=tmp_path, capture_output=True, check=True)
    said = subprocess.run(["pdftotext", "plan.pdf", "-"], cwd=tmp_path, capture_output=True, check=True).stdout
    assert SENTENCE in said.decode()


@pytest.mark.postgresql
def test_every_test_has_an_empty_database_of_its_own(postgresql_address: str) -> None:
    with (
        postgresql_server.empty_database(postgresql_address) as one,
        postgresql_server.empty_database(postgresql_address) as two,
    ):
        run(one, "CREATE TABLE plan (title text)")
        assert run(one, "SELECT count(*) FROM pg_tables WHERE tablename = 'plan'") == 1
        assert run(two, "SELECT count(*) FROM pg_tables WHERE tablename = 'plan'") == 0


def run(address: str, statement: str) -> object:
    """Carry out one statement and return the first value of its answer, if it has one."""
    engine = sqlalchemy.create_engine(address, poolclass=sqlalchemy.NullPool)
    with engine.begin() as connection:
        answer = connection.execute(sqlalchemy.text(statement))
        return answer.scalar() if answer.returns_rows else None
