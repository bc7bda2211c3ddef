"""Figures of a text: quantities with their units and bounds, grades, posts – what a merge must never make up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
WIDE = {ord(narrow) + 0xFEE0: narrow for narrow in f"0123456789.,-+%{_CAPITALS}{_CAPITALS.lower()}"}
"""Full-width digits, signs and letters and what they are compared as; the text itself stays as it was typed."""

_WIDE_SIGN = re.compile(f"[{''.join(map(chr, WIDE))}]")


_OTHERWISE = re.compile(f"[{''.join(map(chr, WIDE))} \u3000]")


def _words(listed: str) -> tuple[str, ...]:
    return tuple(listed.split())


TIME_UNITS = _words("""
    个工作日 工作日 个小时 小时 个钟头 钟头 分钟 秒钟 刻钟 个昼夜 昼夜 个星期 星期 个季度 季度 个月 年度 周年
    秒 分 时 天 日 周 旬 月 年 min h s d
""")
MEASURE_UNITS = _words("""
    立方米每秒 立方米/秒 万立方米 亿立方米 立方米 平方千米 平方公里 平方米 公里/小时 千米/小时 公里每小时 米/秒 米每秒
    毫米/小时 毫米 厘米 分米 千米 公里 海里 米 里 公顷 万亩 亩 毫升 升 万吨 吨 公斤 千克 克
    m³/s m3/s m³/min m³/h m³ m3 km² hm² m² m2 km/h m/s mm/h km cm mm m L mL ml kg mg/m³ mg/L ppm t g
    千瓦时 千瓦 兆瓦 千伏安 千伏 伏 安 瓦 兆帕 千帕 帕 kWh kW MW kVA kV V A W MPa kPa hPa Pa
    毫克/立方米 毫克每立方米 微克/立方米 毫克/升 毫克每升 微克/升 微克每升 毫克 微克 μg/m³ μg/L 毫西弗 微西弗 贝克
    摄氏度 ℃ 分贝 dB 度 个百分点 % ％ ‰ 倍 成
""")
COUNT_UNITS = _words("""
    亿元 万元 万余元 元 万人次 万人 万户 万间 人次 人/班 人 名 位 户 间 栋 幢 座 处 孔 床 台套 台次 台班 台 辆次
    辆 艘次 艘 架次 架 支 队 套 件 具 部 门 顶 张 箱 袋 包 瓶 卷 根 块 双 把 组 批次 批 份 次 起 例 级 项 条 款 期 页 所
    家 个 只 头 眼 口 株 盏 桶 车次 车 班次 班 轮 枚 副 面 车道 路 线 种 类 号 章 节 万 亿
""")


def either(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest that fits; words that begin alike are tried once.

    >>> either(["指挥", "指挥长", "县长"])
    '(?:县长|指挥(?:长)?)'
    """
    tree: dict[str, Any] = {}
    for word in words:
        here = tree
        for character in word:
            here = here.setdefault(character, {})
        if word:
            here[""] = {}
    return _branches(tree) if tree else ""


def _branches(tree: dict[str, Any]) -> str:
    is_end = "" in tree
    found = [_run(character, tree[character]) for character in sorted(tree) if character]
    if not found:
        return ""
    return f"(?:{'|'.join(found)})" + ("?" if is_end else "")


def _run(character: str, tree: dict[str, Any]) -> str:
    words = re.escape(character)
    while len(tree) == 1 and "" not in tree:
        ((following, tree),) = tree.items()
        words += re.escape(following)
    return words + _branches(tree)


UNITS = either((*TIME_UNITS, *MEASURE_UNITS, *COUNT_UNITS))
_END = "(?![A-Za-z])"  # 3 men is not 3 metres

ARABIC = r"[0-9０-９]+(?:[.．,，](?=[0-9０-９])[0-9０-９]+)*"
HAN = r"[零〇○一二两三四五六七八九十百千]{1,12}(?:点[零〇一二三四五六七八九]{1,4})?"
GROUPS = (  # telephones, clock times, dates, clause numbers, 50-80毫米
    rf"(?:1[3-9][0-9](?:[ \u00a0][0-9]{{4}}){{2}}|{ARABIC}(?:[-－—–/／:：．.][0-9０-９]+)+(?:\s*(?:{UNITS}){_END})?)"
)
_FRACTION = r"百分之[零〇一二两三四五六七八九十百点0-9.]+|[二三四五六七八九十]+分之[一二三四五六七八九十]+|半数|过半"
_NUMERAL = rf"(?:{ARABIC}|{HAN}|半|[数几](?=[十百千万]))"
QUANTITY = rf"(?:{_NUMERAL}|[数几][十百千]{{1,3}})[万亿]?余?多?\s*(?:{UNITS}){_END}(?:半(?!小时|个|天|日|年|月))?"

