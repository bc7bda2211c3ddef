"""Whether a text is Chinese as people write it, or signs that a wrong table of characters has made of it."""

from __future__ import annotations

from collections import Counter
from functools import cache

SAMPLE_CHARS = 200_000
ENOUGH = 40  # with fewer letters a table of names or numbers may look like anything
KNOWN_SHARE = 0.75  # of the letters outside ASCII must be Han characters that schools teach
FREQUENT_SHARE = 0.08  # must be among those that every official text is full of
FREQUENT = frozenset(
    "的和一是在不了有人这中大为上个国我以要时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "应急预案县市区部门单位组织防救灾险情事故指挥响报告信息处置保障负责人员政府管理级启动演练物资通信队伍现场情况措施安全"
    "的應縣區部門單位組織險報處負責員啟動練資隊現場況實國發會經對時來為個們過後動種學與從開關間電總調運轉"
)
FIRST_LEVELS = (("gb2312", 0xB0, 0xD7), ("big5", 0xA4, 0xC6))  # lead bytes of the common characters


def is_plausible(text: str) -> bool:
    """Whether *text* may be Chinese; one with too few letters outside ASCII is given the benefit of the doubt.

    >>> plan = "为做好本县防汛抗旱应急工作，明确各单位职责，及时处置险情，保障人民生命财产安全，制定本预案。" * 3
    >>> is_plausible(plan), is_plausible(plan.encode("gb18030").decode("big5", "replace"))
    (True, False)
    """
    counts = _letters(text)
    total = sum(counts.values())
    known = sum(count for sign, count in counts.items() if sign in taught())
    return total < ENOUGH or (known / total >= KNOWN_SHARE and _is_frequent(counts))


def has_frequent(text: str) -> bool:
    """Whether the characters that every official text is full of stand in a text of some length."""
    counts = _letters(text)
    return sum(counts.values()) < ENOUGH or _is_frequent(counts)


def _is_frequent(counts: Counter[str]) -> bool:
    return sum(count for sign, count in counts.items() if sign in FREQUENT) / counts.total() >= FREQUENT_SHARE


def _letters(text: str) -> Counter[str]:
    return Counter(sign for sign in text[:SAMPLE_CHARS] if not sign.isascii() and _is_letter(sign))


def _is_letter(sign: str) -> bool:
    """Han, kana, Greek, Cyrillic, private: everything that wrong tables make of text; no punctuation."""
    return sign.isalpha() or "\ue000" <= sign <= "\uf8ff"


def _is_han(sign: str) -> bool:
    return "\u3400" <= sign <= "\u9fff" or "\uf900" <= sign <= "\ufaff" or "\U00020000" <= sign <= "\U0003ffff"


@cache
def taught() -> frozenset[str]:
    """The common characters of the mainland (GB 2312, first level) and of Taiwan and Hong Kong (Big5, first level)."""
    return frozenset().union(*(_level(*each) for each in FIRST_LEVELS))


@cache
def first_level() -> frozenset[str]:
    """The common characters of the mainland."""
    return _level(*FIRST_LEVELS[0])


def _level(encoding: str, first: int, last: int) -> frozenset[str]:
    trails = bytes(range(0x40, 0x7F)) + bytes(range(0xA1, 0xFF))
    codes = (bytes((lead, trail)) for lead in range(first, last + 1) for trail in trails)
    return frozenset(sign for code in codes for sign in code.decode(encoding, "ignore") if _is_han(sign))
