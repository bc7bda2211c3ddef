"""What a figure may claim once its value was changed."""

from __future__ import annotations

from dataclasses import replace

from plans_repo.authored.ranges import LONGEST
from sim.figure import Figure, Mark
from sim.scenario import Scenario

WAS = "改自 {value:g}（原出处：{source}）"


def with_own_standing(after: Scenario, before: Scenario) -> Scenario:
    """The event *after* a change: a value that is new while mark and source stayed is to be confirmed, and says so.

    A source speaks for the value it gives; it cannot vouch for another one.

    >>> from plans_repo.packs.reading import scenario
    >>> before = scenario("river-plain-day")
    >>> name = before.parameters[0].name
    >>> found = with_own_standing(before.with_value(name, before.parameters[0].figure.value + 1), before).parameters[0]
    >>> found.figure.mark, found.figure.source.startswith("改自")
    (<Mark.TO_BE_CONFIRMED: 'to_be_confirmed'>, True)
    """
    former = {one.name: one.figure for one in before.parameters}
    parameters = tuple(
        replace(one, figure=_own(one.figure, former[one.name])) if one.name in former else one
        for one in after.parameters
    )
    return replace(after, parameters=parameters)


def _own(figure: Figure, former: Figure) -> Figure:
    if figure.value == former.value or (figure.mark, figure.source) != (former.mark, former.source):
        return figure
    was = former.source if former.source.startswith("改自") else WAS.format(value=former.value, source=former.source)
    return replace(figure, mark=Mark.TO_BE_CONFIRMED, source=was[: LONGEST["source"]])
