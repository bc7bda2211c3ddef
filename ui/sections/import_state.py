"""A file that was read and is not kept yet: what the import page remembers of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from plans_repo import organisations
from plans_repo.import_facts import Facts, Mended, recognised, remembered
from plans_repo.importing import title_remarks
from plans_repo.intake import facts_apart
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
    """A file that was read, with what was decided for it; *readings* are its states, the newest last.

    *mended* are the corrections that led to each state after the first. *facts* are what it is as one plan, *apart*
    what each of several plans in it is; *maker* is the body it is of, "" for the person's own.
    """

    data: bytes
    name: str
    read: Facts
    facts: Facts
    apart: tuple[Facts, ...]
    readings: tuple[Reading, ...]
    levels: tuple[FoundLevel, ...]
    time_limits: tuple[FoundLimit, ...]
    mended: tuple[tuple[Mended, ...], ...] = ()
    maker: str = ""

    @property
    def area(self) -> str | None:
        """The area of the body the plan is of; None for that of the person."""
        if not self.maker:
            return None
        with reading() as work:
            return organisations.organisation(work, self.maker).area

    @property
    def remarks(self) -> tuple[Notice, ...]:
        """What is remarkable about its title in this place."""
        with reading() as work:
            return title_remarks(work, self.facts.title, self.area)

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
    read = recognised(reading)
    st.session_state[PENDING] = Pending(
        data=data,
        name=name,
        read=read,
        facts=replace(read, kind=kind or read.kind, hazard=hazard or read.hazard),
        apart=tuple(
            replace(one, kind=kind or one.kind, hazard=hazard or one.hazard)
            for one in (facts_apart(reading) if reading.parts else ())
        ),
        readings=(reading,),
        levels=levels(reading.clauses),
        time_limits=time_limits(reading.clauses),
    )


def correct(found: Pending, corrections: Sequence[Correction]) -> None:
    """Make corrections; a refusal leaves everything as it was."""
    before = found.reading.clauses
    clauses = corrected(before, corrections, here().store.new_id)
    made = (*found.mended, remembered(before, corrections))
    _stand(found, (*found.readings, reworked(found.reading, clauses)), made)


def decide(found: Pending, **decided: Any) -> None:
    """Say what the file is: *facts* of it as one plan, *apart* of each plan in it, its *maker*."""
    st.session_state[PENDING] = replace(found, **decided)


def undo(found: Pending) -> None:
    """Take the last correction back."""
    if len(found.readings) > 1:
        _stand(found, found.readings[:-1], found.mended[:-1])


def forget() -> None:
    """Put the file away without keeping anything."""
    st.session_state.pop(PENDING, None)


def _stand(found: Pending, readings: tuple[Reading, ...], mended: tuple[tuple[Mended, ...], ...]) -> None:
    newest, clauses = readings[-1], readings[-1].clauses
    is_told = len(found.apart) == len(newest.parts)
    st.session_state[PENDING] = replace(
        found,
        readings=readings,
        mended=mended,
        apart=found.apart if is_told else facts_apart(newest),
        levels=levels(clauses),
        time_limits=time_limits(clauses),
    )
