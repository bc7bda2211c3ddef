"""Addresses of this application: which are open to anybody, which may be gone to after sign-in."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

LOGIN = "/account/login"
LOGOUT = "/account/logout"
PASSWORD = "/account/password"
LANGUAGE = "/account/language"
ME = "/api/me"
STOPS = "/api/stops"

OPEN = (LOGIN, LOGOUT, LANGUAGE, "/favicon.png", "/_stcore/health", "/robots.txt")
OPEN_BELOW = ("/static/", "/ui/")
BY_ITSELF = (STOPS,)  # what an open page asks again and again; it keeps nobody signed in
AFTER_RESET = (PASSWORD, ME)  # what a person may reach who must change the password first


def is_open(path: str) -> bool:
    """True when no session is needed.

    >>> is_open("/account/login"), is_open("/plan"), is_open("/account/login/x")
    (True, False, False)
    """
    return path in OPEN or path.startswith(OPEN_BELOW)


def local(address: str) -> str:
    """*address* when it leads to a page of this application, else the home page.

    >>> local("/plan?id=7"), local("//evil.example"), local("https://evil.example"), local("/\\\\evil")
    ('/plan?id=7', '/', '/', '/')
    """
    parts = urlsplit(address)
    risky = "\\" in address or address.startswith("//") or any(ord(sign) < 33 for sign in address)
    return "/" if parts.scheme or parts.netloc or risky or not address.startswith("/") else address


def login_for(address: str) -> str:
    """The sign-in page that leads on to *address*."""
    return LOGIN if address == "/" else f"{LOGIN}?next={quote(address, safe='')}"
