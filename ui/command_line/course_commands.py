"""``yuyan plan stand | move | attach | consult | answer | opinions | treat | draw``: the course of a plan."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from plans_repo import people, plans
from plans_repo.course import consultation, consulting, opinion_register, panels, publication, recusal
from plans_repo.course import passage as course
from plans_repo.course.abolition import abolition_of
from plans_repo.course.conditions import Unmet
from plans_repo.course.courses import SignOff
from plans_repo.course.draft_names import draft_name
from plans_repo.course.holders import holders
from plans_repo.course.issued import newest_issued
from plans_repo.course.issuing import IssuingNotice
from plans_repo.course.issuing_name import IssuedBy, IssuingName
from plans_repo.course.open_blanks import open_blanks
from plans_repo.course.opinions import Opinion, Remark
from plans_repo.course.passage import Attachment, Passage
from plans_repo.course.publication import Publication, PublishedForm
from plans_repo.course.stages import EFFECTIVE, Move, PaperKind, Stage
from plans_repo.course.trial import TrialDecision, TrialOutcome, decide_trial, trial_decisions
from plans_repo.course.words import Treatment
from plans_repo.course.working_days import local_day
from plans_repo.errors import NotFound
from plans_repo.filing import filings, paper_receipts
from plans_repo.store.roles import Action
from plans_repo.store.work import Work
from plans_repo.versions import VersionSummary
from sim.plain import plain
from ui.command_line import draft_commands
from ui.command_line.answer import Answer
from ui.command_line.context import Context, name_of, read_file
from ui.command_line.named import clause_called
from ui.command_line.papers import attachment
from ui.components.course_names import ANSWERS, TREATMENTS, holder_words, path_name, unmet_words
from ui.components.filing_names import VALIDITY, abolition_words, entered_words, request_words, trial_words
from ui.components.version_history import person_name
from ui.errors import UiError
from ui.wording import _, day_text, instant_text, language
from ui.wording.codes import MOVES, PAPERS
from ui.wording.stages import stage_word


def stand(context: Context) -> Answer:
    """Where a plan stands, what its path asks for, and the moves open to the actor."""
    with context.reading() as work:
        version = plans.version_of(work, context.arguments.plan, context.arguments.version)
        return _stand(work, course.passage(work, version.id))


def move(context: Context) -> Answer:
    """Make a move with its papers."""
    asked = context.arguments
    attachments = [attachment(word, asked.dated) for word in asked.paper]
    with context.work() as work:
        version = plans.version_of(work, asked.plan)
        if asked.channel or asked.told:
            return _stand(work, _publish(work, version.id, asked, attachments))
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
        )
        return _stand(work, made)


def _publish(work: Work, version: str, asked: Namespace, papers: Sequence[Attachment]) -> Passage:
    """Make public in full, with where and to whom; anything else is no publication."""
    if Move(asked.move) is not Move.PUBLISH:
        raise UiError("publication-without-publishing", thing=asked.plan, field="channel", value=asked.move)
    said = Publication(form=PublishedForm.FULL, channel=asked.channel, told=tuple(asked.told))
    return publication.publish(work, version, said, papers=tuple(papers), on=asked.on)


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
        return _stand(work, course.passage(work, edition.version.id))


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


def consult(context: Context) -> Answer:
    """Settle whom to ask: the units the text gives duties to, or those named."""
    asked = context.arguments
    with context.work() as work:
        opened = consulting.open_consultation(
            work,
            plans.version_of(work, asked.plan).id,
            names=asked.unit,
            working_days=asked.days,
            letter_number=asked.number,
            contact=asked.contact,
            left_out_why=asked.not_asked,
        )
    return Answer(
        fields={"plan": asked.plan, **_consultation_fields(opened)},
        lines=[
            _("答复期限 {day}", day=day_text(opened.due_on)),
            *(f"{unit.name}\t{len(unit.clauses)}" for unit in opened.units),
        ],
    )


def answer(context: Context) -> Answer:
    """A unit's written answer, with its opinions or none."""
    asked = context.arguments
    paper = (name_of(asked.paper), read_file(asked.paper)) if asked.paper else None
    with context.work() as work:
        version = plans.version_of(work, asked.plan)
        unit = consulting.answer(
            work,
            _unit_named(work, version.id, asked.unit),
            opinions=[_remark(work, version, word) for word in asked.opinion],
            signatory=asked.signatory,
            answered_on=asked.on,
            paper=paper,
        )
    said = _(ANSWERS[unit.answer][0]) if unit.answer else ""
    return Answer(
        fields={"unit": unit.name, "answer": unit.answer, "opinions": [_opinion_fields(one) for one in unit.opinions]},
        lines=[f"{unit.name}\t{said}"],
    )


