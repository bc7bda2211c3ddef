"""Small offices along a line of areas, drawn at random: what the fast lists are compared with the slow ones on."""

import random
from datetime import date, timedelta

from plans_repo import comments, drafts, plans
from plans_repo.course.courses import latest
from plans_repo.course.stages import ClockKind, Stage
from plans_repo.course.working_days import local_day
from plans_repo.errors import PlansRepoError
from plans_repo.organisations import OrganisationKind
from plans_repo.plans import PlanKind
from plans_repo.store.roles import Role
from plans_repo.store.tables.courses import DeadlineRow
from plans_repo.store.tables.terms import TermRow
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Actor, Work
from tests.plans_repo.builders import a_body, a_plan, edited
from tests.plans_repo.conftest import person

WORDS = ("会商", "时限", "夜间", "转移群众", "核对")
BODIES = (
    ("市", "/1/", OrganisationKind.GOVERNMENT),
    ("县", "/1/e/", OrganisationKind.EMERGENCY_BUREAU),
    ("局", "/1/e/", OrganisationKind.DEPARTMENT),
    ("镇", "/1/e/2/", OrganisationKind.TOWNSHIP),
)
STAGES = (Stage.DRAFT, Stage.CONSULTATION, Stage.REVIEW, Stage.IN_FORCE, Stage.IN_FORCE, Stage.PUBLISHED)


def done_by(work: Work, actor: Actor) -> Work:
    """The same transaction, for somebody else."""
    return Work(session=work.session, actor=actor, now=work.now, new_id=work.new_id)


def a_small_office(work: Work, draw: random.Random) -> list[Actor]:
    """Plans of every body at all stages, comments on versions and drafts; gives a person of each body."""
    bodies = [a_body(work, f"{name}{draw.random()}", area, kind).id for name, area, kind in BODIES]
    roles = (Role.PLAN_AUTHOR, Role.REVIEWER)
    people = [person(f"p{at}", draw.choice(roles), organisation=body) for at, body in enumerate(bodies)]
    for number in range(6):
        kind = draw.choice((PlanKind.SPECIAL, PlanKind.VILLAGE))
        plan, _ = a_plan(work, f"预案{number}", organisation=draw.choice(bodies), kind=kind)
        for _ in range(draw.randrange(2)):
            _revise(work, draw, plan.id)
        if draw.random() < 0.5:
            drafts.open_draft(work, plan.id)
        for _ in range(3):
            _say_something(work, draw, plan.id, draw.choice(people))
        _stand(work, draw, plan.id, number)
        if draw.random() < 0.5:  # a revision that not everybody sees
            _revise(work, draw, plan.id)
            _say_something(work, draw, plan.id, draw.choice(people))
    return people


def a_plan_in_force(work: Work, title: str, body: str, words: str = "定期会商。") -> str:
    """The id of a plan with these words, issued today, the clock of its filing running."""
    plan, _ = a_plan(work, title, organisation=body, kind=PlanKind.SPECIAL)
    plans.make_version(work, plan.id, edited(words), reason="改", trigger=Trigger.EDITING)
    course = latest(work, plan.id)
    assert course
    today = local_day(work.now)
    course.stage, course.issued_on, course.document_number = Stage.PUBLISHED, today, f"{title}〔2026〕1号"
    work.session.add(TermRow(course_id=course.id, plan_id=plan.id, issued_on=today, effective_on=today, ended_on=None))
    work.session.add(
        DeadlineRow(
            id=work.new_id(), course_id=course.id, kind=ClockKind.FILING, from_on=today,
            due_on=today + timedelta(days=28), is_provisional=False,
        )
    )  # fmt: skip
    work.session.flush()
    return plan.id


def _revise(work: Work, draw: random.Random, plan: str) -> None:
    words = f"{draw.choice(WORDS)}，{draw.choice(WORDS)}{draw.randrange(9)}次。"
    plans.make_version(work, plan, edited(words), reason="改", trigger=Trigger.EDITING)


def _stand(work: Work, draw: random.Random, plan: str, number: int) -> None:
    """Put the present edition at some stage; one in effect has a number and counts since a while."""
    course = latest(work, plan)
    assert course
    course.stage = draw.choice(STAGES)
    if course.stage in (Stage.IN_FORCE, Stage.PUBLISHED):
        issued_on = date(2026, 11, 19) - timedelta(days=draw.randrange(0, 1400))
        course.issued_on, course.document_number = issued_on, f"东政发〔{issued_on.year}〕{number + 1}号"
        effective_on = issued_on + timedelta(days=draw.choice((0, 0, 900)))
        work.session.add(
            TermRow(course_id=course.id, plan_id=plan, issued_on=issued_on, effective_on=effective_on, ended_on=None)
        )
    work.session.flush()


def _say_something(work: Work, draw: random.Random, plan: str, actor: Actor) -> None:
    """A comment of somebody who may, on the text or on the draft, with an answer now and then."""
    roles = frozenset({Role.PLAN_AUTHOR, Role.REVIEWER})
    speaker = person(actor.account, *roles, organisation=actor.organisation)
    words = f"请{draw.choice(WORDS)}、{draw.choice(WORDS)}。"
    try:
        said = comments.comment(done_by(work, speaker), plan, "c2", words, draft=draw.random() < 0.5)
    except PlansRepoError:  # not his to see, or no draft
        return
    if draw.random() < 0.5:
        comments.reply(done_by(work, speaker), said.id, f"已{draw.choice(WORDS)}。")
