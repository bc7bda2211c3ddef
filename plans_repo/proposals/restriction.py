"""For which response levels and in which circumstances a limit is promised."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from plans_repo.proposals.passage import Surroundings
from plans_repo.text.clause import Clause
from plans_repo.text.finding.limits import FoundLimit
from sim.circumstance import ALTERNATIVES, Aspect, Circumstance
from sim.procedure import Level

_LABEL = r"(?:[ⅠⅡⅢⅣⅤ]|I{1,3}|IV|[一二三四五])级"
_NAMED = rf"{_LABEL}(?:[、和或及与]{_LABEL})*(?:（[^）]{{1,6}}）)?(?:应急)?(?:响应|火警)(?!及?以上)"
_ANYWHERE = re.compile(rf"(?<!达到){_NAMED}")
_AND_ABOVE = re.compile(
    rf"(?<!达到)({_LABEL})(?:[及或]?以上的?(?:应急)?(?:响应|火警)|(?:应急)?(?:响应|火警)[及或]?以上)"
)
_CAPTION = re.compile(
    rf"^[\s\d.．、（）()一二三四五六七八九十]{{0,8}}?(?:启动|进入)?{_NAMED}(?:行动|措施|启动)?(?:时|后|的)?(?:[。：:，,\s]|$)"
)
"""How a line begins that speaks of one level: 4.Ⅰ级响应行动。"""
_SINCE = re.compile(r"后[，,]$")
_LABELS = re.compile(_LABEL)
_ALARM = "火警"
"""Grades of alarm are another scale than levels of response: 三级火警 is graver than 二级火警."""
_BUILT_ON = re.compile(rf"在[^。；]{{0,4}}({_LABEL})[^。；]{{0,12}}基础上")
_NUMERALS = {"Ⅰ": 1, "Ⅱ": 2, "Ⅲ": 3, "Ⅳ": 4, "Ⅴ": 5, "I": 1, "II": 2, "III": 3, "IV": 4,
             "一": 1, "二": 2, "三": 3, "四": 4, "五": 5}  # fmt: skip

_OFF_HOURS = re.compile(r"(?:非|其他|其余)(?:办公|工作|上班)?时间|节假日|休息时间")
_OFFICE_HOURS = re.compile(r"(?<![非他余])(?:办公|工作|上班)时间(?!外)")
_NIGHT = re.compile(r"夜间|夜晚|晚间")
_DAY = re.compile(r"白天|昼间|日间")
_URBAN = re.compile(r"(?<!非)(?:城区|县城|建成区)(?!以外|外)")
_RURAL = re.compile(
    r"(?:其他|其余)?(?:乡镇|农村|乡村)(?:建成区|范围|地区)|农村|乡村|其他乡镇|(?:城区|县城)(?:以外|外)|非城区"
)
_GRADE_WORDS = {
    "一般": Circumstance.GRADE_ORDINARY,
    "较大": Circumstance.GRADE_CONSIDERABLE,
    "重大": Circumstance.GRADE_MAJOR,
    "特别重大": Circumstance.GRADE_EXCEPTIONAL,
}
_EVENT = r"(?:级别?)?(?:的?(?:险情|灾情|灾害|火灾|事故|突发事件|事件|洪涝|森林)|的(?=[，,]))"
_GRADES = re.compile(
    rf"((?:特别重大|重大|较大|一般)(?:[、和及或与](?:特别重大|重大|较大|一般))*)(?:([及或]?以上)|{_EVENT})"
)
_GRADE = re.compile("特别重大|重大|较大|一般")


@dataclass(frozen=True, kw_only=True, slots=True)
class Restriction:
    """Labels of levels, and circumstances, empty for all; *inherited* are levels that build on those named."""

    levels: frozenset[str] = frozenset()
    inherited: frozenset[str] = frozenset()
    circumstances: frozenset[Circumstance] = frozenset()

    @property
    def is_narrow(self) -> bool:
        """Whether it restricts at all."""
        return bool(self.levels or self.circumstances)


@dataclass(frozen=True, kw_only=True, slots=True)
class Scale:
    """The levels of a procedure as its text names them, and which build on which."""

    levels: tuple[Level, ...]
    built_on: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, levels: Sequence[Level], surroundings: Surroundings) -> Scale:
        """The scale of a text; *built_on* leads from a label to all labels that repeat its measures."""
        bare = cls(levels=tuple(levels), built_on={})
        direct: dict[str, set[str]] = {level.label: set() for level in levels}
        for clause in surroundings.clauses.values():
            for above, below in bare.built(clause, surroundings.titles(clause.id)):
                direct[below].add(above)
        return cls(levels=tuple(levels), built_on={label: _closure(label, direct) for label in direct})

    def built(self, clause: Clause, titles: str) -> Iterator[tuple[str, str]]:
        """(level, level it builds on) as a clause says it: 在Ⅲ级响应行动基础上."""
        line_of = {match[1]: _line(clause.text, match.start()) for match in _BUILT_ON.finditer(clause.text)}
        for numeral, line in line_of.items():
            caption = _CAPTION.match(line)
            own = self.known(_labels(caption[0] if caption else titles))
            below = self.known({numeral})
            if own and below:
                yield from ((label, each) for label in own for each in below if label != each)

    def known(self, labels: Iterable[str]) -> frozenset[str]:
        """The procedure's labels for some labels of a text; those it does not know are left out."""
        by_numeral = {_numeral(level.label): level.label for level in self.levels}
        return frozenset(by_numeral[number] for label in labels if (number := _numeral(label)) in by_numeral)

    def from_up(self, label: str) -> frozenset[str]:
        """The labels of a level and of all graver ones."""
        least = [level.rank for level in self.levels if _numeral(level.label) == _numeral(label)]
        return frozenset(level.label for level in self.levels if least and level.rank >= least[0])

    @property
    def is_of_alarms(self) -> bool:
        """Whether its labels are grades of alarm."""
        return any(level.label.endswith(_ALARM) for level in self.levels)

    def is_foreign(self, words: str) -> bool:
        """Whether some words name a level of the other scale: a grade of alarm, or a level of response."""
        named = [match[0] for pattern in (_ANYWHERE, _AND_ABOVE) for match in pattern.finditer(words)]
        return any((_ALARM in each) is not self.is_of_alarms for each in named)

    def knows(self, labels: Iterable[str]) -> bool:
        """Whether the procedure has a level for each of some labels."""
        numerals = {_numeral(label) for label in labels}
        return len(self.known(labels)) == len(numerals)

    @property
    def lowest(self) -> str:
        """The label of the least grave level."""
        return min(self.levels, key=lambda level: level.rank).label if self.levels else ""


