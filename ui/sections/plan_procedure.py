"""处置程序: targets, tasks, pools and levels; the author confirms the targets or changes them."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from plans_repo import plans
from plans_repo.store.actor import Actor
from plans_repo.store.roles import Action
from plans_repo.text.citation import citations
from sim.figure import Mark
from sim.procedure import Procedure, Target
from ui.components.counters import show_empty
from ui.components.html import Html, show
from ui.components.procedure_tables import ProcedureTables
from ui.components.promises import target_title
from ui.components.refusal import answered
from ui.components.unbound_limits import unbound_table
from ui.identity import guard, reading, work
from ui.sections.opened import OpenedVersion
from ui.wording import _, n_


def show_procedure(opened: OpenedVersion, actor: Actor) -> None:
    """The procedure of the version, and what the author can do with its targets."""
    with reading() as asked:
        procedure = plans.procedure_of(asked, opened.plan.id, opened.version.id)
        text = plans.text_of(asked, opened.plan.id, opened.version.id)
    cited = citations(text)
    if procedure is None:
        show_empty(
            _("本版本没有处置程序"),
            _("综合性预案不对应单一灾种，不能直接推演；专项预案导入时会自动拟出处置程序。"),
        )
        return
    tables = ProcedureTables(procedure, cited, opened.address)
    st.subheader(_("目标"))
    _show_confirmation(opened, actor, procedure)
    show(tables.targets())
    if opened.is_newest and actor.may(Action.EDIT_PLAN) and procedure.targets:
        _show_target_form(opened, procedure)
    show_unbound(unbound_table(procedure, text, cited))
    st.subheader(_("任务"))
    show(tables.tasks())
    st.subheader(_("力量与资源"))
    show(tables.pools())
    st.subheader(_("响应级别"))
    show(tables.levels())


def show_unbound(unbound: Html) -> None:
    """The limits without a target, and what that means; nothing where there are none."""
    if unbound:
        st.subheader(_("未列入目标的时限"))
        st.caption(_("下列时限没有对应的目标，仿真不检验；需要检验的，请在目标中核对条款和限值。"))
        show(unbound)


def _show_confirmation(opened: OpenedVersion, actor: Actor, procedure: Procedure) -> None:
    proposed = sum(target.proposed for target in procedure.targets)
    if not proposed:
        return
    st.warning(n_("{count} 项目标由系统从正文拟出，尚未确认；确认前的仿真结论都标“拟议”。", proposed))
    may = opened.is_newest and actor.may(Action.CONFIRM_PROCEDURE)
    if may and st.button(_("按现状确认全部目标"), key="confirm", type="primary"):
        with answered():
            guard(Action.CONFIRM_PROCEDURE)
            with work() as asked:
                made = plans.confirm(asked, opened.plan.id)
            _go_to(made.id)


def _show_target_form(opened: OpenedVersion, procedure: Procedure) -> None:
    """One target at a time; saving makes a new version with the same words."""
    with st.expander(_("修改目标"), key="targets-open"):
        st.caption(_("保存后形成新的版本；正文不变，现行版本不受影响。"))
        names = {target.id: target for target in procedure.targets}
        chosen = names[
            st.selectbox(_("目标"), list(names), format_func=lambda name: target_title(names[name]), key="target")
        ]
        with st.form(f"target-{chosen.id}", border=False):
            left, right = st.columns(2)
            limit = left.number_input(
                _("提前量（分钟）") if chosen.clock else _("时限（分钟）"),
                value=float(chosen.limit_min),
                step=5.0,
                key=f"limit-{chosen.id}",
            )
            assurance = right.number_input(
                _("要求把握（%）"), 50.0, 99.9, value=chosen.assurance * 100, step=1.0, key=f"assurance-{chosen.id}"
            )
            fate = st.radio(
                _("处理"),
                ["keep", "drop"],
                format_func=lambda word: _("保留") if word == "keep" else _("删去此目标"),
                horizontal=True,
                key=f"fate-{chosen.id}",
            )
            reason = st.text_input(_("理由"), key=f"reason-{chosen.id}", placeholder=_("写入版本说明，必填"))
            is_saving = st.form_submit_button(_("保存目标"), key="save-target")
        if is_saving:
            changed = None if fate == "drop" else _changed(chosen, limit, round(assurance / 100, 4), reason)
            _save_target(opened, chosen, changed, reason)


def _changed(target: Target, limit_min: float, assurance: float, reason: str) -> Target:
    """The target as entered; what a person has changed counts as confirmed, a new limit as an expert's."""
    if limit_min == target.limit_min:
        return replace(target, assurance=assurance, proposed=False)
    return replace(
        target, limit_min=limit_min, assurance=assurance, proposed=False, mark=Mark.EXPERT, source=reason.strip()
    )


def _save_target(opened: OpenedVersion, former: Target, changed: Target | None, reason: str) -> None:
    with answered():
        guard(Action.EDIT_PLAN)
        with work() as asked:
            procedure = plans.procedure_of(asked, opened.plan.id)
            assert procedure is not None
            kept = (changed if target.id == former.id else target for target in procedure.targets)
            fresh = procedure.with_targets(target for target in kept if target is not None)
            made = plans.set_procedure(asked, opened.plan.id, fresh, reason=reason)
        _go_to(made.id)


def _go_to(version: str) -> None:
    """Show the version just made."""
    st.query_params["v"] = version
    st.rerun()
