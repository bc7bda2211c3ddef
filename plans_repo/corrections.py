"""What a correction of the register leaves behind: its reason in a row, what changed and a digest in the event."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from plans_repo.errors import PlansRepoError
from plans_repo.store.tables.base import Row
from plans_repo.store.tables.resources import ResourceReasonRow
from plans_repo.store.work import Work
from sim.plain import canonical, plain


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """Why an entry became the revision it names."""

    id: str
    revision: int
    given_at: datetime
    text: str

    @property
    def digest(self) -> str:
        """What the event carries; it tells nothing to whom the row, with its random id, is gone."""
        return digest(self.id, self.text)


def digest(salt: str, text: str) -> str:
    """The sha-256 of words that stay out of the chains, with the random id of the row they hang on."""
    return hashlib.sha256(canonical({"row": salt, "text": text})).hexdigest()


def keep_reason(work: Work, entry: str, revision: int, text: str) -> Reason:
    """Keep why an entry is now of that revision."""
    row = ResourceReasonRow(
        id=work.new_id(), resource_id=entry, revision=revision, reason=text.strip(), given_at=work.now
    )
    work.session.add(row)
    work.session.flush()
    return _reason(row)


def reasons_of(work: Work, entries: Collection[str]) -> dict[tuple[str, int], Reason]:
    """The reasons kept, by entry and revision."""
    query = select(ResourceReasonRow).where(col(ResourceReasonRow.resource_id).in_(entries))
    rows = work.session.exec(query.order_by(col(ResourceReasonRow.revision)))
    return {(row.resource_id, row.revision): _reason(row) for row in rows}


def _reason(row: ResourceReasonRow) -> Reason:
    return Reason(id=row.id, revision=row.revision, given_at=row.given_at, text=row.reason)


def changes(before: Mapping[str, Any], after: Mapping[str, Any], *, salt: str, private: Collection[str]) -> Any:
    """The fields that differ, before and after, for an event; *private* words go as digests with *salt*."""

    def told(name: str, value: Any) -> Any:
        return digest(salt, value) if name in private and value else plain(value)

    return {
        name: {"before": told(name, before[name]), "after": told(name, value)}
        for name, value in after.items()
        if value != before[name]
    }


def check_lengths(kind: type[Row], texts: Mapping[str, str], thing: str) -> None:
    """Refuse words that the columns of *kind* do not hold."""
    columns = kind.metadata.tables[str(kind.__tablename__)].columns
    for name, text in texts.items():
        most = columns[name].type.length  # type: ignore[attr-defined]
        if most is not None and len(text) > most:
            raise PlansRepoError(
                "resource-text-too-long", thing=thing, field=name, rule=f"holds at most {most} characters",
                value=len(text), limit=most,
            )  # fmt: skip
