"""What the analyses of a study say, in the words of the pages and the command line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from plans_repo.supplies import unit_of
from plans_repo.word.numbers import bounds, percent
from sim.anomaly import Anomaly
from sim.choice import Guarantee, Judged, Offer
from sim.doubt import Split
from sim.influences import Range, Sway
from sim.procedure import Procedure, Target
from sim.scenario import Parameter
from sim.weak_points import Loss, LossKind, Step, WeakPoint
from ui.components import timing_words
from ui.components.event_words import gate_title
from ui.components.promises import pool_title, target_title, task_title
from ui.wording import _, language, later

GUARANTEES = {
    Guarantee.CHEAPEST: later("该配置达到全部保证率，所列更省的配置逐一推演均未达到；整个结论以所注可信度为限"),
    Guarantee.OPEN: later("该配置达到全部保证率；有更省的配置在规定次数内未能判定，不能断言它最省"),
    Guarantee.FOUND: later("该配置达到全部保证率；候选太多，只按次序找过一部分，不保证没有更省的"),
    Guarantee.NONE: later("所列范围内的配置逐一推演，没有一种达到全部保证率；整个结论以所注可信度为限"),
    Guarantee.UNKNOWN: later("没有找到达到全部保证率的配置，但不能证明没有"),
}
LOSSES = {
    LossKind.ONE_UNIT: later("{name}少一{unit}（不论哪一{unit}）"),
    LossKind.ONE_EACH: later("{name}每处各少一{unit}"),
    LossKind.ALL_UNITS: later("{name}全部失去"),
    LossKind.ABSENT: later("{name}缺席"),
    LossKind.LOST: later("{name}中断"),
    LossKind.SHUT: later("条件“{name}”始终不具备"),
}


def set_words(judged: Judged, procedure: Procedure, unit: str) -> str:
    """The units of a set, what they cost, and how near its tightest promise is."""
    units = _("、").join(f"{pool_title(procedure, pool)} {count}" for pool, count in judged.units)
    least = min(judged.reached, key=lambda each: each.p_met - each.assurance)
    low, high = bounds(least.low, least.high)
    titles = {target.id: target_title(target) for target in procedure.targets}
    return _(
        "{units}，费用 {cost:g}{unit}，最紧的目标“{title}”达标 {met} [{low}, {high}]，推演 {runs} 次",
        title=titles.get(least.target, least.target),
        units=units,
        cost=judged.cost,
        unit=unit,
        met=percent(least.p_met),
        low=low,
        high=high,
        runs=judged.runs,
    )


def cost_words(offers: Sequence[Offer], procedure: Procedure) -> str:
    """What a unit of each pool on offer was counted at; that nothing but numbers was compared where all cost 1."""
    if all(offer.cost == 1 for offer in offers):
        return _("各类力量每单位费用都按 1 计（缺省），比的是单位总数；要按实际费用比选，请写明每单位费用。")
    each = (
        _("{name} {cost:g}{unit}", name=pool_title(procedure, offer.pool), cost=offer.cost, unit=offer.unit)
        for offer in offers
    )
    return _("每单位费用：{list}。", list=_("、").join(each))


def loss_words(loss: Loss, procedure: Procedure, events: Mapping[str, str] = MappingProxyType({})) -> str:
    """What is taken away: of a pool that serves everybody one unit, whichever it is; of a station's its own.

    *events* are the titles of several events by part, for what belongs to one of them.
    """
    if loss.kind is LossKind.ONE_UNIT and procedure.pool(loss.of).of:
        return _("{name}少一{unit}", name=pool_title(procedure, loss.of), unit=_unit(loss, procedure))
    if loss.kind in (LossKind.ONE_UNIT, LossKind.ONE_EACH):
        return _(LOSSES[loss.kind], name=pool_title(procedure, loss.of), unit=_unit(loss, procedure))
    if loss.kind is LossKind.ALL_UNITS and procedure.pool(loss.of).is_place:
        return _("{name}不能出动", name=pool_title(procedure, loss.of))
    if loss.kind is not LossKind.SHUT:
        return _(LOSSES[loss.kind], name=pool_title(procedure, loss.of))
    return _(LOSSES[loss.kind], name=gate_title(loss.of, events))


def _unit(loss: Loss, procedure: Procedure) -> str:
    return unit_of(procedure.pool(loss.of), language())


def point_words(
    point: WeakPoint, procedure: Procedure, number: str, events: Mapping[str, str] = MappingProxyType({})
) -> str:
    """What a loss does to a promise."""
    return _(
        "{loss}，{number} {title} 的达标率由 {before} 变为 {after}（变化 {low:+.0f} 至 {high:+.0f} 个百分点）",
        loss=loss_words(point.loss, procedure, events),
        number=number or "—",
        title=target_title(point.target),
        before=percent(point.before),
        after=percent(point.after),
        low=point.change_low * 100,
        high=point.change_high * 100,
    )


def step_words(step: Step, procedure: Procedure, events: Mapping[str, str] = MappingProxyType({})) -> str:
    """How often all promises are kept with so many failures at once."""
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
    worst = _("、").join(loss_words(loss, procedure, events) for loss in step.worst)
    return _("{said}；最坏 {share}（{worst}）", said=said, share=percent(step.worst_p_met), worst=worst)


def figure_name(each: Range, procedure: Procedure, parameters: Iterable[Parameter] = ()) -> str:
    """A task or a parameter by its title."""
    if not each.is_parameter:
        return task_title(procedure, each.name)
    titles = {one.name: one.title if language() == "zh" else one.title_en or one.title for one in parameters}
    return titles.get(each.name) or each.name


def range_words(each: Range) -> str:
    """Between which bounds a figure was moved."""
    form = "{low:g}～{high:g}" if each.is_parameter else "×{low:.2g}～×{high:.2g}"
    return form.format(low=each.low, high=each.high)


def share_words(sway: Sway) -> str:
    """Which part of the spread a figure explains, "" where that was not worked out."""
    if sway.influence is None:
        return ""
    return _(
        "，占波动 {alone:.0%} ± {half:.0%}，连同交互 {in_all:.0%}",
        alone=sway.influence.alone,
        half=sway.influence.alone_half,
        in_all=sway.influence.in_all,
    )


def split_words(found: Split, target: Target) -> str:
    """Whether more runs or more drills for a promise, and why."""
    return _("{title}：{said}", title=target_title(target), said=timing_words.split_words(found))


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
