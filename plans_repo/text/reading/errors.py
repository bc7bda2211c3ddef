"""Refusals of a file, each with the name of the file."""

from __future__ import annotations

from plans_repo.errors import PlansRepoError


def refusal(code: str, name: str, *, rule: str, **fields: object) -> PlansRepoError:
    """The error for the file called *name*."""
    return PlansRepoError(code, thing=f"file {name}", rule=rule, file=name, **fields)
