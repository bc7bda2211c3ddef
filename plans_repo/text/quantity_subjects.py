"""What a figure is about: the measure before a threshold, the thing counted, whose telephone, which grade of what."""

from __future__ import annotations

import re

from plans_repo.text.figures import Figure

_CUT = re.compile(r"[，,。；;：:、（）()“”\n\t]")
_HAPPENS = re.compile(
    r"死亡|失踪|遇难|重伤|受伤|中毒|被困|受困|伤亡|受灾|受威胁|水位|雨量|降雨|降水|雨强|流量|潮位|风力|震级|浓度|瓦斯|面积|过火|损失|倒塌|损坏|"
    r"需(?:紧急)?(?:转移|安置)|紧急转移|转移安置|疏散|停电|断电|停水|中断|达到|超过|超警|超保|预计|预报|蓄水|库容|决口|明火|燃烧|气温|能见度|积雪|溶解氧|含量|余氯|浊度|辐射"
)
_LOST = re.compile(r"(?:死亡|失踪|遇难|重伤|受伤|中毒|被困|伤亡)$")
_STOCKED = re.compile(
    r"储备|配备|配置|配齐|保有|现有|拥有|常备|备有|备足|集结|出动|派出|调集|组建|组织|设置|安排|容纳|不少于|保障|提供|落实|值班"
)
_MEASURES = """
    死亡 失踪 重伤 受伤 中毒 被困 受困 受灾 受威胁 水位 雨量 降雨量 降雨 降水量 流量 潮位 风力 震级 瓦斯浓度
    浓度 受害面积 受害森林面积 过火面积 燃烧面积 减供负荷 停电用户
    面积 直接经济损失 经济损失 倒塌房屋 倒塌 损坏 紧急转移安置 转移安置 转移 疏散 停电 停水 中断
    库容 气温 能见度 积雪 燃烧 蓄水
"""
_MEASURE = re.compile("|".join(sorted(_MEASURES.split(), key=len, reverse=True)))
_SEGMENT = re.compile(r"[，,。；;：:“”\n\t]")
_JOINED = re.compile(r"(?:\s|、|和|及|或者?|严重|部分|一般)*")
_WHOLE = re.compile(r"(?:严重|县域|流域|区域|全县|全市|单站|累计|平均|最大|过程|日|面|设防|警戒|保证|历史|最高)+$")
"""What belongs to the measure behind it: 日雨量, 县域面雨量, 警戒水位."""
_REACHES = re.compile(
    r"(?:多在|或者?|将|可能|已|预计|均|约|总|共|累计|需|为|在|达到?|超过?|低于|高于|大于|小于|不足|的|者|上升|上涨|人数|到)+$"
)
_ASIDE = re.compile(r"（(?![0-9一二三四五]）型)[^（）]*）|\((?![0-9]\)型)[^()]*\)")
"""An aside: 重伤（包括急性工业中毒）; the size of a reservoir, 小（1）型, is none."""
_SIZE = re.compile(r"[（(]([0-9一二三四五])[)）]")
_FAR = 8
"""So many characters may stand between the measure and its figure."""
_WINDOW = re.compile(
    r"(?:未来|过去|近|前|连续|持续|累计|任意|单站|日)?\s*(?:\d+|[一二三四五六七八九十]+)\s*(?:个?小时|h|天|日)(?:内|以上)?"
)
_VARIABLE = re.compile(r"([A-Za-z\u4e00-\u9fff]{1,8})\s*[≤<＜≥>＞]")
_LEAD = re.compile(
    r"^(?:其中|分别|各|共计?|共有|合计|总计|约|有|为|是|达|按|每[^，]{0,3}?|应当|应(?!急)|须|必须|可|由|对|将|在|至少|不少于|不超过|最多|并|和|及|与|或|的|等)+"
)
_VERB = re.compile(
    r".*(?:储备|配备|配置|配齐|保有|现有|拥有|常备|备有|备足|集结|出动|派出|调集|调用|组建|组织|设置|设立|设(?![防备施])|安排|容纳|携带|带|提供|落实|购置|编配|编制|增派|增调|"
    r"动用|征用|启用|投入|抽调|下辖|辖|跨|涉及|发生|(?<![设装准])备|有|为|共计?|合计|约|各)"
)
_BEHIND = re.compile(r"^(?:以上|以下|左右|的|及其?|以内)+")
_AFTER = re.compile(r"[\u4e00-\u9fffA-Za-z]{1,12}")
_RHYTHM = re.compile(r"^.*每(?:[日天周月季年班]|半年|小时)")
_COUNTED_BEFORE = re.compile(r".*\d[^\d、]*[和及与]$|.*[和及与或]$")
"""Other things counted before: 3处地下空间和128处人员密集场所."""
_SQUADS = re.compile(r"\d+\s*[支个队组]$")
_IN_ALL = re.compile(r"(?:共计?|合计|总计|共有)$")
"""What stands between a thing and its number: 抢险队伍共3支180人, 危险区人口共计4326人."""
_NO_NOUN = re.compile(r"为|启动|发布|由|服从|时|报|且|并|则")
_AFTER_END = re.compile(
    r"(?:的|配备|同时|发生|建立|组成|待命|到达|赶赴|参加|负责|进行|实施|开展|前往|备用|值班|投入|集结|用于|作为|以备|和|及|与|、|，|在|于|由|应|到|向|对).*$"
)
_ASKED_FOR = re.compile(r"不少于|不低于|至少|不超过|不多于")
_CALLED = re.compile(
    r"(?:24小时|值守|值班|联系|咨询|报警|举报|应急|办公|昼夜|手机|固定)*"
    r"(?:电\s*话|热线|传\s*真|号码|联系方式|手\s*机)(?:为|是|：)?$"
)
_FURTHEST = 4
"""So many parts of a sentence ahead of a number its owner may be named: 县防办，值班电话……，传真…… ."""
_NAMED_SO = re.compile(
    r"(?:24小时|值守|值班|联系|咨询|报警|举报|应急|办公|昼夜|固定|移动|手机)*(?:电\s*话|热线|传\s*真|手\s*机|联系方式)"
)
_GRADED = re.compile(
    r"^\s*(?:及?以[上下])?(?:应急)?(响应|预警|突发[^，。]{0,4}事件|事件|事故|火灾|火警|灾害|险情|灾情|风险|信号)"
)
_SEAT = re.compile(r"([\u4e00-\u9fff]{2,14}?)由$")
_HELD = re.compile(r"^(?:担任|兼任|任)([\u4e00-\u9fff]{2,10})")


