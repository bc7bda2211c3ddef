"""Passwords: Argon2id, rules a person can read, and equal slowness for unknown names."""

from __future__ import annotations

import secrets
from functools import cache

from pwdlib import PasswordHash
from pwdlib.exceptions import UnknownHashError
from pwdlib.hashers.argon2 import Argon2Hasher

from plans_repo.errors import PlansRepoError

MIN_LENGTH = 10
MAX_LENGTH = 200
WORST = frozenset({"1234567890", "0123456789", "qwertyuiop", "password123", "admin12345", "yuyan12345"})

_HASHES = PasswordHash((Argon2Hasher(),))


def hashed(password: str) -> str:
    """The Argon2id hash; its parameters are part of it, so the scheme can be replaced."""
    return _HASHES.hash(password)


def fits(password: str, stored: str) -> bool:
    """True when *password* is the one behind *stored*."""
    try:
        return _HASHES.verify(password[:MAX_LENGTH], stored)
    except UnknownHashError:
        return False


@cache
def dummy_hash() -> str:
    """A hash nobody knows the password of; checked for unknown names, so that they take as long."""
    return hashed(secrets.token_urlsafe(24))


def check_rules(password: str, name: str) -> None:
    """Refuse a password that is too short, too long, too plain, or the account's own name.

    >>> check_rules("江河安澜2026", "wang")
    Traceback (most recent call last):
    plans_repo.errors.PlansRepoError: password: length must be >= 10 characters, got 8 (limit=10) [password-too-short]
    """
    if len(password) < MIN_LENGTH:
        raise PlansRepoError(
            "password-too-short",
            thing="password",
            field="length",
            rule=f"must be >= {MIN_LENGTH} characters",
            value=len(password),
            limit=MIN_LENGTH,
        )
    if len(password) > MAX_LENGTH:
        raise PlansRepoError(
            "password-too-long",
            thing="password",
            field="length",
            rule=f"must be <= {MAX_LENGTH} characters",
            value=len(password),
            limit=MAX_LENGTH,
        )
    if _is_plain(password, name):
        raise PlansRepoError("password-too-plain", thing="password", rule="must not be easy to guess")


def random_password() -> str:
    """A password to hand over once: 72 bits, easy to type."""
    return secrets.token_urlsafe(9)


def _is_plain(password: str, name: str) -> bool:
    low = password.lower()
    return low in WORST or len(set(low)) < 4 or (len(name) >= 3 and low == name.lower() * (len(low) // len(name)))
