"""Who sees which text of which plan, told by a story of one county, its township and its neighbour."""

from datetime import date

import pytest
from sqlmodel import col, literal, select

from plans_repo import access, plans
from plans_repo.course import passage
from plans_repo.course.stages import Move, PaperKind
from plans_repo.errors import NotFound
from plans_repo.organisations import OrganisationKind
from plans_repo.store.roles import Role
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.versions import Trigger, VersionRow
from plans_repo.store.work import Actor, Store, Work
from tests.plans_repo.builders import a_body, a_plan, edited
from tests.plans_repo.conftest import person
from tests.plans_repo.filing.builders import papers

BODIES = {
    "east": ("/1/e/", OrganisationKind.EMERGENCY_BUREAU),
    "water": ("/1/e/", OrganisationKind.DEPARTMENT),
    "town": ("/1/e/t/", OrganisationKind.TOWNSHIP),
    "west": ("/1/w/", OrganisationKind.EMERGENCY_BUREAU),
}


@pytest.fixture
def people(store: Store, everybody: Actor) -> dict[str, Actor]:
    """Somebody of each body."""
    with store.work(everybody) as work:
        made = {name: a_body(work, name, area, kind).id for name, (area, kind) in BODIES.items()}
    return {name: person(name, *Role, organisation=body) for name, body in made.items()}


def next_text(work: Work, plan: str, words: str) -> str:
    return plans.make_version(work, plan, edited(words), reason="改", trigger=Trigger.EDITING).id


def test_a_draft_is_there_for_its_own_county_alone(store: Store, people: dict[str, Actor]) -> None:
    with store.work(people["east"]) as work:
        plan, _version = a_plan(work)
        stage = work.session.exec(select(CourseRow.stage)).one()
    seen = {}
    for name, actor in people.items():
        with store.reading(actor) as work:
            seen[name] = plan.id in access.visible_ids(work, [plan.id])
            if not seen[name]:
                with pytest.raises(NotFound, match="plan-unknown"):
                    access.visible_plan(work, plan.id)
                row = work.session.get_one(PlanRow, plan.id)
                assert not access.may_see_course(work, row, stage)
    assert seen == {"east": True, "water": False, "town": False, "west": False}


def test_below_one_reads_the_last_text_of_what_is_in_force(store: Store, people: dict[str, Actor]) -> None:
    with store.work(people["east"]) as work:
        plan, first = a_plan(work)
        issued = next_text(work, plan.id, "三十分钟内到岗。")
        register(work, issued)
        draft = next_text(work, plan.id, "二十分钟内到岗。")
    with store.work(people["west"]) as work:
        a_plan(work, "西县预案"), a_plan(work, "西县另一预案")
    assert texts(store, people["east"], plan.id) == {first.id, issued, draft}
    assert texts(store, people["town"], plan.id) == {issued}
    assert texts(store, people["west"], plan.id) == set()
    with store.reading(people["town"]) as work:
        assert access.visible_plan(work, plan.id).id == plan.id
    with store.reading(people["west"]) as work, pytest.raises(NotFound):
        access.visible_plan(work, plan.id)
    seen_from = {name: [with_text_from(store, people[name], number) for number in (1, 2, 3)] for name in BODIES}
    one = {plan.id}
    assert (seen_from["east"], seen_from["water"], seen_from["town"]) == (
        [one, one, one],
        [one, one, set()],
        [one, one, set()],
    )
    assert [plan.id in found for found in seen_from["west"]] == [False] * 3


def test_a_township_tends_its_villages_and_a_department_none(store: Store, people: dict[str, Actor]) -> None:
    tending = {}
    for name, actor in people.items():
        with store.reading(actor) as work:
            tending[name] = access.standpoint(work).guides("/1/e/t/v/")
    assert tending == {"east": True, "water": False, "town": True, "west": False}


def register(work: Work, version: str) -> None:
    passage.move(
        work, version, Move.REGISTER, reason="补录", attachments=papers(PaperKind.ISSUED_DOCUMENT),
        document_number="东政办发〔2026〕1号", on=date(2026, 1, 5),
    )  # fmt: skip


def texts(store: Store, actor: Actor, plan: str) -> set[str]:
    with store.reading(actor) as work:
        query = (
            select(VersionRow.id)
            .join(CourseRow, col(CourseRow.id) == col(VersionRow.course_id))
            .join(PlanRow, col(PlanRow.id) == col(VersionRow.plan_id))
            .where(col(PlanRow.id) == plan, access.standpoint(work).versions_seen())
        )
        return set(work.session.exec(query))


def with_text_from(store: Store, actor: Actor, ordinal: int) -> set[str]:
    with store.reading(actor) as work:
        return set(
            work.session.exec(select(PlanRow.id).where(access.standpoint(work).text_seen_from(literal(ordinal))))
        )
