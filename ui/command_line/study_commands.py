"""``yuyan scenario list`` and ``yuyan study …``: run a study, compare versions, validate the engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from plans_repo import assessment, cautions, plans, scenarios, studies
from plans_repo import validation as kept_validation
from plans_repo.causes import bottlenecks
from plans_repo.local_units import LocalUnits
from plans_repo.packs.cases import made_for
from plans_repo.packs.naming import name_of
from plans_repo.packs.replays import replay_of, replays
from plans_repo.scenarios import OWN_UNITS, REGISTER_UNITS
from plans_repo.shortfalls import shortfalls
from plans_repo.studies import Request, Study
from plans_repo.study_engines import DEFAULT_ENGINE, ENGINES, engine_named
from plans_repo.supplies import PoolCount, unit_of
from plans_repo.text.citation import citations
from plans_repo.validation import ReplayFacts
from plans_repo.word import relief
from plans_repo.word.numbers import bounds, minutes, percent
from plans_repo.word.wording import Wording
from sim import comparison, validation
from sim.anomaly import anomalies
from sim.comparison import Comparison, Gain
from sim.executor import Executor
from sim.pairs import Effect
from sim.plain import plain
from sim.procedure import Target
from sim.question import Question
from sim.scenario import Scenario
from sim.study import TargetResult
from sim.suspects import Saving, Suspect
from sim.validation import CaseResult
from sim.variants import with_units
from ui.command_line.analysis_commands import warning
from ui.command_line.answer import Answer, tell
from ui.command_line.context import Context, require_writable, write_file
from ui.components.plan_names import told
from ui.components.promises import promise, target_title
from ui.components.replay_words import bottleneck_sentence
from ui.components.verdict_table import reservations
from ui.wording import _, instant_text, language, n_


def list_scenarios(context: Context) -> Answer:
    """All scenarios the actor may use."""
    with context.reading() as work:
        found = scenarios.list_scenarios(work)
    return Answer(
        fields={"scenarios": [_scenario_fields(item) for item in found]},
        lines=[f"{item.id}\t{name_of('spread', item.spread, language())}\t{_title(item)}" for item in found],
    )


def _scenario_fields(item: Scenario) -> dict[str, Any]:
    return {"id": item.id, "hazard": item.hazard, "spread": item.spread, "title": item.title, "title_en": item.title_en}


def _title(item: Scenario) -> str:
    return item.title if language() == "zh" or not item.title_en else item.title_en


def run_study(context: Context) -> Answer:
    """Run a study in this process, keep it, and write its report if asked."""
    asked = context.arguments
    if asked.out:
        require_writable(asked.out)
    request = Request(
        plan=asked.plan,
        scenario=asked.scenario,
        version=asked.version,
        resource_set=asked.resources,
        runs=asked.runs,
        most_runs=asked.most_runs,
        seed=asked.seed,
        engine=asked.engine,
        precision_share=asked.precision,
        is_joint=asked.joint,
        most_minutes=asked.most_minutes,
    )
    with executing(request.engine, asked.workers, asked.cluster) as executor:
        done = studies.run(
            context.store,
            context.actor,
            request,
            progress=_progress(quiet=asked.json),
            executor=executor,
            anew=asked.anew,
        )
    with context.reading() as work:
        cited = citations(plans.text_of(work, done.plan, done.version))
        report = assessment.report(work, done.id, language()) if asked.out else b""
    file = write_file(asked.out, report) if asked.out else ""
    return Answer(
        fields=study_fields(done, cited) | ({"file": file} if file else {}), lines=list(_lines(done, cited, file))
    )


@contextmanager
def executing(engine: str, workers: int, address: str) -> Iterator[Executor | None]:
    """Who computes the pieces: the cluster, so many workers of this machine, or whom the engine takes."""
    if address:
        from plans_repo import cluster

        with cluster.connected(address) as found:
            yield found
    else:
        yield ENGINES[engine].executor(workers) if engine in ENGINES else None


def compare(context: Context) -> Answer:
    """What version B gains on version A against one scenario, on the same luck."""
    asked = context.arguments
    with context.reading() as work:
        sides = [
            studies.ask(
                work, Request(plan=asked.plan, scenario=asked.scenario, version=name, resource_set=asked.resources)
            )
            for name in (asked.a, asked.b)
        ]
    before, after = (side.question for side in sides)
    after = with_units(after, asked.units) if asked.units else after
    engine = ENGINES[DEFAULT_ENGINE]
    found = comparison.compare(
        before, after, seed=before.own_seed, runs=asked.runs, batch=engine.batch, piece=engine.piece(after)
    )
    warned = anomalies(found, before, after)
    return Answer(
        fields={
            "plan": asked.plan,
            "versions": [side.version for side in sides],
            "scenario": asked.scenario,
            "runs": asked.runs,
            "seed": before.own_seed,
            "targets": [_gain_fields(gain) for gain in found.gains],
            "unpaired": {
                "before": [_named(target) for target in found.only_before],
                "after": [_named(target) for target in found.only_after],
            },
            "unmeasured": [_named(target) for target in found.unmeasured],
            "anomalies": [
                {"target": one.target.id, "worse": one.worse, "runs": one.runs, "low": one.low, "high": one.high}
                for one in warned
            ],
        },
        lines=[
            *(_gain_line(gain, before, after) for gain in found.gains),
            *map(warning, warned),
            *_left_out(found),
        ],
    )


def _left_out(found: Comparison) -> Iterator[str]:
    """What the list of gains does not hold, and why."""
    if found.only_before:
        yield _("  未比较，只有 A 版有可推演的目标：{titles}", titles=_titles(found.only_before))
    if found.only_after:
        yield _("  未比较，只有 B 版有可推演的目标：{titles}", titles=_titles(found.only_after))
    if found.unmeasured:
        yield _("  未比较，两版在该情景中都不涉及的目标：{titles}", titles=_titles(found.unmeasured))


def _titles(targets: Iterable[Target]) -> str:
    return _("、").join(map(_title_with_cases, targets))


def _title_with_cases(target: Target) -> str:
    """The title of a target with what it is made for, which tells the parts of one promise apart."""
    title, cases = target_title(target), made_for(target.levels, target.circumstances, language())
    return _("{title}（{cases}）", title=title, cases=cases) if cases else title


def _named(target: Target) -> dict[str, Any]:
    return {"id": target.id, "title": target.title, "limit_min": target.limit_min}


def _gain_line(gain: Gain, before: Question, after: Question) -> str:
    """The minutes of the runs that got there on both sides, and in how many runs of all it was met and got better."""
    counts, runs = gain.counts, gain.runs
    said = [_("达标由 {before} 次变为 {after} 次", before=counts.met_before, after=counts.met_after)]
    if counts.arrived_before != counts.arrived_after:
        said.append(_("完成由 {before} 次变为 {after} 次", before=counts.arrived_before, after=counts.arrived_after))
    if counts.no_longer:
        said.append(n_("{count} 次不再涉及该目标", counts.no_longer))
    if counts.only_now:
        said.append(n_("{count} 次新涉及该目标", counts.only_now))
    if gain.mean_min is None or gain.low_min is None or gain.high_min is None:
        said.append(_("两版都完成的不足 2 次，无法比较时间"))
    else:
        low, high = f"{gain.low_min:.1f}", f"{gain.high_min:.1f}"
        said.append(_("平均提前 {mean:.1f} 分钟 [{low}, {high}]", mean=gain.mean_min, low=low, high=high))
    said.append(
        _(
            "{runs} 次中 {better:.0%} 更好，{worse:.0%} 更差",
            runs=runs,
            better=gain.better_share,
            worse=gain.worse_share,
        )
    )
    if gain.effect is Effect.MIXED:
        said.append(_("有得有失：时间与完成次数的变化方向相反"))
    asked = [promise(gain.former, before.procedure), promise(gain.target, after.procedure)]
    if asked[0] != asked[1]:
        said.insert(0, _("目标由“{before}”变为“{after}”", before=asked[0], after=asked[1]))
    return _("  {title}：{said}", title=target_title(gain.target), said=_("；").join(said))


def _gain_fields(gain: Gain) -> dict[str, Any]:
    return {
        "id": gain.target.id,
        "title": gain.target.title,
        "clause": gain.target.clause,
        "limit_min": gain.target.limit_min,
        "id_before": gain.former.id,
        "limit_before_min": gain.former.limit_min,
        "gain_min": gain.mean_min,
        "low": gain.low_min,
        "high": gain.high_min,
        "met_before": gain.counts.met_before,
        "met_after": gain.counts.met_after,
        "arrived_before": gain.counts.arrived_before,
        "arrived_after": gain.counts.arrived_after,
        "no_longer": gain.counts.no_longer,
        "only_now": gain.counts.only_now,
        "paired": gain.counts.paired,
        "effect": gain.effect,
        "p_better": gain.better_share,
        "share_worse": gain.worse_share,
    }


def validate(context: Context) -> Answer:
    """Every validation case with expected, obtained and tolerance; exit 1 if one fails."""
    name = context.arguments.engine
    cases = validation.run_cases(engine_named(name).play, cases=kept_validation.all_cases())
    return Answer(
        fields={"engine": name, "cases": [_case_fields(case) for case in cases]},
        lines=[
            f"{case.id}\t{'✓' if case.passed else '✗'}\t{_case_title(case)}\t{case.expected}\t{case.obtained}"
            for case in cases
        ],
        is_good=all(case.passed for case in cases),
    )


def _case_fields(case: CaseResult) -> dict[str, Any]:
    return {
        "id": case.id,
        "title": case.title,
        "title_en": case.title_en,
        "expected": case.expected,
        "obtained": case.obtained,
        "tolerance": case.tolerance,
        "mark": case.mark,
        "replay": case.is_replay,
        "passed": case.passed,
    }


def _case_title(case: CaseResult) -> str:
    title = case.title if language() == "zh" else case.title_en
    return _("{title}（复盘）", title=title) if case.is_replay else title


def replay(context: Context) -> Answer:
    """One real disaster played again, or all; exit 1 if a clock or the bottleneck is not the recorded one."""
    name = context.arguments.name
    played = [kept_validation.replay_facts(record) for record in ((replay_of(name),) if name else replays())]
    return Answer(
        fields={"replays": [_replay_fields(one) for one in played]},
        lines=[line for one in played for line in _replay_lines(one)],
        is_good=all(one.is_true for one in played),
    )


def _replay_fields(one: ReplayFacts) -> dict[str, Any]:
    return {
        "id": one.id,
        "case": one.case,
        "title": one.title,
        "title_en": one.title_en,
        "begins": one.begins,
        "source": one.source,
        "source_en": one.source_en,
        "mark": one.mark,
        "moments": [asdict(moment) for moment in one.moments],
        "losses": [asdict(loss) for loss in one.losses],
        "bottleneck": asdict(one.bottleneck),
        "end_min": one.end_min,
        "without_min": one.without_min,
        "passed": one.is_true,
    }


def _replay_lines(one: ReplayFacts) -> Iterator[str]:
    yield f"{one.case}\t{'✓' if one.is_true else '✗'}\t{told(one.title, one.title_en)}"
    for moment in one.moments:
        title = told(moment.title, moment.title_en)
        yield _(
            "  {clock} {title}：记录第 {recorded:g} 分钟，推演第 {played:g} 分钟",
            clock=moment.clock,
            title=title,
            recorded=moment.recorded_min,
            played=moment.played_min,
        )
    yield "  " + bottleneck_sentence(one)


def _progress(*, quiet: bool) -> Any:
    def heard(done: int, total: int) -> None:
        if not quiet and done % 100 == 0:
            tell(_("已推演 {done}/{total} 次", done=done, total=total))

    return heard


def study_fields(study: Study, cited: dict[str, str]) -> dict[str, Any]:
    """The JSON keys of a study."""
    return {
        "study": study.id,
        "plan": study.plan,
        "version": study.version,
        "scenario": study.scenario.id,
        "level": study.findings.level,
        "runs": study.findings.runs,
        "ending": study.findings.ending,
        "joint": study.findings.is_joint,
        "reused": study.is_reused,
        "cautions": [*cautions.of_study(study, language()), *cautions.of_means(study, language())],
        "engine": study.request.engine,
        "seed": study.seed,
        "hash": study.findings.results_hash,
        "footing": {kind.value: round(share, 6) for kind, share in study.findings.footing},
        "targets": [_target_fields(item, cited) for item in study.findings.targets],
        "bottlenecks": [_bottleneck_fields(item, study, cited) for item in study.savings],
        "shortfalls": [{"target": name, "said": said} for name, said in shortfalls(study, cited, language())],
        "not_concerned": list(study.findings.not_concerned),
        "resources": _resource_fields(study),
    }


def _resource_fields(study: Study) -> dict[str, Any]:
    """The resource set with what is behind every number of it."""
    return {
        "id": study.resources.id,
        "title": study.resources.title,
        "pools": [_pool_fields(count) for count in study.pools],
    }


def _pool_fields(count: PoolCount) -> dict[str, Any]:
    pool = count.pool
    return {
        "pool": pool.id,
        "title": pool.title,
        "units": count.units,
        "unit": unit_of(pool, language()),
        "from": _origin(count),
        "source": _source(count),
        "mark": count.mark,
        "entries": [plain(supply) for supply in count.supplies],
        "others": plain(count.others),
        "places": _places(count.local) if count.local else None,
    }


def _origin(count: PoolCount) -> str:
    if count.local:
        return "scenario"
    return REGISTER_UNITS if count.is_counted else OWN_UNITS


def _source(count: PoolCount) -> str:
    if count.local:
        return count.local.source
    return "" if count.is_counted else count.pool.source


def _places(local: LocalUnits) -> dict[str, int]:
    """For how many places the number is the sum, and the fewest and the most units one of them has to itself."""
    return {"count": local.places, "least": local.least, "most": local.most}


def _target_fields(item: TargetResult, cited: dict[str, str]) -> dict[str, Any]:
    target = item.target
    return {
        "id": target.id,
        "title": target.title,
        "clause": target.clause,
        "clause_number": cited.get(target.clause, ""),
        "kind": target.kind,
        "starts": target.starts,
        "clock": target.clock,
        "limit_min": target.limit_min,
        "share": target.share,
        "assurance": target.assurance,
        "p_met": item.p_met,
        "low": item.low,
        "high": item.high,
        "confidence": item.confidence,
        "p50_min": item.p50_min,
        "p90_min": item.p90_min,
        "quantiles": plain_numbers(item.quantiles),
        "mean": plain_numbers(item.mean),
        "censored_share": item.censored_share,
        "unconcerned_share": item.unconcerned_share,
        "weights": plain_numbers(item.weights),
        "cautions": list(item.cautions),
        "proposed": target.proposed,
        "provisional": item.is_provisional,
        "verdict": item.verdict,
    }


def plain_numbers(value: Any) -> Any:
    """A value, or several, as JSON with numbers as numbers."""
    if isinstance(value, tuple):
        return [plain_numbers(item) for item in value]
    return None if value is None else asdict(value)


def _bottleneck_fields(saving: Saving, study: Study, cited: dict[str, str]) -> dict[str, Any]:
    suspect = saving.suspect
    task = study.procedure.task(suspect.task)
    return {
        "cause": suspect.cause,
        "pool": suspect.pool,
        "task": suspect.task,
        "task_title": task.title,
        "clause": task.clause,
        "clause_number": cited.get(task.clause, ""),
        "target": suspect.target,
        "wait_min": suspect.lost_min,
        "saving_min": saving.mean_min,
        "saving_low_min": saving.low_min,
        "saving_high_min": saving.high_min,
        "counts": asdict(saving.counts) if saving.counts else None,
        "effect": saving.effect,
        "left": _loss_fields(saving.left, study) if saving.left else None,
    }


def _loss_fields(suspect: Suspect, study: Study) -> dict[str, Any]:
    return {
        "cause": suspect.cause,
        "pool": suspect.pool,
        "task": suspect.task,
        "task_title": study.procedure.task(suspect.task).title,
        "wait_min": suspect.lost_min,
    }


def _lines(study: Study, cited: dict[str, str], file: str) -> Iterator[str]:
    found = study.findings
    yield _("仿真研究 {id}：推演 {runs} 次，种子 {seed}", id=study.id, runs=found.runs, seed=found.seed)
    yield _("结果校验码 {hash}", hash=found.results_hash)
    if study.is_reused:
        yield _(
            "同样的推演在 {when} 已经做过，这是那次的结果；要重新计算的，加 --anew", when=instant_text(study.created_at)
        )
    for item in found.targets:
        title = item.target.title if language() == "zh" or not item.target.title_en else item.target.title_en
        verdict = VERDICTS[item.verdict][language()]
        number = cited.get(item.target.clause) or "—"
        mark = _("（拟议）") if item.target.proposed else ""
        low, high = bounds(item.low, item.high)
        met = f"{percent(item.p_met)} [{low}, {high}] / {percent(item.target.assurance)}"
        yield f"  {verdict}\t{met}\t{number}\t{title}{mark}"
    yield from (f"  {said}" for said in [*reservations(study), *cautions.of_means(study, language())])
    yield from (f"  {said}" for _target, said in shortfalls(study, cited, language()))
    words = Wording(language())
    for loss in bottlenecks(study, cited, words.language):
        yield _(
            "  制约：{task}，{cause}，在关键链上平均占用 {lost}；{relief}：{effect}",
            task=loss.task,
            cause=relief.cause_cell(words, loss),
            lost=minutes(words, loss.wait_min),
            relief=relief.relief(words, loss),
            effect=relief.effect(words, loss) + relief.remark(words, loss),
        )
    if file:
        yield _("报告已写入 {file}", file=file)


VERDICTS = {
    "adequate": {"zh": "充分", "en": "adequate"},
    "not_adequate": {"zh": "不足", "en": "not adequate"},
    "undecided": {"zh": "未定", "en": "undecided"},
}
