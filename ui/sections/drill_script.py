"""The script of one drill on its page: what it is made of, what it lacks, its injects, actions and objectives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from drills import register
from drills.access import changes
from drills.drill import COMING, Drill
from drills.papers.script_papers import PaperKind
from drills.scripts import keeping
from drills.scripts.checks import faults
from drills.scripts.keeping import KeptScript, Revision
from drills.scripts.script import Script
from plans_repo import plans, scenarios
from plans_repo.errors import NotFound
from plans_repo.store.roles import Action
from plans_repo.store.work import Work
from plans_repo.text.citation import citations
from ui import downloads
from ui.components.counters import show_empty
from ui.components.html import join, link, show, tag
from ui.components.plan_names import told
from ui.components.script_chart import chart_sentence, charted, script_chart
from ui.components.script_tables import actions_table, history_table, injects_table, objectives_table
from ui.components.script_words import PAPERS, fault_lines
from ui.downloads.script import CEXF
from ui.wording import _, instant_text, language, n_


@dataclass(frozen=True, kw_only=True)
class OpenScript:
    """A drill with its script and what is told beside it; *is_ours* where the person may change it."""

    drill: Drill
    kept: KeptScript | None
    history: tuple[Revision, ...]
    cited: Mapping[str, str]
    basis: tuple[str, ...]
    is_ours: bool


def open_script(work: Work, drill_id: str) -> OpenScript:
    """The script of a drill; refused to whom it is not for."""
    drill = register.drill(work, drill_id)
    kept = keeping.script(work, drill_id)
    plan, version = (kept.script.plan, kept.script.version) if kept else ("", "")
    is_ours = work.actor.may(Action.PLAN_DRILL) and changes(work, organisation=drill.organisation, area=drill.area)
    return OpenScript(
        drill=drill,
        kept=kept,
        history=keeping.history(work, drill_id),
        cited=citations(plans.text_of(work, plan, version)) if plan else {},
        basis=_basis(work, kept.script) if kept else (),
        is_ours=is_ours and drill.state in COMING,
    )


def _basis(work: Work, script: Script) -> tuple[str, ...]:
    """Plan and version, event and study it was made from; a plan or event that is gone is left out."""
    found = []
    try:
        if script.plan:
            version = plans.version_of(work, script.plan, script.version)
            title = plans.plan(work, script.plan).title
            found.append(_("《{title}》{version}", title=title, version=told(version.label, version.label_en)))
        if script.scenario:
            event = scenarios.event(work, script.scenario)
            found.append(told(event.title, event.title_en))
    except NotFound:
        pass
    return tuple(found)


def show_script(opened: OpenScript) -> None:
    """Put the script on the page."""
    if opened.kept is None:
        show_empty(_("还没有脚本"), _("可以由预案的处置程序和情景生成，也可以导入表格或 CEXF 文件。"))
        return
    script = opened.kept.script
    _show_head(opened, opened.kept)
    _show_faults(script)
    if charted(script):
        st.plotly_chart(script_chart(script), config={"displayModeBar": False}, key="script-chart")
        st.caption(chart_sentence(script))
    st.subheader(_("情景注入"))
    show(injects_table(script))
    st.subheader(_("预期行动"))
    st.caption(_("时限出自预案，推演时段出自仿真研究；两者不符的，演练前应先弄清。"))
    show(actions_table(script, opened.cited))
    if script.objectives:
        st.subheader(_("演练目标"))
        show(objectives_table(script.objectives))
    with st.expander(_("历次保存")):
        show(history_table(opened.history))


def _show_head(opened: OpenScript, kept: KeptScript) -> None:
    script, drill = kept.script, opened.drill
    facts = [
        _("第{revision}稿，{who}于{at}保存", revision=kept.revision, who=kept.saved_by, at=instant_text(kept.saved_at)),
        n_("{count} 条注入", len(script.injects)),
        n_("{count} 项预期行动", len(script.actions)),
        _("演练时长{minutes}分钟", minutes=f"{script.duration_min:g}"),
        *([_("依据：{basis}", basis=_("；").join(opened.basis))] if opened.basis else []),
        *([link(_("所对照的仿真研究"), f"/study?id={script.study}")] if script.study else []),
    ]
    files = [
        link(_("导出表格（.xlsx）"), downloads.address("script", drill.id)),
        link(_("导出 CEXF"), downloads.address("script", drill.id, form=CEXF)),
        *(link(_("{paper}（Word）", paper=_(PAPERS[kind])), _paper(drill.id, kind)) for kind in PaperKind),
    ]
    show(tag("div", join(facts, " · "), cls="yy-facts"))
    show(tag("div", join(files, "　"), cls="yy-facts"))


def _paper(drill_id: str, kind: PaperKind) -> str:
    """Where a paper is handed over, in the language of the page."""
    return downloads.address("drill-paper", drill_id, paper=kind.value, lang=language())


def _show_faults(script: Script) -> None:
    found = faults(script)
    if not found:
        st.success(_("脚本齐备，可以开始。"))
        return
    grave = fault_lines(fault for fault in found if fault.is_grave)
    light = fault_lines(fault for fault in found if not fault.is_grave)
    if grave:
        st.warning(_("开始前必须补齐：{lines}。", lines=_("；").join(grave)))
    if light:
        with st.expander(_("请再看一看（{count}项）", count=len(light))):
            st.markdown("\n".join(f"- {line}" for line in light))
