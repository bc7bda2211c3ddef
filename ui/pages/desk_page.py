"""工作台: what waits for the person, what they did and began, what came for knowledge, and what runs for them."""

import streamlit as st

from plans_repo import drafts
from plans_repo.store import jobs
from plans_repo.store.roles import Action
from ui.components.address_choice import choose_tab
from ui.components.badges import badge
from ui.components.counters import Counter, show_counters, show_empty
from ui.components.html import link, show, table
from ui.components.job_names import job_address, job_title
from ui.components.names import JOB_STATES
from ui.identity import guard, reading
from ui.installation import here
from ui.sections.desk_list import counter_of, due_as, show_last_place, show_waiting
from ui.sections.desk_record import show_begun, show_done, show_for_knowledge
from ui.todos import SOON_DAYS, todos
from ui.wording import _, instant_text, later, n_
from ui.wording.formats import HERE

MOST_JOBS = 10
COMING = later("新的送审、备案和演练任务会自动出现在这里。")

actor = guard()
st.header(_("工作台"))
today = here().store.clock().astimezone(HERE).date()
with reading() as opened:
    waiting = todos(opened)
    running = jobs.jobs(opened)
    newest = running[:MOST_JOBS]
    titles = {job.id: job_title(opened, job) for job in newest}
    last = drafts.last_place(opened) if actor.may(Action.EDIT_PLAN) else None

has_jobs = bool(running) or actor.may(Action.RUN_STUDY)
busy = sum(not job.is_over for job in running)
show_counters(
    [
        counter_of(waiting, label=_("待办"), href="/"),
        counter_of(
            due_as(waiting, "soon", today), label=n_("{count} 日内到期", SOON_DAYS), tone="soon", href="/?due=soon"
        ),
        counter_of(due_as(waiting, "late", today), label=_("已超期"), tone="late", href="/?due=late"),
        *([Counter(label=n_("正在运行的任务", busy), count=busy, href="#jobs")] if has_jobs else []),
    ]
)
if last is not None:
    show_last_place(last)


def show_todo() -> None:
    """What waits for the person."""
    if waiting:
        show_waiting(waiting, today, st.query_params.get("due", ""))
    else:
        show_empty(_("目前没有待办事项"), _(COMING) if actor.may(Action.READ_PLAN) else "")


PARTS = {"todo": (_("待办"), show_todo)}
if actor.may(Action.READ_PLAN):
    PARTS |= {
        "done": (_("已办"), show_done),
        "begun": (_("我发起的"), show_begun),
        "copied": (_("抄送"), show_for_knowledge),
    }
part, place = choose_tab({code: label for code, (label, _show) in PARTS.items()}, key="tab")
with place:
    PARTS[part][1]()

if has_jobs:
    st.subheader(_("我的后台任务"), anchor="jobs")
    if running:
        show(
            table(
                [_("后台任务"), _("状态"), _("进度"), _("提交时间")],
                [
                    [
                        link(titles[job.id], job_address(job)),
                        badge(_(JOB_STATES[job.state][0]), JOB_STATES[job.state][1]),
                        "—" if job.is_over else f"{job.done} / {job.total}",
                        instant_text(job.submitted_at),
                    ]
                    for job in newest
                ],
            )
        )
    else:
        st.caption(_("没有正在运行和最近完成的任务。提交仿真研究后，进度显示在这里。"))
