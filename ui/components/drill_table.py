"""Drills as a list: one row each, leading to the drill."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from drills.drill import Drill
from ui.components.badges import badge
from ui.components.cells import card_table, unbroken
from ui.components.drill_names import drill_title, state_badge, type_words
from ui.components.html import Html, join, link, tag
from ui.sections.opened import plan_address
from ui.wording import _, day_text, n_


def drill_table(
    drills: Iterable[Drill],
    titles: Mapping[str, str],
    address: Callable[[Drill], str],
    blocked: Mapping[str, str] | None = None,
) -> Html:
    """The drills in their order; *titles* are the titles of the plans by id.

    *blocked* are the drills that need another day, by id, with the address where they get it.
    """
    heads = [_("日期"), _("演练"), _("预案"), _("类型"), _("状态"), _("地点"), _("参演人数")]
    return card_table(heads, (_row(drill, titles, address, blocked or {}) for drill in drills))


def day_and_hour(drill: Drill) -> Html:
    """The day, and the hour once it is known."""
    if drill.on is None:
        return unbroken(_("日期待定"))
    return unbroken(f"{day_text(drill.on)} {drill.at:%H:%M}" if drill.at else day_text(drill.on))


def plan_links(plans: Iterable[str], titles: Mapping[str, str]) -> Html:
    """The plans a drill is about; those the reader may not see are only counted."""
    ids = list(plans)
    known = [link(titles[plan], plan_address(plan)) for plan in ids if plan in titles]
    others = len(ids) - len(known)
    parts: list[object] = [*known, *([n_("另有 {count} 件预案", others)] if others else [])]
    return join(parts, _("、")) if parts else tag("span", "—")


def _row(
    drill: Drill, titles: Mapping[str, str], address: Callable[[Drill], str], blocked: Mapping[str, str]
) -> list[object]:
    return [
        day_and_hour(drill),
        link(drill_title(drill), address(drill)),
        plan_links(drill.plans, titles),
        type_words(drill.type),
        _standing(drill, blocked),
        drill.place or "—",
        unbroken(drill.participants_count or "—"),
    ]


def _standing(drill: Drill, blocked: Mapping[str, str]) -> Html:
    """The state, and for a drill whose day is closed the way to another one."""
    if drill.id not in blocked:
        return state_badge(drill.state)
    change = [" ", link(_("改期"), blocked[drill.id])] if blocked[drill.id] else []
    return join([state_badge(drill.state), " ", badge(_("须改期"), "bad"), *change])
