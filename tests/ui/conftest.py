"""An installation with four people, the doorway over it, the real application script, and a served one."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import urllib.request
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlmodel import select
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

import ui
from plans_repo import organisations
from plans_repo.organisations import OrganisationKind
from plans_repo.store import accounts
from plans_repo.store.actor import local_actor
from plans_repo.store.roles import Role
from plans_repo.store.tables.accounts import AccountRow
from plans_repo.store.work import Work, new_uuid
from tests import once
from ui.doorway import door
from ui.doorway.sockets import LiveSockets
from ui.installation import Installation, bring_up_to_date, occupy, open_installation
from ui.wording import speaking

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Starlette would rather have httpx2, which it treats alike
    from starlette.testclient import TestClient

PASSWORD = "jianghe-anlan-2026"
PEOPLE = {
    "author": ("王编", frozenset({Role.PLAN_AUTHOR, Role.SIMULATION_EVALUATOR})),
    "organiser": ("赵组", frozenset({Role.DRILL_ORGANISER})),
    "admin": ("李管", frozenset({Role.SYSTEM_ADMINISTRATOR})),
    "newcomer": ("钱新", frozenset({Role.LEADER})),
}
APP = Path(ui.__file__).parent / "app.py"
SHELL = (
    '<!DOCTYPE html><html lang="en"><head><title>Streamlit</title><script>var early = 1</script></head>'
    '<body><div id="root"></div></body></html>'
)


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 21, 6, 5, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **time: float) -> None:
        self.now += timedelta(**time)


def peopled(data: Path) -> None:
    """A data directory of this version with four people, made once in a run and copied to *data*."""
    once.copy_of("peopled", data, furnish)


def furnish(data: Path) -> None:
    """Migrate, and add the people."""
    empty(data)
    installation = open_installation(data, clock=Clock())
    people_in(installation)
    installation.store.close()


def empty(data: Path) -> None:
    """A data directory of this version without rows, made once in a run and copied to *data*."""
    once.copy_of("empty", data, bring_up_to_date)


def with_cheap_passwords(work: Work, passwords: Mapping[str, str] | None = None) -> None:
    """Keep everybody's password as a hash that is quick to check: its parameters are part of it.

    Everybody has PASSWORD unless *passwords* says otherwise. What an installation writes is as slow to check
    as ever and is tested in `tests/plans_repo/store/test_accounts.py`.
    """
    quick = Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1)
    for row in work.session.exec(select(AccountRow)):
        row.password_hash = quick.hash(passwords[row.name] if passwords else PASSWORD)


def people_in(installation: Installation) -> None:
    """Four accounts in one bureau; the newcomer has to change the password first."""
    with installation.store.work(local_actor("tests")) as work:
        bureau = organisations.create_organisation(
            work,
            "青川县应急管理局",
            name_en="Qingchuan County Emergency Bureau",
            kind=OrganisationKind.EMERGENCY_BUREAU,
            area="/yunling/qingchuan/",
        )
        for name, (display_name, roles) in PEOPLE.items():
            accounts.create_account(
                work,
                name,
                PASSWORD,
                display_name=display_name,
                roles=roles,
                organisation=bureau.id,
                must_change=name == "newcomer",
            )
        with_cheap_passwords(work)


@pytest.fixture(scope="session", autouse=True)
def _installed_components_read_once() -> None:
    """Every application under test would read the metadata of all installed packages anew, which never change."""
    manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    """Every test begins in Chinese, whatever language the one before it spoke."""
    with speaking("zh"):
        yield


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with people in it, made once and copied for every test."""
    data = tmp_path_factory.mktemp("furnished")
    peopled(data)
    return data


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def installation(furnished: Path, tmp_path: Path, clock: Clock) -> Iterator[Installation]:
    """An installation of this test's own, occupied by this process."""
    data = tmp_path / "data"
    shutil.copytree(furnished, data)
    opened = open_installation(data, clock=clock, new_id=new_uuid)
    occupy(opened)
    yield opened
    occupy(None)
    opened.store.close()


