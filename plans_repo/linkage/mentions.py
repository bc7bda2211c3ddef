"""Mentions in a text: 见本预案3.2, 按照第三章, 详见附件4, 依据《…法》, GB/T 29639-2020, 执行《…预案》第4.2.1条."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from plans_repo.linkage.laws import STANDARD
from plans_repo.text.clause import Clause, ClauseKind
from plans_repo.text.reading.han_numbers import FULL_WIDTH, HAN_NUMERAL, han_value

SILENT = frozenset({ClauseKind.FRONT, ClauseKind.HEADER, ClauseKind.FOOTER})
"""Contents lists and running heads name numbers without referring to them."""


class MentionKind(StrEnum):
    """What is mentioned."""

    CLAUSE = "clause"  # 3.2, 第三章, 第十二条
    ATTACHMENT = "attachment"  # 附件4, 附表1, 表2
    PLAN = "plan"  # 《…预案》
    LAW = "law"  # 《…法》《…条例》《…办法》, GB 18218-2018


@dataclass(frozen=True, kw_only=True)
class Mention:
    """Words of a clause that point at something: *number* within it, *title* of another text, and behind that its
    *edition*, brackets and all.

    They stand in the text of the clause, or in a *cell* (row and column) of its table.
    """

    clause: str
    start: int
    end: int
    words: str
    kind: MentionKind
    number: str = ""
    title: str = ""
    edition: str = ""
    cell: tuple[int, int] | None = None

    @property
    def shown_number(self) -> str:
        """The number as it stands in the words."""
        return self.words[self.words.index("》") + 1 :].strip() if "》" in self.words else self.words


@dataclass(frozen=True)
class _Place:
    """Words to look for mentions in: the text of a clause or a cell of its table."""

    clause: str
    text: str
    cell: tuple[int, int] | None = None


_ARABIC = r"[0-9０-９]{1,2}(?:\s*[.．]\s*[0-9０-９]{1,2}){1,5}"
_ONE = rf"(?:{HAN_NUMERAL}{{1,6}}|[0-9０-９]{{1,3}})"
_STEP = rf"第\s*[（(]?\s*{_ONE}\s*[）)]?\s*(?:部分|[编篇章节条])"
_PAIR = rf"{HAN_NUMERAL}{{1,3}}\s*[（(]{HAN_NUMERAL}{{1,3}}[)）]"
_NUMBER = rf"(?:(?:{_STEP}){{1,3}}|{_PAIR}|第?\s*{_ARABIC}\s*[条款节项]?)"
_MEASURED = r"[米毫厘公千倍万亿元人小分秒天日亩吨级度℃版折时%％‰—～~-]"
_LEAD = r"(?:详见|参见|见|按照|依照|依据|根据|执行|符合|参照|适用|上述|前述|遵照|按)"
_OWN = re.compile(
    rf"(?P<lead>{_LEAD}\s*(?:本(?:预案|方案))?\s*(?:的)?|本(?:预案|方案)\s*)(?P<number>{_NUMBER})(?![0-9０-９.．]*\s*{_MEASURED})"
)
_MORE = re.compile(rf"\s*(?:、|和|及|与|或)\s*(?P<number>{_NUMBER})")
_SUFFIXED = re.compile(rf"(?<![《》0-9０-９.．])(?P<number>{_ARABIC}\s*[条节款])(?=规定|的|所|，|。|要求|执行|、|）)")
_ATTACHED = re.compile(rf"(?P<number>附\s*[件表录]\s*(?:{_ONE}|[A-Z]))")
_TABLE = re.compile(rf"(?:详见|参见|见|按照?|依照?|对照)(?:[^，。；《》]{{0,8}}?)(?P<number>表\s*{_ONE})")
_OF_ANOTHER = re.compile(r"》[^，。；]{0,6}$|(?:办法|条例|规定|导则|标准|指南|细则|通知)[^，。；]{0,4}$")
_TITLE = re.compile(
    rf"《(?P<title>[^《》\n]{{2,60}})》(?P<edition>\s*[（(][^（()）]{{0,60}}[)）])?\s*(?P<number>{_NUMBER})?"
)
_STANDARD = re.compile(STANDARD)
_PLAN = re.compile(r"(?:预案|方案)(?:（[^）]*）)?$")
_LAW = re.compile(r"(?:法|条例|规定|办法|标准|规程|决定|规范|导则|细则|通则|通知|意见)(?:（[^）]*）)?$")
_SHORT = re.compile(
    r"《(?P<title>[^《》\n]{2,60})》[^，。；\n]{0,30}?以下(?:简称|称)[“《\"]?(?P<short>[^”》\"）]{2,30})[”》\"]?[）)]"
)
_PAST = re.compile(r"废止|停止执行|不再执行")


def mentions(clauses: Iterable[Clause]) -> tuple[Mention, ...]:
    """Every mention in the text of the clauses, in order; what is abolished in the same sentence is not referred to."""
    return tuple(found for clause in clauses if clause.kind not in SILENT for found in _of(clause))


def short_titles(clauses: Iterable[Clause]) -> dict[str, str]:
    """Short names defined in the text: 《…预案》（以下简称《…》）, by short name.

    >>> heading = Clause(id="a", kind=ClauseKind.BODY, text="依据《某县防汛应急预案》（以下简称《防汛预案》）编制。")
    >>> short_titles([heading])
    {'防汛预案': '某县防汛应急预案'}
    """
    return {match["short"]: match["title"] for clause in clauses for match in _SHORT.finditer(clause.text)}


def path_of(number: str) -> tuple[tuple[str, str], ...]:
    """A number as steps from the top: what kind of step and its value, as one compares them.

    >>> path_of("第四部分第（一）节"), path_of("３.２条"), path_of("附件四"), path_of("五（三）")
    ((('部分', '4'), ('节', '1')), (('', '3.2'),), (('附件', '4'),), (('部分', '5'), ('节', '3')))
    """
    flat = re.sub(r"\s+", "", number.translate(FULL_WIDTH)).replace("．", ".")
    if attached := re.fullmatch(r"(附[件表录]|表)(.+)", flat):
        return ((attached[1], _value(attached[2])),)
    if pair := re.fullmatch(rf"({HAN_NUMERAL}+)[（(]({HAN_NUMERAL}+)[)）]", flat):
        return ("部分", _value(pair[1])), ("节", _value(pair[2]))
    steps = re.findall(r"第[（(]?([^第（()）部编篇章节条]+)[）)]?(部分|[编篇章节条])", flat)
    if steps and "." not in flat:
        return tuple((word, _value(value)) for value, word in steps)
    return (("", re.sub(r"[^0-9.]", "", flat)),)


def _value(words: str) -> str:
    value = han_value(words)
    return words if value is None else str(value)


def _of(clause: Clause) -> Iterator[Mention]:
    for here in _places(clause):
        kept: list[Mention] = []
        for one in (*_titles(here), *_standards(here), *_attached(here), *_numbers(here)):
            if not any(one.start < other.end and other.start < one.end for other in kept):
                kept.append(one)
        yield from sorted(kept, key=lambda each: each.start)


def _places(clause: Clause) -> Iterator[_Place]:
    yield _Place(clause.id, clause.text)
    for at, row in enumerate(clause.table.rows if clause.table else ()):
        yield from (_Place(clause.id, cell.text, (at, column)) for column, cell in enumerate(row))


def _titles(here: _Place) -> Iterator[Mention]:
    for match in _TITLE.finditer(here.text):
        title = match["title"].strip()
        kind = MentionKind.PLAN if _PLAN.search(title) else MentionKind.LAW if _LAW.search(title) else None
        if kind is None or _is_past(here.text, match.start(), match.end()):
            continue
        yield _mention(here, match, kind, title=title, edition=match["edition"] or "")


def _standards(here: _Place) -> Iterator[Mention]:
    for match in _STANDARD.finditer(here.text):
        if not _is_past(here.text, match.start(), match.end()):
            yield Mention(
                clause=here.clause, start=match.start(), end=match.end(), words=match[0], kind=MentionKind.LAW,
                title=match[0], cell=here.cell,
            )  # fmt: skip


def _attached(here: _Place) -> Iterator[Mention]:
    for match in [*_ATTACHED.finditer(here.text), *_TABLE.finditer(here.text)]:
        before = here.text[: match.start()].rsplit("\n", 1)[-1]
        is_own_list = before.strip() in ("", "附件：", "附：")
        is_named = here.text[match.end() :].startswith(("：", ":"))
        if not is_own_list and not is_named and not _OF_ANOTHER.search(before):
            yield _mention(here, match, MentionKind.ATTACHMENT, start=match.start("number"))


def _numbers(here: _Place) -> Iterator[Mention]:
    for match in _OWN.finditer(here.text):
        one = _mention(here, match, MentionKind.CLAUSE, start=match.start("number"))
        yield one
        more = _MORE.match(here.text, match.end())
        while more:
            one = _continued(one, _mention(here, more, MentionKind.CLAUSE, start=more.start("number")))
            yield one
            more = _MORE.match(here.text, more.end())
    for match in _SUFFIXED.finditer(here.text):
        yield _mention(here, match, MentionKind.CLAUSE)


def _continued(former: Mention, mention: Mention) -> Mention:
    """第五部分第（六）节、第（七）节: what stands alone belongs where the one before does."""
    before, own = path_of(former.number), path_of(mention.number)
    if len(before) > len(own) and before[-1][0] == own[-1][0] and own[-1][0]:
        above = former.number[: former.number.rindex("第")]
        return replace(mention, number=f"{above}{mention.number}")
    return mention


def _mention(
    here: _Place,
    match: re.Match[str],
    kind: MentionKind,
    *,
    title: str = "",
    edition: str = "",
    start: int | None = None,
) -> Mention:
    begin = match.start() if start is None else start
    number = (match["number"] or "").strip()
    end = match.end("number") if number else match.start() + match[0].index("》") + 1
    return Mention(
        clause=here.clause, start=begin, end=end, words=here.text[begin:end], kind=kind, number=number, title=title,
        edition=edition, cell=here.cell,
    )  # fmt: skip


def _is_past(text: str, start: int, end: int) -> bool:
    begin = max(text.rfind(mark, 0, start) for mark in "。；\n") + 1
    ends = [at for mark in "。；\n" if (at := text.find(mark, end)) >= 0]
    return bool(_PAST.search(text[begin : min(ends, default=len(text))]))
