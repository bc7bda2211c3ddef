"""印发后: from when the edition counts, its filing, publication, trial, training, evaluation, occasions to revise."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import streamlit as st

from plans_repo.course import issuer, occasions
from plans_repo.course.abolition import abolition_of
from plans_repo.course.evaluation import Conclusion, Evaluation, evaluations, record_evaluation
from plans_repo.course.occasions import TRIGGERS, Answer, Occasion, OccasionAnswer, OccasionTold
from plans_repo.course.papers import Attachment
from plans_repo.course.passage import passage
from plans_repo.course.publication import Publication, PublishedForm, publications, publish
from plans_repo.course.stages import PaperKind, Stage
from plans_repo.course.terms import Term, Validity
from plans_repo.course.training import Training, TrainingForm, record_training, trainings
from plans_repo.course.trial import TrialDecision, TrialOutcome, decide_trial, trial_decisions
from plans_repo.course.trial_limit import extension, long_trial_of, trial_limit
from plans_repo.histories import moves_of
from plans_repo.plans import text_of
from plans_repo.store.actor import Actor
from plans_repo.store.roles import Action
from plans_repo.text.citation import citations
from ui.components.badges import badge
from ui.components.counters import show_empty
from ui.components.days_in_force import issued_words
from ui.components.fields import fields, start_anew
from ui.components.filing_names import (
    ANSWERS,
    CONCLUSIONS,
    FORMS,
    OCCASIONS,
    SOURCES,
    TRAININGS,
    TRIALS,
    VALIDITY,
    abolition_words,
    trial_words,
)
from ui.components.html import Html, join, link, show, table, tag
from ui.components.life_cycle import entered_on
from ui.components.plan_names import TRIGGERS as TRIGGER_NAMES
from ui.components.refusal import answered
from ui.identity import guard, reading, work
from ui.installation import here
from ui.sections.after_issue_records import show_drill_reports, show_issuing_name
from ui.sections.issuing_form import limit_words
from ui.sections.opened import OpenedVersion, plan_address
from ui.sections.plan_filing import show_filing
from ui.wording import _, day_text, n_
from ui.wording.formats import HERE

SCANS = ["pdf", "docx", "doc", "jpg", "jpeg", "png", "md", "txt", "ofd"]


def show_after_issue(opened: OpenedVersion, actor: Actor) -> None:
    """Everything that follows issue, for the edition looked at."""
    with reading() as asked:
        stand = passage(asked, opened.version.id)
    if stand.term is None or not opened.version.is_current:
        show_empty(_("这一稿尚未印发"), _("印发以后的公布、备案、培训、评估和修订情形在这里办理。"))
        return
    _show_term(opened, stand.term)
    show_issuing_name(opened, actor, stand)
    if stand.stage in (Stage.ISSUED, Stage.FILED) and actor.may(Action.PUBLISH_PLAN):
        _show_publication_form(opened)
    _show_publications(opened)
    show_filing(opened, actor)
    if stand.term.trial_until and actor.may(Action.ISSUE_PLAN) and _is_issuer(opened):
        _show_trial_form(opened, stand.term)
    _show_trainings(opened, actor)
    _show_evaluations(opened, actor)
    show_drill_reports(opened, actor)
    _show_occasions(opened, actor)


def _is_issuer(opened: OpenedVersion) -> bool:
    with reading() as asked:
        return issuer.is_issuer_of(asked, opened.version.id)


def _show_term(opened: OpenedVersion, term: Term) -> None:
    standing = term.on(here().store.clock().astimezone(HERE).date())
    word, tone = VALIDITY[standing]
    with reading() as asked:
        entered = entered_on(moves_of(asked, opened.version.id))
    facts = [badge(_(word), tone), issued_words(term.issued_on, entered)]
    facts.append(_("{day} 起实施", day=day_text(term.effective_on)))
    if term.trial_until:
        facts.append(_("试行至 {day}", day=day_text(term.trial_until)))
    if term.ended_on:
        facts.append(_("{day} 起失效", day=day_text(term.ended_on)))
    show(tag("div", *(tag("span", fact) for fact in facts), cls="yy-facts"))
    with reading() as asked:
        gone = abolition_of(asked, opened.plan.id)
        settled = trial_decisions(asked, opened.plan.id, term.course)
    for words in (*map(trial_words, settled), *([abolition_words(gone)] if gone else [])):
        show(tag("p", words))
    if standing is Validity.TRIAL_OVER:
        st.warning(_("试行期已满。文本仍然有效，请决定转为正式施行、延长试行，或者修订、废止。"))
    if term.trial_until:
        _show_trial_length(opened, term, term.trial_until)


def _show_trial_length(opened: OpenedVersion, term: Term, until: date) -> None:
    """That a trial is longer than is usual, and why; nothing for one that is not."""
    with reading() as asked:
        limit = trial_limit(asked, opened.plan.area)
        why = long_trial_of(asked, opened.plan.id, term.course)
    if until <= limit.last_day(term.effective_on):
        return
    if why is not None and why.until == until:
        show(tag("p", n_("试行超过{count}年的理由：{reason}", limit.years, reason=why.reason)))
    else:
        st.warning(n_("试行自实施之日起超过{count}年，印发时没有写明理由。", limit.years))
        show(limit_words(limit))


def _show_publications(opened: OpenedVersion) -> None:
    with reading() as asked:
        found = publications(asked, opened.version.id)
    rows = [
        [day_text(deed.on), _(FORMS[one.form]), one.channel, one.withheld or "—", "、".join(one.told) or "—"]
        for deed, one in found
    ]
    if rows:
        st.subheader(_("公布"))
        show(table([_("公布日期"), _("方式"), _("渠道"), _("未公开的内容"), _("告知的单位和地区")], rows))


def _show_publication_form(opened: OpenedVersion) -> None:
    st.subheader(_("公布"))
    with st.form("publication", border=True):
        form = st.radio(
            _("公布内容"), list(FORMS), format_func=lambda one: _(FORMS[one]), horizontal=True, key="pub-form"
        )
        channel = st.text_input(_("公布渠道"), key="pub-channel", placeholder=_("例如：县政府网站、政府公报"))
        withheld = st.text_input(_("未公开的内容和理由（简本填写）"), key="pub-withheld")
        told = st.text_area(_("告知的单位和地区，每行一个（单位和基层组织预案必填）"), key="pub-told", height=70)
        proof = st.file_uploader(_("公布凭证"), type=SCANS, key="pub-proof")
        short = st.file_uploader(_("简本"), type=SCANS, key="pub-short")
        is_sent = st.form_submit_button(_("登记公布"), type="primary", key="publish")
    if not is_sent:
        return
    with answered():
        guard(Action.PUBLISH_PLAN)
        names = tuple(line.strip() for line in told.splitlines() if line.strip())
        said = Publication(form=form or PublishedForm.FULL, channel=channel, withheld=withheld, told=names)
        files = ((PaperKind.PUBLICATION_PROOF, proof), (PaperKind.SHORT_VERSION, short))
        papers = tuple(Attachment(kind=kind, name=one.name, data=one.getvalue()) for kind, one in files if one)
        with work() as asked:
            publish(asked, opened.version.id, said, papers=papers)
        st.rerun()


def _show_trial_form(opened: OpenedVersion, term: Term) -> None:
    with reading() as asked:
        limit = trial_limit(asked, opened.plan.area)
    with st.expander(_("处理试行"), key="trial-open"), st.form("trial", border=False):
        last = day_text(limit.last_day(term.effective_on))
        st.caption(_("本版 {day} 起试行，一般到 {last} 为止；延长到更晚的，请在理由中说明。",
                     day=day_text(term.effective_on), last=last))  # fmt: skip
        show(limit_words(limit))
        show(limit_words(extension()))
        outcome = st.radio(
            _("决定"), list(TRIALS), format_func=lambda one: _(TRIALS[one]), horizontal=True, key="trial-how"
        )
        until = st.date_input(
            _("新的试行截止日期（延长试行的填写）"), value=None, format="YYYY-MM-DD", key="trial-until"
        )
        reason = st.text_input(_("理由"), key="trial-reason")
        left, right = st.columns(2)
        number = left.text_input(_("决定文件的文号"), key="trial-number", placeholder="某政办发〔2026〕12号")
        dated_on = right.date_input(
            _("决定文件的落款日期"), value=None, max_value=_today(), format="YYYY-MM-DD", key="trial-dated"
        )
        scan = st.file_uploader(_("作出决定的文件"), type=SCANS, key="trial-paper")
        st.caption(_("由原印发机关登记；登记日期晚于落款日期的，两个日期都会显示。"))
        is_sent = st.form_submit_button(_("登记决定"), type="primary", key="decide-trial")
    if is_sent:
        with answered():
            guard(Action.ISSUE_PLAN)
            extends = outcome is TrialOutcome.EXTENDED
            said = TrialDecision(
                outcome=outcome or TrialOutcome.PERMANENT,
                reason=reason,
                until=until if extends else None,
                number=number,
            )
            paper = (
                Attachment(kind=PaperKind.TRIAL_DECISION, name=scan.name, data=scan.getvalue(), dated_on=dated_on)
                if scan
                else None
            )
            with work() as asked:
                decide_trial(asked, opened.version.id, said, paper=paper)
            st.rerun()


def _show_trainings(opened: OpenedVersion, actor: Actor) -> None:
    st.subheader(_("培训宣贯"))
    with reading() as asked:
        found = trainings(asked, opened.version.id)
    if found:
        rows = [
            [day_text(deed.on), _(TRAININGS[one.form]), one.subject, one.audience, str(one.people), one.material or "—"]
            for deed, one in found
        ]
        show(table([_("日期"), _("形式"), _("内容"), _("培训对象"), _("人数"), _("材料")], rows))
    else:
        st.caption(_("尚无记录。"))
    if not (actor.may(Action.EDIT_PLAN) or actor.may(Action.FILE_PLAN)):
        return
    field = fields("training")
    with st.expander(_("登记培训宣贯"), key="training-open"), st.form("training", border=False):
        form = st.selectbox(
            _("形式"), list(TRAININGS), format_func=lambda one: _(TRAININGS[one]), key=field("training-form")
        )
        subject = st.text_input(_("内容"), key=field("training-subject"))
        audience = st.text_input(_("培训对象"), key=field("training-audience"))
        people = st.number_input(_("人数"), min_value=1, value=30, key=field("training-people"))
        material = st.text_input(_("材料"), key=field("training-material"))
        on = st.date_input(_("日期"), value=_today(), max_value=_today(), format="YYYY-MM-DD", key=field("training-on"))
        is_sent = st.form_submit_button(_("登记"), key="keep-training")
    if is_sent:
        with answered():
            guard(Action.READ_PLAN)
            said = Training(
                form=form or TrainingForm.MEETING,
                subject=subject,
                audience=audience,
                people=int(people),
                material=material,
            )
            with work() as asked:
                record_training(asked, opened.version.id, said, on=on)
            start_anew("training")
            st.rerun()


def _show_evaluations(opened: OpenedVersion, actor: Actor) -> None:
    st.subheader(_("定期评估"))
    with reading() as asked:
        found = evaluations(asked, opened.version.id)
    if found:
        rows = [
            [
                day_text(deed.on),
                badge(_(CONCLUSIONS[one.conclusion][0]), CONCLUSIONS[one.conclusion][1]),
                one.reasons,
                f"{one.evaluator}{_('（第三方）') if one.third_party else ''}",
            ]
            for deed, one in found
        ]
        show(table([_("日期"), _("结论"), _("理由"), _("评估单位")], rows))
    else:
        st.caption(_("尚未评估。"))
    if not (actor.may(Action.EDIT_PLAN) or actor.may(Action.FILE_PLAN)):
        return
    field = fields("evaluation")
    with st.expander(_("登记评估"), key="evaluation-open"), st.form("evaluation", border=False):
        conclusion = st.radio(
            _("结论"),
            list(CONCLUSIONS),
            format_func=lambda one: _(CONCLUSIONS[one][0]),
            horizontal=True,
            key=field("eval-how"),
        )
        reasons = st.text_area(_("理由"), key=field("eval-reasons"), height=80)
        evaluator = st.text_input(_("评估单位"), key=field("eval-by"))
        third = st.checkbox(_("委托第三方评估"), key=field("eval-third"))
        report = st.file_uploader(_("评估报告"), type=SCANS, key=field("eval-report"))
        on = st.date_input(_("日期"), value=_today(), max_value=_today(), format="YYYY-MM-DD", key=field("eval-on"))
        is_sent = st.form_submit_button(_("登记"), key="keep-evaluation")
    if is_sent:
        with answered():
            guard(Action.READ_PLAN)
            said = Evaluation(
                conclusion=conclusion or Conclusion.KEEP, reasons=reasons, evaluator=evaluator, third_party=third
            )
            paper = (
                Attachment(kind=PaperKind.EVALUATION_REPORT, name=report.name, data=report.getvalue())
                if report
                else None
            )
            with work() as asked:
                record_evaluation(asked, opened.version.id, said, on=on, paper=paper)
            start_anew("evaluation")
            st.rerun()


def _show_occasions(opened: OpenedVersion, actor: Actor) -> None:
    st.subheader(_("修订情形"), anchor="occasions")
    with reading() as asked:
        found = occasions.occasions(asked, opened.plan.id)
        cited = citations(text_of(asked, opened.plan.id, opened.version.id)) if found else {}
    if found:
        show(_occasions_table(opened, found, cited))
    else:
        st.caption(_("没有应当修订的情形。"))
    waiting = [one for one in found if one.is_open]
    if waiting and actor.may(Action.EDIT_PLAN):
        _show_occasion_answer(waiting)
    if actor.may(Action.EDIT_PLAN) or actor.may(Action.FILE_PLAN):
        _show_occasion_form(opened)


def _occasions_table(opened: OpenedVersion, found: tuple[Occasion, ...], cited: Mapping[str, str]) -> Html:
    rows = [
        [
            day_text(one.on),
            _(TRIGGER_NAMES[one.told.trigger]),
            one.told.summary,
            join((_clause_link(opened, clause, cited) for clause in one.told.clauses), _("、")) or "—",
            _(SOURCES[one.told.source]),
            badge(_(OCCASIONS[one.state][0]), OCCASIONS[one.state][1]),
            one.answer.reason if one.answer else "—",
        ]
        for one in reversed(found)
    ]
    heads = [_("日期"), _("情形"), _("说明"), _("涉及条款"), _("来源"), _("状态"), _("处理意见")]
    return table(heads, rows)


def _clause_link(opened: OpenedVersion, clause: str, cited: Mapping[str, str]) -> Html:
    """A clause in the text looked at; one that is no longer in it is named as gone."""
    if clause not in cited:
        return tag("span", _("已移出的条款"), cls="yy-dim")
    address = plan_address(opened.plan.id, opened.version.id, part="text", clause=clause)
    return link(cited[clause] or _("所在条款"), address)


def _show_occasion_answer(waiting: list[Occasion]) -> None:
    with st.form("occasion-answer", border=True):
        by_id = {one.id: one for one in waiting}
        chosen = st.selectbox(
            _("待处理的情形"), list(by_id), format_func=lambda key: by_id[key].told.summary, key="occ"
        )
        answer = st.radio(
            _("处理"), list(ANSWERS), format_func=lambda one: _(ANSWERS[one]), horizontal=True, key="occ-how"
        )
        reason = st.text_input(_("理由"), key="occ-reason")
        is_sent = st.form_submit_button(_("登记处理意见"), key="answer-occasion")
    if is_sent and chosen:
        with answered():
            guard(Action.EDIT_PLAN)
            with work() as asked:
                said = OccasionAnswer(answer=answer or Answer.REVISE, reason=reason)
                occasions.answer_occasion(asked, chosen, said)
            st.rerun()


def _show_occasion_form(opened: OpenedVersion) -> None:
    field = fields("occasion")
    with st.expander(_("登记修订情形"), key="occasion-open"), st.form("occasion", border=False):
        trigger = st.selectbox(
            _("情形"), TRIGGERS, format_func=lambda one: _(TRIGGER_NAMES[one]), key=field("occ-trigger")
        )
        summary = st.text_area(_("说明"), key=field("occ-summary"), height=80)
        is_sent = st.form_submit_button(_("登记"), key="keep-occasion")
    if is_sent and trigger:
        with answered():
            guard(Action.READ_PLAN)
            with work() as asked:
                occasions.open_occasion(asked, opened.plan.id, OccasionTold(trigger=trigger, summary=summary))
            start_anew("occasion")
            st.rerun()


def _today():  # type: ignore[no-untyped-def]
    return here().store.clock().astimezone(HERE).date()
