"""What an author should know of a draft: who else is at it, a version made meanwhile, texts that wait, slips."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import streamlit as st

from plans_repo import drafts, people
from plans_repo.drafts import Draft, PendingConflict, Presence
from plans_repo.store.roles import Action
from plans_repo.text.clause import Clause
from plans_repo.text.finding.limits import FoundLimit
from plans_repo.text.live_checks import Remark, Slip
from ui.components.html import Html, join, link, show, tag
from ui.components.notice import leave_notice
from ui.components.plan_names import clause_label
from ui.components.refusal import answered
from ui.identity import guard, reading, work
from ui.sections.draft_form import forget_seen
from ui.sections.draft_shape import NEXT
from ui.sections.opened import OpenedVersion
from ui.wording import _, later, n_

SLIPS = {
    Slip.TELEPHONE: later("电话号码位数不对：{words}"),
    Slip.ATTACHMENT: later("没有这个附件：{words}"),
    Slip.CLAUSE: later("没有这一条：{words}"),
    Slip.TARGET: later("目标所依据的条款已不在初稿中：{words}"),
}
REFRESH = "20s"


def show_presence(opened: OpenedVersion, labels: Mapping[str, str]) -> None:
    """Who else is at the draft, looked up again while the page stands open."""

    def look() -> None:
        guard(Action.EDIT_PLAN, active=False)
        with reading() as asked:
            there, now = drafts.others_present(asked, opened.plan.id), asked.now
            names = people.display_names(asked, {one.account for one in there})
        if there:
            show(tag("div", join((_one(one, now, names, labels) for one in there), " "), cls="yy-present"))

    st.fragment(look, run_every=REFRESH)()


def _one(there: Presence, now: datetime, names: Mapping[str, str], labels: Mapping[str, str]) -> Html:
    minutes = int((now - there.seen_at).total_seconds() // 60)
    when = n_("{count} 分钟前", minutes) if minutes else _("刚刚")
    words = _(
        "{who} 正在编辑“{clause}”（{when}）", who=names.get(there.account, _("他人")),
        clause=labels.get(there.clause, _("已移出的条款")), when=when,
    )  # fmt: skip
    return tag("span", words)


def show_overtaken(opened: OpenedVersion, draft: Draft) -> None:
    """A newer version than the draft's base, and the button that takes it in."""
    if not draft.is_overtaken:
        return
    st.warning(
        _("开始编修之后，这件预案又形成了新版本。并入后，初稿以新版本为底稿，双方的改动都在；改了同一处的会列出待定。")
    )
    if st.button(_("并入新版本"), key="rebase-now", type="primary"):
        with answered():
            guard(Action.EDIT_PLAN)
            with work() as asked:
                found = drafts.rebase(asked, opened.plan.id)
            forget_seen()
            words = n_("已并入新版本的 {count} 处改动。", len(found.taken))
            more = [n_("有 {count} 条双方改了同一处，请逐条定夺。", len(found.waiting))] if found.waiting else []
            more += [n_("有 {count} 条双方移到了不同的地方，以初稿的位置为准。", len(found.torn))] if found.torn else []
            leave_notice(words, warning="".join(more))


def show_waiting(waiting: Sequence[PendingConflict], chosen: str, label_of: Callable[[PendingConflict], str]) -> None:
    """The clauses in which a text waits, each with a button that opens it."""
    elsewhere = {one.clause: label_of(one) for one in waiting if one.clause != chosen}
    if not elsewhere:
        return
    st.error(n_("有 {count} 条条款存在待定的冲突，定夺之前不能形成版本：", len(elsewhere)))
    for name, label in elsewhere.items():
        if st.button(label, key=f"open-{name}"):
            st.session_state[NEXT] = name
            st.rerun()


def show_slips_here(found: Sequence[Remark], clause: str, untied: Sequence[FoundLimit], procedure: str) -> None:
    """What looks wrong in the clause that is open, and the limits in it that no target carries, beside its words.

    *procedure* is where a target is made of a limit.
    """
    for remark in found:
        if remark.clause == clause:
            st.warning(_(SLIPS[remark.slip], words=remark.words), icon=":material/error_outline:")
    limits = [limit for limit in untied if limit.clause == clause]
    if limits:
        said = join((tag("q", _around(limit)) for limit in limits), _("；"))
        words = n_("有 {count} 个时限没有列为目标，仿真不检验：", len(limits))
        show(tag("div", words, said, " ", link(_("列为目标"), procedure), cls="yy-account"))


def _around(limit: FoundLimit) -> str:
    """The words of a sentence about its limit."""
    start, end = max(0, limit.at - 10), limit.at + 16
    return f"{'…' if start else ''}{limit.text[start:end]}{'…' if end < len(limit.text) else ''}"


def show_slips(found: Sequence[Remark], clauses: Mapping[str, Clause], cited: Mapping[str, str]) -> None:
    """What looks wrong in the draft, each with its clause."""
    if not found:
        return
    with st.expander(n_("即时检查发现 {count} 处可疑", len(found)), key="slips-open"):
        for remark in found:
            clause = clauses.get(remark.clause)
            where = f"{clause_label(clause, cited)}：" if clause else ""
            st.markdown(f"- {where}{_(SLIPS[remark.slip], words=remark.words)}")
