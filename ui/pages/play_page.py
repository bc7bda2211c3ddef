"""演练实施: one drill being played, for control staff, evaluators and the units that take part."""

import streamlit as st

from drills import register
from drills.conduct import playing
from drills.scripts import keeping as scripts
from plans_repo.store.roles import Action
from ui.components.counters import show_empty
from ui.components.drill_facts import drill_badges
from ui.components.drill_names import drill_title
from ui.components.html import join, link, show, tag
from ui.components.notice import show_notice
from ui.components.refusal import answered
from ui.identity import guard, reading
from ui.sections.calendar_view import design_address, drill_address
from ui.sections.play_console import show_console
from ui.sections.play_seat import show_seat
from ui.sections.play_stop import show_stop_form
from ui.wording import _

guard(Action.READ_DRILL)
wanted = st.query_params.get("id", "")
if not wanted:
    st.header(_("演练实施"))
    show_empty(_("没有指明哪一次演练"), _("请从演练日历中点开一次演练，再进入演练实施。"))
    st.stop()
with answered():
    with reading() as asked:
        drill = register.drill(asked, wanted)
        reads, has_seat = scripts.may_read(asked, wanted), playing.has_seat(asked, wanted)
        is_control = playing.is_control(asked, wanted)
    st.header(drill_title(drill))
    ways = [link(_("‹ 演练日历"), drill_address(drill.id))]
    if reads:
        ways.append(link(_("演练设计与脚本"), design_address(drill.id)))
    show(tag("div", drill_badges(drill), tag("div", join(ways, "　")), cls="yy-between"))
    show(tag("div", _("演练　演练　演练"), cls="yy-drill-strip"))
    show_notice()
    if reads or has_seat:
        show_stop_form(drill)
    if reads:
        show_console(drill, is_control=is_control)
    elif has_seat:
        show_seat(drill)
    else:
        show_empty(_("您不在本次演练中"), _("演练实施供导演组、评估组和参演单位使用。"))
