"""What a panel comes to: who agreed, whether that is enough, and what still keeps the review open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from plans_repo import versions
from plans_repo.course import courses, element_review, votes
from plans_repo.course.adoption import not_carried_out
from plans_repo.course.conditions import Case, Unmet, condition
from plans_repo.course.opinions import unsettled
from plans_repo.course.panels import SMALLEST, Panel, newest, panel_of, panel_row
from plans_repo.course.review_form import CountingRule, counting_rule, items
from plans_repo.course.words import Judgement, Vote
from plans_repo.store.tables.plans import PlanKind
from plans_repo.store.work import Work


@dataclass(frozen=True, kw_only=True)
class Result:
    """How many came, how they voted, and whether the rule of the path is met."""

    present: int
    agreed: int
    agreed_if: int
    disagreed: int
    rule: CountingRule

    @property
    def is_complete(self) -> bool:
        """Whether everybody present has signed."""
        return self.present > 0 and self.agreed + self.agreed_if + self.disagreed == self.present

    @property
    def passes(self) -> bool:
        """Whether enough of those present agree, also in principle."""
        return self.rule.passes(self.agreed + self.agreed_if, self.present)


def result(work: Work, panel_id: str) -> Result:
    """Where the counting stands."""
    row, course, plan = panel_row(work, panel_id)
    rule = counting_rule(courses.path_of(work, plan, course).rule)
    return count(panel_of(work, row), votes.votes_of(work, row, course), rule)


def count(panel: Panel, signed: Sequence[votes.SignedVote], rule: CountingRule) -> Result:
    """The votes of those who signed in."""
    present = {seat.id for seat in panel.present}
    given = [one.vote for one in signed if one.seat in present]
    return Result(
        present=len(present),
        agreed=given.count(Vote.AGREE),
        agreed_if=given.count(Vote.AGREE_IF),
        disagreed=given.count(Vote.DISAGREE),
        rule=rule,
    )


def fewest_present(seats: int) -> int:
    """How many must come for a review to count: the smallest panel, and more than half of the seats.

    A house rule; no text of the law at hand names a figure.

    >>> [fewest_present(seats) for seats in (3, 5, 7)]
    [3, 3, 4]
    """
    return max(SMALLEST, seats // 2 + 1)


@condition("panel")
def unmet(case: Case) -> Iterator[Unmet]:
    """The panel met under a head, all signed, enough agree, the form is answered, every remark is dealt with."""
    row = newest(case.work, case.course)
    if row is None:
        yield Unmet(code="panel-missing")
        return
    if row.met_on is None:
        yield Unmet(code="panel-not-met")
        return
    seen = panel_of(case.work, row)
    fewest = fewest_present(len(seen.held))
    if len(seen.present) < fewest:
        yield Unmet(code="panel-too-few-present", fields={"count": len(seen.present), "low": fewest})
    signed = votes.votes_of(case.work, row, case.course)
    counted = count(seen, signed, counting_rule(case.path.rule))
    if not counted.is_complete:
        missing = counted.present - counted.agreed - counted.agreed_if - counted.disagreed
        yield Unmet(code="votes-missing", fields={"count": missing})
    elif not counted.passes:
        agreeing = counted.agreed + counted.agreed_if
        yield Unmet(code="panel-disagrees", fields={"value": agreeing, "of": counted.present})
    answers = votes.review_form_of(case.work, row)
    yield from _tables_unmet(case, answers) if case.plan.kind is PlanKind.UNIT else _form_unmet(answers)
    remarks = tuple(opinion for one in signed for opinion in one.opinions)
    yield from unsettled(remarks)
    yield from not_carried_out(case, (row.version_id, remarks))
    if case.version.root_hash not in (row.root_hash, row.confirmed_hash):
        yield Unmet(code="panel-saw-another-text")


def _tables_unmet(case: Case, answers: dict[str, votes.ReviewAnswer]) -> Iterator[Unmet]:
    """An enterprise's plan: every line of formal and element review is answered, and the key ones conform."""
    text = versions.clauses(case.work, case.version)
    lines = [one for table in element_review.tables(case.plan.kind, case.plan.title, text) for one in table.elements]
    given = {one.key: answers[one.key].judgement for one in lines if one.key in answers}
    wanting = (Judgement.FAILS, Judgement.MOSTLY)
    found = {
        "elements-open": [one for one in lines if one.key not in given],
        "elements-failed": [one for one in lines if one.is_key and given.get(one.key) in wanting],
    }
    for code, open_lines in found.items():
        if open_lines:
            titles = [one.title for one in open_lines]
            titles_en = [one.title_en for one in open_lines]
            yield Unmet(code=code, fields={"count": len(titles), "items": titles, "items_en": titles_en})


def _form_unmet(answers: dict[str, votes.ReviewAnswer]) -> Iterator[Unmet]:
    open_items = [item.id for item in items() if item.id not in answers]
    failed = [item.id for item in items() if item.id in answers and answers[item.id].judgement is Judgement.FAILS]
    if open_items:
        yield Unmet(code="review-form-open", fields={"count": len(open_items), "items": open_items})
    if failed:
        yield Unmet(code="review-form-failed", fields={"count": len(failed), "items": failed})
