"""Which plans have some words in a text of theirs, whoever may read it: what the services ask, no page."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlmodel import Session, col

from plans_repo.search import words
from plans_repo.search.keys import pieces
from plans_repo.store.tables.search import SearchPlanRow, SearchSpanRow


def holders(session: Session, olds: Iterable[str]) -> frozenset[str]:
    """The plans of which some version has one of the words; a plan may have had them long ago."""
    found: set[str] = set()
    for wanted in filter(None, map(pieces, olds)):
        matched = words.matching(session, wanted).subquery("matched")
        query = (
            select(col(SearchPlanRow.plan_id))
            .join(SearchSpanRow, col(SearchSpanRow.plan) == col(SearchPlanRow.id))
            .where(col(SearchSpanRow.doc_id).in_(select(matched.c.id)))
        )
        found |= set(session.execute(query.distinct()).scalars())
    return frozenset(found)
