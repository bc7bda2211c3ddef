"""导入: a file in; what was read is shown and set right; then it is kept, with an honest account."""

from __future__ import annotations

import streamlit as st

from plans_repo import editions, importing, intake
from plans_repo.health.examination import health
from plans_repo.importing import OpenedPlan
from plans_repo.plans import PlanKind
from plans_repo.proposals import procedure_for
from plans_repo.returning import origin_of
from plans_repo.store.roles import Action
from plans_repo.text.citation import citations
from plans_repo.text.reading import Tracked, read_plan
from sim.procedure import Hazard
from ui.components.counters import Counter, show_counters
from ui.components.html import link, show, table, tag
from ui.components.import_record import import_record, record_title
from ui.components.plan_names import hazard_name, kind_name
from ui.components.plan_text import outline_nav
from ui.components.refusal import answered
from ui.components.unbound_limits import unbound_table
from ui.identity import guard, reading, work
from ui.installation import here
from ui.sections.import_preview import TRACKED, show_levels, show_limits, show_preview
from ui.sections.import_state import PENDING, Pending, forget, keep_in_mind, pending
from ui.sections.opened import plan_address
from ui.sections.plan_health import show_report
from ui.sections.plan_procedure import show_unbound
from ui.sections.plan_return import RETURNED, show_returned, take_back
from ui.sections.plan_suggestions import show_suggestions
from ui.wording import _, language, later, n_
from ui.wording.errors import worded

FILES = ["docx", "doc", "wps", "rtf", "odt", "pdf", "ofd", "html", "htm", "md", "txt"]
IMPORTED = "yy_imported"
"""Key of session state: the plans and versions just kept, until another file comes."""
WHERE = {"note": later("脚注或尾注"), "comment": later("批注")}


def has_import() -> bool:
    """Whether a file waits to be kept, or the account of an import is being shown."""
    return any(key in st.session_state for key in (IMPORTED, PENDING))


def show_import() -> None:
    """What the file turned out to hold, or the account of what was kept; with the way to the plan and back."""
    st.header(_("导入预案"))
    found = pending()
    if found is None:
        if st.button(_("返回预案库"), icon=":material/arrow_back:", key="import-done"):
            put_away()
            st.rerun()
        show_returned()
        _show_kept()
        return
    st.subheader(_("识别结果：{name}", name=found.name))
    st.caption(_("以下是从文件中识别出的内容，尚未保存。请核对、更正后再保存。"))
    show_preview(found)
    _show_keeping(found)


def put_away() -> None:
    """Forget the file and the account of it; what was kept stays in the library."""
    forget()
    for key in (IMPORTED, RETURNED):
        st.session_state.pop(key, None)


def show_import_form() -> None:
    """The form that takes a file in."""
    with st.form("import", border=True):
        file = st.file_uploader(
            _("预案文件（Word、WPS、文字版 PDF、OFD、网页、文本或 Markdown）"), type=FILES, key="import-file"
        )
        left, middle, right = st.columns(3)
        kind = left.selectbox(
            _("预案类别"),
            list(PlanKind),
            index=None,
            format_func=kind_name,
            placeholder=_("按标题自动判别"),
            key="import-kind",
        )
        hazard = middle.selectbox(
            _("灾种"),
            list(Hazard),
            index=None,
            format_func=hazard_name,
            placeholder=_("按标题和正文自动判别"),
            key="import-hazard",
        )
        tracked = right.selectbox(
            _("Word 修订痕迹"), list(Tracked), format_func=lambda mode: _(TRACKED[mode]), key="import-tracked"
        )
        is_new = st.checkbox(_("从本系统导出的文件也作为新预案导入，不带回原预案的初稿"), key="import-as-new")
        is_reading = st.form_submit_button(_("读取"), type="primary", key="import-now")
    if is_reading and file is not None:
        with answered():
            _take(file.getvalue(), file.name, kind, hazard, tracked or Tracked.ACCEPT, is_new=is_new)
            st.rerun()  # what stands above and below was drawn before the file was read
    elif is_reading:
        st.error(_("请先选择文件。"))


