"""验证与复盘: cases with known answers, and real disasters played again."""

import streamlit as st

from plans_repo.store.roles import Action
from ui.components.html import link, show
from ui.identity import guard
from ui.sections.validation_record import show_validation
from ui.wording import _

actor = guard(Action.READ_STUDY)
st.header(_("验证与复盘"))
show(link(_("‹ 返回仿真研究"), "/study"))
st.caption(
    _(
        "验证案例的答案事先已知：排队论等精确结果、公开文献的数值、手算结果。推演引擎和公式必须在允差内算出同样的答案。"
        "标“待确认”的案例，其依据尚未与原文核对，不称为公开数值。复盘把真实灾害的记录时间代入处置程序，"
        "只核对时钟能否重现、制约环节是否与记录一致，不用来证明时长。"
    )
)
show_validation(may_run=actor.may(Action.RUN_STUDY))
