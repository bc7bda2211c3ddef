"""The quantities of running text: what each figure of a sentence limits, measures or counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from plans_repo.text.counted_things import Told, told
from plans_repo.text.figures import ATOM, UNITS, Figure, FigureKind, figures_of
from plans_repo.text.finding.limits import FoundLimit, LimitKind, limits_in
from plans_repo.text.finding.shares import share_in
from plans_repo.text.punctuation import full_width
from plans_repo.text.quantity import KIND_OF_UNIT, Quantity, QuantityKind
from plans_repo.text.quantity_subjects import (
    graded,
    is_condition,
    measured,
    office_of,
    promised,
    seat,
    window_before,
    within,
)
from plans_repo.text.quantity_values import Amount, amount, is_time
from plans_repo.text.telephones import phones_in
from plans_repo.text.tokens import DEFAULT_TERMS, whole_tokens

_UNITLESS = re.compile(r"(?:pH|PH|指数|系数|比值)值?[^，。]{0,4}$")
_SENTENCE = re.compile(r"[^。！？!?\n；;]{1,800}[。！？!?；;]?")
_NEVER_CONDITIONS = (QuantityKind.VEHICLE, QuantityKind.TEAM, QuantityKind.MATERIAL)
_BODY_OF_PEOPLE = re.compile(r"(?:连|排|分队|大队|中队|小队|支队|突击队|抢险队|救援队|应急队)$")
_COUNTED = frozenset(["级", "章", "节", "款", "号", "页", "期", "类", "种", "项", "年度", "点"])
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
_LABEL = re.compile(rf"(?:附件|附表|附录|附图|表|图)\s*(?:\d+(?:[-－—.]\d+)+|\d+(?!\s*[\d.]|{UNITS}))")
"""The number of a table or an annex counts nothing: 表1 十七个专项指挥部, 表2-1 队伍."""


def quantities_in(
    text: str, *, clause: str = "", topic: str = "", terms: Sequence[str] = DEFAULT_TERMS, is_row: bool = False
) -> list[Quantity]:
    """The ledger of a running text, or of a row of a table, whose cells each stand for themselves.

    >>> found = quantities_in("县防指接报后30分钟内派出冲锋舟12艘，水位达到9.20米以上时启动Ⅲ级响应。")
    >>> [(one.kind.value, one.quotation, one.about) for one in found][1:]
    [('vehicle', '12艘', '冲锋舟'), ('threshold', '达到9.20米以上', '水位'), ('grade', 'Ⅲ级', '响应')]
    """
    found: list[Quantity] = []
    for match in _SENTENCE.finditer(full_width(text)):
        written = text[match.start() : match.end()]
        found += (_as_written(one, written) for one in _in_sentence(match[0], clause, topic, terms, is_row=is_row))
    return found


def _as_written(one: Quantity, sentence: str) -> Quantity:
    """The entry in the very words of its sentence."""
    quotation = sentence[one.at : one.at + len(one.quotation)]
    is_same = full_width(quotation) == full_width(one.quotation)
    return replace(one, sentence=sentence.strip(), quotation=quotation if is_same else one.quotation)


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
    phones = phones_in(sentence, figure)
    if phones:
        return phones
    own = [limit for at, limit in limits.items() if figure.start <= at < figure.end]
    if own:
        return [_limit(sentence, figure, limit) for limit in own]
    return [found for part in _split(figure) for found in _number(sentence, part, before, is_row=is_row)]


def _named(entry: list[Quantity], before: Sequence[Quantity]) -> list[Quantity]:
    """A number that names nothing counts what the one before it in the same unit does: 县级800顶，各乡镇100顶."""
    former = before[-1] if before else None
    if former is None or not former.about or former.kind not in KIND_OF_UNIT:
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
    own = next((kind for kind, units in KIND_OF_UNIT.items() if said.unit in units), None)
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
