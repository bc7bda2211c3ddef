"""The browser, LibreOffice and PostgreSQL for the tests that need them, and a plain word about tests left out.

A test asks for `chromium_path`, `soffice` or `postgresql_url`, or carries the mark of the group (`browser`,
`libreoffice`, `postgresql`). Where the group lacks something the test is left out; with CI=true it fails.
"""

import gc
import os
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests import once, postgresql_server, tools_present

settings.register_profile("unhurried", settings(), deadline=None)  # the first call of a compiled function compiles it
settings.load_profile("unhurried")
GROUP_OF_FIXTURE = {"chromium_path": "browser", "soffice": "libreoffice", "postgresql_url": "postgresql"}


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The browser's path, for Playwright's `executable_path`."""
    found = tools_present.chromium()
    assert found
    return found


@pytest.fixture(scope="session")
def soffice() -> str:
    """The path of LibreOffice."""
    found = tools_present.soffice()
    assert found
    return found


@pytest.fixture(scope="session")
def postgresql_address() -> Iterator[str]:
    with postgresql_server.running_server() as address:
        yield address


@pytest.fixture
def postgresql_url(postgresql_address: str) -> Iterator[str]:
    """The address of an empty PostgreSQL database that is this test's alone."""
    with postgresql_server.empty_database(postgresql_address) as url:
        yield url


def pytest_configure(config: pytest.Config) -> None:
    if not is_worker(config):
        once.begin()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not is_worker(config):
        once.end()


def is_worker(config: pytest.Config) -> bool:
    """Whether this process runs tests for another, which began the run."""
    return hasattr(config, "workerinput")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for fixture in getattr(item, "fixturenames", ()):
            if fixture in GROUP_OF_FIXTURE:
                item.add_marker(GROUP_OF_FIXTURE[fixture])
    items.sort(key=waiting)


def pytest_collection_finish() -> None:
    """Set aside what stays until the end: the screen collects garbage after every run, among ten thousand tests."""
    gc.collect()
    gc.freeze()


def waiting(item: pytest.Item) -> int:
    """What takes longest comes first, so that no worker ends with it while the others have nothing left to do."""
    if item.get_closest_marker("browser"):
        return 0
    return 1 if item.nodeid.startswith("tests/ui/") else 2


@pytest.hookimpl(tryfirst=True)  # before any fixture of the test is made
def pytest_runtest_setup(item: pytest.Item) -> None:
    for group in tools_present.NEEDED:
        if item.get_closest_marker(group) and tools_present.lacking(group):
            refuse(f"{group}: {tools_present.lacking(group)}")


def refuse(reason: str) -> None:
    """Skip on a person's machine; fail in CI, where nothing may be left out unseen."""
    if os.environ.get("CI", "").lower() in ("true", "1"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Count what was left out by the reports, which come from every worker."""
    left_out = Counter(filter(None, map(group_of, terminalreporter.stats.get("skipped", ()))))
    if not left_out:
        return
    terminalreporter.section("没有运行的测试 / tests left out")
    for group, count in left_out.items():
        terminalreporter.line(f"{group}: {count} 项 / {count} tests. {tools_present.lacking(group)}")


def group_of(report: pytest.TestReport) -> str:
    """The group whose programs a test lacked; "" for a test left out for another reason."""
    reason = str(report.longrepr[2]).removeprefix("Skipped: ") if isinstance(report.longrepr, tuple) else ""
    return next((group for group in tools_present.NEEDED if reason.startswith(f"{group}: ")), "")
