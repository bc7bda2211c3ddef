"""Forms for one expected action and one objective of a script, and for taking a part out of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from drills.scripts.script import START, ExpectedAction, Objective, Script
from plans_repo.store.work import new_uuid
from ui.components.choice import choose
from ui.components.plan_names import told
from ui.components.refusal import answered
from ui.components.script_words import objective_part
from ui.wording import _

Keep = Callable[[Script, str, str], None]
"""Keeps a changed script with the reason and the words that say what was done."""
NEW = ""
PARTS = ("who", "condition", "task", "standard", "effect", "measure", "unit")


def show_action(script: Script, revision: int, keep: Keep) -> None:
    """Change, add or take out one expected action."""
    by_id = {one.id: one for one in script.actions}
    names = {NEW: _("新增一项")} | {one.id: f"{one.number} {told(one.title, one.title_en)}" for one in script.actions}
    chosen = choose(st.container(), _("哪一项行动"), list(names), names.__getitem__, key="action-which")
    action = by_id.get(chosen) or ExpectedAction(id=new_uuid(), number=_next(script), title=_("新行动"))
    key = _keyed("action", chosen, revision)
    with st.form(key("form")):
        built = _action_fields(script, action, key)
        reason, is_saving, is_leaving = _ends(key, is_new=chosen == NEW)
    if is_saving:
        with answered():
            made = built()
            keep(script.with_action(made), reason, _("预期行动{number}已保存", number=made.number))
    if is_leaving:
        with answered():
            keep(script.without_action(action.id), reason, _("预期行动{number}已删除", number=action.number))


def _action_fields(script: Script, action: ExpectedAction, key: Callable[[str], str]) -> Callable[[], ExpectedAction]:
    left, middle, right = st.columns(3)
    number = left.text_input(_("编号"), value=action.number, max_chars=20, key=key("number"))
    title = middle.text_input(_("预期行动"), value=action.title, max_chars=300, key=key("title"))
    unit = right.text_input(_("单位"), value=action.unit, max_chars=100, key=key("unit"))
    limit = left.number_input(
        _("时限（分钟，没有的留空）"), min_value=0.0, value=action.limit_min, step=1.0, key=key("limit")
    )
    since = _moments(script, action)
    place = list(since).index(action.since) if action.since in since else 0
    counted = middle.selectbox(
        _("起算"), list(since), index=place, format_func=since.__getitem__, key=key("since")
    )  # fmt: skip
    sign = right.text_input(_("完成标志"), value=action.sign, max_chars=300, key=key("sign"))

    def built() -> ExpectedAction:
        return replace(
            action,
            number=number.strip(),
            title=title.strip(),
            unit=unit.strip(),
            limit_min=limit,
            since=counted or START,
            sign=sign.strip(),
            met_share=action.met_share if (limit, counted or START) == (action.limit_min, action.since) else None,
        )

    return built


def _moments(script: Script, action: ExpectedAction) -> dict[str, str]:
    """What a limit may count from: the start, an inject, or another action."""
    found = {START: _("演练开始")}
    found |= {one.id: _("注入{number}下达", number=one.number) for one in script.in_order}
    found |= {one.id: _("{number}完成", number=one.number) for one in script.actions if one.id != action.id}
    return found


def show_objective(script: Script, revision: int, keep: Keep) -> None:
    """Change, add or take out one objective."""
    by_id = {one.id: one for one in script.objectives}
    names = {NEW: _("新增一项")} | {one.id: f"{one.who} {one.task}".strip() for one in script.objectives}
    chosen = choose(st.container(), _("哪一项目标"), list(names), names.__getitem__, key="objective-which")
    blank = Objective(id=new_uuid(), who="", condition="", task="", standard="", effect="")
    objective = by_id.get(chosen) or blank
    key = _keyed("objective", chosen, revision)
    with st.form(key("form")):
        left, right = st.columns(2)
        typed = {
            part: (left, right)[place % 2].text_input(
                _("单位") if part == "unit" else objective_part(part), value=getattr(objective, part), max_chars=300,
                key=key(part),
            )
            for place, part in enumerate(PARTS)
        }  # fmt: skip
        value = right.number_input(objective_part("value"), value=objective.value, step=1.0, key=key("value"))
        reason, is_saving, is_leaving = _ends(key, is_new=chosen == NEW)
    if is_saving:
        with answered():
            made = replace(objective, value=value, **{part: words.strip() for part, words in typed.items()})
            keep(script.with_objective(made), reason, _("演练目标已保存"))
    if is_leaving:
        with answered():
            keep(script.without_objective(objective.id), reason, _("演练目标已删除"))


def _ends(key: Callable[[str], str], *, is_new: bool) -> tuple[str, bool, bool]:
    """The reason, and whether to save or to take out."""
    reason = st.text_input(_("改动缘由"), max_chars=300, key=key("reason"))
    left, right = st.columns(2)
    is_saving = left.form_submit_button(_("保存"), type="primary", key=key("save"))
    is_leaving = not is_new and right.form_submit_button(_("删除"), key=key("leave"))
    return reason, is_saving, is_leaving


def _next(script: Script) -> str:
    taken = {one.number for one in script.actions}
    return next(f"A{number}" for number in range(1, len(taken) + 2) if f"A{number}" not in taken)


def _keyed(kind: str, chosen: str, revision: int) -> Callable[[str], str]:
    return lambda field: f"{kind}-{chosen or 'new'}-{revision}-{field}"
