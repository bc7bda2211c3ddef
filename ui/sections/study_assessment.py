"""评估意见: figures looked over, conclusions beside the computed verdicts, the second person's signature."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from plans_repo.assessing import service
from plans_repo.assessing.moves import State
from plans_repo.assessing.telling import value_words
from plans_repo.assessing.values import OVERALL, SAME, Assessment, Judgement
from plans_repo.assessing.waiting import signers
from plans_repo.store.roles import Action
from plans_repo.store.work import Work
from plans_repo.studies import Study
from plans_repo.study_assumptions import Assumption
from plans_repo.word.wording import Wording
from ui.components.assessment_tables import conclusion_table, missing_words, objection_list, signature_lines
from ui.components.badges import badge
from ui.components.html import show, tag
from ui.components.notice import leave_notice, show_notice
from ui.components.promises import target_title
from ui.components.refusal import answered
from ui.identity import guard, reading, work
from ui.sections.study_assumptions import show_assumptions
from ui.wording import _, language, n_
from ui.wording.assessments import JUDGEMENTS, STATES

TONES = {State.SIGNED_OUT: "good", State.RETURNED: "bad"}
AT_WORK = (State.NOT_BEGUN, State.OPEN, State.RETURNED)


def show_assessment(study: Study, cited: dict[str, str]) -> None:
    """How the assessment stands and, for whoever may, the next steps."""
    st.subheader(_("评估意见"), anchor="assessment")
    show_notice()
    with reading() as asked:
        found = service.assessment(asked, study.id)
        may = service.may_assess(asked, study.plan)
        is_second = service.is_second_person(asked, study, found)
        able = signers(asked, study, found)
    _show_standing(found)
    show(conclusion_table(study, found))
    objections = n_("，异议 {count} 项", len(found.objections)) if found.objections else ""
    st.markdown(
        _("推演数据复核：共 {all} 项，未复核 {open} 项", all=len(found.items), open=len(found.open_items)) + objections
    )
    if found.objections:
        show(objection_list(found, {item.key: _titled(item) for item in found.items}))
    show_assumptions(study, found, cited)
    for line in signature_lines(found):
        st.caption(line)
    if may and found.state in AT_WORK:
        _show_looking(study, found)
        _show_judging(study)
        _show_submitting(study, found)
    if found.state is State.SUBMITTED:
        st.caption(_signers_words(able))
    if may and found.state is State.SUBMITTED:
        if is_second:
            _show_deciding(study, found)
        else:
            st.caption(_("推演人和评估人不能审签自己的评估，请由他人办理。"))


def _show_standing(found: Assessment) -> None:
    """The state, what the report is for now, and in red what is missing."""
    state = badge(_(STATES[found.state]), TONES.get(found.state, "warn"))
    kind = _("评估报告为正式稿") if found.is_signed_out else _("评估报告每页标明“内部征求意见稿”，审签后为正式稿")
    show(tag("div", state, tag("span", kind), cls="yy-facts"))
    if words := missing_words(found):
        show(tag("p", _("尚缺：{what}", what=words), cls="yy-missing"))


def _signers_words(able: Mapping[str, str]) -> str:
    """Who may sign the assessment out."""
    if able:
        return _("可以审签的：{names}", names=_("、").join(dict.fromkeys(able.values())))
    return _("除推演人、评估人外，本级没有可以审签的账户，请管理员开设。")


def _show_looking(study: Study, found: Assessment) -> None:
    titles = {item.key: _titled(item) for item in found.items}
    with st.expander(_("复核数据"), key="look-open"):
        with st.form("look-over", border=False):
            keys = st.multiselect(
                _("已核对无误的数据"), [item.key for item in found.open_items], format_func=lambda key: titles[key],
                key="look-keys",
            )  # fmt: skip
            is_rest = st.checkbox(_("其余未复核的全部无误"), key="look-rest")
            basis = st.text_input(
                _("复核依据（一次复核多项的必填）"), key="look-basis",
                placeholder=_("例如：与2026年3月资源台账、预案正文逐项核对，附核对清单"),
            )  # fmt: skip
            is_sent = st.form_submit_button(_("确认复核"), key="look-do")
        if is_sent and (keys or is_rest):
            _do(
                lambda asked: (
                    service.tick_rest(asked, study.id, basis=basis)
                    if is_rest
                    else service.tick(asked, study.id, keys, basis=basis)
                ),
                _("已记录复核。"),
            )
        with st.form("look-object", border=False):
            key = st.selectbox(_("有异议的数据"), list(titles), format_func=lambda one: titles[one], key="object-key")
            note = st.text_input(_("异议说明（必填）"), key="object-note")
            is_sent = st.form_submit_button(_("提出异议"), key="object-do")
        if is_sent:
            _do(lambda asked: service.object_to(asked, study.id, [str(key)], note), _("已记录异议。"))
        if found.open_objections:
            _show_answering(study, found, titles)


def _show_answering(study: Study, found: Assessment, titles: Mapping[str, str]) -> None:
    """An objection is answered in writing, or taken back by whoever raised it; else nothing can be submitted."""
    st.caption(_("异议没有答复也没有撤回的，不能报送审签；答复与异议一并写入报告，撤回只能由提出人办理。"))
    with st.form("look-answer", border=False):
        keys = [look.key for look in found.open_objections]
        key = st.selectbox(_("未了结的异议"), keys, format_func=lambda one: titles[one], key="answer-key")
        words = st.text_input(_("如何处理（答复），或者撤回的理由（必填）"), key="answer-words")
        left, right = st.columns(2)
        answers = left.form_submit_button(_("答复异议"), key="answer-do")
        withdraws = right.form_submit_button(_("撤回异议"), key="withdraw-do")
    if answers:
        _do(lambda asked: service.answer(asked, study.id, [str(key)], words), _("已记录答复。"))
    if withdraws:
        _do(lambda asked: service.withdraw(asked, study.id, [str(key)], words), _("已撤回异议。"))


def _titled(item: Assumption) -> str:
    title = item.title if language() == "zh" else item.title_en
    return f"{title} {value_words(Wording(language()), item)}"


def _show_judging(study: Study) -> None:
    titles = {result.target.id: target_title(result.target) for result in study.findings.targets}
    with st.expander(_("给出结论"), key="judge-open"):
        names = [*titles, OVERALL]
        target = st.selectbox(
            _("目标"), names, format_func=lambda one: titles.get(one) or _("总体"), key="judge-target"
        )
        with st.form("judge", border=False):
            judgement = st.radio(
                _("评估结论"),
                list(Judgement),
                index=list(Judgement).index(SAME[service.computed(study, target)]),
                format_func=lambda one: _(JUDGEMENTS[one]),
                horizontal=True,
                key=f"judge-which-{target}",
            )
            reason = st.text_area(_("理由（必填）"), key="judge-reason")
            departure = st.text_area(_("与仿真判定不一致的，说明为什么"), key="judge-departure")
            is_sent = st.form_submit_button(_("保存结论"), key="judge-do")
        if is_sent:
            _do(
                lambda asked: service.judge(
                    asked, study.id, Judgement(str(judgement)), reason, target=str(target), departure=departure
                ),
                _("已记录结论。"),
            )


def _show_submitting(study: Study, found: Assessment) -> None:
    if found.state is State.NOT_BEGUN:
        return
    with st.form("submit-assessment", border=False):
        post = st.text_input(_("职务（必填）"), key="submit-post")
        is_sent = st.form_submit_button(_("报送审签"), key="submit-do")
    if is_sent:
        _do(lambda asked: service.submit(asked, study.id, post=post), _("已报送审签。"))


def _show_deciding(study: Study, found: Assessment) -> None:
    if found.objections:
        st.warning(n_("本次评估有 {count} 项数据曾提出异议，答复见上表，请审签人一并认定。", len(found.objections)))
    with st.form("decide-assessment", border=True):
        post = st.text_input(_("职务"), key="decide-post")
        words = st.text_area(_("审签意见；退回的填写理由"), key="decide-words")
        left, right = st.columns(2)
        signs = left.form_submit_button(_("审签"), key="sign-out-do", type="primary")
        returns = right.form_submit_button(_("退回"), key="return-do")
    if signs:
        _do(lambda asked: service.sign_out(asked, study.id, post=post, opinion=words), _("已审签，报告为正式稿。"))
    if returns:
        _do(lambda asked: service.send_back(asked, study.id, words, post=post), _("已退回。"))


def _do(step: Callable[[Work], Assessment], words: str) -> None:
    """Take a step in the name of the person signed in; what is refused is said."""
    with answered():
        guard(Action.SIGN_ASSESSMENT)
        with work() as asked:
            step(asked)
        leave_notice(words)
