"""Duties of units as plans write them: 县水利局：负责…"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from plans_repo.linkage.mentions import SILENT
from plans_repo.text.clause import Clause

_BODY = "局|委员会|委|办公室|办|部|大队|支队|总队|队|医院|院|中心|公司|政府|所|站|银行|学校|集团|企业|协会|红十字会|处"
_MARK = r"(?:[0-9０-９]+[.．、]|（[0-9一二三四五六七八九十]+）|[①-⑳])?"
_DUTY = re.compile(rf"^{_MARK}\s*(?P<unit>[\u4e00-\u9fff（）]{{2,22}}?(?:{_BODY}))\s*[：:](?P<duty>\S.{{5,}})$")
_MEMBERS = re.compile(r"(?:成员单位|成员)(?:有|包括|由|为)?[：:]?(?P<units>[\u4e00-\u9fff、（）和及]{8,400})")
_UNIT = re.compile(rf"^[\u4e00-\u9fff（）]{{2,22}}(?:{_BODY})$")
_PLACE = re.compile(r"^(?:[\u4e00-\u9fff]{2,4})?(?=[省市县区])[省市县区](?=[\u4e00-\u9fff]{2})")
_FIGURE = re.compile(
    r"(?P<about>[\u4e00-\u9fff]{4})(?:不少于|不超过|不得超过|不低于|至少|在)?(?P<value>\d+(?:\.\d+)?)(?P<unit>小时|分钟|人|支|辆|艘|天|日|公里)"
)


@dataclass(frozen=True, kw_only=True)
class Duty:
    """What a plan says a unit does: its name as written, the words, the clause."""

    plan: str
    unit: str
    words: str
    clause: str


@dataclass(frozen=True, kw_only=True)
class Clash:
    """A figure that two plans give differently for the same unit and the same words before it."""

    unit: str
    about: str
    first: Duty
    second: Duty
    values: tuple[str, str]


def duties_of(plan: str, clauses: Iterable[Clause]) -> tuple[Duty, ...]:
    """The duties in a text, in order.

    >>> from plans_repo.text.clause import ClauseKind
    >>> text = "县水利局：负责水库调度和抢险技术支撑。"
    >>> [(one.unit, one.words) for one in duties_of("p", [Clause(id="a", kind=ClauseKind.BODY, text=text)])]
    [('县水利局', '负责水库调度和抢险技术支撑。')]
    """
    return tuple(
        Duty(plan=plan, unit=match["unit"], words=match["duty"].strip(), clause=clause.id)
        for clause in clauses
        if clause.kind not in SILENT
        for line in clause.text.split("\n")
        if (match := _DUTY.match(line.strip()))
    )


def unit_key(name: str) -> str:
    """A unit without its place: 清川县水利局, 县水利局 and 水利局 are one.

    >>> unit_key("清川县水利局"), unit_key("县水利局"), unit_key("市委宣传部")
    ('水利局', '水利局', '委宣传部')
    """
    return _PLACE.sub("", name)


def by_unit(duties: Iterable[Duty]) -> dict[str, tuple[Duty, ...]]:
    """The duties of each unit over all plans, units in the order in which they are first named."""
    found: dict[str, list[Duty]] = {}
    for duty in duties:
        found.setdefault(unit_key(duty.unit), []).append(duty)
    return {unit: tuple(several) for unit, several in found.items()}


def clashes(units: Mapping[str, Sequence[Duty]]) -> Iterator[Clash]:
    """Figures of the same unit that two plans give differently after the same words."""
    for unit, several in units.items():
        told: dict[tuple[str, str], tuple[Duty, str]] = {}
        for duty in several:
            for match in _FIGURE.finditer(duty.words):
                value = f"{match['value']}{match['unit']}"
                first, before = told.setdefault((match["about"], match["unit"]), (duty, value))
                if before != value and first.plan != duty.plan:
                    yield Clash(unit=unit, about=match["about"], first=first, second=duty, values=(before, value))


def without_duty(clauses: Sequence[Clause]) -> tuple[tuple[str, str], ...]:
    """Units a text lists as members and gives no duty, each with the clause that lists it.

    Nothing is said where a text writes no duties at all.
    """
    told = {unit_key(duty.unit) for duty in duties_of("", clauses)}
    listed = [
        (name, clause.id)
        for clause in clauses
        if clause.kind not in SILENT
        for match in _MEMBERS.finditer(clause.text)
        for name in re.split(r"[、和及]", match["units"])
        if _UNIT.match(name)
    ]
    return tuple(dict.fromkeys(pair for pair in listed if unit_key(pair[0]) not in told)) if told else ()
