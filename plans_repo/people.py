"""The names of those who did something, for whoever may read what they did."""

from __future__ import annotations

from collections.abc import Iterable

from sqlmodel import col, select

from plans_repo.store.actor import SYSTEM, local_actor
from plans_repo.store.roles import Action
from plans_repo.store.tables.accounts import AccountRow
from plans_repo.store.work import Work

LOCAL = local_actor("").account
"""The account under which everything done on the machine itself is recorded."""


def display_names(work: Work, accounts: Iterable[str]) -> dict[str, str]:
    """The display name of each account id; an id without an account is left out."""
    work.require(Action.READ_PLAN)
    wanted = set(accounts) - {LOCAL, SYSTEM.account}
    rows = work.session.exec(select(AccountRow.id, AccountRow.display_name).where(col(AccountRow.id).in_(wanted)))
    return dict(rows.all())
