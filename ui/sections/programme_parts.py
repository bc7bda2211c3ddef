"""The parts of the programme's page: what is due, the year, several years."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

import streamlit as st

from drills import programme as programmes
from drills.access import changes
from drills.drill import COMING, Drill
from drills.due import DueItem
from drills.programme import Programme, YearLine
from drills.register import blocked
from drills.rules import rule_pack
from drills.store.tables import ProgrammeState
from drills.subject import Subject, rules_of
from drills.survey import survey
from plans_repo import organisations, people
from plans_repo.access import standpoint
from plans_repo.organisations import Organisation, OrganisationKind
from plans_repo.store.actor import Actor
from plans_repo.store.roles import Action
from plans_repo.store.work import Work
from ui.components.badges import badge
from ui.components.counters import Counter, show_counters, show_empty
from ui.components.drill_names import PROGRAMMES
from ui.components.due_table import (
    Ways,
    drafts_list,
    due_table,
    interval_text,
    later_table,
    others_table,
    out_of_step_list,
    proposed_table,
    shortfall_table,
    without_rule_list,
)
from ui.components.html import show, tag
from ui.components.notice import leave_notice
from ui.components.programme_matrix import Line, matrix_legend, year_matrix, years_matrix
from ui.components.refusal import answered
from ui.identity import guard, work
from ui.sections.calendar_view import RESCHEDULE, elsewhere_address
from ui.wording import _, day_text, instant_text, later, n_

YEARS_AHEAD = 4
PROPOSED = later("尚未拟订，以下为建议")


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The programme of a year and what is shown beside it.

    *stored* are the ids of drills that exist, *blocked* of those that need another day, *movable* of those to which
    the person may give one.
    """

    programme: Programme
    subjects: tuple[Subject, ...]
    years: tuple[YearLine, ...]
    stored: frozenset[str]
    blocked: frozenset[str]
    movable: frozenset[str]
    approver: str
    is_ours: bool

    def address(self, drill: Drill) -> str:
        """Where a drill is shown; nothing while it is only proposed."""
        return elsewhere_address(drill) if drill.id in self.stored else ""

    def change_address(self, drill: Drill) -> str:
        """Where a drill gets another day; nothing for who may not give it one."""
        return elsewhere_address(drill, step=RESCHEDULE) if drill.id in self.movable else ""

    @property
    def ways(self) -> Ways:
        """The addresses of the drills."""
        return Ways(to=self.address, change=self.change_address, blocked=self.blocked)


def sheet_of(asked: Work, year: int, area: str) -> Sheet:
    """Everything about a year in an area."""
    area = area or standpoint(asked).area
    seen = survey(asked, area=area)
    found = programmes.programme_of(asked, year, area=area, seen=seen)
    last = min(year + YEARS_AHEAD, programmes.LAST_YEAR)
    years = programmes.several_years(asked, year, last, area=area, seen=seen)
    there = [drill for line in years for drill in line.drills]
    names = people.display_names(asked, [found.approved_by]) if found.approved_by else {}
    return Sheet(
        programme=found,
        subjects=seen.subjects,
        years=years,
        stored=frozenset(drill.id for drill in there),
        blocked=frozenset(blocked(asked, there)),
        movable=frozenset(
            drill.id
            for drill in there
            if asked.actor.may(Action.PLAN_DRILL)
            and drill.state in COMING
            and changes(asked, organisation=drill.organisation, area=drill.area)
        ),
        approver=names.get(found.approved_by, _("本机操作") if found.approved_by else ""),
        is_ours=changes(asked, organisation=None, area=found.area),
    )


def areas_of(asked: Work) -> dict[str, Organisation]:
    """The areas with a government of their own that lie around or within the person's, the nearest first."""
    here = standpoint(asked).area
    governments = [
        body
        for body in organisations.organisations(asked)
        if body.kind is OrganisationKind.GOVERNMENT and (here.startswith(body.area) or body.area.startswith(here))
    ]
    around = sorted((body for body in governments if here.startswith(body.area)), key=lambda body: -len(body.area))
    return {body.area: body for body in (*around, *(body for body in governments if body not in around))}


def show_standing(sheet: Sheet) -> None:
    """Where the programme stands, in words and in numbers."""
    found = sheet.programme
    word, tone = PROGRAMMES[found.state] if found.state else (PROPOSED, "open")
    approved = (
        _("{who} 于 {at} 批准", who=sheet.approver, at=instant_text(found.approved_at)) if found.approved_at else ""
    )
    show(tag("div", badge(_(word), tone), tag("span", approved), cls="yy-facts"))
    show_counters(
        [
            Counter(label=_("到期预案（件）"), count=len(found.plans_due)),
            Counter(label=_("到期演练（次）"), count=len(found.falling_due)),
            Counter(label=_("到期未安排"), count=len(found.uncovered), tone="late"),
            Counter(label=_("本年演练"), count=len(found.drills) - len(found.proposed)),
            Counter(label=_("建议新增"), count=len(found.proposed)),
            Counter(label=_("无间隔规定的预案"), count=len(found.without_rule), tone="soon"),
            *([Counter(label=_("尚未印发的预案"), count=len(found.drafts))] if found.drafts else []),
        ]
    )


def show_due(sheet: Sheet, actor: Actor) -> None:
    """What is due and the step to take about it, then what else is to be said about the year."""
    _show_due_items(sheet)
    _show_proposal(sheet, actor)
    _show_doubts(sheet)
    _show_others(sheet.programme)


