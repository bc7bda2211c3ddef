"""Verify the whole store: events, heads and signatures, versions against their hashes, rows against the events."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain as joined
from itertools import islice
from typing import Any

from sqlmodel import Session, col, func, select

from plans_repo.errors import PlansRepoError
from plans_repo.store import events
from plans_repo.store.anchors import ROWS
from plans_repo.store.events import START
from plans_repo.store.guards import unguarded
from plans_repo.store.roles import Action
from plans_repo.store.row_audit import UNREADABLE, Fault, RowAudit
from plans_repo.store.signing import HeadKey
from plans_repo.store.tables.events import EventRow, HeadRow
from plans_repo.store.tables.terms import TermRow
from plans_repo.store.tables.versions import BlobRow, MediaRow, NodeRow, VersionRow
from plans_repo.store.work import Work
from plans_repo.text.tree import children
from sim.plain import digest, plain

AT_ONCE = 50  # files held in memory together
TERM = ("issued_on", "effective_on", "trial_until", "ended_on", "end_kind")
BEGINNINGS = ("issue", "register")
ENDINGS = {"supersede": "superseded", "abolish": "abolished"}
"""Moves that tell the term of an edition issued before terms were kept."""
MOST_FAULTS = 100
"""So many faults are named; where there are more, the store is lost anyway."""

__all__ = ["MOST_FAULTS", "Fault", "Verification", "faults", "root_hash", "verification", "verify"]


@dataclass(frozen=True, kw_only=True)
class Verification:
    """How many events and rows were read, whether everything fits, and the first things that do not.

    *unvouched* rows stand in a store whose events do not vouch for such rows yet: nobody can say whether they fit.
    Of *taken_over* rows only changes since the update are found that began to vouch for them.
    """

    events: int
    valid: bool
    first_bad: Fault | None
    faults: tuple[Fault, ...] = ()
    rows: int = 0
    unvouched: int = 0
    taken_over: int = 0


def verify(work: Work) -> Verification:
    """Read everything and compare it with its hashes; names the first faults."""
    work.require(Action.VERIFY_EVENTS)
    return verification(work.session, work.key)


def verification(session: Session, key: HeadKey | None) -> Verification:
    """As ``verify``, for a caller that has already asked for permission."""
    rows = RowAudit(session)
    named = {fault.where: fault for fault in reversed(tuple(islice(_faults(session, key, rows), MOST_FAULTS)))}
    found = tuple(reversed(named.values()))
    return Verification(
        events=session.exec(select(func.count()).select_from(EventRow)).one(),
        valid=not found,
        first_bad=found[0] if found else None,
        faults=found,
        rows=rows.rows,
        unvouched=rows.unvouched,
        taken_over=rows.taken_over,
    )


def faults(session: Session, key: HeadKey | None) -> Iterator[Fault]:
    """Everything that does not fit, chains first."""
    return _faults(session, key, RowAudit(session))


def _faults(session: Session, key: HeadKey | None, rows: RowAudit) -> Iterator[Fault]:
    parts = (
        ("events", _event_faults(session)),
        ("heads", _head_faults(session, key)),
        ("events and heads", _cover_faults(session)),
        ("contents", _content_faults(session)),
        ("versions", _version_faults(session)),
        ("rows", rows.faults()),
        ("terms", _term_faults(session)),
        ("database", _guard_faults(session)),
    )
    return joined.from_iterable(_readable(where, part) for where, part in parts)


def _readable(where: str, part: Iterator[Fault]) -> Iterator[Fault]:
    """What cannot even be read is a fault as well."""
    try:
        yield from part
    except UNREADABLE:
        yield Fault(where=where, why="unreadable")


def _event_faults(session: Session) -> Iterator[Fault]:
    chain, position, previous = "", 0, START
    for row in events.in_order(session):
        if row.chain != chain:
            chain, position, previous = row.chain, 0, START
        position += 1
        where = f"{row.chain}#{row.position}"
        if row.position != position:
            yield Fault(where=f"{row.chain}#{position}", why="missing")
        elif row.previous != previous:
            yield Fault(where=where, why="not-linked")
        elif row.hash != events.event_hash(row):
            yield Fault(where=where, why="altered")
        position, previous = row.position, row.hash


def _head_faults(session: Session, key: HeadKey | None) -> Iterator[Fault]:
    previous, position = START, 0
    remembered = key.remembered() if key else None
    for row in events.heads(session):
        position += 1
        where = f"head#{row.position}"
        if row.position != position:
            yield Fault(where=f"head#{position}", why="missing")
        elif row.previous != previous:
            yield Fault(where=where, why="not-linked")
        elif row.hash != events.head_hash(row):
            yield Fault(where=where, why="altered")
        elif not _is_signed(row, key):
            yield Fault(where=where, why="signature-wrong")
        elif remembered and row.position == remembered[0] and row.hash != remembered[1]:
            yield Fault(where=where, why="not-the-head-remembered")
        position, previous = row.position, row.hash
    if remembered and position < remembered[0]:
        yield Fault(where=f"head#{position + 1}", why="cut-off")


def _is_signed(row: HeadRow, key: HeadKey | None) -> bool:
    return key is None or (bool(row.key) and key.fits(events.head_bytes(row), row.signature, row.key))


def _cover_faults(session: Session) -> Iterator[Fault]:
    """Every event stands in the chain of heads, and the other way round."""
    known = {(row.chain, row.event_position): row.event_hash for row in events.heads(session)}
    for row in events.in_order(session):
        if known.pop((row.chain, row.position), None) != row.hash:
            yield Fault(where=f"{row.chain}#{row.position}", why="not-in-heads")
    for chain, position in known:
        yield Fault(where=f"{chain}#{position}", why="missing")


def _content_faults(session: Session) -> Iterator[Fault]:
    for table in (BlobRow, NodeRow, MediaRow):
        keys = session.exec(select(table.hash)).all()
        for start in range(0, len(keys), AT_ONCE):
            some = col(table.hash).in_(keys[start : start + AT_ONCE])
            for key, data in session.exec(select(table.hash, table.data).where(some)).all():
                if hashlib.sha256(data).hexdigest() != key:
                    yield Fault(where=f"{table.__tablename__} {key}", why="altered")


def _version_faults(session: Session) -> Iterator[Fault]:
    whole: set[str] = set()
    for row in session.exec(select(VersionRow).order_by(col(VersionRow.created_at))):
        where = f"version {row.id}"
        if row.root_hash != root_hash(row.tree_hash, row.procedure_hash):
            yield Fault(where=where, why="altered")
        missing = _missing_part(session, row.tree_hash, whole)
        if missing:
            yield Fault(where=where, why=f"part-missing {missing}")


def root_hash(tree_hash: str, procedure_hash: str | None) -> str:
    """What a signature under a version covers: its words and its procedure."""
    return digest({"clauses": tree_hash, "procedure": procedure_hash})


def _missing_part(session: Session, key: str, whole: set[str]) -> str:
    """The hash of a node or blob of the tree that is not there; '' when all are."""
    if key in whole:
        return ""
    try:
        entries = children(key, lambda wanted: session.get_one(NodeRow, wanted).data)
    except (PlansRepoError, *UNREADABLE):
        return key
    for child in entries:
        if child.blob not in whole and session.get(BlobRow, child.blob) is None:
            return child.blob
        whole.add(child.blob)
        if child.node and (missing := _missing_part(session, child.node, whole)):
            return missing
    whole.add(key)
    return ""


def _term_faults(session: Session) -> Iterator[Fault]:
    """The terms of all editions, reckoned anew from what the events tell."""
    told = _terms_told(session)
    for row in session.exec(select(TermRow)):
        kept = {name: getattr(row, name) for name in TERM}
        if told.pop(row.course_id, None) != plain(kept):
            yield Fault(where=f"term {row.course_id}", why="altered")
    for course in told:
        yield Fault(where=f"term {course}", why="missing")


def _terms_told(session: Session) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    kinds = ("moved", "term-begun", "term-ended", "trial-settled")
    query = select(EventRow.kind, EventRow.payload).where(col(EventRow.kind).in_(kinds))
    for kind, payload in session.exec(query.order_by(col(EventRow.chain), col(EventRow.position))):
        said = json.loads(payload)
        term = found.setdefault(said["course"], {})
        if kind != "moved":
            term |= {"end_kind" if name == "kind" else name: said[name] for name in said.keys() - {"course", ROWS}}
        elif said["move"] in BEGINNINGS and not term:
            term |= {"issued_on": said["on"], "effective_on": said["on"]}
        elif said["move"] in ENDINGS and not term.get("ended_on"):
            term |= {"ended_on": said["on"], "end_kind": ENDINGS[said["move"]]}
    blank = {"trial_until": None, "ended_on": None, "end_kind": None}
    return {course: blank | term for course, term in found.items() if "issued_on" in term}


def _guard_faults(session: Session) -> Iterator[Fault]:
    for table in unguarded(session.connection()):
        yield Fault(where=f"table {table}", why="not-guarded")
