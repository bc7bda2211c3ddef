"""What a script still lacks before it can be played; nothing here refuses, it tells.

What an objective and a scenario need is from the drill guide (应急办函〔2009〕62号); the crowding is our own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from drills.scripts.script import START, ExpectedAction, Script, Standing, Timing

LEAST_SHARE = 0.1
"""A limit that fewer of the runs kept is hardly one that players can keep."""
CROWD_INJECTS = 5
"""So many injects for one unit in one minute cannot be taken in."""


class Lack(StrEnum):
    """What a script lacks."""

    NO_INJECT = "no_inject"  # 没有注入
    NO_OBJECTIVE = "no_objective"  # 没有演练目标
    OBJECTIVE_PART = "objective_part"  # 目标要素不全
    NOBODY_RECEIVES = "nobody_receives"  # 注入没有对象
    SAYS_NOTHING = "says_nothing"  # 注入没有内容
    EXPECTS_NOTHING = "expects_nothing"  # 注入没有预期行动
    NOT_ASKED_FOR = "not_asked_for"  # 预期行动没有注入引出
    NOBODY_ACTS = "nobody_acts"  # 预期行动没有单位
    NO_SIGN = "no_sign"  # 有时限而没有完成标志
    OUT_OF_REACH = "out_of_reach"  # 推演中几乎达不到时限
    ENDS_LATER = "ends_later"  # 时限在演练结束之后
    CROWDED = "crowded"  # 同一分钟注入过多
    NOT_APPROVED = "not_approved"  # 尚未审定


GRAVE = frozenset({Lack.NO_INJECT, Lack.NOBODY_RECEIVES, Lack.SAYS_NOTHING, Lack.NOBODY_ACTS, Lack.NOT_APPROVED})
"""What has to be mended before play; the rest is for judgement."""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One thing a script lacks: *about* is the number of the inject or action, *parts* what is missing or compared."""

    lack: Lack
    about: str = ""
    parts: tuple[str, ...] = ()

    @property
    def is_grave(self) -> bool:
        """Whether play cannot begin with it."""
        return self.lack in GRAVE


def faults(script: Script) -> tuple[Fault, ...]:
    """Everything a script lacks, the grave first, then in the order of injects and actions."""
    found = (*_of_injects(script), *_of_actions(script), *_of_objectives(script))
    return tuple(sorted(found, key=lambda fault: not fault.is_grave))


def due_min(script: Script, action: ExpectedAction) -> float | None:
    """The minute by which an action is due if all before it goes by the script; None where nothing says.

    A limit that counts from an inject counts from its minute, one that counts from an action from when that is due.
    """
    if action.limit_min is None:
        return None
    total, injects = action.limit_min, {one.id: one for one in script.injects}
    while action.since != START:
        if action.since in injects:
            at_min = injects[action.since].at_min
            return None if at_min is None else at_min + total
        action = script.action(action.since)
        if action.limit_min is None:
            return None if action.p50_min is None else action.p50_min + total
        total += action.limit_min
    return total


def _of_injects(script: Script) -> Iterator[Fault]:
    if not script.injects:
        yield Fault(lack=Lack.NO_INJECT)
    for inject in script.in_order:
        if not inject.to:
            yield Fault(lack=Lack.NOBODY_RECEIVES, about=inject.number)
        if not inject.text.strip():
            yield Fault(lack=Lack.SAYS_NOTHING, about=inject.number)
        if not inject.expects:
            yield Fault(lack=Lack.EXPECTS_NOTHING, about=inject.number)
        if inject.standing is not Standing.APPROVED and inject.timing is not Timing.HELD:
            yield Fault(lack=Lack.NOT_APPROVED, about=inject.number)
    at_once = Counter(
        (unit, int(inject.at_min)) for inject in script.injects if inject.at_min is not None for unit in inject.to
    )
    for (unit, minute), count in at_once.items():
        if count > CROWD_INJECTS:
            yield Fault(lack=Lack.CROWDED, about=unit, parts=(str(minute), str(count)))


def _of_actions(script: Script) -> Iterator[Fault]:
    asked = {name for inject in script.injects for name in inject.expects}
    for action in script.actions:
        if action.id not in asked:
            yield Fault(lack=Lack.NOT_ASKED_FOR, about=action.number)
        if not action.unit:
            yield Fault(lack=Lack.NOBODY_ACTS, about=action.number)
        if action.limit_min is not None:
            yield from _of_limit(script, action)


def _of_limit(script: Script, action: ExpectedAction) -> Iterator[Fault]:
    due = due_min(script, action)
    if not action.sign.strip():
        yield Fault(lack=Lack.NO_SIGN, about=action.number)
    if due is not None and due > script.duration_min:
        yield Fault(lack=Lack.ENDS_LATER, about=action.number, parts=(_minutes(due), _minutes(script.duration_min)))
    if action.met_share is not None and action.met_share < LEAST_SHARE:
        yield Fault(lack=Lack.OUT_OF_REACH, about=action.number, parts=(f"{action.met_share:.3f}",))


def _of_objectives(script: Script) -> Iterator[Fault]:
    if not script.objectives:
        yield Fault(lack=Lack.NO_OBJECTIVE)
    for objective in script.objectives:
        if objective.missing:
            yield Fault(lack=Lack.OBJECTIVE_PART, about=objective.task or objective.id, parts=objective.missing)


def _minutes(value: float) -> str:
    """Minutes to a tenth, as people say them."""
    return f"{round(value, 1):g}"
