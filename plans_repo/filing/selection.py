"""Which papers of an edition go with its filing: those the route asks for, others by choice, internal ones by care."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from plans_repo.course import papers
from plans_repo.course.papers import Paper
from plans_repo.course.stages import PaperKind
from plans_repo.errors import PlansRepoError
from plans_repo.filing import rules
from plans_repo.filing.recipients import Duty, Recipient
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.work import Work


@dataclass(frozen=True, kw_only=True)
class Selection:
    """The papers that go along, the kinds that stay here, and whether any of those that go is internal."""

    papers: tuple[Paper, ...]
    left_out: tuple[PaperKind, ...]
    has_internal: bool


def select_papers(work: Work, plan: PlanRow, course: CourseRow, more: Collection[PaperKind] = ()) -> Selection:
    """What goes by default, and *more* kinds asked for on purpose; a kind that is not there is refused."""
    present = _once(papers.papers(work, course))
    kinds = {paper.kind for paper in present}
    if lacking := [kind for kind in more if kind not in kinds]:
        raise PlansRepoError(
            "filing-paper-not-there", thing=plan.title, field="with", rule="must be attached", papers=tuple(lacking)
        )
    required = rules.required_papers(plan.kind, rules.maker_kind(work, plan))
    wanted = {*by_default(required), *more}
    return Selection(
        papers=tuple(paper for paper in present if paper.kind in wanted),
        left_out=left_out((paper.kind for paper in present), (*required, *more)),
        has_internal=any(paper.kind in wanted & rules.internal_papers() for paper in present),
    )


def _once(found: Iterable[Paper]) -> tuple[Paper, ...]:
    """A paper attached more than once goes once: what is of one kind and says the same is the same paper."""
    return tuple({(paper.kind, paper.digest): paper for paper in reversed(tuple(found))}.values())[::-1]


def by_default(required: Iterable[PaperKind]) -> tuple[PaperKind, ...]:
    """The kinds that go unasked: the issued text, what the rule lists, what was asked for afterwards."""
    return (*rules.text_papers(), *required, PaperKind.FILING_SUPPLEMENT)


def left_out(present: Iterable[PaperKind], wanted: Iterable[PaperKind]) -> tuple[PaperKind, ...]:
    """The kinds that are there and neither go by default nor are *wanted*, each once.

    >>> left_out([PaperKind.EXPLANATION, PaperKind.PARTY_MINUTES, PaperKind.FILING_RECEIPT], [PaperKind.EXPLANATION])
    (<PaperKind.PARTY_MINUTES: 'party_minutes'>,)
    """
    goes = {*by_default(wanted), *rules.of_the_answer()}
    return tuple(dict.fromkeys(kind for kind in present if kind not in goes))


def receivers(selection: Selection, settled: tuple[Recipient, ...]) -> tuple[Recipient, ...]:
    """To whom such a package may go: bodies with a name; with internal papers only the one the plan is filed with."""
    named = tuple(one for one in settled if one.is_named)
    return tuple(one for one in named if one.duty is Duty.FILE) if selection.has_internal else named
