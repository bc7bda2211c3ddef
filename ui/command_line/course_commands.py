"""``yuyan plan stand | move | trial | attach``: the course of a plan."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence

from plans_repo import plans
from plans_repo.course import passage as course
from plans_repo.course import publication
from plans_repo.course.issued import newest_issued
from plans_repo.course.issuing import IssuingNotice
from plans_repo.course.issuing_name import IssuedBy, IssuingName
from plans_repo.course.passage import Attachment, Passage
from plans_repo.course.publication import Publication, PublishedForm
from plans_repo.course.signer import Signer
from plans_repo.course.stages import Move, PaperKind
from plans_repo.course.trial import TrialDecision, TrialOutcome, decide_trial
from plans_repo.filing.copies import CopyTo
from plans_repo.store.roles import Action
from plans_repo.store.work import Work
from ui.command_line.answer import Answer
from ui.command_line.context import Context, name_of, read_file
from ui.command_line.papers import attachment
from ui.command_line.standing import standing_answer
from ui.errors import UiError
from ui.wording import _
from ui.wording.codes import PAPERS


def stand(context: Context) -> Answer:
    """Where a plan stands, what its path asks for, and the moves open to the actor."""
    with context.reading() as work:
        version = plans.version_of(work, context.arguments.plan, context.arguments.version)
        return standing_answer(work, course.passage(work, version.id))


def move(context: Context) -> Answer:
    """Make a move with its papers."""
    asked = context.arguments
    attachments = [attachment(word, asked.dated) for word in asked.paper]
    with context.work() as work:
        version = plans.version_of(work, asked.plan)
        if asked.channel or asked.told:
            return standing_answer(work, _publish(work, version.id, asked, attachments))
        made = course.move(
            work,
            version.id,
            Move(asked.move),
            reason=asked.reason,
            attachments=attachments,
            document_number=asked.number,
            on=asked.on,
            manner=asked.manner,
            notice=_notice(asked),
            ends_on=asked.ends,
            file_with=asked.to,
            received_from=asked.by,
            signer=_signer(asked),
            copies=[CopyTo(name=name) for name in asked.copy],
            no_copies=asked.no_copy,
        )
        return standing_answer(work, made)


def _publish(work: Work, version: str, asked: Namespace, papers: Sequence[Attachment]) -> Passage:
    """Make public in full, with where and to whom; anything else is no publication."""
    if Move(asked.move) is not Move.PUBLISH:
        raise UiError("publication-without-publishing", thing=asked.plan, field="channel", value=asked.move)
    said = Publication(form=PublishedForm.FULL, channel=asked.channel, told=tuple(asked.told))
    return publication.publish(work, version, said, papers=tuple(papers), on=asked.on)


def _signer(asked: Namespace) -> Signer | None:
    """The head who signed on paper, where the command names one; a post alone is that of who signs an issue."""
    return Signer(name=asked.signer, post=asked.signed_by) if asked.signer else None


def _notice(asked: Namespace) -> IssuingNotice | None:
    """What the issuing notice says, where the command says anything of it."""
    said = IssuingNotice(
        effective_on=asked.effective,
        trial_until=asked.trial,
        trial_reason=asked.trial_reason,
        abolishes=tuple(asked.abolishes),
        also_abolished=tuple(asked.also),
        name=IssuingName(issued_by=IssuedBy(asked.issued_by), signed_by=asked.signed_by) if asked.issued_by else None,
    )
    return None if said == IssuingNotice() else said


def settle_trial(context: Context) -> Answer:
    """Enter what was decided of the trial of the newest issued edition."""
    asked = context.arguments
    said = TrialDecision(
        outcome=TrialOutcome(asked.outcome), reason=asked.reason, until=asked.until, number=asked.number
    )
    paper = Attachment(
        kind=PaperKind.TRIAL_DECISION, name=name_of(asked.paper), data=read_file(asked.paper), dated_on=asked.dated
    )
    with context.work() as work:
        edition = newest_issued(work, asked.plan, Action.READ_PLAN, at_its_place=False)
        decide_trial(work, edition.version.id, said, on=asked.on, paper=paper)
        return standing_answer(work, course.passage(work, edition.version.id))


def attach(context: Context) -> Answer:
    """Add a paper ahead of the move that asks for it."""
    asked = context.arguments
    paper = Attachment(
        kind=PaperKind(asked.kind),
        name=name_of(asked.file),
        data=read_file(asked.file),
        dated_on=asked.dated,
    )
    with context.work() as work:
        kept = course.attach(work, plans.version_of(work, asked.plan).id, paper)
    return Answer(
        fields={"plan": asked.plan, "kind": kept.kind, "digest": kept.digest, "root_hash": kept.root_hash},
        lines=[_("已附上{paper}（{digest}）", paper=_(PAPERS[kept.kind]), digest=kept.digest[:12])],
    )
