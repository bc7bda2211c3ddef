"""A file that was read and is not kept yet: what the import page remembers of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from plans_repo.importing import title_remarks
from plans_repo.plans import PlanKind
from plans_repo.text.reading import Notice, Reading
from plans_repo.text.reading.corrections import Correction, corrected
from plans_repo.text.reading.reworked import reworked
from plans_repo.text.recognition import FoundLevel, FoundLimit, levels, time_limits
from sim.procedure import Hazard
from ui.identity import reading
from ui.installation import here

PENDING = "yy_import_pending"
"""Key of session state: the file that was read and waits to be kept."""


@dataclass(frozen=True, kw_only=True)
class Pending:
    """A file that was read, with what was chosen for it; *readings* are its states, the newest last."""

    data: bytes
    name: str
    kind: PlanKind | None
    hazard: Hazard | None
    readings: tuple[Reading, ...]
    levels: tuple[FoundLevel, ...]
    time_limits: tuple[FoundLimit, ...]

    @property
    def remarks(self) -> tuple[Notice, ...]:
        """What is remarkable about its title in this place."""
        with reading() as work:
            return title_remarks(work, self.reading.title)

    @property
    def reading(self) -> Reading:
        """As it stands after the corrections made so far."""
        return self.readings[-1]

    @property
    def revision(self) -> str:
        """Names this state for the keys of controls, so that none keeps what was typed for another."""
        return f"{self.reading.source_sha256[:8]}-{len(self.readings)}"


def pending() -> Pending | None:
    """The file that waits, or None."""
    found: Pending | None = st.session_state.get(PENDING)
    return found


def keep_in_mind(reading: Reading, data: bytes, name: str, kind: PlanKind | None, hazard: Hazard | None) -> None:
    """Remember a file that was just read."""
    st.session_state[PENDING] = Pending(
        data=data,
        name=name,
        kind=kind,
        hazard=hazard,
        readings=(reading,),
        levels=levels(reading.clauses),
        time_limits=time_limits(reading.clauses),
    )


def correct(found: Pending, corrections: Sequence[Correction]) -> None:
    """Make corrections; a refusal leaves everything as it was."""
    clauses = corrected(found.reading.clauses, corrections, here().store.new_id)
    _stand(found, (*found.readings, reworked(found.reading, clauses)))


def call_it(found: Pending, title: str) -> None:
    """Give the plan another title."""
    if title.strip() and title.strip() != found.reading.title:
        _stand(found, (*found.readings, replace(found.reading, title=title.strip())))


def undo(found: Pending) -> None:
    """Take the last correction back."""
    if len(found.readings) > 1:
        _stand(found, found.readings[:-1])


def forget() -> None:
    """Put the file away without keeping anything."""
    st.session_state.pop(PENDING, None)


def _stand(found: Pending, readings: tuple[Reading, ...]) -> None:
    clauses = readings[-1].clauses
    st.session_state[PENDING] = replace(
        found, readings=readings, levels=levels(clauses), time_limits=time_limits(clauses)
    )
