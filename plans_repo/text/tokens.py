"""Words of a clause as tokens that a difference never cuts: quantities, grades, posts, terms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache

from plans_repo.text.figures import (
    ARABIC,
    FIRST,
    GRADE_ATOM,
    GROUPS,
    PATTERNS,
    POST,
    QUANTITY,
    ROMAN,
    compared,
    either,
    is_typed_otherwise,
)

DEFAULT_TERMS = (
    "副总指挥长", "副总指挥", "总指挥长", "总指挥", "副指挥长", "指挥长", "现场指挥部", "指挥部办公室", "指挥部",
    "指挥中心", "防汛抗旱指挥部",
    "县防指", "市防指", "省防指", "县防办", "市防办", "县森防指", "县森防办", "县应急局", "市应急局", "县水利局",
    "县气象局", "县公安局", "县卫生健康局",
    "县自然资源局", "县交通运输局", "县消防救援大队", "县人武部", "县融媒体中心", "县委", "县政府", "市政府",
    "省政府", "县长", "副县长", "县委书记",
    "乡镇人民政府", "乡镇政府", "人民政府", "村民委员会", "村委会", "成员单位", "牵头单位", "配合单位", "责任单位",
    "专家组", "工作组", "办公室", "主任", "副主任",
    "应急响应", "应急救援", "应急处置", "先期处置", "应急预案", "应急保障", "应急管理", "突发事件", "信息报告",
    "信息发布", "预警信息", "预警发布", "会商研判",
    "启动条件", "响应启动", "响应终止", "响应级别", "红色预警", "橙色预警", "黄色预警", "蓝色预警", "红色", "橙色",
    "黄色", "蓝色", "特别重大", "重大", "较大", "一般",
    "警戒水位", "保证水位", "历史最高水位", "设防水位", "提请", "报请", "报告", "上报", "通知", "收到", "接到",
    "接报", "接警", "到达", "赶到", "集结", "出动",
    "批准", "决定", "宣布", "授权", "负责", "组织", "协调", "指挥", "口头", "书面", "电话", "立即", "及时", "应当",
    "必须", "可以", "不得", "以上", "以下", "以内",
    "煤矿", "矿井", "矿山救护队", "瓦斯", "透水", "井下", "森林", "草原", "火灾", "火场", "扑火队", "明火", "洪水",
    "山洪", "水库", "堤防", "转移", "安置", "疏散", "救援",
)  # fmt: skip
_LATIN = r"[A-Za-z][A-Za-z0-9_.+-]*"
ENDS = ("。", "；")
"""Marks that no token holds together with something else."""
SMALL = (ROMAN, POST, None, GRADE_ATOM, QUANTITY, GROUPS, ARABIC, _LATIN, r"[\s\S]")
"""What a reader is shown whole, in the order in which it is looked for; None stands for the terms."""
LARGE = (*(pattern for _, pattern in PATTERNS), None, _LATIN, r"[\s\S]")
"""What a merge takes whole: a quantity with its bounds and both its ends, a list of grades."""


class Op(StrEnum):
    """What became of a run of words."""

    EQUAL = "equal"
    INSERT = "insert"
    DELETE = "delete"


@dataclass(frozen=True, kw_only=True)
class Token:
    """A run of words of one fate."""

    op: Op
    text: str


def tokens(text: str, terms: Sequence[str] = DEFAULT_TERMS) -> list[str]:
    """The text cut into tokens; joined again they are the text.

    >>> tokens("30分钟内报指挥长启动Ⅲ级响应")
    ['30分钟', '内', '报', '指挥长', '启', '动', 'Ⅲ级', '响', '应']
    """
    return _pattern(SMALL, tuple(terms)).findall(text)


def whole_tokens(text: str, terms: Sequence[str] = DEFAULT_TERMS) -> list[str]:
    """As ``tokens``, a quantity with its bounds and both its ends in one.

    >>> whole_tokens("水位9.20≤Z＜9.70米，30分钟至1小时")
    ['水', '位', '9.20≤Z＜9.70米', '，', '30分钟至1小时']
    """
    return _pattern(LARGE, tuple(terms)).findall(text)


@lru_cache(maxsize=32)
def _pattern(kinds: tuple[str | None, ...], terms: tuple[str, ...]) -> re.Pattern[str]:
    present = [either(terms) if kind is None else kind for kind in kinds]
    first = re.escape("".join(sorted({*FIRST, *(term[0] for term in terms if term)})))
    plain = rf"[^{first}\sA-Za-z]"  # nothing longer begins with it, which most characters of a text can say
    return re.compile("|".join(f"(?:{kind})" for kind in (plain, *present) if kind))


Change = tuple[int, int, int, int]
"""Where a run of tokens stood and where its successor stands: from and to in the old, from and to in the new."""


def token_changes(before: Sequence[str], after: Sequence[str]) -> Iterator[Change]:
    """The runs that differ; digits of another width are found to be the same words and still to differ."""
    old, new = _keys(before), _keys(after)
    head, tail = _alike(old, new)
    yield from _raw_changes(before, after, 0, head, 0)
    middle = SequenceMatcher(None, old[head : len(old) - tail], new[head : len(new) - tail], autojunk=False)
    for tag, a0, a1, b0, b1 in middle.get_opcodes():
        if tag == "equal":
            yield from _raw_changes(before, after, head + a0, head + a1, b0 - a0)
        else:
            yield head + a0, head + a1, head + b0, head + b1
    yield from _raw_changes(before, after, len(old) - tail, len(old), len(new) - len(old))


def _raw_changes(before: Sequence[str], after: Sequence[str], start: int, end: int, shift: int) -> Iterator[Change]:
    """The tokens that are the same words and typed otherwise."""
    if before[start:end] != after[start + shift : end + shift]:
        for at in range(start, end):
            if before[at] != after[at + shift]:
                yield at, at + 1, at + shift, at + shift + 1


def _keys(cut: Sequence[str]) -> Sequence[str]:
    return [*map(compared, cut)] if is_typed_otherwise("".join(cut)) else cut


def _alike(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How many tokens are the same at the beginning, and at the end of what is left."""
    most = min(len(old), len(new))
    head = next((at for at in range(most) if old[at] != new[at]), most)
    rest = most - head
    return head, next((at for at in range(rest) if old[-1 - at] != new[-1 - at]), rest)