def restriction(limit: FoundLimit, clause: Clause | None, titles: str, case: str, scale: Scale) -> Restriction | None:
    """What the titles above a limit, its line, its sentence and the *case* before it restrict it to.

    None where they name levels that the procedure does not have. A level that is *reached*
    is a threshold and no restriction. A sentence may count from the lowest level, which every
    response passes; what stands under its title is of that level only.
    """
    named = _levels(limit, clause, titles, scale)
    if named is None:
        return None
    every = frozenset(level.label for level in scale.levels)
    inherited = frozenset(each for label in named for each in scale.built_on.get(label, ())) - named
    return Restriction(
        levels=named if named != every else frozenset(),
        inherited=inherited if named != every else frozenset(),
        circumstances=frozenset(circumstances(case)),
    )


def _levels(limit: FoundLimit, clause: Clause | None, titles: str, scale: Scale) -> frozenset[str] | None:
    captions = _captions(limit, clause) if clause else []
    over = "\n".join((titles, *(each for each in captions if not _SINCE.search(each))))
    within = "\n".join((limit.text, *(each for each in captions if _SINCE.search(each))))
    above, since = _labels(over), _labels(within)
    upward = [match[1] for match in _AND_ABOVE.finditer(limit.text)]
    named = above or (since if {_numeral(each) for each in since} - {_numeral(scale.lowest)} else set())
    if scale.is_foreign(over if above else within) or not scale.knows({*named, *upward}):
        return None
    reaching = [label for each in upward for label in scale.from_up(each)]
    return scale.known(named) | frozenset(reaching if not above else ())


def circumstances(case: str) -> Iterator[Circumstance]:
    """The circumstances the words before a limit restrict it to.

    >>> [str(each) for each in circumstances("成员单位在非办公时间")]
    ['off_hours']
    >>> [str(each) for each in circumstances("一般和较大事故在接报后")]
    ['grade_ordinary', 'grade_considerable']
    """
    if _OFF_HOURS.search(case):
        yield Circumstance.OFF_HOURS
    elif _OFFICE_HOURS.search(case):
        yield Circumstance.OFFICE_HOURS
    if _NIGHT.search(case):
        yield Circumstance.NIGHT
    elif _DAY.search(case):
        yield Circumstance.DAY
    if _RURAL.search(case):
        yield Circumstance.RURAL
    elif _URBAN.search(case):
        yield Circumstance.URBAN
    yield from grades(case)


def grades(case: str) -> tuple[Circumstance, ...]:
    """The grades of the event that some words name, from the least.

    A grave one without an upper end stands for the graver ones as well where none of them is
    named: what is promised for a major incident is owed for an exceptional one.

    >>> [str(each) for each in grades("一般险情")], [str(each) for each in grades("重大险情")]
    (['grade_ordinary'], ['grade_major', 'grade_exceptional'])
    """
    order = ALTERNATIVES[Aspect.GRADE]
    named = [_GRADE_WORDS[word] for match in _GRADES.finditer(case) for word in _GRADE.findall(match[1])]
    is_upward = any(match[2] for match in _GRADES.finditer(case))
    if named and (is_upward or (len(named) == 1 and named[0] is not order[0])):
        return order[min(map(order.index, named)) :]
    return tuple(grade for grade in order if grade in named)


def _numeral(label: str) -> int:
    return _NUMERALS.get(label.partition("级")[0], 0)


def _labels(words: str) -> set[str]:
    return {label for match in _ANYWHERE.finditer(words) for label in _LABELS.findall(match[0])}


def _captions(limit: FoundLimit, clause: Clause) -> list[str]:
    """The beginning of the limit's own line, and the last line before it that holds nothing but such a beginning."""
    found, above = [], ""
    for line in (line.strip() for line in clause.text.split("\n")):
        caption = _CAPTION.match(line)
        if limit.text in line:
            found += [above, caption[0] if caption else ""]
            break
        if caption and line.endswith(("：", ":")):
            above = line
    return found


def _line(text: str, at: int) -> str:
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return text[start : end if end >= 0 else len(text)].strip()


def _closure(label: str, direct: Mapping[str, set[str]]) -> frozenset[str]:
    found: set[str] = set()
    new = set(direct[label])
    while new - found:
        found |= new
        new = {above for each in found for above in direct[each]}
    return frozenset(found - {label})
