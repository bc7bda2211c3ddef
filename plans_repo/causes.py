"""What a study says about causes, told in one language: what holds targets back, and what did not end."""

from __future__ import annotations

from collections.abc import Mapping

from plans_repo.packs.naming import has_name, name_of
from plans_repo.studies import Study
from plans_repo.word.facts import BottleneckFacts, LossFacts, UnfinishedFacts
from sim.procedure import Procedure
from sim.suspects import Saving, Suspect


def bottlenecks(study: Study, cited: Mapping[str, str], language: str) -> tuple[BottleneckFacts, ...]:
    """The losses that were eased in a second playing, in the order of the study; *cited* numbers the clauses."""
    return tuple(_bottleneck(study.procedure, saving, cited, language) for saving in study.savings)


def unfinished(study: Study, cited: Mapping[str, str], language: str) -> tuple[UnfinishedFacts, ...]:
    """The tasks that had not ended at the horizon, or finally failed, in some runs."""
    return tuple(
        UnfinishedFacts(
            task=task_title(study.procedure, band.task, language),
            clause_number=_number(study.procedure, band.task, cited),
            share=band.unfinished_share,
            failed_share=band.failed_share,
        )
        for band in study.findings.bands
        if band.unfinished_share > 0 or band.failed_share > 0
    )


def task_title(procedure: Procedure, task_id: str, language: str) -> str:
    """The title of a task."""
    task = procedure.task(task_id)
    return _said(task.title, task.title_en, language)


def pool_title(procedure: Procedure, pool_id: str, language: str) -> str:
    """The title of a pool, "" for none; what an event cuts stands in no procedure and has a name of its own."""
    if not pool_id:
        return ""
    if has_name("failure", pool_id):
        return name_of("failure", pool_id, language)
    pool = procedure.pool(pool_id)
    return _said(pool.title, pool.title_en, language)


def _bottleneck(procedure: Procedure, saving: Saving, cited: Mapping[str, str], language: str) -> BottleneckFacts:
    suspect = saving.suspect
    loss = _loss(procedure, suspect, language)
    return BottleneckFacts(
        cause=loss.cause,
        pool=loss.pool,
        task=loss.task,
        wait_min=loss.wait_min,
        clause_number=_number(procedure, suspect.task, cited),
        runs=saving.runs,
        saving_min=saving.mean_min,
        low=saving.low_min,
        high=saving.high_min,
        target=suspect.target,
        counts=saving.counts,
        left=_loss(procedure, saving.left, language) if saving.left else None,
    )


def _loss(procedure: Procedure, suspect: Suspect, language: str) -> LossFacts:
    return LossFacts(
        cause=suspect.cause,
        pool=pool_title(procedure, suspect.pool, language),
        task=task_title(procedure, suspect.task, language),
        wait_min=suspect.lost_min,
    )


def _number(procedure: Procedure, task_id: str, cited: Mapping[str, str]) -> str:
    return cited.get(procedure.task(task_id).clause, "")


def _said(zh: str, en: str, language: str) -> str:
    return zh if language == "zh" or not en else en
