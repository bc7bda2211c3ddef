"""Every answer leaves with security headers; Streamlit's shell leaves with our head in it."""

from __future__ import annotations

import base64
import hashlib
import re

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.doorway.account import language_of
from ui.doorway.gate import wants_page

HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(self), microphone=(), geolocation=(self), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
}
POLICY = (
    "default-src 'self'; script-src 'self' blob: 'wasm-unsafe-eval'{inline}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' data: blob:; worker-src 'self' blob:; "
    "frame-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
NOSCRIPT = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
NO_SCRIPT_WORDS = "<noscript><p>本系统需要启用 JavaScript。This application needs JavaScript.</p></noscript>"
SERVICE_LINK = re.compile(r'<link rel="service-desc"[^>]*>')
SCRIPTS = ("session.js", "places.js", "drafts.js", "stops.js")
SHELL = '<div id="root"></div>'  # what tells Streamlit's page from ours


class Dress:
    """Pure ASGI: adds headers, and rewrites the one HTML page Streamlit serves."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        asked = _uncompressed(scope) if wants_page(scope) else scope
        await self.app(asked, receive, _Dressed(scope, send))


class _Dressed:
    """One answer on its way out; HTML is held back until it is whole."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self.scope, self.send = scope, send
        self.start: Message | None = None
        self.body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            await self._begin(message)
        elif self.start is None:
            await self.send(message)
        else:
            self.body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._finish(self.start)

    async def _begin(self, message: Message) -> None:
        message = {**message, "headers": list(message.get("headers", []))}
        headers = MutableHeaders(raw=message["headers"])
        for name, value in HEADERS.items():
            headers[name] = value
        headers["content-security-policy"] = POLICY.format(inline="")
        if not headers.get("content-type", "").startswith("text/html"):
            await self.send(message)
            return
        headers["cache-control"] = "no-store"
        self.start = message

    async def _finish(self, start: Message) -> None:
        page = self.body.decode("utf-8")
        if SHELL in page:
            page = our_shell(page, language_of(Request(self.scope)))
        headers = MutableHeaders(raw=start["headers"])
        headers["content-security-policy"] = POLICY.format(inline=_hashes(page))
        if "content-length" in headers:
            headers["content-length"] = str(len(page.encode()))
        await self.send(start)
        await self.send({"type": "http.response.body", "body": page.encode()})


def our_shell(page: str, tongue: str) -> str:
    """Streamlit's page with our title, style and scripts, in the language of the reader."""
    ours = '<link rel="stylesheet" href="/ui/yuyan.css">'
    ours += "".join(f'<script src="/ui/{name}"></script>' for name in SCRIPTS)
    if tongue == "zh":
        ours = '<script src="/ui/zh.js"></script>' + ours
    page = NOSCRIPT.sub(NO_SCRIPT_WORDS, SERVICE_LINK.sub("", page))
    page = page.replace('<html lang="en">', f'<html lang="{"zh-CN" if tongue == "zh" else "en"}">', 1)
    page = page.replace("<title>Streamlit</title>", f"<title>{'预演' if tongue == 'zh' else 'Yuyan'}</title>", 1)
    return page.replace("<head>", "<head>" + ours, 1)


def _hashes(page: str) -> str:
    digests = (hashlib.sha256(script.encode()).digest() for script in INLINE.findall(page))
    return "".join(f" 'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


def _uncompressed(scope: Scope) -> Scope:
    """Ask for the page as it is: a compressed one cannot be rewritten."""
    return {
        **scope,
        "headers": [(name, value) for name, value in scope["headers"] if name.lower() != b"accept-encoding"],
    }
