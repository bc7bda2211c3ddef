"""An opened plan as the command line tells it: the fields of the JSON answer, and lines to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from plans_repo.importing import OpenedPlan
from plans_repo.proposals import unbound_limits
from plans_repo.text.clause import Clause
from plans_repo.text.reading import Suggestion
from plans_repo.text.recognition import FoundLimit
from sim.plain import plain
from sim.procedure import Condition, Target
from ui.wording import _, limit_text, n_
from ui.wording.errors import worded


def opened_fields(opened: OpenedPlan) -> dict[str, Any]:
    """The JSON keys of an opened version."""
    procedure = opened.procedure
    return {
        "plan": opened.plan,
        "version": opened.version,
        "label": opened.label,
        "title": opened.title,
        "kind": opened.kind,
        "hazard": opened.hazard,
        "state": opened.state,
        "root_hash": opened.root_hash,
        "chars_in": opened.chars_in,
        "chars_kept": opened.chars_kept,
        "outline": [_heading_fields(clause) for clause in opened.outline],
        "levels": [_level_fields(level) for level in opened.levels],
        "time_limits": [_limit_fields(limit) for limit in opened.time_limits],
        "targets": target_fields(procedure.targets) if procedure else [],
        "unbound": [_limit_fields(limit) for limit in _unbound(opened)],
        "tracked": opened.tracked,
        "suggestions": [suggestion_fields(one) for one in opened.suggestions],
        "corrections": plain(opened.record) if opened.record and not opened.record.is_as_read else None,
        "warnings": [*map(_notice, opened.warnings), *map(_notice, opened.unplaced)],
    }


def _unbound(opened: OpenedPlan) -> Sequence[FoundLimit]:
    """Response limits that no target carries; a simulation does not judge them."""
    if opened.procedure is None:
        return opened.time_limits
    return unbound_limits(opened.procedure, opened.clauses)


def _heading_fields(clause: Clause) -> dict[str, Any]:
    return {"level": clause.level, "number": clause.number, "title": clause.title, "clause": clause.id}


def _level_fields(level: Any) -> dict[str, Any]:
    return {
        "level": level.label,
        "conditions": [_sentence(condition) for condition in level.conditions],
        "decided_by": level.decided_by,
        "clause": level.clause,
    }


def _sentence(condition: Condition | str) -> str:
    return condition if isinstance(condition, str) else condition.text


def _limit_fields(limit: Any) -> dict[str, Any]:
    return {
        "clause": limit.clause,
        "text": limit.text,
        "minutes": limit.minutes,
        "who": limit.who,
        "to": limit.to,
        "starts": limit.starts,
    }


def target_fields(targets: Iterable[Target]) -> list[dict[str, Any]]:
    """The JSON keys of targets."""
    return [
        {
            "id": target.id,
            "title": target.title,
            "clause": target.clause,
            "kind": target.kind,
            "task": target.task,
            "starts": target.starts,
            "clock": target.clock,
            "levels": list(target.levels),
            "circumstances": list(target.circumstances),
            "limit_min": target.limit_min,
            "share": target.share,
            "assurance": target.assurance,
            "proposed": target.proposed,
            "source": target.source,
        }
        for target in targets
    ]


def suggestion_fields(one: Suggestion) -> dict[str, Any]:
    """The JSON keys of a suggestion."""
    return {
        "id": one.id,
        "kind": one.kind,
        "author": one.author,
        "at": one.at,
        "before": one.before,
        "after": one.after,
        "clause": one.clause,
        "near": one.near,
    }


def _notice(notice: Any) -> dict[str, Any]:
    return {name: getattr(notice, name) for name in notice.__dataclass_fields__}


def opened_lines(opened: OpenedPlan) -> Iterator[str]:
    yield _("{title}（预案 {plan}，版本 {version}）", title=opened.title, plan=opened.plan, version=opened.version)
    yield _("原文可见字符 {chars_in}，保留 {chars_kept}", chars_in=opened.chars_in, chars_kept=opened.chars_kept)
    yield _("，").join(
        (
            n_("条款 {count} 条", len(opened.outline)),
            n_("响应级别 {count} 级", len(opened.levels)),
            n_("时限 {count} 处", len(opened.time_limits)),
            n_("拟议目标 {count} 项", len(opened.procedure.targets) if opened.procedure else 0),
        )
    )
    for clause in opened.outline:
        yield f"{'  ' * clause.level}{clause.number} {clause.title}".rstrip()
    for limit in _unbound(opened):
        yield _("未列入目标的时限：{duration}，“{text}”", duration=limit_text(limit.minutes), text=limit.text)
    for notice in opened.warnings:
        yield _("注意：{notice}", notice=worded(notice.code, dict(notice.fields)))
    for one in opened.unplaced:
        yield _("位置待定的文字：{text}", text=one.text)
