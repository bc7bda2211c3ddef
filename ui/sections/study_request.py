"""The question of a study: version × scenario × resources × runs; asking it queues a job."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import streamlit as st

from plans_repo import plans, scenario_versions, scenarios, studies, study_events
from plans_repo.failure_words import failures_told
from plans_repo.plans import Plan, VersionSummary
from plans_repo.scenarios import OWN_UNITS
from plans_repo.store import jobs
from plans_repo.store.roles import Action
from plans_repo.studies import CALIBRATED, WRITTEN, Answering, Request
from plans_repo.timings import keeping
from plans_repo.word.numbers import unit_name
from plans_repo.word.wording import Wording
from sim.compound import Compound
from sim.figure import Mark
from sim.procedure import Procedure
from sim.scenario import ResourceSet, Scenario
from sim.stopping import MOST_MINUTES, StopRule
from ui.components.badges import mark
from ui.components.cells import sourced
from ui.components.counters import show_empty
from ui.components.html import Html, show, table
from ui.components.numbers import whole_number
from ui.components.plan_names import told, version_name
from ui.components.refusal import answered
from ui.identity import guard, reading, work
from ui.sections.last_opened import last_opened
from ui.sections.study_parts import choose_answers
from ui.wording import _, figure_text, language, later, share_text
from ui.wording.stages import STAGES

RUNS = (200, 400, 800, 1600, 3200)
PRECISIONS = (0.1, 0.05, 0.02)
HOW = {
    "rule": later("逐步加倍，全部目标可判定即止"),
    "precision": later("逐步加倍，平均用时够准即止"),
    "exact": later("恰好推演若干次"),
}
DURATIONS = {
    WRITTEN: later("按处置程序写的"),
    CALIBRATED: later("按实测校准后的"),
}
MOST_EXACT = 10_000
SEED_DIGITS = 15


def show_request() -> None:
    """Choose and start; the page goes on at the job's address."""
    chosen = subject()
    if chosen is None:
        return
    plan, version = chosen
    with reading() as asked:
        procedure = plans.procedure_of(asked, plan.id, version.id)
        assert procedure is not None
        events = _own_first((*scenarios.scenarios_for(asked, procedure), *study_events.compounds_for(asked, procedure)))
        units = scenarios.resource_sets(asked, plan.id)
    if not events:
        show_empty(_("没有可用的情景"), _("情景库中没有与本预案灾种相符的情景，请先补充情景。"))
        return
    left, right = st.columns(2)
    scenario = _one_scenario(left, events)
    resources = _one_set(right, units)
    rule = _rule()
    seed = _seed()
    answers: tuple[Answering, ...] = ()
    if isinstance(scenario, Compound):
        chosen_answers = choose_answers(scenario, plan.id, version.id)
        if chosen_answers is None:
            return
        answers = chosen_answers
    else:
        _show_scenario(scenario, procedure)
    durations = _durations({plan.id, *(one.plan for one in answers)})
    more = _more()
    is_asked = st.button(_("开始推演"), key="start", type="primary", disabled=rule is None or more is None)
    if not is_asked or rule is None or more is None:
        return
    request = Request(
        plan=plan.id,
        version=version.id,
        scenario=scenario.id,
        resource_set=resources.id,
        runs=rule.runs,
        most_runs=rule.most_runs,
        precision_share=rule.precision_share,
        is_joint=more.is_joint,
        most_minutes=more.most_minutes,
        seed=seed,
        durations=durations,
        answers=answers,
    )
    with answered():
        _start(request, anew=more.anew)


def subject() -> tuple[Plan, VersionSummary] | None:
    """The plan and the version to play; the address names them, else what was opened last, else the person does."""
    with reading() as asked:
        known = {plan.id: plan for plan in plans.list_plans(asked) if plan.hazard and plan.version}
    if not known:
        show_empty(_("没有可以推演的预案"), _("先在预案库导入一件专项预案，系统会为它拟出处置程序。"))
        return None
    ids = list(known)
    named, named_version = _named()
    left, right = st.columns(2)
    chosen = left.selectbox(
        _("预案"),
        ids,
        index=ids.index(named) if named in ids else _only(ids),
        format_func=lambda name: known[name].title,
        placeholder=_("请选择预案"),
        key="study-plan",
    )
    if chosen is None:
        st.caption(_("选定预案后，再选版本、情景和力量。"))
        return None
    plan = known[chosen]
    with reading() as asked:
        versions = {one.id: one for one in reversed(plans.versions_of(asked, plan.id)) if one.has_procedure}
    if not versions:
        show_empty(_("这件预案还没有处置程序"), _("重新导入正文，或请编制人补上处置程序后再推演。"))
        return None
    version = right.selectbox(
        _("版本"),
        list(versions),
        index=_place(list(versions), named_version),
        format_func=lambda name: f"{version_name(versions[name])} · {_(STAGES[versions[name].state][0])}",
        key=f"study-version-{plan.id}",
    )
    return plan, versions[version]


def _named() -> tuple[str, str]:
    """Ids of the plan and the version in the address, else of those looked at last."""
    plan = st.query_params.get("plan", "")
    return (plan, st.query_params.get("v", "")) if plan else last_opened()


def _only(ids: list[str]) -> int | None:
    """The place of the only plan there is; with several, nobody's choice is made for them."""
    return 0 if len(ids) == 1 else None


def _own_first(events: tuple[Scenario | Compound, ...]) -> tuple[Scenario | Compound, ...]:
    """The scenarios kept for this area before those that come with the system."""
    return tuple(sorted(events, key=lambda event: scenario_versions.is_of_packs(event.id)))


