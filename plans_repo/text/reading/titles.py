"""What a heading looks like, where its title ends, and what the plan is called."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plans_repo.text.clause import squeezed, visible_count
from plans_repo.text.punctuation import full_width

TITLE_CHARS = 32
TITLE_CHARS_WITH_COMMA = 24
RUN_IN_CHARS = 24
BARE_FULL_STOP_CHARS = 12

CLOSED = "。；;，,、！!？?…"
KNOWN_TITLES = (
    "总则", "编制目的", "编制依据", "适用范围", "工作原则", "基本原则", "指导思想", "事件分级", "分级标准", "预案体系",
    "组织指挥体系", "组织指挥体系及职责", "组织体系", "组织机构", "组织机构及职责", "组织体系与职责", "组织领导",
    "指挥机构", "成员单位职责", "专家组",
    "监测预警", "监测与预警", "预防与预警", "预警和预防机制", "预防和预警机制", "监测", "预警", "预警分级",
    "预警发布", "预警行动", "预警解除", "信息报告", "信息报送",
    "信息报送和处理", "先期处置", "应急响应", "应急处置", "分级响应", "响应分级", "响应启动", "响应措施", "响应终止",
    "响应结束", "应急结束", "处置措施",
    "指挥协调", "现场指挥", "信息发布", "新闻发布", "后期处置", "善后处置", "恢复重建", "调查评估", "总结评估",
    "保障措施", "应急保障", "队伍保障",
    "物资保障", "资金保障", "通信保障", "交通保障", "医疗保障", "技术保障", "监督管理", "宣传培训", "预案管理",
    "预案演练", "宣传教育", "培训", "演练",
    "奖励与责任", "责任追究", "附则", "名词术语", "预案解释", "预案实施时间", "实施时间", "附件",
)  # fmt: skip
_KNOWN = re.compile("(" + "|".join(sorted(KNOWN_TITLES, key=len, reverse=True)) + ")")
_RUN_IN = re.compile(r"([^。：:；;！？\n]+)([。：:])\s*")
_QUANTITY = re.compile(r"\d+\s*(?:分钟|小时|日|天|个|人|米|万|%)|应当|必须|不得|应急?于")
_PLAN_NAME = re.compile(r"(?:预案|方案|手册|规程|规定|办法)(?:[（(【〔][^（()）】〕]{1,12}[)）】〕])*$")
_PLAN_NAME_QUOTED = re.compile(
    r"《([^《》]{2,50}(?:预案|方案|手册)(?:[（(][^（()）]{1,12}[)）])?)》|印发(?:<|〈)?([^《》]{2,50}预案)(?:>|〉)?的通知"
)
TITLE_LINE_CHARS = 50
_LEADS_IN = re.compile(
    r"(?:(?:为|包括|包含|如下|有|是|查明|写明|载明)$)|^实行|向[\u4e00-\u9fff]{2,14}报告$|(?:分为|划分为|由低到高|由高到低)"
)
"""The beginning of a sentence and no title: 报告包括：, 应急响应由低到高分为Ⅳ级、Ⅲ级。"""
_GRADES = re.compile(r"[ⅠⅡⅢⅣⅤ一二三四]级.*[ⅠⅡⅢⅣⅤ一二三四]级")
_GOES_ON = re.compile(r"(?:后|前|时|中|信息|采用|采取|期间)")
"""Behind a well-known title the sentence it belongs to goes on: 预警信息包括, 响应启动后."""


@dataclass(frozen=True, kw_only=True)
class Cut:
    """A line cut into title, the mark that closes it, and the text that follows in the same line."""

    title: str
    end: str = ""
    text: str = ""


def title_cut(rest: str) -> Cut | None:
    """The whole of *rest* as a title: short, no sentence; a closing colon or a lone full stop is cut off.

    >>> title_cut("编制目的"), title_cut("各单位要加强值守，做好防范工作。")
    (Cut(title='编制目的', end='', text=''), None)
    """
    bare = rest.strip()
    count = visible_count(bare)
    if not count or "。" in bare[:-1] or "；" in bare or ("\n" in bare and count > TITLE_CHARS):
        return None
    if bare[-1] in "：:" and count <= TITLE_CHARS:
        return Cut(title=bare[:-1].rstrip(), end=bare[-1]) if count > 1 else None
    if bare[-1] == "。":
        short = count <= BARE_FULL_STOP_CHARS and "，" not in full_width(bare) and not _QUANTITY.search(bare)
        return Cut(title=bare[:-1], end="。") if short and count > 1 else None
    limit = TITLE_CHARS_WITH_COMMA if "，" in bare or "," in bare else TITLE_CHARS
    return None if bare[-1] in CLOSED or count > limit else Cut(title=bare)


def run_in_cut(rest: str, *, colon: bool = True) -> Cut | None:
    """A title closed by 。 or ： with text behind it in the same line.

    >>> run_in_cut("编制目的。为了及时有序应对洪涝灾害。")
    Cut(title='编制目的', end='。', text='为了及时有序应对洪涝灾害。')
    >>> run_in_cut("报告包括：时间、地点、信息来源。") is None
    True
    """
    bare = rest.strip()
    match = _RUN_IN.match(bare)
    if not match or not visible_count(bare[match.end() :]):
        return None
    title, end = match[1].rstrip(), match[2]
    commas = "，" in title or "," in title
    is_sentence = _LEADS_IN.search(title) and (end in "：:" or _GRADES.search(title))
    if (
        is_sentence
        or visible_count(title) > RUN_IN_CHARS
        or _QUANTITY.search(title)
        or (end in "：:" and (commas or not colon))
    ):
        return None
    return Cut(title=title, end=end, text=bare[match.end() :])


def guessed_cut(rest: str) -> Cut | None:
    """A well-known title glued to its text without any mark: 组织领导为切实做好…… ."""
    bare = rest.strip()
    match = _KNOWN.match(bare)
    if not match or match.end() == len(bare) or bare[match.end()] in "的和与及、，。：:":
        return None
    if _GOES_ON.match(bare, match.end()):
        return None
    return Cut(title=match[1], text=bare[match.end() :])


def bracket_cut(rest: str) -> Cut | None:
    """The title of an article in brackets: 【编制目的】为了…… ."""
    match = re.match(r"(【[^【】]{1,20}】|〔[^〔〕]{1,20}〕|（[^（）]{1,14}）)\s*(?=\S)", rest.strip())
    return Cut(title=match[1], text=rest.strip()[match.end() :]) if match else None


def is_known_title(line: str) -> bool:
    """Whether the line is nothing but a title that plans share."""
    return squeezed(line.strip()) in KNOWN_TITLES


def is_plan_name(line: str) -> bool:
    """Whether the line reads like the name of a plan.

    >>> is_plan_name("临河县防汛抗旱应急预案（2026年修订）"), is_plan_name("按照《临河县防汛应急预案》执行。")
    (True, False)
    """
    words = squeezed(line.strip())
    return (
        bool(_PLAN_NAME.search(words))
        and 4 <= len(words) <= TITLE_LINE_CHARS
        and not re.search("[，。；：]", full_width(words))
    )


def quoted_plan_name(line: str) -> str:
    """The plan's name inside 《》 or after 印发; '' when there is none."""
    match = _PLAN_NAME_QUOTED.search(squeezed(line.strip()))
    return (match[1] or match[2]) if match else ""
