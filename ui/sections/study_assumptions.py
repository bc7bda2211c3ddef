"""What a study takes for granted: every figure with value, unit, source, mark and clause."""

from __future__ import annotations

import streamlit as st

from plans_repo.assessing.values import Assessment
from plans_repo.study_assumptions import Assumption, AssumptionKind, NightCallouts, night_callouts, standing
from plans_repo.study_values import Study
from plans_repo.supplies import unit_of
from plans_repo.word.numbers import unit_name
from plans_repo.word.wording import Wording
from ui.components.assessment_tables import look_cell
from ui.components.badges import MARKS, mark
from ui.components.cells import card_table, sourced
from ui.components.duration_cells import grounds, how_long
from ui.components.html import show
from ui.components.plan_names import told
from ui.components.pool_table import pool_table
from ui.wording import _, figure_text, language
from ui.wording.assessments import ITEM_KINDS


def show_assumptions(study: Study, assessed: Assessment, cited: dict[str, str]) -> None:
    """One table by kind with who looked each figure over, and how many figures bear which mark."""
    found = assessed.items
    counted = " · ".join(f"{_(MARKS[one.value][0])} {count}" for one, count in standing(found))
    st.caption(_("本研究共有 {count} 项假设，按依据分：{counted}。", count=len(found), counted=counted))
    for each in night_callouts(study):
        st.caption(_night(each))
    for kind, name in ITEM_KINDS.items():
        own = [each for each in found if each.kind is kind]
        if own:
            label = _("{kind}（{count} 项）与出处", kind=_(name), count=len(own))
            with st.expander(label, key=f"assumptions-{kind.value}"):
                show(card_table(_heads(), [_row(each, assessed, cited) for each in own]))
                if kind is AssumptionKind.UNITS:
                    st.caption(_("各数量由哪些台账条目相加："))
                    show(pool_table(study.pools))


def _night(found: NightCallouts) -> str:
    """What the hour does to call-outs."""
    title = told(found.title, found.title_en)
    if found.is_alike:
        return _("“{title}”发生在夜间或者非工作时间；本研究的出动用时与白天相同，没有加长。", title=title)
    return _(
        "“{title}”发生在夜间或者非工作时间：{count} 项出动、到场任务的用时按 {factor:g} 倍推演，倍数见情景参数。",
        title=title,
        count=found.tasks,
        factor=found.factor,
    )


def _heads() -> list[str]:
    return [_("假设"), _("取值"), _("条款"), _("标记与出处"), _("复核")]


def _row(each: Assumption, assessed: Assessment, cited: dict[str, str]) -> list[object]:
    clause = cited.get(each.clause) or "—"
    return [told(each.title, each.title_en), _value(each), clause, _grounds(each), look_cell(assessed, each)]


def _value(each: Assumption) -> str:
    if each.duration is not None:
        return how_long(each.duration)
    if each.pool is not None:
        return f"{figure_text(each.value)} {unit_of(each.pool.pool, language())}".strip()
    return figure_text(each.value, unit=unit_name(Wording(language()), each.unit), digits=3)


def _grounds(each: Assumption) -> object:
    if each.duration is not None:
        return grounds(each.duration)
    return sourced(mark(each.mark), told(each.source, each.source_en))
