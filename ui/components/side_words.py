"""How the other sides of a joint plan stand to it, in words."""

from __future__ import annotations

from collections.abc import Mapping

from plans_repo.course.countersigning import Countersignature, SideStanding
from ui.components.version_history import person_name
from ui.wording import _, day_text


def side_words(one: SideStanding, names: Mapping[str, str]) -> str:
    """One line: the side, and whether it has countersigned, on which day, by whom, or for whom it waits."""
    if one.countersignature is not None:
        return _("联合方 {side}：{word}", side=one.side.name, word=countersigned_words(one.countersignature, names))
    return _("联合方 {side}：{word}", side=one.side.name, word=awaited_words(one))


def countersigned_words(given: Countersignature, names: Mapping[str, str]) -> str:
    """That a side agreed, or did not and why, on which day, who signed; and who entered it where that was another."""
    said = given.said
    words = (
        _("{day} 已会签（{post}）", day=day_text(given.on), post=said.signed_by)
        if said.agrees
        else _("{day} 不同意（{post}）：{why}", day=day_text(given.on), post=said.signed_by, why=said.opinion)
    )
    who = person_name(given.account, names)
    return (
        _("{words}，凭会签件由{who}录入", words=words, who=who)
        if said.is_entered
        else _("{words}，由{who}办理", words=words, who=who)
    )


def awaited_words(one: SideStanding) -> str:
    """For whom the word of a side waits."""
    if one.is_past:
        return _("本系统没有其会签记录")
    if not one.is_open:
        return _("须由其同意、会签（送本级政府批准时办理）")
    if one.people:
        return _("待会签，由{people}办理", people=_("、").join(one.people))
    if one.side.is_registered:
        return _("待会签；该方在本系统没有审批账户，凭其会签件录入")
    return _("待会签；该方不在本系统，凭其会签件录入")
