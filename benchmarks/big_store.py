"""A store of ten thousand plans with ten versions each, written in bulk: the rows the services would write.

Plans of villages and townships are short, those of counties longer; a part of their words is common to
all plans of a template, a part names the place. Chains of events and heads are complete: `audit verify` passes.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection
from sqlmodel import Session, SQLModel

from benchmarks import bulk
from benchmarks.texts import a_text, edited
from plans_repo.course.stages import Process, Stage
from plans_repo.organisations import OrganisationKind
from plans_repo.store import events
from plans_repo.store.anchors import COVERED, ROWS, anchor
from plans_repo.store.audit import root_hash
from plans_repo.store.tables.accounts import OrganisationRow
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.events import EventRow, HeadRow
from plans_repo.store.tables.plans import PlanKind, PlanRow
from plans_repo.store.tables.terms import EndKind, TermRow
from plans_repo.store.tables.versions import BlobRow, NodeRow, Trigger, VersionRow
from plans_repo.text.clause import Clause, content, parents
from plans_repo.versions import HASH_NAME
from sim.plain import canonical

COUNTIES, TOWNSHIPS = 20, 25
START = datetime(2024, 1, 8, 1, tzinfo=UTC)
HAZARDS = ("flood", "mine", "fire", "")
TABLES = (OrganisationRow, PlanRow, CourseRow, TermRow, BlobRow, NodeRow, VersionRow, EventRow, HeadRow)


@dataclass
class Writer:
    """Rows waiting to be written, and where the chains stand."""

    connection: Connection
    draw: random.Random
    rows: dict[type[SQLModel], list[dict[str, Any]]] = field(default_factory=lambda: {table: [] for table in TABLES})
    known: set[str] = field(default_factory=set)
    head: tuple[int, str] = (0, events.START)
    unspoken: list[list[str]] = field(default_factory=list)

    def new_id(self) -> str:
        """A uuid of the drawn kind, so that the same store comes out again."""
        digits = f"{self.draw.getrandbits(128):032x}"
        return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-8{digits[17:20]}-{digits[20:]}"

    def add(self, row: SQLModel) -> None:
        values, table = row.model_dump(), str(row.__tablename__)
        self.rows[type(row)].append(values)
        if table in COVERED:
            self.unspoken.append(anchor(table, values).plain())

    def put(self, table: type[SQLModel], data: bytes) -> str:
        """Bytes under their hash, once."""
        key = hashlib.sha256(data).hexdigest()
        if key not in self.known:
            self.known.add(key)
            self.rows[table].append({"hash": key, "data": data})
        return key

    def flush(self) -> None:
        for table, rows in self.rows.items():
            if rows:
                bulk.write(self.connection, table, rows)
                rows.clear()


def build(connection: Connection, plans: int, versions: int, seed: int = 1) -> list[str]:
    """Write the store; gives the ids of its plans."""
    writer = Writer(connection, random.Random(seed))
    places = list(_places(writer))
    Chain(writer, events.STATE_CHAIN).record(events.TAKEN_OVER, {"found": len(places)}, START)
    made = []
    for number in range(plans):
        made.append(_plan(writer, number, places, versions))
        if number % 100 == 99:
            writer.flush()
    writer.flush()
    return made


def _places(writer: Writer) -> Iterator[tuple[OrganisationRow, str]]:
    """A city, its counties, their townships: the body and the name its texts say."""
    city = _body(writer, "云陵市人民政府", OrganisationKind.GOVERNMENT, "/c/")
    yield city, "云陵市"
    for county in range(COUNTIES):
        name = f"{'青石白云长安永和福'[county % 9]}{'川岭河山'[county % 4]}{county}县"
        yield _body(writer, f"{name}人民政府", OrganisationKind.GOVERNMENT, f"/c/{county}/"), name
        for township in range(TOWNSHIPS):
            town = f"{name}{'双堤杨柳石桥新'[township % 7]}{township}镇"
            yield _body(writer, f"{town}人民政府", OrganisationKind.TOWNSHIP, f"/c/{county}/{township}/"), town


def _body(writer: Writer, name: str, kind: OrganisationKind, area: str) -> OrganisationRow:
    row = OrganisationRow(id=writer.new_id(), name=name, kind=kind, area=area, created_at=START)
    writer.add(row)
    return row


def _plan(writer: Writer, number: int, places: Sequence[tuple[OrganisationRow, str]], versions: int) -> str:
    draw = writer.draw
    body, place = places[number % len(places)]
    is_county = body.kind is OrganisationKind.GOVERNMENT
    hazard = HAZARDS[number // len(places) % 4]
    plan = PlanRow(
        id=writer.new_id(),
        title=f"{place}{number // len(places)}号{'洪涝矿山火灾综合'[HAZARDS.index(hazard) * 2 :][:2]}应急预案",
        kind=PlanKind.SPECIAL if is_county else PlanKind.TOWNSHIP,
        hazard=hazard,
        organisation_id=body.id,
        area=body.area,
        created_at=START,
        created_by="benchmark",
    )
    writer.add(plan)
    chain = Chain(writer, events.chain_of_plan(plan.id))
    chain.record("plan-created", {"plan": plan.id, "kind": plan.kind, "title": plan.title, "hazard": hazard}, START)
    template = random.Random(number % 40)  # a template has the same words wherever they do not name the place
    text = a_text(template, 160 if is_county else 36, writer.new_id, place)
    former = _course(writer, plan, 1, Stage.SUPERSEDED)
    present = _course(writer, plan, 2, draw.choice((Stage.IN_FORCE, Stage.IN_FORCE, Stage.IN_FORCE, Stage.DRAFT)))
    base: list[str] = []
    for ordinal in range(1, versions + 1):
        course = former if ordinal <= versions // 2 else present
        row = _version(writer, plan, course, ordinal, text, base)
        chain.record(
            "version-made",
            {"version": row.id, "root_hash": row.root_hash, "trigger": row.trigger},
            row.created_at,
        )
        base = [row.id]
        text = edited(draw, text, 6 if is_county else 3, place)
    return plan.id


def _course(writer: Writer, plan: PlanRow, ordinal: int, stage: Stage) -> CourseRow:
    is_issued = stage is not Stage.DRAFT
    row = CourseRow(
        id=writer.new_id(),
        plan_id=plan.id,
        stage=stage,
        process=Process.FULL,
        ordinal=ordinal,
        document_number=f"政办发〔{2023 + ordinal}〕{writer.draw.randrange(1, 90)}号" if is_issued else "",
        issued_on=date(2023 + ordinal, writer.draw.randrange(1, 13), 10) if is_issued else None,
        started_at=START,
    )
    writer.add(row)
    if row.issued_on:
        ended = None if stage is not Stage.SUPERSEDED else date(2024, 12, 31)
        writer.add(
            TermRow(
                course_id=row.id, plan_id=plan.id, issued_on=row.issued_on, effective_on=row.issued_on,
                ended_on=ended, end_kind=EndKind.SUPERSEDED if ended else None,
            )
        )  # fmt: skip
    return row


def _version(
    writer: Writer, plan: PlanRow, course: CourseRow, ordinal: int, text: Sequence[Clause], base: list[str]
) -> VersionRow:
    tree = _tree(writer, text)
    row = VersionRow(
        id=writer.new_id(),
        plan_id=plan.id,
        course_id=course.id,
        ordinal=ordinal,
        label=f"第{ordinal}稿（2024-01-08）",
        title=plan.title,
        root_hash=root_hash(tree, None),
        tree_hash=tree,
        hash_name=HASH_NAME,
        parents=base,
        reason="修改",
        trigger=Trigger.EDITING if base else Trigger.FIRST,
        created_at=START + timedelta(days=30 * ordinal),
        created_by="benchmark",
    )
    writer.add(row)
    return row


_BLOBS: dict[int, tuple[Clause, str]] = {}


def _tree(writer: Writer, text: Sequence[Clause]) -> str:
    """As ``plans_repo.text.tree.build_tree``, with the blobs of clauses that did not change remembered."""
    under: dict[str, list[str]] = {}
    for child, parent in parents(text).items():
        under.setdefault(parent, []).append(child)
    blobs = {clause.id: _blob(writer, clause) for clause in text}
    node_of: dict[str, str] = {}
    for parent in [*(clause.id for clause in reversed(text)), ""]:
        if parent in under or not parent:
            entries = [[child, blobs[child], node_of.get(child, "")] for child in under.get(parent, [])]
            node_of[parent] = writer.put(NodeRow, canonical({"children": entries}))
    return node_of[""]


def _blob(writer: Writer, clause: Clause) -> str:
    found = _BLOBS.get(id(clause))
    if found is None or found[0] is not clause:
        if len(_BLOBS) > 5000:
            _BLOBS.clear()
        found = _BLOBS[id(clause)] = (clause, writer.put(BlobRow, canonical(content(clause))))
    return found[1]


class Chain:
    """The chain of a plan's events, and its part in the chain of heads."""

    def __init__(self, writer: Writer, name: str, position: int = 0, previous: str = events.START) -> None:
        self.writer, self.name = writer, name
        self.position, self.previous = position, previous

    def record(self, kind: str, payload: dict[str, Any], at: datetime) -> None:
        self.position += 1
        rows, self.writer.unspoken = self.writer.unspoken, []
        event = EventRow(
            chain=self.name,
            position=self.position,
            kind=kind,
            at=at,
            account_id="benchmark",
            os_user="benchmark",
            payload=canonical({**payload, ROWS: rows}).decode(),
            previous=self.previous,
            hash="",
            hash_name=events.HASH_NAME,
        )
        event.hash = self.previous = events.event_hash(event)
        self.writer.add(event)
        place, former = self.writer.head
        head = HeadRow(
            position=place + 1,
            chain=self.name,
            event_position=event.position,
            event_hash=event.hash,
            previous=former,
            hash="",
            signature="",
            scheme="",
            key="",
        )
        head.hash = events.head_hash(head)
        self.writer.add(head)
        self.writer.head = (head.position, head.hash)


