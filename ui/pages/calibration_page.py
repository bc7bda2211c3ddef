"""用时校准: what was timed in drills and incidents, and what it says about the durations of a plan."""

import streamlit as st

from plans_repo.store.roles import Action
from plans_repo.timings import calibrating
from plans_repo.timings.keeping import may_record
from ui.components.html import link, show
from ui.components.notice import show_notice
from ui.components.refusal import answered
from ui.identity import guard, reading
from ui.sections.calibration import chosen_weight, show_calibration
from ui.sections.study_request import subject
from ui.sections.timing_forms import show_recording, show_turnouts
from ui.wording import _

guard(Action.READ_STUDY)
st.header(_("用时校准"))
show_notice()
show(link(_("‹ 仿真研究"), "/study"))
st.caption(_("把演练、拉动和实战中各任务的起止时间录入进来，看处置程序写的时长是否可信；研究可以按校准后的时长推演。"))
chosen = subject()
if chosen is not None:
    plan, version = chosen
    weight = chosen_weight()
    with answered():
        with reading() as work:
            found = calibrating.calibration(work, plan.id, version.id, weight=weight)
            is_recorder = may_record(work, plan.id)
        show_calibration(found)
        show_turnouts(found)
        if is_recorder:
            show_recording(found)
