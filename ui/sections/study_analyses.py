"""What a study is asked further: asked here, computed by the worker, kept, and shown again without computing."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from plans_repo import plans, scenarios, study_analyses
from plans_repo.store import jobs
from plans_repo.store.jobs import Job, JobState
from plans_repo.store.roles import Action
from plans_repo.study_analyses import Analysis, Compared, Kind, Wanted
from plans_repo.study_values import Study
from sim.bounds import MOST_UNITS
from sim.choice import Offer
from sim.influences import Measure
from sim.plain import plain
from ui.components.clause_pages import ClausePages
from ui.components.counters import show_empty
from ui.components.numbers import real_number, whole_number
from ui.components.plan_names import told, version_name
from ui.components.progress import progress_job
from ui.components.promises import pool_title, target_title
from ui.components.refusal import answered
from ui.identity import guard, reading, work
from ui.sections.study_answers import show_answer
from ui.wording import _, instant_text, later

KINDS = {
    Kind.COMPARISON: later("两案对比"),
    Kind.CHOICE: later("最省的力量配置"),
    Kind.WEAK: later("薄弱环节"),
    Kind.SENSITIVITY: later("哪些时长最要紧"),
    Kind.DOUBT: later("多推演还是多演练"),
}
ABOUT = {
    Kind.COMPARISON: later("另一个版本、另一套力量或者增减某类力量，用相同随机数重新推演，逐次对比。"),
    Kind.CHOICE: later("在所列范围内逐一判定，找出达到全部保证率而费用最低的配置。"),
    Kind.WEAK: later("逐一假设少一个（辆、班）、全部失去、指挥员缺席、通信中断或者条件不具备，看哪些目标因此落空。"),
    Kind.SENSITIVITY: later("各项时长在可能的误差范围内变动，先粗筛，再对影响最大的几项细算，看结果随哪些时长变化。"),
    Kind.DOUBT: later("把误差分成推演次数不够和时长没有把握两部分，看哪一部分更大。"),
}
MEASURES = {Measure.P_MET: later("达标概率"), Measure.P90_MIN: later("九成推演的用时")}
RUNS = {
    Kind.COMPARISON: (400, 200, 1000, 2000),
    Kind.CHOICE: (800, 400, 1600, 3200),
    Kind.WEAK: (200, 400, 1000),
    Kind.SENSITIVITY: (100, 200, 400),
}
MOST_POOLS = 3
MOST_COST = 1e9


def show_analyses(study: Study, cited: dict[str, str], pages: ClausePages) -> None:
    """The kinds of analysis: what was found so far, and a new one."""
    st.subheader(_("进一步分析"))
    kind = st.segmented_control(
        _("分析什么"),
        list(KINDS),
        format_func=lambda one: _(KINDS[one]),
        default=Kind.COMPARISON,
        required=True,
        key="analysis-kind",
    )
    st.caption(_(ABOUT[kind]))
    with reading() as asked:
        found = [one for one in study_analyses.analyses_of(asked, study.id) if one.wanted.kind is kind]
        job = _last_job(jobs.jobs(asked), study, kind)
        may_run = asked.actor.may(Action.RUN_STUDY)
    if job is not None:
        progress_job(job.id, key=f"analysis-{kind.value}", on_done=lambda _done: None)
    if found:
        _show_found(found, study, cited, pages)
    elif job is None or job.is_over:
        show_empty(_("还没有做过这项分析"), _("选好条件后开始计算，结果长期保存在这里。"))
    if may_run and (job is None or job.is_over):
        with st.expander(_("新的计算"), expanded=not found, key=f"analysis-new-{kind.value}"):
            _form(study, kind)


def _last_job(every: tuple[Job, ...], study: Study, kind: Kind) -> Job | None:
    """The person's newest job for this analysis of this study, unless it was done."""
    own = (
        job
        for job in every
        if job.kind == study_analyses.JOB_KIND
        and job.params.get("study") == study.id
        and job.params["wanted"]["kind"] == kind.value
    )
    newest = next(own, None)
    return None if newest is None or newest.state is JobState.DONE else newest


def _show_found(found: list[Analysis], study: Study, cited: dict[str, str], pages: ClausePages) -> None:
    chosen = found[0]
    if len(found) > 1:
        by_id = {one.id: one for one in found}
        name = st.selectbox(
            _("已有结果（{count} 项）", count=len(found)),
            list(by_id),
            format_func=lambda one: _title(by_id[one], study),
            key=f"analysis-found-{chosen.wanted.kind.value}",
        )
        chosen = by_id[name]
    else:
        st.caption(_title(chosen, study))
    show_answer(chosen, study, cited, pages)


def _title(one: Analysis, study: Study) -> str:
    parts = [instant_text(one.created_at)]
    if one.wanted.target:
        titles = {target.id: target_title(target) for target in study.procedure.targets}
        parts.append(titles.get(one.wanted.target, one.wanted.target))
    other = one.result.forces.after if isinstance(one.result, Compared) and one.result.forces else None
    if one.wanted.version:
        parts.append(told(other.label, other.label_en) if other else _("另一版本"))
    if one.wanted.resource_set:
        parts.append(told(other.forces, other.forces_en) if other else _("另一套力量"))
    parts += [f"{pool_title(study.procedure, pool)} → {count}" for pool, count in one.wanted.units]
    return " · ".join(parts)


def _form(study: Study, kind: Kind) -> None:
    wanted = _FORMS[kind](study)
    if st.button(_("开始计算"), key=f"analysis-start-{kind.value}", type="primary", disabled=wanted is None) and wanted:
        with answered():
            guard(Action.RUN_STUDY)
            with reading() as asked:
                study_analyses.ask(asked, study.id, wanted)  # refused before anything is queued
            with work() as asked:
                jobs.submit(asked, study_analyses.JOB_KIND, {"study": study.id, "wanted": plain(wanted)})
            st.rerun()


