"""How often a plan's own text wants drills held, and by whom: by the body whose plan it is, or by others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from plans_repo.text.clause import Clause, ClauseKind
from plans_repo.text.finding.drill_holders import Owner, drills_others, holder, is_own, owner_of
from plans_repo.text.reading.han_numbers import han_value

UNREAD = (ClauseKind.FRONT, ClauseKind.HEADER, ClauseKind.FOOTER)
SENTENCE = re.compile(r"[^。！？!?\n]{1,800}")
PART = re.compile(r"[^，,；;：:]+")
DRILL = re.compile(r"演练|演习|拉动")
ABOUT_DRILLS = re.compile(
    r"(?:演练|演习)的?(?:年度)?(?:计划|规划|方案|脚本|情况|评估|总结|报告|记录|档案|资料|经费|费用|科目)"
)
"""Papers about drills are no drills."""
OTHER_WORK = re.compile(r"培训|轮训|集训|修订|评估|检查|会商|维护|更新|盘点|检修|测试|宣传|体检|考核|会议|巡查|保养")
CITED = re.compile(r"的(?:规定|要求)")
"""Somebody else's rule is spoken of."""
TOLD = re.compile(
    r"近(?:[\d一二两三四五六七八九十几]{1,2}个?)?年|过去|历年|去年|上年|以来|截至|已(?:经|连续)?(?:组织|开展|举行|举办|完成)"
    r"|(?:组织|开展|举行|举办|演练)了"
)
"""What was done is told, not what has to be done."""
ALWAYS = re.compile(r"均(?:组织|开展|举行|举办)")
"""Told of what was done as well, unless a word of duty stands beside it."""
DUTY = re.compile(r"应当|应(?!急)|须|必须|至少|不少于|不得少于|今后")
HOLDS = re.compile(r"组织|开展|举行|举办|实施|参与|参加|演练|演习|拉动")
TAKES_PART = ("参与", "参加")
"""Who only takes part does not hold the drill."""
_COUNT = r"\d{1,2}|[一二两三四五六七八九十]{1,2}"
_TO = r"\s*[-－—–~～至到]\s*"
RHYTHM = re.compile(
    rf"每隔?\s*(?:(?:{_COUNT}){_TO})?(?P<each>{_COUNT}|半)?\s*个?\s*(?P<unit>年|月|季度|季|学期|学年)(?:度(?!演练))?"
    rf"|(?<![第\d〇零一二三四五六七八九十])(?P<span>{_COUNT}|半)\s*(?P<years>年)内?(?=(?:至少|不少于)[^，；。]{{0,14}}次)"
)
TIMES = re.compile(rf"({_COUNT})(?:{_TO}(?:{_COUNT}))?\s*次")
AND = re.compile(r"、|以及|和|及|并")
MONTHS = {"年": 12, "月": 1, "季度": 3, "季": 3, "学期": 6, "学年": 12}


@dataclass(frozen=True, kw_only=True)
class FoundInterval:
    """A drill every so many *months*: *text* is the part of the *sentence* that says so, *who* has to hold it."""

    clause: str
    text: str
    sentence: str
    months: int
    who: str = ""
    is_own: bool = True


def drill_intervals(clauses: Iterable[Clause], *, kind: str, title: str, maker: str = "") -> tuple[FoundInterval, ...]:
    """The intervals a text sets for drills, in order; *kind*, *title* and *maker* tell which are the plan's own."""
    owner = owner_of(kind, title, maker)
    return tuple(
        found
        for clause in clauses
        if clause.kind not in UNREAD
        for sentence in SENTENCE.findall(clause.text)
        if DRILL.search(ABOUT_DRILLS.sub("", f"{clause.plain_title}。{sentence}"))
        for found in _in_sentence(sentence.strip(), clause.id, owner)
    )


@dataclass(frozen=True, kw_only=True)
class _Piece:
    """The words about one rhythm: *text*, in which the *rhythm* was found; who is meant stands before *until*."""

    text: str
    rhythm: re.Match[str]
    until: int


