"""The units a study had: number, unit, and the register, the event or the procedure behind each number."""

from __future__ import annotations

from collections.abc import Iterable

from plans_repo.local_units import LocalUnits
from plans_repo.supplies import Lot, Others, PoolCount, unit_of, unit_word
from ui.components.badges import mark
from ui.components.cells import card_table, sourced, unbroken
from ui.components.html import Html, join, tag
from ui.components.plan_names import told
from ui.wording import _, day_text, figure_text, language, n_


def pool_table(pools: Iterable[PoolCount]) -> Html:
    """A row for every pool."""
    return card_table([_("力量与资源"), _("数量"), _("依据与出处")], map(_row, pools))


def _row(count: PoolCount) -> list[object]:
    units = unbroken(figure_text(count.units, unit=unit_of(count.pool, language())))
    return [told(count.pool.title, count.pool.title_en), units, _grounds(count)]


def _grounds(count: PoolCount) -> Html:
    if count.local:
        return _given(count.local, count)
    if not count.is_counted:
        given = _("情景按处给定") if count.pool.of else _("处置程序所列")
        own = tag("div", given, " ", mark(count.mark))
        return sourced(own, count.pool.source or _("处置程序未写明出处"))
    head = mark(count.mark)
    if not count.entries:
        bare = _("本研究没有留存台账明细，无法逐条列出") if count.units else _("台账中没有可用的条目")
        return sourced(join([_("资源台账"), " ", head]), bare)
    total = n_("资源台账 {count} 条", count.entries)
    lots = [tag("li", *_lot(lot, count)) for lot in count.lots]
    rest = [tag("li", *_others(count.others, count))] if count.others else []
    return join([tag("div", total, " ", head), tag("ul", *lots, *rest, cls="yy-list yy-lots")])


def _given(local: LocalUnits, count: PoolCount) -> Html:
    """By which scenario, how many for a place, and for how many places."""
    most = figure_text(local.most, unit=unit_of(count.pool, language()))
    each = _("{least}～{most}", least=local.least, most=most) if local.least < local.most else most
    said = n_("每处 {each}，共 {count} 处，只用于本处", local.places, each=each)
    source = _("情景“{title}”", title=told(local.source, local.source_en))
    return sourced(tag("div", _("情景按处给定"), " ", mark(count.mark)), f"{said} · {source}")


def _others(others: Others, count: PoolCount) -> Iterable[object]:
    """How much comes from entries that the reader may not see in the register."""
    units = figure_text(others.units, unit=unit_of(count.pool, language()))
    yield n_("其他单位（{count} 条）：{units} ", others.entries, units=units)
    yield mark(others.mark)


def _lot(lot: Lot, count: PoolCount) -> Iterable[object]:
    """Who keeps what, how much of it, as of when, from where."""
    amount = figure_text(lot.quantity, unit=unit_word(lot.unit, language()))
    ready = ""
    if lot.units != lot.quantity:
        ready = _("，可用 {units}", units=figure_text(lot.units, unit=unit_of(count.pool, language())))
    yield _(
        "{keeper}：{what}，{amount}{ready}",
        keeper=told(lot.keeper, lot.keeper_en), what=_titles(lot), amount=amount, ready=ready,
    )  # fmt: skip
    day = _("截至 {day}", day=day_text(lot.checked_on)) if lot.checked_on else _("未写统计日期")
    source = told(lot.source, lot.source_en) or _("未写来源")
    yield tag("small", f"{day} · {source} ", mark(lot.mark), cls="yy-source")


def _titles(lot: Lot) -> str:
    first = told(*lot.titles[0])
    return first if len(lot.titles) == 1 else n_("{first}等 {count} 条", len(lot.titles), first=first)
