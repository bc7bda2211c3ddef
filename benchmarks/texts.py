"""Plan texts for measurements: believable Chinese, the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from plans_repo.text.clause import Clause, ClauseKind, SemanticType

CHAPTERS = (
    "总则",
    "组织指挥体系及职责",
    "风险分析",
    "监测预警",
    "信息报告",
    "应急响应",
    "应急处置措施",
    "后期处置",
    "应急保障",
    "附则",
)
SECTIONS = (
    "编制目的",
    "编制依据",
    "适用范围",
    "工作原则",
    "预案体系",
    "指挥机构",
    "办事机构",
    "成员单位职责",
    "专家组",
    "现场指挥部",
    "预警分级",
    "预警发布",
    "预警行动",
    "预警解除",
    "响应分级",
    "启动条件",
    "响应行动",
    "响应终止",
    "队伍保障",
    "物资保障",
)
WHO = (
    "县应急局",
    "县水利局",
    "县公安局",
    "县消防救援大队",
    "县卫生健康局",
    "县交通运输局",
    "县自然资源局",
    "县气象局",
    "县住房城乡建设局",
    "乡镇人民政府",
    "县防汛抗旱指挥部办公室",
    "县人武部",
    "县民政局",
    "县农业农村局",
    "县融媒体中心",
    "供电公司",
    "通信企业",
)
DOES = (
    "组织转移受威胁群众",
    "调集抢险队伍和装备",
    "加强巡堤查险",
    "核实并续报险情灾情",
    "实施交通管制和疏导",
    "开展医疗救治和卫生防疫",
    "保障应急通信畅通",
    "抢修受损供电设施",
    "设置安置点并发放生活物资",
    "发布预警信息和避险提示",
    "组织专家会商研判趋势",
    "封控危险区域",
    "落实二十四小时值班和领导带班制度",
    "启用应急避难场所",
    "清点登记转移人员",
    "做好信息发布和舆论引导",
    "监测水位雨量和工程险情变化",
)
WHEN = (
    "接到报告后{n}分钟内",
    "启动{g}响应后{n}分钟内",
    "预警发布后{n}分钟内",
    "水位超过{w}米时",
    "转移人数达到{n}人以上时",
    "险情发生后{n}分钟内",
    "汛期每{n}小时",
    "经会商研判，必要时",
    "在县指挥部统一领导下",
)
GRADES = ("Ⅰ级", "Ⅱ级", "Ⅲ级", "Ⅳ级")


def a_sentence(draw: random.Random, place: str = "") -> str:
    """One thing that somebody does at some time."""
    when = draw.choice(WHEN).format(
        n=draw.choice((10, 15, 20, 30, 45, 60, 90, 120)), g=draw.choice(GRADES), w=f"{draw.uniform(30, 60):.2f}"
    )
    return f"{when}，{place}{draw.choice(WHO)}{draw.choice(DOES)}，{draw.choice(DOES)}"


def a_text(draw: random.Random, clauses: int, new_id: Callable[[], str], place: str = "") -> tuple[Clause, ...]:
    """A plan of about *clauses* clauses in chapters and sections; *place* stands in every fourth sentence."""
    return tuple(_clauses(draw, clauses, new_id, place))


def _clauses(draw: random.Random, most: int, new_id: Callable[[], str], place: str) -> Iterator[Clause]:
    made = 0
    for chapter, title in enumerate(CHAPTERS, start=1):
        yield _heading(new_id(), 1, str(chapter), title)
        made += 1
        until = most * chapter // len(CHAPTERS)
        section = 0
        while made < until:
            section += 1
            yield _heading(new_id(), 2, f"{chapter}.{section}", draw.choice(SECTIONS))
            made += 1
            for item in range(1, 9):
                if made >= until:
                    break
                words = "；".join(a_sentence(draw, place if draw.random() < 0.25 else "") for _ in range(2)) + "。"
                yield Clause(
                    id=new_id(),
                    kind=ClauseKind.BODY,
                    level=3,
                    number=f"（{item}）",
                    number_raw=f"（{item}）",
                    text=words,
                    semantic=SemanticType.RESPONSE_PROCEDURE,
                )
                made += 1


def _heading(ident: str, level: int, number: str, title: str) -> Clause:
    return Clause(
        id=ident,
        kind=ClauseKind.HEADING,
        level=level,
        number=number,
        number_raw=number,
        title=title,
        semantic=SemanticType.OTHER,
    )


def edited(draw: random.Random, clauses: tuple[Clause, ...], edits: int, place: str = "") -> tuple[Clause, ...]:
    """The text with *edits* of its paragraphs written anew in part."""
    bodies = [at for at, clause in enumerate(clauses) if clause.kind is ClauseKind.BODY]
    changed = list(clauses)
    for at in draw.sample(bodies, min(edits, len(bodies))):
        first = changed[at].text.rstrip("。").split("；")[0]
        changed[at] = replace(changed[at], text=f"{first}；{a_sentence(draw, place)}。")
    return tuple(changed)


FRESH = "fresh"
"""The id of a clause that continues none, until it gets one."""


def revised(
    draw: random.Random,
    clauses: Sequence[Clause],
    *,
    edits: float = 0.3,
    gone: int = 15,
    fresh: int = 15,
    moves: int = 8,
) -> tuple[tuple[Clause, ...], dict[str, str]]:
    """The plan as another office sent it back, without ids, and which clause each of its clauses is.

    A share of *edits* has other words, some clauses are gone, new ones are added, some stand elsewhere.
    """
    kept = list(clauses)
    for _ in range(gone):
        del kept[draw.randrange(len(kept))]
    for _ in range(moves):
        kept.insert(draw.randrange(len(kept)), kept.pop(draw.randrange(len(kept))))
    changed = set(draw.sample(range(len(kept)), int(len(kept) * edits)))
    found = [_reworded(draw, clause) if at in changed else clause for at, clause in enumerate(kept)]
    added = [
        Clause(id=FRESH, kind=ClauseKind.BODY, level=3, text=f"{a_sentence(draw)}；{a_sentence(draw)}。")
        for _ in range(fresh)
    ]
    for clause in added:
        found.insert(draw.randrange(len(found)), clause)
    origin = {f"n{at}": clause.id for at, clause in enumerate(found) if clause.id != FRESH}
    return tuple(replace(clause, id=f"n{at}") for at, clause in enumerate(found)), origin


def _reworded(draw: random.Random, clause: Clause) -> Clause:
    """A clause with one of its sentences written anew, or a heading with a word more."""
    if not clause.text:
        return replace(clause, title=f"{clause.title}{draw.choice(('要求', '与实施', '工作'))}")
    parts = clause.text.rstrip("。").split("；")
    parts[draw.randrange(len(parts))] = a_sentence(draw)
    return replace(clause, text="；".join(parts) + "。")
