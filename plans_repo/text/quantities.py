"""The quantity ledger of a text: every limit, threshold, grade, post, telephone and number, with its exact words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from plans_repo.text.clause import Clause, ClauseKind, Table
from plans_repo.text.counted_things import Told, told
from plans_repo.text.figures import ATOM, UNITS, WIDE, Figure, FigureKind, figures_of
from plans_repo.text.finding.limits import FoundLimit, LimitKind, limits_in
from plans_repo.text.finding.shares import share_in
from plans_repo.text.quantity_subjects import (
    PUBLIC_NUMBERS,
    called,
    graded,
    is_condition,
    is_measure,
    measured,
    office_of,
    owner_of_phone,
    promised,
    seat,
    window_before,
    within,
)
from plans_repo.text.quantity_values import Amount, amount, is_time
from plans_repo.text.table_grid import Counted, Grid, plain_number
from plans_repo.text.tokens import DEFAULT_TERMS, whole_tokens

UNREAD = (ClauseKind.FRONT, ClauseKind.HEADER, ClauseKind.FOOTER)


class QuantityKind(StrEnum):
    """What a figure is."""

    LIMIT = "limit"  # within how long
    WINDOW = "window"  # a rhythm, a period, a validity: no limit
    THRESHOLD = "threshold"  # from which number on
    GRADE = "grade"  # response level, warning colour, class of event
    POST = "post"
    PHONE = "phone"
    TEAM = "team"
    PEOPLE = "people"
    VEHICLE = "vehicle"
    MATERIAL = "material"
    MONEY = "money"
    MEASURE = "measure"  # any other number with a unit


@dataclass(frozen=True, kw_only=True)
class Quantity:
    """One entry of the ledger.

    *quotation* are the very words, *sentence* the sentence they stand in (a row of a table, cells joined by ，).
    *low* and *high* are the bounds in *common_unit* (minutes for time), None where open. *about* is what is limited,
    measured or counted, *holder* who has to or who has it, *to* who is told, *medium* by what means (of a telephone
    how it is called: 值班电话), *window* the period a threshold looks at.
    *per* are the words that say each of whom has so many (每村, 各乡镇, 每公里): such a number is no total, and is in
    no sum with any. *joint* tells how a threshold hangs on the one before it in its sentence: ``and``, ``or`` or "".
    """

    clause: str
    kind: QuantityKind
    quotation: str
    sentence: str
    value: str = ""
    unit: str = ""
    low: float | None = None
    high: float | None = None
    common_unit: str = ""
    about: str = ""
    holder: str = ""
    to: str = ""
    starts: str = ""
    medium: str = ""
    window: str = ""
    joint: str = ""
    per: str = ""
    at: int = 0  # where the quotation begins in the sentence

    @property
    def words(self) -> str:
        """The quotation with the words that say each of whom has it: 每村3台."""
        return f"{self.per}{self.quotation}"

    @property
    def beside(self) -> str:
        """Who has to or has it, where what it is about does not say so already."""
        return "" if self.holder in self.about else self.holder


_UNITLESS = re.compile(r"(?:pH|PH|指数|系数|比值)值?[^，。]{0,4}$")
_SENTENCE = re.compile(r"[^。！？!?\n；;]{1,800}[。！？!?；;]?")


def _units(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_KIND_OF_UNIT = {
    QuantityKind.VEHICLE: _units("辆 辆次 艘 艘次 架 架次 台 台套 台次 台班 车次 车"),
    QuantityKind.TEAM: _units("支 队 组 班 班次"),
    QuantityKind.PEOPLE: _units("人 名 位 人次 万人 万人次"),
    QuantityKind.MONEY: _units("元 万元 亿元 万余元"),
    QuantityKind.MATERIAL: _units(
        "套 件 具 部 门 顶 床 张 箱 袋 包 瓶 卷 根 块 双 把 枚 副 面 条 盏 桶 只 批 吨 公斤 千克 kg t 份 升"
    ),
}
_NEVER_CONDITIONS = (QuantityKind.VEHICLE, QuantityKind.TEAM, QuantityKind.MATERIAL)
_BODY_OF_PEOPLE = re.compile(r"(?:连|排|分队|大队|中队|小队|支队|突击队|抢险队|救援队|应急队)$")
_COUNTED = _units("级 章 节 款 号 页 期 类 种 项 年度 点")
"""Units that count parts of a text or kinds of things."""
_BOUNDED = re.compile(r"以[上下内]|不足")
_ONE_BY_ONE = re.compile(r"一[\u4e00-\u9fff]一[\u4e00-\u9fff]|[一二三四五六七八九]位一体|[两三]班(?:轮换|倒|制)")
_OR_WILL = re.compile(r"达到?或者?(?:将要?|可能|预计将?)?(?:达到?)?")
"""达到或者将达到 joins nothing to the threshold before."""
_PERCENT = re.compile("[%％]")
_PART = re.compile(r"[，,。；;：:（）()]|或者?")
_ORDINAL = re.compile(r"第\s*$")
_NO_NUMBER = re.compile(
    r"^每一|^(?:〔|\[|（\d{4})|^[\d.]+$|^(?:19|20)\d\d年|^\d{1,2}月|^一[个种类项批次些级条人名位支件份组班队]$|^[一二三四五六七八九十]+$"
)
_DIALLED = re.compile(
    r"(?:0\d{2,3}-)?[1-9]\d{6,7}(?:-\d{1,6})?|1[3-9]\d{9}|400-?\d{3}-?\d{4}|(?:110|119|120|122|12\d{3}|9[56]\d{3,4})"
)
_CALLED = re.compile(r"电\s*话|热线|手\s*机|传\s*真|联系方式|拨打|值班|报警|号码")
_NUMBERED = re.compile(r"\d{5}")
"""A cell with telephones of its own names nobody they all belong to."""
_FIGURED = re.compile(r"\d\s*[\u4e00-\u9fff%℃]|^\s*\d+(?:\.\d+)?\s*$")
_NAMES_THINGS = re.compile(r"单位|部门|机构|名称|场所|安置点|地点|队伍|乡镇|村|医院|站点|企业|对象")
_KEEPERS = re.compile(r"管理|主管|责任|保管|隶属|归口|权属|所在|所属|牵头|存放")
_LABEL = re.compile(rf"(?:附件|附表|附录|附图|表|图)\s*(?:\d+(?:[-－—.]\d+)+|\d+(?!\s*[\d.]|{UNITS}))")
"""The number of a table or an annex counts nothing: 表1 十七个专项指挥部, 表2-1 队伍."""


def quantities(clauses: Iterable[Clause], terms: Sequence[str] = DEFAULT_TERMS) -> tuple[Quantity, ...]:
    """Every figure of a text that says something, in order; dates, document numbers and clause numbers are none."""
    found: list[Quantity] = []
    for clause in clauses:
        if clause.kind in UNREAD:
            continue
        found += quantities_in(clause.text, clause=clause.id, topic=clause.plain_title, terms=terms)
        found += _in_table(clause, clause.table, terms) if clause.table else ()
    return tuple(found)


def _in_table(clause: Clause, table: Table, terms: Sequence[str]) -> Iterator[Quantity]:
    """The figures of a table row by row: what its cells say, and bare numbers with the unit their head gives."""
    grid = Grid(table)
    counted: dict[int, list[Counted]] = {}
    for one in grid.counted():
        counted.setdefault(one.row, []).append(one)
    for row in range(grid.head_rows, len(table.rows)):
        words, subject = _row(grid, row), _subject(grid, row)
        for found in quantities_in(words, clause=clause.id, topic=clause.plain_title, terms=terms, is_row=True):
            yield _of_row(found, grid, row, subject)
        yield from (_counted(one, words, clause.id) for one in counted.get(row, ()))


def _row(grid: Grid, row: int) -> str:
    """A row as one text; what needs its head has it in front."""
    cells = ((grid.heads[column], cell.text) for (at, column), cell in grid.begins.items() if at == row)
    words = (f"{head if _needs_head(head, text) else ''}{text}" for head, text in cells if text)
    joined = "，".join(word.replace("\n", "，") for word in words)
    return re.sub(r"(?<=\d)，(?=\d)", " ，", joined)  # two cells with a number each are not one number with thousands


def _of_row(one: Quantity, grid: Grid, row: int, subject: str) -> Quantity:
    """A telephone belongs to the one its row is about, not to whoever stands in the cell before; a cell that is
    nothing but a figure is about its row and the head of its column.
    """
    if one.kind is QuantityKind.PHONE:
        return replace(one, about=subject) if subject and not _NUMBERED.search(subject) else one
    return (
        one if one.about else replace(one, about=grid.about_cell(row, one.quotation) or grid.named(row, one.quotation))
    )


def _counted(one: Counted, row: str, clause: str) -> Quantity:
    said = amount(f"{plain_number(one.words)}{one.unit}") if not re.search("[/／每]", one.unit) else None
    return Quantity(
        clause=clause,
        kind=next((kind for kind, units in _KIND_OF_UNIT.items() if one.unit in units), QuantityKind.MEASURE),
        quotation=one.words,
        sentence=row,
        value=plain_number(one.words),
        unit=one.unit,
        low=said.low if said else one.number,
        high=said.high if said else one.number,
        common_unit=said.common_unit if said else one.unit,
        about=one.about,
        at=max(0, row.find(one.words)),
    )


def _subject(grid: Grid, row: int) -> str:
    """Whose row it is: the cell under the first head that names things; who keeps or answers for them does not."""
    for column, head in enumerate(grid.heads):
        if _NAMES_THINGS.search(head) and not _KEEPERS.search(head) and grid.text(row, column):
            return " ".join(grid.text(row, column).split())
    return ""


def _needs_head(head: str, text: str) -> bool:
    """Whether a cell says what it is about only under its head: a telephone, a number of dead."""
    return bool(_CALLED.search(head) or (is_measure(head) and _FIGURED.search(text)))


def quantities_in(
    text: str, *, clause: str = "", topic: str = "", terms: Sequence[str] = DEFAULT_TERMS, is_row: bool = False
) -> list[Quantity]:
    """The ledger of a running text, or of a row of a table, whose cells each stand for themselves.

    >>> found = quantities_in("县防指接报后30分钟内派出冲锋舟12艘，水位达到9.20米以上时启动Ⅲ级响应。")
    >>> [(one.kind.value, one.quotation, one.about) for one in found][1:]
    [('vehicle', '12艘', '冲锋舟'), ('threshold', '达到9.20米以上', '水位'), ('grade', 'Ⅲ级', '响应')]
    """
    found: list[Quantity] = []
    for match in _SENTENCE.finditer(text):
        found += _in_sentence(match[0], clause, topic, terms, is_row=is_row)
    return found


def _in_sentence(sentence: str, clause: str, topic: str, terms: Sequence[str], *, is_row: bool) -> list[Quantity]:
    lead = len(sentence) - len(sentence.lstrip())
    limits = {limit.at + lead: limit for limit in limits_in(sentence, clause=clause, topic=topic)}
    found: list[Quantity] = []
    counted = _LABEL.sub(lambda label: "·" * len(label[0]), sentence)
    for figure in figures_of(whole_tokens(counted, terms)):
        entry = _named(_entry(sentence, figure, limits, found, is_row=is_row), found)
        found += [replace(one, clause=clause, sentence=sentence.strip()) for one in entry]
    return found


def _entry(
    sentence: str, figure: Figure, limits: dict[int, FoundLimit], before: Sequence[Quantity], *, is_row: bool
) -> list[Quantity]:
    if figure.kind is FigureKind.GRADE:
        return [_plain(figure, QuantityKind.GRADE, about=graded(sentence, figure))]
    if figure.kind is FigureKind.POST:
        if len(figure.text) < 2:
            return []
        return [_plain(figure, QuantityKind.POST, about=seat(sentence, figure), holder=office_of(sentence, figure))]
    phones = _phones(sentence, figure)
    if phones:
        return phones
    own = [limit for at, limit in limits.items() if figure.start <= at < figure.end]
    if own:
        return [_limit(sentence, figure, limit) for limit in own]
    return [found for part in _split(figure) for found in _number(sentence, part, before, is_row=is_row)]


def _named(entry: list[Quantity], before: Sequence[Quantity]) -> list[Quantity]:
    """A number that names nothing counts what the one before it in the same unit does: 县级800顶，各乡镇100顶."""
    former = before[-1] if before else None
    if former is None or not former.about or former.kind not in _KIND_OF_UNIT:
        return entry
    return [
        replace(one, about=former.about)
        if (one.kind, one.unit) == (former.kind, former.unit) and not one.about and one.holder != former.holder
        else one
        for one in entry
    ]


def _split(figure: Figure) -> list[Figure]:
    """An expression whose numbers count different things is several: 2支80人, 6小时达到100毫米."""
    parts = [
        Figure(
            kind=figure.kind, text=match[0].strip(), start=figure.start + match.start(), end=figure.start + match.end()
        )
        for match in ATOM.finditer(figure.text)
    ]
    units = {said.common_unit for said in (amount(part.text) for part in parts) if said and said.common_unit}
    return parts if len(units) > 1 else [figure]


def _plain(figure: Figure, kind: QuantityKind, *, about: str, holder: str = "") -> Quantity:
    return Quantity(
        clause="", kind=kind, quotation=figure.text, sentence="", value=figure.text, about=about, holder=holder,
        at=figure.start,
    )  # fmt: skip


def _phones(sentence: str, figure: Figure) -> list[Quantity]:
    """The telephones of an expression: several may stand side by side."""
    before = sentence[max(0, figure.start - 16) : figure.start]
    found = []
    for match in re.finditer(r"[0-9０-９](?:[0-9０-９\-－—]|[ \u00a0](?=\d{4}))*[0-9０-９]", figure.text):
        number = re.sub(r"\s", "", match[0].translate(WIDE).replace("—", "-"))
        is_own = (
            "-" in number or len(number) >= 11 or (number in PUBLIC_NUMBERS and _is_called(before, sentence, figure))
        )
        if _DIALLED.fullmatch(number) and (is_own or _CALLED.search(before)) and not _has_unit(figure, match):
            found.append(
                Quantity(
                    clause="",
                    kind=QuantityKind.PHONE,
                    quotation=match[0],
                    sentence="",
                    value=number,
                    about=owner_of_phone(sentence, figure, number),
                    medium=called(sentence, figure),
                    at=figure.start + match.start(),
                )
            )
    return found


def _is_called(before: str, sentence: str, figure: Figure) -> bool:
    return bool(_CALLED.search(before) or re.match(r"[、，及和等]?(?:\d|报警|电话|热线|急救)", sentence[figure.end :]))


def _has_unit(figure: Figure, match: re.Match[str]) -> bool:
    return bool(re.match(r"[\u4e00-\u9fff%℃A-Za-z]", figure.text[match.end() :]))


def _limit(sentence: str, figure: Figure, limit: FoundLimit) -> Quantity:
    is_lone = limit.working_days or not amount(figure.text)
    most = limit.working_days if limit.kind is LimitKind.WORKING_DAYS else limit.minutes
    said = amount(figure.text)
    return Quantity(
        clause="",
        kind=QuantityKind.LIMIT,
        quotation=figure.text,
        sentence="",
        value=said.value if said else figure.text,
        unit=said.unit if said else "",
        low=None if is_lone or not said or said.low == said.high else said.low,
        high=most,
        common_unit="工作日" if limit.kind is LimitKind.WORKING_DAYS else "min",
        about=_done(promised(sentence, figure), limit.who) if not limit.medium else f"{limit.medium}报告",
        holder=limit.who,
        to=limit.to,
        starts=limit.starts,
        medium=limit.medium,
        at=figure.start,
    )


def _done(words: str, who: str) -> str:
    """What is done, without who does it: that is told beside it."""
    return words.removeprefix(who) or words


def _number(sentence: str, figure: Figure, before: Sequence[Quantity], *, is_row: bool) -> list[Quantity]:
    said = amount(figure.text)
    if (
        said is None
        or not (said.unit or _is_bare_measure(sentence, figure, said))
        or _NO_NUMBER.match(figure.text)
        or _ORDINAL.search(sentence[: figure.start])
    ):
        return []
    if _is_idiom(sentence, figure):
        return []
    if said.unit in _COUNTED and not said.is_bounded:
        return []
    kind = _kind(sentence, figure, said)
    if kind is None:
        return []
    is_threshold = kind is QuantityKind.THRESHOLD
    counted = _told(sentence, figure, kind, is_row=is_row)
    return [
        Quantity(
            clause="",
            kind=kind,
            quotation=figure.text,
            sentence="",
            value=said.value,
            unit=said.unit,
            low=said.low,
            high=said.high,
            common_unit=said.common_unit,
            about=counted.about,
            holder=counted.holder,
            per=counted.per,
            window=window_before(sentence, figure) if is_threshold else "",
            joint=_joint(sentence, figure, before) if is_threshold else "",
            at=figure.start,
        )
    ]


def _shared(sentence: str, figure: Figure) -> str:
    """Of what a percentage is the share: 爆管影响供水面积占建成区; "" where it is none."""
    if not _PERCENT.search(figure.text):
        return ""
    before = _PART.split(sentence[: figure.start])[-1]
    share = share_in(f"{before}{figure.text}{_PART.split(sentence[figure.end :])[0]}")
    return share.subject if share else ""


def _told(sentence: str, figure: Figure, kind: QuantityKind, *, is_row: bool) -> Told:
    """What a number is about: the measure of a threshold, what is done in a period, else what is counted."""
    if kind is QuantityKind.THRESHOLD:
        about = measured(sentence, figure)
        whole = _shared(sentence, figure)
        return Told(about=whole if about in whole else about, holder="")
    counted = told(sentence, figure, is_row=is_row)
    return counted if kind is not QuantityKind.WINDOW else replace(counted, about=within(sentence, figure), per="")


def _is_bare_measure(sentence: str, figure: Figure, said: Amount) -> bool:
    """Whether a number without a unit is one of a measure that has none: pH值小于6, 火险指数大于80."""
    return said.is_open and bool(_UNITLESS.search(sentence[: figure.start]))


def _is_idiom(sentence: str, figure: Figure) -> bool:
    """统一口径, 一户一案, 五位一体, 一线: no number of anything."""
    if len(figure.text) > 2 or figure.text[0] not in "一两三四五六七八九":
        return False
    is_alone = figure.text.startswith("一") and sentence[figure.start - 1 : figure.start] in tuple("统同唯单")
    around = sentence[max(0, figure.start - 2) : figure.end + 2]
    return is_alone or figure.text.endswith("线") or bool(_ONE_BY_ONE.search(around))


def _kind(sentence: str, figure: Figure, said: Amount) -> QuantityKind | None:
    if is_time(said.unit):
        return QuantityKind.WINDOW if said.unit not in ("日", "时", "分") or said.is_bounded else None
    own = next((kind for kind, units in _KIND_OF_UNIT.items() if said.unit in units), None)
    if said.unit == "个" and _BODY_OF_PEOPLE.search(told(sentence, figure).about):
        own = QuantityKind.TEAM
    if own not in _NEVER_CONDITIONS and is_condition(
        sentence, figure, is_bounded=said.is_open or _BOUNDED.search(figure.text) is not None
    ):
        return QuantityKind.THRESHOLD
    is_running = said.unit in ("个", "次", "处", "家", "座") and not re.search(r"\d", figure.text)
    return None if is_running and own is None else own or QuantityKind.MEASURE  # 一个、两次 in running words


def _joint(sentence: str, figure: Figure, before: Sequence[Quantity]) -> str:
    """How a threshold hangs on the one before it."""
    former = next((one for one in reversed(before) if one.kind is QuantityKind.THRESHOLD), None)
    if former is None:
        return ""
    between = _OR_WILL.sub("", sentence[former.at + len(former.quotation) : figure.start])
    if re.search(r"且|并(?!入)|同时", between):
        return "and"
    return "or" if re.search(r"或|之一|、", between) else ""
