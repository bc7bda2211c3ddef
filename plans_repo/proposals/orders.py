"""The clause in which a text orders a task."""

from __future__ import annotations

import re
from collections.abc import Sequence

from plans_repo.packs.reading import Telling
from plans_repo.proposals.passage import Surroundings
from plans_repo.proposals.phrases import says_any, strongest
from plans_repo.proposals.spreads import spreads_named
from plans_repo.text.clause import Clause, ClauseKind

_READ = (ClauseKind.HEADING, ClauseKind.ARTICLE, ClauseKind.BODY)
NO_ORDERS = re.compile(
    r"职责|总则|附则|附件|附录|名词|术语|依据|原则|目的|适用范围|概况|风险|(?:事故|灾害|险情)分级|分级标准|启动条件|工作组$"
    r"|(?:火警|险情|响应)等级|演练|培训|宣传|备案|修订|评估|奖惩|追究|预警(?:分级|级别)|组织(?:指挥)?体系|指挥机构|应急组织"
    r"|应急保障|保障措施|(?:队伍|物资|装备|资金|经费|通信|医疗|交通|供水|力量|航空)[^、]{0,4}保障|准备$|专家组|队伍$|煤矿企业"
    r"|组织指挥$|组织(?:机构|领导)|成员单位|准备$|(?:响应|应急|救援)(?:的)?(?:调整(?:与|和))?(?:终止|结束)$"
)
"""Titles under which a text says who, why and how prepared, and orders nothing."""
_RESPONSE = re.compile(r"响应|处置|救援|抢险|扑救|疏散|转移|安置|报告")
"""Titles under which a text orders what is done once the hazard is there."""
_AHEAD = re.compile(r"预警|叫应|热点|烟情")
"""Tasks done before there is a response; the chapters of warning order them."""
NO_ORDER = re.compile(r"→|^\s*(?:[（(][^）)]{1,3}[）)])?[^，,：:]{2,14}[：:]负责")
"""Sentences that draw the flow, or say what a body is there for: 县燃气公司：负责关闭火场燃气."""
_CAPTION_MOST = 20
"""A first line longer than this is a sentence."""
RESPONSE_WEIGHT = 2
"""What a clause of the response counts beside one of warning and preparation."""
_SENTENCE = re.compile(r"[^。；;\n]+")


def clause_ordering(
    telling: Telling, clauses: Sequence[Clause], surroundings: Surroundings, *, other_spreads: Sequence[str] = ()
) -> str:
    """The id of the clause with the sentence that orders a task most clearly, the first of equals; "" if none does.

    What stands under the title of one of the *other_spreads* orders it not; a chapter of the
    response goes before one of warning and preparation that says it not twice as clearly.
    """
    is_ahead = any(_AHEAD.search(phrase) for phrase in telling.words)
    best, where = 0, ""
    for clause in clauses:
        titles = surroundings.titles(clause.id)
        if clause.kind not in _READ or any(
            NO_ORDERS.search(title) for title in (*titles.split("\n"), *_caption(clause))
        ):
            continue
        if spreads_named(titles, other_spreads):
            continue
        strength = max((_strength(telling, clause, sentence, titles) for sentence in sentences(clause)), default=0)
        strength *= RESPONSE_WEIGHT if not is_ahead and _RESPONSE.search(titles) else 1
        if strength > best:
            best, where = strength, clause.id
    return where


def _caption(clause: Clause) -> tuple[str, ...]:
    """The first line of an article where it leads into the others, as a title does: 成员单位职责："""
    line = clause.text.strip().partition("\n")[0].strip()
    return (line,) if line.endswith(("：", ":")) and len(line) <= _CAPTION_MOST else ()


def sentences(clause: Clause) -> list[str]:
    """The sentences of a clause, or its title where it has none."""
    return _SENTENCE.findall(clause.text) or [clause.plain_title]


def _strength(telling: Telling, clause: Clause, sentence: str, titles: str) -> int:
    if says_any(telling.unless, sentence) or NO_ORDER.search(sentence):
        return 0
    return strongest(telling.words, sentence + "\n" + clause.plain_title, titles)
