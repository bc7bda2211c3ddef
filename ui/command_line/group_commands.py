"""``yuyan plan group``: the working group that writes a plan."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from plans_repo import plans
from plans_repo.course import consulting, working_group
from plans_repo.course.words import GroupPart
from plans_repo.course.working_group import Member
from plans_repo.errors import NotFound
from plans_repo.organisations import organisations
from plans_repo.store.work import Work
from ui.command_line.answer import Answer
from ui.command_line.context import Context
from ui.components.course_names import GROUP_PARTS
from ui.wording import _


def group(context: Context) -> Answer:
    """Who is in it, and the units with a duty that have nobody there; with ``--add`` or ``--remove`` changed first."""
    asked = context.arguments
    is_changing = bool(asked.add or asked.remove)
    with context.work() if is_changing else context.reading() as work:
        version = plans.version_of(work, asked.plan).id
        if asked.add:
            _add(work, version, asked)
        if asked.remove:
            working_group.remove_member(work, version, _member_called(work, version, asked.remove))
        members = working_group.members(work, version)
        absent = _absent(work, version, members)
    lines = [_line(one) for one in members] or [_("还没有编制工作小组成员。")]
    if absent:
        lines.append(_("正文规定了职责、还没有人员参加的单位：{units}", units=_("、").join(absent)))
    return Answer(
        fields={"plan": asked.plan, "members": [_fields(one) for one in members], "units_absent": absent}, lines=lines
    )


def _add(work: Work, version: str, asked: Namespace) -> None:
    body = next((one for one in organisations(work) if asked.unit and asked.unit in (one.id, one.name)), None)
    working_group.add_member(
        work,
        version,
        asked.add,
        part=GroupPart(asked.part),
        unit=asked.unit,
        organisation=body.id if body else None,
        post=asked.post,
        is_responsible=asked.responsible,
        has_experience=asked.experienced,
    )


def _member_called(work: Work, version: str, word: str) -> str:
    """The id of a member, by id or by a name that only one bears."""
    found = [one.id for one in working_group.members(work, version) if word in (one.id, one.name)]
    if len(found) != 1:
        raise NotFound("member-unknown", thing=word, field="member", value=word)
    return found[0]


def _absent(work: Work, version: str, members: tuple[Member, ...]) -> list[str]:
    present = {member.organisation for member in members} | {member.unit for member in members}
    return [
        unit.name
        for unit in consulting.proposed_units(work, version)
        if unit.organisation is not None and not {unit.organisation, unit.name} & present
    ]


def _line(one: Member) -> str:
    marks = [_("部门负责人")] * one.is_responsible + [_("有处置经验")] * one.has_experience
    return "\t".join((one.id, _(GROUP_PARTS[one.part]), one.name, one.unit, one.post or "—", _("、").join(marks)))


def _fields(one: Member) -> dict[str, Any]:
    return {
        "id": one.id, "name": one.name, "part": one.part, "unit": one.unit, "post": one.post,
        "responsible": one.is_responsible, "experienced": one.has_experience,
    }  # fmt: skip
