"""处置程序: targets, tasks, pools and levels; the author confirms the targets or changes them."""

from __future__ import annotations

import streamlit as st

from plans_repo import plans
from plans_repo.importing import NARROWER_THAN_TEMPLATES
from plans_repo.plans import Plan, PlanKind
from plans_repo.store.actor import Actor
from plans_repo.store.roles import Action
from plans_repo.text.citation import citations
from sim.procedure import Hazard
from ui.components.counters import show_empty
from ui.components.html import Html, show
from ui.components.plan_names import hazard_name
from ui.components.procedure_tables import ProcedureTables
from ui.components.unbound_limits import unbound_table
from ui.identity import reading
from ui.sections.opened import OpenedVersion
from ui.sections.procedure_editor import ProcedureEditor
from ui.sections.supporting import show_supporting
from ui.sections.target_forms import TargetForms
from ui.wording import _
from ui.wording.errors import worded


def _without(plan: Plan) -> str:
    """Why there is no procedure: the plan is for no one hazard, or for one that cannot be played yet."""
    if plan.kind is PlanKind.OVERALL:
        return _("综合性预案不对应单一灾种，不能直接推演；专项预案导入时会自动拟出处置程序。")
    if plan.hazard:
        return _("本版没有拟出处置程序，不能推演。")
    played = _("、").join(hazard_name(hazard) for hazard in Hazard)
    return _("目前可以推演的灾种为{hazards}；本预案没有对应到其中之一，没有拟出处置程序。", hazards=played)


def show_procedure(opened: OpenedVersion, actor: Actor) -> None:
    """The procedure of the version, and what the author can do with its targets."""
    with reading() as asked:
        procedure = plans.procedure_of(asked, opened.plan.id, opened.version.id)
        text = plans.text_of(asked, opened.plan.id, opened.version.id)
    cited = citations(text)
    if procedure is None:
        show_empty(_("本版本没有处置程序"), _without(opened.plan))
        return
    tables = ProcedureTables(procedure, cited, opened.address)
    forms = TargetForms(opened=opened, procedure=procedure, clauses=text, cited=cited)
    st.subheader(_("目标"), anchor="targets")
    forms.confirmation(actor)
    show(tables.targets())
    if opened.is_newest and actor.may(Action.EDIT_PLAN):
        forms.change()
        forms.add()
    show_unbound(unbound_table(procedure, text, cited))
    editor = ProcedureEditor(opened=opened, procedure=procedure, clauses=text, cited=cited)
    is_editing = opened.is_newest and actor.may(Action.EDIT_PLAN)
    editor.findings()
    editor.picture()
    if is_editing:
        editor.suggested()
    st.subheader(_("任务"), anchor="tasks")
    if opened.plan.kind in NARROWER_THAN_TEMPLATES:
        st.warning(worded("template-of-county", {}))
    else:
        st.caption(_("任务、牵头单位、用时和力量数量取自灾种的县级模板，条款由系统按正文绑定，请对照本预案核对。"))
    show(tables.tasks())
    if is_editing:
        editor.tasks()
    st.subheader(_("力量与资源"))
    show(tables.pools())
    if is_editing:
        editor.forces()
    st.subheader(_("响应级别"))
    show(tables.levels())
    show_supporting(opened, procedure, actor)


def show_unbound(unbound: Html) -> None:
    """The limits without a target, and what that means; nothing where there are none."""
    if unbound:
        st.subheader(_("未列入目标的时限"))
        st.caption(_("下列时限没有对应的目标，仿真不检验；需要检验的，在“新增目标”中选取。"))
        show(unbound)
