"""An older register is brought up to date without saying more of its figures than was known."""

import pytest
import sqlalchemy as sa
from alembic import command

from plans_repo.store import database
from plans_repo.store.database import PLANS, is_current, migrate
from plans_repo.store.engine import WRITES, open_engine

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
    engine = open_engine(url)
    config = database._config([PLANS])
    with engine.execution_options(**{WRITES: True}).connect() as connection, connection.begin():
        config.attributes["connection"] = connection
        command.downgrade(config, "plans0002")
        connection.execute(sa.text(BODY))
        for name, source in (("known", "2025年调查"), ("invented", "演示数据（虚构）")):
            connection.execute(sa.text(ENTRY), {"id": name, "source": source})
    engine.dispose()
    return url


def test_entries_without_a_mark_are_to_be_confirmed_and_invented_ones_are_demo(older: str) -> None:
    assert not is_current(older)
    migrate(older)
    assert is_current(older)
    engine = open_engine(older)
    with engine.connect() as connection:
        rows = connection.execute(sa.text("SELECT id, mark, source_en, retired_at, retired_why FROM resource"))
        assert {row[0]: tuple(row[1:]) for row in rows} == {
            "known": ("TO_BE_CONFIRMED", "", None, ""),
            "invented": ("DEMO", "Demo data (invented)", None, ""),
        }
    engine.dispose()
