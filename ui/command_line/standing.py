"""Where a plan stands, as a command tells it: stage, what is unmet, who has it, signatures, open moves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from plans_repo import people
from plans_repo.course import countersigning
from plans_repo.course import passage as course
from plans_repo.course.abolition import abolition_of
from plans_repo.course.conditions import Unmet
from plans_repo.course.courses import SignOff
from plans_repo.course.draft_names import draft_name
from plans_repo.course.holders import holders
from plans_repo.course.open_blanks import open_blanks
from plans_repo.course.passage import Passage
from plans_repo.course.stages import EFFECTIVE, Stage
from plans_repo.course.trial import trial_decisions
from plans_repo.course.working_days import local_day
from plans_repo.filing import filings, paper_receipts
from plans_repo.filing.answerers import answerers
from plans_repo.filing.shares import Share
from plans_repo.store.work import Work
from sim.plain import plain
from ui.command_line import draft_commands, side_commands
from ui.command_line.answer import Answer
from ui.command_line.course_ways import way
from ui.components.course_names import holder_words, path_name, unmet_words
from ui.components.filing_names import (
    VALIDITY,
    abolition_words,
    answerer_words,
    entered_words,
    request_words,
    share_words,
    trial_words,
)
from ui.components.version_history import person_name, signer_name
from ui.wording import _, day_text, instant_text, language
from ui.wording.codes import MOVES, PAPERS
from ui.wording.stages import stage_word


def standing_answer(work: Work, found: Passage) -> Answer:
    unmet = course.unmet(work, found.version)
    moves = course.open_moves(work, found.version)
    waits = holders(work, found.version)
    left = open_blanks(work, found.version) if found.stage in found.path.stages else ()
    changed = draft_commands.changed_in_draft(work, found.plan)
    sides, side_lines = side_commands.sides_told(work, found.version)
    asked, awaited, shares = _filing_words(work, found)
    lines = [
        f"{_standing(found, local_day(work.now))} {draft_name(found.stage, language())}".strip(),
        _("办理路径：{path}", path=path_name(found.path)),
        *([draft_commands.draft_line(changed)] if changed else []),
        *([asked] if asked else []),
        *([awaited] if awaited else []),
        *map(holder_words, waits),
        *side_lines,
        *map(share_words, shares),
        *(_unmet_line(one, found.plan) for one in unmet),
        *(_("待填：{clause}　{label}", clause=one.citation or "—", label=one.label) for one in left),
    ]
    gone, settled = abolition_of(work, found.plan), trial_decisions(work, found.plan, found.course)
    entered = paper_receipts.entered_receipt(work, found.version) if found.issued_on else None
    lines += [entered_words(entered)] if entered else []
    lines += [*([abolition_words(gone)] if gone else []), *map(trial_words, settled)]
    names = people.display_names(work, [one.signed_by for one in found.sign_offs])
    lines += [_signature_line(one, names) for one in found.sign_offs]
    lines += [f"countersign\t{_('登记会签')}"] if countersigning.open_sides(work, found.version) else []
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
            "sides": sides,
            "filings": [_share_fields(one) for one in shares],
            "unmet": [{"code": one.code, "text": unmet_words(one), "command": way(one, found.plan)} for one in unmet],
            "receipt_entered": plain(entered) if entered else None,
            "abolition": plain(gone) if gone else None,
            "trial_decisions": [plain(one) for one in settled],
            "changed_in_draft": changed,
            "filing_asked": asked,
            "filing_awaited": awaited,
            "signatures": [_signature_fields(one, names) for one in found.sign_offs],
            "blanks": [{"clause": one.clause, "citation": one.citation, "label": one.label} for one in left],
            "moves": [
                {
                    "move": one.move,
                    "papers": list(one.missing_papers),
                    "signatures": list(one.missing_signatures),
                    "manners": [manner.id for manner in one.manners],
                    "unnamed": one.unnamed_office.name if one.unnamed_office else "",
                    "unnamed_copies": [copy.name for copy in one.unnamed_copies],
                }
                for one in moves
            ],
        },
        lines=lines,
    )


def _filing_words(work: Work, found: Passage) -> tuple[str, str, tuple[Share, ...]]:
    """What the receiver asked for, who there has the filing before him, and the parts of one that goes to several."""
    if found.stage not in EFFECTIVE:
        return "", "", ()
    sent = filings.filing(work, found.version)
    shares = sent.shares if sent.sent and len(sent.shares) > 1 else ()
    return request_words(sent), answerer_words(sent, answerers(work, found.version)), shares


def _share_fields(one: Share) -> dict[str, Any]:
    return {
        "side": one.side,
        "authorities": [who.name for who in one.authorities],
        "outside": one.is_outside,
        "state": one.state,
        "number": one.receipt.value["number"] if one.receipt else "",
        "on": one.receipt_on,
    }


def _unmet_line(one: Unmet, plan: str) -> str:
    """A condition with the command that meets it; one that no command meets is met on the page."""
    command = way(one, plan)
    return (
        f"{unmet_words(one)}\t{command}"
        if command
        else _("{condition}（在页面“流转”中办理）", condition=unmet_words(one))
    )


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
        who=signer_name(one.signer, one.signed_by, names),
        day=day_text(one.on),
        at=instant_text(one.signed_at),
    )
    return said if one.holds else f"{said}　{_('已作废')}"


def _signature_fields(one: SignOff, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "move": one.move,
        "by": person_name(one.signed_by, names),
        "signer": plain(one.signer) if one.signer else None,
        "on": one.on,
        "entered_at": one.signed_at,
        "opinion": one.opinion,
        "holds": one.holds,
    }
