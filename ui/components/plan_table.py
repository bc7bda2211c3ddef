"""The plans of the library in one table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from plans_repo.checks.result import Outcome
from plans_repo.checks.runs import Run
from plans_repo.course.stages import Stage
from plans_repo.editions import Edition
from plans_repo.organisations import Organisation
from ui.components.badges import badge
from ui.components.cells import card_table, unbroken
from ui.components.check_names import outcome_name
from ui.components.html import Html, join, link, tag, text
from ui.components.plan_names import kind_name, stage_badge, subjects_told, told, version_name
from ui.wording import _, day_text


def plan_table(
    entries: Iterable[Edition],
    bodies: Mapping[str, Organisation],
    today: date,
    runs: Mapping[str, Run] | None = None,
    codes: Mapping[str, str] | None = None,
    address: str = "/plan?id=",
) -> Html:
    """A row for every plan, leading to its page."""
    heads = [
        _("预案"),
        _("类别、事件类型"),
        _("状态"),
        _("文号、印发日期"),
        _("下次评估"),
        _("检查"),
    ]
    return card_table(
        heads,
        (
            _row(entry, bodies, today, (runs or {}).get(entry.plan.id), (codes or {}).get(entry.plan.id, ""), address)
            for entry in entries
        ),
        cls="yy-plans",
    )


def _row(
    entry: Edition, bodies: Mapping[str, Organisation], today: date, run: Run | None, code: str, address: str
) -> list[object]:
    plan = entry.plan
    body = bodies.get(plan.organisation or "")
    named = entry.in_force or entry.newest
    below = [version_name(named) if named else "", told(body.name, body.name_en) if body else "", code]
    return [
        join([link(plan.title, f"{address}{plan.id}"), *(tag("small", one, cls="yy-source") for one in below if one)]),
        _over(kind_name(plan.kind), subjects_told(plan.title)),
        _states(entry, today),
        _issue(entry),
        evaluation(entry, today),
        checked(run, f"{address}{plan.id}&part=checks"),
    ]


def _issue(entry: Edition) -> Html:
    if not entry.document_number:
        return tag("span", "—")
    return _over(tag("span", entry.document_number, cls="yy-number"), day_text(entry.issued_on))


def _over(words: object, below: str) -> Html:
    """Words with others in small letters below them."""
    return join([text(words), tag("small", unbroken(below), cls="yy-source")])


def checked(run: Run | None, address: str) -> Html:
    """How many rules were broken or due soon at the last check, leading to it."""
    if run is None:
        return tag("span", "—")
    found = [
        badge(f"{outcome_name(outcome)} {run.count(outcome)}", tone, title=day_text(run.checked_on))
        for outcome, tone in ((Outcome.FAIL, "bad"), (Outcome.DUE_SOON, "warn"))
        if run.count(outcome)
    ]
    return link(
        tag(
            "span",
            *(found or [badge(outcome_name(Outcome.PASS), "good", title=day_text(run.checked_on))]),
            cls="yy-stack",
        ),
        address,
    )


def _states(entry: Edition, today: date) -> Html:
    """Where the edition in force stands, and beside it the one being written."""
    newest, in_force = entry.newest, entry.in_force
    shown = [stage_badge(Stage.IN_FORCE)] if in_force else []
    if entry.trial_until is not None:
        shown = [_trial(entry.trial_until, today)]
    if in_force and in_force.state is not Stage.IN_FORCE:
        shown.append(stage_badge(in_force.state))
    if entry.coming_on is not None:
        shown.append(badge(_("新版 {day} 起施行", day=day_text(entry.coming_on)), "open"))
    elif newest is None or in_force is None or newest.id != in_force.id:
        shown.append(stage_badge(newest.state if newest else None))
    return tag("div", *shown, cls="yy-stack")


def _trial(until: date, today: date) -> Html:
    if today > until:
        return badge(_("试行期满，待处理"), "bad")
    return badge(_("试行至 {day}", day=day_text(until)), "good")


def evaluation(entry: Edition, today: date) -> Html:
    """The day of the next evaluation; colour only where it has passed."""
    if entry.evaluate_by is None:
        return tag("span", "—")
    if entry.evaluate_by < today:
        return tag("div", unbroken(day_text(entry.evaluate_by)), " ", badge(_("已超期"), "bad"))
    return unbroken(day_text(entry.evaluate_by))
