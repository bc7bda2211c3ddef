"""预案库: every plan this person may see; filters in the address; a new one from a file."""

from typing import Any

import streamlit as st

from plans_repo import editions, library, organisations
from plans_repo.checks import runs
from plans_repo.course.stages import Stage
from plans_repo.organisations import OrganisationKind
from plans_repo.plans import PlanKind
from plans_repo.store.roles import Action
from sim.procedure import Hazard
from ui.components.counters import Counter, show_counters, show_empty
from ui.components.html import show
from ui.components.plan_names import hazard_name, kind_name, told
from ui.components.plan_table import plan_table
from ui.identity import guard, reading
from ui.installation import here
from ui.sections.library import PAGE_SIZE, asked_page, page_links, to_first_page
from ui.sections.plan_import import has_import, show_import, show_import_form
from ui.wording import _, n_
from ui.wording.formats import HERE
from ui.wording.stages import STAGES

actor = guard(Action.READ_PLAN)
if actor.may(Action.EDIT_PLAN) and has_import():
    show_import()
    st.stop()
st.header(_("预案库"))
today = here().store.clock().astimezone(HERE).date()
counted, importing = st.container(), st.container()

anything: dict[str, Any] = {
    "index": None, "placeholder": _("全部"), "bind": "query-params", "on_change": to_first_page
}  # fmt: skip
columns = st.columns([3, 2, 2, 2])
text = columns[0].text_input(
    _("查找"), key="q", bind="query-params", on_change=to_first_page, placeholder=_("标题或文号中的文字")
)
kind = columns[1].selectbox(_("类别"), list(PlanKind), format_func=kind_name, key="kind", **anything)
hazard = columns[2].selectbox(_("灾种"), list(Hazard), format_func=hazard_name, key="hazard", **anything)
state = columns[3].selectbox(
    _("状态"), list(Stage), format_func=lambda stage: _(STAGES[stage][0]), key="state", **anything
)
with reading() as work:
    bodies = {body.id: body for body in organisations.organisations(work)}
    makers = library.makers(work)
places = {body.area: body for body in bodies.values() if body.kind is OrganisationKind.GOVERNMENT}
named = sorted((body for body in bodies.values() if body.id in makers), key=lambda body: (body.area, body.name))
left, right = st.columns([4, 5])
area = left.selectbox(
    _("地区"), sorted(places), format_func=lambda one: told(places[one].name, places[one].name_en), key="area",
    **anything,
)  # fmt: skip
maker = right.selectbox(
    _("编制单位"), [body.id for body in named],
    format_func=lambda one: told(bodies[one].name, bodies[one].name_en), key="maker", **anything,
)  # fmt: skip
wanted = library.Wanted(
    text=text or "", kind=kind, hazard=hazard, state=state, area=area or "", organisation=maker or ""
)
with reading() as work:
    seen = library.overview(work, wanted, asked_page(), size=PAGE_SIZE)
    overdue = editions.overdue(work)
    shown = editions.editions(work, seen.page.items)
    checked = runs.runs(work, {entry.plan.id for entry in shown})
with counted:
    show_counters(
        [
            Counter(label=n_("预案总数", seen.plans), count=seen.plans),
            Counter(label=_("现行有效"), count=seen.in_force),
            Counter(label=_("正在起草或修订"), count=seen.in_work),
            Counter(label=_("正在审签"), count=seen.signing),
            Counter(label=_("评估超期"), count=overdue, tone="late"),
        ]
    )
if actor.may(Action.EDIT_PLAN):
    with importing, st.expander(_("导入预案"), key="import-open", expanded=not seen.plans):
        show_import_form()
if shown:
    show(plan_table(shown, bodies, today, checked))
    show(page_links(seen.page, "/plans"))
elif seen.plans:
    show_empty(_("没有符合条件的预案"), _("放宽或清除上面的条件。"))
else:
    show_empty(_("预案库还是空的"), _("编制人在上面选择 Word、文本或 Markdown 文件，即可导入第一件预案。"))
