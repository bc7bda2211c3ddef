"""The quantity ledger in words: what each figure is, what became of it, where related plans disagree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from plans_repo.ledger import Contradiction, Disagreement, QuantityChange, Side
from plans_repo.supplies import unit_word
from plans_repo.text.quantity import Quantity, QuantityKind
from ui.components.html import Html, join, link, table, tag
from ui.wording import _, duration_text, figure_text, language, later

KINDS = {
    QuantityKind.LIMIT: later("时限"),
    QuantityKind.WINDOW: later("时段、频次"),
    QuantityKind.THRESHOLD: later("阈值"),
    QuantityKind.GRADE: later("级别"),
    QuantityKind.POST: later("职务"),
    QuantityKind.PHONE: later("电话"),
    QuantityKind.TEAM: later("队伍"),
    QuantityKind.PEOPLE: later("人数"),
    QuantityKind.VEHICLE: later("车船装备"),
    QuantityKind.MATERIAL: later("物资"),
    QuantityKind.MONEY: later("金额"),
    QuantityKind.MEASURE: later("其他数量"),
}
DISAGREEMENTS = {
    Disagreement.LIMIT_LONGER: later("报告时限长于上位预案"),
    Disagreement.THRESHOLD_HIGHER: later("启动阈值高于上位预案"),
    Disagreement.PHONE_DIFFERS: later("同一单位的电话不同"),
    Disagreement.NUMBER_DIFFERS: later("同一队伍的数量不同"),
}
FROM_ABOVE = {
    Disagreement.LIMIT_LONGER: later("下位预案的报告时限长于本预案"),
    Disagreement.THRESHOLD_HIGHER: later("下位预案的启动阈值高于本预案"),
}
"""The same as the upper plan is told of it."""
JOINTS = {"and": later("且"), "or": later("或")}


def ledger_table(entries: Iterable[Quantity], cited: Mapping[str, str], address: str) -> Html:
    """The figures a row each, with the clause each stands in."""
    heads = [_("类别"), _("原文"), _("折算"), _("所指"), _("责任方或持有方"), _("条款"), _("所在语句")]
    return table(heads, (_row(one, cited, address) for one in entries))


def _row(one: Quantity, cited: Mapping[str, str], address: str) -> list[object]:
    about = [_(JOINTS[one.joint]) if one.joint else "", _rate(one), one.window, one.about]
    where = link(cited.get(one.clause) or _("未编号条款"), f"{address}&clause={one.clause}")
    return [
        _(KINDS[one.kind]), tag("b", one.quotation), range_text(one), _spans(about, " "),
        _spans([one.beside, one.to], " → "), where, tag("span", one.sentence[:80], cls="yy-dim"),
    ]  # fmt: skip


def figure_line(one: Quantity) -> Html:
    """A figure of a clause in one line: what it is, its words, what it is about."""
    about = _spans([one.beside, _rate(one), one.window, one.about], " ")
    return join([tag("span", _(KINDS[one.kind]), cls="yy-dim"), tag("b", one.quotation), about], " ")


def _rate(one: Quantity) -> str:
    """Each of whom has it, where who has it does not say so: 每公里, 各."""
    return "" if one.per in one.holder else one.per


def _spans(parts: Iterable[str], between: str) -> Html:
    """The parts there are, each on its own."""
    return join((tag("span", part) for part in parts if part), between)


def range_text(one: Quantity) -> str:
    """The bounds of a figure in a common unit.

    >>> range_text(Quantity(clause="", kind=QuantityKind.LIMIT, quotation="", sentence="", high=30, common_unit="min"))
    '30 分以内'
    >>> range_text(Quantity(clause="", kind=QuantityKind.MEASURE, quotation="", sentence="", low=50, common_unit="mm"))
    '50 毫米以上'
    """
    if one.low is None and one.high is None:
        return ""
    if one.low == one.high or (one.low is None and one.kind is QuantityKind.WINDOW):
        return _figure(one.high, one.common_unit)
    if one.low is None:
        return _("{most}以内", most=_figure(one.high, one.common_unit))
    if one.high is None:
        return _("{least}以上", least=_figure(one.low, one.common_unit))
    return _("{least} 至 {most}", least=_figure(one.low, one.common_unit), most=_figure(one.high, one.common_unit))


def _figure(value: float | None, unit: str) -> str:
    return duration_text(value) if unit == "min" else figure_text(value, unit=unit_word(unit, language()), digits=2)


def change_words(change: QuantityChange) -> str:
    """What became of a figure: 时限（到场）30分钟 → 15分钟."""
    one = change.present
    about = _("{kind}（{about}）", kind=_(KINDS[one.kind]), about=one.about) if one.about else _(KINDS[one.kind])
    if change.before is None:
        return _("新增{about} {now}", about=about, now=one.words)
    if change.after is None:
        return _("删去{about} {was}", about=about, was=one.words)
    return _("{about} {was} → {now}", about=about, was=change.before.words, now=change.after.words)


def figure_list(found: Iterable[QuantityChange], cited: Mapping[str, str], address: str) -> Html:
    """What became of the figures, one a line, each with its clause."""
    items = (
        tag("li", link(cited.get(one.present.clause) or _("未编号条款"), f"{address}&clause={one.present.clause}"), " ",
            change_words(one))
        for one in found
    )  # fmt: skip
    return tag("ul", *items, cls="yy-parts")


def contradiction_table(found: Iterable[Contradiction]) -> Html:
    """Where related plans disagree, both clauses side by side."""
    heads = [_("矛盾"), _("事项"), _("本预案"), _("相关预案")]
    return table(heads, ([disagreement(one), matter(one), _side(one.here), _side(one.there)] for one in found))


def disagreement(one: Contradiction) -> str:
    """In what two plans contradict one another, as the plan asked about has it: above the other, or below."""
    is_above = bool(one.lower) and one.lower != one.here.plan
    return _(FROM_ABOVE[one.kind]) if is_above and one.kind in FROM_ABOVE else _(DISAGREEMENTS[one.kind])


def matter(one: Contradiction) -> str:
    """What the two figures are about."""
    return _("向{to}报告", to=one.about) if one.kind is Disagreement.LIMIT_LONGER and one.about else one.about


def _side(side: Side) -> Html:
    where = link(f"{side.title} {side.cited}".strip(), f"/plan?id={side.plan}&part=text&clause={side.clause}")
    return tag("div", where, tag("div", tag("b", side.words)), tag("div", side.sentence[:80], cls="yy-dim"))
