"""Bytes that are no text though a table of characters has a sign for each: told by how likely such signs are.

GB 18030 has a code for most pairs of bytes, so that a damaged or a foreign file decodes without an error. Every sign is
weighed: how often signs of its kind stand in what people write, against how often they come of random bytes. Two kinds
of writing are held possible: prose, whose shares were measured over 139 000 signs of plans of our own (the demo's, the
templates, twelve written for tests; those of rare signs set several times higher), and a list of names of people and
places, whose shares are an estimate: nothing was at hand to measure them. Of random bytes that make twelve signs 1.5 %
pass, of those that make twenty 0.15 %, of those that make thirty none of two thousand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from math import log
from unicodedata import category

from plans_repo.text.reading.common_han import FREQUENT, SAMPLE_CHARS, first_level, taught

CODES = 23_940
"""Codes of two bytes in GB 18030."""
STRAY = -log(27 / 256 / 1e-4)
"""What a control sign weighs: 27 of 256 bytes are one; in old files about one sign in ten thousand is."""
NOBODYS = ("Co", "Cn")
"""Signs for private use, and codes no sign was given: as rare in texts as the rarest characters."""
HARMLESS = frozenset("\t\n\v\f\r\x1a")  # blanks, ends of pages, and the end of a file under DOS
PUNCTUATION = frozenset("，。、；：“”‘’（）《》〈〉【】〔〕—…·％？！\u3000ⅠⅡⅢⅣⅤ①②③④⑤⑥⑦⑧⑨⑩～℃")


class _Kind(Enum):
    """Kinds of signs, with how many codes each has."""

    FREQUENT = 162
    COMMON = 3_639  # first level of GB 2312
    PUNCTUATION = 45
    TRADITIONAL = 2_400
    SECOND = 3_008  # second level of GB 2312
    RARE = 14_600  # everything else


@dataclass(frozen=True)
class _Writing:
    """A kind of writing: how often it is met, and of all its signs outside ASCII the share of each kind."""

    prior: float
    shares: dict[_Kind, float]

    def weight(self, kind: _Kind) -> float:
        return log(self.shares[kind] / kind.value * CODES)


PROSE = _Writing(
    log(1000),  # of a thousand files somebody hands in as a plan one may be no text: a cautious guess
    {
        _Kind.FREQUENT: 0.37, _Kind.COMMON: 0.50, _Kind.PUNCTUATION: 0.11,  # measured 0.38, 0.50 and 0.11
        _Kind.SECOND: 0.01, _Kind.RARE: 0.003, _Kind.TRADITIONAL: 0.005,  # measured 0.0013, 0.0006, 0
    },
)  # fmt: skip
NAMES = _Writing(
    log(10),  # and of a hundred one may be little more than a list of rare names
    {
        _Kind.FREQUENT: 0.10, _Kind.COMMON: 0.45, _Kind.PUNCTUATION: 0.15,
        _Kind.SECOND: 0.14, _Kind.RARE: 0.14, _Kind.TRADITIONAL: 0.02,
    },
)  # fmt: skip


def is_noise(text: str) -> bool:
    """Whether signs are likelier to come of random bytes than of somebody's writing; of no signs it is not.

    >>> is_noise("清川县防汛应急预案"), is_noise("1 General"), is_noise(bytes(range(0x81, 0xFF)).decode("gb18030"))
    (False, False, True)
    """
    return _is_noise(Counter(text[:SAMPLE_CHARS]))


def is_binary(text: str) -> bool:
    """Whether control signs stand in a text that are likelier to come of random bytes, whatever its alphabet."""
    signs = Counter(text[:SAMPLE_CHARS])
    is_stray = any(_stray(sign) for sign in signs)
    return is_stray and _is_noise(
        {sign: count for sign, count in signs.items() if sign.isascii() or _kind(sign) is not _Kind.RARE}
    )


def is_without_chinese(text: str) -> bool:
    """Whether a text has no letter but those of ASCII: a listing, a key, a page in English."""
    return not any(sign.isalpha() and not sign.isascii() for sign in text)


def _is_noise(signs: Mapping[str, int]) -> bool:
    return all(_evidence(signs, writing) < 0 for writing in (PROSE, NAMES))


def _evidence(signs: Mapping[str, int], writing: _Writing) -> float:
    """How much likelier, in natural logarithms, signs are writing than random bytes; those of ASCII say nothing."""
    return writing.prior + sum(count * _weight(sign, writing) for sign, count in signs.items())


def _weight(sign: str, writing: _Writing) -> float:
    """What a sign says; bullets, arrows and blanks stand in both and say nothing."""
    if sign.isascii():
        return STRAY if _stray(sign) else 0.0
    is_said = sign.isalpha() or sign in PUNCTUATION or category(sign) in NOBODYS
    return writing.weight(_kind(sign)) if is_said else 0.0


def _stray(sign: str) -> bool:
    return sign.isascii() and not sign.isprintable() and sign not in HARMLESS


def _kind(sign: str) -> _Kind:
    if sign in FREQUENT:
        return _Kind.FREQUENT
    if sign in PUNCTUATION:
        return _Kind.PUNCTUATION
    if sign in first_level():
        return _Kind.COMMON
    if sign in taught():
        return _Kind.TRADITIONAL
    return _Kind.SECOND if sign in _second_level() else _Kind.RARE


@cache
def _second_level() -> frozenset[str]:
    """The rarer characters of GB 2312, many of which stand in names."""
    trails = range(0xA1, 0xFF)
    codes = (bytes((lead, trail)) for lead in range(0xD8, 0xF8) for trail in trails)
    return frozenset("".join(code.decode("gb2312", "ignore") for code in codes))