def list_opinions(context: Context) -> Answer:
    """Every opinion on the edition, of units, public and experts, with what became of it."""
    with context.reading() as work:
        version = plans.version_of(work, context.arguments.plan)
        found = opinion_register.opinions(work, version.id)
        asked = consultation.consultation(work, version.id)
    silent = [unit.name for unit in asked.waiting()] if asked else []
    return Answer(
        fields={"opinions": [_opinion_fields(one) for one in found], "silent": silent},
        lines=[
            *(
                f"{one.id}\t{one.giver}\t{one.label or _('全文')}\t{one.text}\t"
                f"{_(TREATMENTS[one.treated.treatment][0]) if one.treated else _('待处理')}"
                for one in found
            ),
            *(_("未答复：{unit}", unit=name) for name in silent),
        ],
    )


def treat(context: Context) -> Answer:
    """Say what becomes of an opinion."""
    asked = context.arguments
    with context.work() as work:
        treated = opinion_register.treat(
            work,
            plans.version_of(work, asked.plan).id,
            asked.opinion,
            Treatment(asked.treatment),
            reason=asked.reason,
            is_disputed=asked.disputed,
            resolution=asked.resolution,
        )
    return Answer(
        fields={"opinion": asked.opinion, "treatment": treated.treatment, "reason": treated.reason},
        lines=[_(TREATMENTS[treated.treatment][0])],
    )


def draw(context: Context) -> Answer:
    """Draw the review panel from the expert pool."""
    asked = context.arguments
    with context.work() as work:
        panel = panels.draw_panel(
            work,
            plans.version_of(work, asked.plan).id,
            size=asked.size,
            quotas={field: _count(count) for field, count in map(_pair, asked.field)},
            interests=dict(map(_pair, asked.aside)),
            redraw_why=asked.again,
        )
        concerns = recusal.concerns(work, panel.version)
    seats = [
        {
            "seat": seat.id,
            "expert": seat.expert.id,
            "name": seat.expert.name,
            "fields": list(seat.expert.fields),
            "concern": concerns.get(seat.expert.id, ""),
        }
        for seat in panel.seats
    ]
    return Answer(
        fields={"panel": panel.id, "seed": panel.seed, "pool": list(panel.pool), "seats": seats},
        lines=[
            _("抽取种子（正文校验码和抽取次数，任何人可据此复核）：") + panel.seed,
            *(f"{seat.ordinal}\t{seat.expert.name}\t{seat.expert.unit}" for seat in panel.seats),
            *(
                _(
                    "{name}所在的{employer}与正文中承担任务的{unit}属同一系统，请确认是否需要回避。",
                    name=seat.expert.name,
                    employer=seat.expert.unit,
                    unit=concerns[seat.expert.id],
                )
                for seat in panel.seats
                if seat.expert.id in concerns
            ),
        ],
    )


