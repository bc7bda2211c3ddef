"""The filing letter 备案报告、函、申报表: who sends which edition to whom, how it came about, what goes with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from plans_repo.course import deeds, papers, terms
from plans_repo.course.decisions import decision
from plans_repo.course.deeds import DeedKind
from plans_repo.course.issued import Issued, issued
from plans_repo.course.numbering import read_number
from plans_repo.course.stages import PaperKind
from plans_repo.course.working_days import local_day
from plans_repo.errors import PlansRepoError
from plans_repo.filing import filings, rules
from plans_repo.filing.letter_kind import OFFICIAL, LetterKind, Standing, body_called, letter_kind, standing_of
from plans_repo.filing.provenance import provenance
from plans_repo.filing.recipients import Duty, Recipient
from plans_repo.filing.reporting_body import reporting_body
from plans_repo.organisations import Organisation, organisations
from plans_repo.packs.naming import name_of
from plans_repo.store.roles import Action
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.work import Work


@dataclass(frozen=True, kw_only=True)
class LetterWords:
    """What the sender says of the letter itself; what is left out stays open in the draft.

    *kind* is given where the line of command is another than the names tell; otherwise it follows from both bodies.
    """

    kind: LetterKind | None = None
    number: str = ""
    signer: str = ""
    contact: str = ""
    issuer: str = ""
    on: date | None = None

    def __post_init__(self) -> None:
        if self.number:
            read_number(self.number)


@dataclass(frozen=True, kw_only=True)
class Annexed:
    """A paper that goes with the letter, and whether it is in the course already."""

    name: str
    is_there: bool


@dataclass(frozen=True, kw_only=True)
class FilingLetter:
    """Everything the letter says, in the order of an official document."""

    kind: LetterKind
    issuer: str
    has_red_head: bool
    number: str
    signer: str
    addressees: tuple[str, ...]
    sent_straight: tuple[str, ...]
    copies: tuple[str, ...]
    plan: str
    basis: str
    document_number: str
    issued_on: date
    effective_on: date
    trial_until: date | None
    decided: str
    decided_on: date | None
    abolished: tuple[str, ...]
    making: tuple[str, ...]
    annexes: tuple[Annexed, ...]
    contact: str
    on: date


TITLES = {LetterKind.REPORT: "备案报告", LetterKind.LETTER: "备案函", LetterKind.APPLICATION: "备案申报表"}
"""What a letter of a kind is called, as the name of its file is."""


def filing_letter(work: Work, version_id: str, words: LetterWords | None = None) -> FilingLetter:
    """The letter for an issued edition, from what its course holds; its filing officer and its author may ask."""
    edition = issued(work, version_id, Action.READ_PLAN)
    if not work.actor.may(Action.FILE_PLAN):
        work.require(Action.EDIT_PLAN)
    said = words or LetterWords()
    plan, course = edition.plan, edition.course
    bodies = organisations(work)
    sender = reporting_body(plan, bodies)
    settled = filings.filing(work, version_id).destination
    by_duty = {duty: tuple(_called(one) for one in settled.recipients if one.duty is duty) for duty in Duty}
    term, made = terms.term(work, course.id), decision(work, plan.id, course.id)
    maker = rules.maker_kind(work, plan)
    issuer = said.issuer.strip() or (sender.name if sender else "")
    writer = body_called(issuer, bodies)
    kind = said.kind or _kind(work, plan, writer, settled.recipients, bodies)
    if said.signer and kind is not LetterKind.REPORT:
        raise PlansRepoError(
            "letter-without-signer",
            thing=plan.title,
            field="signer",
            rule="only a document to a body above names who signs it",
            value=said.signer,
            to=by_duty[Duty.FILE],
        )
    return FilingLetter(
        kind=kind,
        issuer=issuer,
        has_red_head=writer.kind in OFFICIAL,
        number=said.number,
        signer=said.signer,
        addressees=by_duty[Duty.FILE],
        sent_straight=by_duty[Duty.SEND],
        copies=by_duty[Duty.COPY],
        plan=plan.title,
        basis=settled.route.source,
        document_number=course.document_number,
        issued_on=edition.issued_on,
        effective_on=term.effective_on if term else edition.issued_on,
        trial_until=term.trial_until if term else None,
        decided=made.title if made else "",
        decided_on=made.on if made else None,
        abolished=_abolished(work, edition),
        making=provenance(work, edition),
        annexes=_annexes(work, edition, rules.required_papers(plan.kind, maker)),
        contact=said.contact,
        on=said.on or local_day(work.now),
    )


def _called(one: Recipient) -> str:
    """A recipient as the letter names it; an office without a body says that its name is still to be filled in."""
    return one.name if one.is_named else f"{one.name}（{name_of('office', 'to_be_named', 'zh')}）"


def _kind(
    work: Work, plan: PlanRow, writer: Standing, recipients: tuple[Recipient, ...], bodies: tuple[Organisation, ...]
) -> LetterKind:
    """The document by the standing of both bodies; a form where the rules ask an enterprise for one."""
    to = [standing_of(one, bodies) for one in recipients if one.duty is Duty.FILE]
    asked = rules.required_papers(plan.kind, rules.maker_kind(work, plan))
    applies = PaperKind.FILING_APPLICATION in asked and writer.kind not in OFFICIAL
    return letter_kind(writer, to, applies=applies)


def _abolished(work: Work, edition: Issued) -> tuple[str, ...]:
    """What the issuing notice abolishes, each with its document number where it is known here."""
    notice = deeds.latest(deeds.deeds(work, edition.plan.id, DeedKind.NOTICE, course=edition.course.id))
    if notice is None:
        return ()
    others = [str(title) for title in notice.value.get("others", ())]
    chain = [_title_of(work, str(plan_id)) for plan_id in notice.value.get("plans", ())]
    return tuple(f"《{title.strip('《》')}》" for title in (*chain, *others) if title)


def _title_of(work: Work, plan_id: str) -> str:
    row = work.session.get(PlanRow, plan_id)
    return row.title if row else ""


def _annexes(work: Work, edition: Issued, required: tuple[PaperKind, ...]) -> tuple[Annexed, ...]:
    """The issued text first, then every paper the rules ask for; the letter itself is none of them."""
    present = {paper.kind for paper in papers.papers(work, edition.course)}
    number = f"（{edition.course.document_number}）" if edition.course.document_number else ""
    text = Annexed(name=f"{edition.plan.title}{number}正式文本及电子文本", is_there=True)
    others = [
        Annexed(name=f"{edition.plan.title}{name_of('paper', kind, 'zh')}", is_there=kind in present)
        for kind in required
        if kind not in (PaperKind.FILING_REPORT, PaperKind.FILING_APPLICATION)
    ]
    return (text, *others)
