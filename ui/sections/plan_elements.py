"""形式评审和要素评审: every table of the guide, what the panel answered, and the form for its answers."""

from __future__ import annotations

import streamlit as st

from plans_repo import plans
from plans_repo.checks.elements import KEY_MARK
from plans_repo.course import element_review
from plans_repo.course.element_review import Element, ReviewTable
from plans_repo.course.panels import Panel
from plans_repo.course.votes import ReviewAnswer
from plans_repo.course.words import Judgement
from ui.components.badges import badge, mark
from ui.components.course_names import JUDGEMENTS
from ui.components.html import Html, join, show, table, tag
from ui.components.plan_names import told
from ui.components.refusal import answered
from ui.identity import guard, reading, work
from ui.sections.opened import OpenedVersion
from ui.wording import _


def show_elements(opened: OpenedVersion, panel: Panel, answers: dict[str, ReviewAnswer], *, may_answer: bool) -> None:
    """The review tables of an enterprise plan; nothing for other plans."""
    with reading() as asked:
        text = plans.text_of(asked, opened.plan.id, opened.version.id)
    tables = element_review.tables(opened.plan.kind, opened.plan.title, text)
    if not tables:
        return
    st.markdown(_("**形式评审和要素评审**"))
    st.caption(_("★为关键要素，须符合；一般要素可以简写或省略。判定为不符合、不适用的须说明。"))
    for one in tables:
        _show_table(panel, one, answers, may_answer=may_answer)


def _show_table(panel: Panel, one: ReviewTable, answers: dict[str, ReviewAnswer], *, may_answer: bool) -> None:
    given = sum(element.key in answers for element in one.elements)
    title = _("{title}（已判定 {given}/{count}）", title=told(one.title, one.title_en), given=given,
              count=len(one.elements))  # fmt: skip
    with st.expander(title, key=f"elements-{one.id}-open"):
        show(tag("p", told(one.source, one.source_en), " ", mark(one.mark), cls="yy-dim"))
        show(_table(one, answers))
        if may_answer:
            _show_form(panel, one, answers)


def _table(one: ReviewTable, answers: dict[str, ReviewAnswer]) -> Html:
    rows = []
    for element in one.elements:
        answer = answers.get(element.key)
        word, tone = JUDGEMENTS[answer.judgement] if answer else ("", "")
        state = badge(_(word), tone) if answer else badge(_("未填写"), "warn")
        own = mark(element.mark) if element.mark is not one.mark else ""
        rows.append(
            [
                join([_name(element), own], " "),
                told(element.asks, element.asks_en),
                state,
                answer.note if answer else "",
            ]
        )
    return table([_("要素"), _("评审内容"), _("结论"), _("说明")], rows)


def _show_form(panel: Panel, one: ReviewTable, answers: dict[str, ReviewAnswer]) -> None:
    kinds = list(Judgement)
    with st.form(f"elements-{one.id}", border=False):
        given = []
        for element in one.elements:
            answer = answers.get(element.key)
            left, right = st.columns([3, 2], vertical_alignment="bottom")
            at = left.radio(
                _name(element),
                range(len(kinds)),
                index=kinds.index(answer.judgement) if answer else None,
                format_func=lambda place: _(JUDGEMENTS[kinds[place]][0]),
                horizontal=True,
                key=f"element-{element.key}",
            )
            note = right.text_input(_("说明"), value=answer.note if answer else "", key=f"remark-{element.key}")
            given.append((element.key, at, note))
        is_sent = st.form_submit_button(_("保存判定"), key=f"elements-{one.id}-do")
    if is_sent:
        said = [(key, kinds[at], note) for key, at, note in given if at is not None]
        _save(panel, [one for one in said if _is_new(answers.get(one[0]), one[1], one[2])])


def _is_new(answer: ReviewAnswer | None, judgement: Judgement, note: str) -> bool:
    return answer is None or (answer.judgement, answer.note) != (judgement, note.strip())


def _save(panel: Panel, said: list[tuple[str, Judgement, str]]) -> None:
    with answered():
        guard()
        with work() as asked:
            for key, judgement, note in said:
                element_review.answer_element(asked, panel.id, key, judgement, note=note)
        st.rerun()


def _name(element: Element) -> str:
    name = told(element.title, element.title_en)
    return f"{name} {KEY_MARK}" if element.is_key else str(name)
