"""The commitment: one digest that fixes every character of a sealed drill and tells nothing of it.

``sha256(canonical content ‖ nonce)``, the content as RFC 8785 JSON and the nonce as 32 random bytes. Without the nonce
nobody can try dates and places until the digest fits; with it anybody can check, with a standard tool.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Mapping
from typing import Any

from sim.plain import canonical

HASH_NAME = "sha256"
NONCE_BYTES = 32

Randomness = Callable[[int], bytes]
"""So many random bytes; the roof hands in `secrets.token_bytes`."""


def commitment_of(content: Mapping[str, Any], nonce: bytes) -> str:
    """The digest of *content* with *nonce*, in hexadecimal.

    >>> commitment_of({"day": "2027-03-04"}, bytes(32)) == commitment_of({"day": "2027-03-05"}, bytes(32))
    False
    """
    return hashlib.sha256(canonical(content) + nonce).hexdigest()


def fits(commitment: str, content: Mapping[str, Any], nonce: bytes) -> bool:
    """Whether *commitment* is the digest of *content* with *nonce*."""
    return len(nonce) == NONCE_BYTES and hmac.compare_digest(commitment_of(content, nonce), commitment)
