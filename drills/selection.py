"""A choice of drills: of a plan, of a form, in a state."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from drills.drill import Drill, Form, State


@dataclass(frozen=True, kw_only=True)
class Selection:
    """What drills must be to be shown; without a choice, everything but what is cancelled."""

    plan: str | None = None
    form: Form | None = None
    state: State | None = None

    @property
    def is_everything(self) -> bool:
        """Whether nothing was chosen."""
        return self.plan is None and self.form is None and self.state is None

    def fits(self, drill: Drill) -> bool:
        """Whether a drill is among those asked for."""
        return (
            (self.plan is None or self.plan in drill.plans)
            and (self.form is None or drill.type.form is self.form)
            and (drill.state is not State.CANCELLED if self.state is None else drill.state is self.state)
        )

    def fitting(self, drills: Iterable[Drill]) -> list[Drill]:
        """The drills asked for, in their order."""
        return [drill for drill in drills if self.fits(drill)]
