"""What the notice that issues an edition says beside its number: implementation, trial, what it abolishes."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from plans_repo import plans
from plans_repo.course.issuing import IssuingNotice
from plans_repo.course.issuing_name import IssuedBy, IssuingName, likely
from plans_repo.course.passage import suggested_number
from plans_repo.course.stages import EFFECTIVE, Move
from plans_repo.course.trial_limit import TrialLimit, trial_limit
from plans_repo.plans import Plan, PlanKind
from ui.components.badges import mark
from ui.components.html import Html, show, tag
from ui.components.plan_names import told
from ui.identity import reading
from ui.sections.after_issue_records import issued_by_input
from ui.sections.opened import OpenedVersion
from ui.wording import _, n_

ISSUING = frozenset({Move.ISSUE, Move.REGISTER})
"""Moves that begin the term of an edition."""


@dataclass(frozen=True, kw_only=True)
class IssuingForm:
    """What the form knows before it is filled in: the next number, plans a notice may abolish, how long a trial is."""

    number: str
    others: tuple[Plan, ...]
    kind: PlanKind
    likely: IssuedBy
    limit: TrialLimit


def issuing_form(opened: OpenedVersion) -> IssuingForm:
    """The next number in the row of the office, and the other plans in force of the same body."""
    with reading() as asked:
        number = suggested_number(asked, opened.version.id)
        limit = trial_limit(asked, opened.plan.area)
        every = plans.list_plans(asked)
    own = (plan for plan in every if plan.organisation == opened.plan.organisation and plan.id != opened.plan.id)
    others = tuple(plan for plan in own if plan.state in EFFECTIVE)
    kind = opened.plan.kind
    return IssuingForm(number=number, others=others, kind=kind, likely=likely(kind, number), limit=limit)


def limit_words(limit: TrialLimit) -> Html:
    """How long a trial lasts as a rule, where that stands, and how sure it is."""
    title, source = told(limit.title, limit.title_en), told(limit.source, limit.source_en)
    return tag("p", title, " · ", source, " ", mark(limit.mark), cls="yy-dim")


def notice_input(form: IssuingForm, move: Move) -> IssuingNotice:
    """The fields of the notice; left empty they mean: from the day of issue, no trial, nothing abolished."""
    left, right = st.columns(2)
    effective_on = left.date_input(
        _("实施日期（不填同印发日期）"), value=None, format="YYYY-MM-DD", key=f"effective-{move}"
    )
    trial_until = right.date_input(_("试行至（不填为正式施行）"), value=None, format="YYYY-MM-DD", key=f"trial-{move}")
    reason = st.text_input(n_("试行超过{count}年（自实施之日起）的理由", form.limit.years), key=f"trial-reason-{move}")
    show(limit_words(form.limit))
    abolishes = st.multiselect(
        _("同时废止的本库预案"),
        [plan.id for plan in form.others],
        format_func={plan.id: plan.title for plan in form.others}.__getitem__,
        placeholder=_("没有"),
        key=f"abolishes-{move}",
    )
    also = st.text_area(_("同时废止的其他文件（一行一件）"), key=f"also-{move}", height=70)
    name = issued_by_input(form.kind, form.likely, f"issuer-{move}")
    post = st.text_input(_("签发人职务"), key=f"issuer-post-{move}")
    return IssuingNotice(
        name=IssuingName(issued_by=name, signed_by=post.strip()),
        effective_on=effective_on,
        trial_until=trial_until,
        trial_reason=reason,
        abolishes=tuple(abolishes),
        also_abolished=tuple(filter(None, (line.strip() for line in also.splitlines()))),
    )
