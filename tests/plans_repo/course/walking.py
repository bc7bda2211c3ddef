"""Take a plan along its path in a test: people for every duty, papers for every move."""

from collections.abc import Iterable

from plans_repo.course import passage
from plans_repo.course.passage import Attachment, Passage
from plans_repo.course.stages import Move, PaperKind, Stage, Step
from plans_repo.course.steps import required_signatures, steps
from plans_repo.course.steps_to_approval import DECIDING
from plans_repo.store.roles import Action, Role
from plans_repo.store.work import Actor, Store
from tests.plans_repo.builders import a_plan
from tests.plans_repo.conftest import person

WRITER = person("writer", Role.PLAN_AUTHOR)
EXAMINER = person("examiner", Role.REVIEWER, Role.JUSTICE_BUREAU)
DECIDER = person("decider", Role.APPROVER, Role.LEADER)
OFFICE = person("office", Role.GOVERNMENT_OFFICE, Role.FILING_OFFICER)
EVERYBODY = person("everybody", *Role)
NUMBER = "青政办发〔2026〕12号"
AFTER_ISSUE = (Move.PUBLISH, Move.FILE)
"""What brings an issued plan into force."""


def begun(store: Store, actor: Actor = WRITER, **more: object) -> str:
    """The first version of a plan, a special one unless told otherwise."""
    with store.work(actor) as work:
        return a_plan(work, **more)[1].id


def stand(store: Store, version: str) -> Passage:
    with store.reading(EVERYBODY) as work:
        return passage.passage(work, version)


def walk(store: Store, version: str, to: Stage) -> Passage:
    """Go the way of the plan until it stands at *to*."""
    state = stand(store, version)
    while state.stage is not to:
        step = onward(state)
        state = make(store, whoever(step), version, step.move)
    return state


def onward(state: Passage) -> Step:
    """The move that leads on from where a plan stands."""
    backward = (Move.REDRAFT, Move.REGISTER, Move.ABOLISH, Move.SUPERSEDE, Move.RECEIVE_RECEIPT)
    return next(
        step
        for step in steps(state.path)
        if step.source is state.stage and step.move not in backward and not step.move.name.startswith("REJECT")
    )


def whoever(step: Step) -> Actor:
    """Somebody who may make a move and has no other duty in the same text."""
    if step.move in DECIDING:
        return DECIDER
    people = {Action.EDIT_PLAN: WRITER, Action.REVIEW_PLAN: EXAMINER, Action.CHECK_LEGALITY: EXAMINER}
    return people.get(step.action, OFFICE)


def make(store: Store, actor: Actor, version: str, move: Move, kinds: Iterable[PaperKind] | None = None) -> Passage:
    """One move, with the papers it lacks unless some are named."""
    with store.reading(actor) as work:
        lacking = next((one.missing_papers for one in passage.open_moves(work, version) if one.move is move), ())
    attachments = papers(*(lacking if kinds is None else kinds))
    number = NUMBER if move is Move.ISSUE else ""
    with store.work(actor) as work:
        return passage.move(work, version, move, reason="同意", attachments=attachments, document_number=number)


def signatures(state: Passage) -> int:
    """How many signatures the path of a plan asks for."""
    return len(required_signatures(state.path))


def papers(*kinds: PaperKind) -> list[Attachment]:
    return [Attachment(kind=kind, name=f"{kind}.pdf", data=kind.encode()) for kind in kinds]