_SIGN = r"[≥≤<>＜＞=＝±≧≦]"
NOT_REACHED = r"(?:尚?未|没有)(?:达到?|到|满|足|超过?)|不(?:到|满)"
"""Words before a number that is not reached: 未达到88.20米 is less than that."""
_LEAD = (
    rf"(?:{_SIGN}|{NOT_REACHED}|[+＋](?=[0-9])|不(?:得|应|能|宜)?(?:超过|少于|低于|高于|大于|小于|多于)|不足|不满|未满|超过|低于|高于|大于|小于|多于|少于|达到|达|至少|至多|"
    r"最多|最少|大约|约|近|每隔|每)"
)
_BOUND = r"(?:及?以上|及?以下|以内|之内|以外|左右|上下|不足)"
_NUMBER = rf"(?:{_FRACTION}|{QUANTITY}|{GROUPS}|{ARABIC}[万亿]?)"
_ATOM = rf"{_LEAD}?\s*(?:{_NUMBER})\s*{_BOUND}?"
_VARIABLE = rf"(?:\s*{_SIGN}\s*[A-Za-z\u4e00-\u9fff]{{1,8}}\s*(?={_SIGN}))"  # 9.20≤Z＜9.70米
_TO = (
    r"\s*(?:至|到|~|～|—+|–|-|－|―|或|和|及|且|但|(?<=[上下内足])[、，,](?:且|但|并|而)?"
    rf"|[、，,](?:且|但|并|而)?(?={NOT_REACHED}|不足)|)\s*"
)
_EXPRESSION = rf"{_ATOM}(?:{_VARIABLE}?{_TO}{_ATOM})*"
_VARIABLE_FIRST = rf"[A-Za-z]{{1,3}}\s*{_SIGN}\s*{_NUMBER}"
_PAPER = r"[〔\[［(（](?:19|20)\d\d[〕\]］)）]\s*第?\s*\d+\s*号"

ROMAN = r"(?:[ⅠⅡⅢⅣⅤ]|(?<![A-Za-z])(?:I{1,3}V?|IV|V)(?=\s*级))\s*级?"
_HAN_GRADE = r"[一二三四五]级"
_CLASS = (
    r"特别重大|重大|较大|一般(?=突发|事件|事故|火灾|灾害|险情|灾情|级|[二三四两2-4]个?(?:等级|级别|级))|红色|橙色|黄色|蓝色"
    r"|(?<=[红橙黄蓝]、)[红橙黄蓝](?:色)?|[红橙黄蓝](?=、[红橙黄蓝])"
)
GRADE_ATOM = rf"(?:{ROMAN}|{_HAN_GRADE}|{_CLASS})"
_BOUNDED_GRADE = rf"{GRADE_ATOM}(?:\s*(?:及?以上|及?以下))?"
GRADE = rf"{_BOUNDED_GRADE}(?:\s*(?:、|和|或|至|到|~|～|及|以及|－|-|—)\s*{_BOUNDED_GRADE})*"

ROLES = _words("""
    总指挥长 总指挥 指挥长 指挥员 值班长 县长 市长 省长 区长 镇长 乡长 州长 旗长 局长 厅长
    乡镇长 镇乡长 乡（镇）长 乡(镇)长 镇（乡）长 镇(乡)长
    部长 处长 科长 股长 所长 站长 院长 校长 村长 矿长 厂长 队长 组长 班长 大队长 支队长
    中队长 总队长 秘书长 参谋长 总经理 经理 董事长 总监 总工程师 主任 书记 场长 段长 河长
    林长 安全总监 财务总监 党支部书记 村支部书记 党组书记
    党委书记 党工委书记 车间主任 村委会主任 值班员 调度员 联络员 值班领导 带班领导 主要负责人 主要领导 分管领导 负责人
""")
POST = (
    r"(?:(?:第[一二三]|常务|执行|分管|[省市县区乡镇村]委|政府)*副?"
    rf"{either(ROLES)}(?!部|办公|会议)|副(?=[\u4e00-\u9fff]))"
)
FIRST = (
    "0123456789０１２３４５６７８９零〇○一二两三四五六七八九十百千半数几过"
    "ⅠⅡⅢⅣⅤIV特重较红橙黄蓝"
    "第常执分省市县区乡镇村政副总指州旗局厅部处科股所站院校矿厂队组班大支中秘参经董主书场段河林值调联带负"
    "≥≤<>＜＞=＝±≧≦+＋不未尚没超低高小多少达至最约近每〔[［(（"
)
"""Characters with which a figure may begin; what begins with another is read past quickly."""


class FigureKind(StrEnum):
    """What a merge never makes up."""

    QUANTITY = "quantity"
    GRADE = "grade"
    POST = "post"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A quantity, a grade or a post, with its bounds and both its ends, and where it stands."""

    kind: FigureKind
    text: str
    start: int
    end: int


ATOM = re.compile(_ATOM)
"""One number of an expression with its bound."""
PATTERNS = (
    (FigureKind.GRADE, GRADE),
    (FigureKind.POST, POST),
    (FigureKind.QUANTITY, rf"{_PAPER}|{_VARIABLE_FIRST}|{_EXPRESSION}"),
)
_KINDS = tuple((kind, re.compile(pattern)) for kind, pattern in PATTERNS)


def figure_kind(token: str) -> FigureKind | None:
    """What a token is as a whole, or None when it is no figure.

    >>> [kind.value for kind in map(figure_kind, ("3人以上10人以下", "Ⅲ级及以上", "副指挥长")) if kind]
    ['quantity', 'grade', 'post']
    """
    return next((kind for kind, pattern in _KINDS if pattern.fullmatch(token)), None)


def figures_of(cut: list[str]) -> Iterator[Figure]:
    """The figures among the tokens of a text, in order."""
    place = 0
    for token in cut:
        kind = figure_kind(token)
        if kind:
            yield Figure(kind=kind, text=token, start=place, end=place + len(token))
        place += len(token)


def is_typed_otherwise(text: str) -> bool:
    """Whether a text has digits of another width or blanks, which do not count when it is compared."""
    return bool(_OTHERWISE.search(text))


def compared(token: str) -> str:
    """A token as it is compared: full-width digits and blanks inside quantities do not count.

    >>> compared("３０ 分钟") == compared("30分钟")
    True
    """
    narrow = token.translate(WIDE) if _WIDE_SIGN.search(token) else token
    return narrow.replace(" ", "").replace("　", "") if len(narrow) > 1 else narrow
