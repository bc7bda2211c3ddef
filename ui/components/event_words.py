"""When the parts of a compound event begin, and the conditions events open and shut, in words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from plans_repo.packs.naming import has_name, name_of
from sim.compound import Compound, Part
from sim.hazards.models import contribution_of
from ui.components.plan_names import told
from ui.wording import _, language


def beginning(part: Part) -> str:
    """When a part begins; of one that follows a clock of another the middling case."""
    minute = round(part.start_min, 1)
    if part.follows:
        return _("随前面事件的时刻开始，居中在第 {minute:g} 分钟", minute=minute)
    return _("自第 {minute:g} 分钟", minute=minute)


def set_off_by(event: Compound, part: Part) -> str:
    """What sets a part off."""
    if part.trigger is None:
        return _("零时后固定时间")
    before = next(one for one in event.parts if one.id == part.trigger.part)
    titles = {
        (clock.name, clock.entity): told(clock.title, clock.title_en)
        for clock in contribution_of(before.scenario).clocks
    }
    name = titles.get((part.trigger.clock, part.trigger.entity), part.trigger.clock)
    return _("“{clock}”之后 {delay:g} 分钟", clock=name, delay=part.trigger.delay_min)


def event_titles(event: Compound | None) -> dict[str, str]:
    """The title of each of several events by the id of its part; nothing of a single event."""
    return {part.id: told(part.scenario.title, part.scenario.title_en) for part in event.parts} if event else {}


def gate_title(gate: str, events: Mapping[str, str] = MappingProxyType({})) -> str:
    """The condition a gate stands for, with the one of several *events* it belongs to."""
    part, _colon, name = gate.rpartition(":")
    title = name_of("gate", name, language()) if has_name("gate", name) else name
    return _("{name}（{part}）", name=title, part=events.get(part, part)) if part else title