def faults_of_sample(session: Session, plan_ids: Iterable[str]) -> list[str]:
    """What does not fit in some plans: tree rebuilt by the product's own function, chain, anchors."""
    from sqlmodel import col, select

    from plans_repo.store.anchors import row_digest
    from plans_repo.text.tree import build_tree, clauses_of

    def fetch(key: str) -> bytes:
        found = session.get(NodeRow, key) or session.get(BlobRow, key)
        return found.data if found else b""

    faults: list[str] = []
    for plan_id in plan_ids:
        told = {}
        previous = events.START
        query = select(EventRow).where(EventRow.chain == events.chain_of_plan(plan_id)).order_by(col(EventRow.position))
        for event in session.exec(query):
            if event.previous != previous or event.hash != events.event_hash(event):
                faults.append(f"event {event.chain}#{event.position}")
            previous = event.hash
            told[event.position] = event.payload
        for version in session.exec(select(VersionRow).where(VersionRow.plan_id == plan_id)):
            rebuilt = build_tree(clauses_of(version.tree_hash, fetch)).root_hash
            if rebuilt != version.tree_hash or version.root_hash != root_hash(rebuilt, None):
                faults.append(f"version {version.id}")
            if not any(row_digest("version", version.model_dump()) in payload for payload in told.values()):
                faults.append(f"anchor {version.id}")
    return faults
