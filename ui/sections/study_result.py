"""The result of a study: the sentence, the verdicts, two pictures, what holds the response back, what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import streamlit as st

from plans_repo import assessment, editions, plans, studies, study_events
from plans_repo.packs.cases import level_name, made_for
from plans_repo.plans import Plan, VersionSummary
from plans_repo.promise_words import cautions_of_all
from plans_repo.store.work import Work
from plans_repo.studies import Study
from plans_repo.word.numbers import engine_name, percent
from plans_repo.word.wording import Wording
from sim.study import is_provisional
from ui import downloads
from ui.components import study_charts
from ui.components.badges import badge, footing
from ui.components.bottleneck_table import bottleneck_notes, bottleneck_table
from ui.components.clause_pages import ClausePages
from ui.components.counters import show_empty
from ui.components.html import join, link, show, table, tag
from ui.components.plan_names import told
from ui.components.time_table import has_times, time_notes, time_table
from ui.components.verdict_table import conclusion, reservations, unasked, verdict_table
from ui.components.version_history import short_hash
from ui.components.version_standing import version_stands
from ui.identity import reading
from ui.sections.opened import plan_address
from ui.sections.study_analyses import show_analyses
from ui.sections.study_assessment import show_assessment
from ui.sections.study_norms import show_norms
from ui.sections.study_overlay import show_learnt, show_overlay
from ui.sections.study_parts import event_address, show_parts
from ui.sections.study_run import show_run
from ui.wording import _, figure_text, instant_text, language, n_, share_text


def show_result(study_id: str, *, is_reused: bool = False) -> None:
    """Everything about one study; *is_reused* where it was found instead of computed."""
    with reading() as work:
        study = studies.study(work, study_id)
        plan = plans.plan(work, study.plan)
        stand = version_stands(work, [study.plan])[study.version]
        versions = _versions(work, study)
        clauses = study_events.clauses_of(work, study)
        cited = study_events.cited(work, study)
        pages = _pages(work, study)
    excerpts = {name: assessment.excerpt(clause) for name, clause in clauses.items()}
    if is_reused:
        st.info(reused(study))
    _show_head(study, plan, stand)
    told = cautions_of_all(study, clauses, language())
    if study.answered:
        show_parts(study, cited, excerpts, pages, told)
    else:
        show(verdict_table(study, cited, excerpts, pages, told))
    st.caption(_confidence(study))
    _show_times(study)
    st.subheader(_("各任务完成时刻"))
    st.markdown(study_charts.band_words(study))
    st.plotly_chart(
        study_charts.band_chart(study), theme=None, config=study_charts.CONFIG, key="bands",
        alt=study_charts.band_words(study),
    )  # fmt: skip
    _show_waits(study)
    _show_bottlenecks(study, cited, pages)
    show_norms(study)
    show_analyses(study, cited, pages)
    show_learnt(study)
    show_overlay(study)
    show_run(study, cited)
    show_assessment(study, cited)
    _show_footing(study)
    _show_reproduction(study, versions)


def reused(study: Study) -> str:
    """That nothing was computed, and what to do if it should have been."""
    return _(
        "同一版本、情景、力量、停止规则和种子在 {when} 已经推演过，这里给出的就是那次的结果，没有重新计算；"
        "要重新计算的，提交时选“重新计算”。",
        when=instant_text(study.created_at),
    )


def _pages(work: Work, study: Study) -> ClausePages:
    """Where the clauses it cites are read; its own may be revised by who writes the plan."""
    return ClausePages(
        own=plan_address(study.plan, study.version),
        others={
            clause: plan_address(one.plan, one.version) for clause, one in study_events.elsewhere(work, study).items()
        },
        draft=plan_address(study.plan, part="editing") if editions.is_written_by(work, study.plan) else "",
    )


def _show_head(study: Study, plan: Plan, stand: str) -> None:
    resources = study.resources
    circumstances = made_for((), study.circumstances, language())
    facts = [
        link(plan.title, plan_address(plan.id, study.version)),
        stand,
        *(link(one.title, plan_address(one.plan, one.version)) for one in study.answered if one.plan != plan.id),
        _("情景：{title}", title=told(study.scenario.title, study.scenario.title_en)),
        _("响应级别：{level}", level=level_name(study.findings.level, language()) or _("未达到")),
        *([_("情形：{circumstances}", circumstances=circumstances)] if circumstances else []),
        _("力量：{title}", title=told(resources.title, resources.title_en)),
        *([_("时长：按实测校准（{count} 项任务）", count=len(study.timings))] if study.request.is_calibrated else []),
        n_("推演 {runs} 次", study.findings.runs, runs=figure_text(study.findings.runs)),
        instant_text(study.created_at),
    ]
    show(tag("div", *(tag("span", fact) for fact in facts), cls="yy-facts"))
    said = [tag("p", conclusion(study), cls="yy-verdict-line"), *(tag("p", words) for words in reservations(study))]
    show(tag("div", *said, cls="yy-conclusion"))
    words = (("zh", _("下载评估报告（中文 Word）")), ("en", _("下载评估报告（英文 Word）")))
    links = (link(label, downloads.address("study-report", study.id, lang=lang)) for lang, label in words)
    show(tag("div", join(links, " · "), cls="yy-account"))


def _confidence(study: Study) -> str:
    confidence = min((result.confidence for result in study.findings.targets), default=0.0)
    return _(
        "达标概率后面是 {confidence} 置信区间（威尔逊法）：次数有限，真实的达标概率应在这个范围内。"
        "色带为区间，圆点为达标概率，竖线为要求。“半数推演”“九成推演”是相应比例的推演做到的用时或者提前量；"
        "到推演结束仍未完成的，计为未达标。",
        confidence=percent(confidence),
    )


def _show_times(study: Study) -> None:
    if not has_times(study):
        return
    st.subheader(_("各目标用时"))
    show(time_table(study))
    for note in time_notes(study):
        st.caption(note)


def _show_waits(study: Study) -> None:
    st.subheader(_("等待时间构成"))
    by_task = (
        st.segmented_control(
            _("统计方式"),
            ["task", "cause"],
            format_func=lambda one: _("按任务") if one == "task" else _("按原因合计"),
            default="task",
            required=True,
            key="waits-by",
        )
        == "task"
    )
    stack = study_charts.wait_stack(study, by_task=by_task)
    if not stack.bars:
        show_empty(_("没有等待"), _("全部任务一经具备条件即开始。"))
        return
    words = study_charts.wait_words(stack)
    st.markdown(words)
    st.plotly_chart(study_charts.wait_chart(stack), theme=None, config=study_charts.CONFIG, key="waits", alt=words)


def _show_bottlenecks(study: Study, cited: dict[str, str], pages: ClausePages) -> None:
    st.subheader(_("制约环节"))
    if study.savings:
        st.markdown(
            _("下列环节在关键链上占用时间最多。逐项假设得到缓解，用相同随机数重新推演，看能多几次达标、提前多少完成。")
        )
        show(bottleneck_table(study, cited, pages))
        for note in bottleneck_notes(study):
            st.caption(note)
    else:
        show_empty(_("没有找到制约环节"), _("关键链上没有可以缓解的等待。"))
    if names := unasked(study, made=True):
        st.caption(_("本情景没有触及、未作检验的目标：{names}", names=_("、").join(names)))
    if names := unasked(study, made=False):
        st.caption(_("只对其他响应级别或者情形作出承诺、不适用于本情景的目标：{names}", names=_("、").join(names)))


def _show_footing(study: Study) -> None:
    st.subheader(_("依据"))
    shares = [
        tag("span", footing(kind), " ", share_text(share, digits=0)) for kind, share in study.findings.footing if share
    ]
    notes = [badge(_("结论暂定"), "warn")] if is_provisional(study.findings.footing) else []
    words = tag("span", _("关键链用时的依据："))
    show(tag("div", words, *shares, *notes, cls="yy-facts"))


def _versions(work: Work, study: Study) -> dict[str, VersionSummary]:
    """The versions a study played by the titles of their plans, its own first."""
    played = dict.fromkeys([(study.plan, study.version), *((one.plan, one.version) for one in study.answered)])
    return {plans.plan(work, plan).title: plans.version_of(work, plan, version) for plan, version in played}


def _versions_played(versions: Mapping[str, VersionSummary]) -> Iterator[list[object]]:
    for title, version in versions.items():
        name = _("版本校验码") if len(versions) == 1 else _("版本校验码（{plan}）", plan=title)
        yield [name, short_hash(version.root_hash)]


def _show_reproduction(study: Study, versions: Mapping[str, VersionSummary]) -> None:
    st.subheader(_("复现"))
    words = Wording(language())
    rows: list[list[object]] = [
        [_("结果校验码"), tag("code", study.findings.results_hash, cls="yy-break")],
        [_("随机种子"), tag("code", str(study.seed))],
        [_("情景版本"), link(study.request.scenario, event_address(study.request.scenario))],
        [_("情景校验码"), tag("code", study.event_hash, cls="yy-break")],
        *_versions_played(versions),
        [_("推演引擎"), engine_name(words, study.request.engine)],
        [_("命令"), tag("code", assessment.command(study), cls="yy-break")],
    ]
    show(table([_("项目"), _("内容")], rows))
    st.caption(words.say("reproduction.command"))
