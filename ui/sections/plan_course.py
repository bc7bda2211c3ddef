"""The way a plan takes, what keeps it where it is, and the parts of its course, one at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from plans_repo import editions
from plans_repo.course import countersigning
from plans_repo.course import passage as course
from plans_repo.course.passage import Passage
from plans_repo.course.paths import Path, paths_for
from plans_repo.course.stages import Stage
from plans_repo.histories import Moved
from plans_repo.store.actor import Actor
from plans_repo.store.roles import Action
from plans_repo.store.tables.plans import PlanKind
from ui import downloads
from ui.components.badges import sourced
from ui.components.course_names import draft_badge, path_name
from ui.components.html import link, show, tag
from ui.components.plan_names import told
from ui.components.refusal import answered
from ui.components.version_history import person_name
from ui.identity import guard, reading, work
from ui.installation import here
from ui.sections.course_now import STEP
from ui.sections.opened import OpenedVersion
from ui.sections.plan_consultation import show_consultation
from ui.sections.plan_explanation import show_explanation
from ui.sections.plan_group import show_group
from ui.sections.plan_panel import show_panel
from ui.sections.plan_sides import show_sides
from ui.wording import _, day_text
from ui.wording.formats import HERE

SHEET_STAGES = frozenset({Stage.EDITING, Stage.LEADERSHIP, Stage.APPROVAL, Stage.PARTY, Stage.NUMBERING})
"""Stages in which the drafting sheet goes round."""


def show_path(stand: Passage, *, has_sheet: bool = True) -> None:
    """Which way this edition takes, and on what that rests, with its drafting sheet where there is one to be seen."""
    if stand.stage in stand.path.stages:
        source = told(stand.path.source, stand.path.source_en)
        way = tag("span", _("办理路径：{path}", path=path_name(stand.path)), " ", sourced(stand.path.mark, source))
        sheet = link(_("下载发文稿纸"), downloads.address("drafting-sheet", stand.version))
        goes_round = stand.stage in SHEET_STAGES and has_sheet
        show(tag("p", draft_badge(stand.stage), " ", way, " ", sheet if goes_round else "", cls="yy-dim"))


@dataclass(frozen=True, kw_only=True)
class Proceeding:
    """A part of the proceedings: the stages it belongs to, its name, and what shows it with its forms."""

    key: str
    stages: frozenset[Stage]
    name: str
    show: Callable[[], None]

    def belongs_to(self, path: Path) -> bool:
        """Whether such a step stands on the path; what belongs to no stage goes with every path."""
        return not self.stages or bool(self.stages & set(path.stages))


def proceedings(opened: OpenedVersion, actor: Actor, stand: Passage) -> list[Proceeding]:
    """The parts of the proceedings in the order of the steps they belong to."""
    with reading() as asked:
        writes = actor.may(Action.EDIT_PLAN) and editions.is_written_by(asked, opened.plan.id)
    may_write = writes and opened.is_newest and stand.stage in stand.path.stages
    day = today()
    return [
        Proceeding(key="group", stages=frozenset({Stage.DRAFT}), name=_("编制准备"),
                   show=lambda: show_group(opened, may_write=may_write)),
        Proceeding(key="opinions", stages=frozenset({Stage.CONSULTATION, Stage.LINKAGE}), name=_("征求意见"),
                   show=lambda: show_consultation(opened, may_write=may_write, today=day)),
        Proceeding(key="explanation", stages=frozenset(), name=_("编制说明"),
                   show=lambda: show_explanation(opened, may_write=may_write)),
        Proceeding(key="panel", stages=frozenset({Stage.REVIEW}), name=_("专家评审"),
                   show=lambda: show_panel(opened, actor, may_write=may_write, today=day)),
        *([Proceeding(key="sides", stages=countersigning.OPEN, name=_("联合各方会签"),
                      show=lambda: show_sides(opened, today=day))] if opened.plan.kind is PlanKind.JOINT else []),
    ]  # fmt: skip


def show_present(parts: Sequence[Proceeding], stand: Passage) -> Proceeding | None:
    """The part that is asked for in the address, else the one of the present step; none where the step has none."""
    wanted = st.query_params.get(STEP, "")
    chosen = next((one for one in parts if one.key == wanted), None)
    chosen = chosen or next((one for one in parts if stand.stage in one.stages), None)
    if chosen is not None:
        st.subheader(chosen.name)
        chosen.show()
    return chosen


def show_others(
    parts: Sequence[Proceeding], shown: Proceeding | None, made: Sequence[Moved], names: Mapping[str, str]
) -> None:
    """The other parts, folded; those of a step already done tell when it was left and by whom."""
    for part in parts:
        if part is shown:
            continue
        left = next((one for one in reversed(made) if one.source in part.stages and one.to is not Stage.DRAFT), None)
        label = part.name
        if left is not None:
            label = _("{part} · {day} 办结 · {who}", part=part.name, day=day_text(left.on),
                      who=person_name(left.account, names))  # fmt: skip
        box = st.expander(label, key=f"course-{part.key}", on_change="rerun")
        if box.open:
            with box:
                part.show()


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
