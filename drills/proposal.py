"""A programme for a year, proposed: every due drill on a day that will do, or the reason why there is none.

Single drills come before comprehensive ones, tabletop before live ones; drills are spread over
the months, held in the season that suits their hazard, and no unit drills twice in a week.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from uuid import NAMESPACE_OID, uuid5

from drills.drill import Content, Drill, DrillType, Form, State
from drills.due import DueItem, chronicle, due_items, of_year
from drills.placed import Placed
from drills.rules import RulePack, UnitPlan
from drills.scheduling import Blackout, Constraints, Engagement, Obstacle
from drills.subject import Subject
from plans_repo.course.working_days import Calendar

LADDER = tuple(
    DrillType(content=content, form=form)
    for content in (Content.SINGLE, Content.COMPREHENSIVE)
    for form in (Form.TABLETOP, Form.LIVE)
)
"""From the easiest drill to the hardest; each drill of a plan takes the next step."""

MID_MONTH = 15
DAYS_A_MONTH = 30  # near enough to say where the last third of an interval begins

CONTENT_WORDS = {Content.SINGLE: ("单项", "single"), Content.COMPREHENSIVE: ("综合", "comprehensive")}
FORM_WORDS = {
    Form.TABLETOP: ("桌面推演", "tabletop"),
    Form.LIVE: ("实战演练", "live"),
    Form.CALL_OUT: ("拉动", "call-out"),
}


@dataclass(frozen=True, kw_only=True)
class Shortfall:
    """A due drill that found no day in its period, what took the days, and the later day it got, if any."""

    item: DueItem
    start: date
    end: date
    why: tuple[tuple[Obstacle, int], ...]
    on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What is due in a year, the drills proposed for it, and those that come late or not at all."""

    year: int
    due: tuple[DueItem, ...]
    drills: tuple[Drill, ...]
    shortfalls: tuple[Shortfall, ...] = ()


@dataclass(kw_only=True)
class _Desk:
    """The work in hand: what is fixed for the year, and the drills placed so far."""

    year: int
    pack: RulePack
    calendar: Calendar
    blackouts: tuple[Blackout, ...]
    today: date
    subjects: dict[str, Subject]
    placed: Placed
    shortfalls: list[Shortfall] = field(default_factory=list)

    def hold(self, item: DueItem) -> date:
        """Place the drill of *item* and return its day; where there is none, the last day it was due.

        What falls due before the year and can no longer be held in it is not the matter of this year.
        """
        start = max(date(self.year, 1, 1), self.today)
        if not of_year((item,), self.year, self.today):
            return max(item.by or start, self.today)
        subject = self.subjects[item.plan]
        kind = self.step(subject)
        first, end = self.period(item)
        days, constraints = self.days(subject, kind, first, end)
        if days:
            return self.put(item, subject, kind, _best(self, days, subject, kind))
        late = constraints.earliest(end, min(end + self.catch_up, date(self.year, 12, 31)))
        self.shortfalls.append(Shortfall(item=item, start=first, end=end, why=constraints.why_not(first, end), on=late))
        return self.put(item, subject, kind, late) if late else max(item.by or start, start)

    @property
    def catch_up(self) -> timedelta:
        """How long an overdue drill may still take."""
        return timedelta(days=int(self.pack.catch_up.value))

    def period(self, item: DueItem) -> tuple[date, date]:
        """From when to when the drill may be held, and after the plan's drill before it."""
        start, end = period(item, self.year, self.today, self.catch_up)
        last = self.placed.last_day(item.plan)
        return (start if last is None else max(start, last + timedelta(days=1))), end

    def days(self, subject: Subject, kind: DrillType, start: date, end: date) -> tuple[tuple[date, ...], Constraints]:
        """The days that will do; the season gives way when there are no others."""
        strict = self.constraints(subject, kind)
        loose = replace(strict, avoid_months=frozenset())
        return strict.feasible(start, end) or loose.feasible(start, end), loose

    def put(self, item: DueItem, subject: Subject, kind: DrillType, on: date) -> date:
        """Write a drill down."""
        self.placed.put(_drill(self, item, subject, kind, on), on, subject)
        return on

    def constraints(self, subject: Subject, kind: DrillType) -> Constraints:
        season = self.pack.season(subject.hazard)
        avoided = season.avoid_months if season and kind.form is not Form.TABLETOP else frozenset()
        return Constraints(
            today=self.today,
            calendar=self.calendar,
            blackouts=tuple(item for item in self.blackouts if item.concerns(subject.area)),
            engagements=self.placed.engaged(units_of(subject)),
            units=units_of(subject),
            gap_days=self.pack.gap_days,
            hold_days=self.pack.hold_days,
            lead_days=int(self.pack.lead.value),
            avoid_months=avoided,
        )

    def step(self, subject: Subject) -> DrillType:
        """The next step of the plan's ladder, after its last drill and those of this year."""
        return next_step(subject, self.placed.last_type(subject.plan) or subject.last_type)


