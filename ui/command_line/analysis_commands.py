"""``yuyan study choose | weak | sensitivity | doubt``: what a plan needs, hangs on, and would gain from knowing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from typing import Any

from plans_repo import analyses
from plans_repo.analyses import Looked
from plans_repo.studies import Request
from plans_repo.word.numbers import percent
from sim import choice, influences, weak_points
from sim import doubt as doubts
from sim.choice import Choice, Judged
from sim.compound import CompoundQuestion
from sim.influences import Measure, Sways
from sim.plain import plain
from sim.procedure import Procedure, Target
from sim.stopping import StopRule
from sim.weak_points import WeakPoint
from ui.command_line.answer import Answer
from ui.command_line.context import Context
from ui.command_line.parts import answers
from ui.command_line.study_fields import split_fields
from ui.components.analysis_words import (
    GUARANTEES,
    cost_words,
    figure_name,
    point_words,
    range_words,
    set_words,
    share_words,
    split_words,
    step_words,
)
from ui.components.event_words import event_titles
from ui.components.promises import target_title
from ui.wording import _, n_


def _looked(context: Context) -> Looked:
    asked = context.arguments
    request = Request(
        plan=asked.plan,
        scenario=asked.scenario,
        version=asked.version,
        resource_set=asked.resources,
        seed=asked.seed,
        answers=answers(context),
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
    procedure = looked.question.procedure
    lines = [*_choice_lines(found, procedure, asked.cost_unit), "  " + cost_words(offers, procedure)]
    return _answer(context, looked, fields, iter(lines))


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
        yield _("  最省：{set}", set=set_words(found.best, procedure, unit))
    if found.runner_up:
        yield _("  其次：{set}", set=set_words(found.runner_up, procedure, unit))
    for each in found.undecided:
        yield _("  未定：{set}", set=set_words(each, procedure, unit))
    for each in found.ruled_out:
        yield _("  排除：{set}", set=set_words(each, procedure, unit))


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
    events = event_titles(looked.question.compound if isinstance(looked.question, CompoundQuestion) else None)

    def said(point: WeakPoint) -> str:
        return point_words(point, procedure, looked.clause_of(point.target), events)

    lines = [
        _(
            "试过 {count} 处失效，其中 {bad} 处使已能兑现的目标落空",
            count=len(found.losses),
            bad=len({p.loss for p in found.breaking}),
        ),
        *(_("  落空：{said}", said=said(point)) for point in found.breaking),
        *(_("  削弱：{said}", said=said(point)) for point in found.weakening),
        *(_("  本来就不能保证：{title}", title=target_title(target)) for target in found.not_kept),
        *(step_words(step, procedure, events) for step in steps),
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


# ---- influences ------------------------------------------------------------------------------------------------------


def sensitivity(context: Context) -> Answer:
    """Which medians and parameters the answer hangs on, target by target."""
    asked, looked = context.arguments, _looked(context)
    ranges = (*analyses.ranges_of(looked.question), *asked.parameter)
    measure = Measure(asked.measure)
    every = [
        influences.sways(looked.question, ranges, target=target, seed=looked.seed, runs=asked.runs, measure=measure)
        for target in _targets(asked.target, looked)
    ]
    fields = {"runs": asked.runs, "measure": measure, "targets": [plain(found) for found in every]}
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
                name=figure_name(sway.range, looked.question.procedure, looked.parameters),
                range=range_words(sway.range),
                low=figure(sway.at_low),
                high=figure(sway.at_high),
                effect=sway.screening.effect,
                half=sway.screening.effect_half,
                share=share_words(sway),
            )
    idle = sum(sway.screening.effect == 0 and sway.width == 0 for sway in found.sways)
    if idle:
        yield n_("  另有 {count} 项没有影响", idle)


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
    return _answer(context, looked, fields, (split_words(each, _target(each.target, looked)) for each in every))
