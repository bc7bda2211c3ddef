"""What adopting an opinion comes to: the text changes where it was asked to, or it is said where the change stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plans_repo import versions
from plans_repo.course.conditions import Case, Unmet
from plans_repo.course.opinions import Opinion
from plans_repo.course.words import Treatment
from plans_repo.store.tables.versions import VersionRow
from plans_repo.text.rendering import clause_text


def not_carried_out(case: Case, *asked: tuple[str, Iterable[Opinion]]) -> Iterator[Unmet]:
    """The opinions, each with the version it is about, that were adopted while what they speak of stayed as it was.

    An opinion on a clause changes that clause, one on the whole text changes the text; where the change stands
    elsewhere, or the text said so already, the reason of the treatment tells, as it does of one adopted in part.
    """
    late = [one for version, opinions in asked for one in _unchanged(case, version, opinions)]
    if late:
        givers = sorted({one.giver for one in late})
        yield Unmet(code="opinions-not-carried-out", fields={"count": len(late), "units": givers})


def _unchanged(case: Case, version_id: str, opinions: Iterable[Opinion]) -> Iterator[Opinion]:
    promised = [one for one in opinions if _promises_change(one)]
    if not promised:
        return
    asked_about = case.work.session.get_one(VersionRow, version_id)
    if asked_about.root_hash == case.version.root_hash:
        yield from promised
        return
    was, now = _words(case, asked_about), _words(case, case.version)
    yield from (one for one in promised if one.clause and was.get(one.clause) == now.get(one.clause))


def _promises_change(opinion: Opinion) -> bool:
    said = opinion.treated
    return said is not None and said.treatment is Treatment.ADOPTED and not said.reason.strip()


def _words(case: Case, version: VersionRow) -> dict[str, str]:
    return {clause.id: clause_text(clause) for clause in versions.clauses(case.work, version)}
