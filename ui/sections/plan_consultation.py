"""征求意见: whom the text went to, who has answered, every opinion and what became of it."""

from __future__ import annotations

from datetime import date

import streamlit as st

from plans_repo.course import consultation, consulting, opinion_register, public_consultation
from plans_repo.course.consultation import Consultation, ConsultedUnit
from plans_repo.course.opinions import Opinion
from plans_repo.course.words import Treatment
from plans_repo.errors import NotFound
from plans_repo.store.roles import Action
from ui import downloads
from ui.components.badges import badge
from ui.components.counters import show_empty
from ui.components.course_names import ANSWERS, TREATMENTS, treated_cell
from ui.components.fields import fields, start_anew
from ui.components.html import Html, join, link, show, table, tag
from ui.components.refusal import answered
from ui.identity import guard, reading, work
from ui.sections.answer_form import show_answer_form
from ui.sections.opened import OpenedVersion
from ui.wording import _, day_text, n_


def show_consultation(opened: OpenedVersion, *, may_write: bool, today: date) -> None:
    """The consultation of the edition with its answers and opinions; the author opens it, enters, reminds, treats."""
    with reading() as asked:
        found = consultation.consultation(asked, opened.version.id)
        public = public_consultation.public_consultation(asked, opened.version.id)
        try:
            opinions = opinion_register.opinions(asked, opened.version.id)
        except NotFound:
            opinions = ()
    if found is None:
        show_empty(_("还没有征求意见"), _("先确定征求意见的单位和期限，再办理“征求意见”。"))
    else:
        _show_units(opened, found, today)
    if public is not None:
        _show_public(public)
    if opinions:
        st.markdown(_("**意见及采纳情况**"))
        show(opinions_table(opinions))
        summary = downloads.address("opinion-table", opened.plan.id, version=opened.version.id)
        show(tag("div", link(_("导出征求意见汇总表（Word）"), summary), cls="yy-account"))
    if may_write:
        _show_opening_form(opened, is_again=found is not None)
        if found is not None:
            _show_unit_forms(opened, found, today)
        _show_public_forms(opened, public, today)
        if opinions:
            _show_treatment_form(opened, opinions)


def opinions_table(opinions: tuple[Opinion, ...]) -> Html:
    """Unit, clause, opinion, what became of it and why."""
    rows = [
        [
            one.giver,
            one.label or _("整件预案"),
            join([tag("div", one.text), tag("div", _("建议改为：{words}", words=one.wanted)) if one.wanted else ""]),
            treated_cell(one.treated),
        ]
        for one in opinions
    ]
    return table([_("提出单位（人）"), _("条款"), _("意见"), _("处理情况和理由")], rows)


def _show_units(opened: OpenedVersion, found: Consultation, today: date) -> None:
    overdue = {unit.id for unit in found.overdue(today)}
    facts = [
        _("{day} 发函", day=day_text(found.sent_on)),
        _("答复期限 {day}", day=day_text(found.due_on)),
        n_("征求 {count} 个单位", len(found.units)),
        n_("已答复 {count} 个", len(found.units) - len(found.waiting())),
        badge(n_("逾期 {count} 个", len(overdue)), "bad") if overdue else "",
    ]
    show(tag("div", *(tag("span", fact) for fact in facts if fact), cls="yy-facts"))
    show(link(_("下载征求意见函"), downloads.address("consultation-letter", opened.version.id)))
    show(
        table(
            [_("单位"), _("职责条款"), _("答复"), _("日期"), _("签署人"), _("催办")],
            [_unit_row(opened, unit, is_overdue=unit.id in overdue) for unit in (*found.waiting(), *_answered(found))],
        )
    )


def _answered(found: Consultation) -> list[ConsultedUnit]:
    return [unit for unit in found.units if unit.answer is not None]


def _unit_row(opened: OpenedVersion, unit: ConsultedUnit, *, is_overdue: bool) -> list[object]:
    if unit.answer is None:
        state = badge(_("逾期未复"), "bad") if is_overdue else badge(_("待答复"), "warn")
    else:
        word, tone = ANSWERS[unit.answer]
        state = badge(_(word), tone)
    if unit.paper:
        paper = link(_("复函"), downloads.address("answer-paper", opened.version.id, digest=unit.paper))
        state = join([state, paper], " ")
    reminders = _("；").join(f"{day_text(one.on)} {one.how}" for one in unit.reminders)
    return [
        unit.name,
        n_("{count} 条", len(unit.clauses)) if unit.clauses else "—",
        state,
        day_text(unit.answered_on) if unit.answered_on else "—",
        unit.signatory or "—",
        reminders or "—",
    ]


def _show_public(public: public_consultation.PublicConsultation) -> None:
    words = _(
        "向社会公开征求意见：{channel}，{first} 至 {last}",
        channel=public.channel,
        first=day_text(public.from_on),
        last=day_text(public.to_on),
    )
    result = (
        badge(_("结果未登记"), "warn")
        if public.received is None
        else tag("span", n_("收到 {count} 条。", public.received), " ", public.summary)
    )
    show(tag("p", words, " ", result))