def token_difference(old: str, new: str, terms: Sequence[str] = DEFAULT_TERMS) -> tuple[Token, ...]:
    """How *old* became *new*; without insertions it reads as old, without deletions as new.

    >>> [(token.op.value, token.text) for token in token_difference("应在120分钟内到位", "应在20分钟内到位")]
    [('equal', '应在'), ('delete', '120分钟'), ('insert', '20分钟'), ('equal', '内到位')]
    """
    head, tail = _same_sentences(old, new)
    before, after = tokens(old[head : len(old) - tail], terms), tokens(new[head : len(new) - tail], terms)
    found: list[Token] = []
    last = 0
    for a0, a1, b0, b1 in token_changes(before, after):
        for op, part in ((Op.EQUAL, before[last:a0]), (Op.DELETE, before[a0:a1]), (Op.INSERT, after[b0:b1])):
            if part:
                found.append(Token(op=op, text="".join(part)))
        last = a1
    if last < len(before):
        found.append(Token(op=Op.EQUAL, text="".join(before[last:])))
    return _with_edges(found, old[:head], old[len(old) - tail :])


def _same_sentences(old: str, new: str) -> tuple[int, int]:
    """How long the whole sentences are both texts begin with, and those they end with."""
    same = _same_start(old, new)
    head = max(old.rfind(mark, 0, same) for mark in ENDS) + 1
    rest = _same_start(old[head:][::-1], new[head:][::-1])
    marks = [place for place in (old.find(mark, len(old) - rest) for mark in ENDS) if place >= 0]
    return head, len(old) - min(marks) if marks and rest else 0


def _same_start(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[low:middle] == other[low:middle] else (low, middle - 1)
    return low


def _with_edges(found: list[Token], head: str, tail: str) -> tuple[Token, ...]:
    """The difference with the same words before and after it, runs of one fate as one."""
    if head and found and found[0].op is Op.EQUAL:
        head, found = head + found[0].text, found[1:]
    if tail and found and found[-1].op is Op.EQUAL:
        tail, found = found[-1].text + tail, found[:-1]
    if not found and head and tail:
        return (Token(op=Op.EQUAL, text=head + tail),)
    edges = [[Token(op=Op.EQUAL, text=edge)] if edge else [] for edge in (head, tail)]
    return (*edges[0], *found, *edges[1])