def _show_due_items(sheet: Sheet) -> None:
    found = sheet.programme
    if found.due:
        show(due_table(found, sheet.ways))
    else:
        show_empty(_("本年没有到期的预案"), _("各预案的下次期限见下表。"))
    if found.uncovered:
        st.error(n_("{count} 项到期演练尚未安排在期限之内，见上表标有“未安排”的各项。", len(found.uncovered)))
    if others := _not_above(found):
        st.subheader(_("其他预案的下次期限") if found.due else _("各预案的下次期限"))
        show(later_table(others))
    st.caption(
        _("截至 {day}：期限自最近一次已举行的演练起算；已排未演的演练举行之后才算数。", day=day_text(found.as_of))
    )


def _show_doubts(sheet: Sheet) -> None:
    """What the proposal could not place, drills in the wrong order, plans without a rule, plans not issued."""
    found = sheet.programme
    if found.shortfalls:
        st.subheader(_("期限内排不下的演练"))
        show(shortfall_table(found.shortfalls))
    if found.out_of_step:
        st.subheader(_("难易次序"))
        st.caption(_("同一预案宜先单项后综合、先桌面后实战。"))
        show(out_of_step_list(found.out_of_step, sheet.ways))
    if found.without_rule:
        st.subheader(_("没有间隔规定的预案"))
        st.caption(_("现行规定和下列预案的正文都没有规定演练间隔，本表不为其计算期限。"))
        show(without_rule_list(found.without_rule))
    if found.drafts:
        st.subheader(_("尚未印发的预案"))
        st.caption(_("下列预案仍在编制或审批，印发之后起算演练期限，不列入上面各表。"))
        show(drafts_list(found.drafts))


def _show_others(found: Programme) -> None:
    """What the plans ask of townships, villages, units and teams."""
    if not found.of_others:
        return
    st.subheader(_("预案对其他单位的演练规定"))
    st.caption(_("以下由乡镇、村、单位、队伍或其他预案的编制单位落实，不计入本级到期清单；落实情况见“小型演练”。"))
    show(others_table(found.of_others))


def _not_above(found: Programme) -> list[DueItem]:
    """The next day of every plan that does not stand in the list of the year."""
    above = {item.plan for item in found.due}
    return [item for item in found.next_due if item.plan not in above]


def show_year_matrix(sheet: Sheet) -> None:
    """The year as plan × month."""
    found = sheet.programme
    lines = _lines(sheet)
    if not lines:
        show_empty(_("本区域还没有预案"), _("预案导入并印发后，在此按间隔规定列出。"))
        return
    show(year_matrix(found.year, lines, found.drills, found.due, sheet.ways))
    show(matrix_legend())


def show_years(sheet: Sheet) -> None:
    """Several years as plan × year."""
    st.caption(
        _(
            "截至 {day}：自最近一次已举行的演练起推算；“如期则”指已排的演练都如期举行，“推算”指未排的在最迟日期举行。",
            day=day_text(sheet.programme.as_of),
        )
    )
    show(years_matrix(_lines(sheet), sheet.years))


def _show_proposal(sheet: Sheet, actor: Actor) -> None:
    """What is proposed, and the step the person may take: adopt it, or approve what was adopted."""
    found, titles = sheet.programme, {subject.plan: subject.title for subject in sheet.subjects}
    if found.state is None:
        st.subheader(_("拟订建议"))
        if found.proposed:
            st.caption(_("按间隔规定、禁演期、工作日和各单位既有演练推算，采用之前不入库。"))
            show(proposed_table(found.proposed, titles))
        else:
            st.caption(_("没有需要新增的演练。"))
    if not sheet.is_ours:
        return
    if found.state is None and actor.may(Action.PLAN_DRILL) and st.button(_("采用为本年计划"), key="adopt"):
        with answered():
            guard(Action.PLAN_DRILL)
            with work() as asked:
                programmes.adopt(asked, found.year, area=found.area)
            leave_notice(_("{year} 年演练计划已拟订，待批准。", year=found.year))
    if found.state is ProgrammeState.DRAFT and actor.may(Action.APPROVE_PLAN) and st.button(_("批准"), key="approve"):
        with answered():
            guard(Action.APPROVE_PLAN)
            with work() as asked:
                programmes.approve(asked, found.year, area=found.area)
            leave_notice(_("{year} 年演练计划已批准。", year=found.year))


def _lines(sheet: Sheet) -> list[Line]:
    known = [Line(plan=one.plan, title=one.title, often=_often(one)) for one in sheet.subjects]
    return [*known, *(Line(plan=plan.id, title=plan.title, often=_("未印发")) for plan in sheet.programme.drafts)]


def _often(subject: Subject) -> str:
    months = [rule.months for rule in rules_of(subject, rule_pack().rules)]
    return interval_text(min(months)) if months else _("无规定")


def year_of(words: str, day: date) -> int:
    """The year asked for; that of *day* when no programme can be made for it.

    >>> year_of("2027", date(2026, 11, 20)), year_of("3000", date(2026, 11, 20))
    (2027, 2026)
    """
    asked = int(words) if words.isdecimal() and len(words) == 4 else day.year
    return asked if programmes.FIRST_YEAR <= asked <= programmes.LAST_YEAR else day.year


def year_address(year: int) -> str:
    """The programme of another year, what was chosen kept."""
    kept = {key: value for key, value in st.query_params.items() if key != "lang"}
    return f"/programme?{urlencode({**kept, 'year': str(year)})}"
