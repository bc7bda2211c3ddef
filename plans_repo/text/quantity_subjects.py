"""What a figure is about: the measure before a threshold, the thing counted, whose telephone, which grade of what."""

from __future__ import annotations

import re

from plans_repo.packs.reading import pack
from plans_repo.text.figures import MEASURE_UNITS, Figure
from plans_repo.text.finding.parties import who_in

_CUT = re.compile(r"[，,。；;：:、（）()“”\n\t]")
_SEGMENT = re.compile(r"[，,。；;：:“”\n\t]")
_SIZED = r"(?:[万千百十]?[人名元间户]|亿元|公顷|毫米)?(?:以上|以下)?"
_FIGURE_RIGHT_BEFORE = re.compile(rf"[\d一二三四五六七八九十百千万亿]{_SIZED}$")
_ASIDE = re.compile(r"（(?![0-9一二三四五]）型)[^（）]*）|\((?![0-9]\)型)[^()]*\)")
"""An aside: 重伤（包括急性工业中毒）; the size of a reservoir, 小（1）型, is none."""
_SIZE = re.compile(r"[（(]([0-9一二三四五])[)）]")
_FAR = 8
"""So many characters may stand between the measure and its figure."""
_WINDOW = re.compile(
    r"(?:未来|过去|近|前|连续|持续|累计|任意|单站|日)?\s*(?:\d+|[一二三四五六七八九十]+)\s*(?:个?小时|h|天|日)(?:内|以上)?"
)
_VARIABLE = re.compile(r"([A-Za-z\u4e00-\u9fff]{1,8})\s*[≤<＜≥>＞]")
_JOINED = re.compile(r"(?:\s|、|和|及|或者?|严重|部分|一般)*")
_AFTER = re.compile(r"[\u4e00-\u9fffA-Za-z]{1,12}")
_RHYTHM = re.compile(r"^.*每(?:\d+个?)?(?:[日天周旬月季年班]|半年|小时)")
_COUNTED_BEFORE = re.compile(r".*\d[^\d、]*[和及与]$|.*[和及与或]$")
"""Other things counted before: 3处地下空间和128处人员密集场所."""
_SQUADS = re.compile(r"(?:\d+\s*[支个队组户])+$")
_ASKED_FOR = re.compile(r"不少于|不低于|至少|不超过|不多于")
MOST_PROMISED = 24
"""So many characters of what is promised are told whole."""
_FURTHEST = 4
"""So many parts of a sentence ahead of a number its owner may be named: 县防办，值班电话……，传真…… ."""
_NO_OWNER = re.compile(r"(?:小时|昼夜)?")
_SEAT = re.compile(r"([\u4e00-\u9fff]{2,14}?)由$")
_HELD = re.compile(r"^(?:担任|兼任|任)([\u4e00-\u9fff]{2,10})")
_LAST_PARTY = re.compile(r"^.*(?:由|向|经|请示?|报告?|通知|[和及与、])")
_OF_PLACES = re.compile(r"[个处座栋家所](?:以上|以下)?$")
_LONE = frozenset("村县乡镇")


_OPENED = re.compile(r"(?<=[\u4e00-\u9fff])[（(]$")
"""战斗班组（5人）: the number is that of what stands before its bracket."""
_DIMENSION = re.compile(rf"^[和及与]?[\d.,]+\s*(?:{'|'.join(map(re.escape, MEASURE_UNITS))})(?=[\u4e00-\u9fff]{{2}})")
"""65毫米水带 are hoses."""


def _any(name: str) -> str:
    """A pattern for any of the words of a list of the pack, in its order."""
    words: list[str] = pack("ledger", "subjects")[name]
    return "|".join(words)


_HAPPENS = re.compile(_any("happens"))
_LOST = re.compile(f"(?:{_any('lost')})$")
_STOCKED = re.compile(_any("stocked"))
_MEASURE = re.compile("|".join(sorted(_any("measures").split("|"), key=len, reverse=True)))
_WHOLE = re.compile(f"(?:{_any('whole')})+$")
"""What belongs to the measure behind it: 日雨量, 县域面雨量, 警戒水位."""
_REACHES = re.compile(f"(?:{_any('reaches')})+$")
_LEAD = re.compile(f"^(?:{_any('leads')})+")
_VERB = re.compile(f".*(?:{_any('verbs')})")
_BEHIND = re.compile(f"^(?:{_any('behind')})+")
_IN_ALL = re.compile(f"(?:{_any('in_all')})$")
"""What stands between a thing and its number: 抢险队伍共3支180人, 危险区人口共计4326人."""
_NO_NOUN = re.compile(_any("no_noun"))
_AFTER_END = re.compile(f"(?:{_any('ends')}).*$")
_GRADED = re.compile(rf"^\s*(?:及?以[上下])?(?:应急)?({_any('graded')})")
_CALLED = re.compile(rf"(?:{_any('called')})*(?:电\s*话|热线|传\s*真|号码|联系方式|手\s*机)(?:为|是|：)?$")
_NAMED_SO = re.compile(rf"(?:{_any('called')})*(?:电\s*话|热线|传\s*真|手\s*机|联系方式)")
_SERVICES = {item["number"]: item["name"] for item in pack("ledger", "subjects")["service"]}
PUBLIC_NUMBERS = frozenset(_SERVICES)
"""Numbers that are the same everywhere."""


