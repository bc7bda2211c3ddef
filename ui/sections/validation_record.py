"""The last run of the validation cases and replays, and a new one by the worker."""

from __future__ import annotations

import streamlit as st

from plans_repo import validation
from plans_repo.store.jobs import Job
from plans_repo.store.roles import Action
from plans_repo.validation import CaseFacts, CheckFacts, Kept, ReplayFacts
from ui.components.badges import badge
from ui.components.cells import card_table, unbroken
from ui.components.counters import show_empty
from ui.components.html import Html, join, show, tag
from ui.components.plan_names import told
from ui.components.progress import progress_job
from ui.components.refusal import answered
from ui.components.replay_words import bottleneck_sentence, loss_words
from ui.identity import guard, reading, work
from ui.wording import _, duration_text, instant_text, later, share_text

SHOWN = 2
"""So many values of a case stand in the table; the others are a choice away."""
MARKS = {
    "read": (later("已查证"), "good"),
    "computed": (later("精确推算"), "good"),
    "to_be_confirmed": (later("待确认"), "warn"),
}


def show_validation(*, may_run: bool) -> None:
    """The record, or that there is none yet; a run under way with its progress."""
    with answered():
        with reading() as opened:
            kept, job = validation.last(opened), validation.running(opened)
            is_under_way = validation.is_under_way(opened)
        if job is not None:
            progress_job(job.id, key="validation", on_done=_again)
        elif may_run and not is_under_way:
            _offer(kept)
        if kept is None:
            if job is None and is_under_way:
                show_empty(_("验证案例正在后台运行"), _("约需一至两分钟，完成后刷新本页即可查看。"))
            elif job is None:
                show_empty(_("还没有运行过验证案例"), _("运行一次约需一至两分钟，结果长期保存，全体可查。"))
            return
        _show(kept)


def _offer(kept: Kept | None) -> None:
    if st.button(_("重新运行") if kept else _("运行验证案例"), key="validate", type="secondary" if kept else "primary"):
        guard(Action.RUN_STUDY)
        with work() as opened:
            validation.submit(opened)
        st.rerun()


def _again(_done: Job) -> None:
    st.rerun()


def _show(kept: Kept) -> None:
    record = kept.record
    said = _(
        "{total} 个案例，{passed} 个通过；{at} 运行，版本 {version}，引擎 {engine}。",
        total=len(record.cases),
        passed=record.passed,
        at=instant_text(kept.ended_at),
        version=record.version,
        engine=record.engine,
    )
    (st.success if record.passed == len(record.cases) else st.error)(said)
    st.subheader(_("验证案例"))
    show(case_table(record.cases))
    _show_values(record.cases)
    st.subheader(_("真实灾害复盘"))
    for one in record.replays:
        _show_replay(one)


def case_table(cases: tuple[CaseFacts, ...]) -> Html:
    """All cases with what was expected, what came out, and how close it had to be."""
    heads = [_("编号"), _("案例"), _("应得"), _("实得"), _("允差"), _("依据"), _("结论")]
    return card_table(heads, [_row(case) for case in cases], "yy-validation")


def _row(case: CaseFacts) -> list[object]:
    shown = case.checks[:SHOWN]
    more = len(case.checks) - len(shown)
    title = told(case.title, case.title_en)
    return [
        unbroken(case.id),
        join([title, " ", badge(_("复盘"))]) if case.is_replay else title,
        _wanted(shown, _("另 {count} 项", count=more) if more else ""),
        _found(shown),
        join(dict.fromkeys(check.tolerance for check in shown), _("；")),
        badge(_(MARKS[case.mark][0]), MARKS[case.mark][1]),
        outcome(case.passed),
    ]


def _wanted(checks: tuple[CheckFacts, ...], rest: str) -> Html:
    """What was expected, a line a value, and how many values more there are."""
    lines = [tag("div", unbroken(f"{check.label} = {check.expected}")) for check in checks]
    return join([*lines, tag("small", rest)] if rest else lines)


def _found(checks: tuple[CheckFacts, ...]) -> Html:
    """What came out, line for line beside it."""
    return join(tag("div", unbroken(check.obtained)) for check in checks)


def outcome(passed: bool) -> Html:
    """Whether it passed, in a word."""
    return badge(_("通过"), "good") if passed else badge(_("未通过"), "bad")


def _show_values(cases: tuple[CaseFacts, ...]) -> None:
    """Every value of the case somebody chooses."""
    by_id = {case.id: case for case in cases}
    chosen = st.selectbox(
        _("查看案例的全部数值"),
        list(by_id),
        index=None,
        format_func=lambda name: f"{name} {told(by_id[name].title, by_id[name].title_en)}",
        placeholder=_("请选择案例"),
        key="validation-case",
    )
    if chosen:
        rows = [
            [check.label, unbroken(check.expected), unbroken(check.obtained), check.tolerance, outcome(check.passed)]
            for check in by_id[chosen].checks
        ]
        show(card_table([_("量"), _("应得"), _("实得"), _("允差"), _("结论")], rows))


def _show_replay(one: ReplayFacts) -> None:
    """The clocks of a disaster and where its minutes went."""
    st.markdown(f"**{told(one.title, one.title_en)}**")
    st.write(bottleneck_sentence(one))
    with st.expander(
        _("时钟与时间去向（{begins} 起，{source}）", begins=one.begins, source=told(one.source, one.source_en))
    ):
        st.caption(told(one.summary, one.summary_en))
        moments = [
            [
                unbroken(moment.clock or "—"),
                told(moment.title, moment.title_en),
                unbroken(duration_text(moment.recorded_min)),
                unbroken(duration_text(moment.played_min)),
            ]
            for moment in one.moments
        ]
        show(card_table([_("记录时刻"), _("事项"), _("记录"), _("推演")], moments))
        losses = [
            [loss_words(loss), unbroken(duration_text(loss.minutes)), share_text(loss.share)] for loss in one.losses
        ]
        show(card_table([_("时间去向"), _("用时"), _("占比")], losses))
