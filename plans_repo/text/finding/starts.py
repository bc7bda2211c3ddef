"""From when a limit counts: 接报, 事发, 响应启动, 签发之日."""

from __future__ import annotations

import re
from enum import StrEnum


class StartKind(StrEnum):
    """The clocks that limits count from."""

    EVENT = "event"  # 事发
    RECEIPT = "receipt"  # 接报、接警
    ORDER = "order"  # 接到命令
    DISCOVERY = "discovery"  # 发现
    RESPONSE = "response"  # 响应启动
    WARNING = "warning"  # 预警发布
    THRESHOLD = "threshold"  # 达到Ⅰ级条件
    ARRIVAL = "arrival"  # 到达现场
    END = "end"  # 应急结束
    DATE = "date"  # 签发之日
    OTHER = "other"
    UNSAID = "unsaid"


_ANY = "[^，,。；;：:、]"
_OBJECT = (
    "(?:报告|报警|警情|警报|指令|命令|通知|预警信息|预警信号|预警|险情|信息|调令|调度|电话|请求|火情|"
    "火警|灾情|事故|情况|任务|求援|求救|汛情|叫应|指示|报案|申请|函|材料|反馈|请示|[调指命]?[拨度]?令)"
)
_START = re.compile(
    "|".join(
        (
            rf"(?:(?!自|从|应){_ANY}){{0,12}}之日",
            rf"(?:确认|核实)发生{_ANY}{{0,12}}?(?:事故|险情|火灾|灾情)",
            rf"(?:接到|收到|接获|获悉|得知)(?:{_ANY}|、){{1,30}}?(?:报告|信息|通报|通知)(?=之后|以后|后[，,在应须要])",
            rf"(?:接到|收到|发现|发生){_ANY}{{1,14}}?(?=之后|以后|后|时起)",
            rf"发生(?:{_ANY}|、){{2,16}}?(?=之后|以后|后[，,])",
            rf"出现(?:{_ANY}|、){{2,30}}?(?:险情|灾情|事故|灾害|火情|疫情)(?=之后|以后|后[，,])",
            rf"(?:接到|收到|接获|获悉|得知|获知|知悉|发现|接受|受领)(?:{_ANY}{{0,22}}?{_OBJECT}(?:信息|报告|通知|电话|命令|指令)?)?",
            r"接(?:报|警|令|电|单|处警)",
            r"(?:事故|故障|灾情|灾害|险情|突发事件|事件|火灾|火情|地震|灾难|情况|洪水|决口|透水|爆炸)发生",
            rf"发生{_ANY}{{0,16}}?(?:事故|灾情|灾害|险情|突发事件|事件|火灾|火情)",
            r"事发|案发|灾后|震后|起火|出险",
            rf"(?:启动|宣布|进入){_ANY}{{0,14}}?(?:应急)?响应(?:命令)?|(?:[ⅠⅡⅢⅣI一二三四]+级)?(?:应急)?响应启动|预案启动|启动(?:应急)?预案",
            rf"(?:发布|启动){_ANY}{{0,12}}?预警(?:信息|信号|响应)?|预警(?:信息|信号)?(?:发布|发出)",
            rf"达到{_ANY}{{0,16}}?(?:条件|标准|水位)",
            rf"(?:到达|抵达|赶到){_ANY}{{0,8}}?现场|队伍到达|到达|到场",
            r"会商(?:研判)?(?:结束)?|研判|灾情稳定|(?:明火)?(?:全部)?扑灭|(?:应急|现场|先期)?处置(?:工作)?(?:结束|完毕|完成)|应急(?:响应|状态)?(?:结束|终止|解除)|响应(?:结束|终止)",
            rf"(?:命令|指令|通知|信息|决定)(?:下达|发出|发布)|(?:下达|发出|作出){_ANY}{{0,10}}?(?:命令|指令|通知|决定)",
            r"(?:确认|核实|核定)(?:火情|灾情|险情|警情|情况)?|首报|初报|初次报告|电话报告|口头报告|集结|出动|任务下达|批准|签发|落实|转移",
        )
    )
)
_AFTER = re.compile(r"(?:之日起|起|后|之后|以后|时起|时(?!间|限))")
_ADJACENT = re.compile(r"[的在于，,\s]{0,2}(?:应当?|须|必须|要)?[在于]?\s*$")
_LEAD = re.compile(r"^(?:自|从|在|于|当|应(?!急)当?|须)+")
_BARE = re.compile(r"接|收到|事发|案发|灾后|震后|起火|出险|发现|首报|初报|到场|.*(?:发生|启动|之日|预警|响应|发布)$")

_KINDS: tuple[tuple[StartKind, str], ...] = (
    (StartKind.DATE, "之日"),
    (StartKind.THRESHOLD, "达到"),
    (StartKind.ORDER, "命令|指令|调令|接令|任务|调度|决定|指示"),
    (StartKind.RESPONSE, "响应启动|启动.*响应|宣布|进入|预案"),
    (StartKind.WARNING, "预警"),
    (StartKind.END, "结束|终止|解除|扑灭|稳定|完毕|完成"),
    (StartKind.RECEIPT, "接到|收到|接获|获悉|得知|获知|知悉|接(?:报|警|电|单|处警)|通知"),
    (StartKind.DISCOVERY, "发现|确认|核实"),
    (StartKind.ARRIVAL, "到达|抵达|赶到|到场|集结|出动"),
    (StartKind.EVENT, "发生|出现|事发|案发|灾后|震后|起火|出险"),
)


def start_kind(words: str) -> StartKind:
    """Which clock the words name.

    >>> start_kind("接到报告"), start_kind("事故发生"), start_kind("")
    (<StartKind.RECEIPT: 'receipt'>, <StartKind.EVENT: 'event'>, <StartKind.UNSAID: 'unsaid'>)
    """
    if not words:
        return StartKind.UNSAID
    return next((kind for kind, pattern in _KINDS if re.search(pattern, words)), StartKind.OTHER)


_LOOSE = re.compile(
    r"(?:[^，,。；;：:、]*[在于为])?([^，,。；;：:、在于为]{2,12})(?:之后|以后|后)[，,]?(?:应当?|须|必须)?在?$"
    r"|(?:自|从)([^，,。；;：:、自从]{2,12})(?:时|之时)?起[，,]?(?:应当?|须|必须)?在?$"
)


def _any_start(before: str) -> tuple[str, str, int]:
    """Whatever stands before 后 or between 自 and 起 right in front of the span, the rest, and where it begins."""
    match = _LOOSE.search(before)
    if not match:
        return "", before, 0
    begin = match.start(match.lastindex or 0)
    return match[match.lastindex or 0], before[:begin] + "·" + before[match.end() :], begin


def last_start(before: str) -> tuple[str, str]:
    """The last start named in the words before a span of time, and those words without it.

    >>> last_start("救护队到达后立即采样，样品在取样后")[0], last_start("自开钻起")[0]
    ('取样', '开钻')
    """
    found, rest, begin = _any_start(before)
    for match in _START.finditer(before):
        if match.end() <= begin:
            continue
        tail = _AFTER.match(before, match.end())
        if tail or (_BARE.match(match[0]) and _ADJACENT.match(before, match.end())):
            found = _LEAD.sub("", match[0])
            rest = before[: match.start()] + "·" + before[tail.end() if tail else match.end() :]
    return found, rest
