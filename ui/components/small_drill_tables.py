"""Small drills counted: how often 次数, with how many people 人次."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from drills.drill import Form, SmallDrills, Trade
from drills.small_drills import By, Count
from ui.components.cells import unbroken
from ui.components.drill_names import FORMS, TRADES
from ui.components.html import Html, table, tag
from ui.wording import _, n_


def count_table(counts: Sequence[Count], by: By, names: Mapping[str, str]) -> Html:
    """One line for every key, and their sum; *names* are those of areas and organisations."""
    drills, people = sum(item.drills_count for item in counts), sum(item.people_count for item in counts)
    rows = [[key_name(item.key, by, names), _number(item.drills_count), _number(item.people_count)] for item in counts]
    total = [tag("b", _("合计")), tag("b", _number(drills)), tag("b", _number(people))]
    return table([_("统计项"), _("次数"), _("人次")], [*rows, total], cls="yy-table yy-numbers")


def cross_table(returns: Iterable[SmallDrills], names: Mapping[str, str]) -> Html:
    """Area × trade; each cell how often and with how many people."""
    sums: dict[tuple[str, Trade], list[int]] = defaultdict(lambda: [0, 0])
    for item in returns:
        sums[item.area, item.trade][0] += item.drills_count
        sums[item.area, item.trade][1] += item.people_count
    trades = [trade for trade in Trade if any(trade is one for _area, one in sums)]
    rows = [
        [names.get(area, area), *(_cell(sums.get((area, trade))) for trade in trades)]
        for area in sorted({area for area, _trade in sums})
    ]
    return table([_("乡镇（街道）"), *(_(TRADES[trade]) for trade in trades)], rows, cls="yy-table yy-numbers")


def key_name(key: str, by: By, names: Mapping[str, str]) -> str:
    """What a key of the counts is called."""
    if by is By.TRADE:
        return _(TRADES[Trade(key)])
    if by is By.FORM:
        return _(FORMS[Form(key)])
    return names.get(key, key)


def _cell(sums: Sequence[int] | None) -> Html:
    if not sums:
        return tag("span", "—", cls="yy-dim")
    times, people = n_("{count} 次", sums[0]), n_("{count} 人次", sums[1])
    return unbroken(f"{times} / {people}")


def _number(count: int) -> Html:
    return tag("span", f"{count:,}", cls="yy-number-cell")
