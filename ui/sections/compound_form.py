"""The form of a compound event: which scenarios, when each begins or what sets it off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from plans_repo import scenario_versions, scenarios
from plans_repo.authored.ranges import LONGEST
from plans_repo.failure_words import compound_failures_told, compound_places
from plans_repo.packs import reading as packs
from sim.bounds import MOST_MIN
from sim.compound import Compound, Part, Trigger, set_off, strike_min
from sim.errors import CodedError
from sim.failures import Failure
from sim.hazards.contribution import Clock
from sim.hazards.models import contribution_of
from sim.scenario import Scenario
from ui.components.plan_names import told
from ui.components.refusal import answered
from ui.identity import reading, work
from ui.sections.failure_form import failure_form
from ui.wording import _, language, later, sentence

MOST = 5
HOW = {"at": later("零时后若干分钟"), "trigger": later("前面事件的某一时刻之后")}


def compound_form(kept: Compound | None, *, number: int) -> None:
    """Parts, title, length; saving makes a new event, or the version after *number* of the one that is *kept*."""
    key = f"compound-{kept.id if kept else 'new'}-{number}"
    try:
        draft = _draft(kept, key)
    except CodedError as error:
        st.error(sentence(error))
        return
    reason = st.text_input(_("保存的理由（一般填写改了什么、为什么改）"), key=f"{key}-reason", max_chars=200)
    if st.button(_("保存"), key=f"{key}-save", type="primary"):
        with answered():
            _save(kept, number, draft, reason)


@dataclass(frozen=True, kw_only=True)
class _Draft:
    """What the form holds; its title may still be empty."""

    title: str
    summary: str
    parts: tuple[Part, ...]
    horizon_min: float
    failures: tuple[Failure, ...]


def _draft(kept: Compound | None, key: str) -> _Draft:
    """The form as it is filled in now; refused by what the fields themselves refuse."""
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
        _("推演时长（分钟）"),
        value=float(kept.horizon_min if kept else longest),
        step=60.0,
        format="%g",
        key=f"{key}-horizon" if kept else f"{key}-horizon-{longest:g}",  # other events, another default
    )
    st.markdown(f"**{_('失效')}**")
    st.caption(_("分钟数从第一个事件的情景零时算起；只属于某一事件的失效，也可以写在该情景里。"))
    failures = _failures(kept, tuple(parts), key)
    return _Draft(title=title, summary=summary, parts=tuple(parts), horizon_min=float(horizon), failures=failures)


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
            _("零时后第几分钟（0 为同时发生）"), 0.0, float(MOST_MIN), value=before.start_min if before else 0.0,
            step=10.0, format="%g", key=f"{key}-{at}-start",
        )  # fmt: skip
        return Part(id=name, scenario=known[chosen], start_min=start)
    return _triggered(Part(id=name, scenario=known[chosen]), before, earlier, f"{key}-{at}")


def _triggered(part: Part, before: Part | None, earlier: list[Part], key: str) -> Part:
    """The part set off by a clock of an earlier one."""
    clocks = {
        (one.id, clock.name, clock.entity): _called(clock, at if len(earlier) > 1 else 0)
        for at, one in enumerate(earlier, start=1)
        for clock in contribution_of(one.scenario).clocks
    }
    given = before.trigger if before else None
    wanted = (given.part, given.clock, given.entity) if given else None
    chosen = st.selectbox(
        _("时刻"), list(clocks), index=list(clocks).index(wanted) if wanted in clocks else 0,
        format_func=lambda one: clocks[one], key=f"{key}-clock",
    )  # fmt: skip
    delay = st.number_input(
        _("之后几分钟"),
        0.0,
        float(MOST_MIN),
        value=given.delay_min if given else 0.0,
        step=10.0,
        format="%g",
        key=f"{key}-delay",
    )
    if not clocks:
        return part
    trigger = Trigger(part=chosen[0], clock=chosen[1], entity=chosen[2], delay_min=delay)
    every = Compound(id="draft", title="draft", parts=(*earlier, replace(part, trigger=trigger)), horizon_min=MOST_MIN)
    made = set_off(every).parts[-1]
    st.caption(_when(made, earlier))
    return made


def _called(clock: Clock, number: int) -> str:
    """A clock as it is offered; with the number of its event where there are several earlier ones."""
    title = told(clock.title, clock.title_en)
    return _("事件 {number}：{title}", number=number, title=title) if number else title


def _when(part: Part, earlier: Sequence[Part]) -> str:
    """The minute a triggered part begins, and its band where it follows a clock that chance moves."""
    assert part.trigger is not None
    before = next(one for one in earlier if one.id == part.trigger.part)
    if not part.follows:
        return _("该时刻不随机，自第 {minute:g} 分钟开始。", minute=round(part.start_min, 1))
    if before.follows:
        return _("每次推演随该时刻开始，居中在第 {minute:g} 分钟。", minute=round(part.start_min, 1))
    named = (part.trigger.clock, part.trigger.entity)
    clock = next(one for one in contribution_of(before.scenario).clocks if (one.name, one.entity) == named)
    low, high = (before.start_min + strike_min(clock, share) + part.trigger.delay_min for share in (0.1, 0.9))
    return _(
        "每次推演随该时刻开始：居中在第 {minute:g} 分钟，十次有八次在第 {low:g} 至 {high:g} 分钟。",
        minute=round(part.start_min, 1),
        low=round(low, 1),
        high=round(high, 1),
    )


def _failures(kept: Compound | None, parts: tuple[Part, ...], key: str) -> tuple[Failure, ...]:
    """What fails in the run as a whole: pools of any part's procedure, and the places of every part."""
    draft = Compound(id="draft", title="draft", parts=parts, horizon_min=MOST_MIN)
    pools = packs.pools_of(draft)
    bare = replace(draft, parts=tuple(replace(one, scenario=replace(one.scenario, failures=())) for one in draft.parts))
    things = {pool.id: told(pool.title, pool.title_en) for pool in pools} | compound_places(draft, language())
    return failure_form(
        kept.failures if kept else (),
        lambda failures: compound_failures_told(replace(bare, failures=failures), pools, language()),
        things,
        key=key,
    )


def _save(kept: Compound | None, number: int, draft: _Draft, reason: str) -> None:
    with work() as doing:
        name = kept.id if kept else f"s-{doing.new_id().replace('-', '')[:10]}"
        made = Compound(
            id=name,
            title=draft.title,
            title_en=kept.title_en if kept and kept.title == draft.title else "",
            summary=draft.summary,
            summary_en=kept.summary_en if kept and kept.summary == draft.summary else "",
            parts=draft.parts,
            horizon_min=draft.horizon_min,
            failures=draft.failures,
        )
        scenario_versions.save(doing, made, reason=reason, after=number)
    st.query_params.from_dict({"id": name})
    st.rerun()
