"""备案: what is late, what this body files, and what is filed with it."""

from collections.abc import Iterator, Sequence

import streamlit as st

from plans_repo.filing.filings import Filing, FilingState, own_filings
from plans_repo.overdue import SOON_DAYS, overdue
from plans_repo.store.roles import Action
from ui.components.counters import Counter, show_counters, show_empty
from ui.components.html import show
from ui.components.notice import show_notice
from ui.components.overdue_table import overdue_table
from ui.identity import guard, reading
from ui.sections.filing_inbox import show_inbox
from ui.sections.filing_local import show_keys, show_local_figures
from ui.sections.filing_own import show_own_filings
from ui.sections.filing_supervision import show_supervision
from ui.wording import _, n_


def _counted(own: Sequence[Filing] | None) -> Iterator[Counter]:
    """What this body has to send, and what it waits for; nothing is said to somebody who does not file."""
    if own is not None:
        yield Counter(label=_("待报送"), count=sum(one.state is FilingState.TO_SEND for one in own))
        waiting = (FilingState.SENT, FilingState.SUPPLEMENT_ASKED)
        yield Counter(label=_("待回执或补正"), count=sum(one.state in waiting for one in own))


actor = guard(Action.READ_PLAN)
st.header(_("备案"))
show_notice()
with reading() as work:
    due = overdue(work, soon=True)
    own = own_filings(work) if actor.may(Action.FILE_PLAN) else None

late = [one for one in due if one.is_late]
below = [one for one in late if not one.is_own]
show_counters(
    [
        Counter(label=_("已超期（本单位办理）"), count=sum(one.is_own for one in late), tone="late"),
        *([Counter(label=_("已超期（下级办理）"), count=len(below), tone="late")] if below else []),
        Counter(label=n_("{count} 日内到期", SOON_DAYS), count=sum(one.is_soon for one in due), tone="soon"),
        *_counted(own),
    ]
)
st.subheader(_("期限"))
if due:
    show(overdue_table(due))
else:
    show_empty(_("没有超期和将到期的事项"), _("公布、备案、回执、试行和评估的期限到期前会列在这里。"))
show_supervision()
if own is not None:
    show_own_filings(own)
if actor.may(Action.RECEIPT_FILING):
    show_inbox()
if actor.may(Action.FILE_PLAN) or actor.may(Action.RECEIPT_FILING):
    show_keys()
show_local_figures(actor)
