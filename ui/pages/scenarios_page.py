"""情景: what plans are played against; made, changed and looked at here, with every curve."""

import streamlit as st

from plans_repo.store.roles import Action
from ui.components.html import link, show
from ui.components.refusal import answered
from ui.identity import guard
from ui.sections.scenario_list import show_list
from ui.sections.scenario_record import show_event
from ui.wording import _

actor = guard(Action.READ_STUDY)
st.header(_("情景"))
chosen = st.query_params.get("id", "")
version = st.query_params.get("v", "")
may_write = actor.may(Action.RUN_STUDY)

if chosen:
    show(link(_("‹ 返回情景列表"), "/scenarios"))
    with answered():
        show_event(
            chosen,
            version=int(version) if version.isascii() and version.isdigit() else 0,
            edit=st.query_params.get("edit") == "1",
            may_write=may_write,
        )
else:
    st.caption(
        _("情景是推演所用的一次事件：灾情怎样发展、多少人受威胁、哪些路会断、什么会失效。系统自带的可以复制后修改。")
    )
    show_list(may_write=may_write)
