"""年度演练计划: what must be drilled by when, the drills there are for it, and the mass of small drills."""

import streamlit as st

from plans_repo.store.roles import Action
from ui.components.address_choice import choose_one, choose_tab
from ui.components.html import link, show, tag
from ui.components.notice import show_notice
from ui.components.plan_names import told
from ui.identity import guard, reading
from ui.sections.calendar_view import today
from ui.sections.programme_parts import (
    areas_of,
    sheet_of,
    show_due,
    show_standing,
    show_year_matrix,
    show_years,
    year_address,
    year_of,
)
from ui.sections.small_drill_part import show_small_drills
from ui.wording import _

actor = guard(Action.READ_DRILL)
st.header(_("年度演练计划"))
show_notice()
year = year_of(st.query_params.get("year", ""), today())
with reading() as work:
    areas = areas_of(work)
left, right = st.columns([3, 2], vertical_alignment="bottom")
area = choose_one(right, _("区域"), areas, lambda one: told(areas[one].name, areas[one].name_en), key="area")
with left:
    before, after = link(f"‹ {year - 1}", year_address(year - 1)), link(f"{year + 1} ›", year_address(year + 1))
    show(tag("div", before, tag("strong", _("{year}年", year=year)), after, cls="yy-month-head"))
with reading() as work:
    sheet = sheet_of(work, year, area or "")
show_standing(sheet)

PARTS = {
    "due": (_("到期清单"), lambda: show_due(sheet, actor)),
    "year": (_("按月安排"), lambda: show_year_matrix(sheet)),
    "years": (_("多年安排"), lambda: show_years(sheet)),
    "small": (_("小型演练"), lambda: show_small_drills(year, today(), actor)),
}
part, place = choose_tab({code: label for code, (label, _show) in PARTS.items()}, key="tab")
with place:
    PARTS[part][1]()
