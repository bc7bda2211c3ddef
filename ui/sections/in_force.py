"""What text counted on which day: of the plan, and of one clause."""

from __future__ import annotations

from datetime import date

import streamlit as st

from plans_repo import force
from plans_repo.course.abolition import abolition_of
from plans_repo.force import ClauseAge
from ui.components.badges import badge
from ui.components.days_in_force import issued_words, span
from ui.components.filing_names import FATES, VALIDITY, abolition_words
from ui.components.html import Html, join, link, show, table, tag
from ui.components.plan_names import version_name
from ui.components.refusal import answered
from ui.identity import reading
from ui.installation import here
from ui.sections.opened import OpenedVersion, plan_address
from ui.wording import _, day_text
from ui.wording.formats import HERE


def show_in_force(opened: OpenedVersion) -> None:
    """The issued editions with their days, and the text of a day that can be chosen."""
    with reading() as work:
        editions = force.editions_of(work, opened.plan.id)
        gone = abolition_of(work, opened.plan.id)
    if not editions:
        return
    today = _today()
    st.subheader(_("有效文本"))
    day = st.date_input(_("查看该日有效的文本"), value=today, format="YYYY-MM-DD", key="in-force-day")
    counting = next((one for one in editions if one.term.covers(day)), None)
    if counting is not None:
        where = link(version_name(counting.version), plan_address(opened.plan.id, counting.version.id))
        word, tone = VALIDITY[counting.on(day)]
        words = [_("{day} 有效的是 ", day=day_text(day)), where, f" {counting.document_number} ", badge(_(word), tone)]
        show(tag("p", *words))
    else:
        st.info(_("{day} 没有有效文本。", day=day_text(day)))
    if gone is not None:
        show(tag("p", abolition_words(gone)))
    rows = [
        [
            link(version_name(one.version), plan_address(opened.plan.id, one.version.id)),
            one.document_number,
            issued_words(one.issued_on, one.term.entered_on),
            span(one, today),
            day_text(one.trial_until) if one.trial_until else "—",
            badge(_(VALIDITY[one.on(today)][0]), VALIDITY[one.on(today)][1]),
        ]
        for one in reversed(editions)
    ]
    show(table([_("版本"), _("文号"), _("印发和登记"), _("有效期间"), _("试行截止"), _("效力")], rows))


def _today() -> date:
    return here().store.clock().astimezone(HERE).date()


def show_clause_history(opened: OpenedVersion, clause: str) -> None:
    """One clause in every edition that has it."""
    st.subheader(_("条款沿革"))
    with answered(), reading() as work:
        show(join([_age(opened, age) for age in reversed(force.clause_history(work, opened.plan.id, clause))]))


def _age(opened: OpenedVersion, age: ClauseAge) -> Html:
    word, tone = FATES[age.fate]
    where = plan_address(opened.plan.id, age.edition.version.id, clause=age.clause.id if age.clause else "")
    head = tag(
        "div",
        link(version_name(age.edition.version), where),
        f" {age.edition.document_number} · {span(age.edition, _today())} ",
        badge(_(word), tone),
        cls="yy-change-head",
    )
    lines = [tag("p", line) for line in age.text.splitlines() if line.strip()]
    return tag("div", head, *lines, cls="yy-cited")
