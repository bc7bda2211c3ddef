"""年度编修计划: what the area writes and revises in a year, its approval, and the copy upward."""

import streamlit as st

from plans_repo import plans
from plans_repo.access import standpoint
from plans_repo.course import work_plans
from plans_repo.course.local_rules import local_rules, set_local_rule
from plans_repo.plans import PlanKind
from plans_repo.store.roles import Action
from ui.components.badges import badge, sourced
from ui.components.cells import unbroken
from ui.components.counted import Counted, counters, part_listed
from ui.components.counters import Counter, show_counters, show_empty
from ui.components.fields import fields, start_anew
from ui.components.html import Html, link, show, table, tag
from ui.components.notice import show_notice
from ui.components.plan_names import REVISION_TRIGGERS, TRIGGERS, kind_name, stage_badge, told
from ui.components.refusal import answered
from ui.identity import guard, reading, work
from ui.installation import here
from ui.sections.opened import plan_address
from ui.sections.work_plan_proposals import show_proposals
from ui.wording import _, day_text
from ui.wording.formats import HERE

actor = guard(Action.READ_PLAN)
st.header(_("年度编修计划"))
today = here().store.clock().astimezone(HERE).date()
years = (work_plans.FIRST_YEAR, work_plans.LAST_YEAR)
year = int(st.number_input(_("年份"), *years, today.year, key="year", bind="query-params"))
with reading() as asked:
    rules = local_rules(asked, standpoint(asked).area)
    found = work_plans.work_plan(asked, year)
    mine = plans.list_plans(asked)


def progress(entry: work_plans.Entry) -> Html:
    """Where an entry stands: issued, on its way, not begun; late says so."""
    if entry.done_on is not None:
        return badge(_("{day} 印发", day=day_text(entry.done_on)), "warn" if entry.is_late(today) else "good")
    late = badge(_("已超期"), "bad") if entry.is_late(today) else Html("")
    return tag("span", stage_badge(entry.stage) if entry.plan else badge(_("未启动"), "plain"), " ", late)


if found is None:
    show_empty(
        _("{year} 年还没有编修计划", year=year), _("由本级应急管理部门拟订，报本级政府批准后抄送上一级应急管理部门。")
    )
else:
    parts: dict[str, Counted[work_plans.Entry]] = {
        "issued": Counted(label=_("已印发"), fits=lambda one: one.done_on is not None),
        "late": Counted(label=_("已超期"), fits=lambda one: one.done_on is None and one.is_late(today), tone="late"),
    }
    all_of_it = Counter(label=_("计划项目"), count=len(found.entries), href=f"/work-plan?year={year}")
    show_counters([all_of_it, *counters(found.entries, parts, "/work-plan")])
    facts = [
        found.title,
        _("{day} 经{body}批准", day=day_text(found.approved_on), body=found.approver)
        if found.approved_on
        else badge(_("未批准"), "warn"),
        found.document_number,
        _("{day} 抄送{body}", day=day_text(found.copied_on), body=found.copied_to)
        if found.copied_on
        else badge(_("未抄送上级应急管理部门"), "warn"),
    ]
    show(tag("div", *(tag("span", fact) for fact in facts if fact), cls="yy-facts"))
    show(
        table(
            [_("预案"), _("类别"), _("牵头单位"), _("完成时限"), _("缘由"), _("进展"), _("说明")],
            [
                [
                    link(entry.title, plan_address(entry.plan, part="moves")) if entry.plan else entry.title,
                    kind_name(entry.kind),
                    entry.lead,
                    unbroken(day_text(entry.due_on)),
                    _(TRIGGERS[entry.trigger]),
                    progress(entry),
                    entry.note or "—",
                ]
                for entry in part_listed(found.entries, parts, "/work-plan")
            ],
        )
    )

show_notice()
show_proposals(actor, year)

