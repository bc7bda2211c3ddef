"""The design of one drill on its page: what it lacks, what is arranged, and the form to change it."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from drills.access import changes
from drills.designs import keeping
from drills.designs.checks import lacking
from drills.designs.design import Design
from drills.designs.keeping import NONE_YET, KeptDesign
from drills.drill import COMING, Drill
from drills.papers.design_papers import DesignPaperKind
from drills.papers.making import unit_names
from drills.register import drill as drill_of
from plans_repo.store.roles import Action
from plans_repo.store.work import Work
from ui import downloads
from ui.components.design_words import (
    calendar_of,
    calendar_text,
    gap_words,
    posts_of,
    posts_text,
    risks_of,
    risks_text,
    stops_of,
)
from ui.components.html import join, link, paragraphs, show, table, tag
from ui.components.notice import leave_notice
from ui.components.refusal import answered
from ui.components.script_words import PAPERS
from ui.identity import guard, work
from ui.wording import _, day_text, figure_text, instant_text, language

TALL_PX = 120


@dataclass(frozen=True, kw_only=True)
class OpenDesign:
    """A drill with its design; *is_ours* where the person may change it."""

    drill: Drill
    kept: KeptDesign | None
    units: tuple[str, ...]
    is_ours: bool


def open_design(asked: Work, drill_id: str) -> OpenDesign:
    """The design of a drill; refused to whom it is not for."""
    drill = drill_of(asked, drill_id)
    is_ours = asked.actor.may(Action.PLAN_DRILL) and changes(asked, organisation=drill.organisation, area=drill.area)
    return OpenDesign(
        drill=drill,
        kept=keeping.design(asked, drill_id),
        units=unit_names(asked, drill, language()),
        is_ours=is_ours and drill.state in COMING,
    )


def show_design(opened: OpenDesign) -> None:
    """Put the design on the page, and the form for whom may change it."""
    design = opened.kept.design if opened.kept else Design()
    if opened.kept is not None:
        found = lacking(design, opened.drill, opened.units)
        if found:
            st.warning(_("还缺：{lines}。", lines=_("；").join(map(gap_words, found))))
        else:
            st.success(_("方案要素齐备。"))
        st.caption(_("{who}于{at}保存", who=opened.kept.saved_by, at=instant_text(opened.kept.saved_at)))
        papers = [
            link(
                _("{paper}（Word）", paper=_(PAPERS[kind])),
                downloads.address("drill-paper", opened.drill.id, paper=kind.value, lang=language()),
            )
            for kind in DesignPaperKind
        ]
        show(tag("div", join(papers, "　"), cls="yy-facts"))
        show(table([_("事项"), _("内容")], _rows(design), cls="yy-table"))
    else:
        st.caption(_("还没有工作方案。"))
    if opened.is_ours:
        with st.expander(_("填写工作方案"), expanded=opened.kept is None, key="design-edit"):
            _show_form(opened, design)


def _rows(design: Design) -> list[list[object]]:
    budget = "—" if design.budget_cny is None else _("{amount}元", amount=figure_text(design.budget_cny))
    notice = day_text(design.notice_on) if design.notice_on else "—"
    pairs = [
        (_("演练目的"), design.purpose),
        (_("演练需求"), design.need),
        (_("演练范围"), design.scope),
        (_("准备日程"), calendar_text(design.calendar)),
        (_("经费"), _("；").join(filter(None, [budget, design.funds]))),
        (_("岗位和人员"), posts_text(design.posts)),
        (_("物资和场地保障"), design.support),
        (_("通信保障"), design.communication),
        (_("医疗保障"), design.medical),
        (_("风险和措施"), risks_text(design.risks)),
        (_("防护和保险"), design.insurance),
        (_("终止条件"), "\n".join(design.stops)),
        *([(_("对公众的公告"), notice)] if design.disturbs_public else []),
        (_("观摩安排"), design.observers),
    ]
    return [[name, paragraphs(words) if words else "—"] for name, words in pairs]


def _show_form(opened: OpenDesign, design: Design) -> None:
    base = opened.kept.hash if opened.kept else NONE_YET

    def key(field: str) -> str:
        return f"design-{base[:8]}-{field}"

    def area(label: str, value: str, field: str, hint: str = "") -> str:
        return st.text_area(label, value=value, max_chars=4000, height=TALL_PX, placeholder=hint, key=key(field))

    with st.form(key("form")):
        purpose = area(_("演练目的"), design.purpose, "purpose", _("为什么演练、要解决什么问题、达到什么效果"))
        need = area(_("演练需求"), design.need, "need", _("需要锻炼的人员、技能，需要检验的设备、流程、职责"))
        scope = area(_("演练范围"), design.scope, "scope", _("事件类型和等级、地域、参演单位和人数、演练方式"))
        calendar = area(
            _("准备日程（每行：日期｜事项｜负责人）"), calendar_text(design.calendar), "calendar",
            _("2026-11-20｜脚本定稿｜总策划"),
        )  # fmt: skip
        left, right = st.columns(2)
        budget = left.number_input(
            _("经费（元）"), min_value=0.0, value=design.budget_cny, step=1000.0, key=key("budget")
        )
        funds = right.text_input(_("经费来源"), value=design.funds, max_chars=300, key=key("funds"))
        posts = area(
            _("岗位和人员（每行：岗位｜姓名｜单位）"), posts_text(design.posts), "posts", _("总指挥｜张三｜县政府")
        )
        support = area(_("物资和场地保障"), design.support, "support")
        communication = st.text_input(
            _("通信保障"), value=design.communication, max_chars=1000, key=key("communication")
        )
        medical = st.text_input(_("医疗保障"), value=design.medical, max_chars=1000, key=key("medical"))
        is_high_risk = st.checkbox(_("大型或高风险演练"), value=design.is_high_risk, key=key("high-risk"))
        risks = area(_("风险和措施（每行：风险｜措施｜负责人）"), risks_text(design.risks), "risks")
        insurance = st.text_input(_("防护和保险"), value=design.insurance, max_chars=1000, key=key("insurance"))
        stops = area(
            _("终止条件（每行一条）"), "\n".join(design.stops), "stops", _("发生真实突发事件，需要参演人员处置")
        )
        disturbs = st.checkbox(_("可能影响公众，须事先公告"), value=design.disturbs_public, key=key("public"))
        notice_on = st.date_input(_("公告日期"), value=design.notice_on, key=key("notice"))
        observers = area(_("观摩安排"), design.observers, "observers")
        is_saving = st.form_submit_button(_("保存"), type="primary", key=key("save"))
    if is_saving:
        with answered():
            guard(Action.PLAN_DRILL)
            made = Design(
                purpose=purpose.strip(), need=need.strip(), scope=scope.strip(), budget_cny=budget, funds=funds.strip(),
                calendar=calendar_of(calendar), posts=posts_of(posts), support=support.strip(),
                communication=communication.strip(), medical=medical.strip(), insurance=insurance.strip(),
                is_high_risk=is_high_risk, risks=risks_of(risks), stops=stops_of(stops), disturbs_public=disturbs,
                notice_on=notice_on if disturbs else None, observers=observers.strip(),
            )  # fmt: skip
            with work() as doing:
                keeping.keep(doing, opened.drill.id, made, base=base)
            leave_notice(_("工作方案已保存。"))
            st.rerun()
