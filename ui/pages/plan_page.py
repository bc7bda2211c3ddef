"""预案: one plan at one version; text, procedure, history, comparison, editing, moves."""

import streamlit as st

from plans_repo import force, histories, organisations
from plans_repo.course.passage import passage
from plans_repo.course.stages import CLOSED, EFFECTIVE
from plans_repo.course.working_days import local_day
from plans_repo.filing import filings
from plans_repo.plans import PlanKind
from plans_repo.store.roles import Action
from ui.components.address_choice import choose_tab
from ui.components.counters import show_empty
from ui.components.course_names import draft_badge
from ui.components.days_in_force import issued_words
from ui.components.html import link, show, tag
from ui.components.life_cycle import entered_on, life_cycle
from ui.components.plan_names import hazard_name, kind_name, subjects_told, told, version_name
from ui.components.step_bar import show_step_bar
from ui.components.version_history import short_hash, validity_badge
from ui.downloads import address
from ui.identity import guard, reading
from ui.installation import here
from ui.sections.last_opened import remember
from ui.sections.opened import open_version, plan_address
from ui.sections.plan_after_issue import show_after_issue
from ui.sections.plan_checks import show_checks
from ui.sections.plan_comparison import show_comparison
from ui.sections.plan_editing import show_editing
from ui.sections.plan_health import show_health
from ui.sections.plan_history import show_history
from ui.sections.plan_ledger import show_ledger
from ui.sections.plan_moves import show_moves
from ui.sections.plan_procedure import show_procedure
from ui.sections.plan_reading import show_reading
from ui.wording import _

actor = guard(Action.READ_PLAN)
asked = st.query_params
if "id" not in asked:
    st.header(_("预案"))
    show_empty(_("没有指明预案"), _("请从预案库打开一件预案。"))
    show(link(_("打开预案库"), "/plans"))
    st.stop()
with reading() as work:
    opened = open_version(work, asked.get("id", ""), asked.get("v", ""))
    stand = passage(work, opened.version.id)
    moves = histories.moves_of(work, opened.version.id)
    is_issued = stand.stage in EFFECTIVE | CLOSED
    filed = filings.filing(work, opened.version.id).state if is_issued else None
    counting = force.in_force_today(work, opened.plan.id)
    body = organisations.organisation(work, opened.plan.organisation) if opened.plan.organisation else None
remember(opened)

st.header(opened.plan.title)
today = local_day(here().store.clock())
facts = [
    validity_badge(opened.version, stand.term.on(today) if stand.term else None),
    draft_badge(opened.version.state) if opened.version.is_current else "",
    version_name(opened.version),
    kind_name(opened.plan.kind),
    hazard_name(opened.plan.hazard) if opened.plan.hazard else subjects_told(opened.plan.title),
    told(body.name, body.name_en) if body else "",
    stand.document_number,
    issued_words(stand.issued_on, entered_on(moves)) if stand.issued_on else "",
]
others = []
if counting is not None and counting.version.id != opened.version.id:
    words = _("现行有效的是{version}", version=version_name(counting.version))
    others.append(link(words, plan_address(opened.plan.id, counting.version.id)))
if not opened.is_newest and (counting is None or counting.version.id != opened.versions[-1].id):
    others.append(link(_("查看最新版本"), opened.plan_address))
study = (
    link(_("仿真研究"), f"/study?plan={opened.plan.id}&v={opened.version.id}") if opened.version.has_procedure else ""
)
one_page = (
    link(_("一页纸预案"), address("village-page", opened.plan.id, version=opened.version.id))
    if opened.plan.kind is PlanKind.VILLAGE
    else ""
)
seen = [
    *(fact for fact in facts if fact),
    tag("span", _("校验码 "), short_hash(opened.version.root_hash)),
    *others,
    study,
    one_page,
]
show(tag("div", *(tag("span", fact) for fact in seen if fact), cls="yy-facts"))
show_step_bar(life_cycle(stand, moves, today=today, filed=filed))

PARTS = {
    "text": (_("正文"), lambda: show_reading(opened, asked.get("clause", ""))),
    "procedure": (_("处置程序"), lambda: show_procedure(opened, actor)),
    "checks": (_("检查"), lambda: show_checks(opened)),
    "health": (_("体检"), lambda: show_health(opened)),
    "history": (_("历史"), lambda: show_history(opened, asked.get("clause", ""))),
    "comparison": (_("对照"), lambda: show_comparison(opened)),
    "ledger": (_("数值台账"), lambda: show_ledger(opened)),
    "editing": (_("编修"), lambda: show_editing(opened, actor, asked.get("clause", ""))),
    "moves": (_("流转"), lambda: show_moves(opened, actor)),
    "after": (_("印发后"), lambda: show_after_issue(opened, actor)),
}
part, place = choose_tab({code: label for code, (label, _show) in PARTS.items()}, key="part")
with place:
    PARTS[part][1]()
