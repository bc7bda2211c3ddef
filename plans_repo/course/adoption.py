"""What adopting an opinion comes to: the text changes where it was asked to, or it is said where the change stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plans_repo import versions
from plans_repo.course.conditions import Case, Unmet
from plans_repo.course.opinions import Opinion
from plans_repo.course.words import Treatment
from plans_repo.store.tables.versions import VersionRow
from plans_repo.text.rendering import clause_text

CHANGES = frozenset({Treatment.ADOPTED, Treatment.PARTLY})
"""The treatments that promise a change."""


def not_carried_out(case: Case, *asked: tuple[str, Iterable[Opinion]]) -> Iterator[Unmet]:
    """The opinions, each with the version it is about, that were adopted while what they speak of stayed as it was.

    An opinion on a clause changes that clause, one on the whole text changes the text; where the change stands
    elsewhere, or the text said so already, the reason of the treatment tells.
    """
    late = [one for version, opinions in asked for one in opinions if _is_unchanged(case, version, one)]
    if late:
        givers = sorted({one.giver for one in late})
        yield Unmet(code="opinions-not-carried-out", fields={"count": len(late), "units": givers})


def _is_unchanged(case: Case, version_id: str, opinion: Opinion) -> bool:
    said = opinion.treated
    if said is None or said.treatment not in CHANGES or said.reason.strip():
        return False
    version = case.work.session.get_one(VersionRow, version_id)
    if version.root_hash == case.version.root_hash:
        return True
    return bool(opinion.clause) and _words(case, version, opinion) == _words(case, case.version, opinion)


def _words(case: Case, version: VersionRow, opinion: Opinion) -> str | None:
    clauses = versions.clauses(case.work, version)
    return next((clause_text(clause) for clause in clauses if clause.id == opinion.clause), None)
