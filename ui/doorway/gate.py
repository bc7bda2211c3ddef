"""The gate before Streamlit: who has no session gets no page, no file and no WebSocket."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from anyio import to_thread
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from plans_repo.store import accounts
from plans_repo.store.accounts import Standing
from plans_repo.store.work import Store
from ui.doorway import paths
from ui.doorway.sockets import LiveSockets

COOKIE = "yy-session"
OURS = b"x-yy-"  # headers of this prefix are written here and nowhere else
TICKET_HEADER = "x-yy-ticket"
SESSION_HEADER = "x-yy-session"


class Gate:
    """Pure ASGI, so that it stands before HTTP and WebSocket alike.

    An inbound header that looks like ours is removed, whoever sent it. *hosts* are the names under
    which the application answers; a foreign name means a page elsewhere is using this browser.
    """

    def __init__(self, app: ASGIApp, *, store: Store, sockets: LiveSockets, hosts: Sequence[str] = ("*",)) -> None:
        self.app, self.store, self.sockets, self.hosts = app, store, sockets, tuple(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
        elif not self._is_our_host(scope):
            await _refuse(PlainTextResponse("unknown host", 400), scope, receive, send)
        else:
            await self._admit(_without_ours(scope), receive, send)

    async def _admit(self, scope: Scope, receive: Receive, send: Send) -> None:
        ticket = ticket_of(scope)
        if paths.is_open(scope["path"]):
            await self.app(scope, receive, send)
            return
        look_up = partial(accounts.standing, self.store, ticket, is_use=scope["path"] not in paths.BY_ITSELF)
        standing = await to_thread.run_sync(look_up) if ticket else None
        if standing is None or (standing.must_change and scope["path"] not in paths.AFTER_RESET):
            await _refuse(_answer(scope, standing), scope, receive, send)
            return
        scope["yuyan"] = standing
        scope["headers"] = [*scope["headers"], *_identity(ticket, standing)]
        if scope["type"] == "websocket":
            await self.sockets.serve(self.app, standing.session, scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _is_our_host(self, scope: Scope) -> bool:
        name = (urlsplit("//" + Headers(scope=scope).get("host", "")).hostname or "").rstrip(".")
        return "*" in self.hosts or name in self.hosts


def ticket_of(scope: Scope) -> str:
    """The ticket in the session cookie, or nothing."""
    return cookie_of(scope, COOKIE)


def cookie_of(scope: Scope, name: str) -> str:
    """The value of one cookie of a request, or nothing."""
    try:
        jar = SimpleCookie(Headers(scope=scope).get("cookie", ""))
    except CookieError:
        return ""
    return jar[name].value if name in jar else ""


def wants_page(scope: Scope) -> bool:
    """True for a browser that is going to a page."""
    return scope["type"] == "http" and "text/html" in Headers(scope=scope).get("accept", "")


def _without_ours(scope: Scope) -> Scope:
    return {
        **scope,
        "headers": [(name, value) for name, value in scope["headers"] if not name.lower().startswith(OURS)],
    }


def _identity(ticket: str, standing: Standing) -> list[tuple[bytes, bytes]]:
    return [(TICKET_HEADER.encode(), ticket.encode()), (SESSION_HEADER.encode(), standing.session.encode())]


def _answer(scope: Scope, standing: Standing | None) -> Response:
    if not wants_page(scope):
        return PlainTextResponse("not signed in", 401)
    if standing is not None:
        return RedirectResponse(paths.PASSWORD, 303)
    query = scope["query_string"].decode("latin-1")
    return RedirectResponse(paths.login_for(scope["path"] + (f"?{query}" if query else "")), 303)


async def _refuse(response: Response, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 4403, "reason": "not signed in"})
    else:
        await response(scope, receive, send)
