"""What became of a text between the filing that was sent back and the one that answers it."""

from __future__ import annotations

from plans_repo import versions
from plans_repo.filing.inbox import Incoming
from plans_repo.store.tables.versions import VersionRow
from plans_repo.store.work import Work
from plans_repo.text.difference import Change, ClauseChange, changes


def mended_changes(work: Work, found: Incoming) -> tuple[ClauseChange, ...]:
    """The clauses that changed since the earlier filing, for who received both; () where it answers none."""
    if found.mends is None:
        return ()
    before, after = (work.session.get_one(VersionRow, one) for one in (found.mends.version, found.version))
    every = changes(versions.clauses(work, before), versions.clauses(work, after))
    return tuple(one for one in every if one.change is not Change.UNCHANGED)
