"""Starts the application: migrations once, then workers and Streamlit behind our own doorway."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from anyio import to_thread

from plans_repo.store import accounts
from plans_repo.store.actor import local_actor
from plans_repo.store.work import Store
from ui import downloads
from ui.addresses import answering_promptly, free_port, hosts_in_environment, is_loopback, known_hosts
from ui.components.refusal import on_script_error
from ui.doorway import door
from ui.doorway.sockets import LiveSockets
from ui.duties import DUTIES, keep
from ui.errors import UiError
from ui.installation import Installation, bring_up_to_date, occupy, open_installation, secret_of
from ui.settings import COOKIE_SECRET_VARIABLE, streamlit_settings
from ui.workers import Crew

SCRIPT = Path(__file__).parent / "app.py"
PORT = 8501
WORKERS = 1
SWEEP_S = 15.0  # a session ended elsewhere (command line, idle, disabled) loses its WebSockets within this time
COLLECT_S = 60.0  # one full garbage collection a minute instead of one after every run

log = logging.getLogger("yuyan.launcher")

Say = Callable[[str], None]


def serve(
    data: Path,
    *,
    port: int = PORT,
    address: str = "127.0.0.1",
    demo: bool = False,
    hosts: Sequence[str] = (),
    workers: int = WORKERS,
    say: Say | None = None,
) -> None:
    """Serve the installation in *data* until Ctrl-C.

    *address* other than this machine's own is refused while demo accounts exist. *hosts* are further names
    people use for this machine (`YUYAN_HOSTS` when left out). With *demo* the demo accounts are said. A taken
    *port* is replaced by the next free one.
    """
    say = say or _say
    installation = prepare(data, address)
    free = free_port(address, port)
    if free != port:
        say(f"端口 {port} 已被占用，改用 {free}。Port {port} is taken, using {free}.")
    known = known_hosts(address, hosts or hosts_in_environment())
    os.environ[COOKIE_SECRET_VARIABLE] = secret_of(data)
    occupy(installation)
    words = greeting(installation, address, free, demo=demo)
    sockets = LiveSockets()
    living = _living(installation, sockets, workers, lambda: say(words))
    app = application(installation, hosts=known, sockets=sockets, lifespan=living)
    with suppress(KeyboardInterrupt), answering_promptly():
        app.run(config=streamlit_settings(address, free, known))
    installation.store.close()


def prepare(data: Path, address: str) -> Installation:
    """The installation, migrated, and safe to be served under *address*."""
    bring_up_to_date(data)
    installation = open_installation(data)
    if not is_loopback(address) and has_demo_accounts(installation.store):
        raise UiError("address-public-with-demo", thing="serve", field="address", value=address)
    return installation


def application(
    installation: Installation,
    *,
    hosts: Sequence[str],
    sockets: LiveSockets,
    lifespan: Callable[[Any], AbstractAsyncContextManager[Any]] | None = None,
) -> Any:
    """Streamlit with our routes in it and our doorway before it."""
    import streamlit as st

    store = installation.store
    return st.App(
        SCRIPT,
        routes=door.routes(store, sockets),
        middleware=door.middleware(store, sockets, hosts),
        lifespan=lifespan,
        on_script_error=on_script_error,
    )


def has_demo_accounts(store: Store) -> bool:
    """True while an account of the demo data can sign in."""
    with store.reading(local_actor("launcher")) as work:
        return any(account.demo and not account.disabled for account in accounts.accounts(work))


def greeting(installation: Installation, address: str, port: int, *, demo: bool) -> str:
    """What the console says when the application is up."""
    shown = "127.0.0.1" if address in ("0.0.0.0", "::") else address
    shown = f"[{shown}]" if ":" in shown else shown
    lines = [f"预演已启动 Yuyan is running: http://{shown}:{port}   (Ctrl+C 停止 to stop)"]
    if not accounts.has_accounts(installation.store):
        command = f'yuyan --data "{installation.data}" account create NAME --role system_administrator'
        lines.append(f"尚无账户，请先建立系统管理员 No account yet, create the administrator: {command}")
    listed = installation.data / "demo-accounts.txt"
    if demo and listed.exists():
        lines += [f"演示账户 Demo accounts ({listed}):", listed.read_text(encoding="utf-8").rstrip()]
    return "\n".join(lines)


def _living(
    installation: Installation, sockets: LiveSockets, workers: int, started: Callable[[], None]
) -> Callable[[Any], Any]:
    """What runs beside the application for as long as it lives."""

    @asynccontextmanager
    async def living(_app: object) -> AsyncIterator[None]:
        _warm_up()
        crew = Crew(installation.data, workers)
        duties = [keep(installation, duty) for duty in DUTIES]
        beside = [crew.supervise(), _collect(), sweep(installation.store, sockets), *duties]
        tasks = [asyncio.create_task(each) for each in beside]
        for task in tasks:
            task.add_done_callback(_tell_failure)
        started()
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await to_thread.run_sync(crew.dismiss)

    return living


def _tell_failure(task: asyncio.Task[None]) -> None:
    """Something that runs beside the application has fallen over: that is said, not lost."""
    if not task.cancelled() and (error := task.exception()) is not None:
        log.error("a task beside the application failed", exc_info=error)


def _warm_up() -> None:
    """Import what pages need, then put it out of the collector's sight."""
    import pandas
    import plotly.graph_objects  # noqa: F401

    assert pandas
    downloads.load()
    gc.collect()
    gc.freeze()


async def _collect() -> None:
    while True:
        await asyncio.sleep(COLLECT_S)
        gc.collect()


async def sweep(store: Store, sockets: LiveSockets, every_s: float = SWEEP_S) -> None:
    """Close the WebSockets of sessions that ended without passing the doorway."""
    while True:
        await asyncio.sleep(every_s)
        for session in sockets.sessions():
            if not await to_thread.run_sync(accounts.is_live, store, session):
                sockets.close(session)


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()
