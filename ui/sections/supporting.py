"""工作手册与行动方案: which units have them, made from which version, and the way to each."""

from __future__ import annotations

import streamlit as st

from plans_repo.store.actor import Actor
from plans_repo.store.roles import Action
from plans_repo.writing import supporting
from plans_repo.writing.manual import leading_units, units_of
from plans_repo.writing.supporting import Supporting, SupportKind
from sim.procedure import Procedure
from ui.components.badges import badge
from ui.components.choice import choose
from ui.components.html import join, link, show, table
from ui.components.plan_names import SUPPORT_KINDS
from ui.components.refusal import answered
from ui.downloads import address
from ui.identity import guard, reading, work
from ui.sections.opened import OpenedVersion
from ui.wording import _, day_text

FILES = (("zh", "Word"), ("en", "Word (EN)"))


def show_supporting(opened: OpenedVersion, procedure: Procedure, actor: Actor) -> None:
    """A line for every document, and below it the way to make one."""
    with reading() as asked:
        found = supporting.supporting_documents(asked, opened.plan.id)
    st.subheader(_("工作手册与行动方案"))
    lacking = [unit for unit in leading_units(procedure) if unit not in {each.unit for each in found}]
    if lacking:
        st.caption(_("牵头单位中尚无工作手册或行动方案的：{units}。", units=_("、").join(lacking)))
    if found:
        heads = [_("单位"), _("文件"), _("依据版本"), _("编制日期"), _("状态"), ""]
        show(table(heads, (_row(opened, each) for each in found)))
    if opened.is_newest and actor.may(Action.EDIT_PLAN):
        _show_making(opened, units_of(procedure))


def _row(opened: OpenedVersion, each: Supporting) -> list[object]:
    state = badge(_("预案已修订，须重新编制"), "warn") if each.is_stale else badge(_("与最新版本一致"), "good")
    query = {"unit": each.unit, "document": each.kind.value, "version": each.version}
    files = [link(word, address("manual", opened.plan.id, lang=code, **query)) for code, word in FILES]
    return [each.unit, _(SUPPORT_KINDS[each.kind]), each.label, day_text(each.made_at), state, join(files, " ")]


def _show_making(opened: OpenedVersion, units: tuple[str, ...]) -> None:
    with st.form(f"supporting-{opened.version.id}", border=False):
        left, right = st.columns(2)
        unit = choose(left, _("单位"), units, str, key=f"support-unit-{opened.version.id}")
        kind = choose(right, _("文件"), list(SupportKind), lambda one: _(SUPPORT_KINDS[one]), key="support-kind")
        is_making = st.form_submit_button(_("由处置程序生成"), key="make-supporting")
    if is_making:
        with answered():
            guard(Action.EDIT_PLAN)
            with work() as asked:
                supporting.enter(asked, opened.plan.id, kind, unit)
            st.rerun()
