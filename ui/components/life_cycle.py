"""The life cycle of an edition as steps, each with the day it was taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from plans_repo.course.passage import Passage
from plans_repo.course.stages import CLOSED, EFFECTIVE, Move, Stage
from plans_repo.course.terms import Validity
from plans_repo.course.working_days import local_day
from plans_repo.filing.shares import AWAITING_SENDER, FilingState
from plans_repo.histories import Moved
from ui.components.filing_names import FILING_STATES, VALIDITY
from ui.components.step_bar import Step
from ui.wording import _, day_text, later
from ui.wording.stages import stage_word

DONE_BY = {Move.ISSUE: later("印发"), Move.PUBLISH: later("公布"), Move.FILE: later("备案")}


def life_cycle(stand: Passage, moves: Sequence[Moved], *, today: date, filed: FilingState | None = None) -> list[Step]:
    """The steps of the edition *stand* is about, from *moves* already made; *filed* is how far its filing has come."""
    days = {moved.move: moved.on for moved in moves}
    if Move.REGISTER in days:
        return _registered(stand, days, today)
    stages = stand.path.stages
    left = {moved.source: moved.on for moved in moves if moved.to is not Stage.DRAFT}
    refused = _refused(stand, moves)
    steps = [_step(stage, stages, stand, left, refused) for stage in stages]
    return [*steps, *_issue(stand, days, filed), *_ahead(stand, today)]


def entered_on(moves: Sequence[Moved]) -> date | None:
    """The day on which the issue of the edition was entered here; None while it is not issued."""
    return next((local_day(one.at) for one in moves if one.move in (Move.ISSUE, Move.REGISTER)), None)


def _registered(stand: Passage, days: Mapping[Move, date], today: date) -> list[Step]:
    """A plan issued before this installation: its day of issue, and when it was entered."""
    return [
        Step(label=_("印发"), state="done", when=day_text(stand.issued_on)),
        Step(label=_("补录登记"), state="done", when=day_text(days[Move.REGISTER])),
        *(_closing(stand, days) if stand.stage in CLOSED else _counting(stand, today)),
    ]


def _counting(stand: Passage, today: date) -> list[Step]:
    """How an edition that has not ended counts today, which its stage does not tell."""
    if stand.term is None:
        return []
    standing, until = stand.term.on(today), stand.term.trial_until
    if standing is Validity.IN_FORCE:
        since = _("{day} 起施行", day=day_text(stand.term.effective_on))
        return [Step(label=_(VALIDITY[standing][0]), state="done", when=since)]
    return _ahead(stand, today) or [
        Step(label=_(VALIDITY[standing][0]), state="now", when=_("至 {day}", day=day_text(until)))
    ]


def _ahead(stand: Passage, today: date) -> list[Step]:
    """That an edition has been issued and is not implemented yet, with the day from which it is."""
    if stand.term is None or stand.term.on(today) is not Validity.AHEAD:
        return []
    return [Step(label=_("尚未施行"), state="now", when=_("{day} 起施行", day=day_text(stand.term.effective_on)))]


def _step(
    stage: Stage, stages: Sequence[Stage], stand: Passage, left: Mapping[Stage, date], refused: Stage | None
) -> Step:
    label = stage_word(stage)
    if stage is refused:
        return Step(label=label, state="refused")
    if stand.stage is stage:
        return Step(label=label, state="now")
    here = stages.index(stand.stage) if stand.stage in stages else len(stages)
    if stages.index(stage) < here:
        return Step(label=label, state="done", when=day_text(left[stage]) if stage in left else "")
    return Step(label=label)


def _refused(stand: Passage, moves: Sequence[Moved]) -> Stage | None:
    """The stage that sent the text back, while it is being written anew."""
    last = moves[-1] if moves else None
    is_back = last is not None and stand.stage is Stage.DRAFT and last.to is Stage.DRAFT
    return last.source if last and is_back and last.source is not Stage.CONSULTATION else None


def _issue(stand: Passage, days: Mapping[Move, date], filed: FilingState | None) -> list[Step]:
    is_issued = stand.stage in EFFECTIVE | CLOSED
    steps = []
    for move, label in DONE_BY.items():
        if move is Move.FILE and move in days:
            steps.append(_filing(stand, days, filed))
        elif move in days:
            steps.append(Step(label=_(label), state="done", when=day_text(days[move])))
        else:
            steps.append(Step(label=_(label), state="now" if is_issued and stand.stage not in CLOSED else "ahead"))
    return [*steps, *(_closing(stand, days) if stand.stage in CLOSED else [])]


def _filing(stand: Passage, days: Mapping[Move, date], filed: FilingState | None) -> Step:
    """A plan is on file once the receipt is in, or silence means yes; until then it has been sent."""
    if Move.RECEIVE_RECEIPT in days:
        return Step(label=_("备案"), state="done", when=day_text(days[Move.RECEIVE_RECEIPT]))
    sent = day_text(days[Move.FILE])
    if filed in (FilingState.RECEIPTED, FilingState.DEEMED):
        word = _("备案") if filed is FilingState.RECEIPTED else _("视为已备案")
        return Step(label=word, state="done", when=sent)
    if stand.stage in CLOSED:
        return Step(label=_("已报送备案"), state="done", when=sent)
    is_told = filed in AWAITING_SENDER or filed is FilingState.RECEIPT_ENTERED
    waits = FILING_STATES[filed if filed and is_told else FilingState.SENT]
    return Step(label=_(waits[0]), state="now", when=sent)


def _closing(stand: Passage, days: Mapping[Move, date]) -> list[Step]:
    if stand.stage is Stage.SUPERSEDED:
        return [Step(label=_("被新版替代"), state="done", when=day_text(days.get(Move.SUPERSEDE)))]
    if stand.stage is Stage.ABOLISHED:
        return [Step(label=_("废止"), state="done", when=day_text(days.get(Move.ABOLISH)))]
    return []
