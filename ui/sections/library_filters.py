"""The filters of the library, all of them in the address, and its counters, each of which leads to what it counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import streamlit as st

from plans_repo.course.stages import Stage
from plans_repo.library import Overview
from plans_repo.organisations import Organisation, OrganisationKind
from plans_repo.plans import PlanKind
from plans_repo.wanted import Group, Order, Wanted
from ui.components.address_choice import choose_one
from ui.components.counters import Counter, show_counters
from ui.components.html import link, show, tag
from ui.components.plan_names import GROUPS, kind_name, told
from ui.components.subject_choice import choose_subject
from ui.sections.library import to_first_page
from ui.wording import _, later, n_
from ui.wording.stages import STAGES

ORDERS = {
    Order.TITLE: later("名称"),
    Order.NUMBER: later("文号"),
    Order.ISSUED: later("印发日期（新→旧）"),
    Order.ISSUED_FIRST: later("印发日期（旧→新）"),
    Order.EVALUATION: later("下次评估（近→远）"),
    Order.STATE: later("状态（按流程）"),
}
PLACED = (OrganisationKind.TOWNSHIP, OrganisationKind.GOVERNMENT)
"""Bodies that stand for their area; where there are both, the government."""


def places_of(bodies: Iterable[Organisation]) -> dict[str, Organisation]:
    """The areas that have a name, each with the body that stands for it."""
    placed = sorted((body for body in bodies if body.kind in PLACED), key=lambda body: PLACED.index(body.kind))
    return {body.area: body for body in placed}


def choose_wanted(
    bodies: Mapping[str, Organisation], places: Mapping[str, Organisation], makers: Iterable[Organisation]
) -> Wanted:
    """The filters as controls; what they say stands in the address."""
    anything: dict[str, Any] = {"nothing": _("全部"), "on_change": to_first_page}
    top, below = st.columns([3, 2, 2]), st.columns([2, 2, 3, 2])
    text = top[0].text_input(
        _("查找"), key="q", bind="query-params", on_change=to_first_page, placeholder=_("标题或文号中的文字")
    )
    kind = choose_one(top[1], _("类别"), PlanKind, kind_name, key="kind", **anything)
    subject = choose_subject(top[2], **anything)
    state = choose_one(below[0], _("状态"), Stage, lambda one: _(STAGES[one][0]), key="state", **anything)
    area = choose_one(below[1], _("地区"), sorted(places), lambda one: _name(places[one]), key="area", **anything)
    made_by = [body.id for body in makers]
    maker = choose_one(below[2], _("编制单位"), made_by, lambda one: _name(bodies[one]), key="maker", **anything)
    order = choose_one(below[3], _("排序"), Order, lambda one: _(ORDERS[one]), key="sort", on_change=to_first_page)
    return Wanted(
        text=text or "", kind=kind, subject=subject or "", state=state, area=area or "", organisation=maker or "",
        group=asked_group(), order=order or Order.TITLE,
    )  # fmt: skip


def asked_group() -> Group | None:
    """The group of plans in the address, as a counter of the library leads to it."""
    code = st.query_params.get("group", "")
    return Group(code) if code in set(Group) else None


def show_counts(seen: Overview, overdue: int) -> None:
    """How many plans there are and stand where, each number with the way to its list."""
    counts = {
        Group.IN_FORCE: seen.in_force,
        Group.IN_WORK: seen.in_work,
        Group.SIGNING: seen.signing,
        Group.EVALUATION_LATE: overdue,
    }
    counters = [
        Counter(
            label=_(GROUPS[group]),
            count=count,
            href=f"/plans?group={group}",
            tone="late" if group is Group.EVALUATION_LATE else "",
        )
        for group, count in counts.items()
    ]
    show_counters([Counter(label=n_("预案总数", seen.plans), count=seen.plans, href="/plans"), *counters])


def show_group(group: Group | None) -> None:
    """Say that only a group is listed, with the way back to all."""
    if group is not None:
        said = _("只列“{group}”的预案。", group=_(GROUPS[group]))
        show(tag("div", said, " ", link(_("列出全部"), "/plans"), cls="yy-account"))


def _name(body: Organisation) -> str:
    return told(body.name, body.name_en)
