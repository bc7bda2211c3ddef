"""会签: every government that a joint plan binds has agreed to it on a paper of its own."""

from __future__ import annotations

from collections.abc import Iterator

from plans_repo.course import papers
from plans_repo.course.conditions import Case, Unmet, condition
from plans_repo.course.duties import partner_governments
from plans_repo.course.stages import PaperKind
from plans_repo.places import bare


@condition("countersigned")
def countersigned(case: Case) -> Iterator[Unmet]:
    """A countersigned sheet of each of the other sides lies there, named for its place (article 13: by agreement)."""
    sheets = [paper.name for paper in papers.papers(case.work, case.course) if paper.kind is PaperKind.APPROVAL_SHEET]
    sides = partner_governments(case.work, case.plan, case.version)
    missing = [side for side in sides if not any(_place(side) in name for name in sheets)]
    if missing:
        yield Unmet(code="side-not-countersigned", fields={"units": missing, "count": len(missing)})


def _place(government: str) -> str:
    """What the name of its sheet must tell: 石岭 for 石岭县人民政府."""
    return bare(government)[:-1]
