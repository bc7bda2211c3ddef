"""演练设计: one drill that may be known, with its script for those it is for."""

import streamlit as st

from drills.scripts import keeping as scripts
from plans_repo.store.roles import Action
from ui.components.address_choice import choose_tab
from ui.components.counters import show_empty
from ui.components.drill_facts import drill_badges
from ui.components.drill_names import drill_title
from ui.components.html import join, link, show, tag
from ui.components.notice import show_notice
from ui.components.refusal import answered
from ui.identity import guard, reading
from ui.sections.calendar_view import drill_address, play_address
from ui.sections.drill_design import open_design, show_design
from ui.sections.drill_script import open_script, show_script
from ui.sections.script_forms import show_forms
from ui.wording import _

SCRIPT, DESIGN = "script", "design"

guard(Action.READ_DRILL)
wanted = st.query_params.get("id", "")
if not wanted:
    st.header(_("演练设计"))
    show_empty(_("没有指明哪一次演练"), _("请从演练日历中点开一次演练，再进入演练设计。"))
    st.stop()
with answered():
    with reading() as asked:
        design = open_design(asked, wanted)
        script = open_script(asked, wanted) if scripts.may_read(asked, wanted) else None
    st.header(drill_title(design.drill))
    ways = [link(_("演练实施"), play_address(design.drill.id)), link(_("‹ 演练日历"), drill_address(design.drill.id))]
    show(tag("div", drill_badges(design.drill), tag("div", join(ways, "　")), cls="yy-between"))
    show_notice()
    if script is None:
        st.subheader(_("工作方案"))
        show_design(design)
    else:
        part, place = choose_tab({SCRIPT: _("导调脚本"), DESIGN: _("工作方案")}, key="part")
        with place:
            if part == DESIGN:
                show_design(design)
            else:
                show_script(script)
                if script.is_ours:
                    show_forms(script)
