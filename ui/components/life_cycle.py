"""The life cycle of an edition as steps, each with the day it was taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from plans_repo.course.passage import Passage
from plans_repo.course.stages import CLOSED, EFFECTIVE, Move, Stage
from plans_repo.histories import Moved
from ui.components.step_bar import Step
from ui.wording import _, day_text, later
from ui.wording.stages import stage_word

DONE_BY = {Move.ISSUE: later("印发"), Move.PUBLISH: later("公布"), Move.FILE: later("备案")}


def life_cycle(stand: Passage, moves: Sequence[Moved]) -> list[Step]:
    """The steps of the edition *stand* is about, from *moves* already made."""
    days = {moved.move: moved.on for moved in moves}
    if Move.REGISTER in days:
        return _registered(stand, days)
    stages = stand.path.stages
    left = {moved.source: moved.on for moved in moves if moved.to is not Stage.DRAFT}
    refused = _refused(stand, moves)
    steps = [_step(stage, stages, stand, left, refused) for stage in stages]
    return [*steps, *_issue(stand, days)]


def _registered(stand: Passage, days: Mapping[Move, date]) -> list[Step]:
    """A plan issued before this installation: its day of issue, and when it was entered."""
    return [
        Step(label=_("印发"), state="done", when=day_text(stand.issued_on)),
        Step(label=_("补录登记"), state="done", when=day_text(days[Move.REGISTER])),
        *_closing(stand, days),
    ]


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


def _issue(stand: Passage, days: Mapping[Move, date]) -> list[Step]:
    is_issued = stand.stage in EFFECTIVE | CLOSED
    steps = []
    for move, label in DONE_BY.items():
        if move in days:
            steps.append(Step(label=_(label), state="done", when=day_text(days[move])))
        else:
            steps.append(Step(label=_(label), state="now" if is_issued and stand.stage not in CLOSED else "ahead"))
    return [*steps, *(_closing(stand, days) if stand.stage in CLOSED else [])]


def _closing(stand: Passage, days: Mapping[Move, date]) -> list[Step]:
    if stand.stage is Stage.SUPERSEDED:
        return [Step(label=_("被新版替代"), state="done", when=day_text(days.get(Move.SUPERSEDE)))]
    if stand.stage is Stage.ABOLISHED:
        return [Step(label=_("废止"), state="done", when=day_text(days.get(Move.ABOLISH)))]
    return [Step(label=_("现行有效"), state="done")]
