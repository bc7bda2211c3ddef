import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from plans_repo.errors import PlansRepoError
from plans_repo.store import database, guards
from plans_repo.store.database import PLANS, Branch, drift, is_current, migrate
from plans_repo.store.engine import open_engine
from plans_repo.store.tables import NAMING
from plans_repo.store.work import Store
from tests.databases import new_file

SECOND = """
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "{revision}", {before}, {label}, None
def upgrade():
    {upgrade}
def downgrade():
    pass
"""


def test_migrations_make_exactly_the_tables_of_the_code(store: Store, url: str) -> None:
    assert drift(url) == []


def test_migrating_twice_changes_nothing(store: Store, url: str) -> None:
    assert is_current(url)
    assert migrate(url) is None
    assert is_current(url)


def test_every_append_only_table_is_guarded(store: Store) -> None:
    with store.engine.connect() as connection:
        assert guards.unguarded(connection) == ()


@pytest.mark.parametrize("table", guards.APPEND_ONLY)
def test_append_only_tables_are_tables(store: Store, table: str) -> None:
    assert sa.inspect(store.engine).has_table(table)


def test_sqlite_waits_for_the_disk_and_keeps_its_references(tmp_path: Path) -> None:
    with open_engine(f"sqlite:///{tmp_path / 'a.sqlite3'}").connect() as connection:
        said = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert said == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 15000}


def test_another_floor_brings_its_own_branch_and_the_file_is_copied_first(
    store: Store, url: str, tmp_path: Path
) -> None:
    drills = a_branch(tmp_path / "drills")
    copy = migrate(url, [PLANS, drills])
    assert sa.inspect(store.engine).has_table("rehearsal")
    assert drift(url, [PLANS, drills]) == []
    if store.engine.dialect.name == "sqlite":
        assert copy is not None
        assert not sa.inspect(open_engine(f"sqlite:///{copy}")).has_table("rehearsal")


def test_a_rebuilt_table_keeps_the_rows_that_point_at_it(store: Store, url: str, tmp_path: Path) -> None:
    drills = a_branch(tmp_path / "drills")
    migrate(url, [PLANS, drills])
    with store.engine.begin() as connection:
        connection.execute(sa.text("INSERT INTO rehearsal (id, title) VALUES ('r', 'x')"))
        connection.execute(sa.text("INSERT INTO part (id, rehearsal_id) VALUES ('p', 'r')"))
    rebuild = (
        'with op.batch_alter_table("rehearsal", recreate="auto") as batch: '
        'batch.alter_column("title", type_=sa.String(99), existing_type=sa.String(9))'
    )
    text = SECOND.format(revision="drills0002", before="'drills0001'", label=None, upgrade=rebuild)
    (drills.location / "two.py").write_text(text)
    migrate(url, [PLANS, drills])
    with store.engine.connect() as connection:
        assert connection.execute(sa.text("SELECT rehearsal_id FROM part")).scalars().all() == ["r"]


def test_sqlite_counts_what_a_migration_brought(tmp_path: Path) -> None:
    url = new_file(tmp_path)
    drills = a_branch(tmp_path / "drills")
    migrate(url, [PLANS, drills])
    fill = "op.execute(\"INSERT INTO rehearsal (id, title) VALUES ('a', 'x'), ('b', 'y')\")"
    text = SECOND.format(revision="drills0002", before="'drills0001'", label=None, upgrade=fill)
    (drills.location / "two.py").write_text(text)
    migrate(url, [PLANS, drills])
    with open_engine(url).connect() as connection:
        counted = dict(connection.execute(sa.text("SELECT tbl, stat FROM sqlite_stat1")).all())
    assert counted["rehearsal"] == "2 1"


def test_a_database_of_a_newer_release_is_left_alone(store: Store, url: str, tmp_path: Path) -> None:
    migrate(url, [PLANS, a_branch(tmp_path / "drills")])
    with pytest.raises(PlansRepoError) as refusal:
        migrate(url)
    assert refusal.value.code == "database-newer"


def test_a_new_migration_of_one_floor_leaves_the_tables_of_the_other(store: Store, url: str, tmp_path: Path) -> None:
    drills = a_branch(tmp_path / "drills")
    migrate(url, [PLANS, drills])
    sa.Table("extra", drills.metadata, sa.Column("id", sa.String(36), primary_key=True))
    database.revise(url, drills, "Extra", "drills0002", [PLANS, drills])
    (written,) = drills.location.glob("drills0002*.py")
    assert "create_table" in written.read_text()
    assert "drop_table('plan')" not in written.read_text()
    migrate(url, [PLANS, drills])
    assert sa.inspect(store.engine).has_table("extra")


def a_branch(location: Path) -> Branch:
    location.mkdir()
    metadata = sa.MetaData(naming_convention=NAMING)
    sa.Table("rehearsal", metadata, sa.Column("id", sa.String(36), primary_key=True), sa.Column("title", sa.String(9)))
    sa.Table(
        "part", metadata,
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("rehearsal_id", sa.ForeignKey("rehearsal.id", ondelete="CASCADE"), type_=sa.String(36)),
    )  # fmt: skip
    upgrade = (
        'op.create_table("rehearsal", sa.Column("id", sa.String(36)), sa.Column("title", sa.String(9)), '
        'sa.PrimaryKeyConstraint("id", name="pk_rehearsal")); '
        'op.create_table("part", sa.Column("id", sa.String(36)), sa.Column("rehearsal_id", sa.String(36)), '
        'sa.PrimaryKeyConstraint("id", name="pk_part"), sa.ForeignKeyConstraint(["rehearsal_id"], ["rehearsal.id"], '
        'name="fk_part_rehearsal_id_rehearsal", ondelete="CASCADE"))'
    )
    text = SECOND.format(revision="drills0001", before=None, label=("drills",), upgrade=upgrade)
    (location / "one.py").write_text(text)
    return Branch(label="drills", location=location, metadata=metadata)


def test_two_processes_may_migrate_at_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a.sqlite3'}"
    word = f"from plans_repo.store.database import migrate; migrate({url!r})"
    both = [subprocess.Popen([sys.executable, "-c", word], stderr=subprocess.PIPE) for _ in range(2)]
    assert [process.communicate()[1] for process in both] == [b"", b""]
    assert is_current(url)


def test_a_migration_that_breaks_a_reference_is_undone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a.sqlite3'}"
    drills = a_branch(tmp_path / "drills")
    migrate(url, [PLANS, drills])
    careless = "op.execute(\"INSERT INTO part (id, rehearsal_id) VALUES ('p', 'nowhere')\")"
    text = SECOND.format(revision="drills0002", before="'drills0001'", label=None, upgrade=careless)
    (drills.location / "two.py").write_text(text)
    with pytest.raises(PlansRepoError) as refusal:
        migrate(url, [PLANS, drills])
    assert refusal.value.code == "migration-broke-references"
    assert not is_current(url, [PLANS, drills])
    with open_engine(url).connect() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM part")).scalar_one() == 0
