"""Lists read from the prose of a clause: duties, teams, supplies, contacts, conditions of levels.

Read is only what is a list from its first sign to its last; prose stays prose. A text that is read says the same when
its rows are put together again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from plans_repo.errors import PlansRepoError
from plans_repo.text.clause import Clause, ClauseKind
from plans_repo.text.listed import Column, Entry, Group, Listed, ListKind, Part, Row

UNREAD = (ClauseKind.FRONT, ClauseKind.HEADER, ClauseKind.FOOTER, ClauseKind.PICTURE, ClauseKind.CAPTION)
MOST_NOTES = 0.6
"""Of a list of teams or supplies at most this share of its signs are remarks; what has more of them is prose."""


def listed_in(clause: Clause) -> Listed | None:
    """The list a clause is, None where it is no list.

    >>> text = "县气象局：负责监测预报。\\n县公安局：负责交通管制。"
    >>> found = listed_in(Clause(id="a", kind=ClauseKind.HEADING, title="成员单位职责", text=text))
    >>> [row.cells for row in found.rows]
    [('县气象局', '负责监测预报'), ('县公安局', '负责交通管制')]
    """
    if clause.kind in UNREAD or clause.table or not clause.text.strip():
        return None
    for titled, read in _READERS:
        found = read(clause.text) if titled.search(clause.title) else None
        if found is not None:
            return found
    return None


def rewritten(clause: Clause, listed: Listed, rows: list[Row]) -> str:
    """The text of a clause with these rows in its list.

    Refused where the words of a column would be read as something else, such as a comma in a telephone list.
    """
    made = listed.written(rows)
    if made.text == clause.text:
        return clause.text
    again = next((found for _titled, read in _READERS if (found := read(made.text)) and found.kind is made.kind), None)
    if again is None or [(row.label, row.cells) for row in again.rows] != [(row.label, row.cells) for row in made.rows]:
        raise PlansRepoError("list-not-readable", thing="list", field="rows", rule="must be read as written")
    return made.text


# ---- Duties ----------------------------------------------------------------------------------------------------------

_LEAD = r"(?P<lead>[ \t　]*(?:[（(]\d{1,2}[)）]|\d{1,2}[.．、]|[①-⑳])?[ \t　]*)"
_ENDING = r"(?P<end>[。；;]?[ \t　]*)"
_DUTY_MARKED = re.compile(_LEAD + r"(?P<unit>[^：:，,。；;\n]{2,60})(?P<mark>[：:])(?P<duty>[^\n]{2,}?)" + _ENDING)
_BODY = r"局|委|办|部|队|司|中心|院|站|府|所|会|组|村|镇|乡|街道|单位|企业|学校|连|处|室|科|厂|矿|长|员|集团|电台|台|家"
_DUTY_PLAIN = re.compile(
    _LEAD + rf"(?P<unit>[^：:，,。；;\n负]{{1,40}}?(?:{_BODY}))(?P<mark>)"
    r"(?P<duty>(?:具体|主要|分别|牵头|统一|配合|协助)?(?:负责|承担|履行|协助|牵头|组织|协调|参加|提供|保障|做好)[^\n]{2,}?)"
    + _ENDING
)


def _duties(text: str) -> Listed | None:
    """A line for each unit: its name, a colon or a verb of duty, what it has to do."""
    lines = list(_lines(text))
    found = [_DUTY_MARKED.fullmatch(line) or _DUTY_PLAIN.fullmatch(line) for _before, line in lines]
    if len(lines) < 2 or not all(found):
        return None
    entries = [
        Entry(
            before=before if at else "",
            parts=(
                Part(words=match["lead"], is_number=bool(re.search(r"[\d①-⑳]", match["lead"]))),
                Part(words=match["unit"], column=Column.UNIT),
                Part(words=match["mark"]),
                Part(words=match["duty"], column=Column.DUTY),
                Part(words=match["end"]),
            ),
        )
        for at, ((before, _line), match) in enumerate(zip(lines, found, strict=True))
        if match
    ]
    return _whole(text, ListKind.DUTIES, [Group(entries=tuple(entries), opening=lines[0][0], closing=_rest(text))])


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """The lines with what stands before each: line breaks."""
    for match in re.finditer(r"(\n*)([^\n]+)", text):
        yield match[1], match[2]


def _rest(text: str) -> str:
    return text[len(text.rstrip("\n")) :]


# ---- Teams and supplies ----------------------------------------------------------------------------------------------

_TEAM_UNITS = "人|名|支|队|组"
_SUPPLY_UNITS = (
    "台套|台|套|件|吨|立方米|平方米|千米|公里|米|辆|艘|只|具|条|块|床|顶|个|箱|袋|把|根|卷|桶|双|盏|部|架|处|千克|公斤"
    "|升|门|面|张|瓶|包|枚|副|份"
)
_NAMED = r"(?P<name>[^、，,；;。：:\n\d]*(?:（[^（）\n]*）)?(?:\d{2,3}毫米[^、，,；;。：:\n\d]+)?)"


def _amounts(units: str) -> re.Pattern[str]:
    return re.compile(rf"{_NAMED}(?P<amount>\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?)(?P<measure>{units})(?![以至～~-])")


_PROSE = re.compile(
    r"不少于|至少|不超过|不低于|不得|以上|以下|应当|每[个村乡镇]|第$|[一二三四五六七八九十]是|小时|分钟"
)
_HOLDS = re.compile(
    r"^.*(?:储备点存有?|储备有?|储存|配备|配置|现有|共有|设有|包括|存有|常备|力量由|队伍由|力量为|：|:)(?=.)"
)
_REMARK = re.compile(r"存放|分[为成\d]?|其中|驻|由|位于|可容纳|含|和|共|约")
"""What begins a remark about the entry before it rather than an entry of its own."""


def _teams(text: str) -> Listed | None:
    """Teams, each with how many people it has."""
    return _amounted(text, ListKind.TEAMS, _amounts(_TEAM_UNITS))


def _supplies(text: str) -> Listed | None:
    """Supplies, each with its quantity; what is said of them stands in their remark."""
    return _amounted(text, ListKind.SUPPLIES, _amounts(f"{_SUPPLY_UNITS}|{_TEAM_UNITS}"))


def _amounted(text: str, kind: ListKind, pattern: re.Pattern[str]) -> Listed | None:
    found = [match for match in pattern.finditer(text) if match["name"].strip() and not _REMARK.match(match["name"])]
    if len(found) < 2:
        return None
    opening, name = _opened(text[: found[0].start()], found[0]["name"])
    entries: list[Entry] = []
    before, notes = "", 0
    for match, following in zip(found, [*found[1:], None], strict=True):
        until = following.start() if following else len(text)
        said = text[match.end() : until]
        note, between = _cut(said, is_last=following is None)
        if note is None or _PROSE.search(match["name"]) or _PROSE.search(note):
            return None
        notes += len(note)
        entries.append(_amount_entry(before, name if not entries else match["name"], match, note))
        before = between
    if notes + len(before) > MOST_NOTES * len(text) or any(not entry.before for entry in entries[1:]):
        return None
    return _whole(text, kind, [Group(entries=tuple(entries), opening=opening, closing=before)])


def _amount_entry(before: str, name: str, match: re.Match[str], note: str) -> Entry:
    return Entry(
        before=before,
        parts=(
            Part(words=name, column=Column.NAME),
            Part(words=match["amount"], column=Column.AMOUNT),
            Part(words=match["measure"], column=Column.MEASURE),
            Part(words=note, column=Column.NOTE),
        ),
    )


def _opened(before: str, name: str) -> tuple[str, str]:
    """What opens the list, and the name of its first entry without the verb that opens it."""
    lead = _HOLDS.match(name)
    return (before + lead[0], name[lead.end() :]) if lead else (before, name)


def _cut(said: str, *, is_last: bool) -> tuple[str | None, str]:
    """The remark behind an entry and what follows it: a sign, behind the last all that is left.

    There is no remark where something new begins in it.
    """
    if is_last:
        note = re.match(r"[^\n。；;]*", said)
        return (note[0], said[note.end() :]) if note else (None, "")
    match = re.fullmatch(r"(?P<note>[^\n。；;]*?)(?P<sep>[、，,；;。]\n?|\n)", said)
    return (match["note"], match["sep"]) if match else (None, "")


# ---- Contacts --------------------------------------------------------------------------------------------------------

_CONTACT = re.compile(
    r"(?P<unit>[^，,；;。、：:\n\d]{2,40}?)(?P<called>(?:24小时|二十四小时)?(?:应急|抢险|救援)?(?:值班值守|值班|联系|办公|报警|报告|咨询|服务|调度)?"
    r"(?:电话|热线|传真|手机)(?:（[^（）\n]*）)?)(?P<mark>[：: 　为是]?)"
    r"(?P<phone>\d[\d\-—－转]{2,20}\d(?:[、/]\d[\d\-—－转]{2,20}\d)*)"
)


def _contacts(text: str) -> Listed | None:
    """Who is called under which number."""
    found = list(_CONTACT.finditer(text))
    if not found:
        return None
    opening = text[: found[0].start()]
    gaps = [text[one.end() : other.start()] for one, other in pairwise(found)]
    closing = text[found[-1].end() :]
    if opening.strip() or not all(re.fullmatch(r"[，,；;、。]?\n?[ 　]*", gap) and gap for gap in gaps):
        return None
    if not re.fullmatch(r"[。；;]?\s*", closing):
        return None
    entries = [
        Entry(
            before=before,
            parts=(
                Part(words=match["unit"], column=Column.UNIT),
                Part(words=match["called"], column=Column.CALLED),
                Part(words=match["mark"]),
                Part(words=match["phone"], column=Column.PHONE),
            ),
        )
        for before, match in zip(["", *gaps], found, strict=True)
    ]
    return _whole(text, ListKind.CONTACTS, [Group(entries=tuple(entries), opening=opening, closing=closing)])


# ---- Conditions of levels --------------------------------------------------------------------------------------------

_LABELLED = re.compile(
    r"(?P<lead>[ \t　]*(?:[（(]?[\d一二三四五六七八]{1,2}[)）.．、])?[ \t　]*)"
    r"(?P<label>[^：:。；，\n]{0,12}(?:[ⅠⅡⅢⅣⅤ]|[一二三四五]|I{1,3}V?|特别重大|重大|较大|一般|红色|橙色|黄色|蓝色)级?[^：:。；，\n]{0,12})"
    r"(?P<mark>[：:])"
)
_COUNT = re.compile(r"[（(]\d{1,2}[)）]|[①-⑳]")


def _conditions(text: str) -> Listed | None:
    """What starts each level, under its label; or the numbered conditions of the level the clause is about."""
    groups: list[Group] = []
    for before, line in _lines(text):
        group = _level(before, line)
        if group is None:
            return None
        groups.append(group)
    if not groups or (len(groups) > 1 and not all(group.label for group in groups)):
        return None
    if len({group.label for group in groups}) < len(groups):
        return None
    if not groups[0].label and len(groups[0].entries) < 2:
        return None
    return _whole(text, ListKind.CONDITIONS, [*groups[:-1], _with_rest(groups[-1], _rest(text))])


def _with_rest(group: Group, rest: str) -> Group:
    return Group(entries=group.entries, label=group.label, opening=group.opening, closing=group.closing + rest)


def _level(before: str, line: str) -> Group | None:
    """The conditions in one line; None where it is none of a list."""
    labelled = _LABELLED.match(line)
    words = line[labelled.end() :] if labelled else line
    opening = before + (labelled[0] if labelled else "")
    label = labelled["label"].strip() if labelled else ""
    counts = list(_COUNT.finditer(words)) if _COUNT.match(words) else []
    if not counts and not label:
        return None
    if not counts:
        body, end = _ended(words)
        entry = Entry(parts=(Part(words=body, column=Column.CONDITION),))
        return Group(entries=(entry,), label=label, opening=opening, closing=end) if body else None
    entries: list[Entry] = []
    gap = closing = ""
    counts = [one for one in counts if one.start() == 0 or words[one.start() - 1] in "；;，,。"]
    for one, following in zip(counts, [*counts[1:], None], strict=True):
        body, end = _ended(words[one.end() : following.start() if following else len(words)])
        if not body or (following and not end):
            return None
        number = Part(words=one[0], is_number=True)
        entries.append(Entry(before=gap, parts=(number, Part(words=body, column=Column.CONDITION))))
        gap = closing = end
    return Group(entries=tuple(entries), label=label, opening=opening, closing=closing)


def _ended(words: str) -> tuple[str, str]:
    """The words and the marks that end them."""
    body = words.rstrip("。；;，, 　")
    return body, words[len(body) :]


def _whole(text: str, kind: ListKind, groups: list[Group]) -> Listed | None:
    """The list, if its words put together are the text: nothing is dropped, nothing is made up."""
    found = Listed(kind=kind, groups=tuple(groups))
    return found if found.text == text else None


_READERS: tuple[tuple[re.Pattern[str], Callable[[str], Listed | None]], ...] = (
    (re.compile(r"职责|分工|组成|成员单位|工作组"), _duties),
    (re.compile(r"^(?!.*(?:行动|措施)).*(?:条件|分级|级别|标准)"), _conditions),
    (re.compile(r"电话|联系|联络|通讯|值班|值守|报告|热线|报警"), _contacts),
    (re.compile(r"队伍|力量|救援队|专家"), _teams),
    (re.compile(r"物资|装备|器材|储备|车辆|车船"), _supplies),
)
