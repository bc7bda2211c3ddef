"""The form of a compound event: which scenarios, when each begins or what sets it off."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from plans_repo import scenario_versions, scenarios
from plans_repo.authored.ranges import LONGEST
from sim.bounds import MOST_MIN
from sim.compound import Compound, Part, Trigger, set_off
from sim.hazards.models import contribution_of
from sim.scenario import Scenario
from ui.components.plan_names import told
from ui.components.refusal import answered
from ui.identity import reading, work
from ui.wording import _, later

MOST = 5
HOW = {"at": later("零时后若干分钟"), "trigger": later("前面事件的某一时刻之后")}


def compound_form(kept: Compound | None, *, number: int) -> None:
    """Parts, title, length; saving makes a new event, or the version after *number* of the one that is *kept*."""
    key = f"compound-{kept.id if kept else 'new'}-{number}"
    with reading() as asked:
        known = {one.id: one for one in scenarios.list_scenarios(asked)}
    for part in kept.parts if kept else ():
        known[part.scenario.id] = part.scenario
    title = st.text_input(_("标题"), kept.title if kept else "", max_chars=LONGEST["title"], key=f"{key}-title")
    summary = st.text_area(_("概述"), kept.summary if kept else "", max_chars=LONGEST["summary"], key=f"{key}-summary")
    count = st.number_input(_("几个事件"), 2, MOST, value=len(kept.parts) if kept else 2, key=f"{key}-count")
    parts: list[Part] = []
    for at in range(int(count)):
        before = kept.parts[at] if kept and at < len(kept.parts) else None
        parts.append(_part(at, known, before, parts, key))
    longest = max(part.start_min + part.scenario.horizon_min for part in parts)
    horizon = st.number_input(
        _("推演时长（分钟）"), value=float(kept.horizon_min if kept else longest), step=60.0, key=f"{key}-horizon"
    )
    reason = st.text_input(_("保存的理由（一般填写改了什么、为什么改）"), key=f"{key}-reason", max_chars=200)
    if st.button(_("保存"), key=f"{key}-save", type="primary"):
        with answered():
            _save(kept, number, title, summary, parts, float(horizon), reason)


def _part(at: int, known: dict[str, Scenario], before: Part | None, earlier: list[Part], key: str) -> Part:
    st.markdown(f"**{_('事件 {number}', number=at + 1)}**")
    ids = list(known)
    chosen = st.selectbox(
        _("情景"), ids, index=ids.index(before.scenario.id) if before else min(at, len(ids) - 1),
        format_func=lambda one: told(known[one].title, known[one].title_en), key=f"{key}-{at}-scenario",
    )  # fmt: skip
    name = before.id if before else "" if at == 0 else f"p{at + 1}"
    if at == 0:
        st.caption(_("第一个事件自情景零时开始。"))
        return Part(id=name, scenario=known[chosen])
    how = st.radio(
        _("何时开始"), list(HOW), index=int(bool(before and before.trigger)), format_func=lambda one: _(HOW[one]),
        horizontal=True, key=f"{key}-{at}-how",
    )  # fmt: skip
    if how == "at":
        start = st.number_input(
            _("零时后第几分钟（0 为同时发生）"), 0.0, value=before.start_min if before else 0.0, step=10.0,
            key=f"{key}-{at}-start",
        )  # fmt: skip
        return Part(id=name, scenario=known[chosen], start_min=start)
    return _triggered(Part(id=name, scenario=known[chosen]), before, earlier, f"{key}-{at}")


def _triggered(part: Part, before: Part | None, earlier: list[Part], key: str) -> Part:
    """The part set off by a clock of an earlier one, at its minute in the middling case."""
    clocks = {
        (one.id, clock.name, clock.entity): told(clock.title, clock.title_en)
        for one in earlier
        for clock in contribution_of(one.scenario).clocks
    }
    given = before.trigger if before else None
    wanted = (given.part, given.clock, given.entity) if given else None
    chosen = st.selectbox(
        _("时刻"), list(clocks), index=list(clocks).index(wanted) if wanted in clocks else 0,
        format_func=lambda one: clocks[one], key=f"{key}-clock",
    )  # fmt: skip
    delay = st.number_input(
        _("之后几分钟"), 0.0, value=given.delay_min if given else 0.0, step=10.0, key=f"{key}-delay"
    )
    if not clocks:
        return part
    trigger = Trigger(part=chosen[0], clock=chosen[1], entity=chosen[2], delay_min=delay)
    every = Compound(id="draft", title="draft", parts=(*earlier, replace(part, trigger=trigger)), horizon_min=MOST_MIN)
    made = set_off(every).parts[-1]
    st.caption(_("按该时刻居中的情形，自第 {minute:g} 分钟开始。", minute=round(made.start_min, 1)))
    return made


def _save(
    kept: Compound | None, number: int, title: str, summary: str, parts: list[Part], horizon_min: float, reason: str
) -> None:
    with work() as doing:
        name = kept.id if kept else f"s-{doing.new_id().replace('-', '')[:10]}"
        made = Compound(
            id=name,
            title=title,
            title_en=kept.title_en if kept and kept.title == title else "",
            summary=summary,
            summary_en=kept.summary_en if kept and kept.summary == summary else "",
            parts=tuple(parts),
            horizon_min=horizon_min,
            failures=kept.failures if kept else (),
        )
        scenario_versions.save(doing, made, reason=reason, after=number)
    st.query_params.from_dict({"id": name})
    st.rerun()
