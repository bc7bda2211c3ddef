"""Recording timings: one by a form, many by a sheet; correcting and withdrawing them."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from plans_repo.store.roles import Action
from plans_repo.timings import keeping, sheet
from plans_repo.timings.calibrating import Calibration
from plans_repo.timings.values import (
    MOST_NOTE,
    MOST_PLACE,
    MOST_REASON,
    MOST_RECORDER,
    MOST_TITLE,
    Recorded,
    Timing,
    TimingEnd,
    Turnout,
    TurnoutKind,
    said,
)
from sim.procedure import Procedure
from ui import downloads
from ui.components.choice import choose
from ui.components.counters import show_empty
from ui.components.html import Html, link, show, table
from ui.components.notice import leave_notice
from ui.components.promises import task_title
from ui.components.refusal import answered
from ui.components.timing_words import ENDS, KINDS, minutes_text, names
from ui.identity import guard, reading, work
from ui.wording import _, figure_text
from ui.wording.errors import worded

MOST_SHOWN = 200
NEW = ""


def show_recording(found: Calibration) -> None:
    """The ways in, in tabs."""
    st.subheader(_("录入实测用时"))
    by_form, by_sheet, correcting = st.tabs([_("逐条录入"), _("表格录入"), _("更正或撤销")])
    with by_form:
        _show_form(found)
    with by_sheet:
        _show_sheet(found)
    with correcting:
        _show_correcting(found)


def show_turnouts(found: Calibration) -> None:
    """Every turnout with what was timed in it."""
    st.subheader(_("演练、拉动和实战"))
    if not found.turnouts:
        show_empty(_("还没有记录"), _("录入第一场后，这里列出各场的时间、地点和记录人。"))
        return
    show(link(_("导出全部实测用时（.xlsx）"), downloads.address("timings", found.plan)))
    for one in found.turnouts:
        turnout = one.turnout
        label = _(
            "{kind} · {title} · {at} · {count} 条",
            kind=_(KINDS[turnout.kind]),
            title=turnout.title,
            at=said(turnout.began_at),
            count=len(one.timings),
        )
        with st.expander(label, key=f"turnout-{turnout.id}"):
            known = _("事先通知") if turnout.is_announced else _("未事先通知")
            facts = (turnout.place, turnout.recorder, known, turnout.source_file)
            st.caption(_("、").join(fact for fact in facts if fact))
            show(_timings(one, found.procedure))


def _timings(one: Recorded, procedure: Procedure) -> Html:
    rows = [
        [
            names([each.name], procedure),
            each.entity or "—",
            said(each.started_at),
            said(each.ended_at),
            minutes_text(each.minutes),
            _(ENDS[each.ending]),
            "—" if each.quantity is None else figure_text(each.quantity),
            each.reason or each.note or "—",
        ]
        for each in one.timings[:MOST_SHOWN]
    ]
    heads = [_("任务"), _("何处"), _("开始"), _("结束"), _("用时"), _("结果"), _("数量"), _("备注")]
    return table(heads, rows)


def _show_form(found: Calibration) -> None:
    turnouts = {one.turnout.id: one.turnout for one in found.turnouts}
    which = st.selectbox(
        _("哪一场"),
        [NEW, *turnouts],
        format_func=lambda one: f"{turnouts[one].title} · {said(turnouts[one].began_at)}" if one else _("新的一场"),
        key="timing-turnout",
    )
    with st.form("timing-form"):
        turnout = _asked_turnout(found) if which == NEW else turnouts[which]
        tasks = [task.id for task in found.procedure.tasks if not task.duration.is_state]
        left, right = st.columns(2)
        task = left.selectbox(
            _("任务"), tasks, format_func=lambda one: task_title(found.procedure, one), key="timing-task"
        )
        entity = right.text_input(_("何处（一处一处做的任务填写，如村名）"), key="timing-entity")
        start = left.text_input(_("开始"), placeholder="2026-06-01 14:05:00", key="timing-start")
        end = right.text_input(_("结束（中止的填中止时刻）"), placeholder="14:25:30", key="timing-end")
        ending = choose(left, _("结果"), list(TimingEnd), lambda one: _(ENDS[one]), key="timing-ending")
        attempt = right.number_input(_("第几次"), 1, 1000, value=1, key="timing-attempt")
        quantity = left.number_input(
            _("数量（按数量计时的任务填写，0 为不填）"), min_value=0.0, value=0.0, key="timing-quantity"
        )
        note = right.text_input(_("备注"), max_chars=MOST_NOTE, key="timing-note")
        is_saving = st.form_submit_button(_("录入"), key="timing-save", type="primary")
    if is_saving:
        with answered():
            guard(Action.RECORD_TIMING)
            whole = turnout if isinstance(turnout, Turnout) else turnout.built()
            begun = sheet.moment(start, _("开始"), whole.began_at)
            timing = Timing(
                name=str(task),
                entity=entity.strip(),
                started_at=begun,
                ended_at=sheet.moment(end, _("结束"), begun),
                ending=ending,
                attempt=int(attempt),
                quantity=float(quantity) or None,
                note=note.strip(),
            )
            with work() as opened:
                kept = keeping.record(opened, whole, [timing])
            leave_notice(_("已录入。") if kept.added else _("同样的记录已经有了，没有重复录入。"))


class _Asked:
    """A new turnout as it was typed; built only when it is to be kept, so that what does not fit is refused then."""

    def __init__(self, plan: str, version: str, kind: TurnoutKind, words: dict[str, str], *, announced: bool) -> None:
        self._plan, self._version, self._kind, self._words, self._announced = plan, version, kind, words, announced

    def built(self) -> Turnout:
        """The turnout, or the refusal it meets."""
        return Turnout(
            plan=self._plan,
            version=self._version,
            kind=self._kind,
            title=self._words["title"].strip(),
            began_at=sheet.moment(self._words["zero"], _("零时")),
            place=self._words["place"].strip(),
            recorder=self._words["recorder"].strip(),
            is_announced=self._announced,
        )


def _asked_turnout(found: Calibration) -> _Asked:
    left, right = st.columns(2)
    kind = choose(left, _("类别"), list(TurnoutKind), lambda one: _(KINDS[one]), key="turnout-kind")
    typed = {
        "title": right.text_input(_("名称"), max_chars=MOST_TITLE, key="turnout-title"),
        "zero": left.text_input(_("零时（接报或者发令时刻）"), placeholder="2026-06-01 14:00:00", key="turnout-zero"),
        "place": right.text_input(_("地点"), max_chars=MOST_PLACE, key="turnout-place"),
        "recorder": left.text_input(_("记录人"), max_chars=MOST_RECORDER, key="turnout-recorder"),
    }
    announced = right.checkbox(_("事先通知过参加人员"), value=True, key="turnout-announced")
    return _Asked(found.plan, found.version, kind, typed, announced=announced)


def _show_sheet(found: Calibration) -> None:
    show(link(_("第一步　下载表格（已录入的都在表里，另有编号页）"), downloads.address("timings", found.plan)))
    file = st.file_uploader(_("第二步　选择填好的表（.xlsx）"), type=["xlsx"], key="timing-file")
    if file is None:
        return
    with answered():
        with reading() as opened:
            read = sheet.read(opened, found.plan, file.getvalue(), file.name)
        if read.faults:
            st.error(_("表中有 {count} 行不能录入，改好前一行也不会录入：", count=len(read.faults)))
            rows = [[one.number, worded(one.code, one.fields)] for one in read.faults[:MOST_SHOWN]]
            show(table([_("行"), _("原因")], rows))
            return
        st.markdown(_("共 {count} 行，可以录入。", count=len(read.lines)))
        if st.button(_("录入整张表"), key="timing-take", type="primary"):
            guard(Action.RECORD_TIMING)
            with work() as opened:
                taken = sheet.take(opened, sheet.read(opened, found.plan, file.getvalue(), file.name))
            leave_notice(
                _(
                    "新录入 {added} 条，更正 {corrected} 条，原已录入 {unchanged} 条。",
                    added=taken.added,
                    corrected=taken.corrected,
                    unchanged=taken.unchanged,
                )
            )


def _show_correcting(found: Calibration) -> None:
    every = [(one.turnout, timing) for one in found.turnouts for timing in one.timings]
    if not every:
        show_empty(_("没有可以更正的记录"), _("录入之后才能更正。"))
        return
    here = st.container()
    _turnout, timing = choose(here, _("哪一条"), every, lambda one: _line(*one, found.procedure), key="correct-which")
    with st.form(f"correcting-{timing.turnout}-{timing.key}-{timing.revision}"):
        left, right = st.columns(2)
        start = left.text_input(_("开始"), value=said(timing.started_at), key="correct-start")
        end = right.text_input(_("结束（中止的填中止时刻）"), value=said(timing.ended_at), key="correct-end")
        endings = list(TimingEnd)
        ending = left.selectbox(
            _("结果"), endings, index=endings.index(timing.ending), format_func=lambda one: _(ENDS[one]),
            key="correct-ending",
        )  # fmt: skip
        reason = right.text_input(_("理由"), max_chars=MOST_REASON, key="correct-reason")
        st.caption(_("原记录保留在库中，不会抹去。"))
        is_saving = left.form_submit_button(_("保存更正"), key="correct-save", type="primary")
        is_withdrawing = right.form_submit_button(_("撤销这条记录"), key="correct-withdraw")
    if is_saving or is_withdrawing:
        with answered():
            guard(Action.RECORD_TIMING)
            with work() as opened:
                if is_withdrawing:
                    keeping.withdraw(opened, timing, reason=reason)
                else:
                    begun = sheet.moment(start, _("开始"))
                    ended = sheet.moment(end, _("结束"), begun)
                    changed = replace(timing, started_at=begun, ended_at=ended, ending=ending)
                    keeping.correct(opened, changed, reason=reason)
            leave_notice(_("已撤销。") if is_withdrawing else _("已更正。"))


def _line(turnout: Turnout, timing: Timing, procedure: Procedure) -> str:
    where = f"（{timing.entity}）" if timing.entity else ""
    return f"{turnout.title} · {names([timing.name], procedure)}{where} · {said(timing.started_at)}"
