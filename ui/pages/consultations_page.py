"""征求意见答复: what a unit is asked about, with the clauses that give it duties, and the form of its answer."""

import streamlit as st

from plans_repo import plans
from plans_repo.course import consultation
from plans_repo.store.roles import Action
from ui.components.badges import badge
from ui.components.counters import show_empty
from ui.components.html import link, paragraphs, show, tag
from ui.identity import guard, reading
from ui.installation import here
from ui.sections.answer_form import show_answer_form
from ui.sections.opened import plan_address
from ui.wording import _, day_text, n_
from ui.wording.formats import HERE

guard(Action.ANSWER_CONSULTATION)
st.header(_("征求意见答复"))
today = here().store.clock().astimezone(HERE).date()
with reading() as asked:
    waiting = consultation.asked_of_me(asked)

if not waiting:
    show_empty(_("目前没有需要您单位答复的征求意见"), _("有新的征求意见时，工作台会出现待办。"))
for one in waiting:
    (unit,) = one.units
    st.subheader(one.title)
    late = (today - one.due_on).days
    facts = [
        _("{day} 发函", day=day_text(one.sent_on)),
        _("答复期限 {day}", day=day_text(one.due_on)),
        badge(n_("已超期 {count} 天", late), "bad") if late > 0 else "",
        one.contact,
        link(_("查看全文"), plan_address(one.plan, one.version)),
    ]
    show(tag("div", *(tag("span", fact) for fact in facts if fact), cls="yy-facts"))
    if unit.has_duty:
        with reading() as asked:
            mine = [clause for clause in plans.text_of(asked, one.plan, one.version) if clause.id in unit.clauses]
        with st.expander(n_("涉及您单位职责的条款 {count} 条，须书面答复", len(mine)), expanded=True):
            for clause in mine:
                show(tag("b", f"{clause.number} {clause.title}".strip()))
                show(paragraphs(clause.text or (clause.table.text if clause.table else "")))
    show_answer_form(one.plan, one, unit, on_paper=False, today=today)
