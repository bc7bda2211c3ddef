"""The demo data, built once in a run on the day at which the tests stand."""

from __future__ import annotations

from pathlib import Path

from plans_repo.store.actor import local_actor
from tests import once
from tests.ui.conftest import Clock, empty, with_cheap_passwords
from ui.demo.builder import Demo, build
from ui.demo.people import FILE
from ui.installation import occupy, open_installation

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