if actor.may(Action.EDIT_PLAN):
    field = fields("entry")
    with st.expander(_("列入计划"), key="entry-open"), st.form("entry", border=False):
        place = st.selectbox(
            _("预案"),
            range(len(mine) + 1),
            format_func=lambda at: mine[at - 1].title if at else _("新编（在下面填写名称）"),
            key=field("entry-plan"),
        )
        title = st.text_input(_("新编预案名称"), key=field("entry-title"))
        kinds = list(PlanKind)
        kind = st.selectbox(
            _("新编预案类别"),
            range(len(kinds)),
            index=1,
            format_func=lambda at: kind_name(kinds[at]),
            key=field("entry-kind"),
        )
        lead = st.text_input(_("牵头单位"), key=field("entry-lead"))
        due_on = st.date_input(
            _("完成时限"), value=today.replace(month=12, day=20), format="YYYY-MM-DD", key=field("entry-due")
        )
        trigger = st.selectbox(
            _("缘由"),
            range(len(REVISION_TRIGGERS)),
            format_func=lambda at: _(TRIGGERS[REVISION_TRIGGERS[at]]),
            key=field("entry-trigger"),
        )
        note = st.text_input(_("说明"), key=field("entry-note"))
        if st.form_submit_button(_("列入"), key="add-entry"):
            with answered():
                guard(Action.EDIT_PLAN)
                with work() as asked:
                    work_plans.add_entry(
                        asked,
                        year,
                        plan=mine[place - 1].id if place else None,
                        title=title,
                        kind=None if place else kinds[kind],
                        lead=lead,
                        due_on=due_on,
                        trigger=REVISION_TRIGGERS[trigger],
                        note=note,
                    )
                start_anew("entry")
                st.rerun()
    entries = found.entries if found is not None else ()
    if entries:
        with st.expander(_("移出计划"), key="entry-out-open"), st.form("entry-out", border=False):
            at = st.selectbox(
                _("预案"), range(len(entries)), format_func=lambda one: entries[one].title, key="entry-out"
            )
            reason = st.text_input(_("理由"), key="entry-reason")
            if st.form_submit_button(_("移出"), key="remove-entry"):
                with answered():
                    guard(Action.EDIT_PLAN)
                    with work() as asked:
                        work_plans.remove_entry(asked, entries[at].id, reason=reason)
                    st.rerun()
    if found is not None and found.approved_on and not found.copied_on:
        with st.expander(_("登记抄送"), key="copy-open"), st.form("copy", border=False):
            to = st.text_input(_("上一级应急管理部门"), key="copy-to")
            if st.form_submit_button(_("登记抄送"), key="record-copy"):
                with answered():
                    guard(Action.EDIT_PLAN)
                    with work() as asked:
                        work_plans.record_copy(asked, year, to=to)
                    st.rerun()

if actor.may(Action.APPROVE_WORK_PLAN) and found is not None and not found.approved_on:
    with st.expander(_("登记批准"), key="approve-open", expanded=True), st.form("approve", border=False):
        approver = st.text_input(_("批准机关"), key="approve-body")
        number = st.text_input(_("文号"), key="approve-number", placeholder=_("青政办函〔2026〕3号"))
        file = st.file_uploader(_("会议纪要或批件"), key="approve-file")
        if st.form_submit_button(_("批准"), type="primary", key="approve-work-plan"):
            with answered():
                guard(Action.APPROVE_WORK_PLAN)
                with work() as asked:
                    work_plans.approve_work_plan(
                        asked,
                        year,
                        approver=approver,
                        document_number=number,
                        minutes=(file.name, file.getvalue()) if file else None,
                    )
                st.rerun()

st.subheader(_("本地规则"))
show(
    table(
        [_("规则"), _("状态"), _("含义"), _("依据"), _("设定理由")],
        [
            [
                told(rule.title, rule.title_en),
                badge(_("是"), "good") if rule.is_on else badge(_("否"), "plain"),
                told(rule.meaning, rule.meaning_en),
                sourced(rule.mark, told(rule.source, rule.source_en)),
                rule.reason or "—",
            ]
            for rule in rules
        ],
    )
)
if actor.may(Action.SET_LOCAL_RULES):
    field = fields("rule")
    with st.expander(_("设定本地规则"), key="rule-open"), st.form("rule", border=False):
        at = st.selectbox(
            _("规则"),
            range(len(rules)),
            format_func=lambda one: told(rules[one].title, rules[one].title_en),
            key=field("rule-name"),
        )
        is_on = st.radio(
            _("状态"),
            [True, False],
            format_func=lambda on: _("是") if on else _("否"),
            horizontal=True,
            key=field("rule-on"),
        )
        reason = st.text_input(_("理由（文件或口径）"), key=field("rule-reason"))
        if st.form_submit_button(_("设定"), key="set-rule"):
            with answered():
                guard(Action.SET_LOCAL_RULES)
                with work() as asked:
                    set_local_rule(asked, rules[at].name, is_on=is_on, reason=reason)
                start_anew("rule")
                st.rerun()
