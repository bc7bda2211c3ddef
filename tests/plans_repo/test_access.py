"""What the database says a person sees is what the rule says."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlmodel import Session, col, select

from plans_repo.course.stages import Process, Stage
from plans_repo.organisations import OrganisationKind
from plans_repo.standpoint import Standpoint
from plans_repo.store.tables.accounts import OrganisationRow
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanKind, PlanRow
from plans_repo.store.work import Store

NOW = datetime(2026, 11, 20, tzinfo=UTC)
AREAS = ("/", "/1/", "/1/e/", "/1/E/", "/1/e/t/", "/1/e_/", "/1/ex/", "/1/w/", "/2/", "/2/e/")
"""Areas that are easily mistaken for another: by case, by a letter that LIKE takes for any, by a common beginning."""
BODIES = ("body-a", "body-b")


@dataclass(frozen=True)
class Drawn:
    area: str
    body: str | None
    stages: tuple[Stage, ...]
    kind: PlanKind


drawn_plans = some.lists(
    some.builds(
        Drawn,
        some.sampled_from(AREAS),
        some.none() | some.sampled_from(BODIES),
        some.lists(some.sampled_from(Stage), max_size=3).map(tuple),
        some.sampled_from([PlanKind.SPECIAL, PlanKind.VILLAGE, PlanKind.UNIT, PlanKind.DEPARTMENT]),
    ),
    min_size=1,
    max_size=12,
)
standpoints = some.builds(
    Standpoint,
    organisation=some.none() | some.sampled_from(BODIES),
    area=some.sampled_from(AREAS),
    oversees=some.booleans(),
    is_placed=some.booleans(),
    tends_villages=some.booleans(),
)


@pytest.fixture
def session(store: Store) -> Session:
    """A session with two bodies in it, whose transaction nobody commits."""
    with Session(store.engine) as session:
        session.add_all(
            OrganisationRow(id=name, name=name, kind=OrganisationKind.DEPARTMENT, area="/1/", created_at=NOW)
            for name in BODIES
        )
        session.flush()
        yield session


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plans=drawn_plans, here=standpoints)
def test_the_database_filters_as_the_rule_says(session: Session, plans: list[Drawn], here: Standpoint) -> None:
    with session.begin_nested() as inner:
        stored = [store_plan(session, number, drawn) for number, drawn in enumerate(plans)]
        session.flush()
        seen = set(session.exec(select(PlanRow.id).where(here.plans_seen())))
        assert seen == {
            row.id for row, drawn in zip(stored, plans, strict=True) if here.sees(row, frozenset(drawn.stages))
        }
        written = set(session.exec(select(PlanRow.id).where(here.plans_written())))
        assert written == {row.id for row in stored if here.changes(row)}
        acted_on = set(session.exec(select(PlanRow.id).where(here.plans_acted_on())))
        assert acted_on == {row.id for row in stored if here.acts_on(row)}
        query = select(CourseRow.id).join(PlanRow, col(PlanRow.id) == col(CourseRow.plan_id)).where(here.courses_seen())
        assert set(session.exec(query)) == {
            f"{row.id}-{ordinal}"
            for row, drawn in zip(stored, plans, strict=True)
            for ordinal, stage in enumerate(drawn.stages)
            if here.sees_course(row, stage, frozenset(drawn.stages))
        }
        inner.rollback()


def store_plan(session: Session, number: int, drawn: Drawn) -> PlanRow:
    row = PlanRow(
        id=f"plan-{number}",
        title="预案",
        kind=drawn.kind,
        organisation_id=drawn.body,
        area=drawn.area,
        created_at=NOW,
        created_by="x",
    )
    session.add(row)
    session.flush()
    session.add_all(
        CourseRow(
            id=f"{row.id}-{ordinal}",
            plan_id=row.id,
            stage=stage,
            process=Process.FULL,
            ordinal=ordinal,
            started_at=NOW,
        )
        for ordinal, stage in enumerate(drawn.stages)
    )
    return row
