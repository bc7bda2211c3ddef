"""The whole doorway: routes to put into an application and middleware to put before it."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from plans_repo.store.work import Store
from ui.doorway.account import AccountRoutes
from ui.doorway.dress import Dress
from ui.doorway.files import FileRoutes
from ui.doorway.gate import Gate
from ui.doorway.sockets import LiveSockets


def routes(store: Store, sockets: LiveSockets) -> list[BaseRoute]:
    """Sign-in, downloads and small files."""
    return [*AccountRoutes(store, sockets).routes(), *FileRoutes(store).routes()]


def middleware(store: Store, sockets: LiveSockets, hosts: Sequence[str]) -> list[Middleware]:
    """Headers outermost, then the gate."""
    return [Middleware(Dress), Middleware(Gate, store=store, sockets=sockets, hosts=hosts)]
