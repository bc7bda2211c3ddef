"""Whatever an official acts on is vouched for by events: a change made past the product is found and named."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, Connection, text, update
from sqlmodel import Session, select

from plans_repo import comments, plans
from plans_repo.backup import restore
from plans_repo.course import passage, work_plans
from plans_repo.course.stages import Stage
from plans_repo.plans import PlanKind, RelationKind
from plans_repo.store import audit, events
from plans_repo.store.anchors import ASIDE, COVERED, PERSONAL, Vouched, anchor, row_digest, rows_of
from plans_repo.store.database import migrate
from plans_repo.store.engine import open_engine
from plans_repo.store.guards import APPEND_ONLY, unguard
from plans_repo.store.roles import Role
from plans_repo.store.row_audit import Fault, RowAudit
from plans_repo.store.signing import HeadKey
from plans_repo.store.tables.base import UtcDateTime
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Store, new_uuid, sqlite_url
from sim.plain import digest
from tests.plans_repo.builders import a_plan
from tests.plans_repo.conftest import StillClock, person
from tests.plans_repo.course.walking import EVERYBODY, WRITER, begun, walk

AUDITOR = person("auditor", Role.AUDIT_ADMINISTRATOR)
TITLE = "某县防汛应急预案"
FORMER_BACKUP = Path(__file__).parent / "backup-plans0019.zip"
"""An installation with one plan in force, written by the last release whose events did not vouch for such rows."""

MANIPULATIONS = {
    "UPDATE course SET issued_on = '2025-01-01'": ("course", "issued_on"),
    "UPDATE course SET document_number = '青政办发〔2026〕99号'": ("course", "document_number"),
    "UPDATE course SET stage = 'IN_FORCE'": ("course", "stage"),
    "UPDATE course SET moved_on = '2025-01-01'": ("course", "moved_on"),
    "UPDATE course SET process = 'SIMPLIFIED'": ("course", "process"),
    "UPDATE course SET round = 9": ("course", "round"),
    "UPDATE course SET path = ''": ("course", "path"),
    "UPDATE term SET effective_on = '2025-01-01'": ("term", "effective_on"),
    "UPDATE deadline SET due_on = '2030-01-01'": ("deadline", "due_on"),
    "UPDATE deadline SET done_on = '2026-11-21'": ("deadline", "done_on"),
    "UPDATE paper SET dated_on = '2020-01-01' WHERE dated_on IS NOT NULL": ("paper", "dated_on"),
    "UPDATE paper SET name = 'x.pdf'": ("paper", "name"),
    "UPDATE panel SET met_on = '2020-01-01'": ("panel", "met_on"),
    "UPDATE panel_seat SET signed_in_on = '2020-01-01'": ("panel_seat", "signed_in_on"),
    "UPDATE panel_seat SET signed_in_on = NULL": ("panel_seat", "signed_in_on"),
    "UPDATE review_answer SET judgement = 'FAILS'": ("review_answer", "judgement"),
    "UPDATE consultation SET due_on = '2020-01-01'": ("consultation", "due_on"),
    "UPDATE consulted_unit SET name = '县财政局'": ("consulted_unit", "name"),
    "UPDATE explanation SET fields = '{}'": ("explanation", "fields"),
    "UPDATE group_member SET part = 'CLERK'": ("group_member", "part"),
    "UPDATE group_member SET name = '张三'": ("group_member", ""),
    "UPDATE sign_off SET opinion = '不同意'": ("sign_off", "opinion"),
    "UPDATE answer SET answer = 'OPINIONS'": ("answer", "answer"),
    "UPDATE vote SET vote = 'DISAGREE'": ("vote", "vote"),
    "UPDATE plan SET title = '另一预案'": ("plan", "title"),
    "UPDATE plan SET kind = 'UNIT'": ("plan", "kind"),
    "UPDATE version SET label = '第9稿'": ("version", "label"),
}
DELETIONS = ("group_member", "review_answer", "deadline", "paper", "explanation", "vote", "sign_off", "term")


def test_whatever_is_changed_past_the_product_is_found_and_named(store: Store) -> None:
    """One after the other, each taken back before the next: what a reviewer did with sqlite3 on a copy."""
    walk(store, begun(store), Stage.ISSUED)
    assert verified(store).valid
    for statement, (table, field) in MANIPULATIONS.items():
        found = faults_after(store, statement)
        assert {(one.table, one.why) for one in found} == {(table, "altered")}, statement
        assert {one.fields for one in found} == {(field,) if field else ()}, statement
        about = "另一预案" if table == "plan" and field == "title" else TITLE
        assert {one.about for one in found} <= {about, ""}, statement
    for table in DELETIONS:
        found = faults_after(store, f"DELETE FROM {table}")
        assert {(one.table, one.why, one.about) for one in found} == {(table, "missing", TITLE)}, table
    assert verified(store).valid


def test_rows_made_changed_and_deleted_by_services_fit(store: Store) -> None:
    """Relations, comments, opinions and the yearly plan; a removed line that is put back again is found."""
    version = begun(store)
    with store.work(EVERYBODY) as work:
        here = passage.passage(work, version).plan
        plans.relate(work, here, a_plan(work, "总体预案", kind=PlanKind.OVERALL)[0].id, RelationKind.UPPER)
        comments.comment(work, here, "c2", "宜改为20分钟", quotation="30分钟")
        year = work_plans.add_entry(
            work, 2027, title="新预案", kind=PlanKind.SPECIAL, lead="县应急管理局", due_on=date(2027, 6, 1),
            trigger=Trigger.RISK,
        )  # fmt: skip
    with store.engine.connect() as connection:
        row = dict(connection.execute(sa.select(rows_of("work_plan_entry"))).one()._mapping)
    with store.work(EVERYBODY) as work:
        work_plans.remove_entry(work, year.entries[0].id, reason="并入另一预案")
    assert verified(store).valid
    with store.engine.begin() as connection:
        connection.execute(sa.insert(rows_of("work_plan_entry")), row)
    (fault,) = verified(store).faults
    assert (fault.why, fault.about) == ("returned", "新预案")


def test_a_row_put_in_past_the_product_is_found(store: Store) -> None:
    begun(store)
    with store.engine.begin() as connection:
        row = dict(connection.execute(sa.select(rows_of("course"))).one()._mapping)
        connection.execute(
            sa.insert(rows_of("course")), row | {"id": new_uuid(), "ordinal": 2, "stage": Stage.IN_FORCE}
        )
    (fault,) = verified(store).faults
    assert (fault.table, fault.why, fault.about) == ("course", "without-event", TITLE)


def test_a_row_that_cannot_be_read_is_named_and_the_others_are_compared(store: Store) -> None:
    begun(store)
    begun(store, title="第二件预案")
    with store.engine.begin() as connection:
        first, second = connection.execute(sa.select(rows_of("course").c.id)).scalars()
        connection.execute(text("UPDATE course SET stage = 'NO_STAGE' WHERE id = :id"), {"id": first})
        connection.execute(text("UPDATE course SET ordinal = 7 WHERE id = :id"), {"id": second})
    found = {one.where: one for one in verified(store).faults}
    assert found[f"course {first}"].why == "unreadable"
    assert found[f"course {second}"].fields == ("ordinal",)
    assert len(found) == 2


def test_a_file_that_a_paper_names_and_that_is_gone_is_found(store: Store) -> None:
    walk(store, begun(store), Stage.LINKAGE)
    with unguarded(store, "media") as connection:
        connection.execute(text("UPDATE paper SET media_hash = media_hash"))
        gone = connection.execute(text("SELECT media_hash FROM answer")).scalars().first()
        if connection.dialect.name == "sqlite":
            connection.execute(text("DELETE FROM media WHERE hash = :hash"), {"hash": gone})
            assert {(one.table, one.why) for one in faults(connection)} == {("answer", "file-missing")}


def test_rows_are_not_written_past_the_events(store: Store) -> None:
    begun(store)
    with pytest.raises(TypeError, match="one by one"), store.work(WRITER) as work:
        work.session.execute(update(CourseRow).values(document_number="x"))
    assert verified(store).valid


def test_what_is_written_after_the_last_event_is_vouched_for_at_the_end(store: Store) -> None:
    begun(store)
    with store.work(WRITER) as work:
        (row,) = work.session.exec(select(PlanRow))
        row.area = "某县"
    with store.reading(AUDITOR) as work:
        assert [one.kind for one in events.history(work, events.STATE_CHAIN)] == [events.TAKEN_OVER, events.KEPT]
    assert verified(store).valid
    assert [one.fields for one in faults_after(store, "UPDATE plan SET area = ''")] == [("area",)]


def test_an_event_tells_anchors_to_the_audit_only(store: Store) -> None:
    begun(store)
    with store.reading(EVERYBODY) as work:
        (plan,) = plans.list_plans(work)
        told = events.history(work, events.chain_of_plan(plan.id))
    assert told
    assert not any("rows" in one.payload for one in told)


def test_a_writer_who_waited_vouches_for_what_the_other_left(store: Store) -> None:
    """What is read before another commits may be stale in memory; the digest is of what stands in the database."""
    begun(store)
    if store.engine.dialect.name == "sqlite":  # a second writer waits before it reads
        return
    with store.work(WRITER) as work:
        (row,) = work.session.exec(select(CourseRow))
        with store.work(EVERYBODY) as other:
            (same,) = other.session.exec(select(CourseRow))
            same.moved_on = date(2026, 11, 20)
        row.document_number = "青政办发〔2026〕12号"
    assert verified(store).valid


def test_a_change_past_the_product_is_not_covered_up_by_a_later_one_made_with_it(store: Store) -> None:
    version = begun(store)
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE course SET issued_on = '2020-01-01'"))
    walk(store, version, Stage.LINKAGE)
    (fault,) = verified(store).faults
    assert (fault.table, fault.why, fault.about) == ("course", "was-altered", TITLE)


# ----- data from before


def test_an_earlier_backup_is_restored_verified_and_taken_over(tmp_path: Path, clock: StillClock) -> None:
    report = restore(FORMER_BACKUP, tmp_path / "home")
    assert (report.rows, report.valid) == (205, True)
    store = Store.in_directory(tmp_path / "home", clock=clock, new_id=new_uuid)
    before = verified(store)
    assert before.valid
    assert before.unvouched > 40
    with store.work(WRITER) as work:
        events.take_over(work)
        events.take_over(work)
    after = verified(store)
    assert after == replace(before, events=before.events + 1, unvouched=0, taken_over=before.rows)
    (fault,) = faults_after(store, "UPDATE course SET issued_on = '2020-01-01'")
    assert fault == Fault(where=fault.where, why="altered", table="course", fields=("issued_on",), about=TITLE)


def test_the_first_writing_takes_earlier_rows_over(tmp_path: Path, clock: StillClock) -> None:
    restore(FORMER_BACKUP, tmp_path / "home")
    store = Store.in_directory(tmp_path / "home", clock=clock, new_id=new_uuid)
    before = verified(store)
    begun(store, title="第二件预案")
    after = verified(store)
    assert after.valid
    assert (after.unvouched, after.taken_over) == (0, before.rows)
    assert after.rows > before.rows


def test_taking_over_does_not_cover_up_what_fitted_no_more(tmp_path: Path, clock: StillClock) -> None:
    """Signatures were vouched for before: one that was altered before the update goes on being a fault."""
    restore(FORMER_BACKUP, tmp_path / "home")
    store = Store.in_directory(tmp_path / "home", clock=clock, new_id=new_uuid)
    with store.engine.begin() as connection:
        for table in APPEND_ONLY:
            unguard(connection, table)
        connection.execute(text("UPDATE sign_off SET opinion = '不同意' WHERE move = 'APPROVE'"))
    with store.work(WRITER) as work:
        events.take_over(work)
    assert {(one.table, one.why) for one in verified(store).faults if one.table} == {("sign_off", "altered")}


def test_a_column_added_later_leaves_digests_as_they_were() -> None:
    values = a_row("treatment") | {"resolution": "", "resolved_on": None}
    earlier = {name: value for name, value in values.items() if name not in ("resolution", "resolved_on")}
    assert row_digest("treatment", values) == row_digest("treatment", earlier)
    former = Vouched(digest=digest(earlier), head=1, kind="", is_former=True)
    assert former.fits("treatment", values)
    assert not former.fits("treatment", values | {"resolution": "已协商"})
    assert not former.fits("treatment", values | {"reason": ""})


# ----- laws


@pytest.mark.parametrize("table", COVERED)
def test_every_column_of_a_covered_table_counts(table: str) -> None:
    row = a_row(table)
    before = anchor(table, row)
    coded = {code.partition("=")[0] for code in before.codes.split()}
    for column in rows_of(table).columns:
        other = row | {column.key: another(column, row[column.key])}
        is_aside = column.key in ASIDE.get(table, ())
        assert (row_digest(table, other) == before.digest) == is_aside, column.key
        hidden = {one.key for one in rows_of(table).primary_key} | ASIDE.get(table, set()) | PERSONAL.get(table, set())
        assert (column.key in coded) == (column.key not in hidden), column.key


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with a plan that was issued, on SQLite, its guards and references taken away."""
    folder = tmp_path_factory.mktemp("walked")
    migrate(sqlite_url(folder))
    store = Store(
        open_engine(sqlite_url(folder)), clock=StillClock(), new_id=new_uuid, key=HeadKey.in_directory(folder / "keys")
    )
    walk(store, begun(store), Stage.ISSUED)
    with store.engine.begin() as connection:
        for table in APPEND_ONLY:
            unguard(connection, table)
    yield store
    store.close()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_field_of_any_row_that_is_changed_is_found(walked: Store, data: st.DataObject) -> None:
    with walked.engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        raw.execute("PRAGMA foreign_keys=OFF")
        try:
            table = data.draw(st.sampled_from([name for name in COVERED if count(connection, name)]))
            columns = [
                one for one in rows_of(table).columns if not one.primary_key and one.key not in ASIDE.get(table, ())
            ]
            column = data.draw(st.sampled_from(columns))
            (key,) = rows_of(table).primary_key
            row = data.draw(st.sampled_from(connection.execute(sa.select(rows_of(table)).order_by(key)).all()))
            named = key == row._mapping[key.key]
            value = another(column, row._mapping[column.key])
            connection.execute(sa.update(rows_of(table)).where(named).values({column.key: value}))
            found = faults(connection)
        finally:
            connection.rollback()
            raw.execute("PRAGMA foreign_keys=ON")
    named_fields = () if column.key in PERSONAL.get(table, ()) else (column.key,)
    assert (table, "altered", named_fields) in {(one.table, one.why, one.fields) for one in found}


