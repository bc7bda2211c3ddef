"""Beginning plans from templates: one with a form, those of many villages with a sheet."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from plans_repo.organisations import Organisation, OrganisationKind, organisations
from plans_repo.plans import PlanKind
from plans_repo.proposals import procedure_for
from plans_repo.store.roles import Action
from plans_repo.writing.batch import TEMPLATE, begin_village_plans, faults
from plans_repo.writing.beginning import MOST_CHARACTERS, Begun, begin_plan, makers
from plans_repo.writing.known import known_answers
from plans_repo.writing.sheet import SheetRow, rows_of
from plans_repo.writing.sheet import asked as columns_of
from plans_repo.writing.template import Field, Template, template, templates
from sim.procedure import Hazard
from ui.components.badges import mark
from ui.components.cells import card_table, sourced
from ui.components.choice import choose
from ui.components.counters import show_empty
from ui.components.html import join, link, show, table, tag
from ui.components.notice import leave_notice
from ui.components.plan_names import hazard_name, told
from ui.components.refusal import answered
from ui.downloads import address
from ui.identity import guard, reading, work
from ui.sections.opened import plan_address
from ui.wording import _, n_
from ui.wording.errors import worded

BEGUN = "yy_begun"
"""Key of session state: the plans just begun."""
WITH_HAZARD = frozenset({PlanKind.SPECIAL, PlanKind.DEPARTMENT, PlanKind.JOINT, PlanKind.UNIT})


def show_beginning() -> None:
    """Choose a template and a body, fill in what is known, and open the plan that comes of it."""
    _show_begun()
    left, middle, right = st.columns(3)
    made_from = choose(left, _("模板"), templates(), lambda one: told(one.title, one.title_en), key="template")
    with reading() as asked:
        bodies = makers(asked, made_from)
    show(join([tag("small", told(made_from.source, made_from.source_en) + " "), mark(made_from.mark)]))
    _show_bases(made_from)
    if not bodies:
        show_empty(_("没有可以编制的单位"), _("这类预案由其他单位编制，或者编制单位还没有登记。"))
        return
    body = choose(middle, _("编制单位"), bodies, lambda one: told(one.name, one.name_en), key=f"maker-{made_from.id}")
    hazard = None
    if made_from.kind in WITH_HAZARD:
        hazard = right.selectbox(
            _("灾种"), list(Hazard), index=None, format_func=hazard_name, placeholder=_("其他"), key="begin-hazard"
        )
    with reading() as asked:
        known = known_answers(asked, made_from, body.id, hazard)
    _show_fields(made_from, body, hazard, known)


def _show_bases(made_from: Template) -> None:
    """Which rule asks for which chapters."""
    if not made_from.bases:
        return
    with st.expander(_("各章依据"), key=f"bases-{made_from.id}"):
        rows = (
            ["、".join(basis.headings), sourced(mark(basis.mark), told(basis.source, basis.source_en))]
            for basis in made_from.bases
        )
        show(card_table([_("章节"), _("依据")], rows, cls="yy-bases"))


def _show_fields(made_from: Template, body: Organisation, hazard: Hazard | None, known: dict[str, str]) -> None:
    st.caption(_("不填的在正文中标为【待填】，可以建稿后再写；表格按资源台账生成。"))
    state = f"{made_from.id}-{body.id}-{hazard.value if hazard else ''}"
    with st.form(f"begin-{state}", border=True):
        title = st.text_input(_("标题（不填按模板）"), key=f"title-{state}", max_chars=200)
        columns = st.columns(2)
        answers = {
            field.id: _field(columns[at % 2], field, known.get(field.id, ""), state)
            for at, field in enumerate(made_from.fields)
        }
        is_beginning = st.form_submit_button(_("建立预案"), type="primary", key="begin-now")
    if is_beginning:
        with answered():
            guard(Action.EDIT_PLAN)
            with work() as asked:
                begun = begin_plan(
                    asked, made_from.id, answers, organisation=body.id, hazard=hazard, title=title,
                    propose=procedure_for,
                )  # fmt: skip
            st.session_state[BEGUN] = (begun,)
            st.rerun()


def _field(column: object, field: Field, known: str, state: str) -> str:
    """One field with its hint; a value of a rule stands in it, an often met one is only named."""
    label = told(field.label, field.label_en)
    hints = [told(field.hint, field.hint_en)]
    if field.suggestion:
        source = told(field.source, field.source_en)
        hints.append(_("常见写法：{words}（{source}）", words=field.suggestion, source=source))
    if field.fill:
        hints.append(told(field.source, field.source_en))
    help_text = "；".join(filter(None, hints)) or None
    key = f"field-{field.id}-{state}"
    return str(column.text_input(label, value=known, max_chars=MOST_CHARACTERS, help=help_text, key=key))  # type: ignore[attr-defined]


def show_villages() -> None:
    """A township's sheet out, the filled one in, every plan at once or none."""
    _show_begun()
    with reading() as asked:
        guided = {body.id for body in makers(asked, template(TEMPLATE))}
        townships = [body for body in organisations(asked) if body.kind is OrganisationKind.TOWNSHIP]
    found = [body for body in townships if body.id in guided]
    if not found:
        show_empty(_("没有可以编制的乡镇（街道）"), _("乡镇（街道）和上级应急管理部门可以为所辖村（社区）批量编制。"))
        return
    township = choose(
        st.columns(2)[0], _("乡镇（街道）"), found, lambda one: told(one.name, one.name_en), key="township"
    )
    show(
        tag(
            "div",
            _("第一步　"),
            link(_("下载填写表（.xlsx）"), address("village-sheet", township.id)),
            _("，一行一个村（社区），不填的在正文中标为【待填】。"),
        )
    )
    file = st.file_uploader(_("第二步　选择填好的表（.xlsx 或 .csv）"), type=["xlsx", "csv"], key="village-file")
    if file is None:
        return
    with answered():
        rows = rows_of(file.getvalue(), file.name, template(TEMPLATE))
        _show_rows(township, rows)


def _show_rows(township: Organisation, rows: Sequence[SheetRow]) -> None:
    with reading() as asked:
        found = faults(asked, township.id, rows)
    wrong: dict[int, list[str]] = {}
    for fault in found:
        wrong.setdefault(fault.number, []).append(worded(fault.code, fault.fields))
    asked_for = len(columns_of(template(TEMPLATE)))
    lines = [
        [
            str(row.number),
            row.village or "—",
            f"{len(row.answers)}/{asked_for}",
            "；".join(wrong.get(row.number, ())) or "✓",
        ]
        for row in rows
    ]
    show(table([_("行"), _("村（社区）"), _("已填"), _("检查")], lines))
    if found:
        st.error(n_("有 {count} 处问题，改好后重新选择文件；在此之前一件预案也不会建立。", len(found)))
    elif st.button(n_("建立 {count} 件村（社区）预案", len(rows)), type="primary", key="begin-villages"):
        guard(Action.EDIT_PLAN)
        with work() as asked:
            made = begin_village_plans(asked, township.id, rows)
        st.session_state[BEGUN] = made
        leave_notice(n_("已建立 {count} 件预案。", len(made)))


def _show_begun() -> None:
    """What was just begun, with what each still leaves open."""
    begun: tuple[Begun, ...] = st.session_state.get(BEGUN, ())
    if not begun:
        return
    lines = [[link(one.title, plan_address(one.plan)), n_("待填 {count} 处", len(one.blanks))] for one in begun]
    st.success(_("已建立。请打开预案逐条补齐【待填】内容。"))
    show(table([_("预案"), _("待填")], lines))
