"""Time limits: who must do what within how long, counted from when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from plans_repo.text.clause import Clause, ClauseKind
from plans_repo.text.finding.parties import is_acted_on, medium_in, receiver_in, who_in
from plans_repo.text.finding.spans import Span, spans
from plans_repo.text.finding.starts import StartKind, last_start, start_kind

FOLLOW_UP_MIN = 3 * 1440.0  # longer calendar limits are for corrections and papers, not for the response
UNREAD = (ClauseKind.FRONT, ClauseKind.HEADER, ClauseKind.FOOTER)
SENTENCE = re.compile(r"[^。！？!?\n]{1,800}[。！？!?]?")  # longer ones are no sentences, and cost time
CUT = re.compile(r"[，,；;。：:、（）()]")


class LimitKind(StrEnum):
    """Response limits can become targets; the others cannot."""

    RESPONSE = "response"
    FOLLOW_UP = "follow_up"  # calendar days for corrections, final reports
    WORKING_DAYS = "working_days"


@dataclass(frozen=True, kw_only=True)
class FoundLimit:
    """One limit: *text* is the sentence, *minutes* 0 for working days; *starts* as written, '' when unsaid."""

    clause: str
    text: str
    minutes: float
    who: str = ""
    to: str = ""
    starts: str = ""
    starts_kind: StartKind = StartKind.UNSAID
    medium: str = ""
    kind: LimitKind = LimitKind.RESPONSE
    working_days: float = 0.0
    at: int = 0  # where the span of time begins in *text*


def time_limits(clauses: Iterable[Clause]) -> tuple[FoundLimit, ...]:
    """The limits of the response and of its follow-up, in order; rhythms, windows, validity and travel are none."""
    return tuple(limit for limit in _all_limits(clauses) if limit.kind is not LimitKind.WORKING_DAYS)


def working_day_limits(clauses: Iterable[Clause]) -> tuple[FoundLimit, ...]:
    """Limits in working days: filing, publication, answers; they belong to the office, not to the response."""
    return tuple(limit for limit in _all_limits(clauses) if limit.kind is LimitKind.WORKING_DAYS)


def _all_limits(clauses: Iterable[Clause]) -> Iterator[FoundLimit]:
    for clause in clauses:
        if clause.kind in UNREAD:
            continue
        yield from limits_in(clause.text, clause=clause.id, topic=clause.plain_title)
        for row in clause.table.rows if clause.table else ():
            yield from limits_in(
                "，".join(cell.text.replace("\n", "，") for cell in row if cell.text), clause=clause.id
            )


def limits_in(text: str, *, clause: str = "", topic: str = "") -> Iterator[FoundLimit]:
    """The limits of a text; *topic* is the title it stands under, which may name who acts.

    >>> [(limit.minutes, limit.starts, limit.medium) for limit in limits_in("接报后半小时内口头、1小时内书面报告。")]
    [(30.0, '接报', '口头'), (60.0, '接报', '书面')]
    """
    for match in SENTENCE.finditer(text):
        yield from _in_sentence(match[0], clause, topic)


@dataclass(kw_only=True)
class _Before:
    """What the limit before it in the same sentence said."""

    end: int = 0
    who: str = ""
    to: str = ""
    starts: str = ""


def _in_sentence(sentence: str, clause: str, topic: str) -> Iterator[FoundLimit]:
    found = _limit_spans(sentence)
    before = _Before()
    for place, span in enumerate(found):
        end = found[place + 1].start if place + 1 < len(found) else len(sentence)
        limit = _limit(sentence.strip(), sentence, span, end, before)
        is_done_for = not limit.who and is_acted_on(sentence[before.end : span.start])
        who = limit.who or ("" if is_done_for else who_in(topic + "，"))
        before = _Before(end=span.end, who=who, to=limit.to, starts=limit.starts)
        lead = len(sentence) - len(sentence.lstrip())
        yield FoundLimit(
            clause=clause,
            text=limit.text,
            minutes=limit.minutes,
            who=who,
            to=limit.to,
            starts=limit.starts,
            starts_kind=start_kind(limit.starts),
            medium=limit.medium,
            kind=_kind(span),
            working_days=span.working_days,
            at=span.start - lead,
        )


def _limit(text: str, sentence: str, span: Span, end: int, before: _Before) -> FoundLimit:
    between = sentence[before.end : span.start]
    if before.end:  # up to the first comma the words still belong to the limit before
        between = re.sub(r"^[^，,；;。]*" if _TOLD_TO.match(between) else r"^[^，,；;、。]*", "", between)
    tail = sentence[span.end : end]
    start, rest = last_start(between)
    local = CUT.split(rest)[-1]
    return FoundLimit(
        clause="",
        text=text,
        minutes=span.minutes,
        who=_who(rest, tail, before.who),
        to=_receiver(sentence[: span.start], between, tail, before.to),
        starts=start or before.starts,
        medium=medium_in(local + "，" + tail),
    )


def _receiver(ahead: str, between: str, tail: str, former: str) -> str:
    """Whom a report goes to: named ahead of the limit set to it (报告省人民政府，不得超过1小时), else behind it.

    What stands behind a semicolon is of the next limit; a written report without receiver goes where the first went.
    """
    own = re.split("[；;]", tail)[0]
    local = CUT.split(ahead)[-1]
    before = receiver_in(re.split("[；;。：:]", between)[-1]) if AT_MOST.search(local) else ""
    found = before or receiver_in(own) or receiver_in(CUT.split(between)[-1])
    return found or (former if _AGAIN.match(own) and not re.search("[；;]", between) else "")


def _who(before: str, tail: str, former: str) -> str:
    """Who has to keep a limit: named before it, right behind it, or with the limit before; nobody for what is done
    for people (受灾群众在12小时内得到救助).
    """
    if is_acted_on(before):
        return ""
    return _who_coming(tail) or who_in(before) or _who_after(tail) or ("" if _OF_ANOTHER.search(before) else former)


_ORDERS = "将|把|由|向|对|派|调|组织|通知|动员|带|率|请|协调|安排|集结|召集|联系|护送|接"
"""What begins with one of these words is what somebody does, not who does it."""


def _who_after(tail: str) -> str:
    """The subject behind a limit that opens its sentence: ……后1小时内，县森防办将…… ."""
    match = re.match(rf"\s*(?:之内|以内|内)[，,](?!{_ORDERS})([^，,；;。]+)", tail)
    return who_in(match[1]) if match else ""


_TOLD_TO = re.compile(
    r"\s*(?:之内|以内|内)?(?:[^，,；;、。]{0,6}(?:报告|上报|报送|通知|通报|报(?=[省市县乡镇区]))|[^，,；;、。]{0,4}向)"
)
"""A report whose receivers follow, joined by 、: 30分钟内报告市委、市政府，2小时内书面报告."""
_OF_ANOTHER = re.compile(r"[；;]\s*[\u4e00-\u9fff]{2,8}?(?:应当?|须|必须)?[在于·]")
"""Behind a semicolon something else is spoken of: ；救灾物资在灾后."""
_AGAIN = re.compile(r"\s*(?:之内|以内|内)?(?:作出|作|提交|补报|补充|形成)(?:书面|文字|详细)[^，。；]{0,4}报告")
"""A second report of the same thing, to the same receiver."""

_COMING = re.compile(
    rf"\s*(?:之内|以内|内)(?!{_ORDERS})"
    r"([\u4e00-\u9fff、]{2,16}?)(?:应当?|须|必须|全部|立即|迅速)*(?:到达|赶到|赶赴|抵达|到位|到岗|到场|出动)"
)


def _who_coming(tail: str) -> str:
    """Who comes within the limit, where that stands behind it: 2小时内抢险队伍到达现场."""
    match = _COMING.match(tail)
    return who_in(match[1] + "，") if match else ""


def _kind(span: Span) -> LimitKind:
    if span.working_days:
        return LimitKind.WORKING_DAYS
    return LimitKind.FOLLOW_UP if span.days and span.minutes > FOLLOW_UP_MIN else LimitKind.RESPONSE


INSIDE = re.compile(r"\s*(?:之内|以内|(?:时间|时限)?内(?!部(?!门|队)|涝|容|河|设(?=机构|科室|处室|部门|股室|有)))")
AT_MOST = re.compile(
    r"(?:不(?:得|能|应|可)?(?:超过|晚于|迟于|多于|大于|超出)|最迟(?:在|于)?|最晚|至迟|至多|最多|限时?|时限(?:为|是|：|:)?|(?:响应|到达|到场|报告|上报|集结|出动|转移|撤离|处置)时间(?:为|是|：|:)?|控制在|[≤<＜])\s*$"
    r"|(?:不得?(?:晚于|迟于)|最迟|最晚|至迟)[^，,；;。]{1,14}(?:后|起)\s*$"
)
AT_ONCE_VERB = re.compile(
    r"\s*(?:到达|到位|到场|到岗|赶到|赶赴|抵达|产出|出具|送达|接通|启用|恢复|集结|出动|出警|出发|完成|报告|上报|报送|报(?=[省市县乡镇区政])|出车|集合|撤离|撤出|投入|展开)"
)
RHYTHM = re.compile(r"(?:每隔?|每间隔|间隔|每次|提前|提早|连续|约|大约|约需|需要?|至少|不少于|不低于|满|达|超过)\s*$")
WINDOW = re.compile(
    r"(?:未来|今后|过去|此前|最近|前|近|连续|持续|累计|预计(?:在|将在)?|预报|预测|已经?|将在|可能在|历时|短时|为期|任意|已?超过|燃烧|滞后)的?\s*$"
)
TRIGGER = re.compile(
    r"降雨|雨量|降水|降雪|雨强|下雨|暴雨|将达|可能|发生(?!地)|死亡|失踪|(?<!级)以上|≥|未(?!来)|仍|尚|没有|无(?!线|人机|条件)|不能|无法|不会|难以|再次(?:发生|出现|来临|降|上涨|升高|超)|登陆"
    r"|影响(?!评估|范围|分析)|波及|复燃|超过\d|超警|(?<!到)达到?\d|持续|新增|不再|出现(?!场)|上涨|蔓延|扩大|增[至加]|有效(?!控制|处置|组织)"
)
PROMISES = re.compile(
    r"\s*(?:之内|以内|(?:时间|时限)?内)?(?:应当?|须|必须|要|能够?|迅速|立即|及时|至少|全部)*"
    r"(?:通[知报]|报[告送]|上报|叫应|设[立置]?|建[立成]|搭建|开[设放]|腾出|调[集派动拨]|出动|派出|组织|转移|疏散|撤[离出]|集结|提供|保障|落实|准备|投入|完成|供[水应]"
    r"|加压|恢复|安置|收治|封[闭控]|将(?!可能|[有达出发])|把|向|对|持续(?:向|提供|监测|报|供|开展))"
)
CONDITION_END = re.compile(r"(?:的|者|时|之一|情[况形])\s*$")
QUALITIES = re.compile(  # what a promise says about its object: 可能受威胁区域, 10张以上床位, 持续供电
    r"可能[^，]{0,12}?(?:的|区域|地区|范围|人员|群众|村|单位)|可能|\d[\d.]*\s*[\u4e00-\u9fffA-Za-z]{1,3}?及?以上|[一二两三四五六七八九十百千]+[\u4e00-\u9fff]{1,2}?及?以上"
    r"|持续(?!降|上涨|暴|下雨|强|燃)"
)
LASTING = re.compile(r"连续|持续|累计|单次|供电(?!公司|所|局|部门|单位|企业)|续航|(?:防护|使用)时间(?=.)|轮换")
VALID = re.compile(r"有效期|有效时间|保质期|保存|保管|留存|留观|储存|存放")
TRAVEL = re.compile(r"车程|路程|航程|步行|行驶|相距|距离|距[^，]{0,10}$")
TRAVEL_AFTER = re.compile(
    r"\s*(?:内|以内|之内)?的?(?:车程|路程|航程|步行|可达|交通圈|救援圈|生活圈|服务圈|圈|范围内|可到达|能够?到达?)"
)
MEDICAL = re.compile(
    r"冲洗|按压|吹气|服用|人工呼吸|浸泡|止血带|漱口|口服|静卧|清水|心肺复苏|黄金|潜伏期|冷敷|热敷|催吐"
)
REPEATED = re.compile(r"\s*(?:内)?(?:一次|1次|零报告|报告一次|一报|一班|轮换)")


def _limit_spans(sentence: str) -> list[Span]:
    """The spans that are limits; one may lend its 内 to the span before it: 城区1小时、乡村2小时内."""
    found: list[Span] = []
    for span in reversed(list(spans(sentence))):
        shares = found and re.fullmatch(r"[、，,和及][^，,。；;、\d]{0,8}", sentence[span.end : found[-1].start])
        lone = shares and not RHYTHM.search(sentence[: span.start])
        if _is_limit(sentence, span) or lone:
            found.append(span)
    return found[::-1]


def _is_limit(sentence: str, span: Span) -> bool:
    before, after = sentence[: span.start], sentence[span.end :]
    local, tail = CUT.split(before)[-1], CUT.split(after)[0]
    if not _is_bounded(local, after) or REPEATED.match(after):
        return False
    if (RHYTHM.search(local) or WINDOW.search(local)) and not AT_MOST.search(local):
        return False
    if (
        LASTING.search(local)
        or TRIGGER.search(_plain(tail, after[len(tail) :]))
        or VALID.search(local + tail)
        or MEDICAL.search(local + tail)
    ):
        return False
    return not (TRAVEL.search(local) or TRAVEL_AFTER.match(after))


def _plain(tail: str, following: str = "") -> str:
    """What follows a span; when it is a promise, without the qualities of its object, which look like conditions.

    A number that ends an item of a list (5000人以上；) or opens an interval (以上、10人以下) is a condition.

    >>> _plain("内通知可能受威胁区域人员撤离"), _plain("内转移5000人以上的")
    ('内通知人员撤离', '内转移5000人以上的')
    """
    is_condition = CONDITION_END.search(tail) or (tail.endswith("以上") and following[:1] in tuple("；;、"))
    is_promise = PROMISES.match(tail) and not is_condition
    return QUALITIES.sub("", tail) if is_promise else tail


def _is_bounded(local: str, after: str) -> bool:
    """Whether the words say "within", "at most", or a bare time before a verb of arrival."""
    if re.match(r"\s*(?:后|之后|以后|左右|以上)", after):
        return False
    return bool(INSIDE.match(after) or AT_MOST.search(local) or AT_ONCE_VERB.match(after))