def measured(sentence: str, figure: Figure) -> str:
    """The measure a threshold is put to, as the text says it: 水位, 死亡、失踪, 日雨量; "" where nothing says it.

    It stands before the figure, behind it, or where the figure goes on from an earlier one (50米以上…，100米以上…)
    before that.
    """
    named = _VARIABLE.search(figure.text)
    before = _ASIDE.sub("", sentence[: figure.start])
    local = _SEGMENT.split(before)[-1] or before[-1:]
    behind = _MEASURE.match(_BEHIND.sub("", sentence[figure.end : figure.end + 10]))
    if behind and _is_taken(local):
        return behind[0]
    near = _measure_in(local)
    if near or named:
        return near or (named[1] if named else "")
    own = behind[0] if behind else noun_around(sentence, figure)
    far = list(_MEASURE.finditer(before))
    is_going_on = far and (not own or not _BARE.sub("", local))
    return _with_station(before, far[-1]) if is_going_on and not _follows(sentence, figure) else own


def _is_taken(local: str) -> bool:
    """Whether the measure before a figure is that of a figure before it: 30人以上死亡、100人以上重伤."""
    found = list(_MEASURE.finditer(local))
    if not found:
        return False
    first = len(found) - 1
    while first and _JOINED.fullmatch(local[found[first - 1].end() : found[first].start()]):
        first -= 1
    return bool(_FIGURE_RIGHT_BEFORE.search(local[: found[first].start()]))


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
    behind = _thing_behind(sentence, figure)
    if behind:
        return behind
    before = _SQUADS.sub("", _SIZE.sub(r"⟨\1⟩", _ASIDE.sub("", sentence[: figure.start])))
    before = _OPENED.sub("", before)
    local = _DIMENSION.sub("", _RHYTHM.sub("", _CUT.split(before)[-1]))
    bare = "" if _COUNTED_BEFORE.fullmatch(local) else _REACHES.sub("", _LEAD.sub("", _VERB.sub("", local).strip()))
    if len(bare) >= 2 and not bare[0].isdigit():
        return bare[-14:].replace("⟨", "（").replace("⟩", "）")
    after = _AFTER.match(_BEHIND.sub("", sentence[figure.end :]))
    behind = _AFTER_END.sub("", after[0]) if after and not _NO_NOUN.match(after[0]) else bare
    return behind or _LEAD.sub("", _VERB.sub("", _IN_ALL.sub("", local)).strip())[-14:]


def without_verb(words: str) -> str:
    """The things at the end of a part of a sentence: 帐篷、棉被 of 县物资储备库储备帐篷、棉被."""
    return _LEAD.sub("", _VERB.sub("", words).strip())


def _thing_behind(sentence: str, figure: Figure) -> str:
    """What is counted where its unit only counts it and it stands right behind: 堤后9个村, 19处煤矿."""
    after = _AFTER.match(sentence[figure.end :]) if _OF_PLACES.search(figure.text) else None
    if not after or _NO_NOUN.match(after[0]) or _BEHIND.match(after[0]):
        return ""
    words = _AFTER_END.sub("", after[0])
    return words if len(words) > 1 or words in _LONE else ""


def promised(sentence: str, figure: Figure) -> str:
    """What has to be done within a limit: the words after it up to the next comma."""
    tail = re.sub(r"^\s*(?:之内|以内|时间内|内)[，,]?", "", sentence[figure.end :])
    words = re.split(r"[，,。；;：:（）()\n\t]", tail)[0].strip()
    return (words if len(words) <= MOST_PROMISED else _CUT.split(tail)[0].strip()[:16]) or noun_around(sentence, figure)


def within(sentence: str, figure: Figure) -> str:
    """What a period or a rhythm is about: the measure right behind it, what is done in it, or what stands before.

    >>> from plans_repo.text.figures import FigureKind
    >>> text = "县气象局每3小时报送一次雨情"
    >>> within(text, Figure(kind=FigureKind.QUANTITY, text="每3小时", start=4, end=8))
    '报送一次雨情'
    """
    behind = _MEASURE.match(sentence[figure.end :])
    if behind:
        return behind[0]
    words = promised(sentence, figure) if figure.text.startswith("每") else noun_around(sentence, figure)
    return words or promised(sentence, figure)


def owner_of_phone(sentence: str, figure: Figure, number: str = "") -> str:
    """Whose telephone it is; a public number right behind no body belongs to its service.

    >>> from plans_repo.text.figures import FigureKind
    >>> figure = Figure(kind=FigureKind.QUANTITY, text="119", start=12, end=15)
    >>> owner_of_phone("任何人发现火情立即拨打119", figure, "119")
    '消防报警'
    """
    before = sentence[: figure.start]
    if number in _SERVICES:
        local = _CUT.split(before)[-1]
        body = body_before(local)
        return body if body and len(body) > 2 else _SERVICES[number]
    parts = [part.strip() for part in re.split(r"[，,。；;：:、\n\t（）()]|\d[\d\-—/]*", before) if part.strip()]
    named = [words for part in parts[-_FURTHEST:] if not _NO_OWNER.fullmatch(words := _CALLED.sub("", part))]
    words = re.sub(r"(?<=.{2})(?:设在|设于|挂靠在?).*$", "", named[-1]) if named else ""
    return re.sub(r"^(?:请?拨打|并|向|由)", "", words)[-24:]


def body_before(local: str) -> str:
    """The body or group of people named right before what follows: 县水利局 of 由县水利局局长; "" where none is."""
    part = _LAST_PARTY.sub("", local)
    found = who_in(part)
    return found if found and part.endswith(found) else ""


def office_of(sentence: str, figure: Figure) -> str:
    """The body whose post it is: 县水利局 of 县水利局局长."""
    return body_before(_CUT.split(sentence[: figure.start])[-1])


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
    told = sentence[: figure.start].removesuffix(office_of(sentence, figure))
    before, after = _SEAT.search(told), _HELD.match(sentence[figure.end :])
    if before:
        return re.sub(r"^(?:其中|县|设)", "", _CUT.split(before[1])[-1])
    return after[1] if after else ""
