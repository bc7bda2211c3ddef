"""What an event says about the rows it leaves behind, so that every later change of them shows.

An anchor is table, key, digest of the row, and a short code of each field, which proves nothing but names the
field that no longer fits. Of several anchors of a row the last counts; one without digest says that the row is gone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Any

from pydantic_core import PydanticUndefined
from sqlalchemy import Table
from sqlmodel import Session, SQLModel, col, select

from plans_repo.store.tables import (
    accounts,
    assessments,
    authoring,
    catalogue,
    comments,
    consultations,
    courses,
    experts,
    norm_figures,
    plans,
    scenarios,
    sides,
    studies,
    supporting,
    terms,
    timings,
    versions,
)
from plans_repo.store.tables.events import EventRow, HeadRow
from sim.plain import canonical, plain

ROWS = "rows"  # the key of an event's payload under which anchors stand
FORMER = "anchor"  # the key of earlier releases: a digest of the whole row, of some tables only
CODE_DIGITS = 6
BEFORE_DIGITS = 16
AT_ONCE = 1000  # rows and events held in memory together

COVERED: dict[str, type[SQLModel]] = {
    str(table.__tablename__): table
    for table in (
        plans.PlanRow,
        plans.PlanRelationRow,
        versions.VersionRow,
        courses.CourseRow,
        terms.TermRow,
        courses.DeadlineRow,
        courses.PaperRow,
        courses.SignOffRow,
        courses.EditorialChangeRow,
        sides.SideRow,
        authoring.GroupMemberRow,
        authoring.ExplanationRow,
        authoring.WorkPlanRow,
        authoring.WorkPlanEntryRow,
        consultations.ConsultationRow,
        consultations.ConsultedUnitRow,
        consultations.ReminderRow,
        consultations.AnswerRow,
        consultations.PublicConsultationRow,
        consultations.TreatmentRow,
        experts.ExpertRow,
        experts.PanelRow,
        experts.PanelSeatRow,
        experts.VoteRow,
        experts.ReviewAnswerRow,
        terms.DeedRow,
        terms.LocalFigureRow,
        terms.CorrespondentRow,
        courses.LocalRuleRow,
        accounts.WorkdayOverrideRow,
        accounts.OrganisationRow,
        accounts.AccountRoleRow,
        catalogue.CatalogueRow,
        supporting.SupportingRow,
        comments.CommentRow,
        comments.CommentEntryRow,
        studies.StudyRow,
        timings.TurnoutRow,
        timings.TimingRow,
        assessments.AssessmentStepRow,
        scenarios.ScenarioVersionRow,
        norm_figures.NormFigureRow,
    )
}
"""What an official acts on. Drafts, derived rows and what is kept apart as personal data are not among them."""

FORMERLY = frozenset({
    "version", "sign_off", "study", "editorial_change", "answer", "vote", "deed", "local_figure", "correspondent",
})  # fmt: skip
"""Tables whose every row earlier releases already vouched for."""

ASIDE = {"expert": frozenset({"phone"})}
"""Columns that nothing hashed may hold."""
PERSONAL = {
    "expert": frozenset({"name"}),
    "group_member": frozenset({"name"}),
    "consultation": frozenset({"contact"}),
    "answer": frozenset({"signatory"}),
    "sign_off": frozenset({"signer_name"}),
    "comment": frozenset({"said_by"}),
    "comment_entry": frozenset({"said_by"}),
    "turnout": frozenset({"recorder"}),
    "assessment_step": frozenset({"name"}),
    "scenario_version": frozenset({"saved_by_name"}),
}
"""Columns without a code: whose name it was could be guessed from it."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """What one event says about one row; without *digest* the row is gone.

    *before* is how the digest began that the row had until then, "" for a new one.
    """

    table: str
    key: str
    digest: str = ""
    codes: str = ""
    before: str = ""

    def plain(self) -> list[str]:
        """As it stands in the payload."""
        return [self.table, self.key, self.digest, self.codes, *filter(None, [self.before])]


def anchor(table: str, values: Mapping[str, Any]) -> Anchor:
    """The anchor of a row with these *values*.

    >>> some = anchor("review_answer", {"id": "a", "panel_id": "p", "item": "1", "note": ""})
    >>> some.key, [code.partition("=")[0] for code in some.codes.split()]
    ('a', ['item', 'panel_id'])
    """
    key = key_of(table, values)
    return Anchor(table, key, row_digest(table, values), _written(codes(table, key, values)))


def key_of(table: str, values: Mapping[str, Any]) -> str:
    """The primary key of a row as one word."""
    return "/".join(str(plain(values[column.key])) for column in rows_of(table).primary_key)


def row_digest(table: str, values: Mapping[str, Any]) -> str:
    """The sha-256 over every column that is not at its default: one that is added later leaves it as it was."""
    return hashlib.sha256(canonical(_told(table, values))).hexdigest()


def codes(table: str, key: str, values: Mapping[str, Any]) -> dict[str, str]:
    """A few digits for every field that is not at its default, personal ones left out."""
    hidden = {column.key for column in rows_of(table).primary_key} | PERSONAL.get(table, frozenset())
    told = _told(table, values)
    return {name: _code(key, name, told[name]) for name in sorted(told) if name not in hidden}


def changed_fields(table: str, values: Mapping[str, Any], written: str) -> tuple[str, ...]:
    """The fields whose codes are no longer those *written*; none where there are no codes, or a name was changed."""
    if not written:
        return ()
    before = dict(one.split("=") for one in written.split())
    now = codes(table, key_of(table, values), values)
    named = [column.key for column in rows_of(table).columns]
    return tuple(name for name in named if before.get(name) != now.get(name))


@cache
def rows_of(table: str) -> Table:
    """The table of a covered row."""
    found: Table = COVERED[table].__table__  # type: ignore[attr-defined]
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Vouched:
    """The last anchor of a row: its digest, the head under which it stands and the kind of the event.

    *was_altered* says that between two events the row was not the one the first of them had left.
    """

    digest: str
    head: int
    kind: str
    is_former: bool = False
    was_altered: bool = False

    def fits(self, table: str, values: Mapping[str, Any]) -> bool:
        """Whether a row is still the one the digest was made of."""
        if not self.is_former:
            return row_digest(table, values) == self.digest
        return any(_former_digest(some) == self.digest for some in _without_later(table, values))


def vouched(session: Session) -> dict[tuple[str, str], Vouched]:
    """The last anchor of every row that some event speaks of."""
    query = (
        select(HeadRow.position, EventRow.kind, EventRow.payload)
        .join(EventRow, (col(EventRow.chain) == HeadRow.chain) & (col(EventRow.position) == HeadRow.event_position))
        .where(col(EventRow.payload).contains(f'"{ROWS}":') | col(EventRow.payload).contains(f'"{FORMER}":'))
        .order_by(col(HeadRow.position))
        .execution_options(yield_per=AT_ONCE)
    )
    found: dict[tuple[str, str], Vouched] = {}
    for head, kind, payload in session.exec(query):
        said = json.loads(payload)
        for table, key, digest in _former(said.get(FORMER)):
            found[table, key] = Vouched(digest=digest, head=head, kind=kind, is_former=True)
        for table, key, digest, _codes, *before in said.get(ROWS, ()):
            was_altered = _was_altered(found.get((table, key)), before)
            found[table, key] = Vouched(digest=digest, head=head, kind=kind, was_altered=was_altered)
    return found


def codes_at(session: Session, head: int, table: str, key: str) -> tuple[str, str]:
    """The chain of the event under a head, and the codes it has of a row."""
    row = session.exec(
        select(EventRow)
        .join(HeadRow, (col(EventRow.chain) == HeadRow.chain) & (col(EventRow.position) == HeadRow.event_position))
        .where(HeadRow.position == head)
    ).one()
    told = json.loads(row.payload).get(ROWS, ())
    return row.chain, next((one[3] for one in told if one[:2] == [table, key]), "")


def _was_altered(last: Vouched | None, before: Sequence[str]) -> bool:
    if last is None:
        return bool(before)
    is_other = bool(before) and not last.is_former and last.digest[:BEFORE_DIGITS] != before[0]
    return last.was_altered or is_other


def _former(found: Any) -> Iterable[tuple[str, str, str]]:
    entries = found if isinstance(found, list) else [found] if found else []
    return ((one["table"], one["id"], one["digest"]) for one in entries)


def _former_digest(values: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical(dict(values))).hexdigest()


def _without_later(table: str, values: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The row, and the row without some of its columns at their default: they may have been added since."""
    defaults = _defaults(table)
    later = [name for name, value in values.items() if name in defaults and value == defaults[name]]
    for count in range(len(later) + 1):
        for left in combinations(later, count):
            yield {name: value for name, value in values.items() if name not in left}


def _told(table: str, values: Mapping[str, Any]) -> dict[str, Any]:
    aside, defaults = ASIDE.get(table, frozenset()), _defaults(table)
    return {
        name: value
        for name, value in values.items()
        if name not in aside and not (name in defaults and value == defaults[name])
    }


@cache
def _defaults(table: str) -> dict[str, Any]:
    fields = COVERED[table].model_fields
    return {name: field.default for name, field in fields.items() if field.default is not PydanticUndefined}


def _code(key: str, name: str, value: Any) -> str:
    return hashlib.sha256(canonical([key, name, value])).hexdigest()[:CODE_DIGITS]


def _written(found: Mapping[str, str]) -> str:
    return " ".join(f"{name}={code}" for name, code in found.items())
