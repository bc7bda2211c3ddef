"""Which clauses a person means by a number, a heading or an id."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence

from plans_repo.text.citation import citations
from plans_repo.text.clause import Clause


def clauses_called(clauses: Sequence[Clause], key: str) -> tuple[Clause, ...]:
    """The clauses *key* may mean: by id, else by whole number, own number, heading, or words of a heading.

    The closest manner in which anything fits decides; several clauses are several answers.

    >>> from plans_repo.text.clause import ClauseKind
    >>> purpose = Clause(id="a", kind=ClauseKind.HEADING, number="1.1", title="编制目的")
    >>> basis = Clause(id="b", kind=ClauseKind.HEADING, number="1.2", title="编制依据")
    >>> [clause.id for clause in clauses_called((purpose, basis), "１.１")]
    ['a']
    >>> [clause.id for clause in clauses_called((purpose, basis), "编制")]
    ['a', 'b']
    """
    wanted = _plain(key)
    if not wanted:
        return ()
    manners = _manners(clauses)
    return next((found for fits in manners if (found := tuple(one for one in clauses if fits(one, wanted)))), ())


def _manners(clauses: Sequence[Clause]) -> Iterator[Callable[[Clause, str], bool]]:
    cited = citations(clauses)
    yield lambda clause, wanted: clause.id == wanted
    yield lambda clause, wanted: _plain(cited[clause.id]) == wanted
    yield lambda clause, wanted: bool(clause.number) and _plain(clause.number) == wanted
    yield lambda clause, wanted: bool(clause.title) and wanted in (_plain(clause.title), _plain(clause.heading))
    yield lambda clause, wanted: bool(clause.title) and wanted in _plain(f"{cited[clause.id]}{clause.title}")


def _plain(words: str) -> str:
    """Without blanks, in one width, without the marks that close numbers."""
    return "".join(unicodedata.normalize("NFKC", words).replace("、", "").split()).rstrip(".")
