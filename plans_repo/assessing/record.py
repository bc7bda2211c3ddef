"""From the stored steps to the assessment they make up."""

from __future__ import annotations

from dataclasses import replace

from sqlmodel import col, select

from plans_repo.assessing.moves import DECIDING, after
from plans_repo.assessing.values import Assessment, Conclusion, Judgement, Look, Signature
from plans_repo.store.tables.assessments import AssessmentStepRow, StepKind
from plans_repo.store.work import Work
from plans_repo.studies import Study
from plans_repo.study_assumptions import assumptions
from sim.plain import digest
from sim.statistics import Verdict


def assessment_of(work: Work, study: Study) -> Assessment:
    """The assessment of a study the actor has already been let read."""
    query = select(AssessmentStepRow).where(AssessmentStepRow.study_id == study.id)
    rows = work.session.exec(query.order_by(col(AssessmentStepRow.position))).all()
    targets = tuple(result.target.id for result in study.findings.targets)
    found = Assessment(study=study.id, items=assumptions(study), targets=targets)
    for row in rows:
        found = _with(found, row)
    return found


def _with(found: Assessment, row: AssessmentStepRow) -> Assessment:
    """The assessment after one more step."""
    taken = _TAKEN[row.kind](found, row)
    by = frozenset() if row.kind in DECIDING else frozenset({row.actor})
    return replace(taken, state=after(found.state, row.kind), assessors=found.assessors | by, steps=row.position)


def _looked(found: Assessment, row: AssessmentStepRow) -> Assessment:
    return found.with_looks(
        tuple(
            Look(
                key=key,
                is_objection=row.kind is StepKind.OBJECT,
                note=row.payload["note"],
                seen=seen,
                by=row.actor,
                name=row.name,
                at=row.at,
            )
            for key, seen in row.payload["figures"].items()
        )
    )


def _answered(found: Assessment, row: AssessmentStepRow) -> Assessment:
    looks = [found.look_at(key) for key in row.payload["figures"]]
    said = {"answer": row.payload["note"], "answered_by": row.name}
    return found.with_looks(tuple(replace(look, **said) for look in looks if look))


def _withdrawn(found: Assessment, row: AssessmentStepRow) -> Assessment:
    looked = _looked(found, row)
    keys = row.payload["figures"]
    return looked.with_looks(tuple(replace(look, is_withdrawn=True) for look in looked.looks if look.key in keys))


def _concluded(found: Assessment, row: AssessmentStepRow) -> Assessment:
    return found.with_conclusion(
        Conclusion(
            target=row.payload["target"],
            judgement=Judgement(row.payload["judgement"]),
            reason=row.payload["reason"],
            computed=Verdict(row.payload["computed"]),
            departure=row.payload["departure"],
            by=row.actor,
            name=row.name,
            at=row.at,
        )
    )


def _signed(found: Assessment, row: AssessmentStepRow) -> Assessment:
    signature = Signature(
        kind=row.kind,
        account=row.actor,
        name=row.name,
        post=row.post,
        at=row.at,
        digest=row.payload["digest"],
        words=row.payload["words"],
    )
    return replace(found, signatures=(*found.signatures, signature))


_TAKEN = {
    StepKind.TICK: _looked,
    StepKind.OBJECT: _looked,
    StepKind.ANSWER: _answered,
    StepKind.WITHDRAW: _withdrawn,
    StepKind.JUDGE: _concluded,
    StepKind.SUBMIT: _signed,
    StepKind.RETURN: _signed,
    StepKind.SIGN_OUT: _signed,
}


def content_digest(found: Assessment, study: Study, root_hash: str) -> str:
    """What a signature stands under: the version, the results, every figure as seen, every conclusion."""
    return digest(
        {
            "study": study.id,
            "version": root_hash,
            "results": study.findings.results_hash,
            "looks": sorted(_said(look) for look in found.looks),
            "conclusions": sorted(
                [c.target, c.judgement.value, c.reason, c.computed.value, c.departure] for c in found.conclusions
            ),
        }
    )


def _said(look: Look) -> list[object]:
    """What a signature stands under of one figure; an answer only where there is one, as earlier releases had none."""
    return [look.key, look.seen, look.is_objection, look.note, *([look.answer] if look.answer else [])]
