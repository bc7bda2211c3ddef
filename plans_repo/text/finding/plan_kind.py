"""Which hazard a plan answers and which kind of plan it is, guessed from title and text, with the reason."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from plans_repo.text.clause import Clause, ClauseKind
from sim.procedure import Hazard

TITLE_WEIGHT = 200  # a word in the title outweighs any number in the text
CLEAR_LEAD = 2.0  # the best guess must have twice the next, when only the text speaks
ENOUGH_WORDS = 5


class PlanKindWord(StrEnum):
    """Kinds of plans (国办发〔2024〕5号, articles 7–17)."""

    OVERALL = "overall"
    SPECIAL = "special"
    DEPARTMENT = "department"
    SUPPORT = "support"
    KEY_TARGET = "key_target"
    MAJOR_ACTIVITY = "major_activity"
    JOINT = "joint"
    CATASTROPHE = "catastrophe"
    TOWNSHIP = "township"
    VILLAGE = "village"
    UNIT = "unit"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Guess:
    """A guess and the words that led to it; *value* '' when nothing did."""

    value: str
    reason: str
    spread: str = ""  # for fire: building or forest; for mine: gas or water


_HAZARDS: dict[str, str] = {
    Hazard.FLOOD: r"防汛|洪水|洪涝|山洪|内涝|水旱|台风|堤防|水库|溃坝|汛情|防台|防洪|警戒水位",
    Hazard.MINE: r"煤矿|矿山|矿井|瓦斯|透水|井下|冒顶|煤与|尾矿|采空区|顶板",
    Hazard.FIRE: r"火灾|森林|草原防?火|消防|火警|灭火|扑火|防灭火|火场|森防",
}
_OTHER = re.compile(
    r"抗旱|旱灾|干旱|地震|地质灾害|滑坡|危险化学品|危化|道路交通|食品|药品|疫情|动物疫病|环境|辐射|冰雪|低温|雨雪|寒潮|电力|供水|燃气|特种设备|建筑施工|恐怖|群体|金融|"
    r"旅游|校园|拥挤|踩踏|通信|网络|重污染|粮食|价格|烟花"
)
_SPREADS: dict[str, tuple[tuple[str, str], ...]] = {
    Hazard.FIRE: (
        ("forest", r"森林|草原|林区|扑火|火场|防火道|林火"),
        ("building", r"建筑|高层|商场|楼|室内|人员密集|消防控制室|火警|厂房|村寨"),
    ),
    Hazard.MINE: (
        ("water_inrush", r"透水|水害|突水|排水|积水|淹井"),
        ("gas_explosion", r"瓦斯|爆炸|煤尘|突出|一氧化碳|通风"),
    ),
}
_KINDS: tuple[tuple[PlanKindWord, str], ...] = (
    (PlanKindWord.UNIT, r"现场处置方案|处置卡"),
    (
        PlanKindWord.UNIT,
        r"公司|集团|(?<!县)煤矿(?!事故|安全|生产|重大|企业)|有限|学校|医院|幼儿园|大厦|酒店|商场|厂(?!区)|中学|小学|景区|加油站",
    ),
    (PlanKindWord.VILLAGE, r"[\u4e00-\u9fff]村(?!镇|庄|级防|民)|社区|村（|行政村|居委会"),
    (PlanKindWord.TOWNSHIP, r"[\u4e00-\u9fff](?:乡|镇|街道)(?!村|镇)|乡镇"),
    (PlanKindWord.OVERALL, r"总体应急预案|综合应急预案|总体预案"),
    (PlanKindWord.CATASTROPHE, r"巨灾"),
    (PlanKindWord.KEY_TARGET, r"重要基础设施|生命线工程|大坝|枢纽|水源地|变电站"),
    (PlanKindWord.JOINT, r"联合应急预案|联防联控|跨区域|联动预案|省际|市际|县际"),
    (
        PlanKindWord.MAJOR_ACTIVITY,
        r"运动会|庙会|灯会|庆典|马拉松|博览会|重大活动|节会|演唱会|文化节|艺术节|旅游节|活动[^，]{0,4}保障",
    ),
    (
        PlanKindWord.SUPPORT,
        r"(?:通信|交通|医疗|物资|能源|资金|新闻|治安|电力|救灾物资)[^，]{0,4}保障(?:应急)?预案|保障应急预案",
    ),
    (PlanKindWord.DEPARTMENT, r"(?:局|委|委员会|厅|办公室|大队|支队)[^，]{0,20}(?:预案|方案)|部门(?:应急)?预案"),
    (PlanKindWord.SPECIAL, r"专项|(?:省|市|县|区|旗|州|盟)[^，]{0,24}(?:应急预案|预案|应急救援预案)"),
)


def hazard_of(title: str, clauses: Sequence[Clause]) -> Guess:
    """The hazard the plan answers, with how it spreads where that is told; '' for overall and other plans.

    >>> hazard_of("临河县防汛抗旱应急预案", ()).value, hazard_of("临河县总体应急预案", ()).value
    ('flood', '')
    """
    if kind_of(title).value == PlanKindWord.OVERALL and not any(re.search(words, title) for words in _HAZARDS.values()):
        return Guess(value="", reason="总体预案不限灾种")
    text = _words(clauses)
    other = _OTHER.search(title)
    named = {hazard: re.findall(words, title) for hazard, words in _HAZARDS.items()}
    best = max(named, key=lambda hazard: len(named[hazard]))
    if named[best]:
        return Guess(value=Hazard(best).value, reason=f"标题中有“{named[best][0]}”", spread=_spread(best, title, text))
    if other:
        return Guess(value="", reason=f"标题中有“{other[0]}”")
    return _by_text(text)


def _by_text(text: str) -> Guess:
    counts = sorted(((len(re.findall(words, text)), hazard) for hazard, words in _HAZARDS.items()), reverse=True)
    (most, hazard), (second, _) = counts[0], counts[1]
    if most < ENOUGH_WORDS or most < CLEAR_LEAD * second:
        return Guess(value="", reason="正文中没有占多数的灾种用语")
    return Guess(value=Hazard(hazard).value, reason=f"正文中有关用语{most}处", spread=_spread(hazard, "", text))


def _spread(hazard: str, title: str, text: str) -> str:
    kinds = _SPREADS.get(hazard, ())
    scores = [
        (TITLE_WEIGHT * len(re.findall(words, title)) + len(re.findall(words, text)), kind) for kind, words in kinds
    ]
    best = max(scores, default=(0, ""))
    return best[1] if best[0] else ""


def _words(clauses: Sequence[Clause]) -> str:
    return "\n".join(
        f"{clause.title}\n{clause.text}"
        for clause in clauses
        if clause.kind not in (ClauseKind.HEADER, ClauseKind.FOOTER, ClauseKind.FRONT)
    )


def kind_of(title: str) -> Guess:
    """The kind of plan its title names.

    >>> [kind_of(title).value for title in ("青山县森林火灾应急预案", "临河县水利局防汛预案", "柳林乡防汛预案")]
    ['special', 'department', 'township']
    """
    bare = re.sub(r"\s|（试行）|\(试行\)", "", title)
    for kind, words in _KINDS:
        match = re.search(words, bare)
        if match:
            return Guess(value=kind.value, reason=f"标题中有“{match[0]}”")
    return Guess(value=PlanKindWord.UNKNOWN.value, reason="标题没有说明预案类别")
