"""What each clause is about, guessed from its title and those above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from plans_repo.text.clause import Clause, ClauseKind, SemanticType, parents

# The first that fits decides; a clause that says nothing itself takes after the one it stands under.
RULES: tuple[tuple[SemanticType, re.Pattern[str]], ...] = (
    (SemanticType.OTHER, re.compile(r"通讯录|联系(?:电话|方式|人|表)|电话|名单$|后期处置|善后")),
    (SemanticType.GRADING, re.compile(
        r"分级(?!响应|负责|管理)|级别|启动条件|启动标准|响应条件|等级|[ⅠⅡⅢⅣIV一二三四]+级(?:应急)?响应(?:条件|标准)")),
    (SemanticType.SUPPORT, re.compile(r"保障(?!组$)|物资储备|队伍建设|经费|装备|演练|培训|宣传|宣教")),
    (SemanticType.COMMAND_AND_DUTIES, re.compile(
        r"组织(?:指挥|体系|机构|领导)|指挥(?:机构|部|体系|协调|权)|职责|办公室|工作组|成员单位|专家组|领导小组|领导机构|办事机构|防指|指挥长")),
    (SemanticType.MAIN_MEASURES, re.compile(
        r"处置措施|应急措施|响应措施|主要措施|抢险|救援|转移|安置|救助|救治|疏散|灭火|扑救|扑火|排水|封控|管制|自救|防护|处置要点|现场处置|救灾")),
    (SemanticType.RESPONSE_PROCEDURE, re.compile(
        r"响应|启动|终止|结束|报告|报送|先期处置|应急处置|处置程序|预警|监测|会商|信息发布|新闻|发布|舆[论情]|扩大|联动|预防|值班|值守|接警|出动")),
    (SemanticType.OTHER, re.compile(
        r"总则|目的|依据|适用范围|原则|指导思想|预案体系|附则|名词|术语|解释|实施时间|生效|奖励|责任|预案管理|修订|备案|概况|恢复|重建|善后|评估|"
        r"总结|保险|补偿|附件|附录|附表|附图|目录|通讯录|联系")),
)  # fmt: skip
NO_MATTER = (ClauseKind.FRONT, ClauseKind.HEADER, ClauseKind.FOOTER)


def with_semantics(clauses: Sequence[Clause]) -> tuple[Clause, ...]:
    """The clauses with the types their titles suggest; where nothing suggests one it stays unknown."""
    above = parents(clauses)
    known: dict[str, SemanticType] = {}
    for clause in clauses:
        own = SemanticType.OTHER if clause.kind in NO_MATTER else semantic_of(clause.title or clause.number)
        inherited = known.get(above[clause.id], SemanticType.UNKNOWN)
        known[clause.id] = own if own is not SemanticType.UNKNOWN else inherited
    return tuple(replace(clause, semantic=known[clause.id]) for clause in clauses)


def semantic_of(title: str) -> SemanticType:
    """The type a title suggests by itself.

    >>> [semantic_of(title).value for title in ("应急响应分级", "县防指职责", "气象概述")]
    ['grading', 'command_and_duties', 'unknown']
    """
    bare = re.sub(r"\s", "", title)
    return next((kind for kind, pattern in RULES if pattern.search(bare)), SemanticType.UNKNOWN)
