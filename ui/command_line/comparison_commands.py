"""``yuyan study compare``: two versions of a plan, or more units, on the same luck."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from plans_repo import studies
from plans_repo.compared_forces import Played, entries_of, forces, forces_told, given
from plans_repo.packs.cases import made_for
from plans_repo.studies import Asked, Request
from plans_repo.study_engines import DEFAULT_ENGINE, ENGINES
from plans_repo.word.relief import shift
from plans_repo.word.wording import Wording
from sim import comparison
from sim.anomaly import anomalies
from sim.comparison import Comparison, Gain
from sim.pairs import Effect
from sim.plain import plain
from sim.procedure import Target
from sim.question import Question
from sim.variants import with_units
from ui.command_line.answer import Answer
from ui.command_line.context import Context
from ui.command_line.parts import answers
from ui.components.analysis_words import warning
from ui.components.promises import promise, target_title
from ui.wording import _, language, n_, share_text


def compare(context: Context) -> Answer:
    """What version B gains on version A against one scenario, on the same luck."""
    asked, answered = context.arguments, answers(context)
    with context.reading() as work:
        sides = [
            studies.ask(
                work,
                Request(
                    plan=asked.plan,
                    scenario=asked.scenario,
                    version=name,
                    resource_set=asked.resources,
                    answers=answered,
                ),
            )
            for name in (asked.a, asked.b)
        ]
    before, after = (side.question for side in sides)
    after = with_units(after, asked.units) if asked.units else after
    with context.reading() as work:
        had = forces(
            work,
            asked.plan,
            _played(sides[0], before),
            replace(_played(sides[1], after), given=given(asked.units)),
        )
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
            "forces": plain(had),
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
            *(f"  {said}" for said in forces_told(had, language())),
            *(_gain_line(gain, before, after) for gain in found.gains),
            *map(warning, warned),
            *_left_out(found),
        ],
    )


def _played(side: Asked, question: Question) -> Played:
    return Played(version=side.version, question=question, entries=entries_of(side.supplies))


def _left_out(found: Comparison) -> Iterator[str]:
    """What the list of gains does not hold, and why."""
    if found.only_before:
        yield _("  未比较，只有 A方有可推演的目标：{titles}", titles=_titles(found.only_before))
    if found.only_after:
        yield _("  未比较，只有 B方有可推演的目标：{titles}", titles=_titles(found.only_after))
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
        change, interval = shift(Wording(language()), gain.mean_min, gain.low_min, gain.high_min)
        said.append(_("平均用时：{change}{interval}", change=change, interval=interval))
    said.append(
        _(
            "{runs} 次中 {better} 更好，{worse} 更差",
            runs=runs,
            better=share_text(gain.better_share, digits=0),
            worse=share_text(gain.worse_share, digits=0),
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
