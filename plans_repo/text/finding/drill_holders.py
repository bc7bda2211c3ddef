"""Who has to hold a drill that a plan speaks of: the body whose plan it is, or another."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plans_repo.text.finding.plan_kind import PlanKindWord

BY = re.compile(r"由([^，；。]{1,24}?)(?=组织|开展|负责|牵头|举行|实施|进行|承担|$)")
LEAD = re.compile(r"^(?:其中|同时|并且?|原则上|对)+")
DOES = re.compile(r"至少|应当|应(?!急)|须|必须|要|原则上|一般|组织(?!单位|部门)|开展")
"""Where the one who has to do something ends."""
TOPIC = re.compile(r"^(?:凡)?涉及.*?的")
OWN = re.compile(r"本(?:预案|方案|级|省|市|县|区|旗|乡|镇|街道|村|社区|单位|企业|公司|矿|校|院|部门|局|地区)")
MAKER = re.compile(r"(?:编制|制定|制订)(?:单位|部门|机关)")
_KIND = r"(?:总体|综合|专项|部门|现场处置|生产安全)"
KINDS = re.compile(rf"({_KIND}(?:[、和及与]{_KIND})*)类?(?:应急)?(?:预案|方案)")
KIND = re.compile(_KIND)
DRILLED = re.compile(rf"{KINDS.pattern}的?(?:演练|演习)")
"""A drill of plans of a kind: 每半年组织一次现场处置方案演练."""
BODY = re.compile(r"指挥|防指|防办|政府|办公室|级")
OFFICE = re.compile(r"[^省市县区旗、和与及各]{2,10}(?:局|委员会|委|厅)")
UNITS = re.compile(
    r"企业|公司|单位|煤矿|矿山|矿井|工厂|学校|医院|院校|幼儿园|养老|商场|景区|园区|物业|场所|队|站|网格|家庭|部门|行业|公众|群众|居民"
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
class Owner:
    """Whose plan it is: its level, the word for its kind, the name of its maker."""

    level: str
    kind: str
    maker: str


def owner_of(kind: str, title: str, maker: str) -> Owner:
    """Whose plan it is, told by its kind, its title and the name of its maker."""
    return Owner(level=_level(kind, title), kind=_kind_word(kind, title), maker=maker)


def holder(part: str, until: int) -> str:
    """Who has to hold the drill, as written."""
    if by := BY.search(part):
        return by[1].strip()
    return DOES.split(TOPIC.sub("", LEAD.sub("", part[:until].strip())))[0].strip()


def is_own(who: str, owner: Owner) -> bool:
    """Whether the body of the plan itself is meant; so it is where nobody is named."""
    if OWN.search(who):
        return True
    levels = {level for level, word in LEVELS.items() if word.search(who)}
    is_of_level = owner.level in levels or not levels
    if kinds := {kind for named in KINDS.findall(who) for kind in KIND.findall(named)}:
        return owner.kind in kinds and (is_of_level or not owner.level)
    if MAKER.search(who) or BODY.search(who):
        return is_of_level
    if office := OFFICE.search(who):
        return bool(owner.maker) and owner.maker.endswith(office[0])
    return owner.level == "unit" if UNITS.search(who) else is_of_level


def drills_others(words: str, owner: Owner) -> bool:
    """Whether the drill spoken of is one of plans of another kind."""
    kinds = {kind for found in DRILLED.finditer(words) for kind in KIND.findall(found[1])}
    return bool(kinds) and owner.kind not in kinds


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
