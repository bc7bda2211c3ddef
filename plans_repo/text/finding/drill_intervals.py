"""How often a plan's own text wants drills held, and by whom: by the body whose plan it is, or by others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from plans_repo.text.clause import Clause, ClauseKind
from plans_repo.text.finding.plan_kind import PlanKindWord
from plans_repo.text.reading.han_numbers import han_value

UNREAD = (ClauseKind.FRONT, ClauseKind.HEADER, ClauseKind.FOOTER)
SENTENCE = re.compile(r"[^。！？!?\n]{1,800}")
PART = re.compile(r"[^，,；;：:]+")
DRILL = re.compile(r"演练|演习|拉动")
ABOUT_DRILLS = re.compile(
    r"(?:演练|演习)的?(?:年度)?(?:计划|规划|方案|脚本|情况|评估|总结|报告|记录|档案|资料|经费|费用|科目)"
)
"""Papers about drills are no drills."""
OTHER_WORK = re.compile(r"培训|修订|评估|检查|会商|维护|更新|盘点|检修|测试|宣传|体检|考核|会议|巡查|保养")
CITED = re.compile(r"的(?:规定|要求)")
"""Somebody else's rule is spoken of."""
_COUNT = r"\d{1,2}|[一二两三四五六七八九十]{1,2}"
RHYTHM = re.compile(
    rf"每隔?\s*(?P<each>{_COUNT}|半)?\s*个?\s*(?P<unit>年|月|季度|季|学期|学年)(?:度(?!演练))?"
    rf"|(?<![第\d〇零一二三四五六七八九十])(?P<span>{_COUNT}|半)\s*(?P<years>年)内?(?=(?:至少|不少于)[^，；。]{{0,14}}次)"
)
TIMES = re.compile(rf"({_COUNT})\s*次")
MONTHS = {"年": 12, "月": 1, "季度": 3, "季": 3, "学期": 6, "学年": 12}

BY = re.compile(r"由([^，；。]{1,24}?)(?=组织|开展|负责|牵头|举行|实施|进行|承担)")
LEAD = re.compile(r"^(?:其中|同时|并且?|原则上|对)+")
DOES = re.compile(r"至少|应当|应(?!急)|须|必须|要|原则上|一般|组织(?!单位|部门)|开展")
"""Where the one who has to do something ends."""
TOPIC = re.compile(r"^(?:凡)?涉及.*?的")
OWN = re.compile(r"本(?:预案|方案|级|省|市|县|区|旗|乡|镇|街道|村|社区|单位|企业|公司|矿|校|院|部门|局|地区)")
KINDS = re.compile(r"(总体|综合|专项|部门|现场处置|生产安全)类?(?:应急)?(?:预案|方案)")
BODY = re.compile(r"指挥|防指|防办|政府|办公室|级")
OFFICE = re.compile(r"[^省市县区旗、和与及各]{2,10}(?:局|委员会|委|厅)")
UNITS = re.compile(
    r"企业|公司|单位|煤矿|矿山|矿井|工厂|学校|医院|院校|幼儿园|养老|商场|景区|园区|物业|场所|队|站|网格|家庭|部门|行业"
)
LEVELS = {
    "village": re.compile(r"村|社区|居委"),
    "township": re.compile(r"乡|镇|街道"),
    "county": re.compile(r"县|区(?!域)|旗"),
    "city": re.compile(r"市(?!场)"),
    "province": re.compile(r"省"),
}
OF_KIND = {PlanKindWord.TOWNSHIP: "township", PlanKindWord.VILLAGE: "village", PlanKindWord.UNIT: "unit"}
KIND_WORDS = {PlanKindWord.OVERALL: "总体", PlanKindWord.SPECIAL: "专项", PlanKindWord.DEPARTMENT: "部门"}


@dataclass(frozen=True, kw_only=True)
class FoundInterval:
    """A drill every so many *months*: *text* is the part of the *sentence* that says so, *who* has to hold it."""

    clause: str
    text: str
    sentence: str
    months: int
    who: str = ""
    is_own: bool = True


@dataclass(frozen=True, kw_only=True)
class _Owner:
    """Whose plan it is: its level, the word for its kind, the name of its maker."""

    level: str
    kind: str
    maker: str


def drill_intervals(clauses: Iterable[Clause], *, kind: str, title: str, maker: str = "") -> tuple[FoundInterval, ...]:
    """The intervals a text sets for drills, in order; *kind*, *title* and *maker* tell which are the plan's own."""
    owner = _Owner(level=_level(kind, title), kind=_kind_word(kind, title), maker=maker)
    return tuple(
        found
        for clause in clauses
        if clause.kind not in UNREAD
        for sentence in SENTENCE.findall(clause.text)
        if DRILL.search(ABOUT_DRILLS.sub("", f"{clause.plain_title}。{sentence}"))
        for found in _in_sentence(sentence.strip(), clause.id, owner)
    )


def _in_sentence(sentence: str, clause: str, owner: _Owner) -> Iterator[FoundInterval]:
    before = ""
    for part in (each.strip() for each in PART.findall(sentence)):
        rhythm = RHYTHM.search(part)
        if rhythm is None:
            before = part
        elif _is_of_drills(part) and (months := _months(rhythm, part)):
            who = _who(part, rhythm.start()) or _who(before, len(before))
            yield FoundInterval(
                clause=clause,
                text=part.removeprefix("其中"),
                sentence=sentence,
                months=months,
                who=who,
                is_own=_is_own(who, owner),
            )


def _is_of_drills(part: str) -> bool:
    plain = ABOUT_DRILLS.sub("", part)
    if CITED.search(part):
        return False
    return bool(DRILL.search(plain)) or ("次" in part and not OTHER_WORK.search(part) and plain == part)


def _months(rhythm: re.Match[str], part: str) -> int:
    """The months between two drills; 0 when the words make none."""
    count, unit = rhythm["each"] or rhythm["span"] or "一", rhythm["unit"] or rhythm["years"]
    base = MONTHS[unit] // 2 if count == "半" else MONTHS[unit] * (han_value(count) or 0)
    times = TIMES.search(part, rhythm.end())
    return base // max(1, han_value(times[1]) or 1) if times else base


def _who(part: str, until: int) -> str:
    """Who has to hold the drill, as written."""
    if by := BY.search(part):
        return by[1].strip()
    return DOES.split(TOPIC.sub("", LEAD.sub("", part[:until].strip())))[0].strip()


def _is_own(who: str, owner: _Owner) -> bool:
    """Whether the body of the plan itself is meant; so it is where nobody is named."""
    if OWN.search(who):
        return True
    if kinds := KINDS.findall(who):
        return owner.kind in kinds
    levels = {level for level, word in LEVELS.items() if word.search(who)}
    if BODY.search(who):
        return owner.level in levels or not levels
    if office := OFFICE.search(who):
        return bool(owner.maker) and owner.maker.endswith(office[0])
    if UNITS.search(who):
        return owner.level == "unit"
    return owner.level in levels or not levels


def _level(kind: str, title: str) -> str:
    """The level of the body a plan is of: by its kind, else by the lowest level its title names."""
    if kind in OF_KIND:
        return OF_KIND[PlanKindWord(kind)]
    head = title.partition("应急")[0]
    return next((level for level, word in LEVELS.items() if word.search(head)), "")


def _kind_word(kind: str, title: str) -> str:
    if kind == PlanKindWord.UNIT:
        return next((word for word in ("现场处置", "专项") if word in title), "综合")
    return KIND_WORDS.get(PlanKindWord(kind), "") if kind in set(PlanKindWord) else ""
