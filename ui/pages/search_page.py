"""全文检索: words in clauses, older versions, titles, document numbers, comments; the question is in the address."""

from typing import Any

import streamlit as st

from plans_repo import organisations
from plans_repo.course.stages import Stage
from plans_repo.organisations import OrganisationKind
from plans_repo.plans import PlanKind
from plans_repo.search.comments import search_comments
from plans_repo.search.finding import alone, search
from plans_repo.search.question import Question, Scope
from plans_repo.store.roles import Action
from ui.components.address_choice import choose_one
from ui.components.counters import show_empty
from ui.components.found_comments import comment_counts, found_comments
from ui.components.found_passages import found_counts, found_plans
from ui.components.html import join, show, tag
from ui.components.plan_names import COMMENTS, SCOPES, kind_name, told
from ui.components.subject_choice import choose_subject
from ui.identity import guard, reading
from ui.sections.library import asked_page, page_links, to_first_page
from ui.wording import _, n_
from ui.wording.stages import STAGES

guard(Action.READ_PLAN)
st.header(_("全文检索"))
with reading() as work:
    bodies = {body.id: body for body in organisations.organisations(work)}
places = {body.area: body for body in bodies.values() if body.kind is OrganisationKind.GOVERNMENT}

bound: dict[str, Any] = {"bind": "query-params", "on_change": to_first_page}
anything: dict[str, Any] = {"nothing": _("全部"), "on_change": to_first_page}
words = st.text_input(_("检索词"), key="q", placeholder=_("例如：防汛 转移　　或　　“30分钟内报告”"), **bound)
columns = st.columns(4)
scope = choose_one(
    columns[0], _("范围"), [*Scope, COMMENTS], lambda one: _(SCOPES[one]), key="scope", on_change=to_first_page
)
kind = choose_one(columns[1], _("类别"), PlanKind, kind_name, key="kind", **anything)
subject = choose_subject(columns[2], **anything)
state = choose_one(columns[3], _("状态"), Stage, lambda stage: _(STAGES[stage][0]), key="state", **anything)
area = choose_one(
    columns[0], _("地区"), sorted(places), lambda place: told(places[place].name, places[place].name_en), key="area",
    **anything,
)  # fmt: skip
is_comments = scope == COMMENTS
days = _("批注日期从") if is_comments else _("版本形成日期从")
since = columns[1].date_input(days, value=None, key="since", **bound)
until = columns[2].date_input(_("到"), value=None, key="until", **bound)

if not (words or "").strip():
    show_empty(
        _("输入要查找的词"),
        _("空格隔开的词须同时出现在一条中；引号内的词句须原样出现。两个字、一个字也可以查，文号也可以查。"),
    )
    st.stop()
question = Question(
    words=words,
    scope=Scope.CURRENT if is_comments else Scope(scope or Scope.CURRENT),
    kind=kind,
    subject=subject or "",
    area=area or "",
    state=state,
    since=since,
    until=until,
)
if is_comments:
    with reading() as work:
        said = search_comments(work, question, asked_page())
    if said.comments:
        show(comment_counts(said))
        show(found_comments(said, bodies))
        show(page_links(said, "/search"))
    else:
        show_empty(_("没有找到"), _("换一个说法，或放宽上面的条件。只查本人可以看到的批注和答复。"))
    st.stop()
with reading() as work:
    answer = search(work, question, asked_page())
    singly = {} if answer.plans else alone(work, question)
if answer.plans:
    show(found_counts(answer))
    show(found_plans(answer, bodies))
    show(page_links(answer, "/search"))
else:
    show_empty(_("没有找到"), _("换一个说法，或放宽上面的条件。目录、封面和页眉页脚不在检索之列。"))
    if singly:
        found = [tag("span", n_("“{word}”单独见于 {count} 件", count, word=word)) for word, count in singly.items()]
        show(tag("div", join(found, "　"), cls="yy-account"))
