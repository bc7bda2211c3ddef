"""检查: every rule on the version, filtered by outcome; what is broken first, each finding leading to its clause."""

from __future__ import annotations

import streamlit as st

from plans_repo.checks.result import GRAVEST_FIRST, CheckResult, Outcome
from ui.checking import check_plan
from ui.components.address_choice import choose_several
from ui.components.check_names import outcome_name
from ui.components.check_table import check_table, element_table
from ui.components.counters import Counter, show_counters, show_empty
from ui.components.html import show
from ui.components.refusal import answered
from ui.identity import reading
from ui.installation import here
from ui.sections.opened import OpenedVersion
from ui.wording import _, day_text, language

SHOWN_FIRST = (Outcome.FAIL, Outcome.DUE_SOON, Outcome.CANNOT_TELL)
TONES = {Outcome.FAIL: "late", Outcome.DUE_SOON: "soon"}


def show_checks(opened: OpenedVersion) -> None:
    """The counts, a filter, and the results; of an enterprise plan the element form below."""
    with answered():
        with reading() as work:
            report = check_plan(work, here().data, opened.plan.id, opened.version.id)
        show_counters(
            [
                Counter(
                    label=outcome_name(outcome),
                    count=report.counts[outcome],
                    tone=TONES.get(outcome, ""),
                    href=f"{opened.address}&part=checks&outcomes={outcome}",
                )
                for outcome in GRAVEST_FIRST
            ]
        )
        st.caption(_("{day} 按规则包检查。看不到的内容列为“无法判定”，不作为符合。", day=day_text(report.checked_on)))
        first = [one for one in SHOWN_FIRST if report.counts[one]] or [Outcome.PASS]
        wanted = choose_several(_("结果"), list(GRAVEST_FIRST), outcome_name, key="outcomes", default=first)
        text = st.text_input(
            _("规则编号或者文字"), key=f"check-text-{opened.version.id}", placeholder=_("如 L09、演练")
        )
        chosen = _matching(report.results, set(wanted), text or "")
        if chosen:
            show(check_table(chosen, opened.address))
        else:
            show_empty(_("没有这类结果"), _("在上面选择其他结果。"))
        for at, form in enumerate(report.forms):
            st.subheader(form.title.said(language(), {}))
            if at == 0:
                st.caption(_("带★的为关键要素，必须符合；其余可以从简。机器只查找有无，是否符合由评审人员判定。"))
            show(element_table(form, opened.address))


def _matching(results: tuple[CheckResult, ...], wanted: set[Outcome], text: str) -> list[CheckResult]:
    """The results of those outcomes whose id, title or finding has the text; the gravest first."""
    key = text.strip().casefold()
    found = [
        result
        for result in results
        if result.outcome in wanted and key in f"{result.id} {result.title} {result.found} {result.source}".casefold()
    ]
    return sorted(found, key=lambda result: GRAVEST_FIRST.index(result.outcome))
