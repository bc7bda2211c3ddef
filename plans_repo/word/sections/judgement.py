"""What people conclude, beside what was computed; what is still missing until they have signed; their signatures."""

from __future__ import annotations

from collections.abc import Iterator

from plans_repo.word.assessed import OBJECTED, OPEN, ConclusionFacts, SignatureFacts
from plans_repo.word.facts import TargetFacts
from plans_repo.word.numbers import day
from plans_repo.word.paper import Red
from plans_repo.word.report import Report
from plans_repo.word.tables import Cell, Table

SAME = {"adequate": "adequate", "not_adequate": "not_adequate", "undecided": "insufficient"}


def missing(report: Report) -> None:
    """In a draft, everything that is missing, in red; nothing in the signed paper."""
    found = list(gaps(report))
    if found:
        said = report.say("number.semicolon").join(found)
        report.paper.text(Red(report.say("missing.intro", count=len(found), said=said)))


def gaps(report: Report) -> Iterator[str]:
    """What people still have to do before it is signed out, one phrase each: figures, conclusions, the signature.

    What the record of the study lacks stands where it belongs and keeps nobody from signing.
    """
    assessed, facts = report.facts.assessed, report.facts
    open_items = len(assessed.items_that(OPEN))
    if not assessed.items:
        yield report.say("missing.not_begun")
    elif open_items:
        yield report.say("missing.items", count=open_items, all=len(assessed.items))
    if objections := sum(not item.answer for item in assessed.items_that(OBJECTED)):
        yield report.say("missing.objections", count=objections)
    names = [*(target.id for target in facts.targets), ""]
    if lacking := sum(assessed.conclusion_on(name) is None for name in names):
        yield report.say("missing.conclusions", count=lacking)
    if not assessed.is_final:
        yield report.say("missing.signature")


def judgement(report: Report) -> None:
    """The conclusion of the assessors on the whole and on each target, with both verdicts where they differ."""
    report.text("judgement.intro")
    rows = [_row(report, str(number), target.title, target) for number, target in enumerate(report.facts.targets, 1)]
    rows.append(_row(report, report.say("judgement.all"), report.plan_titles, None))
    report.table("judgements", "no target computed judgement reason", rows, widths=(13, 38, 20, 24, 61), aligns="clccl")
    assessed = report.facts.assessed
    if objections := assessed.items_that(OBJECTED):
        report.text("judgement.objections", count=len(objections), open=sum(not item.answer for item in objections))


def _row(report: Report, number: str, title: str, target: TargetFacts | None) -> tuple[str | Cell, ...]:
    found = report.facts.assessed.conclusion_on(target.id if target else "")
    computed = target.verdict if target else _worst(report)
    said = report.say(f"verdict.{computed}")
    if found is None:
        blank = Cell(text=report.say("judgement.blank"), red=True)
        return (number, title, said, blank, blank)
    return (number, title, said, _judged(report, found), _reason(report, found))


def _judged(report: Report, found: ConclusionFacts) -> Cell:
    differs = SAME[found.computed] != found.judgement
    said = report.say(f"judged.{found.judgement}")
    return Cell(text=report.say("judgement.differs", said=said) if differs else said, bold=differs)


def _reason(report: Report, found: ConclusionFacts) -> str:
    if not found.departure:
        return found.reason
    return report.say("judgement.departure", reason=found.reason, departure=found.departure)


def _worst(report: Report) -> str:
    worst = ("not_adequate", "undecided", "adequate")
    return next((word for word in worst if report.facts.with_verdict(word)), "undecided")


def signature(report: Report) -> None:
    """Opinion, reasons and who gave them; what is not yet signed is red."""
    report.heading(1, "section.signature")
    assessed = report.facts.assessed
    whole = assessed.conclusion_on("")
    blank = Cell(text=report.say("judgement.blank"), red=True)
    signed = assessed.last("sign_out") if assessed.is_final else None
    submitted = assessed.last("submit") if assessed.state in ("submitted", "signed_out") else None
    opinion = Cell(text=report.say(f"judged.{whole.judgement}"), bold=True) if whole else blank
    rows: list[tuple[str | Cell, ...]] = [
        (report.say("signature.opinion"), opinion),
        (report.say("signature.reasons"), _reason(report, whole) if whole else blank),
        (report.say("signature.ran"), _ran(report)),
        (report.say("signature.assessor"), _signed(report, submitted)),
        (report.say("signature.signer"), _signed(report, signed)),
    ]
    if signed is not None:
        rows.append((report.say("signature.digest"), Cell(text=assessed.digest, code=True)))
    report.paper.table(Table(rows=tuple(rows), widths=(1, 5)))
    _returns(report)


def _ran(report: Report) -> str:
    study = report.facts.study
    return report.say("signature.by", name=study.created_by, post="", day=day(report.words, study.created_at))


def _signed(report: Report, who: SignatureFacts | None) -> str | Cell:
    if who is None:
        return Cell(text=report.say("signature.unsigned"), red=True)
    post = report.say("signature.post", post=who.told_post) if who.told_post else ""
    said = report.say("signature.by", name=who.name, post=post, day=day(report.words, who.at))
    return f"{said}\n{who.words}" if who.words else said


def _returns(report: Report) -> None:
    """Every return with its reason: what was sent back stays told."""
    for each in report.facts.assessed.signatures:
        if each.kind == "return":
            said = report.say("signature.returned", name=each.name, day=day(report.words, each.at), words=each.words)
            report.paper.note(said)
