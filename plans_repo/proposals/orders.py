"""The clause in which a text orders a task."""

from __future__ import annotations

import re
from collections.abc import Sequence

from plans_repo.packs.reading import Telling
from plans_repo.proposals.passage import Surroundings
from plans_repo.proposals.phrases import says_any, strongest
from plans_repo.text.clause import Clause, ClauseKind

_READ = (ClauseKind.HEADING, ClauseKind.ARTICLE, ClauseKind.BODY)
_NO_ORDERS = re.compile(
    r"职责|总则|附则|附件|附录|名词|术语|依据|原则|目的|适用范围|概况|风险|事故分级|灾害分级|险情分级|等级|分级标准|启动条件|工作组$"
    r"|演练|培训|宣传|备案|修订|评估|奖惩|追究|预警(?:分级|级别)|组织(?:指挥)?体系|指挥机构|应急组织|保障|准备$|专家组|队伍$|煤矿企业"
)
"""Titles under which a text says who, why and how prepared, and orders nothing."""
_SENTENCE = re.compile(r"[^。；;\n]+")


def clause_ordering(telling: Telling, clauses: Sequence[Clause], surroundings: Surroundings) -> str:
    """The id of the clause with the sentence that orders a task most clearly, the first of equals; "" if none does."""
    best, where = 0, ""
    for clause in clauses:
        titles = surroundings.titles(clause.id)
        if clause.kind not in _READ or any(_NO_ORDERS.search(title) for title in titles.split("\n")):
            continue
        strength = max((_strength(telling, clause, sentence, titles) for sentence in sentences(clause)), default=0)
        if strength > best:
            best, where = strength, clause.id
    return where


def sentences(clause: Clause) -> list[str]:
    """The sentences of a clause, or its title where it has none."""
    return _SENTENCE.findall(clause.text) or [clause.plain_title]


def _strength(telling: Telling, clause: Clause, sentence: str, titles: str) -> int:
    if says_any(telling.unless, sentence):
        return 0
    return strongest(telling.words, sentence + "\n" + clause.plain_title, titles)
