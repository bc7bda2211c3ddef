"""Studies of several events: which plan answers each part, and the verdicts of each procedure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from plans_repo import study_events
from plans_repo.failure_words import compound_failures_told
from plans_repo.packs import reading as packs
from plans_repo.studies import Answering, Study
from sim.compound import Compound
from ui.components.clause_pages import ClausePages
from ui.components.counters import show_empty
from ui.components.event_words import beginning
from ui.components.html import link, show, tag
from ui.components.plan_names import told
from ui.components.verdict_table import verdict_table
from ui.identity import reading
from ui.sections.opened import plan_address
from ui.wording import _, language


def choose_answers(compound: Compound, plan: str, version: str) -> tuple[Answering, ...] | None:
    """The plans for the parts after the leading one, which the study's own plan answers; None where one has none."""
    if summary := told(compound.summary, compound.summary_en):
        st.caption(summary)
    for line in compound_failures_told(compound, packs.pools_of(compound), language()):
        st.caption(line)
    with reading() as asked:
        able = [study_events.able(asked, part) for part in compound.parts]
    found = [Answering(part=compound.parts[0].id, plan=plan, version=version)]
    for part, plans in list(zip(compound.parts, able, strict=True))[1:]:
        title = told(part.scenario.title, part.scenario.title_en)
        if not plans:
            show_empty(_("没有预案可以处置“{title}”", title=title), _("请先在预案库导入相应的预案，并确认其处置程序。"))
            return None
        ids = list(plans)
        chosen = st.selectbox(
            _("“{title}”（{beginning}）由哪件预案处置", title=title, beginning=beginning(part)),
            ids,
            index=ids.index(plan) if plan in ids else 0,
            format_func=plans.__getitem__,
            key=f"study-part-{part.id}",
        )
        found.append(Answering(part=part.id, plan=chosen, version=version if chosen == plan else ""))
    st.caption(_("各处置程序中编号相同的力量和物资是同一批，先到先用；推演后分别给出每件预案各项目标的结论。"))
    return tuple(found)


def show_parts(
    study: Study,
    cited: dict[str, str],
    excerpts: dict[str, str],
    pages: ClausePages,
    beside: Mapping[str, Sequence[str]],
) -> None:
    """The verdicts of each procedure under its own heading."""
    assert study.compound is not None
    for line in compound_failures_told(study.compound, study.procedure.pools, language()):
        st.caption(line)
    for line in study_events.counts_told(study, language()):
        st.warning(line)
    for part, one in zip(study.compound.parts, study.answered, strict=True):
        heading = [
            tag("strong", told(part.scenario.title, part.scenario.title_en)),
            beginning(part),
            link(one.title, plan_address(one.plan, one.version)),
        ]
        show(tag("div", *(tag("span", words) for words in heading), cls="yy-facts"))
        own = study.of_part(one.part)
        if own:
            narrowed = replace(study, findings=replace(study.findings, targets=own))
            show(verdict_table(narrowed, cited, excerpts, pages, beside))
        else:
            st.caption(_("这一事件没有触及该预案的任何目标。"))


def event_address(name: str) -> str:
    """Where the version of an event that a study used is shown."""
    event, _sign, number = name.partition("@")
    return f"/scenarios?id={event}" + (f"&v={number}" if number else "")
