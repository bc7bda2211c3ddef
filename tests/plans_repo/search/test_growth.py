"""What a question costs grows with the plans, not with their square: counted in steps of SQLite, not in seconds.

SQLite chooses by what it has counted. The store here bears the counts of one of ten thousand plans that was brought up
to date: the table of the last versions is new in it and not counted yet.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

from plans_repo import access
from plans_repo.course.stages import Process, Stage
from plans_repo.organisations import OrganisationKind
from plans_repo.plans import PlanKind
from plans_repo.search import sight
from plans_repo.search.question import Question, Scope
from plans_repo.store.roles import Role
from plans_repo.store.tables.accounts import OrganisationRow
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.search import SearchCourseRow, SearchPlanRow
from plans_repo.store.tables.terms import TermRow
from plans_repo.store.work import Store, new_uuid
from tests.databases import new_file
from tests.plans_repo.conftest import person

AT = datetime(2026, 1, 5, tzinfo=UTC)
TODAY = date(2026, 11, 20)
STEPS_AT_ONCE = 1000
COUNTS = (
    ("plan", "sqlite_autoindex_plan_1", "5460 1"),
    ("search_plan", "sqlite_autoindex_search_plan_1", "3569 1"),
    ("course", "ix_course_plan_id", "14616 2"),
    ("course", "sqlite_autoindex_course_1", "14560 1"),
    ("term", "ix_term_ended_on", "29964 1001"),
    ("term", "ix_term_plan_id", "14168 2"),
    ("term", "sqlite_autoindex_term_1", "13984 1"),
)
"""Table, index, and what ANALYZE found there in a sample: rows, and rows with the same value."""


def steps(store: Store, scope: Scope) -> int:
    """How many thousand steps SQLite takes to tell which versions may be looked at."""
    counted = 0

    def count() -> int:
        nonlocal counted
        counted += 1
        return 0

    with store.reading(person("reader", Role.PLAN_AUTHOR, organisation="city")) as work:
        looked = sight.readable(access.standpoint(work), Question(words="防汛", scope=scope), TODAY)
        raw = work.session.connection().connection.driver_connection
        assert raw is not None
        raw.set_progress_handler(count, STEPS_AT_ONCE)
        found = work.session.execute(select(func.count()).select_from(looked)).scalar_one()
        raw.set_progress_handler(None, 0)
    assert found
    return counted


def with_plans(folder: Path, number: int) -> Store:
    """A store of so many issued plans, each with a newer draft, that SQLite takes for a large one."""
    store = Store.open(new_file(folder), clock=lambda: AT, new_id=new_uuid)
    with Session(store.engine) as session:
        session.add(
            OrganisationRow(id="city", name="市政府", kind=OrganisationKind.GOVERNMENT, area="/c/", created_at=AT)
        )
        session.flush()
        for rows in zip(*(_rows(at) for at in range(1, number + 1)), strict=True):
            session.add_all(chain.from_iterable(rows))
            session.flush()
        session.execute(text("ANALYZE"))
        session.execute(text("DELETE FROM sqlite_stat1"))
        for table, index, counts in COUNTS:
            session.execute(text("INSERT INTO sqlite_stat1 VALUES (:t, :i, :c)"), {"t": table, "i": index, "c": counts})
        session.commit()
    url = store.engine.url.render_as_string(hide_password=False)
    store.close()  # what was counted is read when a connection is opened
    return Store.open(url, clock=lambda: AT, new_id=new_uuid)


def _rows(at: int) -> tuple[list[SQLModel], ...]:
    """A plan with an edition in force and a newer one, table by table."""
    plan, stages = f"plan-{at}", ((1, Stage.IN_FORCE), (2, Stage.DRAFT))
    courses = [
        CourseRow(
            id=f"{plan}-{ordinal}", plan_id=plan, stage=stage, process=Process.FULL, ordinal=ordinal, started_at=AT
        )
        for ordinal, stage in stages
    ]
    return (
        [PlanRow(id=plan, title=plan, kind=PlanKind.SPECIAL, area=f"/c/{at % 20}/", created_at=AT, created_by="tests")],
        [SearchPlanRow(id=at, plan_id=plan, newest=2)],
        courses,
        [SearchCourseRow(plan=at, course_id=course.id, last=course.ordinal) for course in courses],
        [TermRow(course_id=courses[0].id, plan_id=plan, issued_on=AT.date(), effective_on=AT.date())],
    )


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Store]]:
    """One of four hundred plans and one of four times as many."""
    few, many = (with_plans(tmp_path_factory.mktemp("plans"), number) for number in (400, 1600))
    yield few, many
    few.close()
    many.close()


@pytest.mark.parametrize("scope", list(Scope))
def test_four_times_the_plans_take_about_four_times_the_steps(stores: tuple[Store, Store], scope: Scope) -> None:
    few, many = (steps(store, scope) for store in stores)
    assert 0 < few < many < 6 * few


def test_only_sqlite_is_told_of_which_plan_a_term_is(stores: tuple[Store, Store]) -> None:
    """It is said already by the course both are joined to; PostgreSQL would only check the same twice."""
    with stores[0].reading(person("reader", Role.PLAN_AUTHOR, organisation="city")) as work:
        looked = sight.readable(access.standpoint(work), Question(words="防汛", scope=Scope.IN_FORCE), TODAY)
        asked = select(func.count()).select_from(looked)
        said = {one.name: str(asked.compile(dialect=one)) for one in (sqlite.dialect(), postgresql.dialect())}
    assert "JOIN term ON (term.plan_id = near.plan_id) JOIN" in said["sqlite"]
    assert "JOIN term ON true JOIN" in said["postgresql"]
