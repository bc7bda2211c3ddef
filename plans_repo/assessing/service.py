"""Assess a study step by step: look figures over, conclude, submit; a second person signs out or returns it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from plans_repo import access, plans, studies
from plans_repo.assessing.moves import DECIDING, after
from plans_repo.assessing.record import assessment_of, content_digest
from plans_repo.assessing.values import OVERALL, SAME, Assessment, Judgement, Needed
from plans_repo.errors import NotAllowed, NotFound, PlansRepoError
from plans_repo.store import events
from plans_repo.store.roles import Action
from plans_repo.store.tables.assessments import AssessmentStepRow, StepKind
from plans_repo.store.work import Work
from plans_repo.studies import Study
from sim.statistics import Verdict

MOST_WORDS = 2000
MOST_POST = 120
WORST_FIRST = (Verdict.NOT_ADEQUATE, Verdict.UNDECIDED, Verdict.ADEQUATE)


def assessment(work: Work, study_id: str) -> Assessment:
    """The assessment of a study the actor may read."""
    return assessment_of(work, studies.study(work, study_id))


def computed(study: Study, target: str) -> Verdict:
    """What the study says of a target; of the whole, the worst of all. A study that judged nothing is undecided."""
    found = [result.verdict for result in study.findings.targets if target in (OVERALL, result.target.id)]
    if not found and target != OVERALL:
        raise NotFound("target-not-judged", thing=f"study {study.id}", field="target", value=target)
    return next((verdict for verdict in WORST_FIRST if verdict in found), Verdict.UNDECIDED)


def tick(work: Work, study_id: str, keys: Iterable[str], *, basis: str = "") -> Assessment:
    """Say of figures that they were looked over and are in order.

    Whoever says so of several at once says against what they were checked; an objection is not ended in this way.
    """
    asked = list(dict.fromkeys(keys))
    if len(asked) > 1:
        _words(study_id, Needed.BASIS, basis)
    return _look(work, study_id, StepKind.TICK, asked, _bounded(study_id, Needed.BASIS, basis))


def tick_rest(work: Work, study_id: str, *, basis: str) -> Assessment:
    """The same of every figure nobody has looked over yet."""
    _words(study_id, Needed.BASIS, basis)
    return tick(work, study_id, [item.key for item in assessment(work, study_id).open_items], basis=basis)


def object_to(work: Work, study_id: str, keys: Iterable[str], note: str) -> Assessment:
    """Object to figures, with a note that says to what."""
    return _look(work, study_id, StepKind.OBJECT, keys, _words(study_id, Needed.NOTE, note))


def answer(work: Work, study_id: str, keys: Iterable[str], words: str) -> Assessment:
    """Answer objections in writing: what was done about them; they stay on record with the answer."""
    return _end_objection(work, study_id, StepKind.ANSWER, keys, _words(study_id, Needed.ANSWER, words))


def withdraw(work: Work, study_id: str, keys: Iterable[str], reason: str) -> Assessment:
    """Take back one's own objections with a reason; the figures then count as looked over and in order."""
    return _end_objection(work, study_id, StepKind.WITHDRAW, keys, _words(study_id, Needed.WITHDRAWAL, reason))


def _end_objection(work: Work, study_id: str, kind: StepKind, keys: Iterable[str], note: str) -> Assessment:
    found = assessment_of(work, _assessable(work, study_id))
    asked = list(dict.fromkeys(keys))
    for key in asked:
        look = found.look_at(key)
        if look is None or not look.is_open:
            raise PlansRepoError(
                "no-open-objection", thing=f"study {study_id}", field="figure", rule="must be objected to",
                value=found.title_of(key),
            )  # fmt: skip
        if kind is StepKind.WITHDRAW and look.by != work.actor.account:
            raise NotAllowed(
                "objection-of-another", thing=work.actor.name, action=Action.SIGN_ASSESSMENT.value,
                value=found.title_of(key), name=look.name,
            )  # fmt: skip
    return _look(work, study_id, kind, asked, note)


def _look(work: Work, study_id: str, kind: StepKind, keys: Iterable[str], note: str) -> Assessment:
    study = _assessable(work, study_id)
    found = assessment_of(work, study)
    known = {item.key: item.seen for item in found.items}
    asked = list(dict.fromkeys(keys))
    if not asked:
        raise PlansRepoError("assessment-without-figure", thing=f"study {study.id}", field="figures", rule="names one")
    for key in asked:
        if key not in known:
            raise NotFound("figure-unknown", thing=f"study {study.id}", field="figure", value=key)
        look = found.look_at(key)
        if kind is StepKind.TICK and look is not None and look.is_objection:
            raise PlansRepoError(
                "figure-under-objection", thing=f"study {study.id}", field="figure", rule="answer or withdraw first",
                value=found.title_of(key), name=look.name,
            )  # fmt: skip
    return _take(work, study, kind, {"figures": {key: known[key] for key in asked}, "note": note})


def judge(
    work: Work, study_id: str, judgement: Judgement, reason: str, *, target: str = OVERALL, departure: str = ""
) -> Assessment:
    """Conclude on a target or, without one, on the whole; a conclusion that is not the computed one says why."""
    study = _assessable(work, study_id)
    verdict = computed(study, target)
    if SAME[verdict] is not judgement and not departure.strip():
        raise PlansRepoError(
            "departure-without-reason", thing=f"study {study.id}", field="departure", rule="must be given",
            value=judgement.value, judgement=judgement, computed=verdict,
        )  # fmt: skip
    return _take(
        work,
        study,
        StepKind.JUDGE,
        {
            "target": target,
            "judgement": judgement.value,
            "reason": _words(study_id, Needed.REASON, reason),
            "computed": verdict.value,
            "departure": _bounded(study_id, Needed.DEPARTURE, departure) if SAME[verdict] is not judgement else "",
        },
    )


