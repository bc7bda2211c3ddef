"""导入: a file in, a plan out, and an honest account of what was read."""

from __future__ import annotations

import streamlit as st

from plans_repo import editions, importing
from plans_repo.health.examination import health
from plans_repo.importing import OpenedPlan
from plans_repo.plans import PlanKind
from plans_repo.proposals import procedure_for
from plans_repo.returning import origin_of
from plans_repo.store.roles import Action
from plans_repo.text.citation import citations
from plans_repo.text.reading import read_plan
from sim.procedure import Hazard
from ui.components.counters import Counter, show_counters
from ui.components.html import join, link, show, table, tag
from ui.components.plan_names import hazard_name, kind_name
from ui.components.plan_text import outline_nav
from ui.components.refusal import answered
from ui.components.unbound_limits import unbound_table
from ui.identity import guard, reading, work
from ui.installation import here
from ui.sections.opened import plan_address
from ui.sections.plan_health import show_report
from ui.sections.plan_procedure import show_unbound
from ui.sections.plan_return import RETURNED, show_returned, take_back
from ui.wording import _, duration_text, language, later, n_
from ui.wording.errors import worded

FILES = ["docx", "doc", "wps", "rtf", "odt", "pdf", "ofd", "html", "htm", "md", "txt"]
IMPORTED = "yy_imported"
"""Key of session state: the plan and version just imported, until another file comes."""
WHERE = {"note": later("脚注或尾注"), "comment": later("批注")}


def has_import() -> bool:
    """Whether the account of an import is being shown."""
    return IMPORTED in st.session_state or RETURNED in st.session_state


def show_import_form() -> None:
    """The form, and below it what the last file turned out to hold."""
    with st.form("import", border=True):
        file = st.file_uploader(
            _("预案文件（Word、WPS、文字版 PDF、OFD、网页、文本或 Markdown）"), type=FILES, key="import-file"
        )
        left, right = st.columns(2)
        kind = left.selectbox(
            _("预案类别"),
            list(PlanKind),
            index=None,
            format_func=kind_name,
            placeholder=_("按标题自动判别"),
            key="import-kind",
        )
        hazard = right.selectbox(
            _("灾种"),
            list(Hazard),
            index=None,
            format_func=hazard_name,
            placeholder=_("按标题和正文自动判别"),
            key="import-hazard",
        )
        is_new = st.checkbox(_("从本系统导出的文件也作为新预案导入，不带回原预案的初稿"), key="import-as-new")
        is_importing = st.form_submit_button(_("导入"), type="primary", key="import-now")
    if is_importing and file is not None:
        with answered():
            _take(file.getvalue(), file.name, kind, hazard, is_new=is_new)
            st.rerun()  # the counters above and the list below were read before the plan was there
    elif is_importing:
        st.error(_("请先选择文件。"))
    show_returned()
    made = st.session_state.get(IMPORTED)
    if made:
        with answered():
            with reading() as asked:
                opened = importing.show(asked, *made)
            show_import(opened)


def _take(data: bytes, name: str, kind: PlanKind | None, hazard: Hazard | None, *, is_new: bool) -> None:
    """A file that says it was exported from a plan of ours goes back into its draft, any other becomes a plan."""
    guard(Action.EDIT_PLAN)
    home = "" if is_new else _home_of(data, name)
    st.session_state.pop(IMPORTED, None)
    st.session_state.pop(RETURNED, None)
    if home:
        take_back(home, data, name)
    else:
        _import(data, name, kind, hazard)


def _home_of(data: bytes, name: str) -> str:
    """The plan a file was exported from, if the person may change it."""
    found = origin_of(data, name)
    with reading() as asked:
        return found.plan if found and editions.is_written_by(asked, found.plan) else ""


def _import(data: bytes, name: str, kind: PlanKind | None, hazard: Hazard | None) -> None:
    guard(Action.EDIT_PLAN)
    read = read_plan(data, name, new_id=here().store.new_id)  # outside the transaction: a long file holds nobody up
    with work() as asked:
        made = importing.import_reading(asked, read, data, name, kind=kind, hazard=hazard, propose=procedure_for)
    st.session_state[IMPORTED] = (made.plan, made.version)


def show_import(opened: OpenedPlan) -> None:
    """What was read: every character accounted for, outline, levels, limits, things to check."""
    st.success(_("已导入“{title}”。", title=opened.title))
    show(tag("div", link(_("打开这件预案"), plan_address(opened.plan)), cls="yy-account"))
    proposed = opened.procedure.targets if opened.procedure else ()
    show_counters(
        [
            Counter(label=_("原文可见字符"), count=opened.chars_in),
            Counter(label=_("保留字符"), count=opened.chars_kept),
            Counter(label=n_("条款数", len(opened.outline)), count=len(opened.outline)),
            Counter(label=n_("响应级别数", len(opened.levels)), count=len(opened.levels)),
            Counter(label=n_("时限数", len(opened.time_limits)), count=len(opened.time_limits)),
            Counter(label=n_("拟议目标数", len(proposed)), count=len(proposed)),
        ]
    )
    _show_warnings(opened)
    st.subheader(_("体检"))
    with answered():
        with reading() as asked:
            examined = health(asked, opened.plan, opened.version, language=language())
        show_report(examined)
    cited = citations(opened.clauses)
    left, right = st.columns([1, 2], gap="medium")
    with left:
        st.subheader(_("目录"))
        show(outline_nav(opened.clauses))
    with right:
        st.subheader(_("响应级别"))
        levels = [
            [level.label, join(tag("div", one.text) for one in level.conditions), level.decided_by or "—"]
            for level in opened.levels
        ]
        show(table([_("响应级别"), _("启动条件"), _("决定人")], levels))
        st.subheader(_("时限"))
        limits = [
            [cited.get(limit.clause, "—"), duration_text(limit.minutes), limit.who or "—", limit.text]
            for limit in opened.time_limits
        ]
        show(table([_("条款"), _("时限"), _("责任单位"), _("原文")], limits))
        if opened.procedure:
            show_unbound(unbound_table(opened.procedure, opened.clauses, cited))


def _show_warnings(opened: OpenedPlan) -> None:
    for notice in opened.warnings:
        st.warning(worded(notice.code, dict(notice.fields)))
    if opened.unplaced:
        with st.expander(_("位置待定的文字（{count}）", count=len(opened.unplaced)), key="unplaced"):
            rows = [[_(WHERE.get(one.where, later("其他"))), one.text] for one in opened.unplaced]
            show(table([_("来源"), _("文字")], rows))
