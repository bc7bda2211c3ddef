"""``yuyan plan sides | countersign``: the other sides of a joint plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from plans_repo import people, plans
from plans_repo.course import countersigning
from plans_repo.course.countersigning import SideStanding
from plans_repo.store.work import Work
from ui.command_line.answer import Answer
from ui.command_line.context import Context, name_of, read_file
from ui.components.side_words import side_words
from ui.wording import _


def sides(context: Context) -> Answer:
    """Every other side of a joint plan, and how it stands to the text."""
    with context.reading() as work:
        version = plans.version_of(work, context.arguments.plan)
        every, lines = sides_told(work, version.id)
    return Answer(fields={"plan": version.plan, "sides": every}, lines=lines or [_("没有联合的其他方")])


def countersign(context: Context) -> Answer:
    """The word of a side on the text, by its own leader, or entered from the paper of a side that has nobody here."""
    asked = context.arguments
    paper = (name_of(asked.paper), read_file(asked.paper))
    with context.work() as work:
        version = plans.version_of(work, asked.plan)
        countersigning.countersign(
            work,
            version.id,
            paper,
            side=asked.side,
            agrees=not asked.refuse,
            signed_by=asked.signed_by,
            opinion=asked.opinion,
            on=asked.on,
        )
        every, lines = sides_told(work, version.id)
    return Answer(fields={"plan": version.plan, "sides": every}, lines=lines)


def sides_told(work: Work, version: str) -> tuple[list[dict[str, Any]], list[str]]:
    """The other sides of the edition of a version, as fields and as lines; nothing for a plan of one side."""
    every = countersigning.side_standings(work, version)
    names = people.display_names(work, [one.countersignature.account for one in every if one.countersignature])
    return _fields(every, names), [side_words(one, names) for one in every]


def _fields(every: Sequence[SideStanding], names: Mapping[str, str]) -> list[dict[str, Any]]:
    found = []
    for one in every:
        given = one.countersignature
        found.append(
            {
                "side": one.side.name,
                "registered": one.side.is_registered,
                "agrees": given.said.agrees if given else None,
                "on": given.on if given else None,
                "signed_by": given.said.signed_by if given else "",
                "opinion": given.said.opinion if given else "",
                "entered_by": names.get(given.account, given.account) if given else "",
                "is_entered": given.said.is_entered if given else None,
                "people": list(one.people),
            }
        )
    return found
