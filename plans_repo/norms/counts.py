"""What the norms ask for in the event of a study, what there is, and what the study showed of the same units."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from plans_repo.norms.norm import BasisKind, HeldBy, Norm, Norms
from plans_repo.studies import Study
from plans_repo.supplies import PoolCount
from sim.apart import base_id
from sim.figure import Mark, weakest
from sim.scenario import Place, Scenario
from sim.suspects import pool_of


class Outcome(StrEnum):
    """Whether a norm is met."""

    MET = "met"
    SHORT = "short"
    UNKNOWN = "unknown"  # the basis or what is held is not known


@dataclass(frozen=True, kw_only=True, slots=True)
class Count:
    """One norm counted for a study: *basis* people, places or square kilometres ask for *needed* units.

    None for what is not known. *wait_min* are the mean minutes a run waits for these units, None where the
    study does not play them; *held_back* are the ids of targets they were proved to hold back. *given* are the kinds
    of places the events have in place of those a norm counts by.
    """

    norm: Norm
    basis: float | None
    needed: float | None
    held: float | None
    held_mark: Mark | None
    wait_min: float | None
    held_back: tuple[str, ...]
    given: tuple[str, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """Whether there is as much as the norm asks for."""
        if self.needed is None or self.held is None:
            return Outcome.UNKNOWN
        return Outcome.MET if self.held >= self.needed else Outcome.SHORT

    @property
    def missing(self) -> float:
        """How many units are short of the norm."""
        return max(0.0, self.needed - self.held) if self.needed is not None and self.held is not None else 0.0


def counts(study: Study, known: Norms) -> tuple[Count, ...]:
    """Every norm for the event of a study, in the order of the packs."""
    spreads = {scenario.spread for scenario in study.scenarios}
    return tuple(_count(study, norm, known) for norm in known.norms if not spreads.isdisjoint(norm.spreads))


def uncounted(study: Study, found: tuple[Count, ...]) -> tuple[str, ...]:
    """The ids of the pools of a study that no norm asks for."""
    asked = {pool for count in found for pool in count.norm.pools}
    return tuple(count.pool.id for count in study.pools if base_id(count.pool) not in asked)


def _count(study: Study, norm: Norm, known: Norms) -> Count:
    basis = _basis(study, norm, known)
    held, mark = _held(study, norm, known)
    pools = {pool.id for pool in study.procedure.pools if base_id(pool) in norm.pools}
    return Count(
        norm=norm,
        basis=basis,
        given=_given(study, norm) if basis is None else (),
        needed=None if basis is None else _units(norm, basis),
        held=held,
        held_mark=mark,
        wait_min=sum(w.mean_min for w in study.findings.waits if pool_of(w.cause) in pools) if pools else None,
        held_back=tuple(
            dict.fromkeys(saving.suspect.target for saving in study.savings if saving.suspect.pool in pools)
        ),
    )


def _given(study: Study, norm: Norm) -> tuple[str, ...]:
    if norm.basis not in (BasisKind.PLACES, BasisKind.PEOPLE):
        return ()
    return tuple(dict.fromkeys(place.kind for place in _places(study, norm) if place.get("people", 0) > 0))


def _units(norm: Norm, basis: float) -> float:
    """Whole units; what is measured in metres stays as it is."""
    needed = basis / norm.per * norm.value
    return float(math.ceil(needed - 1e-9)) if norm.is_whole else needed


def _basis(study: Study, norm: Norm, known: Norms) -> float | None:
    name, places = norm.basis_name, [place for place in _places(study, norm) if place.kind in norm.basis_name.split()]
    match norm.basis:
        case BasisKind.FIXED:
            return float(name)
        case BasisKind.LOCAL:
            return known.local[name].value if name in known.local else None
        case BasisKind.PARAMETER:
            every = [each for scenario in _events(study, norm) for each in scenario.parameters if each.name == name]
            return sum(each.figure.value for each in every) if every else None
        case BasisKind.PLACES:
            return float(len(places)) if places else None
        case BasisKind.PEOPLE:
            return sum(place.get("people", 0) for place in places) if places else None


def _events(study: Study, norm: Norm) -> list[Scenario]:
    """The events of a study the norm is for."""
    return [scenario for scenario in study.scenarios if scenario.spread in norm.spreads]


def _places(study: Study, norm: Norm) -> list[Place]:
    """The places of these events; one that several of them strike is one place."""
    every = [place for scenario in _events(study, norm) for place in scenario.places]
    return list({(place.kind, place.id, place.title): place for place in every}.values())


def _held(study: Study, norm: Norm, known: Norms) -> tuple[float | None, Mark | None]:
    """What there is of it: the units of the study, else the installation's own figure."""
    own = [count for count in study.pools if base_id(count.pool) in norm.pools]
    if norm.held_by is HeldBy.PLACES:
        return _places_with(own)
    if own:
        marks = {count.mark for count in own}
        return float(sum(count.units for count in own)), own[0].mark if len(marks) == 1 else Mark.TO_BE_CONFIRMED
    if norm.local_held in known.local:
        figure = known.local[norm.local_held]
        return figure.value, figure.mark
    return None, None


def _places_with(own: list[PoolCount]) -> tuple[float | None, Mark | None]:
    """How many places have units of their own; nobody knows where the event does not give them place by place."""
    local = [count.local for count in own if count.local]
    if not local:
        return None, None
    return float(sum(units > 0 for one in local for units in one.each)), weakest(one.mark for one in local)
