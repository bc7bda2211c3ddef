"""The JSON keys of a study."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from plans_repo import cautions
from plans_repo.local_units import LocalUnits
from plans_repo.scenarios import OWN_UNITS, REGISTER_UNITS
from plans_repo.shortfalls import shortfalls
from plans_repo.studies import Study
from plans_repo.supplies import PoolCount, unit_of
from sim.doubt import Split
from sim.plain import plain
from sim.study import TargetResult
from sim.suspects import Saving, Suspect
from ui.wording import language


def study_fields(study: Study, cited: dict[str, str]) -> dict[str, Any]:
    """The JSON keys of a study."""
    return {
        "study": study.id,
        "plan": study.plan,
        "version": study.version,
        "scenario": study.scenario.id,
        "scenario_version": study.request.scenario,
        "scenario_hash": study.event_hash,
        "parts": [
            {
                "part": one.part,
                "plan": one.plan,
                "version": one.version,
                "title": one.title,
                "targets": [result.target.id for result in study.of_part(one.part)],
            }
            for one in study.answered
        ],
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
        "durations": study.request.durations,
        "calibrated": [each.task for each in study.timings],
        "splits": [split_fields(each) for each in study.splits],
    }


def split_fields(split: Split) -> dict[str, Any]:
    """How much of the doubt about a promise is noise of runs, and what would make the answer surer."""
    return asdict(split) | {
        "runs_share": split.runs_share,
        "inputs_share": split.inputs_share,
        "advice": split.advice,
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
