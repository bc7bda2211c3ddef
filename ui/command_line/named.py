"""What an argument means: a clause by number, heading or id, a plan by title, a version by year, a body by name."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence

from plans_repo import force, plan_keys, plans
from plans_repo.errors import NotFound
from plans_repo.filing import correspondents
from plans_repo.organisations import organisations
from plans_repo.store.roles import Action
from plans_repo.store.work import Work
from plans_repo.text.citation import citations
from plans_repo.text.clause import Clause
from plans_repo.text.clause_keys import clauses_called
from ui.command_line.context import Context, require_writable
from ui.components.plan_names import clause_label
from ui.errors import UiError

_ID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
MOST_TOLD = 12
"""How many of several possible clauses are listed in a refusal."""


def clause_called(work: Work, plan: str, key: str, *versions: str) -> str:
    """The id of the clause *key* means in the first of the versions that has one; without any, in the newest."""
    return _first(work, plan, key, (plans.text_of(work, plan, version) for version in versions or ("",)))


def clause_called_ever(work: Work, plan: str, key: str) -> str:
    """The id of the clause *key* means in the newest text, else in the youngest edition that has one."""
    return _first(work, plan, key, _texts(work, plan))


def _texts(work: Work, plan: str) -> Iterator[Sequence[Clause]]:
    yield plans.text_of(work, plan)
    for edition in reversed(force.editions_of(work, plan)):
        yield plans.text_of(work, plan, edition.version.id)


def _first(work: Work, plan: str, key: str, texts: Iterable[Sequence[Clause]]) -> str:
    for text in texts:
        found = clauses_called(text, key)
        if len(found) > 1:
            raise _ambiguous(text, found, key)
        if found:
            return found[0].id
    raise NotFound("clause-key-unknown", thing=plans.plan(work, plan).title, field="clause", value=key)


def _ambiguous(text: Sequence[Clause], found: Sequence[Clause], key: str) -> UiError:
    cited = citations(text)
    told = [f"{clause_label(clause, cited)}（{clause.id}）" for clause in found[:MOST_TOLD]]
    return UiError("clause-key-ambiguous", thing="clause", value=key, count=len(found), clauses=told)


PLANS = ("plan", "into", "abolishes")
"""Arguments that name a plan, by id or by title; one or several."""
VERSIONS = ("version", "a", "b", "base", "against")
"""Arguments that name a version of the plan of the command."""


def with_ids(context: Context) -> Context:
    """The same request with plans and versions by id, where they were named by title, year or document number.

    What is an id stays as it is and opens nothing; the command itself refuses what its actor may not read. A file that
    cannot be written is refused before anything is looked up.
    """
    given = vars(context.arguments)
    named = {name: given[name] for name in PLANS if _is_named(given.get(name))}
    plan = given.get("plan")
    versions = [name for name in VERSIONS if isinstance(plan, str) and isinstance(given.get(name), str) and given[name]]
    if not named and not versions:
        return context
    if given.get("out"):
        require_writable(given["out"])
    with context.reading() as work:
        if not work.actor.may(Action.READ_PLAN):
            return context
        found = {name: _plans_called(work, key) for name, key in named.items()}
        plan = found.get("plan", plan)
        found |= {name: plan_keys.version_called(work, str(plan), given[name]) for name in versions}
    return Context(Namespace(**(given | found)))


def _is_named(key: object) -> bool:
    keys = key if isinstance(key, list) else [key]
    return any(isinstance(one, str) and one and not _ID.fullmatch(one) for one in keys)


def _plans_called(work: Work, key: str | list[str]) -> str | list[str]:
    called = plan_keys.plan_called
    return [called(work, one) for one in key] if isinstance(key, list) else called(work, key)


def body_called(work: Work, fingerprint: str, key: str) -> str:
    """The name of the body a key is confirmed for: a registered one by id or name, or one that signed with the key."""
    words = key.strip()
    every = organisations(work)
    known = next((body.name for body in every if words in (body.id, body.name, body.name_en)), "")
    signed = {one.body for one in correspondents.seen_keys(work) if correspondents.is_of(one.key, fingerprint)}
    if known or words in signed or not signed:
        return known or words
    raise UiError("body-unseen", thing="body", field="body", value=key, known=sorted(signed))
