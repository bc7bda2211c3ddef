"""A plan beside those it is tied to, in tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from plans_repo.checks.intervals import Interval
from plans_repo.linkage.comparison import Claim, Comparison, LevelRow, LimitRow, Misfit, Side
from plans_repo.linkage.duties import Duty
from plans_repo.plans import RelationKind
from ui.components.badges import badge
from ui.components.html import Html, join, link, table, tag
from ui.components.plan_names import ABOVE, BELOW, RELATIONS, told
from ui.wording import _, figure_text, later, limit_text

MISFITS = {
    Misfit.OVERLAP: later("级别重叠"),
    Misfit.GAP: later("级别间有空档"),
    Misfit.FALLING: later("高级别的标准反而低"),
    Misfit.SAME: later("两级标准相同"),
    Misfit.ABOVE_UPPER: later("启动标准高于上位预案"),
    Misfit.LONGER_THAN_UPPER: later("时限长于上位预案"),
    Misfit.SHORTER_THAN_LOWER: later("下位预案的时限更长"),
    Misfit.DIFFERENT: later("时限不一致"),
}

MEASURES = {
    "deaths": later("死亡人数"),
    "injured": later("受伤人数"),
    "trapped": later("被困人数"),
    "evacuated": later("转移人数"),
    "affected": later("受影响人数"),
    "houses": later("倒塌损坏房屋（间）"),
    "households": later("户数"),
    "loss_yuan": later("直接经济损失（元）"),
    "burnt_ha": later("过火面积（公顷）"),
    "burning_h": later("延烧时间（小时）"),
    "water_level_m": later("水位（米）"),
    "rain_mm": later("降雨量（毫米）"),
    "flow_m3s": later("流量（立方米每秒）"),
    "wind_grade": later("风力（级）"),
    "gas_percent": later("瓦斯浓度（%）"),
    "share_percent": later("所占比例（%）"),
}
"""Indicators of levels as officials call them."""


def level_table(comparison: Comparison) -> Html:
    """A row for every indicator, a column for every plan that has levels."""
    sides = [side for side in comparison.sides if any(row.cells.get(side.plan) for row in comparison.levels)]
    heads = [_("指标"), *(_side(side) for side in sides), _("核对")]
    return table(
        heads, ([measure_name(row), *(_cell(row, side) for side in sides), _misfits(row)] for row in comparison.levels)
    )


def limit_table(comparison: Comparison) -> Html:
    """A row for every limit that another plan gives otherwise."""
    heads = [_("本预案"), _("时限"), _("对照预案"), _("时限"), _("核对")]
    return table(heads, (_limit(row, comparison) for row in comparison.limits))


def duty_table(comparison: Comparison) -> Html:
    """What every unit of this plan is to do here and in the others."""
    named = {side.plan: side for side in comparison.sides}
    heads = [_("单位"), _("预案"), _("职责")]
    rows = [
        [duty.unit if at == 0 else "", _place(duty, named), duty.words]
        for several in comparison.duties.values()
        for at, duty in enumerate(several)
    ]
    return table(heads, rows)


def clash_table(comparison: Comparison) -> Html:
    """Figures that two plans give differently for one unit."""
    named = {side.plan: side for side in comparison.sides}
    heads = [_("单位"), _("事项"), _("预案"), _("规定"), _("预案"), _("规定")]
    rows = (
        [one.first.unit, f"…{one.about}", _place(one.first, named), was, _place(one.second, named), now]
        for one in comparison.clashes
        for was, now in (one.values,)
    )
    return table(heads, rows)


def claim_table(comparison: Comparison) -> Html:
    """Teams, vehicles and stock several plans count on, with what the register has."""
    heads = [_("力量与资源"), _("各预案所用"), _("合计"), _("台账在册"), _("核对")]
    return table(heads, (_claim(one, comparison.titles) for one in comparison.claims))


def _side(side: Side) -> Html:
    relation = tag("small", side_name(side), cls="yy-source")
    return join([link(side.title, f"/plan?{urlencode({'id': side.plan})}"), relation])


def side_name(side: Side) -> str:
    """What a plan is to the one looked at."""
    if side.relation is None:
        return _("本预案")
    seen = ABOVE if side.is_upper else BELOW if side.is_lower else RELATIONS
    return _(seen.get(side.relation, RELATIONS[side.relation]))


def other_name(kind: RelationKind) -> str:
    """What the plan to which a relation points is to the one it comes from."""
    return _(ABOVE.get(kind, RELATIONS[kind]))


def measure_name(row: LevelRow) -> str:
    """The indicator of a row as officials call it, with what it is of."""
    word = _(MEASURES.get(row.measure, row.measure))
    return f"{word}（{row.subject}）" if row.subject else word


def _cell(row: LevelRow, side: Side) -> Html:
    lines = [tag("div", _interval(one, side)) for one in row.cells.get(side.plan, ())]
    return join(lines) if lines else tag("span", "—")


def _interval(one: Interval, side: Side) -> Html:
    low = _("{number} 起", number=figure_text(one.low)) if one.low is not None else ""
    until = _("至 {number}") if one.is_range else _("不足 {number}")
    high = until.format(number=figure_text(one.high)) if one.high is not None else ""
    address = f"/plan?{urlencode({'id': side.plan, 'clause': one.clause})}"
    return join([link(one.level, address), " ", "，".join(part for part in (low, high) if part)])


def _misfits(row: LevelRow) -> Html:
    if not row.misfits:
        return badge(_("相符"), "good")
    return join(tag("div", badge(_(MISFITS[kind]), "bad"), " ", levels) for kind, levels in row.misfits)


def _limit(row: LimitRow, comparison: Comparison) -> list[object]:
    mine = f"/plan?{urlencode({'id': comparison.sides[0].plan, 'clause': row.mine.clause})}"
    other = f"/plan?{urlencode({'id': row.other_plan, 'clause': row.other.clause})}"
    tone = "bad" if row.misfit is Misfit.LONGER_THAN_UPPER else "warn"
    return [
        link(row.mine.text, mine),
        limit_text(row.mine.minutes),
        join([tag("small", comparison.titles[row.other_plan], cls="yy-source"), link(row.other.text, other)]),
        limit_text(row.other.minutes),
        badge(_(MISFITS[row.misfit]), tone),
    ]


def _place(duty: Duty, named: Mapping[str, Side]) -> Html:
    side = named[duty.plan]
    cited = side.citations.get(duty.clause, "")
    return join(
        [side.title, " ", link(cited or _("正文"), f"/plan?{urlencode({'id': duty.plan, 'clause': duty.clause})}")]
    )


def _claim(one: Claim, titles: Mapping[str, str]) -> list[object]:
    parts: Sequence[Html] = [
        tag("div", f"{titles[plan]}：{one.words.get(plan, '')} {units}".replace("： ", "："))
        for plan, units in one.units.items()
    ]
    state = _("台账中没有") if one.registered is None else str(one.registered)
    verdict = badge(_("同时动用时不足"), "bad") if one.is_short else badge(_("多件预案共用"), "warn")
    return [
        told(one.pool.title, one.pool.title_en),
        join(parts),
        str(sum(one.units.values())) if one.is_added else "—",
        state,
        verdict,
    ]
