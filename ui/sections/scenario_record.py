"""One scenario or compound event: what it says, its curves, its versions, and the way to change it."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from plans_repo import scenario_versions, scenarios
from plans_repo.failure_words import compound_failures_told, failures_told
from plans_repo.packs import reading as packs
from plans_repo.packs.cases import made_for
from plans_repo.packs.naming import name_of
from sim.compound import Compound
from sim.errors import CodedError
from sim.plain import digest
from sim.scenario import Scenario
from ui import downloads
from ui.components.event_words import beginning, set_off_by
from ui.components.html import link, show, table, tag
from ui.components.plan_names import told
from ui.components.refusal import answered
from ui.components.version_history import short_hash
from ui.identity import reading, work
from ui.sections.compound_form import compound_form
from ui.sections.scenario_curves import show_curves
from ui.sections.scenario_form import scenario_form
from ui.sections.scenario_list import address, copy_title, go_to, new_name
from ui.sections.study_request import parameter_table
from ui.wording import _, duration_text, instant_text, language, sentence


def show_event(name: str, *, version: int, edit: bool, may_write: bool) -> None:
    """The event of an id, as it is or under change."""
    with reading() as asked:
        event = scenarios.event(asked, f"{name}@{version}" if version else name)
        number = scenario_versions.number_of(asked, event)
        is_kept = not scenario_versions.is_of_packs(name)
        history = scenario_versions.history(asked, name) if is_kept else ()
        may_save = may_write and is_kept and scenario_versions.may_save(asked, name)
    st.subheader(told(event.title, event.title_en))
    _facts(event, number)
    newest = history[0].number if history else 0
    if edit and may_save and number == newest:
        _edit(event, number)
        return
    _deeds(event, number, may_save=may_save and number == newest, may_write=may_write)
    if isinstance(event, Compound):
        _show_compound(event)
    else:
        _show_scenario(event)
    if history:
        st.subheader(_("版本"))
        rows = [
            [
                link(_("第{number}版", number=one.number), address(name, version=one.number)),
                instant_text(one.saved_at),
                one.saved_by,
                one.reason or "—",
                short_hash(one.hash),
            ]
            for one in history
        ]
        show(table([_("版本"), _("时间"), _("保存人"), _("理由"), _("校验码")], rows))
        st.caption(_("版本保存后不再改变；仿真研究记下所用情景的版本和校验码，以后另存新版不影响已有研究。"))


def _facts(event: Scenario | Compound, number: int) -> None:
    kind = _("复合情景") if isinstance(event, Compound) else name_of("spread", event.spread, language())
    facts = [
        kind,
        _("第{number}版", number=number) if number else _("系统自带"),
        _("推演时长 {time}", time=duration_text(event.horizon_min)),
        tag("span", _("校验码 "), short_hash(digest(event))),
    ]
    if isinstance(event, Scenario) and event.circumstances:
        facts.append(_("情形：{circumstances}", circumstances=made_for((), event.circumstances, language())))
    show(tag("div", *(tag("span", fact) for fact in facts), cls="yy-facts"))
    if summary := told(event.summary, event.summary_en):
        st.caption(summary)


def _deeds(event: Scenario | Compound, number: int, *, may_save: bool, may_write: bool) -> None:
    show(tag("div", link(_("下载情景文件"), downloads.address("scenario", event.id, v=str(number))), cls="yy-account"))
    left, right = st.columns(2)
    if may_save and left.button(_("修改"), key="scenario-edit", type="primary"):
        go_to(event.id, edit=True)
    if may_write and (right if may_save else left).button(_("复制后修改"), key="scenario-copy"):
        with answered():
            with work() as doing:
                made = replace(event, id=new_name(doing.new_id()), title=copy_title(event.title), title_en="")
                source = f"{event.id}@{number}" if number else event.id
                scenario_versions.save(doing, made, made_from=source, after=0)
            go_to(made.id, edit=True)


def _show_scenario(event: Scenario) -> None:
    for line in failures_told(event, packs.template(event.spread).procedure, language()):
        st.caption(line)
    with st.expander(_("参数与出处"), key="scenario-figures"):
        show(parameter_table(event))
    show_curves(event, key=f"shown-{event.id}")


def _show_compound(event: Compound) -> None:
    rows = [
        [
            link(told(part.scenario.title, part.scenario.title_en), address(part.scenario.id)),
            beginning(part),
            set_off_by(event, part),
            short_hash(digest(part.scenario)),
        ]
        for part in event.parts
    ]
    show(table([_("组成事件"), _("开始"), _("方式"), _("情景校验码")], rows))
    st.caption(_("各事件由各自预案的处置程序应对，同名的力量和物资是同一批，先到先用。"))
    for line in compound_failures_told(event, packs.pools_of(event), language()):
        st.caption(line)
    chosen = st.selectbox(
        _("看哪个事件的曲线"),
        range(len(event.parts)),
        format_func=lambda at: told(event.parts[at].scenario.title, event.parts[at].scenario.title_en),
        key="compound-part",
    )
    show_curves(event.parts[chosen].scenario, key=f"shown-{event.id}-{chosen}")


def _edit(event: Scenario | Compound, number: int) -> None:
    show(link(_("‹ 不保存，返回"), address(event.id)))
    if isinstance(event, Compound):
        compound_form(event, number=number)
        return
    key = f"edit-{event.id}-{number}"
    left, right = st.columns([1, 1], gap="large")
    with left:
        try:
            draft = scenario_form(event, key=key)
            scenario_versions.checked(draft)
        except CodedError as error:
            st.error(sentence(error))
            return
        reason = st.text_input(_("保存的理由（一般填写改了什么、为什么改）"), key=f"{key}-reason", max_chars=200)
        if st.button(_("保存为第{number}版", number=number + 1), key=f"{key}-save", type="primary"):
            with answered():
                with work() as doing:
                    scenario_versions.save(doing, draft, reason=reason, after=number)
                go_to(event.id)
        if draft == event:
            st.caption(_("还没有改动。"))
    with right:
        show_curves(draft, key=key)
