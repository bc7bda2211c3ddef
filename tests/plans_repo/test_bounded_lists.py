"""Lists over many plans ask the database as often for many plans as for few."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event

from plans_repo.course.courses import latest
from plans_repo.course.stages import ClockKind, Stage
from plans_repo.course.working_days import local_day
from plans_repo.filing.filings import own_filings
from plans_repo.organisations import OrganisationKind
from plans_repo.plans import PlanKind
from plans_repo.store.roles import Role
from plans_repo.store.tables.courses import DeadlineRow
from plans_repo.store.tables.terms import TermRow
from plans_repo.store.work import Actor, Store, Work
from plans_repo.writing.catalogue import catalogue
from tests.plans_repo.builders import a_body, a_plan
from tests.plans_repo.conftest import person
from tests.plans_repo.offices import done_by

FEW, MANY = 2, 9


@contextmanager
def statements(work: Work) -> Iterator[list[str]]:
    """What is asked of the database inside the block."""
    asked: list[str] = []

    def note(*told: object) -> None:
        asked.append(str(told[2]))

    engine = work.session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


def a_plan_in_force(work: Work, number: int, body: str) -> None:
    """Issued today, with the clock of its filing running."""
    plan, _ = a_plan(work, f"{number}号预案", organisation=body, kind=PlanKind.SPECIAL)
    course = latest(work, plan.id)
    assert course
    today = local_day(work.now)
    course.stage, course.issued_on, course.document_number = Stage.PUBLISHED, today, f"政办发〔2026〕{number}号"
    work.session.add(TermRow(course_id=course.id, plan_id=plan.id, issued_on=today, effective_on=today, ended_on=None))
    work.session.add(
        DeadlineRow(
            id=work.new_id(), course_id=course.id, kind=ClockKind.FILING, from_on=today,
            due_on=today + timedelta(days=28), is_provisional=False,
        )
    )  # fmt: skip
    work.session.flush()


@pytest.mark.parametrize("listed", [own_filings, catalogue], ids=["own filings", "catalogue"])
def test_a_list_asks_as_often_for_many_plans_as_for_few(
    store: Store, everybody: Actor, listed: Callable[[Work], tuple[object, ...]]
) -> None:
    with store.work(everybody) as work:
        body = a_body(work, "县政府", "/1/", OrganisationKind.GOVERNMENT).id
        looking = done_by(work, person("o", Role.FILING_OFFICER, Role.PLAN_AUTHOR, organisation=body))
        asked: list[list[str]] = []
        lengths: list[int] = []
        for start, end in ((0, FEW), (FEW, MANY)):
            for number in range(start, end):
                a_plan_in_force(work, number, body)
            work.session.expire_all()
            with statements(work) as told:
                lengths.append(len(listed(looking)))
            asked.append(told)
        assert lengths[1] - lengths[0] == MANY - FEW
        assert len(asked[1]) == len(asked[0]), asked[1]