def measured(sentence: str, figure: Figure) -> str:
    """The measure a threshold is put to, as the text says it: 水位, 死亡、失踪, 日雨量; "" where nothing says it.

    It stands before the figure, behind it, or where the figure goes on from an earlier one (50米以上…，100米以上…)
    before that.
    """
    named = _VARIABLE.search(figure.text)
    before = _ASIDE.sub("", sentence[: figure.start])
    local = _SEGMENT.split(before)[-1] or before[-1:]
    near = _measure_in(local)
    if near or named:
        return near or (named[1] if named else "")
    behind = _MEASURE.match(_BEHIND.sub("", sentence[figure.end : figure.end + 10]))
    own = behind[0] if behind else noun_around(sentence, figure)
    far = list(_MEASURE.finditer(before))
    is_going_on = far and (not own or not _BARE.sub("", local))
    return _with_station(before, far[-1]) if is_going_on and not _follows(sentence, figure) else own


def is_measure(words: str) -> bool:
    """Whether words name something an event is measured by."""
    return bool(_MEASURE.search(words))


def _measure_in(local: str) -> str:
    """The measures right before a figure, from the first of those joined to what is measured: 倒塌和严重损坏房屋."""
    found = list(_MEASURE.finditer(local))
    if not found:
        return ""
    first = len(found) - 1
    while first and _JOINED.fullmatch(local[found[first - 1].end() : found[first].start()]):
        first -= 1
    start = found[first].start()
    whole = _WHOLE.search(local[:start])
    start = whole.start() if whole else start
    tail = _REACHES.sub("", _WINDOW.sub("", local[found[-1].end() :]))
    words = f"{local[start : found[-1].end()]}{tail if len(tail) <= _FAR and not _CUT.search(tail) else ''}"
    return f"{_station(local[:start])}{words}"


def _follows(sentence: str, figure: Figure) -> bool:
    """Whether what is counted stands right behind the figure: 两个以上县（区）."""
    return bool(_THINGS.search(figure.text))


_THINGS = re.compile(r"[个起处家次座](?:以上|以下)?$")
_BARE = re.compile(r"为|达到?|超过?|或者?|将|、|以上|以下|[\d.,]+\S{0,3}|\s")
"""What may stand before a figure that goes on from an earlier one."""


def _with_station(before: str, match: re.Match[str]) -> str:
    """A water level belongs to a station: 清川站水位."""
    return f"{_station(before[: match.start()])}{match[0]}"


def _station(before: str) -> str:
    station = re.search(r"[\u4e00-\u9fff]{1,6}站$", before)
    return re.sub(r"^.*?(?:为|当|如|或者?|且|和|及|达|到)", "", station[0]) if station else ""


