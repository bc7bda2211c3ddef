"""编制准备: the working group and the dated inputs of a plan."""

from __future__ import annotations

from datetime import date

import streamlit as st

from plans_repo import organisations
from plans_repo.course import consulting, working_group
from plans_repo.course import passage as course
from plans_repo.course.duties import DutyUnit
from plans_repo.course.inputs import INPUTS
from plans_repo.course.passage import Attachment
from plans_repo.course.words import GroupPart
from plans_repo.course.working_group import Member
from plans_repo.organisations import Organisation
from plans_repo.store.roles import Action
from ui.components.badges import badge
from ui.components.course_names import GROUP_PARTS
from ui.components.fields import fields, start_anew
from ui.components.html import Html, join, show, table, tag
from ui.components.plan_names import told
from ui.components.refusal import answered
from ui.identity import guard, reading, work
from ui.sections.opened import OpenedVersion
from ui.wording import _
from ui.wording.codes import PAPERS


def show_group(opened: OpenedVersion, *, may_write: bool) -> None:
    """Who writes the plan, which units with a duty are still without anybody, and the inputs with their dates."""
    with reading() as asked:
        members = working_group.members(asked, opened.version.id)
        duties = consulting.proposed_units(asked, opened.version.id)
        bodies = organisations.organisations(asked)
    if members:
        show(_members_table(members))
    else:
        st.caption(_("还没有编制工作小组成员。"))
    _show_absent(duties, members)
    if may_write:
        _show_member_form(opened, bodies)
        _show_leaving_form(opened, members)
        _show_input_form(opened)


def _members_table(members: tuple[Member, ...]) -> Html:
    rows = [[_(GROUP_PARTS[one.part]), one.name, one.unit, one.post or "—", _marks(one) or "—"] for one in members]
    return table([_("身份"), _("姓名"), _("单位"), _("职务"), _("备注")], rows)


def _marks(member: Member) -> Html:
    words = [
        word
        for word, holds in ((_("部门负责人"), member.is_responsible), (_("有处置经验"), member.has_experience))
        if holds
    ]
    return join([badge(word, "plain") for word in words], " ")


def _show_absent(duties: tuple[DutyUnit, ...], members: tuple[Member, ...]) -> None:
    """The units the text gives duties to, marked where the group has nobody of them."""
    if not duties:
        return
    present = {member.organisation for member in members} | {member.unit for member in members}
    known = [unit for unit in duties if unit.organisation is not None]
    strange = [badge(unit.name, "plain") for unit in duties if unit.organisation is None]
    words = [badge(unit.name, "good" if {unit.organisation, unit.name} & present else "warn") for unit in known]
    if words:
        show(tag("p", _("正文规定了职责、应有人员参加的单位："), join(words, " ")))
    if strange:
        said = _("正文提到、单位名录中没有的单位（不计入应参加的单位，请核对名称或先登记）：")
        show(tag("p", said, join(strange, " "), cls="yy-dim"))


def _show_member_form(opened: OpenedVersion, bodies: tuple[Organisation, ...]) -> None:
    field = fields("group-member")
    with (
        st.expander(_("增加成员"), key="group-open"),
        st.form("group-member", border=False),
    ):
        parts = list(GroupPart)
        part = st.selectbox(
            _("身份"),
            range(len(parts)),
            index=1,
            format_func=lambda at: _(GROUP_PARTS[parts[at]]),
            key=field("group-part"),
        )
        name = st.text_input(_("姓名"), key=field("group-name"))
        place = st.selectbox(
            _("单位"),
            range(len(bodies) + 1),
            format_func=lambda at: told(bodies[at - 1].name, bodies[at - 1].name_en) if at else _("其他（在下面填写）"),
            key=field("group-body"),
        )
        unit = st.text_input(_("其他单位名称"), key=field("group-unit"))
        post = st.text_input(_("职务"), key=field("group-post"))
        is_responsible = st.checkbox(_("编制部门（单位）负责人"), key=field("group-responsible"))
        has_experience = st.checkbox(_("有应急处置经验"), key=field("group-experience"))
        if st.form_submit_button(_("加入"), key="add-member"):
            with answered():
                guard(Action.EDIT_PLAN)
                with work() as asked:
                    working_group.add_member(
                        asked,
                        opened.version.id,
                        name,
                        part=parts[part],
                        unit=unit,
                        organisation=bodies[place - 1].id if place else None,
                        post=post,
                        is_responsible=is_responsible,
                        has_experience=has_experience,
                    )
                start_anew("group-member")
                st.rerun()


def _show_leaving_form(opened: OpenedVersion, members: tuple[Member, ...]) -> None:
    if not members:
        return
    with st.expander(_("成员退出"), key="leave-open"), st.form("group-leave", border=False):
        at = st.selectbox(
            _("成员"),
            range(len(members)),
            format_func=lambda one: f"{members[one].name} · {members[one].unit}",
            key="leave-member",
        )
        if st.form_submit_button(_("退出"), key="remove-member"):
            with answered():
                guard(Action.EDIT_PLAN)
                with work() as asked:
                    working_group.remove_member(asked, opened.version.id, members[at].id)
                st.rerun()


def _show_input_form(opened: OpenedVersion) -> None:
    field = fields("input")
    with (
        st.expander(_("附上风险评估、资源调查、案例分析"), key="input-open"),
        st.form("input", border=False),
    ):
        at = st.selectbox(
            _("材料"), range(len(INPUTS)), format_func=lambda one: _(PAPERS[INPUTS[one]]), key=field("input-kind")
        )
        dated_on = st.date_input(_("完成日期"), value=None, format="YYYY-MM-DD", key=field("input-date"))
        file = st.file_uploader(_("文件"), key=field("input-file"))
        is_attaching = st.form_submit_button(_("附上"), key="attach-input")
    if not is_attaching:
        return
    if file is None or not isinstance(dated_on, date):
        st.error(_("请选择文件并填写完成日期。"))
        return
    with answered():
        guard(Action.EDIT_PLAN)
        paper = Attachment(kind=INPUTS[at], name=file.name, data=file.getvalue(), dated_on=dated_on)
        with work() as asked:
            course.attach(asked, opened.version.id, paper)
        start_anew("input")
        st.rerun()
