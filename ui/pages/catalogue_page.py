"""预案目录: what there is, what ought to be there, and plans begun from templates."""

import streamlit as st

from plans_repo import organisations
from plans_repo.store.roles import Action
from plans_repo.writing.catalogue import answering, catalogue
from ui.components.address_choice import choose_tab
from ui.components.notice import show_notice
from ui.identity import guard, reading
from ui.sections.beginning_forms import show_beginning, show_villages
from ui.sections.calendar_view import today
from ui.sections.catalogue_forms import show_catalogue, show_changing
from ui.wording import _

actor = guard(Action.READ_PLAN)
st.header(_("预案目录"))
show_notice()
with reading() as work:
    entries, mine = catalogue(work), answering(work)
    bodies = {body.id: body for body in organisations.organisations(work)}

if not actor.may(Action.EDIT_PLAN):
    show_catalogue(entries, bodies, today())
    st.stop()
labels = {"list": _("目录"), "template": _("由模板起草"), "villages": _("村（社区）批量编制")}
part, place = choose_tab(labels, key="tab")
with place:
    if part == "template":
        show_beginning()
    elif part == "villages":
        show_villages()
    else:
        show_catalogue(entries, bodies, today())
        show_changing(entries, mine)