def _show_opening_form(opened: OpenedVersion, *, is_again: bool) -> None:
    with reading() as asked:
        proposed = consulting.proposed_units(asked, opened.version.id)
    label = _("重新征求意见") if is_again else _("确定征求意见的单位和期限")
    with st.expander(label, key="consult-open"), st.form("consult", border=False):
        chosen = st.multiselect(
            _("单位（按正文职责提出）"),
            range(len(proposed)),
            default=list(range(len(proposed))),
            format_func=lambda at: proposed[at].name,
            key="consult-units",
        )
        others = st.text_input(_("其他单位（用顿号分开）"), key="consult-others")
        why_not = st.text_input(_("正文提到而不征求的单位，不征求的理由"), key="consult-why-not")
        days = st.number_input(_("答复期限（工作日）"), 1, consulting.MOST_WORKING_DAYS, 10, key="consult-days")
        number = st.text_input(_("函号"), key="consult-number", placeholder=_("青应急函〔2026〕8号"))
        contact = st.text_input(_("联系人及电话"), key="consult-contact")
        if st.form_submit_button(_("确定"), key="open-consultation"):
            units = [proposed[at] for at in chosen]
            with answered():
                guard(Action.EDIT_PLAN)
                with work() as asked:
                    consulting.open_consultation(
                        asked,
                        opened.version.id,
                        units=[unit.organisation for unit in units if unit.organisation],
                        names=[
                            *(unit.name for unit in units if not unit.organisation),
                            *others.replace("，", "、").replace(",", "、").split("、"),
                        ],
                        working_days=int(days),
                        letter_number=number,
                        contact=contact,
                        left_out_why=why_not,
                    )
                st.rerun()


def _show_unit_forms(opened: OpenedVersion, found: Consultation, today: date) -> None:
    with st.expander(_("登记书面答复"), key="answer-open"):
        at = st.selectbox(
            _("单位"), range(len(found.units)), format_func=lambda one: found.units[one].name, key="answer-unit"
        )
        show_answer_form(opened.plan.id, found, found.units[at], on_paper=True, today=today)
    waiting = found.waiting()
    if not waiting:
        return
    is_late = bool(found.overdue(today))
    field = fields("remind")
    with (
        st.expander(_("催办"), key="remind-open", expanded=is_late),
        st.form("remind", border=False),
    ):
        at = st.selectbox(
            _("单位"), range(len(waiting)), format_func=lambda one: waiting[one].name, key=field("remind-unit")
        )
        how = st.text_input(_("方式"), key=field("remind-how"), placeholder=_("电话、函"))
        if st.form_submit_button(_("登记催办"), key="remind"):
            with answered():
                guard(Action.EDIT_PLAN)
                with work() as asked:
                    consulting.remind(asked, waiting[at].id, how=how)
                start_anew("remind")
                st.rerun()


def _show_public_forms(
    opened: OpenedVersion, public: public_consultation.PublicConsultation | None, today: date
) -> None:
    with st.expander(_("向社会公开征求意见"), key="public-open"):
        if public is None or public.received is not None:
            with st.form("public", border=False):
                channel = st.text_input(_("途径"), key="public-channel", placeholder=_("县政府门户网站"))
                first = st.date_input(_("开始日期"), value=today, format="YYYY-MM-DD", key="public-from")
                last = st.date_input(_("截止日期"), value=today, format="YYYY-MM-DD", key="public-to")
                if st.form_submit_button(_("登记"), key="ask-public"):
                    with answered():
                        guard(Action.EDIT_PLAN)
                        with work() as asked:
                            public_consultation.ask_public(
                                asked, opened.version.id, channel=channel, from_on=first, to_on=last
                            )
                        st.rerun()
        else:
            with st.form("public-end", border=False):
                received = st.number_input(_("收到意见数"), 0, 100000, 0, key="public-received")
                summary = st.text_area(_("意见综述"), key="public-summary", height=90)
                if st.form_submit_button(_("登记结果"), key="close-public"):
                    with answered():
                        guard(Action.EDIT_PLAN)
                        with work() as asked:
                            public_consultation.close_public(
                                asked, opened.version.id, received=int(received), summary=summary
                            )
                        st.rerun()


def _show_treatment_form(opened: OpenedVersion, opinions: tuple[Opinion, ...]) -> None:
    waiting = [one for one in opinions if one.treated is None or one.treated.is_open] or list(opinions)
    with st.expander(_("处理意见"), key="treat-open", expanded=waiting[0].treated is None):
        at = st.selectbox(
            _("意见"),
            range(len(waiting)),
            format_func=lambda one: _("{name}：{words}", name=waiting[one].giver, words=waiting[one].text[:40]),
            key="treat-opinion",
        )
        field = fields("treat")
        with st.form("treat", border=False):
            kinds = list(Treatment)
            kind = st.radio(
                _("处理"),
                range(len(kinds)),
                format_func=lambda one: _(TREATMENTS[kinds[one]][0]),
                horizontal=True,
                key=field("treat-kind"),
            )
            reason = st.text_area(_("理由（部分采纳、未采纳必填）"), key=field("treat-reason"), height=80)
            is_disputed = st.checkbox(_("与提出单位有分歧"), key=field("treat-disputed"))
            resolution = st.text_input(_("分歧协调结果"), key=field("treat-resolution"))
            if st.form_submit_button(_("保存处理"), key="treat-do"):
                with answered():
                    guard(Action.EDIT_PLAN)
                    with work() as asked:
                        opinion_register.treat(
                            asked,
                            opened.version.id,
                            waiting[at].id,
                            kinds[kind],
                            reason=reason,
                            is_disputed=is_disputed,
                            resolution=resolution,
                        )
                    start_anew("treat")
                    st.rerun()