@pytest.fixture
def empty_installation(tmp_path: Path, clock: Clock) -> Iterator[Installation]:
    """An installation without any account."""
    empty(tmp_path / "empty")
    opened = open_installation(tmp_path / "empty", clock=clock)
    yield opened
    opened.store.close()


@pytest.fixture
def app(installation: Installation) -> Callable[..., AppTest]:
    """The application as somebody sees it: ``app("author", "plan_page.py", lang="en", id=…)``, already run."""

    def opened(name: str, page: str = "", lang: str = "zh", **query: str) -> AppTest:
        ticket = accounts.sign_in(installation.store, name, PASSWORD, address="127.0.0.1", user_agent="tests")
        at = AppTest.from_file(APP, default_timeout=30)
        at.user = {"ticket": ticket.token, "session": ticket.session}
        at.context = {"locale": "zh-CN" if lang == "zh" else "en-US", "url": "http://127.0.0.1:8501/"}
        at.run()
        if page or query:
            at.query_params.update(query)
            if page:
                at.switch_page(f"pages/{page}")
            at.run()
        return at

    return opened


@pytest.fixture
def sockets() -> LiveSockets:
    return LiveSockets()


@pytest.fixture
def door_of(sockets: LiveSockets) -> Callable[..., TestClient]:
    """A browser before the doorway of an installation; behind it a small page in Streamlit's place."""

    def browser(installation: Installation, hosts: tuple[str, ...] = ("testserver",)) -> TestClient:
        store = installation.store
        behind = [WebSocketRoute("/_stcore/stream", _echo), Route("/seen", _seen), Route("/{path:path}", _shell)]
        house = Starlette(
            routes=[*door.routes(store, sockets), *behind], middleware=door.middleware(store, sockets, hosts)
        )
        return TestClient(house, follow_redirects=False)

    return browser


@pytest.fixture
def browser(door_of: Callable[..., TestClient], installation: Installation) -> TestClient:
    """A browser before the doorway, not signed in."""
    return door_of(installation)


@pytest.fixture
def signed_in(browser: TestClient) -> TestClient:
    """A browser in which the author is signed in."""
    assert sign_in(browser).status_code == 303
    return browser


def sign_in(browser: TestClient, name: str = "author", password: str = PASSWORD, **more: Any) -> Any:
    """Fill in the form as a browser would."""
    page = browser.get("/account/login")
    fields = {"csrf": token_in(page.text), "name": name, "password": password, **more.pop("fields", {})}
    return browser.post("/account/login", data=fields, **more)


def token_in(page: str) -> str:
    """The double-submit value of a form."""
    return page.split('name="csrf" value="')[1].split('"')[0]


async def _shell(_request: Request) -> Response:
    return HTMLResponse(SHELL)


async def _seen(request: Request) -> Response:
    return JSONResponse({name: value for name, value in request.headers.items() if name.startswith("x-yy-")})


async def _echo(socket_: WebSocket) -> None:
    await socket_.accept()
    async for words in socket_.iter_text():
        await socket_.send_text(words)


SERVE = """
import sys
from pathlib import Path
from ui.launcher import serve
serve(Path(sys.argv[1]), port=int(sys.argv[2]))
"""


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the real application on a free port, with people in it; one for all journeys."""
    data = tmp_path_factory.mktemp("served")
    peopled(data)
    with running(data) as address:
        yield address


@contextmanager
def running(data: Path) -> Iterator[str]:
    """The address of the real application over a data directory, worker and all, while the block lasts."""
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


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_served(port: int, process: subprocess.Popen[bytes]) -> None:
    for _attempt in range(300):
        assert process.poll() is None, "the application ended at once"
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2):
                return
        except OSError:
            process_wait(process)
    raise AssertionError("the application did not answer")


def process_wait(process: subprocess.Popen[bytes]) -> None:
    """A tenth of a second, or less when the process ends."""
    try:
        process.wait(0.1)
    except subprocess.TimeoutExpired:
        return
