"""Versions: made once, never changed; a tree of clauses, a procedure, a root hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import defer
from sqlmodel import col, func, select

from plans_repo import access
from plans_repo.course import courses
from plans_repo.course.stages import CLOSED, EFFECTIVE, Stage
from plans_repo.course.working_days import local_day
from plans_repo.errors import NotFound, PlansRepoError
from plans_repo.linkage import links
from plans_repo.search import index
from plans_repo.store import events
from plans_repo.store.audit import root_hash
from plans_repo.store.batches import batched
from plans_repo.store.insertion import insert_missing
from plans_repo.store.roles import Action
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.versions import BlobRow, MediaRow, NodeRow, Trigger, VersionRow
from plans_repo.store.work import Work
from plans_repo.text.clause import Clause
from plans_repo.text.editorial import objections
from plans_repo.text.tree import Tree, TreeDifference, blob_of, build_tree, children, clauses_of, tree_difference
from sim.plain import canonical, unplain
from sim.procedure import FORMAT, Procedure

HASH_NAME = "sha256"
CURRENT = ("", "latest", "current")


@dataclass(frozen=True, kw_only=True)
class VersionSummary:
    """A version in a list: what it is called, where it stands, who made it and why.

    The text that was issued is called an edition (第2版), every other one a draft (第1稿).
    """

    id: str
    plan: str
    label: str
    label_en: str
    state: Stage
    is_current: bool
    ordinal: int
    root_hash: str
    parents: tuple[str, ...]
    reason: str
    trigger: Trigger
    author: str
    created_at: datetime
    has_procedure: bool


def make(
    work: Work,
    plan: PlanRow,
    clauses: Sequence[Clause],
    procedure: Procedure | None,
    *,
    reason: str,
    trigger: Trigger,
    parents: Sequence[str] = (),
    title: str = "",
    original_hash: str | None = None,
    reading: Mapping[str, Any] | None = None,
    identity: str = "",
) -> VersionRow:
    """Store a new version of *plan* and the event that vouches for it.

    A text that is being signed goes back to its first signature; after issue a new
    course begins. *identity* is the id of a version that was made in another installation.
    """
    if not reason.strip():
        raise PlansRepoError("reason-missing", thing=plan.title, field="reason", rule="must be given")
    work.session.refresh(plan, with_for_update=True)
    course = courses.open_course(work, plan)
    ordinal = _next_ordinal(work, plan.id)
    tree = _store_tree(work, clauses)
    procedure_hash = _store_procedure(work, procedure)
    row = VersionRow(
        id=identity or work.new_id(),
        plan_id=plan.id,
        course_id=course.id,
        ordinal=ordinal,
        label=_draft_label(ordinal, local_day(work.now)),
        title=title or plan.title,
        root_hash=root_hash(tree.root_hash, procedure_hash),
        tree_hash=tree.root_hash,
        procedure_hash=procedure_hash,
        original_hash=original_hash,
        hash_name=HASH_NAME,
        parents=list(parents),
        reading=dict(reading) if reading else None,
        reason=reason,
        trigger=trigger,
        created_at=work.now,
        created_by=work.actor.account,
    )
    work.session.add(row)
    work.session.flush()
    index.add_version(work.session, row, blob_of(tree), tree.blobs)
    links.add_version(work, row, clauses)
    _record(work, row)
    _reconsider_signatures(work, plan, course, row)
    return row


def _reconsider_signatures(work: Work, plan: PlanRow, course: CourseRow, row: VersionRow) -> None:
    """A change voids what was signed, but for a correction that only edits while the text is with the editors."""
    before = work.session.exec(
        select(VersionRow)
        .where(VersionRow.course_id == course.id, VersionRow.id != row.id)
        .order_by(col(VersionRow.ordinal).desc())
        .limit(1)
    ).first()
    if course.stage is Stage.EDITING and before is not None and is_editorial(work, before, row):
        courses.keep_signatures(work, plan, course, before, row)
    else:
        courses.void_signatures(work, plan, course, row.id)


def is_editorial(work: Work, before: VersionRow, after: VersionRow) -> bool:
    """Whether *after* has the procedure of *before* and only corrects its wording."""
    if before.procedure_hash != after.procedure_hash:
        return False
    return not objections(clauses(work, before), clauses(work, after))


def _record(work: Work, row: VersionRow) -> None:
    payload = {"version": row.id, "root_hash": row.root_hash, "trigger": row.trigger}
    events.record(work, events.chain_of_plan(row.plan_id), "version-made", payload)


def version_row(work: Work, plan_id: str, key: str = "", action: Action = Action.READ_PLAN) -> VersionRow:
    """The version of a plan by id, label or ordinal; the newest visible one when *key* is empty."""
    plan = access.visible_plan(work, plan_id, action)
    rows = visible_versions(work, plan)
    wanted = [row for row in rows if key in CURRENT or key in (row.id, *_called(row), str(row.ordinal))]
    if not wanted:
        raise NotFound("version-unknown", thing=plan.title, field="version", value=key)
    return wanted[-1]


def _called(row: VersionRow) -> tuple[str, ...]:
    """What a version is called while it is written and once it is issued, with or without its day."""
    number = row.ordinal
    short = (f"第{number}稿", f"第{number}版", f"Draft {number}", f"Edition {number}")
    return row.label, _issued_label(row), *(_english_label(row, is_issued=issued) for issued in (False, True)), *short


def _draft_label(ordinal: int, on: date) -> str:
    return f"第{ordinal}稿（{on}）"


def _issued_label(row: VersionRow) -> str:
    return f"第{row.ordinal}版（{local_day(row.created_at)}）"


def _english_label(row: VersionRow, *, is_issued: bool) -> str:
    return f"{'Edition' if is_issued else 'Draft'} {row.ordinal} ({local_day(row.created_at)})"


def unknown(version_id: str) -> NotFound:
    """The refusal for a version that is not there."""
    return NotFound("version-unknown", thing="version", field="id", value=version_id)


def visible_versions(work: Work, plan: PlanRow) -> list[VersionRow]:
    """The versions of *plan* the actor may read, oldest first.

    Who does not write or oversee the plan sees of each course only the text that counts.
    """
    rows = work.session.exec(
        select(VersionRow)
        .where(VersionRow.plan_id == plan.id)
        .order_by(col(VersionRow.ordinal))
        .options(defer(VersionRow.reading))  # type: ignore[arg-type]
    ).all()
    stage_of = courses.stages(work, plan.id)
    newest = {row.course_id: row.id for row in rows}
    here, every = access.standpoint(work), frozenset(stage_of.values())
    shared = access.stages_shared(work, plan)
    seen = [row for row in rows if here.sees_course(plan, stage_of[row.course_id], every, shared)]
    if here.sees(plan, frozenset()):
        return seen
    return [row for row in seen if newest[row.course_id] == row.id]


def summary(work: Work, row: VersionRow) -> VersionSummary:
    """A version as a list shows it."""
    stage = work.session.get_one(CourseRow, row.course_id).stage
    return _summary(row, stage, is_current=courses.current_version_id(work, row.course_id) == row.id)


def summaries(work: Work, rows: Sequence[VersionRow]) -> Iterator[VersionSummary]:
    """As ``summary`` for many versions at once; they may be of several plans."""
    stage_of, newest = courses.standing(work, {row.course_id for row in rows})
    for row in rows:
        yield _summary(row, stage_of[row.course_id], is_current=newest[row.course_id] == row.ordinal)


def _summary(row: VersionRow, stage: Stage, *, is_current: bool) -> VersionSummary:
    is_issued = is_current and stage in EFFECTIVE | CLOSED
    return VersionSummary(
        id=row.id,
        plan=row.plan_id,
        label=_issued_label(row) if is_issued else row.label,
        label_en=_english_label(row, is_issued=is_issued),
        state=stage,
        is_current=is_current,
        ordinal=row.ordinal,
        root_hash=row.root_hash,
        parents=tuple(row.parents),
        reason=row.reason,
        trigger=row.trigger,
        author=row.created_by,
        created_at=row.created_at,
        has_procedure=row.procedure_hash is not None,
    )


def clauses(work: Work, row: VersionRow) -> tuple[Clause, ...]:
    """The clauses of a version, in order; every part is checked against its hash."""

    shelf = _fetched(work, [row.tree_hash])
    return clauses_of(row.tree_hash, shelf.fetch)


def clauses_together(work: Work, trees: Sequence[str]) -> dict[str, tuple[Clause, ...]]:
    """The clauses under several tree hashes, read together; for lists of versions the caller may read."""
    shelf = _fetched(work, trees)
    return {tree: clauses_of(tree, shelf.fetch) for tree in trees}


def _fetched(work: Work, roots: Sequence[str]) -> Tree:
    """Every node and blob under *roots*, read a level of the trees at a time."""
    nodes: dict[str, bytes] = {}
    blobs: set[str] = set()
    level = set(roots)
    while level:
        found = _contents(work, NodeRow, level)
        nodes |= found
        under = [child for key in found for child in children(key, found.__getitem__)]
        blobs |= {child.blob for child in under}
        level = {child.node for child in under if child.node} - nodes.keys()
    return Tree(root_hash=roots[0], nodes=nodes, blobs=_contents(work, BlobRow, blobs))


def _contents(work: Work, table: type[NodeRow | BlobRow], keys: Collection[str]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for some in batched(sorted(keys)):
        found |= dict(work.session.exec(select(table.hash, table.data).where(col(table.hash).in_(some))).all())
    return found


def tree_changes(work: Work, before: VersionRow, after: VersionRow) -> TreeDifference:
    """Ids of the clauses that differ between two versions; only parts of the trees that differ are read."""

    nodes: dict[str, bytes] = {}
    olds, news = {before.tree_hash}, {after.tree_hash}
    while apart := (olds ^ news) - nodes.keys():
        found = _contents(work, NodeRow, apart)
        nodes |= found
        olds, news = (_nodes_under(some & apart, found) for some in (olds, news))

    def fetch(key: str) -> bytes:
        """A part that only moved differs nowhere and was not read above."""
        return nodes[key] if key in nodes else _tree_part(work, key)

    return tree_difference(before.tree_hash, after.tree_hash, fetch, fetch)


def _tree_part(work: Work, key: str) -> bytes:
    found = _contents(work, NodeRow, [key])
    if key not in found:
        raise PlansRepoError("tree-part-missing", thing="version tree", value=key)
    return found[key]


def _nodes_under(keys: Collection[str], found: Mapping[str, bytes]) -> set[str]:
    return {child.node for key in keys if key in found for child in children(key, found.__getitem__) if child.node}


def procedure(work: Work, row: VersionRow) -> Procedure | None:
    """The procedure of a version, or None."""
    if row.procedure_hash is None:
        return None
    return procedures(work, [row.procedure_hash])[row.procedure_hash]


def procedures(work: Work, hashes: Collection[str]) -> dict[str, Procedure]:
    """The procedures under these hashes; every one is checked against its hash."""
    found = _contents(work, BlobRow, hashes)
    for key in hashes:
        if key not in found or hashlib.sha256(found[key]).hexdigest() != key:
            raise PlansRepoError("tree-part-altered", thing="procedure", rule="bytes must match their hash", value=key)
    return {key: read_procedure(data) for key, data in found.items()}


def procedure_hashes(work: Work, version_ids: Collection[str]) -> list[tuple[str, str]]:
    """Those of the versions that have a procedure, each with its hash."""
    found: list[tuple[str, str]] = []
    for some in batched(sorted(version_ids)):
        query = select(VersionRow.id, VersionRow.procedure_hash).where(col(VersionRow.id).in_(some))
        found += [(ident, key) for ident, key in work.session.exec(query) if key]
    return found


def read_procedure(data: bytes) -> Procedure:
    """The procedure that stored bytes stand for; formats of later releases are refused."""
    plain = json.loads(data)
    if plain.get("format") != FORMAT:
        raise PlansRepoError(
            "procedure-format-unknown",
            thing="procedure",
            field="format",
            rule=f"must be {FORMAT}",
            value=plain.get("format"),
        )
    return unplain(Procedure, plain)


def store_media(work: Work, data: bytes, name: str) -> str:
    """Keep a file under its hash; the same bytes are kept once."""
    digest = hashlib.sha256(data).hexdigest()
    insert_missing(work.session, MediaRow, [{"hash": digest, "size": len(data), "name": name[:300], "data": data}])
    return digest


def media(work: Work, digest: str) -> tuple[str, bytes]:
    """Name and bytes of a kept file."""
    row = work.session.get(MediaRow, digest)
    if row is None:
        raise NotFound("media-unknown", thing="file", value=digest)
    return row.name, row.data


def _store_tree(work: Work, clauses: Sequence[Clause]) -> Tree:
    tree = build_tree(clauses)
    insert_missing(work.session, BlobRow, ({"hash": key, "data": data} for key, data in tree.blobs.items()))
    insert_missing(work.session, NodeRow, ({"hash": key, "data": data} for key, data in tree.nodes.items()))
    return tree


def _store_procedure(work: Work, procedure: Procedure | None) -> str | None:
    if procedure is None:
        return None
    data = canonical(procedure)
    digest = hashlib.sha256(data).hexdigest()
    insert_missing(work.session, BlobRow, [{"hash": digest, "data": data}])
    return digest


def _next_ordinal(work: Work, plan_id: str) -> int:
    last = work.session.exec(select(func.max(VersionRow.ordinal)).where(VersionRow.plan_id == plan_id)).one()
    return (last or 0) + 1