def _in_sentence(sentence: str, clause: str, owner: Owner) -> Iterator[FoundInterval]:
    before, is_past = "", False
    for found in PART.finditer(sentence):
        part = found[0].strip()
        if sentence[found.start() - 1 : found.start()] in ("；", ";"):
            before = ""
        is_past = bool(TOLD.search(part)) or ((is_past or bool(ALWAYS.search(part))) and not DUTY.search(part))
        pieces = _pieces(part)
        if not pieces:
            before = part
            continue
        if not is_past and _is_of_drills(part):
            yield from _in_part(pieces, before, sentence, clause, owner)
        before = part[: pieces[0].until] or before


def _in_part(
    pieces: tuple[_Piece, ...], before: str, sentence: str, clause: str, owner: Owner
) -> Iterator[FoundInterval]:
    who = holder(before, len(before))
    for piece in pieces:
        who = holder(piece.text, piece.until) or who
        if (len(pieces) > 1 and _is_other_work(piece.text)) or _takes_part(piece, before):
            continue
        for text, months in _shares(piece):
            yield FoundInterval(
                clause=clause, text=text.removeprefix("其中"), sentence=sentence, months=months, who=who,
                is_own=is_own(who, owner) and not drills_others(text, owner),
            )  # fmt: skip


def _pieces(part: str) -> tuple[_Piece, ...]:
    """A part cut so that every piece has one rhythm and the words about it."""
    found = list(RHYTHM.finditer(part))
    starts = [0, *(_start(part, one.end(), other.start()) for one, other in pairwise(found))]
    ends = [*starts[1:], len(part)]
    return tuple(
        _Piece(text=part[start:end].rstrip("、和及与并"), rhythm=rhythm, until=rhythm.start() - start)
        for start, end, rhythm in zip(starts, ends, found, strict=False)
    )


def _start(part: str, end: int, start: int) -> int:
    """Where, between two rhythms, the words about the second begin: after the count or the verb of the first."""
    between = part[end:start]
    if "由" in between:
        return start
    told = max((found.end() for found in re.finditer(r"次|演练|演习|拉动|培训|评估|修订", between)), default=0)
    lead = AND.search(between, told)
    return end + (lead.end() if lead else told)


def _shares(piece: _Piece) -> Iterator[tuple[str, int]]:
    """What one rhythm asks for: 每年 1 次综合演练、2 次专项演练 is two things."""
    after = piece.rhythm.end() - piece.rhythm.start() + piece.until
    cuts = [found.end() for found in AND.finditer(piece.text, after) if TIMES.search(piece.text, found.end())]
    ends = [cut for cut in cuts if TIMES.search(piece.text[after:cut])]
    starts = [0, *ends]
    for start, end in zip(starts, [*ends, len(piece.text)], strict=True):
        text = piece.text[start:end].rstrip("、和及与并以")
        months = _months(piece.rhythm, text[after:] if start == 0 else text)
        if months and (start == 0 or not _is_other_work(text)):
            yield text, months


def _is_other_work(text: str) -> bool:
    """Whether one of several things asked for is no drill."""
    return bool(OTHER_WORK.search(text)) and not DRILL.search(ABOUT_DRILLS.sub("", text))


def _takes_part(piece: _Piece, before: str) -> bool:
    after = piece.text[piece.until :]
    said = HOLDS.search(after) or HOLDS.search(piece.text) or HOLDS.search(before)
    return said is not None and said[0] in TAKES_PART


def _is_of_drills(part: str) -> bool:
    plain = ABOUT_DRILLS.sub("", part)
    if CITED.search(part):
        return False
    return bool(DRILL.search(plain)) or ("次" in part and not OTHER_WORK.search(part) and plain == part)


def _months(rhythm: re.Match[str], after: str) -> int:
    """The months between two drills, the longest that the words allow; 0 when they make none."""
    count, unit = rhythm["each"] or rhythm["span"] or "一", rhythm["unit"] or rhythm["years"]
    base = MONTHS[unit] // 2 if count == "半" else MONTHS[unit] * _count(count, -1)
    times = TIMES.search(after)
    return base // max(1, _count(times[1], 0)) if times else base


def _count(words: str, end: int) -> int:
    """A number; of two in a row (一两次) that at the *end* asked for.

    >>> _count("12", 0), _count("十二", 0), _count("一两", 0), _count("两三", -1)
    (12, 12, 1, 3)
    """
    is_pair = len(words) > 1 and not words.isascii() and "十" not in words
    return han_value(words[end] if is_pair else words) or 0