def propose(
    year: int,
    subjects: Iterable[Subject],
    *,
    pack: RulePack,
    calendar: Calendar,
    blackouts: Iterable[Blackout] = (),
    engagements: Iterable[Engagement] = (),
    today: date,
) -> Proposal:
    """A drill for everything due in *year* on a day that will do; what finds none is named with the reason.

    A drill held before its last day starts its interval anew, so a half-yearly rule is kept to between
    the proposed days, not between the last days.
    """
    desk = _Desk(
        year=year,
        pack=pack,
        calendar=calendar,
        blackouts=tuple(blackouts),
        today=today,
        subjects={subject.plan: subject for subject in subjects},
        placed=Placed(engagements),
    )
    plans, until = tuple(desk.subjects.values()), date(year, 12, 31)
    due = due_items(plans, pack.rules, year=year, today=today)
    chronicle(plans, pack.rules, until=until, today=today, held=desk.hold)
    drills = tuple(sorted(desk.placed.drills, key=lambda drill: (drill.on or date.max, drill.id)))
    return Proposal(year=year, due=due, drills=drills, shortfalls=tuple(desk.shortfalls))


def next_step(subject: Subject, last: DrillType | None) -> DrillType:
    """The type of the next drill of a plan.

    >>> from plans_repo.plans import PlanKind
    >>> plan = Subject(plan="p", title="防汛应急预案", kind=PlanKind.SPECIAL)
    >>> next_step(plan, None).form, next_step(plan, LADDER[0]).form
    (<Form.TABLETOP: 'tabletop'>, <Form.LIVE: 'live'>)
    """
    if last is None:
        return LADDER[0]
    ladder = LADDER[:2] if subject.unit_plan is UnitPlan.ON_SITE else LADDER
    return next((step for step in ladder if step.rank > last.rank), ladder[-1])


def units_of(subject: Subject) -> frozenset[str]:
    """The units a drill of that plan keeps busy."""
    return frozenset({subject.maker} if subject.maker else ())


def drill_title(subject: Subject, kind: DrillType, parts: frozenset[UnitPlan] = frozenset()) -> tuple[str, str]:
    """The name of a drill of that plan, or of its on-site schemes where it binds several kinds, in both languages."""
    content, form = CONTENT_WORDS[kind.content], FORM_WORDS[kind.form]
    is_on_site = bool(subject.parts) and parts == {UnitPlan.ON_SITE}
    part, part_en = ("现场处置方案", "on-site scheme, ") if is_on_site else ("", "")
    title = f"《{subject.title}》{part}{content[0]}{form[0]}"
    return title, f"{subject.title_en or subject.title}: {part_en}{content[1]} {form[1]}"


def period(item: DueItem, year: int, today: date, catch_up: timedelta) -> tuple[date, date]:
    """From when to when the drill may be held: in the last third of its interval; what is overdue, soon."""
    first, last = max(date(year, 1, 1), today), date(year, 12, 31)
    if item.by is None:
        return first, last
    if item.by < first:
        return first, min(first + catch_up, last)
    return max(first, item.by - timedelta(days=item.rule.months * DAYS_A_MONTH // 3)), min(item.by, last)


def _best(desk: _Desk, days: Sequence[date], subject: Subject, kind: DrillType) -> date:
    """The day that keeps the order of difficulty, then suits the season, then evens out months and weeks."""
    season = desk.pack.season(subject.hazard)
    preferred = season.prefer_months if season else frozenset()

    def cost(day: date) -> tuple[int, bool, int, int, int, date]:
        wrong, load = desk.placed.out_of_order(day, kind, subject), desk.placed.load(day)
        return wrong, _off(day, preferred), *load, abs(day.day - MID_MONTH), day

    return min(days, key=cost)


def _off(day: date, preferred: frozenset[int]) -> bool:
    return bool(preferred) and day.month not in preferred


def _drill(desk: _Desk, item: DueItem, subject: Subject, kind: DrillType, on: date) -> Drill:
    title, title_en = drill_title(subject, kind, item.rule.unit_plans)
    return Drill(
        id=str(uuid5(NAMESPACE_OID, f"yuyan/{desk.year}/{item.plan}/{len(desk.placed.drills)}/{on}")),
        title=title,
        title_en=title_en,
        plans=(item.plan,),
        type=kind,
        organisation=subject.maker,
        area=subject.area,
        state=State.PLANNED,
        year=desk.year,
        on=on,
        units=tuple(units_of(subject)),
        by=item.by,
        rule=item.rule.id,
    )
