"""备案: what is late, what this body files, and what is filed with it."""

import streamlit as st

from plans_repo.filing.filings import Filing, own_filings
from plans_repo.filing.shares import FilingState
from plans_repo.overdue import SOON_DAYS, Due, overdue
from plans_repo.store.roles import Action
from ui.components.counted import ONLY, Counted, counters, part_listed
from ui.components.counters import show_counters, show_empty
from ui.components.html import show
from ui.components.notice import show_notice
from ui.components.overdue_table import overdue_table
from ui.identity import guard, reading
from ui.sections.filing_inbox import show_inbox
from ui.sections.filing_local import show_keys, show_local_figures
from ui.sections.filing_own import show_own_filings
from ui.sections.filing_supervision import show_supervision
from ui.wording import _, n_

DUE = "due"
"""In the address: which deadlines are listed."""
AWAITED = (FilingState.SENT, FilingState.SUPPLEMENT_ASKED, FilingState.RECEIPT_ENTERED)

actor = guard(Action.READ_PLAN)
st.header(_("备案"))
show_notice()
with reading() as work:
    due = overdue(work, soon=True)
    own = own_filings(work) if actor.may(Action.FILE_PLAN) else None

deadlines: dict[str, Counted[Due]] = {
    "late": Counted(label=_("已超期（本单位办理）"), fits=lambda one: one.is_late and one.is_own, tone="late"),
    "below": Counted(label=_("已超期（下级办理）"), fits=lambda one: one.is_late and not one.is_own, tone="late"),
    "soon": Counted(label=n_("{count} 日内到期", SOON_DAYS), fits=lambda one: one.is_soon, tone="soon"),
}
if not any(map(deadlines["below"].fits, due)):
    del deadlines["below"]
sendings: dict[str, Counted[Filing]] = {
    "to_send": Counted(label=_("待报送"), fits=lambda one: one.state is FilingState.TO_SEND),
    "waiting": Counted(label=_("待回执或补正"), fits=lambda one: one.state in AWAITED),
}
show_counters([*counters(due, deadlines, "/filing", DUE), *counters(own or (), sendings if own else {}, "/filing")])
st.subheader(_("期限"))
listed = part_listed(due, deadlines, "/filing", DUE)
if listed:
    show(overdue_table(listed))
elif due:
    show_empty(_("没有这类事项"), _("列出全部，或看其他事项。"))
else:
    show_empty(_("没有超期和将到期的事项"), _("公布、备案、回执、试行和评估的期限到期前会列在这里。"))
show_supervision()
if own is not None:
    st.subheader(_("本单位报送"))
    show_own_filings(part_listed(own, sendings, "/filing"), is_all=not st.query_params.get(ONLY))
if actor.may(Action.RECEIPT_FILING):
    show_inbox()
if actor.may(Action.FILE_PLAN) or actor.may(Action.RECEIPT_FILING):
    show_keys()
show_local_figures(actor)
