"""Take a plan along its path in a test: people for every duty, papers for every move."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from typing import Any

from plans_repo import plans
from plans_repo.course import (
    consultation,
    consulting,
    countersigning,
    element_review,
    experts,
    explanation,
    panels,
    passage,
    review_form,
    votes,
    working_group,
)
from plans_repo.course.inputs import INPUTS
from plans_repo.course.panels import Panel
from plans_repo.course.passage import Attachment, Passage
from plans_repo.course.signer import Signer
from plans_repo.course.stages import Move, PaperKind, Stage, Step
from plans_repo.course.steps import required_signatures, steps
from plans_repo.course.steps_to_approval import DECIDING
from plans_repo.course.words import GroupPart, Judgement, Vote
from plans_repo.store.roles import Action, Role
from plans_repo.store.work import Actor, Store
from tests.plans_repo.builders import a_plan
from tests.plans_repo.conftest import person

WRITER = person("writer", Role.PLAN_AUTHOR)
EXAMINER = person("examiner", Role.REVIEWER, Role.JUSTICE_BUREAU)
CHIEF = person("chief", Role.APPROVER)
DECIDER = person("decider", Role.APPROVER, Role.LEADER)
DEPUTY = person("deputy", Role.LEADER)
OFFICE = person("office", Role.GOVERNMENT_OFFICE, Role.FILING_OFFICER)
EVERYBODY = person("everybody", *Role)
NUMBER = "青政办发〔2026〕12号"
RECEIVER = "云陵市应急管理局"
"""With whom a plan is filed where the rules name an office nobody here answers to."""
SIGNER = Signer(name="王立春", post="村党支部书记")
"""Who signs where a head does."""
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
        fulfil(store, state)
        step = onward(state)
        state = make(store, whoever(step), version, step.move)
    return state


def ready(store: Store, version: str) -> str:
    """The version, with everything its path asks for before its present stage is left."""
    fulfil(store, stand(store, version))
    return version


def fulfil(store: Store, state: Passage) -> None:
    """Bring about whatever the path asks for before its present stage is left."""
    if state.stage in state.path.stages:
        for name in state.path.at(state.stage).asks:
            FULFIL[name](store, state.version)


def a_group(store: Store, version: str) -> None:
    with store.work(WRITER) as work:
        if working_group.members(work, version):
            return
        add = partial(working_group.add_member, work, version, unit="县应急管理局")
        add("田甲", part=GroupPart.HEAD, post="局长", is_responsible=True)
        add("钱乙", part=GroupPart.EXPERT, has_experience=True)
        for unit in consulting.proposed_units(work, version):
            working_group.add_member(work, version, "联络员", part=GroupPart.MEMBER, unit=unit.name)


def the_inputs(store: Store, version: str) -> None:
    with store.work(WRITER) as work:
        for kind in INPUTS:
            paper = Attachment(kind=kind, name=f"{kind}.pdf", data=kind.encode(), dated_on=date(2026, 9, 1))
            passage.attach(work, version, paper)


def a_letter(store: Store, version: str, **more: Any) -> None:
    with store.work(WRITER) as work:
        others = {} if consulting.proposed_units(work, version) else {"names": ["县水利局", "县气象局"]}
        consulting.open_consultation(work, version, **(others | more))


def every_answer(store: Store, version: str) -> None:
    with store.work(WRITER) as work:
        asked = consultation.consultation(work, version)
        assert asked
        for unit in asked.waiting():
            consulting.answer(work, unit.id, signatory="办公室", paper=("复函.pdf", b"%PDF"))


def an_explanation(store: Store, version: str) -> None:
    with store.work(WRITER) as work:
        explanation.save_explanation(work, version, {heading.id: "略。" for heading in explanation.headings()})


def a_pool(store: Store, count: int = 7) -> list[str]:
    """So many experts, of whom every second knows water."""
    with store.work(WRITER) as work:
        return [
            experts.add_expert(
                work, f"专家{number}", fields=["水利" if number % 2 else "应急管理"], unit=f"省{number}院",
                valid_until=date(2028, 12, 31),
            ).id
            for number in range(count)
        ]  # fmt: skip


def a_review(
    store: Store, version: str, conclusions: Sequence[Vote] = (Vote.AGREE,) * 5, *, elements: bool = True
) -> Panel:
    """A panel that is drawn, meets, votes and answers the form, and the tables of an enterprise's plan."""
    with store.reading(WRITER) as work:
        has_pool = bool(experts.experts(work))
    if not has_pool:
        a_pool(store)
    with store.work(WRITER) as work:
        panel = panels.draw_panel(work, version, size=len(conclusions))
        people = [seat.expert.id for seat in panel.seats]
        panel = panels.convene(work, panel.id, present=people, head=people[0], place="二楼会议室")
        for seat, conclusion in zip(panel.seats, conclusions, strict=True):
            form = (f"{seat.expert.name}意见表.pdf", f"%PDF {seat.id}".encode())
            votes.vote(work, seat.id, conclusion, words="见意见表", paper=form)
        for item in review_form.items():
            votes.answer_item(work, panel.id, item.id, Judgement.CONFORMS)
        plan = plans.plan(work, passage.passage(work, version).plan)
        tables = element_review.tables(plan.kind, plan.title, plans.text_of(work, plan.id))
        for one in tables if elements else ():
            for element in one.elements:
                element_review.answer_element(work, panel.id, element.key, Judgement.CONFORMS)
    return panel


