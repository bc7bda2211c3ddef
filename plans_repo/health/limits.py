"""Limits that contradict each other: one act with two limits in a plan, or a longer one than the upper plan's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from plans_repo.checks.dossier import Dossier
from plans_repo.checks.intervals import clashes, intervals
from plans_repo.health.defect import Defect, DefectKind
from plans_repo.text.clause import Clause, parents
from plans_repo.text.finding.limits import FoundLimit, LimitKind

ACTS = (
    ("report", r"报告|上报|报送|速报|直报"), ("at_post", r"到岗|到位|就位"), ("arrive", r"到达|赶到|抵达|到场"),
    ("turn_out", r"出动|出警|出发"), ("gather", r"集结|集合"), ("move", r"转移|撤离|疏散"),
    ("decide", r"决定|批准|签发"), ("notify", r"通知|叫应|传达"), ("publish", r"发布"),
    ("supply", r"调拨|发放|供应|运达|装车"),
)  # fmt: skip
CASES = re.compile(
    r"[ⅠⅡⅢⅣⅤ一二三四五]级|特别重大|重大|较大|一般|红色|橙色|黄色|蓝色|办公时间|工作时间|节假日|非工作|夜间|白天|日间"
    r"|城区|县城|城镇|农村|乡村|山区|首报|初报|续报|终报|书面|电话|口头|详细|完整|紧急|敏感|死亡|失踪|涉险|被困|井下|入井"
    r"|高层|地下|跨|县外|邻县|市级|省级|驻地|第一|第二|首批|增援|专职|志愿|微型|民兵|突击队|直升机|重伤|瓦斯|透水|爆炸"
    r"|管涌|溃口|人员|车辆|物资|设备|方案|名单|数据|结果"
)
MOST_TEXT = 60


@dataclass(frozen=True, kw_only=True)
class Act:
    """What a limit limits: who does what for whom, counted from what, in which case."""

    who: str
    verb: str
    to: str
    starts: str
    cases: frozenset[str]


def conflicting_limits(dossier: Dossier) -> Iterator[Defect]:
    """Acts with two limits in the text, and acts with a longer limit than the plan above allows."""
    own = dict(_acts(dossier.clauses, dossier.limits))
    yield from _within(dossier, own)
    for plan in dossier.upper:
        above = dict(_acts((), plan.limits))
        for act, limits in own.items():
            for other in above.get(act, ())[:1]:
                if act.to and limits[0].minutes > other.minutes:
                    yield _above(limits[0], other, plan.title)


def conflicting_levels(dossier: Dossier) -> Iterator[Defect]:
    """Neighbouring levels whose numbers do not meet."""
    for clash in clashes(intervals(dossier.levels)):
        lower, upper = clash.lower, clash.upper
        yield Defect(
            kind=DefectKind.LIMITS,
            reason=f"levels_{clash.kind}",
            clause=upper.clause,
            quotation=f"{upper.level}：{upper.text}",
            fields={
                "lower": lower.level, "upper": upper.level, "lower_text": lower.text, "upper_text": upper.text,
            },
        )  # fmt: skip


def _within(dossier: Dossier, own: Mapping[Act, Sequence[FoundLimit]]) -> Iterator[Defect]:
    for limits in own.values():
        first = limits[0]
        for other in limits[1:]:
            if other.minutes != first.minutes and other.clause != first.clause:
                yield Defect(
                    kind=DefectKind.LIMITS,
                    reason="limits_differ",
                    clause=other.clause,
                    quotation=other.text[:MOST_TEXT],
                    fields={
                        "minutes": span(other.minutes),
                        "other_minutes": span(first.minutes),
                        "other_place": dossier.cited.get(first.clause, ""),
                        "other_text": first.text[:MOST_TEXT],
                    },
                )
                break


def _above(mine: FoundLimit, other: FoundLimit, title: str) -> Defect:
    told = {"minutes": span(mine.minutes), "other_minutes": span(other.minutes), "plan": title}
    return Defect(
        kind=DefectKind.LIMITS,
        reason="limit_above_upper",
        clause=mine.clause,
        quotation=mine.text[:MOST_TEXT],
        fields=told | {"other_text": other.text[:MOST_TEXT]},
    )


def _acts(clauses: Sequence[Clause], limits: Sequence[FoundLimit]) -> Iterator[tuple[Act, list[FoundLimit]]]:
    """The limits of each act; a limit without a doer or a verb is not compared."""
    titles = _titles(clauses)
    found: dict[Act, list[FoundLimit]] = {}
    for limit in limits:
        verb = _verb(limit)
        if limit.kind is LimitKind.RESPONSE and limit.who and verb and (limit.to or verb != "report"):
            cases = frozenset(CASES.findall(f"{titles.get(limit.clause, '')}{limit.text}"))
            act = Act(who=_plain(limit.who), verb=verb, to=_plain(limit.to), starts=limit.starts, cases=cases)
            found.setdefault(act, []).append(limit)
    yield from found.items()


def _titles(clauses: Sequence[Clause]) -> dict[str, str]:
    """The titles a clause stands under, which may say for which case it holds."""
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


def _verb(limit: FoundLimit) -> str:
    """The act named in the words right behind the span of time."""
    after = re.split(r"[。；;]", limit.text[limit.at :])[0][:30]
    places = [(match.start(), name) for name, words in ACTS if (match := re.search(words, after))]
    return min(places)[1] if places else ""


def _plain(words: str) -> str:
    return re.sub(r"人民政府", "政府", words.strip("，、 "))


def span(minutes: float) -> str:
    """A span of time as plans write it.

    >>> span(30), span(120), span(90)
    ('30分钟', '2小时', '1.5小时')
    """
    return f"{minutes:g}分钟" if minutes < 60 else f"{minutes / 60:g}小时"
