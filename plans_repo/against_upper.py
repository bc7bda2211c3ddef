"""What of a plan does not fit the plan above it: longer limits, levels that begin later.

There is one notion of what may be compared, for the health report, the ledger and the linkage page alike: the same act,
by a body of the same level, told to the same body by the same means, counted from the same start, in the same case; and
of levels the same one, on the same measure, in plans for the same event.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from plans_repo.checks.intervals import ANYWHERE, Interval, intervals
from plans_repo.checks.report_limits import is_first_report
from plans_repo.linkage.subjects import topic, wider
from plans_repo.packs.reading import pack
from plans_repo.text.clause import Clause, parents
from plans_repo.text.finding.limits import FoundLimit, LimitKind
from plans_repo.text.finding.starts import StartKind
from plans_repo.text.recognition import FoundLevel, levels, time_limits

REPORT = "report"
MOST_BEHIND = 30
"""So many characters behind a span of time its act is looked for."""
_PLACE = re.compile(r"^[\u4e00-\u9fff]{2,6}?(?=[省市县区]|自治|[乡镇](?:人民政府|政府|党委|防|应急|$)|街道)")
_LEVEL = re.compile(r"^(?:省|市|县|区|旗|自治|乡|镇|街道|村|国家|国务院)")
_BETWEEN = re.compile(r"[、,，]|以及|和|及|与")


@dataclass(frozen=True, kw_only=True)
class Stated:
    """What a plan states that is compared: its limits under their headings, and its levels."""

    title: str
    hazard: str
    limits: tuple[FoundLimit, ...] = ()
    levels: tuple[FoundLevel, ...] = ()
    headings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Act:
    """What a limit limits: who does what for whom, by what means, counted from what, in which case."""

    who: str
    verb: str
    to: frozenset[str]
    medium: frozenset[str]
    starts: StartKind
    cases: frozenset[str]

    @property
    def levels(self) -> frozenset[str]:
        """The levels of government, or units, of who acts; empty where that is not said."""
        return frozenset(level for level, words in _parties() if words.search(self.who))


@dataclass(frozen=True, kw_only=True)
class Longer:
    """A limit, and the shorter one the plan above gives for the same act."""

    mine: FoundLimit
    other: FoundLimit


@dataclass(frozen=True, kw_only=True)
class Later:
    """A level that begins at a larger number than the same level of the plan above."""

    mine: Interval
    other: Interval


def stated(title: str, hazard: str, clauses: Sequence[Clause]) -> Stated:
    """What the text of a plan states."""
    return Stated(
        title=title, hazard=hazard, limits=time_limits(clauses), levels=levels(clauses), headings=headings(clauses)
    )


def headings(clauses: Sequence[Clause]) -> dict[str, str]:
    """The titles each clause stands under, which may say for which case it holds."""
    above, known = parents(clauses), {clause.id: clause for clause in clauses}
    found: dict[str, str] = {}
    for clause in clauses:
        here: Clause | None = clause
        words = []
        while here is not None:
            words.append(here.plain_title)
            here = known.get(above.get(here.id, ""))
        found[clause.id] = " ".join(words)
    return found


def longer_limits(own: Stated, upper: Stated) -> tuple[Longer, ...]:
    """The limits longer than every one the plan above gives for the same act, each beside the nearest of those."""
    return tuple(
        Longer(mine=mine, other=nearest)
        for mine, several in same_acts(own, upper)
        if mine.minutes > (nearest := max(several, key=lambda one: one.minutes)).minutes
    )


def same_acts(own: Stated, other: Stated) -> Iterator[tuple[FoundLimit, tuple[FoundLimit, ...]]]:
    """The limits of one plan that another limits too, each with those of the other."""
    theirs = list(_compared(other))
    for act, mine in _compared(own):
        same = tuple(limit for one, limit in theirs if is_same(act, one))
        if same:
            yield mine, same


def _compared(plan: Stated) -> Iterator[tuple[Act, FoundLimit]]:
    """The limits another plan may give too: whom it is told to is said; of reports the first ones."""
    for limit in plan.limits:
        act = act_of(limit, plan.headings)
        if act and act.to and (act.verb != REPORT or (is_first_report(limit) and act.starts is not StartKind.END)):
            yield act, limit


def later_levels(own: Stated, upper: Stated) -> tuple[Later, ...]:
    """The levels that begin later than those of the plan above; nothing where the plans are for different events."""
    if not is_same_event(own, upper):
        return ()
    theirs: dict[tuple[str, str, str], Interval] = {}
    for one in intervals(upper.levels):
        theirs.setdefault((_label(one.level), one.measure, one.subject), one)
    found = []
    for mine in intervals(own.levels):
        other = theirs.get((_label(mine.level), mine.measure, mine.subject))
        is_known = mine.measure in ANYWHERE and other and mine.low is not None and other.low is not None
        if other and is_known and (mine.low or 0) > (other.low or 0):
            found.append(Later(mine=mine, other=other))
    return tuple(found)


def is_same_event(own: Stated, other: Stated) -> bool:
    """Whether two plans are for the same event, or one for what the other's is a part of, by their titles.

    >>> flood, drought, torrent = (Stated(title=f"县{one}应急预案", hazard="flood") for one in ("防汛", "抗旱", "山洪"))
    >>> is_same_event(torrent, flood), is_same_event(drought, flood)
    (True, False)
    """
    ours, theirs = topic(own.title).subjects, topic(other.title).subjects
    if ours and theirs:
        return any({one, *wider(one)} & theirs for one in ours) or any({one, *wider(one)} & ours for one in theirs)
    return bool(own.hazard) and own.hazard == other.hazard


def act_of(limit: FoundLimit, titles: Mapping[str, str]) -> Act | None:
    """What a limit limits; None where it is none of the response, or its words name no act."""
    verb = _verb(limit)
    if limit.kind is not LimitKind.RESPONSE or not verb or not limit.minutes:
        return None
    return Act(
        who=plain(limit.who),
        verb=verb,
        to=bodies(limit.to),
        medium=frozenset(filter(None, limit.medium.split("、"))),
        starts=limit.starts_kind,
        cases=frozenset(_cases().findall(f"{titles.get(limit.clause, '')} {_part_of(limit)}")),
    )


def _part_of(limit: FoundLimit) -> str:
    """The part of its sentence between semicolons that a limit stands in."""
    before = re.split(r"[。；;]", limit.text[: limit.at])[-1]
    return before + re.split(r"[。；;]", limit.text[limit.at :])[0]


def is_same(mine: Act, other: Act) -> bool:
    """Whether two limits of two plans limit the same act.

    Who reports need not be the same body, but one of the same level (各县政府, 县应急局); who else acts must be.
    """
    same = mine.verb == other.verb and mine.starts is other.starts and bool(mine.to & other.to)
    if not same or mine.medium != other.medium or mine.cases - _media() != other.cases - _media():
        return False
    if mine.verb == REPORT:
        return not mine.levels or not other.levels or bool(mine.levels & other.levels)
    return bool(mine.who) and mine.who == other.who


def bodies(words: str) -> frozenset[str]:
    """The bodies of an enumeration, each with its level and without the name of its place.

    >>> sorted(bodies("清川县人民政府、县应急管理局")), sorted(bodies("市防汛抗旱指挥部办公室"))
    (['县应急局', '县政府'], ['市防办'])
    >>> sorted(bodies("县委、政府"))
    ['县委', '县政府']
    """
    found: list[str] = []
    level = ""
    for part in filter(None, (plain(one) for one in _BETWEEN.split(words))):
        own = _LEVEL.match(part)
        found.append(part if own else f"{level}{part}")
        level = own[0] if own else level
    return frozenset(found)


def plain(name: str) -> str:
    """A body as it is compared: without the name of its place, its short names alike."""
    bare = _PLACE.sub("", name.strip("，、 ").removeprefix("本"))
    for said, short in _aliases():
        bare = said.sub(short, bare)
    return bare


def _verb(limit: FoundLimit) -> str:
    """The act named in the words right behind the span of time."""
    after = re.split(r"[。；;]", limit.text[limit.at :])[0][:MOST_BEHIND]
    places = [(match.start(), name) for name, words in _acts() if (match := words.search(after))]
    return min(places)[1] if places else ""


def _label(level: str) -> str:
    """The label of a level with one numeral: 一级 and Ⅰ级 are one."""
    return level.translate(str.maketrans("一二三四五", "ⅠⅡⅢⅣⅤ"))


@cache
def _pack() -> dict[str, Any]:
    return pack("linkage", "acts")


@cache
def _acts() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((item["id"], re.compile("|".join(item["words"]))) for item in _pack()["act"])


@cache
def _parties() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((item["level"], re.compile("|".join(item["words"]))) for item in _pack()["party"])


@cache
def _aliases() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(item["said"]), item["name"]) for item in _pack()["alias"])


@cache
def _cases() -> re.Pattern[str]:
    return re.compile("|".join(_pack()["cases"]))


@cache
def _media() -> frozenset[str]:
    return frozenset(_pack()["media"])
