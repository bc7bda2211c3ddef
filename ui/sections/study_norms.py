"""按标准测算: what norms ask for in the event of a study beside what the runs showed, and a form for local figures."""

from __future__ import annotations

import streamlit as st

from plans_repo import plans
from plans_repo.norms import figures
from plans_repo.norms.counts import Count, Outcome, counts, uncounted
from plans_repo.norms.telling import norm_facts
from plans_repo.studies import Study
from plans_repo.word.assessed import NormFacts
from plans_repo.word.wording import Wording
from sim.figure import Mark
from ui.components.badges import MARKS, badge, mark
from ui.components.cells import card_table, sourced
from ui.components.html import Html, show
from ui.components.notice import leave_notice
from ui.components.plan_names import told
from ui.components.promises import target_title
from ui.components.refusal import answered
from ui.identity import guard, reading, work
from ui.wording import _, language

TONES = {Outcome.MET: "good", Outcome.SHORT: "bad", Outcome.UNKNOWN: "warn"}
ENTERED_AS = (Mark.READ, Mark.TO_BE_CONFIRMED)


def show_norms(study: Study) -> None:
    """A row for every norm; below it, for whoever may, what is lacking can be entered."""
    with reading() as asked:
        plan = plans.plan(asked, study.plan)
        known = figures.norms_for(asked, plan.area, [each.id for each in study.scenarios])
        may = figures.may_enter(asked)
    found = counts(study, known)
    words = Wording(language())
    st.subheader(_("按标准测算"), anchor="norms")
    if not found:
        st.caption(words.say("setting.no_norms"))
        return
    number = {each.value: sum(count.outcome is each for count in found) for each in Outcome}
    st.markdown(words.say("setting.norms", **number))
    titles = {result.target.id: target_title(result.target) for result in study.findings.targets}
    facts = norm_facts(found, titles, language())
    heads = [words.say(f"column.{name}") for name in _HEADS]
    rows = [_row(words, count, fact) for count, fact in zip(found, facts, strict=True)]
    show(card_table(heads, rows, "yy-norms"))
    if left := uncounted(study, found):
        pools = {pool.id: told(pool.title, pool.title_en) for pool in study.procedure.pools}
        names = words.say("number.list").join(pools[name] for name in left)
        st.caption(words.say("setting.uncounted", titles=names))
    if may:
        _show_form(study)


_HEADS = ("norm_item", "norm_asked", "norm_held", "norm_outcome", "norm_simulated", "norm_ground")


def _row(words: Wording, count: Count, fact: NormFacts) -> list[object]:
    ground = words.say("norm.ground", source=fact.source, article=fact.article)
    return [
        fact.title,
        _asked(words, fact),
        fact.held or words.say("norm.held_unknown"),
        badge(words.say(f"norm.{fact.outcome}", missing=fact.missing), TONES[count.outcome]),
        fact.simulated or words.say("norm.not_played"),
        _ground(fact, ground),
    ]


def _asked(words: Wording, fact: NormFacts) -> str:
    if fact.needed:
        return words.say("norm.asked", basis=fact.basis_title, number=fact.basis, needed=fact.needed)
    if fact.given:
        return words.say("norm.other_places", basis=fact.basis_title, given=fact.given)
    return words.say("norm.basis_unknown", basis=fact.basis_title)


def _ground(fact: NormFacts, ground: str) -> Html:
    return sourced(mark(fact.mark), ground)


def _show_form(study: Study) -> None:
    known = figures.kinds()
    with st.expander(_("登记本地数据（人口、面积、装备等）"), key="norm-figure-open"):
        st.caption(_("登记的数据用于本级辖区的全部研究；新的登记代替原来的，原来的留存备查。"))
        with st.form("norm-figure", border=False):
            key = st.selectbox(_("数据"), list(known), format_func=_titled, key="norm-figure-key")
            value = st.number_input(_("数值"), 0.0, figures.MOST, 0.0, key="norm-figure-value")
            source = st.text_input(_("出自哪份文件（必填）"), key="norm-figure-source", max_chars=figures.MOST_SOURCE)
            grade = st.radio(
                _("依据"), ENTERED_AS, format_func=lambda one: _(MARKS[one.value][0]), horizontal=True,
                key="norm-figure-mark",
            )  # fmt: skip
            is_own = st.checkbox(_("只用于本情景（如某矿自己的装备）"), key="norm-figure-own")
            is_sent = st.form_submit_button(_("登记"), key="norm-figure-do")
    if is_sent:
        with answered():
            guard()
            with work() as asked:
                event = study.scenario.id if is_own else ""
                figures.enter(asked, str(key), float(value), source=source, mark=Mark(grade), event=event)
            leave_notice(_("已登记本地数据。"))


def _titled(key: str) -> str:
    kind = figures.kinds()[key]
    return _("{name}（{unit}）", name=told(kind.title, kind.title_en), unit=told(kind.unit, kind.unit_en))
