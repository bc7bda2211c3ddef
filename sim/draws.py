"""Random numbers keyed by identity, not by the order of drawing (Philox 4x32-10).

Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3"; the constants and
the known-answer vectors in the tests are theirs.
"""

from __future__ import annotations

import hashlib
from enum import IntEnum

_MASK = 0xFFFFFFFF
_MULTIPLIER_0, _MULTIPLIER_1 = 0xD2511F53, 0xCD9E8D57
_WEYL_0, _WEYL_1 = 0x9E3779B9, 0xBB67AE85
_ROUNDS = 10
_TWO_26, _TWO_52 = 1 << 26, float(1 << 52)  # 52 bits and a half: neither 0 nor 1 can come out


class Purpose(IntEnum):
    """What a draw is for; two purposes of one attempt never share a number."""

    DURATION = 1
    SUCCESS = 2
    CLOCK = 3


def philox(counter: tuple[int, int, int, int], key: tuple[int, int]) -> tuple[int, int, int, int]:
    """Four 32-bit words for a counter under a key.

    >>> [f"{word:08x}" for word in philox((0, 0, 0, 0), (0, 0))]
    ['6627e8d5', 'e169c58d', 'bc57ac4c', '9b00dbd8']
    """
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(_ROUNDS):
        product_0, product_1 = _MULTIPLIER_0 * c0, _MULTIPLIER_1 * c2
        c0, c1, c2, c3 = (
            (product_1 >> 32) ^ c1 ^ k0,
            product_1 & _MASK,
            (product_0 >> 32) ^ c3 ^ k1,
            product_0 & _MASK,
        )
        k0, k1 = (k0 + _WEYL_0) & _MASK, (k1 + _WEYL_1) & _MASK
    return c0, c1, c2, c3


def identity(task: str, entity: str) -> int:
    """A 64-bit number that stands for a task of an entity in every draw."""
    return int.from_bytes(hashlib.sha256(f"{task}\x1f{entity}".encode()).digest()[:8], "big")


def words_of(number: int) -> tuple[int, int]:
    """The low and the high 32 bits of a number of 64.

    >>> words_of((7 << 32) + 5)
    (5, 7)
    """
    return number & _MASK, (number >> 32) & _MASK


def uniform(seed: int, who: int, replication: int, attempt: int, purpose: Purpose) -> float:
    """A number in (0, 1) that depends on nothing but its five arguments.

    >>> uniform(7, identity("F3", "V01"), 0, 0, Purpose.DURATION) == uniform(
    ...     7, identity("F3", "V01"), 0, 0, Purpose.DURATION)
    True
    """
    counter = (*words_of(who), replication & _MASK, (attempt << 8 | purpose) & _MASK)
    high, low, _, _ = philox(counter, words_of(seed))
    return ((high >> 6) * _TWO_26 + (low >> 6) + 0.5) / _TWO_52
