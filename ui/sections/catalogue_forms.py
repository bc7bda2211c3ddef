"""The catalogue: what there is, what is missing, and what an author may change about a line."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from plans_repo import plans
from plans_repo.organisations import Organisation
from plans_repo.plans import PlanKind
from plans_repo.store.roles import Action
from plans_repo.writing import catalogue
from plans_repo.writing.catalogue import Entry, Standing
from ui.components.address_choice import choose_one
from ui.components.catalogue_table import catalogue_table, standing_name
from ui.components.choice import choose
from ui.components.counters import Counter, show_counters, show_empty
from ui.components.fields import fields, start_anew
from ui.components.html import show
from ui.components.notice import leave_notice
from ui.components.plan_names import kind_name, told
from ui.components.refusal import answered
from ui.components.turning import part_shown
from ui.identity import guard, reading, work
from ui.wording import _, n_


def show_catalogue(entries: Sequence[Entry], bodies: Mapping[str, Organisation], today: date) -> None:
    """Counters, filters, and the lines that fit."""
    count = {standing: sum(entry.standing is standing for entry in entries) for standing in Standing}
    show_counters(
        [
            Counter(label=_("已印发"), count=count[Standing.IN_FORCE], href=_way(Standing.IN_FORCE)),
            Counter(label=_("在编"), count=count[Standing.WRITING], href=_way(Standing.WRITING)),
            Counter(label=_("应编未编"), count=count[Standing.MISSING], href=_way(Standing.MISSING), tone="late"),
            Counter(label=_("可编未编"), count=count[Standing.OPEN], href=_way(Standing.OPEN)),
            Counter(label=_("不编"), count=count[Standing.WAIVED], href=_way(Standing.WAIVED)),
        ]
    )
    shown = _chosen(entries, bodies)
    if not shown:
        show_empty(_("没有符合条件的条目"), _("放宽或清除上面的条件。"))
        return
    show(catalogue_table(part_shown(shown), bodies, today))


def _way(standing: Standing) -> str:
    return f"/catalogue?standing={standing}"


def _chosen(entries: Sequence[Entry], bodies: Mapping[str, Organisation]) -> list[Entry]:
    columns = st.columns([3, 2, 2])
    text = columns[0].text_input(_("查找"), key="q", bind="query-params", placeholder=_("预案、编号或单位中的文字"))
    kind = choose_one(columns[1], _("类别"), PlanKind, kind_name, key="kind", nothing=_("全部"))
    standing = choose_one(columns[2], _("状态"), Standing, standing_name, key="standing", nothing=_("全部"))
    words = _key(text).split()
    return [
        entry
        for entry in entries
        if kind in (None, entry.kind)
        and standing in (None, entry.standing)
        and all(word in _key(f"{entry.code} {entry.title} {_name(bodies, entry)}") for word in words)
    ]


def _key(text: str) -> str:
    return unicodedata.normalize("NFKC", text or "").casefold()


def _name(bodies: Mapping[str, Organisation], entry: Entry) -> str:
    body = bodies.get(entry.organisation)
    return f"{body.name} {body.name_en}" if body else ""


def show_changing(entries: Sequence[Entry], bodies: Sequence[Organisation]) -> None:
    """Codes for new lines, a line of one's own, a reason why a plan is not written, the plan that is meant."""
    uncoded = sum(not entry.id and entry.standing is not Standing.OPEN for entry in entries)
    if uncoded:
        st.caption(n_("有 {count} 项尚未编号。编号后不再改变，删去的编号也不再使用。", uncoded))
        if st.button(_("全部编号入目录"), key="take-up", type="primary"):
            with answered():
                guard(Action.EDIT_PLAN)
                with work() as asked:
                    catalogue.take_up(asked)
                leave_notice(_("已编号。"))
    coded = [entry for entry in entries if entry.id and not entry.plan]
    left, right = st.columns(2)
    with left, st.expander(_("不编的说明理由；已有预案的对应起来"), key="waive-open"):
        _show_line(coded)
    with right, st.expander(_("增列一项"), key="add-open"):
        _show_adding(bodies)


def _show_line(coded: Sequence[Entry]) -> None:
    if not coded:
        show_empty(_("没有可以调整的条目"), _("已编号而没有预案的条目才可以调整。"))
        return
    entry = st.selectbox(_("条目"), coded, format_func=lambda one: f"{one.code}　{one.title}", key="line")
    with st.form(f"waive-{entry.id}-{entry.revision}", border=False):
        reason = st.text_input(
            _("不编的理由（清空即恢复为应编）"), value=entry.waived_why, max_chars=500, key=f"why-{entry.id}"
        )
        is_waiving = st.form_submit_button(_("保存"), key="waive")
    if is_waiving:
        with answered():
            guard(Action.EDIT_PLAN)
            with work() as asked:
                catalogue.waive(asked, entry.id, reason, revision=entry.revision)
            leave_notice(_("已保存。"))
    with reading() as asked:
        same = [plan for plan in plans.list_plans(asked) if plan.kind is entry.kind]
    with st.form(f"bind-{entry.id}-{entry.revision}", border=False):
        plan = st.selectbox(
            _("对应的预案"), same, index=None, format_func=lambda one: one.title, placeholder=_("请选择"), key="meant"
        )
        is_binding = st.form_submit_button(_("对应"), key="bind")
    if is_binding and plan is not None:
        with answered():
            guard(Action.EDIT_PLAN)
            with work() as asked:
                catalogue.bind(asked, entry.id, plan.id, revision=entry.revision)
            leave_notice(_("已对应。"))


def _show_adding(bodies: Sequence[Organisation]) -> None:
    field = fields("add-line")
    form = st.form("add-line", border=False)
    with form:
        title = st.text_input(_("预案名称"), max_chars=200, key=field("add-title"))
        kind = choose(form, _("类别"), list(PlanKind), kind_name, key=field("add-kind"))
        body = choose(form, _("编制单位"), bodies, lambda one: told(one.name, one.name_en), key=field("add-body"))
        basis = st.text_input(
            _("依据"), max_chars=200, key=field("add-basis"), placeholder=_("文件名称和文号，或会议决定")
        )
        is_adding = st.form_submit_button(_("列入目录"), key="add")
    if is_adding:
        with answered():
            guard(Action.EDIT_PLAN)
            with work() as asked:
                code = catalogue.add(asked, title, kind=kind, organisation=body.id, basis=basis)
            start_anew("add-line")
            leave_notice(_("已列入目录，编号 {code}。", code=code))
