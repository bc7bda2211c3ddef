"""Earlier studies, newest first."""

from __future__ import annotations

import streamlit as st

from plans_repo import people, plans, scenarios, studies
from plans_repo.studies import StudySummary
from ui.components.cells import unbroken
from ui.components.counters import show_empty
from ui.components.html import Html, join, link, show, table, tag, text
from ui.components.plan_names import told
from ui.components.verdict_table import short_conclusion
from ui.components.version_history import person_name, short_hash
from ui.components.version_standing import version_stands
from ui.identity import reading
from ui.wording import _, figure_text, instant_text

MOST = 30


def show_studies() -> None:
    """The newest studies of the plans this person may see."""
    st.subheader(_("已有研究"))
    with reading() as work:
        titles = {plan.id: plan.title for plan in plans.list_plans(work)}
        newest = [one for one in studies.studies(work) if one.plan in titles]
        versions = version_stands(work, [one.plan for one in newest])
        found = [one for one in newest if one.version in versions][:MOST]
        names = people.display_names(work, [one.created_by for one in found])
        events = {one.id: one for one in scenarios.list_events(work)}
    if not found:
        show_empty(_("还没有仿真研究"), _("选定版本和情景后开始推演，结果会长期保存在这里。"))
        return
    rows = [
        [
            unbroken(link(instant_text(one.created_at), f"/study?id={one.id}")),
            _played(one, titles, versions[one.version]),
            told(events[one.scenario].title, events[one.scenario].title_en) if one.scenario in events else one.scenario,
            short_conclusion(one.verdicts),
            figure_text(one.runs),
            person_name(one.created_by, names),
            short_hash(one.hash),
        ]
        for one in found
    ]
    show(table([_("时间"), _("预案"), _("情景"), _("结论"), _("次数"), _("推演人"), _("结果校验码")], rows))


def _played(one: StudySummary, titles: dict[str, str], version: str) -> Html:
    """The plans a study played, whether by durations as calibrated, and where the version stands."""
    named = _("、").join([titles[one.plan], *one.others])
    plan = _("{plan}（按实测校准）", plan=named) if one.is_calibrated else named
    return join([text(plan), tag("small", version, cls="yy-source")])
