"""预案目录: what there is, what ought to be there, and plans begun from templates."""

import streamlit as st

from plans_repo import organisations
from plans_repo.store.roles import Action
from plans_repo.writing.catalogue import answering, catalogue
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
labels = [_("目录"), _("由模板起草"), _("村（社区）批量编制")]
parts = st.tabs(labels, key="tab", bind="query-params")
with parts[0]:
    if parts[0].open:
        show_catalogue(entries, bodies, today())
        show_changing(entries, mine)
with parts[1]:
    if parts[1].open:
        show_beginning()
with parts[2]:
    if parts[2].open:
        show_villages()
