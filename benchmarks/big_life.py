"""What goes on in a big store: plans in consultation and being signed, clocks that run, evaluations due, comments.

Written after the plans are there, for each plan by a draw of its own, so that the same comes out every time.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Row, select, update
from sqlmodel import Session

from benchmarks.big_store import START, Chain, Writer
from plans_repo.course.stages import ClockKind, Stage
from plans_repo.search.sources import read_nodes
from plans_repo.store.anchors import anchor, rows_of
from plans_repo.store.batches import batched
from plans_repo.store.events import KEPT, STATE_CHAIN, chain_of_plan
from plans_repo.store.tables.comments import CommentEntryRow, CommentRow, EntryKind
from plans_repo.store.tables.courses import CourseRow, DeadlineRow
from plans_repo.store.tables.events import EventRow, HeadRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.terms import TermRow
from plans_repo.store.tables.versions import BlobRow, VersionRow

UNDER_WAY = (Stage.CONSULTATION, Stage.REVIEW, Stage.LEGALITY, Stage.APPROVAL, Stage.DRAFT, Stage.DRAFT, Stage.DRAFT)
REMARKS = (
    "建议与县预案的时限保持一致。",
    "请核实责任单位名称，机构改革后职责已调整。",
    "建议补充夜间转移的保障措施。",
    "此处与防汛预案不一致，请会商后统一。",
    "建议明确联络人和值班电话。",
    "物资数量与台账不符，请核对。",
)
ANSWERS = ("已按意见修改。", "经会商，维持原文，理由见会议纪要。", "已核实，采纳。")
ISSUED_LATELY, ISSUED_LONG_AGO = date(2026, 11, 9), date(2023, 12, 1)


@dataclass(frozen=True)
class _Plan:
    """A plan with its present edition and newest version."""

    id: str
    organisation: str
    course: str
    stage: Stage
    version: str
    tree: str


def enliven(connection: Connection) -> None:
    """Give every plan of a store that was just built what goes on in it."""
    writer = Writer(connection, random.Random(4))
    writer.rows |= {CommentRow: [], CommentEntryRow: [], DeadlineRow: []}
    writer.head = _last_head(connection)
    for some in batched(_plans(connection)):
        texts = _some_clauses(connection, some)
        last = _last_events(connection, {chain_of_plan(plan.id): plan.id for plan in some})
        for plan in some:
            draw = random.Random(plan.id)
            _move(connection, writer, plan, draw)
            chain = Chain(writer, chain_of_plan(plan.id), *last[plan.id])
            for clause, words in texts[plan.id][: draw.choice((0, 1, 2, 5))]:
                _comment(writer, chain, plan, draw, clause, words)
        writer.flush()
    if writer.unspoken:
        Chain(writer, STATE_CHAIN, *_last_events(connection, {STATE_CHAIN: STATE_CHAIN})[STATE_CHAIN]).record(
            KEPT, {}, START
        )
        writer.flush()


def _move(connection: Connection, writer: Writer, plan: _Plan, draw: random.Random) -> None:
    """A third of the drafts are on their way; of the editions in force some are new and some long due."""
    if plan.stage is Stage.DRAFT:
        _stand(connection, writer, plan.course, draw.choice(UNDER_WAY))
    elif draw.random() < 0.1:
        _stand(connection, writer, plan.course, Stage.PUBLISHED, ISSUED_LATELY)
        writer.add(
            DeadlineRow(
                id=writer.new_id(), course_id=plan.course, kind=ClockKind.FILING, from_on=ISSUED_LATELY,
                due_on=date(2026, 12, 7), is_provisional=False,
            )
        )  # fmt: skip
    elif draw.random() < 0.05:
        _stand(connection, writer, plan.course, Stage.IN_FORCE, ISSUED_LONG_AGO)


def _stand(connection: Connection, writer: Writer, course: str, stage: Stage, issued_on: date | None = None) -> None:
    days = {"issued_on": issued_on} if issued_on else {}
    connection.execute(update(CourseRow).where(CourseRow.id == course).values(stage=stage, **days))  # type: ignore[arg-type]
    if issued_on:
        both = {"issued_on": issued_on, "effective_on": issued_on}
        connection.execute(update(TermRow).where(TermRow.course_id == course).values(**both))  # type: ignore[arg-type]
    for table, key in (("course", "id"), ("term", "course_id")):
        for row in connection.execute(select(rows_of(table)).where(rows_of(table).c[key] == course)):
            writer.unspoken.append(anchor(table, dict(row._mapping)).plain())


def _comment(writer: Writer, chain: Chain, plan: _Plan, draw: random.Random, clause: str, words: str) -> None:
    at, is_open = START + timedelta(days=draw.randrange(320, 900)), draw.random() < 0.5
    row = CommentRow(
        id=writer.new_id(), plan_id=plan.id, version_id=plan.version, clause_id=clause, quotation=words[:12], before="",
        after=words[12:24], text=draw.choice(REMARKS), is_open=is_open, revision=1 if is_open else 2,
        organisation_id=plan.organisation, made_at=at, made_by="benchmark",
    )  # fmt: skip
    writer.add(row)
    chain.record("comment-made", {"comment": row.id, "version": plan.version, "clause": clause}, at)
    if not is_open:
        entry = CommentEntryRow(
            id=writer.new_id(), comment_id=row.id, ordinal=2, kind=EntryKind.RESOLVE, text=draw.choice(ANSWERS),
            made_at=at + timedelta(days=2), made_by="benchmark",
        )  # fmt: skip
        writer.add(entry)
        chain.record("comment-resolved", {"comment": row.id, "entry": entry.id}, entry.made_at)


def _plans(connection: Connection) -> list[_Plan]:
    course, version = CourseRow.__table__.c, VersionRow.__table__.c  # type: ignore[attr-defined]
    plan = PlanRow.__table__.c  # type: ignore[attr-defined]
    query = (
        select(plan.id, plan.organisation_id, course.id, course.stage, version.id, version.tree_hash)
        .join_from(PlanRow, CourseRow, course.plan_id == plan.id)
        .join(VersionRow, version.course_id == course.id)
        .order_by(plan.id, version.ordinal)
    )
    newest = {row[0]: _Plan(*row) for row in connection.execute(query)}
    return list(newest.values())


def _some_clauses(connection: Connection, plans: Sequence[_Plan]) -> dict[str, list[tuple[str, str]]]:
    """Five paragraphs of each plan: the clause and its words."""
    with Session(connection) as session:
        nodes = read_nodes(session, {plan.tree for plan in plans})
    chosen: dict[str, list[tuple[str, str]]] = {}
    for plan in plans:
        leaves = [(child.clause, child.blob) for child in _walk(plan.tree, nodes) if not child.node]
        chosen[plan.id] = random.Random(plan.id).sample(leaves, min(5, len(leaves)))
    wanted = sorted({blob for several in chosen.values() for _clause, blob in several})
    blobs: dict[str, str] = {}
    for some in batched(wanted):
        query = select(BlobRow.hash, BlobRow.data).where(BlobRow.hash.in_(some))  # type: ignore[attr-defined,call-overload]
        blobs |= {key: json.loads(data).get("text", "") for key, data in connection.execute(query)}
    return {plan: [(clause, blobs[blob]) for clause, blob in several] for plan, several in chosen.items()}


def _walk(key: str, nodes: dict[str, Any]) -> Iterator[Any]:
    for child in nodes[key]:
        yield child
        if child.node:
            yield from _walk(child.node, nodes)


def _last_events(connection: Connection, name: Mapping[str, str]) -> dict[str, tuple[int, str]]:
    event = EventRow.__table__.c  # type: ignore[attr-defined]
    query = select(event.chain, event.position, event.hash).where(event.chain.in_(name)).order_by(event.position)
    rows: Sequence[Row[Any]] = connection.execute(query).all()
    return {name[chain]: (position, digest) for chain, position, digest in rows}


def _last_head(connection: Connection) -> tuple[int, str]:
    head = HeadRow.__table__.c  # type: ignore[attr-defined]
    row = connection.execute(select(head.position, head.hash).order_by(head.position.desc()).limit(1)).one()
    return row[0], row[1]
