"""What the course of an edition holds on its authoring, for the dossier: group, inputs, opinions, panel, approval."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from plans_repo.checks.dossier import (
    Approval,
    ElementAnswer,
    GroupFacts,
    InputSeen,
    LinkageOpinion,
    OpinionSeen,
    PanelFacts,
    ReviewForm,
)
from plans_repo.course import consultation as consulting
from plans_repo.course import element_review, panel_result, panels, votes, working_group
from plans_repo.course.decisions import decision
from plans_repo.course.duties import duty_units
from plans_repo.course.inputs import INPUTS
from plans_repo.course.issuing_name import issuing_name
from plans_repo.course.opening import found
from plans_repo.course.passage import Passage
from plans_repo.course.review_form import items
from plans_repo.course.stages import Move
from plans_repo.course.words import GroupPart, Judgement
from plans_repo.organisations import OrganisationKind
from plans_repo.packs.naming import name_of
from plans_repo.store import events
from plans_repo.store.work import Work


@dataclass(frozen=True)
class AuthoringFacts:
    """Looks up what is known of the authoring of one version."""

    work: Work
    stand: Passage

    def group(self) -> GroupFacts | None:
        """The working group beside the units the text gives duties to; None while nobody was entered."""
        members = working_group.members(self.work, self.stand.version)
        if not members:
            return None
        plan, _course, version = found(self.work, self.stand.version)
        present = {member.organisation for member in members} | {member.unit for member in members}
        duties = duty_units(self.work, plan, version)
        known = {unit.name for unit in duties if unit.organisation}
        here = {unit.name for unit in duties if unit.organisation in present or unit.name in present}
        return GroupFacts(
            leaders=tuple(one.name for one in members if one.part is GroupPart.HEAD and one.is_responsible),
            experts=sum(one.part is GroupPart.EXPERT for one in members),
            units=frozenset(here | {member.unit for member in members}),
            duty_units=frozenset(known),
        )

    def inputs(self) -> tuple[InputSeen, ...] | None:
        """The three inputs that are attached, with their own dates; None for an edition nobody prepared here."""
        seen = tuple(
            InputSeen(kind=one.kind, name=one.name, on=one.dated_on) for one in self.stand.papers if one.kind in INPUTS
        )
        return seen or (() if working_group.members(self.work, self.stand.version) else None)

    def asked_units(self) -> frozenset[str] | None:
        """The units that were asked for their opinion."""
        asked = self._consultation()
        return None if asked is None else frozenset(unit.name for unit in asked.units)

    def opinions(self) -> tuple[OpinionSeen, ...] | None:
        """What the units answered and what became of it; who answered without an opinion is treated."""
        asked = self._consultation()
        if asked is None:
            return None
        return tuple(
            seen
            for unit in asked.units
            if unit.answer is not None
            for seen in (
                [
                    OpinionSeen(
                        unit=unit.name,
                        treatment=one.treated.treatment.value if one.treated else "",
                        reason=one.treated.reason if one.treated else "",
                    )
                    for one in unit.opinions
                ]
                or [OpinionSeen(unit=unit.name, treatment="none")]
            )
        )

    def panel(self, maker: str) -> PanelFacts | None:
        """The expert panel that met: who came, who agreed, who belongs to the maker."""
        seen = panels.panel(self.work, self.stand.version)
        if seen is None or seen.met_on is None:
            return None
        counted = panel_result.result(self.work, seen.id)
        return PanelFacts(
            experts=len(seen.held),
            present=counted.present,
            agreed=counted.agreed + counted.agreed_if,
            linked_to_maker=tuple(seat.expert.name for seat in seen.present if maker and seat.expert.unit == maker),
            is_signed=counted.is_complete,
            has_votes=counted.is_complete,
        )

    def review(self, language: str) -> ReviewForm | None:
        """The panel's form with its items by name; None where no panel met."""
        seen = panels.panel(self.work, self.stand.version)
        if seen is None or seen.met_on is None:
            return None
        answers = votes.review_form(self.work, seen.id)
        given = {item: one.judgement is not Judgement.FAILS for item, one in answers.items()}
        return ReviewForm(
            answers={(one.title if language == "zh" else one.title_en): given.get(one.id) for one in items()}
        )

    def elements(self) -> dict[str, ElementAnswer]:
        """What the panel answered to the lines of the review tables."""
        _plan, course, _version = found(self.work, self.stand.version)
        return {
            key: ElementAnswer(judgement=one.judgement, note=one.note)
            for key, one in element_review.answers_of(self.work, course).items()
        }

    def approval(self, language: str) -> Approval | None:
        """How the plan was decided last: the manner that was entered with the move."""
        made = decision(self.work, self.stand.plan, self.stand.course)
        if made is None:
            return None
        name = issuing_name(self.work, self.stand.plan, self.stand.course)
        return Approval(
            approver=made.manner,
            issued_by=name.issued_by if name else "",
            title=made.title if language == "zh" else made.title_en,
            issuer=name_of("issued_by", name.issued_by, language) if name else "",
        )

    def linkage(self) -> LinkageOpinion | None:
        """The last answer of the linkage check; it is given by the emergency bureau's own step."""
        chain = events.history(self.work, events.chain_of_plan(self.stand.plan))
        moves = (Move.AGREE_LINKAGE.value, Move.REJECT_LINKAGE.value)
        answers = [
            event.payload
            for event in chain
            if event.kind == "moved"
            and event.payload.get("course") == self.stand.course
            and event.payload.get("move") in moves
        ]
        if not answers:
            return None
        return LinkageOpinion(
            by=OrganisationKind.EMERGENCY_BUREAU,
            on=date.fromisoformat(str(answers[-1]["on"])),
            agreed=answers[-1]["move"] == Move.AGREE_LINKAGE.value,
        )

    def _consultation(self) -> consulting.Consultation | None:
        """The consultation, for those who see all of it."""
        plan, _course, _version = found(self.work, self.stand.version)
        if not consulting.sees_whole(self.work, plan):
            return None
        return consulting.consultation(self.work, self.stand.version)
