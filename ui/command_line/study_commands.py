"""``yuyan study run``: run a study, keep it, say what it found."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from plans_repo import assessment, cautions, studies, study_events
from plans_repo.causes import bottlenecks
from plans_repo.shortfalls import shortfalls
from plans_repo.studies import Request, Study
from plans_repo.study_engines import ENGINES
from plans_repo.word import relief
from plans_repo.word.numbers import bounds, minutes, percent
from plans_repo.word.wording import Wording
from sim.executor import Executor
from ui.command_line.answer import Answer
from ui.command_line.context import Context, require_writable, write_file
from ui.command_line.parts import answers
from ui.command_line.progress import Progress
from ui.command_line.study_fields import study_fields
from ui.components import timing_words
from ui.components.promises import target_title
from ui.components.verdict_table import reservations
from ui.components.version_standing import version_stands
from ui.wording import _, instant_text, language, n_


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
        durations=asked.durations,
        prior_weight=asked.prior_weight,
        known_until=asked.known_until,
        answers=answers(context),
    )
    with (
        executing(request.engine, asked.workers, asked.cluster) as executor,
        Progress(stream=sys.stderr, quiet=asked.json) as progress,
    ):
        done = studies.run(
            context.store,
            context.actor,
            request,
            progress=progress,
            executor=executor,
            anew=asked.anew,
        )
    with context.reading() as work:
        cited = study_events.cited(work, done)
        version = version_stands(work, [done.plan])[done.version]
        report = assessment.report(work, done.id, language()) if asked.out else b""
    file = write_file(asked.out, report) if asked.out else ""
    return Answer(
        fields=study_fields(done, cited) | ({"file": file} if file else {}),
        lines=list(_lines(done, version, cited, file)),
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


def _lines(study: Study, version: str, cited: dict[str, str], file: str) -> Iterator[str]:
    found = study.findings
    yield _("仿真研究 {id}：推演 {runs} 次，种子 {seed}", id=study.id, runs=found.runs, seed=found.seed)
    yield _("推演所用版本 {version}", version=version)
    yield _("结果校验码 {hash}", hash=found.results_hash)
    yield _("情景 {name}，校验码 {hash}", name=study.request.scenario, hash=study.event_hash)
    for one in study.answered:
        yield _("  组成事件 {part}：{plan}", part=one.part or "·", plan=one.title)
    yield from (f"  {said}" for said in study_events.counts_told(study, language()))
    if study.is_reused:
        yield _(
            "同样的推演在 {when} 已经做过，这是那次的结果；要重新计算的，加 --anew", when=instant_text(study.created_at)
        )
    if found.targets:
        confidence = percent(min(item.confidence for item in found.targets))
        yield _("  结论\t达标率 [{confidence} 区间] / 要求\t条款\t目标", confidence=confidence)
    for item in found.targets:
        title = item.target.title if language() == "zh" or not item.target.title_en else item.target.title_en
        verdict = VERDICTS[item.verdict][language()]
        number = cited.get(item.target.clause) or "—"
        mark = _("（拟议）") if item.target.proposed else ""
        verdict += _("（暂定）") if item.is_provisional else ""
        low, high = bounds(item.low, item.high)
        met = f"{percent(item.p_met)} [{low}, {high}] / {percent(item.target.assurance)}"
        yield f"  {verdict}\t{met}\t{number}\t{title}{mark}"
    yield from (f"  {said}" for said in [*reservations(study), *cautions.of_means(study, language())])
    yield from _calibrated_lines(study)
    yield from (f"  {said}" for _target, said in shortfalls(study, cited, language()))
    words = Wording(language())
    titles = {item.target.id: target_title(item.target) for item in found.targets}
    for loss in bottlenecks(study, cited, words.language):
        again = n_("（取 {count} 次重新推演）", loss.runs) if loss.runs else ""
        yield _(
            "  制约“{target}”：{task}，{cause}，在关键链上平均占用 {lost}；{relief}{again}：{effect}",
            target=titles.get(loss.target, loss.target),
            again=again,
            task=loss.task,
            cause=relief.cause_cell(words, loss),
            lost=minutes(words, loss.wait_min),
            relief=relief.relief(words, loss),
            effect=relief.effect(words, loss) + relief.remark(words, loss),
        )
    if file:
        yield _("报告已写入 {file}", file=file)


def _calibrated_lines(study: Study) -> Iterator[str]:
    """Which durations timings have changed, and for every target whether more runs or more drills."""
    if study.timings:
        yield "  " + timing_words.calibrated_words(study)
    for split in study.splits:
        title = target_title(study.procedure_target(split.target))
        yield _("  {title}：{said}", title=title, said=timing_words.split_words(split))


VERDICTS = {
    "adequate": {"zh": "充分", "en": "adequate"},
    "not_adequate": {"zh": "不足", "en": "not adequate"},
    "undecided": {"zh": "未定", "en": "undecided"},
}
