"""评审: the panel drawn for a text, who came, what each expert signed, the review form, the counting."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import streamlit as st

from plans_repo.course import experts, panel_result, panels, recusal, review_form, votes
from plans_repo.course.opinions import Remark
from plans_repo.course.panels import Panel, Seat
from plans_repo.course.words import SCALE, Vote
from plans_repo.people import display_names
from plans_repo.plans import PlanKind, text_of
from plans_repo.store.actor import Actor
from plans_repo.store.roles import Action
from ui import downloads
from ui.components.badges import badge, sourced
from ui.components.counters import show_empty
from ui.components.course_names import JUDGEMENTS, VOTES, expert_name, recusal_name
from ui.components.fields import fields, start_anew
from ui.components.html import Html, join, link, show, table, tag
from ui.components.plan_names import told
from ui.components.refusal import answered
from ui.components.version_history import person_name
from ui.identity import guard, reading, work
from ui.sections.answer_form import CITABLE, clause_choice
from ui.sections.opened import OpenedVersion
from ui.sections.plan_elements import show_elements
from ui.wording import _, day_text, instant_text, n_


def show_panel(opened: OpenedVersion, actor: Actor, *, may_write: bool, today: date) -> None:
    """The panel and everything about it; the author draws, convenes and enters, an expert signs his own opinion."""
    with reading() as asked:
        panel = panels.panel(asked, opened.version.id)
        signed = votes.votes(asked, panel.id) if panel else ()
        result = panel_result.result(asked, panel.id) if panel else None
        form = votes.review_form(asked, panel.id) if panel else {}
        pool = experts.experts(asked)
        concerns = recusal.concerns(asked, opened.version.id)
        entering = {one.entered_by for one in signed} | {one.entered_by for one in form.values()}
        names = display_names(asked, entering)
    if panel is None or result is None:
        show_empty(_("还没有评审组"), _("从专家库按专业抽取；编制单位人员和有利害关系的人自动或声明回避。"))
    else:
        _show_draw(opened, panel)
        show(_seats_table(opened, panel, {one.seat: one for one in signed}, names))
        _show_concerns(panel, concerns)
        _show_result(result)
        if not _by_tables(opened):
            show(_form_table(form, names))
    if may_write:
        _show_draw_form(opened, pool, is_again=panel is not None)
        if panel is not None:
            _show_meeting_forms(panel, today, has_votes=bool(signed))
    if panel is not None:
        entered = frozenset(one.seat for one in signed)
        _show_vote_form(opened, panel, actor, entered, may_write=may_write, today=today)
        may_answer = panel.met_on is not None and (may_write or actor.may(Action.REVIEW_PLAN))
        if may_answer and not _by_tables(opened):
            _show_form_form(panel, form)
        show_elements(opened, panel, form, may_answer=may_answer)
        if actor.may(Action.REVIEW_PLAN) and opened.version.root_hash not in (panel.root_hash, panel.confirmed_hash):
            _show_confirmation(opened, panel)


def _show_draw(opened: OpenedVersion, panel: Panel) -> None:
    quotas = _("、").join(f"{field} {count}" for field, count in sorted(panel.quotas.items()))
    facts = [
        _("{when} 抽取", when=instant_text(panel.drawn_at)),
        n_("可抽取 {count} 人", len(panel.pool)),
        n_("回避 {count} 人", len(panel.recused)),
        _("专业要求：{quotas}", quotas=quotas) if quotas else "",
        _("{day} 评审会", day=day_text(panel.met_on)) if panel.met_on else badge(_("未开会"), "warn"),
        panel.place,
        _("重新抽取：{why}", why=panel.redraw_why) if panel.redraw_why else "",
    ]
    show(tag("div", *(tag("span", fact) for fact in facts if fact), cls="yy-facts"))
    if panel.recused:
        with reading() as asked:
            names = {one.id: one.name for one in experts.experts(asked, with_retired=True)}
        words = _("；").join(
            _("{name}：{words}", name=names.get(key, "—"), words=recusal_name(why))
            for key, why in sorted(panel.recused.items())
        )
        show(tag("p", _("回避：{words}", words=words), cls="yy-dim"))
    papers = [
        link(_("下载签到表"), downloads.address("sign-in-sheet", opened.version.id)),
        link(_("下载专家评审意见表"), downloads.address("review-forms", opened.version.id)),
    ]
    show(join(papers, " · "))
    with st.expander(_("抽取依据（供复核）"), key="draw-proof"):
        said = _("抽取种子（正文校验码和抽取次数，任何人可据此复核）：")
        show(tag("p", said, tag("code", panel.seed), cls="yy-dim"))


def _show_concerns(panel: Panel, concerns: dict[str, str]) -> None:
    """Experts whose employer is of the same line as a unit with duties in the text."""
    for seat in panel.held:
        unit = concerns.get(seat.expert.id)
        if unit:
            st.warning(
                _(
                    "{name}所在的{employer}与正文中承担任务的{unit}属同一系统，请确认是否需要回避。",
                    name=seat.expert.name,
                    employer=seat.expert.unit,
                    unit=unit,
                )
            )


def _seats_table(
    opened: OpenedVersion, panel: Panel, signed: dict[str, votes.SignedVote], names: Mapping[str, str]
) -> Html:
    rows = [_seat_row(opened, panel, seat, signed.get(seat.id), names) for seat in panel.seats]
    return table([_("席位"), _("专家"), _("单位、职称"), _("专业"), _("到会"), _("结论"), _("意见")], rows)


def _seat_row(
    opened: OpenedVersion, panel: Panel, seat: Seat, signed: votes.SignedVote | None, names: Mapping[str, str]
) -> list[object]:
    expert = seat.expert
    if not seat.is_held:
        came = badge(_("回避或不能参加：{why}", why=seat.declined_why), "plain")
    elif seat.signed_in_on:
        came = badge(_("已签到"), "good")
    else:
        came = badge(_("未到会") if panel.met_on else _("待签到"), "plain")
    name = join([expert.name, badge(_("组长"), "blue")], " ") if panel.head == expert.id else expert.name
    vote, words = "—", "—"
    if signed is not None:
        word, tone = VOTES[signed.vote]
        vote = badge(_(word), tone)
        if signed.paper:
            paper = link(_("意见表"), downloads.address("vote-paper", opened.version.id, digest=signed.paper))
            vote = join([vote, paper], " ")
        if signed.on_paper:
            entered = _("{name}据签字件录入", name=person_name(signed.entered_by, names))
            vote = join([vote, tag("div", entered, cls="yy-dim")])
        if signed.is_scan_of_all:
            vote = join([vote, tag("div", _("与其他专家的意见合为一件扫描件"), cls="yy-dim")])
        words = join(
            [
                tag("div", signed.words),
                *(
                    tag("div", _("{name}：{words}", name=one.label or _("整件预案"), words=one.text))
                    for one in signed.opinions
                ),
            ]
        )
    return [seat.ordinal, name, f"{expert.unit} {expert.title}".strip(), _("、").join(expert.fields), came, vote, words]


def _show_result(result: panel_result.Result) -> None:
    rule = result.rule
    counted = _(
        "到会 {present} 人：同意 {agreed}，原则同意 {agreed_if}，不同意 {disagreed}",
        present=result.present,
        agreed=result.agreed,
        agreed_if=result.agreed_if,
        disagreed=result.disagreed,
    )
    state = (
        badge(_("达到通过要求"), "good")
        if result.is_complete and result.passes
        else badge(_("未达到通过要求"), "bad")
        if result.is_complete
        else badge(_("意见未收齐"), "warn")
    )
    source = told(rule.source, rule.source_en)
    show(tag("p", counted, " ", state, " ", told(rule.title, rule.title_en), " ", sourced(rule.mark, source)))


def _by_tables(opened: OpenedVersion) -> bool:
    """Whether the plan is reviewed by the tables of formal and element review, not by the six items."""
    return opened.plan.kind is PlanKind.UNIT


def _form_table(form: dict[str, votes.ReviewAnswer], names: Mapping[str, str]) -> Html:
    rows = []
    for item in review_form.items():
        answer = form.get(item.id)
        state = badge(_("未填写"), "warn")
        if answer is not None:
            word, tone = JUDGEMENTS[answer.judgement]
            state = badge(_(word), tone)
        who = person_name(answer.entered_by, names) if answer else "—"
        rows.append([told(item.title, item.title_en), state, answer.note if answer and answer.note else "—", who])
    return table([_("审核内容"), _("结论"), _("说明"), _("录入")], rows)


def _show_draw_form(opened: OpenedVersion, pool: tuple[experts.Expert, ...], *, is_again: bool) -> None:
    fields = sorted({field for expert in pool for field in expert.fields})
    with st.expander(_("抽取评审专家"), key="draw-open"), st.form("draw", border=False):
        size = st.number_input(_("人数"), panels.SMALLEST, panels.LARGEST, 5, step=2, key="draw-size")
        wanted = st.multiselect(_("至少各一人的专业"), fields, key="draw-fields")
        aside = st.multiselect(
            _("声明回避的专家"),
            range(len(pool)),
            format_func=lambda at: expert_name(pool[at]),
            key="draw-aside",
        )
        why = st.text_input(_("回避理由"), key="draw-why")
        again = st.text_input(_("重新抽取的理由"), key="draw-again") if is_again else ""
        if st.form_submit_button(_("抽取"), key="draw-do"):
            with answered():
                guard(Action.EDIT_PLAN)
                with work() as asked:
                    panels.draw_panel(
                        asked,
                        opened.version.id,
                        size=int(size),
                        quotas=dict.fromkeys(wanted, 1),
                        interests={pool[at].id: why or _("本人声明有利害关系") for at in aside},
                        redraw_why=again,
                    )
                st.rerun()


def _show_meeting_forms(panel: Panel, today: date, *, has_votes: bool) -> None:
    held = panel.held
    if panel.met_on is None:
        with st.expander(_("专家不能参加"), key="decline-open"), st.form("decline", border=False):
            at = st.selectbox(
                _("专家"), range(len(held)), format_func=lambda one: held[one].expert.name, key="decline-seat"
            )
            reason = st.text_input(_("理由"), key="decline-reason")
            if st.form_submit_button(_("替换为下一顺位"), key="decline-do"):
                with answered():
                    guard(Action.EDIT_PLAN)
                    with work() as asked:
                        panels.decline(asked, held[at].id, reason=reason)
                    st.rerun()
    if has_votes:
        st.caption(_("已有专家签署意见，到会名单不再改动。"))
        return
    with st.expander(_("登记评审会"), key="meeting-open"), st.form("meeting", border=False):
        everybody = list(range(len(held)))
        present = st.multiselect(
            _("签到专家"), everybody, default=everybody, format_func=lambda at: held[at].expert.name, key="meeting-here"
        )
        head = st.selectbox(_("组长"), everybody, format_func=lambda at: held[at].expert.name, key="meeting-head")
        day = st.date_input(_("日期"), value=today, max_value=today, format="YYYY-MM-DD", key="meeting-on")
        place = st.text_input(_("地点"), value=panel.place, key="meeting-place")
        if st.form_submit_button(_("登记"), key="meeting-do"):
            with answered():
                guard(Action.EDIT_PLAN)
                with work() as asked:
                    panels.convene(
                        asked,
                        panel.id,
                        present=[held[at].expert.id for at in present],
                        head=held[head].expert.id,
                        met_on=day,
                        place=place,
                    )
                st.rerun()


def _show_vote_form(
    opened: OpenedVersion, panel: Panel, actor: Actor, entered: frozenset[str], *, may_write: bool, today: date
) -> None:
    seats = [one for one in panel.present if may_write or one.expert.account == actor.account]
    if not seats:
        return
    with reading() as asked:
        clauses = [one for one in text_of(asked, opened.plan.id, panel.version) if one.kind in CITABLE]
    field = fields("vote")
    with st.expander(_("专家意见"), key="vote-open"), st.form("vote", border=False):
        at = st.selectbox(
            _("专家"), range(len(seats)), format_func=lambda one: seats[one].expert.name, key=field("vote-seat")
        )
        kinds = list(Vote)
        kind = st.radio(
            _("结论"),
            range(len(kinds)),
            format_func=lambda one: _(VOTES[kinds[one]][0]),
            horizontal=True,
            key=field("vote-kind"),
        )
        words = st.text_area(_("总体意见"), key=field("vote-words"), height=80)
        clause = clause_choice(_("条款"), clauses, (), key=field("vote-clause"))
        remark = st.text_area(_("对该条款（或全文）的意见"), key=field("vote-remark"), height=70)
        on = st.date_input(_("日期"), value=today, max_value=today, format="YYYY-MM-DD", key=field("vote-on"))
        file = st.file_uploader(_("本人签名的意见表"), key=field("vote-file"))
        is_clerk = any(one.id in entered and one.expert.account != actor.account for one in seats)
        correction = st.text_input(_("更正已登记意见的理由"), key=field("vote-correction")) if is_clerk else ""
        is_scan_of_all = st.checkbox(_("几位专家的意见合订为一件扫描件"), key=field("vote-scan"))
        if st.form_submit_button(_("提交意见"), key="vote-do"):
            remarks = [Remark(text=remark, clause=clauses[clause].id if clause is not None else "")]
            with answered():
                guard()
                with work() as asked:
                    votes.vote(
                        asked,
                        seats[at].id,
                        kinds[kind],
                        words=words,
                        remarks=remarks if remark.strip() else (),
                        on=on,
                        paper=(file.name, file.getvalue()) if file else None,
                        correction=correction,
                        is_scan_of_all=is_scan_of_all,
                    )
                start_anew("vote")
                st.rerun()


def _show_form_form(panel: Panel, form: dict[str, votes.ReviewAnswer]) -> None:
    items, kinds = review_form.items(), list(SCALE)
    with st.expander(_("填写评审表"), key="items-open"), st.form("items", border=False):
        given = []
        for item in items:
            answer = form.get(item.id)
            at = st.radio(
                told(item.title, item.title_en),
                range(len(kinds)),
                index=kinds.index(answer.judgement) if answer else None,
                format_func=lambda one: _(JUDGEMENTS[kinds[one]][0]),
                horizontal=True,
                key=f"item-{item.id}",
            )
            note = st.text_input(
                _("说明"), value=answer.note if answer else "", key=f"note-{item.id}", label_visibility="collapsed"
            )
            given.append((item.id, at, note))
        if st.form_submit_button(_("保存评审表"), key="items-do"):
            with answered():
                guard()
                with work() as asked:
                    for item_id, at, note in given:
                        if at is not None:
                            votes.answer_item(asked, panel.id, item_id, kinds[at], note=note)
                st.rerun()


def _show_confirmation(opened: OpenedVersion, panel: Panel) -> None:
    st.info(_("评审后正文有改动。核对“对照”后，可以确认已按专家意见修改。"))
    if st.button(_("确认已按专家意见修改"), key="confirm-changes"):
        with answered():
            guard(Action.REVIEW_PLAN)
            with work() as asked:
                votes.confirm_changes(asked, panel.id, opened.version.id)
            st.rerun()
