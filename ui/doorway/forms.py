"""Forms of the doorway: read without a library, believed only from our own page.

Double submit: the form carries the value of a cookie that only our page could have
put there. On top of that a foreign `Origin` is refused.
"""

from __future__ import annotations

import hmac
import secrets
from urllib.parse import parse_qsl, urlsplit

from starlette.requests import Request
from starlette.responses import Response

CSRF = "yy-csrf"
LIMIT_BYTES = 16_384  # a sign-in form is a few hundred bytes


async def fields_of(request: Request) -> dict[str, str]:
    """The fields of a posted form; nothing when it is too long or not a form."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LIMIT_BYTES:
            return {}
    return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))


def is_ours(request: Request, fields: dict[str, str]) -> bool:
    """True when the form was filled in on a page of ours."""
    kept, sent = request.cookies.get(CSRF, ""), fields.get("csrf", "")
    return is_own_origin(request) and bool(kept) and hmac.compare_digest(kept.encode(), sent.encode())


def is_own_origin(request: Request) -> bool:
    """True when the request names no origin or our own."""
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host", "")


def comes_from_us(request: Request) -> bool:
    """True when the browser says that a page of ours led here."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    return urlsplit(request.headers.get("referer", "")).netloc == request.headers.get("host", "")


def token_for(request: Request) -> str:
    """The double-submit value of this browser, a new one when it has none."""
    return request.cookies.get(CSRF) or secrets.token_urlsafe(24)


def keep(response: Response, request: Request, name: str, value: str, max_age_s: int | None = None) -> None:
    """Set a cookie no script can read; `Secure` over https."""
    response.set_cookie(
        name, value, max_age=max_age_s, httponly=True, samesite="lax", secure=request.url.scheme == "https"
    )