def is_condition(sentence: str, figure: Figure, *, is_bounded: bool) -> bool:
    """Whether a number is what an event must reach, not what somebody has to have."""
    before = re.sub(r"[（(][^（()）]*[)）]", "", sentence[: figure.start])
    local = _CUT.split(before)[-1]
    if re.search(r"[≤<＜≥>＞]", figure.text) or (_LOST.search(local) and re.search(r"[至到~～\-—]", figure.text)):
        return True
    if not is_bounded and not re.search(r"达到?|超过?|超|≥", local[-6:] + figure.text[:2]):
        return False
    near = sentence[max(0, figure.start - 24) : figure.end + 8]
    if _STOCKED.search(local) and not re.search(r"达到|水位|雨|死亡|受伤|被困|损失|浓度", local):
        return False
    return bool(_HAPPENS.search(near)) or "以上" in figure.text or "以下" in figure.text


def window_before(sentence: str, figure: Figure) -> str:
    """The period a threshold looks at: 6小时 of 未来6小时降雨量达到50毫米."""
    part = re.split(r"[，；。]|或者?", sentence[: figure.start])[-1][-24:]
    found = list(_WINDOW.finditer(part))
    return found[-1][0].strip() if found else ""


def noun_around(sentence: str, figure: Figure) -> str:
    """What is counted: before the number (冲锋舟12艘) or after it (12艘冲锋舟).

    >>> from plans_repo.text.figures import FigureKind
    >>> noun_around("储备冲锋舟12艘", Figure(kind=FigureKind.QUANTITY, text="12艘", start=5, end=8))
    '冲锋舟'
    >>> noun_around("调集12艘冲锋舟赶赴现场", Figure(kind=FigureKind.QUANTITY, text="12艘", start=2, end=5))
    '冲锋舟'
    """
    before = _SQUADS.sub("", _SIZE.sub(r"⟨\1⟩", _ASIDE.sub("", sentence[: figure.start])))
    local = _RHYTHM.sub("", _CUT.split(before)[-1])
    bare = "" if _COUNTED_BEFORE.fullmatch(local) else _REACHES.sub("", _LEAD.sub("", _VERB.sub("", local).strip()))
    if len(bare) >= 2 and not bare[0].isdigit():
        return bare[-14:].replace("⟨", "（").replace("⟩", "）")
    after = _AFTER.match(_BEHIND.sub("", sentence[figure.end :]))
    behind = _AFTER_END.sub("", after[0]) if after and not _NO_NOUN.match(after[0]) else bare
    return behind or _LEAD.sub("", _VERB.sub("", _IN_ALL.sub("", local)).strip())[-14:]


def promised(sentence: str, figure: Figure) -> str:
    """What has to be done within a limit: the words after it up to the next comma."""
    tail = re.sub(r"^\s*(?:之内|以内|时间内|内)[，,]?", "", sentence[figure.end :])
    return _CUT.split(tail)[0].strip()[:16] or noun_around(sentence, figure)


def owner_of_phone(sentence: str, figure: Figure) -> str:
    """Whose telephone it is."""
    before = sentence[: figure.start]
    parts = [part.strip() for part in re.split(r"[，,。；;：:、\n\t（）()]|\d[\d\-—/]*", before) if part.strip()]
    named = [words for part in parts[-_FURTHEST:] if (words := _CALLED.sub("", part))]
    words = re.sub(r"(?<=.{2})(?:设在|设于|挂靠在?).*$", "", named[-1]) if named else "".join(parts[-1:])
    return re.sub(r"^(?:请?拨打|并|向|由)", "", words)[-24:]


def called(sentence: str, figure: Figure) -> str:
    """What kind of telephone a number is called: 值班电话, 传真; "" where it is just a number."""
    found = list(_NAMED_SO.finditer(sentence[: figure.start]))
    return re.sub(r"\s", "", found[-1][0]) if found else ""


def graded(sentence: str, figure: Figure) -> str:
    """What a grade is of: 响应, 预警, 事件."""
    after = _GRADED.match(sentence[figure.end :])
    if after:
        return after[1]
    return "响应" if "响应" in sentence else "预警" if "预警" in sentence else ""


def seat(sentence: str, figure: Figure) -> str:
    """The seat a post fills: 指挥长 of 指挥长由县长担任."""
    before, after = _SEAT.search(sentence[: figure.start]), _HELD.match(sentence[figure.end :])
    if before:
        return re.sub(r"^(?:其中|县|设)", "", _CUT.split(before[1])[-1])
    return after[1] if after else ""
