"""A question whose event is a record: its clocks and gates are given, not worked out by a model of a hazard."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sim.hazards.contribution import Contribution
from sim.question import Question

RECORDED = "recorded"
"""The spread of a scenario that no model speaks for."""


@dataclass(frozen=True, kw_only=True)
class RecordedQuestion(Question):
    """A question in which *brings* stands in place of what a hazard model says."""

    brings: Contribution

    @cached_property
    def contribution(self) -> Contribution:
        """What the record brings."""
        return self.brings
