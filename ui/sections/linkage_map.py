"""The map of plans with its filter, the same said in a sentence, and as a list."""

from __future__ import annotations

import streamlit as st

from plans_repo.linkage.network import Network, Tie
from ui.components.badges import badge
from ui.components.html import link, show, table
from ui.components.linkage_tables import other_name
from ui.components.plan_map import map_legend, plan_map
from ui.components.plan_names import RELATIONS
from ui.components.tie_reasons import doubt_words, why_proposed
from ui.wording import _, n_


def show_map(around: Network, chosen: str) -> None:
    """The drawing, what it says in words, and every tie in a row; only ties of the kinds asked for."""
    present = [kind for kind in RELATIONS if any(tie.kind is kind for tie in around.ties)]
    wanted = present
    if len(present) > 1:
        picked = st.pills(
            _("只看哪些关系"),
            present,
            selection_mode="multi",
            format_func=lambda kind: _(RELATIONS[kind]),
            key="tie-kinds",
        )
        wanted = list(picked) or present
    ties = [tie for tie in around.ties if tie.kind in wanted]
    show(map_legend())
    show(plan_map(around, chosen, wanted))
    proposed = sum(tie.is_proposed for tie in ties)
    st.caption(
        n_("图中 {count} 件预案", len(around.plans))
        + n_("、{count} 条关系", len(ties))
        + n_("，其中 {count} 条为系统建议、尚未确认。", proposed)
    )
    with st.expander(_("关系清单"), key="ties-open"):
        titles = around.titles
        show(table([_("预案"), _("关系"), _("对方预案"), _("来源"), _("依据")], (_row(tie, titles) for tie in ties)))
    for doubt in around.doubts:
        st.warning(doubt_words(doubt, around.titles))


def _row(tie: Tie, titles: dict[str, str]) -> list[object]:
    return [
        link(titles[tie.plan], f"/linkage?id={tie.plan}"),
        other_name(tie.kind),
        link(titles[tie.other], f"/linkage?id={tie.other}"),
        badge(_("建议"), "warn") if tie.is_proposed else badge(_("已确认"), "good"),
        why_proposed(tie),
    ]
