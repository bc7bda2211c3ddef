"""What a study says about every promise: one sentence first, then the table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from plans_repo import cautions
from plans_repo.packs.cases import made_for
from plans_repo.studies import Study
from plans_repo.word.numbers import bounds, percent
from sim.figure import Mark
from sim.procedure import Target
from sim.statistics import Verdict
from sim.study import TargetResult
from ui.components.badges import badge, mark, verdict
from ui.components.cells import card_table, sourced, unbroken
from ui.components.clause_pages import ClausePages
from ui.components.html import Html, join, link, tag
from ui.components.promises import measured_text, promise, target_title
from ui.wording import _, language, n_, share_text

SHORT = 56
"""Characters of a clause that a reader needs to recognise it; the whole is on hovering."""


def conclusion(study: Study) -> str:
    """The whole result in one plain sentence; what is undecided is never counted as adequate."""
    found = Counter(result.verdict for result in study.findings.targets)
    return _(
        "共检验 {all} 项目标：充分 {good} 项，不足 {bad} 项，未定 {open} 项。",
        all=len(study.findings.targets),
        good=found[Verdict.ADEQUATE],
        bad=found[Verdict.NOT_ADEQUATE],
        open=found[Verdict.UNDECIDED],
    )


def short_conclusion(verdicts: Sequence[Verdict]) -> str:
    """The same in a cell of a list: how many are adequate, not adequate and undecided."""
    found = Counter(verdicts)
    return _(
        "充分 {good}，不足 {bad}，未定 {open}",
        good=found[Verdict.ADEQUATE],
        bad=found[Verdict.NOT_ADEQUATE],
        open=found[Verdict.UNDECIDED],
    )


def reservations(study: Study) -> list[str]:
    """What must be said together with the result."""
    results = study.findings.targets
    said = []
    if results and not any(result.target.clause for result in results):
        said.append(_("所检验的目标没有一项绑定本预案条文，不能据此判断本预案是否充分。"))
    if any(result.verdict is Verdict.UNDECIDED for result in results):
        said.append(_("“未定”表示推演次数尚不足以判定，不得视为充分；可增加推演次数后再判。"))
    said.extend(cautions.of_study(study, language()))
    if any(result.target.proposed for result in results):
        said.append(_("部分目标为系统拟议，尚未经编制人确认。"))
    if any(result.is_provisional for result in results):
        said.append(_("标“暂定”的结论所依据的用时多为专家估计或模板默认值，须以演练或资料校准后再用。"))
    if any(not condition.clause for condition in study.level_conditions):
        said.append(_("预案没有写明本情景可以对照的量化启动条件，响应级别按灾种模板判定，待确认。"))
    if untouched := study.unasked(made=True):
        said.append(n_("另有 {count} 项目标本情景没有触及，未作检验。", len(untouched)))
    if others := study.unasked(made=False):
        said.append(n_("另有 {count} 项目标只对其他响应级别或者情形作出承诺，不适用于本情景。", len(others)))
    return said


def verdict_table(
    study: Study,
    cited: Mapping[str, str],
    excerpts: Mapping[str, str],
    pages: ClausePages,
    beside: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> Html:
    """A row for every target; who may revise the plan gets from what is not adequate to its clause in the draft."""
    heads = [_("结论"), _("目标与承诺"), _("达标概率与区间"), _("要求"), _("半数推演"), _("九成推演")]
    rows = [
        [
            _judged(result),
            _promised(result, study, cited, excerpts, pages, beside.get(result.target.id, ())),
            _met(result),
            share_text(result.target.assurance, digits=0),
            _kept(result, result.p50_min),
            _kept(result, result.p90_min),
        ]
        for result in study.findings.targets
    ]
    return card_table(heads, rows, cls="yy-verdicts")


def unasked(study: Study, *, made: bool) -> list[str]:
    """The titles of targets that were not judged, with the cases they are made for.

    Those *made* for the event, which gives them nothing to measure, or those not made for it.
    """
    return [_titled(target) for target in study.unasked(made=made)]


def _titled(target: Target) -> str:
    cases = made_for(target.levels, target.circumstances, language())
    return _("{title}（{cases}）", title=target_title(target), cases=cases) if cases else target_title(target)


def interval_words(result: TargetResult) -> str:
    """The interval of the share met, as the report prints it."""
    low, high = bounds(result.low, result.high)
    return _("{low}～{high}", low=low, high=high)


def _judged(result: TargetResult) -> Html:
    notes = [verdict(result.verdict)]
    if result.target.proposed:
        notes.append(badge(_("拟议"), "warn"))
    if result.is_provisional:
        notes.append(badge(_("暂定"), "warn"))
    return tag("div", *notes, cls="yy-stack")


def _met(result: TargetResult) -> Html:
    """The share met as a number, and as a bar with the interval and the required share on it."""
    low, high, need = (f"{100 * value:.1f}%" for value in (result.low, result.high, result.target.assurance))
    width = f"{100 * (result.high - result.low):.1f}%"
    bar = tag(
        "span",
        tag("i", style=f"left:{low};width:{width}", cls=f"yy-range yy-range-{result.verdict.value}"),
        tag("i", style=f"left:{100 * result.p_met:.1f}%", cls="yy-point"),
        tag("i", style=f"left:{need}", cls="yy-need"),
        cls="yy-scale",
        title=_("区间 {low}～{high}，要求 {need}", low=low, high=high, need=need),
    )
    return tag("div", tag("b", percent(result.p_met)), " ", tag("span", interval_words(result), cls="yy-dim"), bar)


def _kept(result: TargetResult, minutes: float | None) -> Html:
    if minutes is None:
        return tag("span", _("未完成"), cls="yy-dim", title=_("相应比例的推演没有完成这一目标"))
    return join([measured_text(result.target, minutes)])


def _promised(
    result: TargetResult,
    study: Study,
    cited: Mapping[str, str],
    excerpts: Mapping[str, str],
    pages: ClausePages,
    beside: Sequence[str],
) -> Html:
    """The target, what it asks, and the clause that says so."""
    target = result.target
    lines = [tag("b", target_title(target)), tag("div", promise(target, study.procedure))]
    if target.clause in cited:
        where = unbroken(link(cited[target.clause], pages.of(target.clause)))
        said = target.source if target.mark is Mark.PLAN and target.source else excerpts.get(target.clause, "")
        lines.append(tag("div", where, " ", tag("span", _short(said), title=said), cls="yy-source"))
        lines += [tag("div", said, cls="yy-missing") for said in beside]
        draft = pages.draft_of(target.clause)
        if draft and result.verdict is not Verdict.ADEQUATE:
            lines.append(link(_("据此修改"), draft))
    else:
        lines.append(sourced(mark(target.mark), target.source))
    return tag("div", *lines)


def _short(words: str) -> str:
    return words if len(words) <= SHORT else words[: SHORT - 1] + "…"
