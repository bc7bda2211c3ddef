"""The way a plan takes, what keeps it where it is, and the parts of its course, one at a time."""

from __future__ import annotations

from datetime import date

import streamlit as st

from plans_repo import editions
from plans_repo.course import passage as course
from plans_repo.course.conditions import Unmet
from plans_repo.course.passage import Passage
from plans_repo.course.paths import paths_for
from plans_repo.course.stages import Stage
from plans_repo.store.actor import Actor
from plans_repo.store.roles import Action
from ui import downloads
from ui.components.badges import sourced
from ui.components.course_names import draft_badge, path_name, unmet_words
from ui.components.html import link, show, tag
from ui.components.plan_names import told
from ui.components.refusal import answered
from ui.identity import guard, reading, work
from ui.installation import here
from ui.sections.opened import OpenedVersion
from ui.sections.plan_consultation import show_consultation
from ui.sections.plan_explanation import show_explanation
from ui.sections.plan_group import show_group
from ui.sections.plan_panel import show_panel
from ui.wording import _
from ui.wording.formats import HERE
from ui.wording.stages import stage_word

_PART_OF = {Stage.DRAFT: "group", Stage.CONSULTATION: "opinions", Stage.LINKAGE: "opinions"}
"""What is looked at first while a text stands at a stage; the panel afterwards."""


SHEET_STAGES = frozenset({Stage.EDITING, Stage.LEADERSHIP, Stage.APPROVAL, Stage.PARTY, Stage.NUMBERING})
"""Stages in which the drafting sheet goes round."""

STEP = "step"
"""In the address of a plan's course: the part of the proceedings that is asked for and stands first."""


def show_path(stand: Passage) -> None:
    """Which way this edition takes, and on what that rests."""
    if stand.stage in stand.path.stages:
        source = told(stand.path.source, stand.path.source_en)
        way = tag("span", _("办理路径：{path}", path=path_name(stand.path)), " ", sourced(stand.path.mark, source))
        sheet = link(_("下载发文稿纸"), downloads.address("drafting-sheet", stand.version))
        show(
            tag(
                "p", draft_badge(stand.stage), " ", way, " ", sheet if stand.stage in SHEET_STAGES else "", cls="yy-dim"
            )
        )


def show_unmet(stand: Passage, unmet: tuple[Unmet, ...]) -> None:
    """Everything that keeps the text where it is, each in a sentence."""
    if unmet:
        st.warning(_("离开“{stage}”环节前还须：", stage=stage_word(stand.stage)))
        show(tag("ul", *(tag("li", unmet_words(one)) for one in unmet)))


def show_parts(opened: OpenedVersion, actor: Actor, stand: Passage) -> None:
    """The working group, the consultation, the panel and the explanation, one at a time."""
    with reading() as asked:
        writes = actor.may(Action.EDIT_PLAN) and editions.is_written_by(asked, opened.plan.id)
    may_write = writes and opened.is_newest
    day = today()
    parts = {
        "group": (_("编制准备"), lambda: show_group(opened, may_write=may_write)),
        "opinions": (_("征求意见"), lambda: show_consultation(opened, may_write=may_write, today=day)),
        "panel": (_("专家评审"), lambda: show_panel(opened, actor, may_write=may_write, today=day)),
        "explanation": (_("编制说明"), lambda: show_explanation(opened, may_write=may_write)),
    }
    wanted = st.query_params.get(STEP, "")
    st.subheader(_("办理过程"))
    chosen = st.segmented_control(
        _("办理过程"),
        list(parts),
        default=wanted if wanted in parts else _PART_OF.get(stand.stage, "panel"),
        format_func=lambda key: parts[key][0],
        key="course-part",
        label_visibility="collapsed",
    )
    if chosen is not None:
        parts[chosen][1]()


def show_path_form(opened: OpenedVersion, stand: Passage) -> None:
    """Where several ways are open to such a plan, the choice between them."""
    ways = paths_for(opened.plan.kind, stand.process)
    if len(ways) < 2:
        return
    with st.expander(_("选定办理路径"), key="path-open"), st.form("path", border=False):
        ids = [way.id for way in ways]
        at = st.radio(
            _("路径"),
            range(len(ways)),
            index=ids.index(stand.path.id) if stand.path.id in ids else 0,
            format_func=lambda one: path_name(ways[one]),
            key="path-kind",
        )
        reason = st.text_input(_("理由"), key="path-reason")
        if st.form_submit_button(_("选定"), key="choose-path"):
            with answered():
                guard(Action.EDIT_PLAN)
                with work() as asked:
                    course.choose_path(asked, opened.version.id, ids[at], reason=reason)
                st.rerun()


def today() -> date:
    """The local day."""
    return here().store.clock().astimezone(HERE).date()
