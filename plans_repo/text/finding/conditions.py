"""Conditions of a level: the sentences, and what they measure where a number says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from plans_repo.text.figures import NOT_REACHED
from plans_repo.text.finding.authority import without_authority
from plans_repo.text.finding.cases import Case, is_in_case
from plans_repo.text.finding.shares import MEASURE, Share, share_in
from plans_repo.text.reading.numbers import Family, number_of
from sim.procedure import Condition

JUDGED = re.compile(
    r"会商|研判|综合(?:分析|判断|研判)|视情|必要时|认为|其他(?:需要|情况|情形)|需要启动|评估认为|根据.{0,6}判断"
)
LEAD_IN = re.compile(
    r"(?:下列|以下|如下)[^。]{0,14}(?:情况|情形|条件|标准|之一)|之一(?:的|者)?|符合下列|条件[：:]\s*$|标准[：:]\s*$|情形[：:]\s*$"
)
LABELLED = re.compile(r"^(?:[ⅠⅡⅢⅣⅤIV一二三四五]+级)?(?:应急|本级)?(?:响应)?(?:启动|响应|触发)(?:条件|标准|情形)$")
"""What stands before the colon of 启动条件：死亡3人以上."""
POINTS_AHEAD = re.compile(r"(?:下列|以下|如下)(?:情况|情形|条件)之一(?:的|者|时)?$")
"""The end of a lead-in whose colon was left out."""
LED_IN = re.compile(
    r"^[^；;。：:]*?(?:下列|以下|如下)(?:情况|情形|条件)之一(?:的|者|时)?[，,]"
    r"(?:(?:为|启动|进入)[^，,；;。]{0,8}级[^，,；;。]{0,6}响应[，,]?)?(?=.{4})"
)
"""A lead-in that goes on with a comma: 出现下列情况之一者，为Ⅰ级响应，发生特大洪水."""
POINTS_BACK = re.compile(
    r"(?:当|凡)?(?:符合|达到|出现|具备|满足|有)(?:上述|以上|前述|前款)(?:所列)?(?:任一|之一|[一二三四五]种)?(?:条件|情形|情况|标准)"
)
"""符合上述条件之一时，经分析评估…… says what follows from the conditions and is none."""
ALTERNATIVE = re.compile(r"[，,；;]?(?:或者?|及)(?=[^，,；;]{0,24}\d)")
"""Between numbers of which one is enough: 死亡3人以上或者重伤10人以上."""
TOGETHER = re.compile(r"[，,；;]?(?:并且|而且|且|同时)(?=[^，,；;]{0,24}\d)")
"""Between numbers that are all asked for: 降雨200毫米以上且水位达到5.5米."""
_MORE_ASKED = re.compile(r"并且|而且|且|同时")
"""What is asked for besides, without a number: 且预报仍将上涨."""
HAPPENS = re.compile(
    r"发生|出现|达到|超过|预报|预计|预测|水位|降雨|雨量|死亡|受害|受灾|燃烧|以上|失踪|被困|决口|溃坝|险情|警戒|保证|≥|未扑灭|未得到"
)
STARTS = re.compile(
    r"[，,；]?(?:[^，。；]{0,20}?(?:可|应|应当|决定|批准|宣布|报请|立即|自动|由|即|则|为)[^，。；]{0,20}?)?(?:启动|进入|实施)(?:县级|本级)?[^，。；]{0,6}级[^，。；]{0,6}(?:响应|火警)[^。；]*"
)
_AMOUNT = r"(\d{1,3}(?:[,，]\d{3})+|\d+(?:\.\d+)?)\s*(亿|千万|百万|万|千|百)?\s*"
_UNIT = r"(毫米|mm|公顷|亩|平方公里|人|户|间|小时|万元|亿元|元|%|％|米|m(?!m)|级|公里)"
_AT_MOST = rf"(?:{NOT_REACHED}|不足|不(?:超过|大于|高于|多于))"
_BOUND = re.compile(
    rf"(?P<sign>[≥>＞≤<＜]|{_AT_MOST}|不少于|不低于|不小于|超过|达到?|大于|高于|至少|低于|小于|少于)?\s*{_AMOUNT}{_UNIT}\s*"
    r"(?P<word>及?\s*以上|以下|以内)?"
)
_INTERVAL = re.compile(
    rf"(\d+(?:\.\d+)?)\s*(?:{_UNIT[1:-1]})?\s*[≤<＜]\s*\w{{1,4}}\s*[≤<＜]\s*(\d+(?:\.\d+)?)\s*{_UNIT}"
)
_STILL_BURNS = re.compile(r"(?:内|后)?(?:仍|尚|还)?未(?:能)?(?:得到)?(?:有效)?(?:扑灭|控制)")
"""72小时尚未扑灭明火 is from 72 hours on."""
_OTHERS = re.compile(r"其他(?:需要|应当?|可以|必须)?的?(?:情况|情形)?")
"""What stays of 其他需要启动Ⅳ级响应的情况 says nothing."""
_ABOVE_A_MARK = re.compile(r"(?:超过?|超出|高出|高于|低于)(?:警戒|保证|汛限|设计)(?:洪)?水位$")
_MOST_ABOVE_M = 3.0
"""So little beside a mark is how far above it, not the level itself: 超过警戒水位0.5米."""
_FACTORS = {"": 1.0, "百": 1e2, "千": 1e3, "万": 1e4, "百万": 1e6, "千万": 1e7, "亿": 1e8}
_UPPER = re.compile(rf"[≤<＜]|{_AT_MOST}|低于|小于|少于")
_COUNTED = re.compile(r"[个起支座处次所家条户间栋]")
_PEOPLE = (
    ("deaths", "死亡|遇难|失踪|死难"), ("injured", "重伤|受伤|伤亡|中毒"), ("trapped", "被困|受困|遇险"),
    ("evacuated", "转移|安置|疏散|撤离|生活救助"), ("affected", "受灾|受影响|受威胁|饮水困难|滞留"),
)  # fmt: skip
_UNITS = {
    "毫米": "rain_mm", "mm": "rain_mm", "公顷": "burnt_ha", "亩": "burnt_ha", "平方公里": "burnt_ha", "间": "houses",
    "户": "households",
    "小时": "burning_h", "万元": "loss_yuan", "亿元": "loss_yuan", "元": "loss_yuan", "%": "gas_percent",
    "％": "gas_percent",
    "米": "water_level_m", "m": "water_level_m",
}  # fmt: skip
_SCALES = {"亩": 1 / 15, "平方公里": 100.0, "万元": 1e4, "亿元": 1e8}
_NEEDED = {
    "burning_h": "扑灭|控制|燃烧|持续", "gas_percent": "瓦斯|甲烷|浓度", "water_level_m": "水位|站|Z|H|河|潮位",
    "burnt_ha": "面积|森林|草原|林地|过火|受害|公顷|亩",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Bound:
    """What a number in a condition asks of which measure."""

    measure: str
    at_least: float | None = None
    below: float | None = None
    share: Share | None = None


def condition_of(sentence: str, clause: str, *, judged: bool = False) -> Condition:
    """The condition a sentence states; by judgement where it, or what leads into it, says so.

    >>> condition_of("死亡3人以上、10人以下", "c").at_least, condition_of("经会商认为需要启动", "c").judgement
    (3.0, True)
    >>> condition_of("水位达到86.50米、未达到87.20米的", "c").below
    87.2
    >>> condition_of("需要紧急转移或者救助人员500人以上、2,000人以下", "c").below
    2000.0

    A number that starts nothing by itself is none of it:

    >>> condition_of("发生5级以上地震：死亡3人以上", "c").measure
    ''
    >>> condition_of("过火面积10公顷以上且燃烧2小时以上，或者死亡3人以上", "c").measure
    'deaths'
    """
    bound = (None if is_in_case(sentence) else _bound_alone(sentence)) or Bound(measure="")
    return Condition(
        text=sentence,
        measure=bound.measure,
        at_least=bound.at_least,
        below=bound.below,
        judgement=judged or bool(JUDGED.search(sentence)),
        clause=clause,
    )


def alternatives(condition: Condition) -> tuple[Condition, ...]:
    """The condition once for each measure of which a number alone is enough; itself where it has no two of them.

    >>> [(one.measure, one.at_least) for one in alternatives(condition_of("3人以上死亡或者10人以上重伤", "c"))]
    [('deaths', 3.0), ('injured', 10.0)]
    """
    if not condition.measure:
        return (condition,)
    parts = (part for part in ALTERNATIVE.split(condition.text) if not asks_together(part))
    bounds = {bound.measure: bound for part in parts if (bound := bound_in(part))}
    if len(bounds) < 2 or any(bound.share for bound in bounds.values()):
        return (condition,)
    return tuple(
        replace(condition, measure=bound.measure, at_least=bound.at_least, below=bound.below)
        for bound in bounds.values()
    )


def together(condition: Condition) -> tuple[Condition, ...]:
    """The conditions of several numbers at once that a condition asks for, each with the others beside its first.

    None where some of what is asked for is no number of a known measure, or two numbers are of one measure (of two
    stations, say): then a person has to see whether it is met.

    >>> (both,) = together(condition_of("24小时降雨200毫米以上且水位达到5.5米", "c"))
    >>> both.measure, both.at_least, [(other.measure, other.at_least) for other in both.also]
    ('rain_mm', 200.0, [('water_level_m', 5.5)])
    >>> together(condition_of("24小时降雨200毫米以上且水位达到5.5米且预报仍将上涨", "c"))
    ()
    """
    if is_in_case(condition.text):
        return ()
    found = (_together(part, condition) for part in ALTERNATIVE.split(condition.text) if asks_together(part))
    return tuple(each for each in found if each)


def _together(words: str, condition: Condition) -> Condition | None:
    parts = [part.strip(" ，,；;") for part in TOGETHER.split(words)]
    bounds = [None if _MORE_ASKED.search(part) else bound_in(part) for part in parts]
    measures = {bound.measure for bound in bounds if bound and bound.measure and not bound.share}
    if len(measures) < len(parts):
        return None
    first, *others = (
        replace(condition, text=part, measure=bound.measure, at_least=bound.at_least, below=bound.below)
        for part, bound in zip(parts, bounds, strict=True)
        if bound
    )
    return replace(first, text=condition.text, also=tuple(others))


def _bound_alone(sentence: str) -> Bound | None:
    parts = ALTERNATIVE.split(sentence)
    alone = [part for part in parts if not asks_together(part)]
    return bound_in(sentence if len(alone) == len(parts) else "，".join(alone))


def asks_together(words: str) -> bool:
    """Whether one alternative asks for two numbers at once, of which neither starts anything alone.

    >>> asks_together("过火10公顷以上且燃烧2小时以上"), asks_together("同时发生2起以上火灾")
    (True, False)
    >>> asks_together("水位超过87.00米且不足87.60米")
    False
    """
    parts = [part for part in TOGETHER.split(words) if re.search(r"\d", part)]
    return len(parts) > 1 and (_is_interval(bound_in(parts[0])) or not _is_interval(bound_in(words)))


def _is_interval(bound: Bound | None) -> bool:
    return bound is not None and bound.at_least is not None and bound.below is not None


def bound_in(sentence: str) -> Bound | None:
    """The first measured bound of a sentence; a lower and an upper number of one measure belong together.

    A share is taken where the sentence has no other measure.
    """
    interval = _INTERVAL.search(sentence)
    if interval:
        measure = _measure(interval[3], sentence)
        return _checked(measure, float(interval[1]), float(interval[2])) if measure else None
    found = list(_bounds(sentence))
    if not found:
        share = share_in(sentence)
        return Bound(measure=MEASURE, at_least=share.at_least, below=share.below, share=share) if share else None
    first = found[0]
    second = next((each for each in found[1:2] if each.measure == first.measure), Bound(measure=""))
    low = first.at_least if first.at_least is not None else second.at_least
    high = first.below if first.below is not None else second.below
    return _checked(first.measure, low, high)


def _checked(measure: str, low: float | None, high: float | None) -> Bound | None:
    if low is not None and high is not None and high <= low:
        return None
    return Bound(measure=measure, at_least=low, below=high)


def _bounds(sentence: str) -> Iterator[Bound]:
    """The bounds of a sentence; the upper end of an interval (500人以上、2,000人以下) is of the measure before it."""
    end, measure = 0, ""
    for match in _BOUND.finditer(sentence):
        is_upper_end = bool(end) and sentence[end : match.start()] in ("、", "，", ",")
        bound = _bound(match, sentence, measure if is_upper_end else "")
        end, measure = match.end(), bound.measure if bound else ""
        if bound:
            yield bound


def _bound(match: re.Match[str], sentence: str, former: str) -> Bound | None:
    sign, word = match["sign"] or "", match["word"] or ""
    amount, factor, unit = float(re.sub("[,，]", "", match[2])), match[3] or "", match[4]
    if not sign and not word and not (unit == "小时" and _STILL_BURNS.match(sentence, match.end())):
        return None
    around = sentence[max(0, match.start() - 14) : match.end() + 10]
    measure = _measure(unit, around) or (former if unit == "人" else "")
    if not measure:
        return None
    value = amount * _FACTORS[factor] * _SCALES.get(unit, 1.0)
    ahead = sentence[: match.start()].rstrip()
    if measure == "water_level_m" and value <= _MOST_ABOVE_M and _ABOVE_A_MARK.search(ahead):
        return None
    upper = bool(_UPPER.fullmatch(sign)) or word in ("以下", "以内")
    return Bound(measure=measure, below=value) if upper else Bound(measure=measure, at_least=value)


def _measure(unit: str, around: str) -> str:
    if unit == "人":
        return next((name for name, words in _PEOPLE if re.search(words, around)), "")
    measure = _UNITS.get(unit, "")
    return measure if measure and re.search(_NEEDED.get(measure, ""), around) else ""


def listed_conditions(text: str, title: str = "") -> Iterator[tuple[str, bool]]:
    """Sentences of a text that holds nothing but conditions, each with whether judgement leads into it.

    Where a lead-in, or the *title*, says in which case a list counts, the case stands before each of its conditions.
    """
    return _conditions(_listed(text, Case(title)))


def started_conditions(text: str) -> Iterator[tuple[str, bool]]:
    """Conditions within ordinary text: the list after a lead-in, and what stands before 启动……响应."""
    return _conditions(_started(text, Case()))


def _conditions(found: Iterator[tuple[str, bool]]) -> Iterator[tuple[str, bool]]:
    """Without the words that say who decides, and without those that only point back at the conditions."""
    told = ((words, judged) for said, judged in found if (words := LED_IN.sub("", without_authority(said))))
    return ((words, judged) for words, judged in told if not POINTS_BACK.match(words))


def _listed(text: str, case: Case) -> Iterator[tuple[str, bool]]:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    judged = False
    for line in lines:
        bare = _bare(line)
        before, colon, inline = _after_colon(bare)
        case.reach(line, before if colon and LEAD_IN.search(bare) else "")
        if LEAD_IN.search(bare):
            judged = judged or bool(JUDGED.search(bare))
            if colon:
                yield from ((case.of(part), judged) for part in _parts(inline))
                continue
            if not HAPPENS.search(_without_start(before)) or (
                re.search("之一(?:的|者)?", before) and before.endswith("响应")
            ):
                continue
        for part in _parts(bare):
            condition = _without_start(part)
            if condition:
                yield case.of(condition), judged


def _started(text: str, case: Case) -> Iterator[tuple[str, bool]]:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    in_list, judged, goes_on = False, False, False
    for line in lines:
        bare = _bare(line)
        is_item = bare != line or goes_on  # what a semicolon announces is an item, the last one too
        goes_on = False
        before, colon, inline = _after_colon(bare)
        leads_in = colon and (LEAD_IN.search(before) or LABELLED.match(before))
        case.reach(line, before if leads_in else "")
        if leads_in:
            in_list, judged = not inline, bool(JUDGED.search(before))
            yield from ((case.of(part), judged) for part in _parts(inline))
        elif in_list and (is_item or line.endswith(("；", ";"))):
            goes_on = line.endswith(("；", ";", "；或者", "；或"))
            yield from ((case.of(part), judged) for part in _parts(bare))
        else:
            in_list = False
            yield from _before_start(bare)


def _before_start(line: str) -> Iterator[tuple[str, bool]]:
    for sentence in re.findall(r"[^。；！]+", line):
        condition = _without_start(sentence)
        if condition != sentence.strip() and HAPPENS.search(condition) and len(condition) >= 4:
            yield condition, False


def _after_colon(line: str) -> tuple[str, str, str]:
    match = re.match(r"([^：:]*)([：:])(.*)", line)
    if match is None and POINTS_AHEAD.search(line):
        return line, "：", ""
    return (match[1], match[2], match[3].strip()) if match else (line, "", "")


def _without_start(sentence: str) -> str:
    whole = sentence.strip(" ；;。，,")
    rest = STARTS.sub("", whole).strip(" ；;。，,")
    return whole if _OTHERS.fullmatch(rest) else rest


def _bare(line: str) -> str:
    """The line without its list mark."""
    number = number_of(line)
    if number is not None and number.family is Family.SINGLE and not number.separator and _COUNTED.match(number.rest):
        return line  # 1个乡镇 is no item 1
    listed = number is not None and number.family in (Family.ITEM, Family.SINGLE, Family.HAN_BRACKET, Family.HAN)
    return number.rest if number and listed and number.rest else line


def _parts(words: str) -> Iterator[str]:
    for part in re.split(r"[；;。]|(?=[①-⑳])|(?=[（(]\d{1,2}[)）](?!型))", words):
        bare = re.sub(r"^(?:或者?|以及)(?=.{4})", "", _bare(part.strip(" ；;。，,")))
        if bare and len(bare) > 1:
            yield bare
