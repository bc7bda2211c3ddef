"""仿真研究: ask, watch, read the verdicts."""

import streamlit as st

from plans_repo.store import jobs
from plans_repo.store.jobs import Job
from plans_repo.store.roles import Action
from ui.components.html import link, show
from ui.components.job_names import job_subject
from ui.components.progress import progress_job
from ui.components.refusal import answered
from ui.identity import guard, reading
from ui.sections.study_list import show_studies
from ui.sections.study_request import show_request
from ui.sections.study_result import show_result
from ui.wording import _

actor = guard(Action.READ_STUDY)
st.header(_("仿真研究"))
study, job = st.query_params.get("id", ""), st.query_params.get("job", "")


def go_to_result(done: Job) -> None:
    """Go on at the address of the study, which can be kept and handed on."""
    assert done.result is not None
    again = {"again": "1"} if done.result.get("reused") else {}
    st.query_params.from_dict({"id": done.result["study"], **again})
    st.rerun()


if study:
    show(link(_("‹ 返回研究列表"), "/study"))
    with answered():
        show_result(study, is_reused=st.query_params.get("again") == "1")
elif job:
    show(link(_("‹ 返回研究列表"), "/study"))
    with answered():
        with reading() as opened:
            asked = jobs.job(opened, job)
            st.subheader(job_subject(opened, asked), anchor=False)
        if not asked.is_over:
            st.caption(
                _("推演在后台进行，可以离开本页，完成后在工作台和研究列表中查看。次数达到后还要核算制约环节，请稍候。")
            )
        progress_job(job, key="study", on_done=go_to_result)
else:
    show(link(_("引擎验证与真实灾害复盘 ›"), "/validation"))
    show(link(_("用时校准：演练、拉动和实战的实测 ›"), "/calibration"))
    if actor.may(Action.RUN_STUDY):
        st.subheader(_("新的研究"))
        show_request()
    show_studies()
