"""The rail beside a text: all that hangs on the clause in question, or the promises of the whole plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from drills import register
from drills.drill import Drill, State
from plans_repo import threads
from plans_repo.importing import OpenedPlan
from plans_repo.store.roles import Action
from plans_repo.text.citation import citations
from plans_repo.text.clause import Clause
from plans_repo.threads import Tried
from ui.components.badges import badge
from ui.components.clause_thread import clause_thread, drill_strand, tried_badge
from ui.components.drill_names import STATES
from ui.components.html import Html, join, link, tag
from ui.components.plan_names import told
from ui.components.plan_text import anchor
from ui.components.promises import promise, target_title
from ui.identity import current_actor, reading
from ui.sections.calendar_view import elsewhere_address
from ui.sections.opened import OpenedVersion
from ui.wording import _, day_text, n_

DRILLS_SHOWN = 3
"""So many drills are named: those that come and the last that were held."""


def clause_rail(opened: OpenedVersion, chosen: Clause, text: OpenedPlan) -> Html:
    """The whole thread of a clause, every entry with the way to its record."""
    with reading() as work:
        found = threads.thread(work, opened.plan.id, opened.version.id, chosen.id)
        drills = register.drills_of(work, opened.plan.id)
    cited = citations(text.clauses)
    name = cited[chosen.id] or chosen.heading or _("未编号条款")
    head = tag(
        "div",
        tag("b", _("所引条款 {clause}", clause=name)),
        " ",
        tag("a", _("在正文中查看"), href=f"#{anchor(chosen)}", cls="yy-link yy-in-text"),
        " ",
        _editing(opened, chosen),
        cls="yy-change-head",
    )
    way_back = tag("div", link(_("收起"), f"{opened.address}#{anchor(chosen)}"), cls="yy-account")
    return join([head, clause_thread(found, text.procedure, opened.address, cited), _drills(drills), way_back])


def plan_rail(opened: OpenedVersion, text: OpenedPlan, tried: Mapping[str, Sequence[Tried]]) -> Html:
    """What the plan promises and where, for who has not asked for a clause."""
    with reading() as work:
        drills = register.drills_of(work, opened.plan.id)
    hint = tag("p", _("点条款后的“§”，这里列出该条的目标和检验结果、任务、力量、联系电话和引用。"), cls="yy-dim")
    cited = citations(text.clauses)
    targets = [] if text.procedure is None else [
        tag("dd", link(target_title(one), f"{opened.address}&clause={one.clause}#c-{one.clause}"), " ",
            promise(one, text.procedure), " ", tried_badge(tried.get(one.id, ())), cls="yy-dim")
        for one in text.procedure.targets if one.clause in cited
    ]  # fmt: skip
    strand = tag("dl", tag("dt", n_("目标 {count} 项", len(targets))), *targets, cls="yy-thread") if targets else ""
    return join([hint, strand, _drills(drills)])


def _editing(opened: OpenedVersion, chosen: Clause) -> Html | str:
    actor = current_actor()
    if not opened.is_newest or actor is None or not actor.may(Action.EDIT_PLAN):
        return ""
    return link(_("编修本条"), f"{opened.plan_address}&part=editing&clause={chosen.id}")


def _drills(found: Iterable[Drill]) -> Html:
    """The drills that come, and the last ones held."""
    known = [one for one in found if one.state is not State.CANCELLED]
    coming = [one for one in known if one.state in (State.PLANNED, State.SCHEDULED, State.RUNNING)]
    held = [one for one in known if one not in coming]
    return drill_strand(map(_drill, [*coming[:DRILLS_SHOWN], *reversed(held[-DRILLS_SHOWN:])]))


def _drill(one: Drill) -> tuple[str, str, Html]:
    word, tone = STATES[one.state]
    said = join([day_text(one.on) if one.on else _("未定日期"), badge(_(word), tone)], " ")
    return told(one.title, one.title_en), elsewhere_address(one), said