def _one_scenario(
    where: st.delta_generator.DeltaGenerator, events: tuple[Scenario | Compound, ...]
) -> Scenario | Compound:
    by_id = {event.id: event for event in events}
    name = where.selectbox(
        _("情景"),
        list(by_id),
        index=_place(list(by_id), st.query_params.get("scenario", "")),
        format_func=lambda one: told(by_id[one].title, by_id[one].title_en),
        key="study-scenario",
    )
    return by_id[name]


def _one_set(where: st.delta_generator.DeltaGenerator, units: tuple[ResourceSet, ...]) -> ResourceSet:
    by_id = {one.id: one for one in units}
    name = where.selectbox(
        _("力量与资源"),
        list(by_id),
        index=_place(list(by_id), OWN_UNITS),
        format_func=lambda one: told(by_id[one].title, by_id[one].title_en),
        key="study-resources",
    )
    return by_id[name]


def _rule() -> StopRule | None:
    """How many runs: until every target is decided, or exactly so many; None where the number does not fit."""
    left, right = st.columns(2)
    how = left.radio(
        _("推演次数"),
        list(HOW),
        format_func=lambda one: _(HOW[one]),
        key="study-how",
    )
    if how == "exact":
        runs = whole_number(right, _("次数"), 1, MOST_EXACT, value=200, key="study-runs")
        return None if runs is None else StopRule(runs=runs)
    most = right.selectbox(_("最多次数"), list(RUNS), index=2, key="study-most")
    if how == "precision":
        share = right.selectbox(
            _("平均用时的误差不超过"), list(PRECISIONS), index=1, format_func=_percent, key="study-precision"
        )
        return StopRule(most_runs=most, precision_share=share)
    return StopRule(most_runs=most)


def _durations(answering: set[str]) -> str:
    """The durations to play; asked only where something was timed of a plan that answers."""
    with reading() as asked:
        is_timed = any(one.timings for plan in answering for one in keeping.turnouts(asked, plan))
    if not is_timed:
        return WRITTEN
    chosen = st.radio(
        _("时长"), list(DURATIONS), format_func=lambda one: _(DURATIONS[one]), key="study-durations", horizontal=True
    )
    return str(chosen)


def _percent(value: float) -> str:
    return share_text(value, digits=0)


@dataclass(frozen=True, kw_only=True)
class _More:
    """What is seldom asked for."""

    is_joint: bool
    most_minutes: float | None
    anew: bool


def _more() -> _More | None:
    """What is seldom asked for; None where a number does not fit."""
    with st.expander(_("其他要求（一般不必填写）"), key="more-open"):
        is_joint = st.checkbox(_("各目标合并作出一个结论"), key="study-joint")
        st.caption(_("选中后，允许的误判概率由各目标平分，各项区间相应放宽。"))
        limit = _("计算时间上限（分钟，0 为不限）")
        minutes = whole_number(st, limit, 0, int(MOST_MINUTES), value=0, key="study-minutes")
        anew = st.checkbox(_("重新计算"), key="study-anew")
        st.caption(_("同样的推演已经做过的，直接给出那次的结果；选中后仍重新计算一遍。"))
    if minutes is None:
        return None
    return _More(is_joint=is_joint, most_minutes=float(minutes) or None, anew=anew)


def _seed() -> int | None:
    """A seed somebody chooses; usually none, then it follows from the inputs."""
    with st.expander(_("随机种子（一般不必填写）"), key="seed-open"):
        typed = st.text_input(
            _("种子"), key="study-seed", max_chars=SEED_DIGITS, placeholder=_("不填则取输入内容的校验码")
        )
        st.caption(_("同一版本、情景、力量和种子，结果一字不差。自选种子会记入事件记录。"))
        if not typed:
            return None
        if not (typed.isascii() and typed.isdigit()):
            st.error(_("种子只能是数字；现按输入内容的校验码推演。"))
            return None
        return int(typed)


def _show_scenario(scenario: Scenario, procedure: Procedure) -> None:
    """What the scenario says, what is set to fail in it, and the sources of its figures."""
    summary = told(scenario.summary, scenario.summary_en)
    if summary:
        st.caption(summary)
    for line in failures_told(scenario, procedure, language()):
        st.caption(line)
    unsure = sum(one.figure.mark is Mark.TO_BE_CONFIRMED for one in scenario.parameters)
    label = _("情景参数（{count} 项，待确认 {unsure} 项）", count=len(scenario.parameters), unsure=unsure)
    with st.expander(label, key="scenario-open"):
        show(parameter_table(scenario))


def parameter_table(scenario: Scenario) -> Html:
    """The figures of an event with unit, source and mark."""
    rows = [
        [
            told(one.title or one.name, one.title_en),
            figure_text(one.figure.value, unit=unit_name(Wording(language()), one.figure.unit), digits=3),
            sourced(mark(one.figure.mark), one.figure.source),
        ]
        for one in scenario.parameters
    ]
    return table([_("参数"), _("取值"), _("标记与出处")], rows)


def _start(request: Request, *, anew: bool) -> None:
    guard(Action.RUN_STUDY)
    with reading() as asked:
        studies.ask(asked, request)  # what does not fit together is refused before anything is queued
    with work() as asked:
        job = jobs.submit(asked, "study", asdict(request) | {"anew": anew}, total=request.rule.looks[0])
    st.query_params.from_dict({"job": job.id})
    st.rerun()


def _place(names: list[str], wanted: str) -> int:
    return names.index(wanted) if wanted in names else 0
