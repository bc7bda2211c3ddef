"""Ways to make and change the script of a drill: from a plan, from a sheet or file, inject by inject, and approval."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from drills.scripts import keeping
from drills.scripts.condition_text import MOST_CHARACTERS, read, written
from drills.scripts.exchange import read_cexf
from drills.scripts.naming import names_of
from drills.scripts.script import Channel, Inject, Script, Standing, Timing
from drills.scripts.sheet import Sheet, read_sheet
from plans_repo import plans, scenarios
from plans_repo.packs.naming import name_of
from plans_repo.store.roles import Action
from plans_repo.store.work import new_uuid
from ui.components.choice import choose
from ui.components.html import Html, show, table
from ui.components.notice import leave_notice
from ui.components.plan_names import told
from ui.components.refusal import answered
from ui.components.script_words import approval_reason
from ui.identity import guard, reading, work
from ui.sections.drill_script import OpenScript
from ui.sections.script_part_forms import show_action, show_objective
from ui.wording import _, language
from ui.wording.errors import worded

MOST_SHOWN = 50
NEW = ""


def show_forms(opened: OpenScript) -> None:
    """The ways in, for whom may change the script."""
    if opened.kept is not None:
        kept = opened.kept

        def keep(script: Script, reason: str, done: str) -> None:
            _keep(opened, script, reason, done)

        with st.expander(_("改一条注入"), key="script-inject"):
            _show_inject(opened, kept.script)
        with st.expander(_("改一项预期行动"), key="script-action"):
            show_action(kept.script, kept.revision, keep)
        with st.expander(_("改一项演练目标"), key="script-objective"):
            show_objective(kept.script, kept.revision, keep)
        with st.expander(_("审定注入"), key="script-approve"):
            _show_approval(opened, kept.script)
    with st.expander(_("由预案和情景生成脚本"), expanded=opened.kept is None, key="script-make"):
        _show_making(opened)
    with st.expander(_("导入表格或 CEXF 文件"), key="script-import"):
        _show_import(opened)


def _keep(opened: OpenScript, script: Script, reason: str, done: str) -> None:
    """Keep a script behind the revision the person saw."""
    guard(Action.PLAN_DRILL)
    with work() as doing:
        base = opened.kept.revision if opened.kept else 0
        kept = keeping.keep(doing, opened.drill.id, script, base=base, reason=reason)
    leave_notice(_("{done}（第{revision}稿）。", done=done, revision=kept.revision))
    st.rerun()


# ---- from the plan ---------------------------------------------------------------------------------------------------


def _show_making(opened: OpenScript) -> None:
    drill = opened.drill
    with reading() as asked:
        titles = {one.id: one.title for one in (plans.plan(asked, plan) for plan in drill.plans)}
    if not titles:
        st.caption(_("这次演练还没有关联预案。"))
        return
    st.caption(_("灾害过程成为注入，处置任务成为预期行动；有同一版本、同一情景的仿真研究时，其时段一并列出。"))
    left, right = st.columns(2)
    plan = choose(left, _("预案"), list(titles), titles.__getitem__, key="script-plan")
    with reading() as asked:
        procedure = plans.procedure_of(asked, plan)
        events = scenarios.scenarios_for(asked, procedure) if procedure else ()
    if not events:
        right.caption(_("这件预案还没有处置程序，或者没有与之相应的情景。"))
        return
    by_id = {one.id: one for one in events}
    place = list(by_id).index(drill.scenario) if drill.scenario in by_id else 0
    scenario = right.selectbox(
        _("情景"), list(by_id), index=place, format_func=lambda one: told(by_id[one].title, by_id[one].title_en),
        key="script-scenario",
    )  # fmt: skip
    minutes = left.number_input(
        _("演练时长（分钟）"), min_value=10, max_value=10_000, value=drill.duration_min or 240, step=10,
        key="script-minutes",
    )  # fmt: skip
    reason = right.text_input(_("缘由"), max_chars=300, key="script-make-reason") if opened.kept else ""
    if opened.kept is not None:
        st.caption(_("重新生成会替换现有脚本的内容，以前各稿仍然保留。"))
    if st.button(_("生成脚本"), type="primary", key="script-make-go"):
        with answered():
            with reading() as asked:
                made = keeping.make(asked, drill.id, plan=plan, scenario=scenario, duration_min=minutes)
            _keep(opened, made, reason, _("脚本已生成"))


# ---- from a file -----------------------------------------------------------------------------------------------------


def _show_import(opened: OpenScript) -> None:
    file = st.file_uploader(
        _("导出后改好的表格（.xlsx），或 CEXF 文件（.json）"), type=["xlsx", "json"], key="script-file"
    )
    if file is None:
        return
    with answered():
        if file.name.lower().endswith(".json"):
            _show_cexf(opened, file.getvalue(), file.name)
        else:
            _show_sheet(opened, file.getvalue(), file.name)


def _show_cexf(opened: OpenScript, data: bytes, name: str) -> None:
    found = read_cexf(data, new_id=new_uuid)
    st.markdown(_("“{title}”：{count}条注入。", title=found.about.title, count=len(found.script.injects)))
    if found.left:
        st.caption(_("本系统没有对应之处、未读入的部分：{left}", left=_("、").join(found.left)))
    _offer(opened, found.script, _("读入文件 {name}", name=name[:100]))


def _show_sheet(opened: OpenScript, data: bytes, name: str) -> None:
    base = opened.kept.script if opened.kept else Script(duration_min=opened.drill.duration_min or 240)
    drops = st.checkbox(_("表中没有的行一并删除"), key="script-drops")
    found = read_sheet(data, name, base, new_id=new_uuid, drops=drops)
    if found.script is None:
        st.error(_("表中有 {count} 处不对，改好前一行也不会读入：", count=len(found.faults)))
        rows = [
            [name_of("script_page", one.page, language()), one.number, worded(one.code, one.fields)]
            for one in found.faults[:MOST_SHOWN]
        ]
        show(table([_("工作表"), _("行"), _("原因")], rows))
        return
    show(_changes(found))
    _offer(opened, found.script, _("读入表格 {name}", name=name[:100]))


def _changes(found: Sheet) -> Html:
    rows = [
        [name_of("script_page", page, language()), len(one.added), len(one.changed), len(one.unchanged),
         len(one.missing)]
        for page, one in found.changes.items()
    ]  # fmt: skip
    return table([_("工作表"), _("新增"), _("改动"), _("未动"), _("表中没有")], rows)


def _offer(opened: OpenScript, script: Script, reason: str) -> None:
    if st.button(_("读入"), type="primary", key="script-take"):
        _keep(opened, script, reason, _("已读入"))


# ---- one inject ------------------------------------------------------------------------------------------------------


def _show_inject(opened: OpenScript, script: Script) -> None:
    by_id = {one.id: one for one in script.in_order}
    names = {NEW: _("新增一条")} | {one.id: f"{one.number} {told(one.title, one.title_en)}" for one in script.in_order}
    chosen = choose(st.container(), _("哪一条"), list(names), names.__getitem__, key="script-which")
    inject = by_id.get(chosen) or Inject(id=new_uuid(), number=_next(script), title=_("新注入"), text="", at_min=0.0)
    key = _keyed(f"{chosen or 'new'}-{opened.kept.revision if opened.kept else 0}")
    with st.form(key("form")):
        written_inject = _inject_fields(script, inject, key)
        reason = st.text_input(_("改动缘由"), max_chars=300, key=key("reason"))
        left, right = st.columns(2)
        is_saving = left.form_submit_button(_("保存"), type="primary", key=key("save"))
        is_leaving = chosen != NEW and right.form_submit_button(_("删除"), key=key("leave"))
    if is_leaving:
        with answered():
            _keep(opened, script.without_inject(inject.id), reason, _("注入{number}已删除", number=inject.number))
    if is_saving:
        with answered():
            changed = written_inject()
            approved = changed.content == inject.content and chosen != NEW
            final = changed if approved else replace(changed, standing=Standing.DRAFT)
            _keep(opened, script.with_inject(final), reason, _("注入{number}已保存", number=final.number))


def _inject_fields(script: Script, inject: Inject, key: Callable[[str], str]) -> Callable[[], Inject]:
    """The fields of an inject; what comes back builds it, or is refused, once the form is sent."""
    names = names_of(script)
    left, middle, right = st.columns(3)
    number = left.text_input(_("编号"), value=inject.number, max_chars=20, key=key("number"))
    timing = middle.selectbox(
        _("触发方式"), list(Timing), index=list(Timing).index(inject.timing), key=key("timing"),
        format_func=lambda one: name_of("inject_timing", one, language()),
    )  # fmt: skip
    at_min = right.number_input(
        _("计划时刻（分钟，定时的填）"), min_value=0.0, max_value=float(script.duration_min),
        value=inject.at_min, step=1.0, key=key("at"),
    )  # fmt: skip
    condition = st.text_input(
        _("触发条件（按条件的填）"), value=written(inject.condition, names, language()), max_chars=MOST_CHARACTERS,
        placeholder=_("时钟≥30 且 （逾期(A3) 或 状态(名称)≥5） 且 非 下达(4)"), key=key("condition"),
    )  # fmt: skip
    st.caption(
        _("可用：时钟≥分钟、完成(行动)、逾期(行动)、下达(注入)满分钟、状态(名称)≥或<数值；用且、或、非和括号连接。")
    )
    if names.states:
        st.caption(_("状态有：{states}", states=_("、").join(names.states)))
    left, middle, right = st.columns(3)
    sender = left.text_input(_("来源"), value=inject.sender, max_chars=100, key=key("sender"))
    to = middle.text_input(_("对象（用、分开）"), value="、".join(inject.to), max_chars=500, key=key("to"))
    channel = right.selectbox(
        _("下达方式"), list(Channel), index=list(Channel).index(inject.channel), key=key("channel"),
        format_func=lambda one: name_of("inject_channel", one, language()),
    )  # fmt: skip
    title = st.text_input(_("标题"), value=inject.title, max_chars=300, key=key("title"))
    body = st.text_area(_("内容"), value=inject.text, max_chars=4000, key=key("text"))
    actions = {one.id: f"{one.number} {told(one.title, one.title_en)}" for one in script.actions}
    expects = st.multiselect(
        _("预期行动"), list(actions), default=list(inject.expects), format_func=actions.__getitem__, key=key("expects")
    )
    left, right = st.columns(2)
    cue = left.text_input(_("评估提示"), value=inject.cue, max_chars=1000, key=key("cue"))
    note = right.text_input(_("导调备注（仅导演组）"), value=inject.note, max_chars=1000, key=key("note"))

    def built() -> Inject:
        return replace(
            inject,
            number=number.strip(),
            timing=timing or inject.timing,
            at_min=at_min if timing is Timing.TIMED else None,
            condition=read(condition, names) if timing is Timing.CONDITIONAL else None,
            sender=sender.strip(),
            to=tuple(filter(None, (part.strip() for part in to.replace("，", "、").replace("；", "、").split("、")))),
            channel=channel or inject.channel,
            title=title.strip(),
            text=body.strip(),
            expects=tuple(expects),
            cue=cue.strip(),
            note=note.strip(),
        )

    return built


def _next(script: Script) -> str:
    """The number behind the largest one."""
    return str(max((int(one.number) for one in script.injects if one.number.isdecimal()), default=0) + 1)


def _keyed(form: str) -> Callable[[str], str]:
    return lambda field: f"inject-{form}-{field}"


# ---- approval --------------------------------------------------------------------------------------------------------


def _show_approval(opened: OpenScript, script: Script) -> None:
    waiting = [one for one in script.in_order if one.standing is not Standing.APPROVED]
    if not waiting:
        st.caption(_("全部注入都已审定。"))
        return
    st.caption(_("审定后才会由时钟或条件自动下达；内容一改，须重新审定。"))
    names = {one.id: f"{one.number} {told(one.title, one.title_en)}" for one in waiting}
    every = st.checkbox(_("全部未审定的（{count}条）", count=len(waiting)), key="script-approve-all")
    chosen = list(names) if every else st.multiselect(
        _("审定哪几条"), list(names), format_func=names.__getitem__, key="script-approve-which"
    )  # fmt: skip
    if st.button(_("审定"), type="primary", key="script-approve-go", disabled=not chosen):
        with answered():
            guard(Action.PLAN_DRILL)
            with work() as doing:
                base = opened.kept.revision if opened.kept else 0
                reason = approval_reason(script, chosen)
                keeping.approve(doing, opened.drill.id, chosen, base=base, reason=reason)
            leave_notice(_("已审定{count}条。", count=len(chosen)))
            st.rerun()
