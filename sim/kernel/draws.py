"""Random numbers keyed by identity, compiled: word for word :mod:`sim.draws`."""

from __future__ import annotations

import numpy as np

from sim.compiled import code, hot
from sim.kernel import memory as at
from sim.kernel.arrays import Whole

DURATION, SUCCESS, CLOCK = code(1), code(2), code(3)
_MULTIPLIER_0, _MULTIPLIER_1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_WEYL_0, _WEYL_1 = np.uint32(0x9E3779B9), np.uint32(0xBB67AE85)
_LOW, _WORD = np.uint64(0xFFFFFFFF), np.uint64(32)
_DROPPED = np.uint32(6)
_ROUNDS = 10
_TWO_26, _TWO_52 = float(1 << 26), float(1 << 52)


@hot
def philox_words(
    c0: np.uint32, c1: np.uint32, c2: np.uint32, c3: np.uint32, k0: np.uint32, k1: np.uint32
) -> tuple[np.uint32, np.uint32]:
    """The first two words of Philox 4x32-10 for a counter under a key."""
    for _ in range(_ROUNDS):
        product_0 = _MULTIPLIER_0 * np.uint64(c0)
        product_1 = _MULTIPLIER_1 * np.uint64(c2)
        c0 = np.uint32(product_1 >> _WORD) ^ c1 ^ k0
        c1 = np.uint32(product_1 & _LOW)
        c2 = np.uint32(product_0 >> _WORD) ^ c3 ^ k1
        c3 = np.uint32(product_0 & _LOW)
        k0 = np.uint32(k0 + _WEYL_0)
        k1 = np.uint32(k1 + _WEYL_1)
    return c0, c1


@hot
def uniform_at(m: Whole, who_low: int, who_high: int, use: int) -> float:
    """The number in (0, 1) of this run for somebody's attempt and purpose (*use*)."""
    return uniform_of(who_low, who_high, m[at.REPLICATION], use, m[at.SEED_LOW], m[at.SEED_HIGH])


@hot
def uniform_of(who_low: int, who_high: int, replication: int, use: int, seed_low: int, seed_high: int) -> float:
    """The same with everything said."""
    high, low = philox_words(
        _word(who_low), _word(who_high), _word(replication), _word(use), _word(seed_low), _word(seed_high)
    )
    return (float(high >> _DROPPED) * _TWO_26 + float(low >> _DROPPED) + 0.5) / _TWO_52


@hot
def _word(number: int) -> np.uint32:
    """The lowest 32 bits."""
    return np.uint32(number & 0xFFFFFFFF)


@hot
def draw(m: Whole, node: int, purpose: int) -> float:
    """The number in (0, 1) for a node's present attempt."""
    index = m[node + at.INDEX]
    low, high = m[m[at.WHO_LOW] + index], m[m[at.WHO_HIGH] + index]
    return uniform_at(m, low, high, m[node + at.ATTEMPT] << 8 | purpose)