def every_sheet(store: Store, version: str) -> None:
    """The word of every other side that has nobody here, entered from its paper."""
    with store.work(EVERYBODY) as work:
        for one in countersigning.open_sides(work, version):
            countersigning.countersign(work, version, ("会签件.pdf", b"%PDF"), side=one.side.name, signed_by="县长")


FULFIL: dict[str, Callable[[Store, str], object]] = {
    "working_group": a_group,
    "inputs": the_inputs,
    "letter": a_letter,
    "consultation": every_answer,
    "explanation": an_explanation,
    "panel": a_review,
    "countersigned": every_sheet,
}


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
    if step.move is Move.PASS_DELIBERATION:
        return CHIEF
    if step.move is Move.ENDORSE:
        return DEPUTY
    if step.move in DECIDING:
        return DECIDER
    people = {Action.EDIT_PLAN: WRITER, Action.REVIEW_PLAN: EXAMINER, Action.CHECK_LEGALITY: EXAMINER}
    return people.get(step.action, OFFICE)


def make(store: Store, actor: Actor, version: str, move: Move, kinds: Iterable[PaperKind] | None = None) -> Passage:
    """One move, with the papers it lacks unless some are named."""
    with store.reading(actor) as work:
        found = next((one for one in passage.open_moves(work, version) if one.move is move), None)
    lacking = found.missing_papers if found else ()
    receiver = RECEIVER if found and found.unnamed_office else ""
    attachments = papers(*(lacking if kinds is None else kinds))
    number = next_number(store, version) if move is Move.ISSUE else ""
    with store.work(actor) as work:
        return passage.move(
            work, version, move, reason="同意", attachments=attachments, document_number=number, file_with=receiver,
            no_copies="没有其他有关部门" if found and found.unnamed_copies else "",
            signer=SIGNER if found and any(one.has_signer for one in found.manners) else None,
        )  # fmt: skip


def next_number(store: Store, version: str) -> str:
    """The number an edition is issued under: of its own, or NUMBER and those after it, one for each edition."""
    state = stand(store, version)
    with store.reading(EVERYBODY) as work:
        others = [passage.passage(work, one.id) for one in plans.versions_of(work, state.plan)]
    issued = len({one.course for one in others if one.issued_on and one.course != state.course})
    return state.document_number or NUMBER.replace("12号", f"{12 + issued}号")


def signatures(state: Passage) -> int:
    """How many signatures the path of a plan asks for."""
    return len(required_signatures(state.path))


def papers(*kinds: PaperKind) -> list[Attachment]:
    return [Attachment(kind=kind, name=f"{kind}.pdf", data=kind.encode()) for kind in kinds]
