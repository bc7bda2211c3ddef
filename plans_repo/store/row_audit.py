"""Compare the rows an official acts on with what the events say they left behind."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Column, Select, String, Table, type_coerce
from sqlalchemy import select as select_columns
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from plans_repo.store import events
from plans_repo.store.anchors import (
    COVERED,
    FORMERLY,
    Vouched,
    changed_fields,
    codes_at,
    key_of,
    rows_of,
    vouched,
)
from plans_repo.store.tables.versions import MediaRow
from plans_repo.store.vouching import every_row

UNREADABLE = (SQLAlchemyError, ValueError, LookupError, TypeError)
_PLAN_CHAIN = events.chain_of_plan("")
MEDIA = "media"


@dataclass(frozen=True, kw_only=True)
class Fault:
    """Something that does not fit: where it is and why, in one word.

    Of a row also its *table*, the *fields* that no longer fit as far as they are known, and what it is *about*: the
    title of its plan, or a name of its own.
    """

    where: str
    why: str
    table: str = ""
    fields: tuple[str, ...] = ()
    about: str = ""


class RowAudit:
    """Reads all covered rows once; *rows*, *unvouched* and *taken_over* are counted as the faults are asked for.

    *unvouched* are rows of a store whose events do not vouch for such rows yet; *taken_over* those of which only the
    state is known that they had when events began to.
    """

    def __init__(self, session: Session) -> None:
        self.session = session
        self.rows = self.unvouched = self.taken_over = 0

    def faults(self) -> Iterator[Fault]:
        """Every row that does not fit what was last said of it, is there without a word or not there any more."""
        self._known = vouched(self.session)
        self._begun = events.is_begun(self.session)
        for table in COVERED:
            yield from self._table_faults(table)
        for (table, key), said in self._known.items():
            if said.digest:
                yield Fault(where=f"{table} {key}", why="missing", table=table, about=self._title_of_chain(said))
        yield from self._paper_faults()

    def _table_faults(self, table: str) -> Iterator[Fault]:
        seen: set[str] = set()
        try:
            for values in every_row(self.session, table):
                seen.add(key_of(table, values))
                yield from self._row_faults(table, values)
        except UNREADABLE:
            yield from self._one_by_one(table, seen)

    def _row_faults(self, table: str, values: dict[str, Any]) -> Iterator[Fault]:
        self.rows += 1
        key = key_of(table, values)
        said = self._known.pop((table, key), None)
        if said is not None and said.digest and said.fits(table, values):
            if said.was_altered:
                yield Fault(where=f"{table} {key}", why="was-altered", table=table, about=self._about(table, values))
            self.taken_over += said.kind == events.TAKEN_OVER
        elif said is None and not self._begun and table not in FORMERLY:
            self.unvouched += 1
        else:
            yield self._fault(table, key, values, said)

    def _fault(self, table: str, key: str, values: dict[str, Any], said: Vouched | None) -> Fault:
        fault = Fault(where=f"{table} {key}", why="altered", table=table, about=self._about(table, values))
        if said is None:
            return replace(fault, why="without-event")
        if not said.digest:
            return replace(fault, why="returned")
        chain, codes = codes_at(self.session, said.head, table, key)
        return replace(fault, fields=changed_fields(table, values, codes), about=self._plan_title(chain) or fault.about)

    def _one_by_one(self, table: str, seen: Collection[str]) -> Iterator[Fault]:
        """The rows not *seen* yet, among them those that cannot be read."""
        keys = [type_coerce(column, String) for column in rows_of(table).primary_key]
        try:
            present = self.session.execute(select_columns(*keys)).all()
        except UNREADABLE:
            yield Fault(where=f"table {table}", why="unreadable", table=table)
            return
        for key in present:
            if (word := "/".join(map(str, key))) not in seen:
                named = [column == value for column, value in zip(keys, key, strict=True)]
                query = select_columns(*rows_of(table).columns).where(*named)
                yield from self._read_faults(table, word, query, seen)

    def _read_faults(self, table: str, key: str, query: Select[Any], seen: Collection[str]) -> Iterator[Fault]:
        try:
            values = dict(self.session.execute(query).one()._mapping)
        except UNREADABLE:
            said = self._known.pop((table, key), None)
            about = self._title_of_chain(said) if said else ""
            yield Fault(where=f"{table} {key}", why="unreadable", table=table, about=about)
        else:
            if key_of(table, values) not in seen:
                yield from self._row_faults(table, values)

    def _paper_faults(self) -> Iterator[Fault]:
        """Files a row names that are not there any more."""
        for table in COVERED:
            for column in rows_of(table).columns:
                if any(key.column.table.name == MEDIA for key in column.foreign_keys):
                    yield from self._files_missing(table, column)

    def _files_missing(self, table: str, column: Column[Any]) -> Iterator[Fault]:
        present = select_columns(MediaRow.__table__.c.hash)  # type: ignore[attr-defined]
        query = select_columns(*rows_of(table).columns).where(column.is_not(None), column.not_in(present))
        for row in self.session.execute(query):
            values = dict(row._mapping)
            where = f"{table} {key_of(table, values)}"
            yield Fault(where=where, why="file-missing", table=table, about=self._about(table, values))

    def _about(self, table: str, values: dict[str, Any]) -> str:
        """The title of the plan a row belongs to, by the rows it refers to; its own title or name for the others."""
        if "title" in values and table in ("plan", "work_plan", "work_plan_entry", "catalogue_entry"):
            return str(values["title"])
        for column in rows_of(table).columns:
            for key in column.foreign_keys:
                other = key.column.table
                if other.name in _LEADING_TO_A_PLAN and values[column.key]:
                    return self._about_other(other, values[column.key])
        return str(values["name"]) if table == "organisation" else ""

    def _about_other(self, table: Table, ident: str) -> str:
        key = next(iter(table.primary_key))
        try:
            row = self.session.execute(select_columns(*table.columns).where(key == ident)).first()
        except UNREADABLE:
            return ""
        return self._about(table.name, dict(row._mapping)) if row else ""

    def _title_of_chain(self, said: Vouched) -> str:
        return self._plan_title(codes_at(self.session, said.head, "", "")[0])

    def _plan_title(self, chain: str) -> str:
        if not chain.startswith(_PLAN_CHAIN):
            return ""
        plan = rows_of("plan").columns
        title = self.session.execute(select_columns(plan.title).where(plan.id == chain.removeprefix(_PLAN_CHAIN)))
        return str(title.scalar_one_or_none() or "")


_LEADING_TO_A_PLAN = frozenset({
    "plan", "course", "panel", "panel_seat", "consultation", "consulted_unit", "comment", "version", "work_plan",
})  # fmt: skip
