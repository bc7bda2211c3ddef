"""What the floor that keeps plans refuses, and how a caller tells refusals apart."""

from __future__ import annotations

from sim.errors import CodedError


class PlansRepoError(CodedError):
    """Something about plans, versions, accounts or their storage that cannot be."""


class NotFound(PlansRepoError):
    """The thing named does not exist, or does not exist for this person."""


class NotAllowed(PlansRepoError):
    """The person may not do this."""


class StaleRevision(PlansRepoError):
    """Somebody else has saved since; the fields carry both texts, so nothing is lost."""


class SignInRefused(PlansRepoError):
    """Sign-in failed: wrong name or password, a locked door, or a disabled account."""
