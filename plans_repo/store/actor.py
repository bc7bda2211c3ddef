"""Who is acting."""

from __future__ import annotations

from dataclasses import dataclass

from plans_repo.errors import NotAllowed
from plans_repo.store.roles import Action, Role, may


@dataclass(frozen=True, kw_only=True)
class Actor:
    """A person at work: account id, name, roles, organisation and operating-system user.

    An actor without an organisation belongs to the whole installation.
    *must_change* says that the password has to be changed first; such an actor has no role.

    >>> Actor(account="a", name="王编", roles=frozenset({Role.PLAN_AUTHOR})).may(Action.EDIT_PLAN)
    True
    """

    account: str
    name: str
    roles: frozenset[Role]
    organisation: str | None = None
    os_user: str = ""
    must_change: bool = False

    def may(self, action: Action) -> bool:
        """True when a role of this person allows *action*."""
        return may(self.roles, action)

    def require(self, action: Action) -> None:
        """Refuse unless a role of this person allows *action*."""
        if not self.may(action):
            raise NotAllowed("action-not-allowed", thing=self.name, action=action.value)


SYSTEM = Actor(account="system", name="system", roles=frozenset())
"""The installation itself: clocks, workers and sign-in; it holds no role."""


def local_actor(os_user: str) -> Actor:
    """Whoever can read the data directory: every role, recorded under the operating-system user."""
    return Actor(account="local", name=os_user, roles=frozenset(Role), os_user=os_user)
