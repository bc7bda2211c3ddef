"""A01–A08: who wrote it, from which inputs, whom they asked, who reviewed and approved it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from plans_repo.checks.dossier import Dossier
from plans_repo.checks.parts import failed, judge, on_day, paper, passed, unfit, unseen
from plans_repo.checks.result import Part
from plans_repo.checks.rule import Rule
from plans_repo.course.stages import DRAFTING, Move, PaperKind, Process
from plans_repo.organisations import OrganisationKind
from plans_repo.store.tables.plans import PlanKind

INPUTS = (PaperKind.RISK_ASSESSMENT, PaperKind.RESOURCE_SURVEY, PaperKind.CASE_ANALYSIS)
REFUSED = "refused"
OPEN = ""
OF_GOVERNMENT = re.compile(r"政(?:办)?(?:发|函|字)?〔")
"""In the number of a document: the government or its office alone issued it."""


def _before(dossier: Dossier) -> Part | None:
    """What came before this installation was not seen."""
    return unseen("before_system", issued=dossier.course.issued_on) if dossier.course.is_registered else None


def _not_asked(dossier: Dossier) -> Part | None:
    """What was not seen, or what a revision that may go the simplified way need not do."""
    course = dossier.course
    if course.process is Process.SIMPLIFIED and course.required_process is not Process.FULL:
        return unfit("simplified_revision")
    return _before(dossier)


@judge("A01")
def working_group(dossier: Dossier, rule: Rule) -> Iterator[Part]:
    """Led by a responsible person, with an expert and somebody of every department with a duty."""
    if (early := _not_asked(dossier)) is not None:
        yield early
        return
    group = dossier.group
    if group is None:
        yield unseen("group_unseen")
        return
    lacking = sorted((group.duty_units or frozenset()) - group.units)
    if not group.leaders:
        yield failed("no_leader")
    if group.experts < rule.number("experts"):
        yield failed("no_expert", count=group.experts)
    if lacking:
        yield failed("units_missing", count=len(lacking), units=lacking)
    if group.leaders and group.experts >= rule.number("experts") and not lacking:
        yield unseen("duties_unseen") if group.duty_units is None else passed(count=len(group.units))


@judge("A02")
def inputs(dossier: Dossier, rule: Rule) -> Iterator[Part]:
    """Risk assessment, resource survey and case analysis, each older than the first draft."""
    if (early := _not_asked(dossier)) is not None:
        yield early
        return
    if dossier.inputs is None:
        yield unseen("inputs_unseen")
        return
    present = {one.kind: one for one in dossier.inputs}
    missing = [kind for kind in INPUTS if kind not in present]
    if missing:
        yield failed("missing", *(paper(kind.value) for kind in missing), papers=missing)
    drafted = dossier.course.created_on
    undated = [one for one in dossier.inputs if one.on is None]
    late = [one for one in dossier.inputs if drafted and one.on and one.on > drafted]
    if late:
        where = (on_day(one.on) for one in late if one.on)
        yield failed("later_than_draft", *where, papers=[one.kind for one in late], drafted=drafted)
    if undated:
        yield unseen("undated", *(paper(one.name) for one in undated), papers=[one.kind for one in undated])
    if not missing and not late and not undated:
        yield passed(count=len(present))


@judge("A03")
def opinions(dossier: Dossier, rule: Rule) -> Iterator[Part]:
    """Every unit with a duty was asked and answered in writing, and every opinion was treated."""
    if (early := _not_asked(dossier)) is not None:
        yield early
        return
    if dossier.opinions is None:
        yield unseen("opinions_unseen")
        return
    answered = {one.unit for one in dossier.opinions}
    asked = dossier.asked_units or frozenset()
    duty = dossier.group.duty_units if dossier.group else None
    parts = []
    if silent := sorted(asked - answered):
        parts.append(failed("silent", count=len(silent), units=silent))
    if duty is not None and (unasked := sorted(duty - asked - answered)):
        parts.append(failed("not_asked", count=len(unasked), units=unasked))
    untreated = [one.unit for one in dossier.opinions if one.treatment == OPEN]
    if untreated:
        parts.append(failed("untreated", count=len(untreated), units=untreated))
    bare = [one.unit for one in dossier.opinions if one.treatment == REFUSED and not one.reason.strip()]
    if bare:
        parts.append(failed("refused_without_reason", count=len(bare), units=bare))
    if not parts and duty is None:
        parts.append(unseen("duties_unseen", count=len(answered)))
    yield from parts or [passed(count=len(answered))]


@judge("A04")
def review_package(dossier: Dossier, rule: Rule) -> Iterator[Part]:
    """Draft, record of opinions and explanation go to the approver."""
    if (early := _not_asked(dossier)) is not None:
        yield early
        return
    needed = (PaperKind.OPINIONS_RECORD, PaperKind.EXPLANATION)
    missing = [kind for kind in needed if not dossier.course.papers_of(kind)]
    if not missing:
        yield passed()
    elif dossier.course.stage in DRAFTING:
        yield unfit("ahead", papers=missing)
    else:
        yield failed("missing", *(paper(kind.value) for kind in missing), papers=missing)


@judge("A05")
def linkage(dossier: Dossier, rule: Rule) -> Iterator[Part]:
    """A local special plan has the linkage opinion of the emergency bureau, from before its approval."""
    if dossier.kind is not PlanKind.SPECIAL:
        yield unfit("not_special")
        return
    if (early := _not_asked(dossier)) is not None:
        yield early
        return
    approved = dossier.course.day_of(Move.APPROVE)
    opinion = dossier.linkage
    if opinion is None:
        yield failed("missing") if approved else unfit("ahead")
    elif opinion.by is not None and opinion.by is not OrganisationKind.EMERGENCY_BUREAU:
        yield failed("other_body", on_day(opinion.on), by=opinion.by)
    elif not opinion.agreed:
        yield failed("refused", on_day(opinion.on), on=opinion.on)
    elif approved and opinion.on > approved:
        yield failed("too_late", on_day(opinion.on), on_day(approved), on=opinion.on, approved=approved)
    elif opinion.by is None:
        yield unseen("body_unseen", on_day(opinion.on), on=opinion.on)
    else:
        yield passed("ok", on_day(opinion.on), on=opinion.on)


@judge("A06")
def review_items(dossier: Dossier, rule: Rule) -> Iterator[Part]:
    """The six items of the review are answered, none with no; an enterprise's plan has tables of its own (A10, A11)."""
    if dossier.kind is PlanKind.UNIT:
        yield unfit("unit")
        return
    if (early := _not_asked(dossier)) is not None:
        yield early
        return
    if dossier.review is None:
        reviewed = dossier.course.day_of(Move.PASS_REVIEW)
        yield unseen("form_unseen") if reviewed else unfit("not_reviewed")
        return
    answers = dossier.review.answers
    unanswered = [item for item, said in answers.items() if said is None]
    negative = [item for item, said in answers.items() if said is False]
    if len(answers) < rule.number("items") or unanswered:
        lacking = rule.number("items") - len(answers) + len(unanswered)
        yield failed("unanswered", count=lacking, items=_quoted(unanswered))
    if negative:
        yield failed("negative", count=len(negative), items=_quoted(negative))
    if len(answers) >= rule.number("items") and not unanswered and not negative:
        yield passed(count=len(answers))


