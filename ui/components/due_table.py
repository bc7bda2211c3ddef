"""What is due: by when, under which rule, and what the programme leaves open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from drills.drill import Drill
from drills.due import Claim, DueItem
from drills.duty import Basis
from drills.plan_rules import OthersDuty
from drills.programme import Programme
from drills.proposal import Shortfall
from drills.rules import Rule
from drills.subject import Subject
from plans_repo.plans import Plan
from sim.figure import Mark
from ui.components.badges import badge, mark
from ui.components.cells import card_table, unbroken
from ui.components.drill_names import BASES, DUE_STATES, OBSTACLES, STANDINGS, drill_title, state_badge, type_words
from ui.components.html import Html, join, link, tag
from ui.components.plan_names import told
from ui.sections.opened import plan_address
from ui.wording import _, day_text, n_

Address = Callable[[Drill], str]
"""Where a drill is shown; nothing for one that is only proposed."""


@dataclass(frozen=True, kw_only=True)
class Ways:
    """Where drills are shown, *to*, and where they get another day, *change*; *blocked* are those that need one."""

    to: Address
    change: Address
    blocked: frozenset[str] = frozenset()


def due_table(found: Programme, ways: Ways) -> Html:
    """The due drills, the earliest first, each with the rule that wins and the drills there are for it.

    Where the next day of a plan is none of those listed, it is told with the plan's row.
    """
    next_days = _next_days(found)
    heads = [_("预案"), _("最迟日期"), _("状态"), _("从严适用的规定"), _("其他规定"), _("本年演练")]
    rows = [
        [
            link(item.title, plan_address(item.plan)),
            _by(item, next_days.get(position, "")),
            _standing(item, found),
            rule_words(item.rule),
            _others(item.others),
            _drills(found.drills_of(item.plans), ways),
        ]
        for position, item in enumerate(found.due)
    ]
    return card_table(heads, rows)


def later_table(items: Iterable[DueItem]) -> Html:
    """The next day of plans, counted from what was held."""
    rows = [
        [link(item.title, plan_address(item.plan)), _by(item), rule_words(item.rule), _others(item.others)]
        for item in items
    ]
    return card_table([_("预案"), _("最迟日期"), _("从严适用的规定"), _("其他规定")], rows)


def _next_days(found: Programme) -> Mapping[int, str]:
    """The next day of plans whose rows do not name it, by the row that tells it: the first still open, or the last."""
    told_days = {(item.plan, item.by, item.since) for item in found.due}
    words, rows_of = {}, _rows_by_plan(found.due)
    for coming in found.next_due:
        rows = rows_of.get(coming.plan, [])
        if rows and (coming.plan, coming.by, coming.since) not in told_days:
            row = next((position for position in rows if not found.due[position].is_held), rows[-1])
            words[row] = _("截至 {day}，下次最迟 {by}", day=day_text(found.as_of), by=day_text(coming.by))
    return words


def _rows_by_plan(due: Iterable[DueItem]) -> dict[str, list[int]]:
    rows: dict[str, list[int]] = {}
    for position, item in enumerate(due):
        rows.setdefault(item.plan, []).append(position)
    return rows


def _standing(item: DueItem, found: Programme) -> Html:
    """Where a due item stands, and whether a drill, or a proposed one, answers it."""
    badges = [badge(_(word), tone) for word, tone in (DUE_STATES[item.state], STANDINGS[found.standing(item)])]
    return tag("div", *badges[: 1 if item.is_held else 2], cls="yy-stack")


def basis_words(item: DueItem) -> str:
    """From when the interval is counted."""
    if item.is_held and item.basis is Basis.UNKNOWN:
        return _("首次演练，此前没有演练和印发日期")
    words = _(BASES[item.basis])
    return words.replace("{day}", day_text(item.since))


def planned_words(item: DueItem) -> str:
    """What the drill to come would change; nothing where there is none."""
    if item.on is None or item.is_held:
        return ""
    day, following = day_text(item.on), day_text(item.next_by)
    if item.by is not None and item.on > item.by:
        return _("已排 {day}，晚于最迟日期；若如期举行，下次最迟 {next}", day=day, next=following)
    return _("已排 {day}，尚未举行；若如期举行即满足本次要求，下次最迟 {next}", day=day, next=following)


def held_words(item: DueItem) -> str:
    """When the drill was held that answered it; nothing where none was."""
    return _("已于 {day} 演练", day=day_text(item.on)) if item.is_held else ""


def rule_words(rule: Rule) -> Html:
    """A rule with its mark, its source and what is to be said about it."""
    source = tag("small", told(rule.source, rule.source_en), cls="yy-source")
    note = tag("small", told(rule.note, rule.note_en), cls="yy-source") if rule.note else ""
    return join([told(rule.title, rule.title_en), " ", mark(rule.mark), source, note])


def interval_text(months: int) -> str:
    """An interval as people say it.

    >>> interval_text(6), interval_text(24)
    ('每 6 个月', '每 2 年')
    """
    return n_("每 {count} 年", months // 12) if months % 12 == 0 else n_("每 {count} 个月", months)


def shortfall_table(shortfalls: Iterable[Shortfall]) -> Html:
    """Due drills that found no day in time, and what took the days."""
    rows = [
        [
            item.item.title,
            unbroken(f"{day_text(item.start)} — {day_text(item.end)}"),
            _("、").join(_("{why} {days} 天", why=_(OBSTACLES[why]), days=days) for why, days in item.why) or "—",
            unbroken(day_text(item.on)) if item.on else badge(_("本年无日可排"), "bad"),
        ]
        for item in shortfalls
    ]
    return card_table([_("预案"), _("应在期间"), _("占用日期的原因"), _("顺延至")], rows)


def proposed_table(drills: Iterable[Drill], titles: dict[str, str]) -> Html:
    """The drills of a proposal; nothing of it is stored yet."""
    rows = [
        [unbroken(day_text(drill.on)), drill_title(drill), _titles(drill, titles), type_words(drill.type),
         unbroken(day_text(drill.by))]
        for drill in drills
    ]  # fmt: skip
    return card_table([_("拟定日期"), _("演练"), _("预案"), _("类型"), _("最迟日期")], rows)


def without_rule_list(subjects: Iterable[Subject]) -> Html:
    """The plans for which no rule of the pack has an interval."""
    return tag("ul", *(tag("li", link(item.title, plan_address(item.plan))) for item in subjects), cls="yy-list")


def drafts_list(plans: Iterable[Plan]) -> Html:
    """The plans that have not been issued yet."""
    return tag("ul", *(tag("li", link(plan.title, plan_address(plan.id))) for plan in plans), cls="yy-list")


def others_table(duties: Iterable[OthersDuty]) -> Html:
    """The drills that plans ask of other bodies: of whom, how often, by which clause."""
    rows = [
        [
            link(duty.title, plan_address(duty.plan)),
            duty.who or "—",
            unbroken(interval_text(duty.months)),
            join([f"“{duty.text}”", " ", mark(Mark.PLAN), tag("small", duty.source, cls="yy-source")]),
        ]
        for duty in duties
    ]
    return card_table([_("预案"), _("演练单位或预案"), _("间隔"), _("条款")], rows)


def out_of_step_list(pairs: Iterable[tuple[Drill, Drill]], ways: Ways) -> Html:
    """Pairs in which the harder drill comes before the easier, each with the way to another day."""
    return tag("ul", *(tag("li", _pair(first, second, ways)) for first, second in pairs), cls="yy-list")


def _pair(first: Drill, second: Drill, ways: Ways) -> Html:
    change = ways.change(first)
    end = [_("，宜对调或改期："), link(_("改期"), change)] if change else []
    return join([_named(first, ways.to), _(" 难于其后的 "), _named(second, ways.to), *end])


def _named(drill: Drill, to: Address) -> Html:
    words = _("{title}（{day}）", title=drill_title(drill), day=day_text(drill.on))
    return link(words, to(drill)) if to(drill) else tag("span", words)


def _by(item: DueItem, next_day: str = "") -> Html:
    notes = filter(None, (basis_words(item), held_words(item), planned_words(item), next_day))
    return join([unbroken(day_text(item.by)), *(tag("small", words, cls="yy-source") for words in notes)])


def _others(claims: Sequence[Claim]) -> object:
    if not claims:
        return "—"
    words = [
        tag("div", told(claim.rule.title, claim.rule.title_en), " ", unbroken(_until(claim.by)), cls="yy-dim")
        for claim in claims
    ]
    return join([*words, tag("small", _("以上间隔均不更短，从严后不另计"), cls="yy-source")])


def _until(by: date | None) -> str:
    return _("（{day} 前）", day=day_text(by)) if by else ""


def _drills(drills: Sequence[Drill], ways: Ways) -> object:
    return tag("div", *(_drill(drill, ways) for drill in drills)) if drills else "—"


def _drill(drill: Drill, ways: Ways) -> Html:
    day, address = unbroken(day_text(drill.on)), ways.to(drill)
    shown: list[object] = [link(day, address) if address else day, " "]
    shown.append(state_badge(drill.state) if address else _("（建议）"))
    if drill.id in ways.blocked:
        change = ways.change(drill)
        shown += [" ", badge(_("须改期"), "bad"), *([" ", link(_("改期"), change)] if change else [])]
    return tag("div", *shown)


def _titles(drill: Drill, titles: dict[str, str]) -> str:
    return _("、").join(titles.get(plan, "—") for plan in drill.plans)
