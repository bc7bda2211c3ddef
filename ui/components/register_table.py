"""The resource register as tables: every entry with what its figure rests on, and the sums."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from plans_repo.organisations import Organisation
from plans_repo.resources import Holding, Resource, ResourceClass
from plans_repo.supplies import unit_of, unit_word
from sim.procedure import Pool
from ui.components.badges import badge, mark
from ui.components.cells import card_table, sourced, unbroken
from ui.components.html import Html, join, link, table, tag
from ui.components.plan_names import told
from ui.sections.register import Total
from ui.wording import _, day_text, figure_text, language, later

CLASSES = {
    ResourceClass.LIVING_RELIEF: later("生活救助物资"),
    ResourceClass.FIRE_RESCUE: later("消防救援物资"),
    ResourceClass.FOREST_FIRE: later("森林防灭火物资"),
    ResourceClass.FLOOD: later("防汛抗旱物资"),
    ResourceClass.MINE_RESCUE: later("矿山救援物资"),
    ResourceClass.TEAM: later("队伍"),
    ResourceClass.VEHICLE: later("车辆装备"),
    ResourceClass.SHELTER: later("避难场所"),
    ResourceClass.DECISION_MAKER: later("指挥决策人员"),
    ResourceClass.EXPERT: later("专家"),
    ResourceClass.LINE: later("值班席位和线路"),
}
HOLDINGS = {
    Holding.OWN: later("实物储备"),
    Holding.CONTRACT: later("协议储备"),
    Holding.KEPT_BY_FIRM: later("企业代储"),
    Holding.CAPACITY: later("产能储备"),
}


def class_name(kind: ResourceClass) -> str:
    """A class of resources as people say it."""
    return _(CLASSES[kind])


def holding_name(holding: Holding) -> str:
    """A form of holding as people say it."""
    return _(HOLDINGS[holding])


def amount(resource: Resource) -> str:
    """The quantity in the entry's unit."""
    return figure_text(resource.quantity, unit=unit_word(resource.unit, language()))


class RegisterTable:
    """The entries with the bodies that keep them, the pools they supply and where one of them is corrected."""

    def __init__(self, bodies: Mapping[str, Organisation], pools: Mapping[str, Pool], address: str) -> None:
        self.bodies = bodies
        self.pools = pools
        self.address = address

    def entries(self, entries: Iterable[Resource], changeable: frozenset[str]) -> Html:
        """A row for every entry; *changeable* are the ids of those that lead to their correction."""
        heads = [_("名称"), _("类别"), _("数量"), _("推演可用"), _("保管单位"), _("统计日期"), _("标记与出处")]
        return card_table(heads, (self._row(entry, entry.id in changeable) for entry in entries), cls="yy-register")

    def _row(self, entry: Resource, is_changeable: bool) -> list[object]:
        title = told(entry.title, entry.title_en)
        held = tag("small", holding_name(entry.holding), cls="yy-source") if entry.holding else ""
        return [
            join([
                link(title, f"{self.address}{entry.id}") if is_changeable else title,
                tag("small", entry.place, cls="yy-source") if entry.place else "",
                _retired(entry),
            ]),
            join([class_name(entry.kind), held]),
            unbroken(amount(entry)),
            self._ready(entry),
            self._keeper(entry),
            unbroken(day_text(entry.checked_on)),
            sourced(mark(entry.mark), told(entry.source, entry.source_en)),
        ]  # fmt: skip

    def _ready(self, entry: Resource) -> object:
        """What the entry gives a pool in a study."""
        pool = self.pools.get(entry.pool)
        if pool is None or not entry.is_supplying:
            return "—"
        units = figure_text(entry.ready_units, unit=unit_of(pool, language()))
        return join([unbroken(units), tag("small", told(pool.title, pool.title_en), cls="yy-source")])

    def _keeper(self, entry: Resource) -> str:
        body = self.bodies.get(entry.keeper)
        return told(body.name, body.name_en) if body else "—"


def total_table(totals: Iterable[Total]) -> Html:
    """The sums by class and unit."""
    rows = [
        [
            class_name(total.kind),
            figure_text(total.entries),
            figure_text(total.quantity, unit=unit_word(total.unit, language())),
            mark(total.mark),
        ]
        for total in totals
    ]
    return table([_("类别"), _("条目数"), _("合计数量"), _("标记（取最弱）")], rows)


def _retired(entry: Resource) -> Html | str:
    if entry.retired_at is None:
        return ""
    why = _("{day}：{why}", day=day_text(entry.retired_at), why=entry.retired_why)
    return join([" ", badge(_("已注销"), "plain"), tag("small", why, cls="yy-source")])