def _quoted(items: Iterable[str]) -> list[str]:
    """Items of the form, which hold commas of their own."""
    return [f"“{item}”" for item in items]


@judge("A07")
def approver(dossier: Dossier, rule: Rule) -> Iterator[Part]:
    """Approved by whom, and issued in whose name, the table of article 25 says."""
    number = dossier.course.document_number
    if dossier.kind is PlanKind.OVERALL and dossier.course.is_registered and OF_GOVERNMENT.search(number):
        yield unseen("number_of_government", number=number)
        return
    if (early := _before(dossier)) is not None:
        yield early
        return
    if dossier.course.day_of(Move.APPROVE) is None:
        yield unfit("not_approved")
        return
    if dossier.approval is None:
        yield unseen("approval_unseen")
        return
    approvers = rule.lists.get(f"{dossier.kind.value}_approver", ())
    issuers = rule.lists.get(f"{dossier.kind.value}_issuer", ())
    seen = dossier.approval
    told: dict[str, object] = {"approver": seen.title or seen.approver, "issued_by": seen.issuer or seen.issued_by}
    if not approvers:
        yield unseen("no_table", **told)
        return
    if seen.approver not in approvers:
        yield failed("wrong_approver", **told)
    elif issuers and seen.issued_by and seen.issued_by not in issuers:
        yield failed("wrong_issuer", **told)
    elif issuers and not seen.issued_by and dossier.course.is_issued:
        yield unseen("issuer_unseen", **told)
    else:
        yield passed("ok_issued" if seen.issued_by else "ok", **told)


@judge("A08")
def panel(dossier: Dossier, rule: Rule) -> Iterator[Part]:
    """The expert review of an enterprise plan: nobody linked to the unit, two thirds agree, signed, votes kept."""
    if dossier.kind is not PlanKind.UNIT:
        yield unfit("other_kind")
        return
    if (early := _not_asked(dossier)) is not None:
        yield early
        return
    seen = dossier.panel
    if seen is None:
        yield unseen("panel_unseen")
        return
    parts = []
    if seen.linked_to_maker:
        parts.append(failed("linked", count=len(seen.linked_to_maker), names=list(seen.linked_to_maker)))
    share = Fraction(rule.parameters["share"].value).limit_denominator(12)
    if not seen.present or seen.agreed < share * seen.present:
        parts.append(failed("not_enough", agreed=seen.agreed, present=seen.present))
    if not seen.is_signed:
        parts.append(failed("unsigned"))
    if not seen.has_votes:
        parts.append(failed("no_votes"))
    yield from parts or [passed(agreed=seen.agreed, present=seen.present)]