def verified(store: Store) -> audit.Verification:
    with store.reading(AUDITOR) as work:
        return audit.verify(work)


def faults_after(store: Store, statement: str) -> list[Fault]:
    """What the audit says once *statement* was run; then it is taken back."""
    with unguarded(store, *APPEND_ONLY) as connection:
        assert connection.execute(text(statement)).rowcount
        return faults(connection)


def faults(connection: Connection) -> list[Fault]:
    with Session(connection) as session:
        return list(RowAudit(session).faults())


@contextmanager
def unguarded(store: Store, *tables: str) -> Iterator[Connection]:
    """A connection without the guards and references; all it does is taken back."""
    with store.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            raw: Any = connection.connection.driver_connection
            raw.execute("PRAGMA foreign_keys=OFF")
        else:
            connection.execute(text("SET session_replication_role = replica"))
        for table in tables:
            unguard(connection, table)
        try:
            yield connection
        finally:
            connection.rollback()
            if connection.dialect.name == "sqlite":
                raw.execute("PRAGMA foreign_keys=ON")


def count(connection: Connection, table: str) -> int:
    return int(connection.execute(sa.select(sa.func.count()).select_from(rows_of(table))).scalar_one())


def a_row(table: str) -> dict[str, Any]:
    """Values of every column, none of them at its default."""
    return {column.key: another(column, None) for column in rows_of(table).columns}


def another(column: Column[Any], value: Any) -> Any:
    """A value of the column's type that is not *value* and not a default."""
    kind = column.type
    if isinstance(kind, sa.Enum):
        members: list[Enum] = list(kind.enum_class or ())
        return next(one for one in members[1:] + members[:1] if one != value)
    if isinstance(kind, sa.Boolean):
        default = COVERED[column.table.name].model_fields[column.key].default
        return not value if value is not None else default is not True
    if isinstance(kind, sa.JSON):
        return {"x": "1"} if value != {"x": "1"} else {"x": "2"}
    for of, start, step in STEPS:
        if isinstance(kind, of):
            return (value or start) + step
    return f"{value or ''}x"


STEPS: tuple[tuple[type[sa.types.TypeEngine[Any]], Any, Any], ...] = (
    (UtcDateTime, datetime(2026, 1, 1, tzinfo=UTC), timedelta(days=1)),
    (sa.Date, date(2026, 1, 1), timedelta(days=1)),
    (sa.Integer, 7, 1),
)
