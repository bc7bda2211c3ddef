"""``yuyan study validate`` and ``yuyan study replay``: the engine against cases and real disasters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from plans_repo import validation as kept_validation
from plans_repo.packs.replays import replay_of, replays
from plans_repo.study_engines import engine_named
from plans_repo.validation import ReplayFacts
from sim import validation
from sim.validation import CaseResult
from ui.command_line.answer import Answer
from ui.command_line.context import Context
from ui.components.plan_names import told
from ui.components.replay_words import bottleneck_sentence
from ui.wording import _, language


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
