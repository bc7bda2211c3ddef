"""The form in which a unit's written answer is given, by the unit itself or by the clerk from paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from plans_repo import plans
from plans_repo.course import consulting
from plans_repo.course.consultation import Consultation, ConsultedUnit
from plans_repo.course.opinions import Remark, label_of
from plans_repo.course.words import Answer
from plans_repo.text.clause import Clause, ClauseKind
from ui.components.course_names import ANSWERS
from ui.components.fields import fields, start_anew
from ui.components.refusal import answered
from ui.identity import guard, reading, work
from ui.wording import _

MOST_REMARKS = 3
"""Opinions a form takes at a time."""
CITABLE = frozenset({ClauseKind.HEADING, ClauseKind.ARTICLE, ClauseKind.BODY, ClauseKind.TABLE})


def show_answer_form(plan: str, asked_for: Consultation, unit: ConsultedUnit, *, on_paper: bool, today: date) -> None:
    """Answer for *unit*: no opinion, or opinions on clauses; a letter belongs to what comes on paper."""
    with reading() as asked:
        clauses = [one for one in plans.text_of(asked, plan, asked_for.version) if one.kind in CITABLE]
    field = fields(f"answer-{unit.id}")
    with st.form(f"answer-{unit.id}", border=False):
        kinds = list(Answer)
        kind = st.radio(
            _("答复"),
            range(len(kinds)),
            format_func=lambda at: _(ANSWERS[kinds[at]][0]),
            horizontal=True,
            key=field("answer-kind"),
        )
        remarks = [_remark(number, clauses, unit) for number in range(1, MOST_REMARKS + 1)]
        signatory = st.text_input(_("签署人（负责人）"), key=field("answer-signatory"))
        on = st.date_input(_("答复日期"), value=today, max_value=today, format="YYYY-MM-DD", key=field("answer-on"))
        file = st.file_uploader(_("复函") if on_paper else _("盖章复函（可不附）"), key=field("answer-file"))
        is_answering = st.form_submit_button(_("提交答复"), type="primary", key="answer-do")
    if not is_answering:
        return
    given = [one for one in remarks if one.text.strip()]
    if (kinds[kind] is Answer.OPINIONS) != bool(given):
        st.error(_("选“有意见”时至少写一条，选“无意见”时不写意见。"))
        return
    with answered():
        guard()
        with work() as asked:
            consulting.answer(
                asked,
                unit.id,
                opinions=given,
                signatory=signatory,
                answered_on=on,
                paper=(file.name, file.getvalue()) if file else None,
            )
        start_anew(f"answer-{unit.id}")
        st.rerun()


def _remark(number: int, clauses: Sequence[Clause], unit: ConsultedUnit) -> Remark:
    """One opinion: the clause, the words, the wording wanted."""
    at = clause_choice(_("条款（意见 {number}）", number=number), clauses, unit.clauses, key=f"answer-clause-{number}")
    text = st.text_area(_("意见 {number}", number=number), key=f"answer-text-{number}", height=70)
    wanted = st.text_input(_("建议改为（意见 {number}）", number=number), key=f"answer-wanted-{number}")
    return Remark(text=text, clause=clauses[at].id if at is not None else "", wanted=wanted)


def clause_choice(label: str, clauses: Sequence[Clause], first: Sequence[str], *, key: str) -> int | None:
    """Choose a clause, those that give the unit a duty first; none means the whole text."""
    order = sorted(range(len(clauses)), key=lambda at: (clauses[at].id not in first, at))
    return st.selectbox(
        label, order, index=None, placeholder=_("整件预案"), format_func=lambda at: label_of(clauses[at]), key=key
    )
