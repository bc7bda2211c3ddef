"""The demo data, built once in a run on the day at which the tests stand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

from plans_repo.store import accounts
from plans_repo.store.actor import local_actor
from tests import once
from tests.ui.conftest import APP, Clock, empty, with_cheap_passwords
from ui.demo.builder import Demo, build
from ui.demo.people import FILE
from ui.installation import Installation, occupy, open_installation

OS_USER = "tester"


def furnish(data: Path) -> Demo:
    """A copy of the demo data in *data*; gives what building them answered."""
    return once.copy_of("demo", data, demonstrated)


def demonstrated(data: Path) -> Demo:
    """Build the demo data; the installation is closed again."""
    empty(data)
    installation = open_installation(data, clock=Clock())
    occupy(installation)
    built = build(installation, OS_USER)
    occupy(None)
    with installation.store.work(local_actor(OS_USER)) as work:
        with_cheap_passwords(work, passwords(data))
    installation.store.close()
    return built


def passwords(data: Path) -> dict[str, str]:
    """The password of every demo account."""
    lines = (data / FILE).read_text("utf-8").splitlines()
    return {name: password for name, password, _display in (line.split("\t") for line in lines)}


def opener(demo: Installation, locale: str) -> Callable[..., AppTest]:
    """What opens a page of the demo as one of its accounts, in the language of *locale*."""
    words = passwords(demo.data)

    def opened(name: str, page: str, **query: str) -> AppTest:
        ticket = accounts.sign_in(demo.store, name, words[name], address="127.0.0.1", user_agent="tests")
        at = AppTest.from_file(APP, default_timeout=60)
        at.user = {"ticket": ticket.token, "session": ticket.session}
        at.context = {"locale": locale, "url": "http://127.0.0.1:8501/"}
        at.run()
        at.query_params.update(query)
        at.switch_page(f"pages/{page}")
        at.run()
        assert not at.exception
        return at

    return opened
