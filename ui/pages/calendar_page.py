"""演练日历: the drills that may be known, by month or by year, with the days on which none may stand."""

import streamlit as st

from plans_repo.store.roles import Action
from ui.components.notice import show_notice
from ui.identity import guard, reading
from ui.sections.calendar_sheets import MONTH, known_of, show_choice, show_clashes, show_month, show_ways_on, show_year
from ui.sections.calendar_view import Asked, month_of, today
from ui.sections.drill_panel import show_drill
from ui.sections.drill_planning import show_blackout_changes, show_new_blackout, show_new_drill
from ui.wording import _

actor = guard(Action.READ_DRILL)
st.header(_("演练日历"))
show_notice()
day = today()
year, month = month_of(st.query_params.get("month", ""), day)
with reading() as work:
    known = known_of(work, Asked(year=year, month=month))
show_clashes(known)
view, asked = show_choice(year, month, known.titles)
if wanted := st.query_params.get("drill", ""):
    show_drill(wanted)
if view == MONTH:
    show_month(asked, known, day)
else:
    show_year(asked, known)
show_ways_on(asked, known)
if actor.may(Action.PLAN_DRILL):
    show_new_drill(known.titles, year)
    show_new_blackout(day)
    show_blackout_changes(known.ours, asked, day)