def _stand(work: Work, found: Passage) -> Answer:
    unmet = course.unmet(work, found.version)
    moves = course.open_moves(work, found.version)
    waits = holders(work, found.version)
    left = open_blanks(work, found.version) if found.stage in found.path.stages else ()
    changed = draft_commands.changed_in_draft(work, found.plan)
    asked = request_words(filings.filing(work, found.version)) if found.stage in EFFECTIVE else ""
    lines = [
        f"{_standing(found, local_day(work.now))} {draft_name(found.stage, language())}".strip(),
        _("办理路径：{path}", path=path_name(found.path)),
        *([draft_commands.draft_line(changed)] if changed else []),
        *([asked] if asked else []),
        *map(holder_words, waits),
        *(unmet_words(one) for one in unmet),
        *([_("编制小组、编制说明、评审会签到、专家意见和评审表在页面“流转”中登记")] if _is_on_page(unmet) else []),
        *(_("待填：{clause}　{label}", clause=one.citation or "—", label=one.label) for one in left),
    ]
    gone, settled = abolition_of(work, found.plan), trial_decisions(work, found.plan, found.course)
    entered = paper_receipts.entered_receipt(work, found.version) if found.issued_on else None
    lines += [entered_words(entered)] if entered else []
    lines += [*([abolition_words(gone)] if gone else []), *map(trial_words, settled)]
    names = people.display_names(work, [one.signed_by for one in found.sign_offs])
    lines += [_signature_line(one, names) for one in found.sign_offs]
    for one in moves:
        lacking = _("、").join(_(PAPERS[kind]) for kind in one.missing_papers)
        lines.append(f"{one.move.value}\t{_(MOVES[one.move])}\t{lacking}")
    return Answer(
        fields={
            "plan": found.plan,
            "version": found.version,
            "state": found.stage,
            "validity": found.term.on(local_day(work.now)) if found.term else None,
            "process": found.process,
            "path": found.path.id,
            "stages": list(found.path.stages),
            "waits_for": [
                {
                    "move": one.move,
                    "roles": list(one.roles),
                    "people": list(one.people),
                    "papers": list(one.missing_papers),
                    "due_on": one.deadline.due_on if one.deadline else None,
                }
                for one in waits
            ],
            "unmet": [{"code": one.code, "text": unmet_words(one)} for one in unmet],
            "receipt_entered": plain(entered) if entered else None,
            "abolition": plain(gone) if gone else None,
            "trial_decisions": [plain(one) for one in settled],
            "changed_in_draft": changed,
            "filing_asked": asked,
            "signatures": [_signature_fields(one, names) for one in found.sign_offs],
            "blanks": [{"clause": one.clause, "citation": one.citation, "label": one.label} for one in left],
            "moves": [
                {
                    "move": one.move,
                    "papers": list(one.missing_papers),
                    "signatures": list(one.missing_signatures),
                    "manners": [manner.id for manner in one.manners],
                    "unnamed": one.unnamed_office.name if one.unnamed_office else "",
                }
                for one in moves
            ],
        },
        lines=lines,
    )


def _is_on_page(unmet: Sequence[Unmet]) -> bool:
    """Whether a condition is met on the page of the plan alone."""
    return any(one.code.startswith(("group-", "panel-", "votes-", "review-form-", "explanation-")) for one in unmet)


def _standing(found: Passage, today: date) -> str:
    """The stage; for an edition that is issued and not yet implemented that it is still to come, or is on trial."""
    if found.stage is not Stage.IN_FORCE or found.term is None:
        return stage_word(found.stage)
    return _(VALIDITY[found.term.on(today)][0])


def _signature_line(one: SignOff, names: Mapping[str, str]) -> str:
    """A signature with the day of the act and when it was entered, both by name."""
    said = _(
        "{move}　{who}　办理日期 {day}　登记时间 {at}",
        move=_(MOVES[one.move]),
        who=person_name(one.signed_by, names),
        day=day_text(one.on),
        at=instant_text(one.signed_at),
    )
    return said if one.holds else f"{said}　{_('已作废')}"


def _signature_fields(one: SignOff, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "move": one.move,
        "by": person_name(one.signed_by, names),
        "on": one.on,
        "entered_at": one.signed_at,
        "opinion": one.opinion,
        "holds": one.holds,
    }


def _consultation_fields(opened: consultation.Consultation) -> dict[str, Any]:
    return {
        "consultation": opened.id,
        "due_on": opened.due_on,
        "units": [{"id": unit.id, "name": unit.name, "clauses": list(unit.clauses)} for unit in opened.units],
    }


def _opinion_fields(one: Opinion) -> dict[str, Any]:
    return {
        "id": one.id,
        "giver": one.giver,
        "clause": one.clause,
        "label": one.label,
        "text": one.text,
        "wanted": one.wanted,
        "treatment": one.treated.treatment if one.treated else None,
        "reason": one.treated.reason if one.treated else "",
    }


def _unit_named(work: Work, version: str, name: str) -> str:
    asked = consultation.consultation(work, version)
    found = [unit.id for unit in asked.units if name in (unit.id, unit.name)] if asked else []
    if not found:
        raise NotFound("unit-unknown", thing="consulted unit", field="unit", value=name)
    return found[0]


def _remark(work: Work, version: VersionSummary, word: str) -> Remark:
    """``CLAUSE=TEXT``, or a text about the whole."""
    clause, separator, text = word.partition("=")
    if not separator:
        return Remark(text=word)
    return Remark(text=text, clause=clause_called(work, version.plan, clause, version.id))


def _pair(word: str) -> tuple[str, str]:
    left, separator, right = word.partition("=")
    if not separator or not left or not right:
        raise UiError("pair-malformed", thing="argument", rule="must look like LEFT=RIGHT", value=word)
    return left, right


def _count(word: str) -> int:
    if not word.isdecimal():
        raise UiError("pair-malformed", thing="argument", rule="must end in a number", value=word)
    return int(word)