def submit(work: Work, study_id: str, *, post: str) -> Assessment:
    """Hand the assessment to a second person; refused while a figure, an objection or a target is left open."""
    study = _assessable(work, study_id)
    found = assessment_of(work, study)
    after(found.state, StepKind.SUBMIT)
    if found.open_items:
        raise PlansRepoError(
            "figures-not-looked-over", thing=f"study {study.id}", field="figures", rule="must all be looked over",
            value=found.open_items[0].title, count=len(found.open_items),
        )  # fmt: skip
    _require_no_objection(found)
    if found.open_targets:
        raise PlansRepoError(
            "conclusions-missing", thing=f"study {study.id}", field="conclusions", rule="one for every target",
            value=", ".join(name or "overall" for name in found.open_targets), count=len(found.open_targets),
        )  # fmt: skip
    return _sign(work, study, StepKind.SUBMIT, post=_words(study_id, Needed.POST, post), words="")


def send_back(work: Work, study_id: str, reason: str, *, post: str = "") -> Assessment:
    """Return a submitted assessment with a reason."""
    study = _second_person(work, study_id)
    return _sign(
        work,
        study,
        StepKind.RETURN,
        post=_bounded(study_id, Needed.POST, post),
        words=_words(study_id, Needed.REASON, reason),
    )


def sign_out(work: Work, study_id: str, *, post: str, opinion: str = "") -> Assessment:
    """Sign a submitted assessment out; from then on it never changes."""
    study = _second_person(work, study_id)
    _require_no_objection(assessment_of(work, study))  # earlier releases let it be submitted
    words = _bounded(study_id, Needed.OPINION, opinion)
    return _sign(work, study, StepKind.SIGN_OUT, post=_words(study_id, Needed.POST, post), words=words)


def _require_no_objection(found: Assessment) -> None:
    if found.open_objections:
        first = found.open_objections[0]
        raise PlansRepoError(
            "objections-open", thing=f"study {found.study}", field="objections", rule="must be answered or withdrawn",
            value=found.title_of(first.key), name=first.name, count=len(found.open_objections),
        )  # fmt: skip


def may_assess(work: Work, plan_id: str) -> bool:
    """Whether the actor may take steps in assessments of studies of a plan."""
    if not work.actor.may(Action.SIGN_ASSESSMENT):
        return False
    row = access.visible_plan(work, plan_id)
    return access.standpoint(work).acts_on(row, Action.SIGN_ASSESSMENT)


def is_second_person(work: Work, study: Study, found: Assessment) -> bool:
    """Whether the actor neither ran the study nor took part in assessing it."""
    return work.actor.account not in found.assessors | {study.created_by}


def _assessable(work: Work, study_id: str) -> Study:
    """The study, if the actor may assess it."""
    study = studies.study(work, study_id)
    plan = access.visible_plan(work, study.plan, Action.SIGN_ASSESSMENT)
    access.require_place(work, plan, Action.SIGN_ASSESSMENT)
    return study


def _second_person(work: Work, study_id: str) -> Study:
    """The study, if the actor may decide on its assessment: neither ran it nor assessed it."""
    study = _assessable(work, study_id)
    found = assessment_of(work, study)
    if not is_second_person(work, study, found):
        code = "own-study" if work.actor.account == study.created_by else "own-assessment"
        raise NotAllowed(code, thing=work.actor.name, action=Action.SIGN_ASSESSMENT.value, value=study.id)
    return study


def _sign(work: Work, study: Study, kind: StepKind, *, post: str, words: str) -> Assessment:
    found = assessment_of(work, study)
    root_hash = plans.version_of(work, study.plan, study.version).root_hash
    content = content_digest(found, study, root_hash)
    submitted = found.last(StepKind.SUBMIT)
    if kind in DECIDING and submitted is not None and submitted.digest != content:
        raise PlansRepoError(
            "assessment-changed", thing=f"study {study.id}", field="digest", rule="must be what was submitted",
            value=content,
        )  # fmt: skip
    return _take(work, study, kind, {"digest": content, "words": words}, post=post)


def _take(work: Work, study: Study, kind: StepKind, payload: dict[str, Any], *, post: str = "") -> Assessment:
    """Store a step and record it in the plan's history; the record holds no name."""
    found = assessment_of(work, study)
    after(found.state, kind)
    row = AssessmentStepRow(
        id=work.new_id(),
        study_id=study.id,
        position=found.steps + 1,
        kind=kind,
        payload=payload,
        actor=work.actor.account,
        name=work.actor.name[:120],
        post=post,
        at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    said = {"study": study.id, "step": row.position, "hash": study.findings.results_hash}
    said |= {key: payload[key] for key in ("target", "judgement", "digest") if key in payload}
    events.record(work, events.chain_of_plan(study.plan), f"assessment-{kind.value.replace('_', '-')}", said)
    return assessment_of(work, study)


def _words(thing: str, field: Needed, words: str) -> str:
    """The words without blanks around them; refused where there are none."""
    if not words.strip():
        raise PlansRepoError(
            "assessment-word-missing",
            thing=f"study {thing}",
            field=field.value,
            rule="must be given",
            assessment_word=field,
        )  # fmt: skip
    return _bounded(thing, field, words)


def _bounded(thing: str, field: Needed, words: str) -> str:
    """The words without blanks around them; refused where they are more than is kept."""
    kept, most = words.strip(), MOST_POST if field is Needed.POST else MOST_WORDS
    if len(kept) > most:
        raise PlansRepoError(
            "assessment-words-too-long", thing=f"study {thing}", field=field.value, rule=f"at most {most} characters",
            value=len(kept), most=most, assessment_word=field,
        )  # fmt: skip
    return kept
