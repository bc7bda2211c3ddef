"""How processes advance under an effort: the compiled steps that both engines call.

A step is a kind, its parameters and a state, all numbers; what they mean stands with the
hazards that build them. No effort, no state and no kind is known to an engine.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.compiled import compiled, inner
from sim.formulas.containment import CONTAINED, has_met, onward

CALLED = 0
"""Over as soon as there is any effort; no parameters, no state."""
DRAIN = 1
"""Inflow in m³/h, the minute it stops, residual inflow in m³/h, entry volume in m³; state: the volume in m³."""
CONTAIN = 2
"""Head rate in m/min, ε, a, +1 from the head or −1 from the rear, longest attack in min; state: as in ``Attack``."""
PARAMETERS, NUMBERS = 5, 5
"""How many parameters and numbers of state every step has room for."""

Numbers = NDArray[np.float64]


class StepForm(NamedTuple):
    """A step in numbers."""

    kind: int
    parameters: tuple[float, ...] = ()

    @property
    def array(self) -> Numbers:
        """The parameters with nought for what is not used."""
        return padded(self.parameters, PARAMETERS)


def padded(values: tuple[float, ...], length: int) -> Numbers:
    """The values followed by noughts.

    >>> padded((1.0, 2.0), 3).tolist()
    [1.0, 2.0, 0.0]
    """
    return np.array([*values, *([0.0] * (length - len(values)))], dtype=np.float64)


def advanced(
    form: StepForm, state: tuple[float, ...], from_min: float, to_min: float, effort: float
) -> tuple[float, ...]:
    """The state at *to_min* when *effort* acted since *from_min*."""
    now = padded(state, NUMBERS)
    advance_step(form.kind, form.array, now, float(from_min), float(to_min), float(effort))
    return tuple(now.tolist()[: len(state)])


def end_min(form: StepForm, state: tuple[float, ...], at_min: float, effort: float) -> float | None:
    """The minute at which it ends under that effort, or None if it never does."""
    end = step_end(form.kind, form.array, padded(state, NUMBERS), float(at_min), float(effort))
    return None if math.isinf(end) else float(end)


@compiled
def advance_step(kind: int, form: Numbers, state: Numbers, from_min: float, to_min: float, effort: float) -> None:
    """Move the state on in its place."""
    if kind == DRAIN:
        state[0] = _drained(form, state[0], from_min, to_min, effort)
    elif kind == CONTAIN:
        _attack_on(form, state, to_min, effort)


@compiled
def step_end(kind: int, form: Numbers, state: Numbers, at_min: float, effort: float) -> float:
    """The minute at which it ends under that effort, infinity if it never does."""
    if kind == DRAIN:
        return _low_from(form, state[0], at_min, effort)
    if kind == CONTAIN:
        return _closed_at(form, state, at_min, effort)
    return at_min if effort > 0.0 else math.inf


# -- water ---------------------------------------------------------------------------


@inner
def _drained(form: Numbers, volume: float, from_min: float, to_min: float, effort: float) -> float:
    """The volume at *to_min*, never below nothing; before minute 0 no water runs and none is pumped."""
    inflow, stops, residual = form[0], form[1], form[2]
    from_min, to_min = max(0.0, from_min), max(0.0, to_min)
    if from_min < stops:
        volume = max(0.0, volume + (inflow - effort) * (min(to_min, stops) - from_min) / 60.0)
    if to_min > stops:
        volume = max(0.0, volume + (residual - effort) * (to_min - max(from_min, stops)) / 60.0)
    return volume


@inner
def _low_from(form: Numbers, volume: float, at_min: float, effort: float) -> float:
    """The minute from which the volume stays at or below the entry volume at this pumping rate.

    A district that is low only because the inflow has not filled it yet is not open:
    where it would rise above the entry volume again, the later moment counts.
    """
    inflow, stops, residual, entry = form[0], form[1], form[2], form[3]
    at_min = max(0.0, at_min)
    low_since = math.inf
    if at_min < stops:
        low_since = _low_since(entry, volume, at_min, stops, inflow - effort, low_since)
        volume = max(0.0, volume + (inflow - effort) * (stops - at_min) / 60.0)
    return _low_since(entry, volume, max(at_min, stops), math.inf, residual - effort, low_since)


@inner
def _low_since(entry: float, volume: float, begin: float, end: float, net_m3_h: float, low_since: float) -> float:
    """The minute from which the volume stays at or below the entry volume up to *end*, infinity if it does not."""
    earliest = begin if math.isinf(low_since) else low_since
    if net_m3_h > 0.0:
        stays = not math.isinf(end) and volume + net_m3_h * (end - begin) / 60.0 <= entry
        return earliest if stays else math.inf
    if volume <= entry:
        return earliest
    if net_m3_h == 0.0:
        return math.inf
    reached = begin + (volume - entry) / -net_m3_h * 60.0
    return reached if reached <= end else math.inf


# -- line round a fire ---------------------------------------------------------------


@inner
def _shape(form: Numbers) -> tuple[float, float, float, float]:
    return form[0], form[1], form[2], form[3]


@inner
def _attack_on(form: Numbers, state: Numbers, to_min: float, effort: float) -> None:
    shape = _shape(form)
    if has_met(shape, state[1]):
        state[2] = to_min
        return
    minutes = max(0.0, to_min - state[2])
    if effort > 0.0 and minutes > 0.0:
        outcome, after = onward(shape, (state[0], state[1], state[2], state[3], state[4]), minutes, effort)
        state[0], state[1], state[2], state[3], state[4] = after
        if outcome == CONTAINED:
            state[2] = to_min
            return
    _grow_free(shape, state, to_min)


@inner
def _grow_free(shape: tuple[float, float, float, float], state: Numbers, to_min: float) -> None:
    """The line stands where it is while the rest grows on: what the edge sweeps beside it is burned too."""
    rate, shape_e, slim, sign = shape
    head_m, angle = state[0], state[1]
    grown_m = head_m + rate * max(0.0, to_min - state[2])
    beside = slim * math.sin(angle) * (math.cos(angle) + shape_e) / (1.0 + shape_e)
    state[4] += -sign * beside * (grown_m**2 - head_m**2)
    state[0], state[2] = grown_m, to_min


@inner
def _closed_at(form: Numbers, state: Numbers, at_min: float, effort: float) -> float:
    """When the lines meet at this rate; from the rear they never do below the head's own rate a flank."""
    shape = _shape(form)
    if has_met(shape, state[1]):
        return at_min
    if effort <= 0.0 or (shape[3] < 0.0 and effort <= 2.0 * shape[0]):
        return math.inf
    outcome, end = onward(shape, (state[0], state[1], state[2], state[3], state[4]), form[4], effort)
    return at_min + (end[2] - state[2]) if outcome == CONTAINED else math.inf
