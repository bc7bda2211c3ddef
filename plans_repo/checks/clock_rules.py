"""L02, L03, L05–L07: publication, filing, its package and receipt, each within its working days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plans_repo.checks.dossier import Dossier
from plans_repo.checks.parts import failed, judge, on_day, paper, passed, soon, unfit, unseen
from plans_repo.checks.result import Part
from plans_repo.checks.rule import Rule
from plans_repo.course.stages import PaperKind
from plans_repo.filing.rules import required_papers
from plans_repo.organisations import OrganisationKind
from plans_repo.store.tables.plans import PlanKind


@judge("L02")
def publication(dossier: Dossier, rule: Rule) -> Iterator[Part]:
    """Published within the working days after issue, or secret with a short version."""
    if dossier.is_secret:
        yield passed("secret")
        return
    yield _within(dossier, rule, dossier.course.published_on, dossier.course.issued_on)


@judge("L03")
def filing(dossier: Dossier, rule: Rule) -> Iterator[Part]:
    """Filed within the working days after issue; of an enterprise's plan after its publication."""
    course = dossier.course
    since = course.published_on if is_enterprise(dossier) else course.issued_on
    is_early = is_enterprise(dossier) and course.is_issued and not course.is_registered and since is None
    yield unfit("not_published") if is_early else _within(dossier, rule, course.filed_on, since or course.issued_on)


def _within(dossier: Dossier, rule: Rule, done: date | None, since: date | None) -> Part:
    course = dossier.course
    if not course.is_issued:
        return unfit("not_issued")
    if course.issued_on is None or since is None:
        return unseen("issue_unseen")
    if done is None and course.is_registered:
        return unseen("before_system", issued=course.issued_on)
    due = dossier.calendar.after(since, rule.number("limit"))
    days = dossier.calendar.between(since, done or dossier.today)
    told = {"issued": since, "due": due.on, "days": days}
    where = (on_day(since), on_day(due.on))
    if done is None:
        return failed("overdue", *where, **told) if dossier.today > due.on else soon("running", *where, **told)
    return failed("late", *where, done=done, **told) if done > due.on else passed("ok", *where, done=done, **told)


@judge("L05")
def package(dossier: Dossier, rule: Rule) -> Iterator[Part]:
    """Formal text, electronic text and explanation lie in the filing; an enterprise files other papers (L07)."""
    course = dossier.course
    if is_enterprise(dossier):
        yield unfit("enterprise")
        return
    if not course.is_issued:
        yield unfit("not_issued")
        return
    if course.is_registered and course.filed_on is None:
        yield unseen("before_system", issued=course.issued_on)
        return
    needed = {"formal": PaperKind.ISSUED_DOCUMENT, "explanation": PaperKind.EXPLANATION}
    missing = [kind for kind in needed.values() if not course.papers_of(kind)]
    if missing:
        yield failed("missing", *(paper(kind.value) for kind in missing), papers=missing)
    else:
        yield passed(where=len(dossier.clauses))


@judge("L06")
def receipt(dossier: Dossier, rule: Rule) -> Iterator[Part]:
    """The receipt came within the working days after the filing was sent; where silence counts as filed, none need."""
    course = dossier.course
    if course.filed_on is None:
        yield unseen("before_system", issued=course.issued_on) if course.is_registered else unfit("not_filed")
        return
    due = dossier.calendar.after(course.filed_on, rule.number("limit"))
    told = {"filed": course.filed_on, "due": due.on, "done": course.receipt_on}
    where = (on_day(course.filed_on), on_day(due.on))
    if dossier.deemed_filed and (course.receipt_on or dossier.today) > due.on:
        yield passed("deemed_answered" if course.receipt_on else "deemed", *where, **told)
    elif course.receipt_on is None:
        late = dossier.today > due.on
        yield failed("overdue", *where, **told) if late else soon("running", *where, **told)
    else:
        late = course.receipt_on > due.on
        yield failed("late", *where, **told) if late else passed("ok", *where, **told)


@judge("L07")
def enterprise_package(dossier: Dossier, rule: Rule) -> Iterator[Part]:
    """The papers of an enterprise's filing; whether its plan had to be reviewed is not always known."""
    course = dossier.course
    if not is_enterprise(dossier):
        yield unfit("other_kind" if dossier.kind is not PlanKind.UNIT else "not_enterprise")
        return
    if not course.is_issued:
        yield unfit("not_issued")
        return
    if course.is_registered and course.filed_on is None:
        yield unseen("before_system", issued=course.issued_on)
        return
    asked = required_papers(dossier.kind, dossier.maker)
    missing = [kind for kind in asked if not course.papers_of(kind)]
    must_review = dossier.drills is not None and dossier.drills.high_risk
    if missing == [PaperKind.REVIEW_OPINION] and not must_review:
        yield unseen("review_unseen", paper(PaperKind.REVIEW_OPINION.value))
    elif missing:
        yield failed("missing", *(paper(kind.value) for kind in missing), papers=missing)
    else:
        yield passed()


def is_enterprise(dossier: Dossier) -> bool:
    """Whether the plan is that of an enterprise, which goes by Order 2 of the ministry."""
    return dossier.kind is PlanKind.UNIT and dossier.maker is OrganisationKind.ENTERPRISE