def _runs(kind: Kind, label: str) -> int:
    return int(st.selectbox(label, RUNS[kind], key=f"analysis-runs-{kind.value}"))


def _target(study: Study, kind: Kind) -> str:
    titles = {result.target.id: target_title(result.target) for result in study.findings.targets}
    return str(
        st.selectbox(
            _("哪项目标"), list(titles), format_func=lambda one: titles[one], key=f"analysis-target-{kind.value}"
        )
    )


def _comparison(study: Study) -> Wanted | None:
    with reading() as asked:
        versions = {one.id: one for one in reversed(plans.versions_of(asked, study.plan)) if one.has_procedure}
        sets = {one.id: one for one in scenarios.resource_sets(asked, study.plan)}
    left, right = st.columns(2)
    version = left.selectbox(
        _("对比的版本"),
        ["", *(name for name in versions if name != study.version)],
        format_func=lambda name: version_name(versions[name]) if name else _("同一版本"),
        key="analysis-version",
    )
    units = right.selectbox(
        _("对比的力量"),
        ["", *(name for name in sets if name != study.resources.id)],
        format_func=lambda name: told(sets[name].title, sets[name].title_en) if name else _("同一套力量"),
        key="analysis-set",
    )
    sizes = {count.pool.id: count.units for count in study.pools}
    pool = left.selectbox(
        _("增减哪类力量"),
        ["", *sizes],
        format_func=lambda one: pool_title(study.procedure, one) if one else _("不增减"),
        key="analysis-pool",
    )
    changed: tuple[tuple[str, int], ...] = ()
    if pool:
        label = _("改为多少（现为 {count}）", count=sizes[pool])
        size = whole_number(right, label, 0, MOST_UNITS, value=sizes[pool] + 1, key=f"analysis-units-{pool}")
        if size is None:
            return None
        changed = ((pool, size),)
    runs = _runs(Kind.COMPARISON, _("推演次数"))
    return Wanted(kind=Kind.COMPARISON, runs=runs, version=version, resource_set=units, units=changed)


def _choice(study: Study) -> Wanted | None:
    sizes = {count.pool.id: count.units for count in study.pools}
    pools = st.multiselect(
        _("可以增减哪些力量（最多 {count} 类）", count=MOST_POOLS),
        list(sizes),
        format_func=lambda one: pool_title(study.procedure, one),
        max_selections=MOST_POOLS,
        placeholder=_("请选择"),
        key="analysis-pools",
    )
    unit = st.text_input(_("费用的单位"), _("万元"), max_chars=20, key="analysis-cost-unit")
    st.caption(
        _("每个单位的费用缺省为 1，各类都是 1 时比的是单位总数；要按实际费用比选，请在下面逐类填写，并写明费用的单位。")
    )
    offers = [_offer(study, pool, sizes[pool], unit) for pool in pools]
    left, right = st.columns(2)
    with left:
        runs = _runs(Kind.CHOICE, _("每种配置最多推演次数"))
    titles = {result.target.id: target_title(result.target) for result in study.findings.targets}
    target = right.selectbox(
        _("达到哪些目标"),
        ["", *titles],
        format_func=lambda one: titles[one] if one else _("全部目标"),
        key="analysis-choice-target",
    )
    fitting = tuple(offer for offer in offers if offer is not None)
    if not fitting or len(fitting) < len(offers):
        return None
    return Wanted(kind=Kind.CHOICE, runs=runs, offers=fitting, target=target)


def _offer(study: Study, pool: str, size: int, unit: str) -> Offer | None:
    """How many units of a pool may be had and what each costs; None where a number does not fit."""
    title = pool_title(study.procedure, pool)
    left, middle, right = st.columns(3)
    least = whole_number(left, _("{name}：最少", name=title), 0, MOST_UNITS, value=size, key=f"analysis-least-{pool}")
    most = whole_number(
        middle, _("{name}：最多", name=title), least or 0, MOST_UNITS, value=size + 5,
        key=f"analysis-most-{pool}",
    )  # fmt: skip
    cost = real_number(right, _("每个单位的费用"), 0.0, MOST_COST, value=1.0, key=f"analysis-cost-{pool}")
    if least is None or most is None or cost is None:
        return None
    return Offer(pool=pool, least=least, most=most, cost=cost, unit=unit)


def _weak(study: Study) -> Wanted:
    left, right = st.columns(2)
    with left:
        runs = _runs(Kind.WEAK, _("每种失效的推演次数"))
    failures = right.selectbox(_("最多同时失效几处"), [1, 2, 3], index=1, key="analysis-failures")
    return Wanted(kind=Kind.WEAK, runs=runs, failures=int(failures))


def _sensitivity(study: Study) -> Wanted:
    target = _target(study, Kind.SENSITIVITY)
    left, right = st.columns(2)
    measure = left.selectbox(_("看什么"), list(MEASURES), format_func=lambda one: _(MEASURES[one]), key="analysis-what")
    with right:
        runs = _runs(Kind.SENSITIVITY, _("每种组合的推演次数"))
    return Wanted(kind=Kind.SENSITIVITY, runs=runs, target=target, measure=measure)


def _doubt(study: Study) -> Wanted:
    return Wanted(kind=Kind.DOUBT, target=_target(study, Kind.DOUBT))


_FORMS: dict[Kind, Callable[[Study], Wanted | None]] = {
    Kind.COMPARISON: _comparison,
    Kind.CHOICE: _choice,
    Kind.WEAK: _weak,
    Kind.SENSITIVITY: _sensitivity,
    Kind.DOUBT: _doubt,
}
