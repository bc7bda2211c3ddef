"""``yuyan study choose | weak | sensitivity | doubt``: what a plan needs, hangs on, and would gain from knowing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from typing import Any

from plans_repo import analyses
from plans_repo.analyses import Looked
from plans_repo.packs.naming import has_name, name_of
from plans_repo.studies import Request
from plans_repo.word.numbers import bounds, percent
from sim import choice, influences, weak_points
from sim import doubt as doubts
from sim.anomaly import Anomaly
from sim.choice import Choice, Guarantee, Judged
from sim.doubt import Split
from sim.influences import Measure, Range, Sway, Sways
from sim.plain import plain
from sim.procedure import Procedure, Target
from sim.stopping import StopRule
from sim.weak_points import Loss, LossKind, Step, WeakPoint
from ui.command_line.answer import Answer
from ui.command_line.context import Context
from ui.command_line.study_fields import split_fields
from ui.components import timing_words
from ui.components.promises import pool_title, target_title, task_title
from ui.wording import _, language, later, n_

GUARANTEES = {
    Guarantee.CHEAPEST: later("该配置达到全部保证率，更省的配置都达不到"),
    Guarantee.OPEN: later("该配置达到全部保证率；有更省的配置在规定次数内未能判定，不能断言它最省"),
    Guarantee.FOUND: later("该配置达到全部保证率；候选太多，只按次序找过一部分，不保证没有更省的"),
    Guarantee.NONE: later("所列范围内没有一种配置达到全部保证率"),
    Guarantee.UNKNOWN: later("没有找到达到全部保证率的配置，但不能证明没有"),
}
LOSSES = {
    LossKind.ONE_UNIT: later("{name}少一个单位"),
    LossKind.ALL_UNITS: later("{name}全部失去"),
    LossKind.ABSENT: later("{name}缺席"),
    LossKind.LOST: later("{name}中断"),
    LossKind.SHUT: later("条件“{name}”始终不具备"),
}


def _looked(context: Context) -> Looked:
    asked = context.arguments
    request = Request(
        plan=asked.plan, scenario=asked.scenario, version=asked.version, resource_set=asked.resources, seed=asked.seed
    )
    return analyses.look_up(context.store, context.actor, request)


def _answer(context: Context, looked: Looked, found: dict[str, Any], lines: Iterator[str]) -> Answer:
    asked = context.arguments
    head = {"plan": asked.plan, "version": looked.asked.version, "scenario": asked.scenario, "seed": looked.seed}
    return Answer(fields=head | found, lines=list(lines))


# ---- the cheapest units ----------------------------------------------------------------------------------------------


def choose(context: Context) -> Answer:
    """The cheapest units that keep the promises with their assurance."""
    asked, looked = context.arguments, _looked(context)
    offers = [replace(each, unit=asked.cost_unit, source=asked.source) for each in asked.offer]
    found = choice.choose(
        looked.question, offers, seed=looked.seed, targets=asked.target, rule=StopRule(most_runs=asked.most_runs)
    )
    fields = {
        "offers": plain(offers),
        "guarantee": found.guarantee,
        "confidence": found.confidence,
        "sets": found.sets,
        "judged": found.judged,
        "best": _judged_fields(found.best),
        "runner_up": _judged_fields(found.runner_up),
        "undecided": [_judged_fields(each) for each in found.undecided],
        "ruled_out": [_judged_fields(each) for each in found.ruled_out],
    }
    return _answer(context, looked, fields, _choice_lines(found, looked.question.procedure, asked.cost_unit))


def _judged_fields(judged: Judged | None) -> dict[str, Any] | None:
    if judged is None:
        return None
    return {
        "units": dict(judged.units),
        "cost": judged.cost,
        "runs": judged.runs,
        "verdict": judged.verdict,
        "targets": [asdict(each) for each in judged.reached],
    }


def _choice_lines(found: Choice, procedure: Procedure, unit: str) -> Iterator[str]:
    yield _(
        "{said}（可信度 {confidence}，共 {sets} 种配置，推演了 {judged} 种）",
        said=_(GUARANTEES[found.guarantee]),
        confidence=percent(round(found.confidence, 6)),
        sets=found.sets,
        judged=found.judged,
    )
    if found.best:
        yield _("  最省：{set}", set=_set(found.best, procedure, unit))
    if found.runner_up:
        yield _("  其次：{set}", set=_set(found.runner_up, procedure, unit))
    for each in found.undecided:
        yield _("  未定：{set}", set=_set(each, procedure, unit))
    for each in found.ruled_out:
        yield _("  排除：{set}", set=_set(each, procedure, unit))


def _set(judged: Judged, procedure: Procedure, unit: str) -> str:
    units = _("、").join(f"{pool_title(procedure, pool)} {count}" for pool, count in judged.units)
    least = min(judged.reached, key=lambda each: each.p_met - each.assurance)
    low, high = bounds(least.low, least.high)
    return _(
        "{units}，费用 {cost:g}{unit}，最紧的目标达标 {met} [{low}, {high}]，推演 {runs} 次",
        units=units,
        cost=judged.cost,
        unit=unit,
        met=percent(least.p_met),
        low=low,
        high=high,
        runs=judged.runs,
    )


# ---- weak points -----------------------------------------------------------------------------------------------------


def weak(context: Context) -> Answer:
    """What the response cannot do without, one thing at a time and several at once."""
    asked, looked = context.arguments, _looked(context)
    found = weak_points.weak_points(looked.question, seed=looked.seed, runs=asked.runs, targets=asked.target)
    open_ = {target.id for target in found.not_kept}
    steps = weak_points.resilience(
        looked.question,
        seed=looked.seed,
        runs=max(1, asked.runs // 4),
        targets=[name for name in asked.target or looked.targets if name not in open_] or asked.target,
        most_failures=asked.failures,
    )
    fields = {
        "runs": found.runs,
        "confidence": found.confidence,
        "tried": [asdict(loss) for loss in found.losses],
        "breaking": [_point_fields(point, looked) for point in found.breaking],
        "weakening": [_point_fields(point, looked) for point in found.weakening],
        "not_kept": [target.id for target in found.not_kept],
        "resilience": [asdict(step) for step in steps],
    }
    procedure = looked.question.procedure
    lines = [
        _(
            "试过 {count} 处失效，其中 {bad} 处使已能兑现的目标落空",
            count=len(found.losses),
            bad=len({p.loss for p in found.breaking}),
        ),
        *(_("  落空：{said}", said=_point(point, looked)) for point in found.breaking),
        *(_("  削弱：{said}", said=_point(point, looked)) for point in found.weakening),
        *(_("  本来就不能保证：{title}", title=target_title(target)) for target in found.not_kept),
        *(_step(step, procedure) for step in steps),
    ]
    return _answer(context, looked, fields, iter(lines))


def _point_fields(point: WeakPoint, looked: Looked) -> dict[str, Any]:
    return {
        "kind": point.loss.kind,
        "of": point.loss.of,
        "target": point.target.id,
        "clause": point.target.clause,
        "clause_number": looked.clause_of(point.target),
        "before": point.before,
        "after": point.after,
        "after_low": point.after_low,
        "after_high": point.after_high,
        "change": point.change,
        "change_low": point.change_low,
        "change_high": point.change_high,
    }


def _loss(loss: Loss, procedure: Procedure) -> str:
    if loss.kind is not LossKind.SHUT:
        return _(LOSSES[loss.kind], name=pool_title(procedure, loss.of))
    known = has_name("cause", loss.of)
    return _(LOSSES[loss.kind], name=name_of("cause", loss.of, language()) if known else loss.of)


def _point(point: WeakPoint, looked: Looked) -> str:
    return _(
        "{loss}，{number} {title} 的达标率由 {before} 变为 {after}（变化 {low:+.0%} 至 {high:+.0%}）",
        loss=_loss(point.loss, looked.question.procedure),
        number=looked.clause_of(point.target) or "—",
        title=target_title(point.target),
        before=percent(point.before),
        after=percent(point.after),
        low=point.change_low,
        high=point.change_high,
    )


def _step(step: Step, procedure: Procedure) -> str:
    low, high = bounds(step.low, step.high)
    said = _(
        "  同时失效 {failures} 处：目标全部兑现 {met} [{low}, {high}]",
        failures=step.failures,
        met=percent(step.p_met),
        low=low,
        high=high,
    )
    if not step.worst:
        return said
    worst = _("、").join(_loss(loss, procedure) for loss in step.worst)
    return _("{said}；最坏 {share}（{worst}）", said=said, share=percent(step.worst_p_met), worst=worst)


# ---- influences ------------------------------------------------------------------------------------------------------


def sensitivity(context: Context) -> Answer:
    """Which medians and parameters the answer hangs on, target by target."""
    asked, looked = context.arguments, _looked(context)
    ranges = (*analyses.ranges_of(looked.question), *asked.parameter)
    every = [
        influences.sways(
            looked.question, ranges, target=target, seed=looked.seed, runs=asked.runs, measure=asked.measure
        )
        for target in _targets(asked.target, looked)
    ]
    fields = {"runs": asked.runs, "measure": asked.measure, "targets": [plain(found) for found in every]}
    return _answer(context, looked, fields, (line for found in every for line in _tornado(found, looked)))


def _targets(asked: Sequence[str], looked: Looked) -> Sequence[str]:
    return asked or looked.targets[:1]


def _target(name: str, looked: Looked) -> Target:
    return next(aims.target for aims in looked.question.aims if aims.target.id == name)


def _tornado(found: Sways, looked: Looked) -> Iterator[str]:
    def figure(value: float) -> str:
        return percent(value) if found.measure is Measure.P_MET else _("{minutes:.1f} 分钟", minutes=value)

    title = target_title(_target(found.target, looked))
    yield _("{title}：按现有数据 {base}", title=title, base=figure(found.base))
    for sway in found.sways:
        if sway.screening.effect > 0 or sway.width > 0:
            yield _(
                "  {name}（{range}）：{low} 至 {high}，影响 {effect:.3g} ± {half:.2g}{share}",
                name=_figure_name(sway.range, looked.question.procedure),
                range=_range(sway.range),
                low=figure(sway.at_low),
                high=figure(sway.at_high),
                effect=sway.screening.effect,
                half=sway.screening.effect_half,
                share=_share(sway),
            )
    idle = sum(sway.screening.effect == 0 and sway.width == 0 for sway in found.sways)
    if idle:
        yield n_("  另有 {count} 项没有影响", idle)


def _figure_name(each: Range, procedure: Procedure) -> str:
    return each.name if each.is_parameter else task_title(procedure, each.name)


def _range(each: Range) -> str:
    form = "{low:g}～{high:g}" if each.is_parameter else "×{low:.2g}～×{high:.2g}"
    return form.format(low=each.low, high=each.high)


def _share(sway: Sway) -> str:
    if sway.influence is None:
        return ""
    return _(
        "，占波动 {alone:.0%} ± {half:.0%}，连同交互 {in_all:.0%}",
        alone=sway.influence.alone,
        half=sway.influence.alone_half,
        in_all=sway.influence.in_all,
    )


# ---- more runs or more drills ----------------------------------------------------------------------------------------


def doubt(context: Context) -> Answer:
    """Whether more runs or more drills would make the answer surer, target by target."""
    asked, looked = context.arguments, _looked(context)
    held = analyses.doubts_of(looked.question)
    every = [
        doubts.split(looked.question, held, target=target, seed=looked.seed, study_runs=asked.runs, draws=asked.draws)
        for target in _targets(asked.target, looked)
    ]
    fields = {"runs": asked.runs, "targets": [split_fields(each) for each in every]}
    return _answer(context, looked, fields, (_split(each, looked) for each in every))


def _split(found: Split, looked: Looked) -> str:
    title = target_title(_target(found.target, looked))
    return _("{title}：{said}", title=title, said=timing_words.split_words(found))


# ---- more is not always better ---------------------------------------------------------------------------------------


def warning(one: Anomaly) -> str:
    """That units added made a promise slower in some runs."""
    low, high = bounds(one.low, one.high)
    return _(
        "  注意：只增加了力量，“{title}”却在 {runs} 次中有 {worse} 次更晚（{low} 至 {high}）；增派后要核对任务先后次序",
        title=target_title(one.target),
        runs=one.runs,
        worse=one.worse,
        low=low,
        high=high,
    )
