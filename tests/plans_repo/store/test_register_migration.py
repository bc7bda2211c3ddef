"""An older register is brought up to date without saying more of its figures than was known."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from plans_repo import resources
from plans_repo.store import database
from plans_repo.store.database import PLANS, is_current, migrate
from plans_repo.store.engine import WRITES, open_engine
from plans_repo.store.roles import Role
from plans_repo.store.work import Store, new_uuid, utc_now
from tests.plans_repo.conftest import person

BODY = (
    "INSERT INTO organisation (id, name, name_en, kind, area, created_at) "
    "VALUES ('o', '县应急局', '', 'EMERGENCY_BUREAU', '/1/', '2026-01-01 00:00:00.000000')"
)
ENTRY = (
    "INSERT INTO resource (id, title, title_en, kind, quantity, unit, ready_share, place, area, keeper_id, pool, "
    "quantity_per_unit, source, updated_at, revision) VALUES (:id, '客车', '', 'VEHICLE', 3, '辆', 1.0, '', '/1/', "
    "'o', 'bus', 1, :source, '2026-01-01 00:00:00.000000', 1)"
)


@pytest.fixture
def older(url: str) -> str:
    """The same database before entries had a mark, with one entry of unknown and one of invented origin."""
    at_revision(url, command.downgrade, "plans0002")
    with_sql(url, BODY)
    for name, source in (("known", "2025年调查"), ("invented", "演示数据（虚构）")):
        with_sql(url, ENTRY, id=name, source=source)
    return url


def at_revision(url: str, move: Callable[[Config, str], None], revision: str) -> None:
    engine = open_engine(url)
    config = database._config([PLANS])
    with engine.execution_options(**{WRITES: True}).connect() as connection, connection.begin():
        config.attributes["connection"] = connection
        move(config, revision)
    engine.dispose()


def with_sql(url: str, statement: str, **values: str) -> list[tuple[object, ...]]:
    engine = open_engine(url)
    with engine.execution_options(**{WRITES: True}).connect() as connection, connection.begin():
        found = connection.execute(sa.text(statement), values)
        rows = [tuple(row) for row in found] if found.returns_rows else []
    engine.dispose()
    return rows


def test_entries_without_a_mark_are_to_be_confirmed_and_invented_ones_are_demo(older: str) -> None:
    assert not is_current(older)
    migrate(older)
    assert is_current(older)
    engine = open_engine(older)
    with engine.connect() as connection:
        rows = connection.execute(sa.text("SELECT id, mark, source_en, retired_at FROM resource"))
        assert {row[0]: tuple(row[1:]) for row in rows} == {
            "known": ("TO_BE_CONFIRMED", "", None),
            "invented": ("DEMO", "Demo data (invented)", None),
        }
    engine.dispose()


def test_the_reason_of_a_retirement_goes_with_it_up_and_down(older: str) -> None:
    at_revision(older, command.upgrade, "plans0003")
    with_sql(
        older,
        "UPDATE resource SET retired_at = '2026-05-01 00:00:00.000000', retired_why = '报废', revision = 4 "
        "WHERE id = 'known'",
    )
    migrate(older)
    store = Store(open_engine(older), clock=utc_now, new_id=new_uuid)
    with store.reading(person("everybody", *Role)) as work:
        kept = {entry.id: entry.retired_why for entry in resources.resources(work, with_retired=True)}
    store.close()
    assert kept == {"known": "报废", "invented": ""}
    at_revision(older, command.downgrade, "plans0003")
    assert with_sql(older, "SELECT retired_why FROM resource ORDER BY id") == [("",), ("报废",)]
