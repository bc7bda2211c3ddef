"""Which part of a text tells of which level: lines, sentences and lists within a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plans_repo.text.finding.authority import says_only_who
from plans_repo.text.finding.conditions import HAPPENS
from plans_repo.text.finding.level_words import IS_ALARM, NUMERAL, labels_in
from plans_repo.text.reading.numbers import number_of

LINE = re.compile(
    r"^[\s　]*(?:[（(]?[\d一二三四五六七八九十]+[)）、.．]|[①-⑳])?\s*(?=(?:启动)?[ⅠⅡⅢⅣⅤI一二三四五V]+\s*级)"
)
WITHIN_LINE = re.compile(
    r"(?<=[。；;])\s*(?=(?:启动)?[ⅠⅡⅢⅣⅤIV一二三四五]+\s*级\s*(?:[（(][^（()）]{1,12}[)）])?"
    r"(?:应急)?(?:响应|火警)?(?:启动)?(?:条件|标准|情形)?\s*[：:])"
)
"""Where another level begins within a line: Ⅰ级响应：死亡30人以上。Ⅱ级响应：死亡10人以上。"""
GOES_ON = re.compile(r"[。；;]\s*(?![（(]\d{1,2}[)）]|[①-⑳])")
"""Where a sentence ends and no item of its list follows: …之一时，启动Ⅲ级响应：（1）……；（2）……。"""
BESIDE = re.compile(
    r"(?P<told>(?:启动|进入)[^，。；]{0,8}级[^，。；]{0,6}(?:响应|火警))[，,]\s*(?=[^。；]*(?:启动|进入)[^，。；]{0,8}级)"
)
"""Where a sentence goes on to the next level: 较大险情启动Ⅲ级响应，重大险情启动Ⅱ级响应."""
_GRADE = rf"(?:为|属于)\s*{NUMERAL}\s*级\s*(?:[（(][^（()）]{{1,10}}[)）])?\s*(?:应急)?(?:响应|火警)?"
GRADED = re.compile(
    rf"\s*(?P<what>[^。；：:]{{2,80}}?(?:的|时|者))[，,]?\s*(?:应当?|可以?)?(?:确定|界定|划|列|定)?{_GRADE}\s*$"
)
"""A sentence that grades without starting anything: 需要外部救援的为一级."""
GRADED_BESIDE = re.compile(
    rf"(?P<told>的[，,]?(?:确定|界定|划|列|定)?{_GRADE})[，,]\s*(?=[^。；]*的[，,]?(?:确定|界定|划|列|定)?{_GRADE})"
)
"""Where such a sentence goes on to the next level: 需要外部救援的为一级，车间能够控制的为二级."""
EVENT_GRADE = re.compile(
    rf"(?<![A-Za-z]){NUMERAL}\s*级\s*(?:[（(][^（()）]{{1,10}}[)）])?\s*(?:及以上|以上)?(?:火警|火灾|突发事件|事件|事故|灾害|灾情|险情)(?!\s*(?:应急)?响应)"
)
RESPONSE_GRADE = re.compile(rf"(?<![A-Za-z]){NUMERAL}\s*级\s*(?:应急)?响应")


def blocks(text: str, scale: str, *, in_context: bool, grades: bool = False) -> Iterator[tuple[list[str], str]]:
    """Runs of lines that begin with a level, and single sentences that start one, or only grade where *grades*."""
    labels: list[str] = []
    block: list[str] = []
    for line in lines(text):
        if _is_of_several(line, scale):  # who decides on which level is said ahead of the levels, or behind them
            if labels:
                yield labels, "\n".join(block)
            labels, block = [], []
            continue
        found = _own_labels(line[:24], scale) if LINE.match(line) else []
        if found and (scale in line[:30] or in_context):
            if labels:
                yield labels, "\n".join(block)
            labels, block = found[:1], [_after_label(line)]
        elif labels:
            block.append(line)
        else:
            yield from _sentences(line, scale, grades=grades)
    if labels:
        yield labels, "\n".join(block)


def _is_of_several(line: str, scale: str) -> bool:
    """Whether a line says of several levels who decides, and nothing else."""
    return len(_own_labels(line, scale)) > 1 and all(map(says_only_who, filter(None, re.split("[。；;]", line))))


def lines(text: str) -> Iterator[str]:
    """The lines of a text; one that tells of several levels is as many.

    >>> list(lines("Ⅰ级响应：死亡30人以上。Ⅱ级响应：死亡10人以上。"))
    ['Ⅰ级响应：死亡30人以上。', 'Ⅱ级响应：死亡10人以上。']
    """
    for line in text.split("\n"):
        yield from WITHIN_LINE.split(line)


def _sentences(line: str, scale: str, *, grades: bool) -> Iterator[tuple[list[str], str]]:
    """Each sentence that starts one level; a list of what does belongs to the sentence that leads into it."""
    apart = GRADED_BESIDE.sub(r"\g<told>；", BESIDE.sub(r"\g<told>；", line))
    for whole in filter(None, GOES_ON.split(apart)):
        is_one = len(_own_labels(whole, scale)) == 1
        for sentence in (whole,) if is_one else re.findall(r"[^。；]+", whole):
            found = _own_labels(sentence, scale)
            if len(found) != 1:
                continue
            graded = GRADED.match(sentence) if grades else None
            if graded:
                yield found, graded["what"]
            elif scale in sentence and re.search("启动|进入", sentence) and HAPPENS.search(sentence):
                yield found, sentence


def _own_labels(text: str, scale: str) -> list[str]:
    return labels_in(of_scale_only(without_warnings(text), scale))


def _after_label(line: str) -> str:
    """What follows the label at the start of a line; the whole line when it is a sentence about the level."""
    match = re.match(
        r"[^：:。，]{0,30}?级\s*(?:[（(][^（()）]{1,12}[)）])?\s*(?:应急)?(?:响应|火警)?(?:启动)?(?:条件|标准|情形)?\s*[：:。]\s*",
        line.strip(),
    )
    rest = line.strip()[match.end() :] if match else line.strip()
    number = number_of(rest)
    return rest if number is None or rest else line


def without_warnings(text: str) -> str:
    """The text without level labels that belong to warnings: Ⅰ级（红色）预警, 预警级别Ⅰ级."""
    numeral = r"[ⅠⅡⅢⅣⅤIV一二三四五]+\s*级"
    text = re.sub(rf"{numeral}\s*(?:[（(][^（()）]{{1,8}}[)）])?\s*(?:及以上)?预警(?:响应)?", "预警", text)
    return re.sub(
        rf"预警(?:级别|等级|信号)?[^，。；响]{{0,16}}?{numeral}(?:[（(][红橙黄蓝]色[)）])?(?!\s*(?:应急)?响应)",
        "预警",
        text,
    )


def of_scale_only(text: str, scale: str) -> str:
    """The text without grades of the other scale: 四级火警 beside Ⅱ级响应 is what happens, no response."""
    if scale == "响应":
        return EVENT_GRADE.sub("事件", text)
    return RESPONSE_GRADE.sub("响应", text) if IS_ALARM.search(text) else text
