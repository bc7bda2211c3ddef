"""工作台: what waits for the person, and what runs for them."""

import streamlit as st

from plans_repo.store import jobs
from ui.components.badges import badge
from ui.components.counters import Counter, show_counters, show_empty
from ui.components.html import link, show, table
from ui.components.names import JOB_STATES, job_kind
from ui.identity import guard, reading
from ui.installation import here
from ui.todos import todos
from ui.wording import _, day_text, instant_text, n_
from ui.wording.formats import HERE

guard()
st.header(_("工作台"))
today = here().store.clock().astimezone(HERE).date()
with reading() as opened:
    waiting = todos(opened)
    running = jobs.jobs(opened)

busy = sum(not job.is_over for job in running)
urgency = [todo.urgency(today) for todo in waiting]
show_counters(
    [
        Counter(label=_("待办事项"), count=len(waiting)),
        Counter(label=_("三日内到期"), count=urgency.count("soon"), tone="soon"),
        Counter(label=_("已超期"), count=urgency.count("late"), tone="late"),
        Counter(label=n_("正在运行的任务", busy), count=busy),
    ]
)

st.subheader(_("待办"))
words = {
    "late": (_("已超期"), "bad"),
    "blocked": (_("须改期"), "bad"),
    "soon": (_("临期"), "warn"),
    "": (_("正常"), "plain"),
}
if waiting:
    show(
        table(
            [_("类别"), _("事项"), _("期限"), _("状态")],
            [
                [todo.kind, link(todo.title, todo.href), day_text(todo.due_on), badge(*words[how])]
                for todo, how in zip(waiting, urgency, strict=True)
            ],
        )
    )
else:
    show_empty(_("目前没有待办事项"), _("新的送审、备案和演练任务会自动出现在这里。"))

if running:
    st.subheader(_("我的后台任务"))
    show(
        table(
            [_("后台任务"), _("状态"), _("进度"), _("提交时间")],
            [
                [
                    job_kind(job.kind),
                    badge(_(JOB_STATES[job.state][0]), JOB_STATES[job.state][1]),
                    f"{job.done} / {job.total}",
                    instant_text(job.submitted_at),
                ]
                for job in running[:10]
            ],
        )
    )
