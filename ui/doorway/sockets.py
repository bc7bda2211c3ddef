"""The live WebSockets of every session, so that signing out ends them at once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.types import ASGIApp, Message, Receive, Scope, Send

SIGNED_OUT = 4401  # close code of our own


class LiveSockets:
    """Who is connected, by session."""

    def __init__(self) -> None:
        self._ends: dict[str, set[asyncio.Event]] = {}

    def sessions(self) -> list[str]:
        """The sessions with at least one live WebSocket."""
        return list(self._ends)

    def close(self, *sessions: str) -> None:
        """End every WebSocket of these sessions."""
        for session in sessions:
            for end in self._ends.get(session, set()):
                end.set()

    async def serve(self, app: ASGIApp, session: str, scope: Scope, receive: Receive, send: Send) -> None:
        """Let *app* serve a WebSocket until it ends or its session is closed."""
        with self._watched(session) as end:
            socket = _Socket(receive, send, end)
            await app(scope, socket.receive, socket.send)

    @contextmanager
    def _watched(self, session: str) -> Iterator[asyncio.Event]:
        end = asyncio.Event()
        self._ends.setdefault(session, set()).add(end)
        try:
            yield end
        finally:
            self._ends[session].discard(end)
            if not self._ends[session]:
                del self._ends[session]


class _Socket:
    """Receive and send of one WebSocket, cut when *end* is set."""

    def __init__(self, receive: Receive, send: Send, end: asyncio.Event) -> None:
        self._receive, self._send, self._end = receive, send, end
        self._closed = False

    async def receive(self) -> Message:
        """The next message, or the disconnect that we ourselves caused."""
        message = asyncio.ensure_future(self._receive())
        ended = asyncio.ensure_future(self._end.wait())
        try:
            await asyncio.wait({message, ended}, return_when=asyncio.FIRST_COMPLETED)
            if not self._end.is_set():
                return message.result()
            await self._close()
            return {"type": "websocket.disconnect", "code": SIGNED_OUT}
        finally:
            ended.cancel()
            if not message.done():
                message.cancel()

    async def send(self, message: Message) -> None:
        """Pass a message on, nothing after the end."""
        if not self._end.is_set() and not self._closed:
            await self._send(message)

    async def _close(self) -> None:
        if not self._closed:
            self._closed = True
            await self._send({"type": "websocket.close", "code": SIGNED_OUT, "reason": "signed out"})
