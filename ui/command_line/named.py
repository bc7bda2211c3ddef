"""Which clause an argument means: by number, heading or id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from plans_repo import force, plans
from plans_repo.errors import NotFound
from plans_repo.store.work import Work
from plans_repo.text.citation import citations
from plans_repo.text.clause import Clause
from plans_repo.text.clause_keys import clauses_called
from ui.components.plan_names import clause_label
from ui.errors import UiError

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
