"""What a request is asked beyond its verdicts: the cheapest units, weak points, influences, runs or drills.

Nothing is stored; the same request and seed give the same answer.
"""

from __future__ import annotations

from dataclasses import dataclass

from plans_repo import studies
from plans_repo.store.work import Actor, Store
from plans_repo.studies import Asked, Request
from plans_repo.study_doubts import doubtful, doubts_of, factor_of
from plans_repo.study_events import numbers_of
from plans_repo.study_values import parameters_of
from sim.compound import CompoundQuestion
from sim.influences import Range
from sim.procedure import Target
from sim.question import Question
from sim.scenario import Parameter

__all__ = ["Looked", "doubts_of", "factor_of", "look_up", "ranges_of"]


@dataclass(frozen=True, kw_only=True)
class Looked:
    """A request looked up, the seed it is played with, and the numbers of the clauses."""

    asked: Asked
    seed: int
    cited: dict[str, str]

    @property
    def question(self) -> Question:
        """What is played."""
        return self.asked.question

    def clause_of(self, target: Target) -> str:
        """The number of a target's clause, "" for none."""
        return self.cited.get(target.clause, "")

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """The numbers of the event; of several events all of theirs."""
        compound = self.question.compound if isinstance(self.question, CompoundQuestion) else None
        return parameters_of(self.question.scenario, compound)

    @property
    def targets(self) -> tuple[str, ...]:
        """The targets the event gives something to measure."""
        return tuple(aims.target.id for aims in self.question.aims if aims.aims)


def look_up(store: Store, actor: Actor, request: Request) -> Looked:
    """Look up and check what a request names, so that it can be played without holding a transaction."""
    with store.reading(actor) as work:
        asked = studies.ask(work, request)
        cited = numbers_of(work, (request.plan, asked.version), asked.answered)
    seed = asked.question.own_seed if request.seed is None else request.seed
    return Looked(asked=asked, seed=seed, cited=cited)


def ranges_of(question: Question) -> tuple[Range, ...]:
    """The ranges of the medians of all tasks played that take time, by what each rests on."""
    found = []
    for name, footing in doubtful(question):
        factor = factor_of(footing).value
        found.append(Range(name=name, low=1 / factor, high=factor))
    return tuple(found)