def _take(
    data: bytes, name: str, kind: PlanKind | None, hazard: Hazard | None, tracked: Tracked, *, is_new: bool
) -> None:
    """A file that says it was exported from a plan of ours goes back into its draft, any other is read and shown."""
    guard(Action.EDIT_PLAN)
    home = "" if is_new else _home_of(data, name)
    st.session_state.pop(IMPORTED, None)
    st.session_state.pop(RETURNED, None)
    if home:
        take_back(home, data, name)
        st.session_state[IMPORTED] = []  # nothing new was kept; the account of what came back is shown
    else:
        keep_in_mind(read_plan(data, name, new_id=here().store.new_id, tracked=tracked), data, name, kind, hazard)


def _home_of(data: bytes, name: str) -> str:
    """The plan a file was exported from, if the person may change it."""
    found = origin_of(data, name)
    with reading() as asked:
        return found.plan if found and editions.is_written_by(asked, found.plan) else ""


def _show_keeping(found: Pending) -> None:
    """Keep it as one plan, or as several where the file holds several; or put it away."""
    is_split = False
    if found.reading.parts:
        choice = st.radio(
            _("文件中有几件预案"),
            [False, True],
            format_func=lambda apart: (
                n_("分别保存为 {count} 件相互关联的预案", len(found.reading.parts)) if apart else _("作为一件预案保存")
            ),
            key="import-split",
        )
        is_split = bool(choice)
    left, right, _rest = st.columns([1, 1, 3])
    if left.button(_("保存为第一稿"), type="primary", key="import-save"):
        with answered():
            _keep(found, is_split=is_split)
            st.rerun()  # the counters above and the list below were read before the plan was there
    if right.button(_("放弃，不保存"), key="import-forget"):
        forget()
        st.rerun()


def _keep(found: Pending, *, is_split: bool) -> None:
    guard(Action.EDIT_PLAN)
    with work() as asked:
        taken = intake.take(
            asked,
            found.reading,
            found.data,
            found.name,
            facts=found.apart if is_split else (found.facts,),
            read=found.read,
            mended=[one for step in found.mended for one in step],
            organisation=found.maker or None,
            propose=procedure_for,
            is_split=is_split,
        )
    st.session_state[IMPORTED] = [(plan.plan, plan.version) for plan in taken.plans]
    forget()


def _show_kept() -> None:
    """The account of what was kept; of several plans each by its name, the first in full."""
    made = st.session_state.get(IMPORTED)
    if not made:
        return
    with answered():
        with reading() as asked:
            plans = [importing.show(asked, *one) for one in made]
        for other in plans[1:]:
            st.success(_("已导入“{title}”。", title=other.title))
            show(tag("div", link(_("打开这件预案"), plan_address(other.plan)), cls="yy-account"))
        show_account(plans[0])


def show_account(opened: OpenedPlan) -> None:
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
    show_record(opened)
    if opened.suggestions:
        show_suggestions(opened.plan)
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
        show_levels(opened.levels)
        st.subheader(_("时限"))
        show_limits(opened.time_limits, cited)
        if opened.procedure:
            show_unbound(unbound_table(opened.procedure, opened.clauses, cited))


def show_record(opened: OpenedPlan) -> None:
    """What was set right when the file was taken in; nothing where it was kept as it was read."""
    if opened.record is not None and not opened.record.is_as_read:
        with st.expander(record_title(opened.record), key="import-record"):
            show(import_record(opened.record))


def _show_warnings(opened: OpenedPlan) -> None:
    for notice in opened.warnings:
        st.warning(worded(notice.code, dict(notice.fields)))
    if opened.unplaced:
        with st.expander(_("位置待定的文字（{count}）", count=len(opened.unplaced)), key="unplaced"):
            rows = [[_(WHERE.get(one.where, later("其他"))), one.text] for one in opened.unplaced]
            show(table([_("来源"), _("文字")], rows))
