"""资源台账: what there is, who keeps it, as of when and from where; entering, correcting and retiring it."""

import streamlit as st

from plans_repo import organisations, resources, supplies
from plans_repo.freshness import freshness
from plans_repo.resources import Holding, Resource, ResourceClass
from plans_repo.store.roles import Action
from sim.figure import Mark
from ui.components.address_choice import choose_one
from ui.components.badges import mark
from ui.components.counted import ONLY, Counted, counters, part_listed
from ui.components.counters import Counter, show_counters, show_empty
from ui.components.html import show, tag
from ui.components.notice import show_notice
from ui.components.plan_names import told
from ui.components.register_table import RegisterTable, class_name, holding_name, total_table
from ui.components.turning import part_shown
from ui.identity import guard, reading
from ui.sections.calendar_view import today
from ui.sections.register import areas_with, matching, totals
from ui.sections.register_contacts import show_contacts
from ui.sections.register_forms import show_correcting, show_entering
from ui.wording import _

actor = guard(Action.READ_RESOURCES)
st.header(_("资源台账"))
show_notice()
with reading() as work:
    every = resources.resources(work, with_retired=True)
    bodies = {body.id: body for body in organisations.organisations(work)}
    keepers = sorted(resources.keepers(work), key=lambda body: body.id != actor.organisation)
    mine = resources.changeable(work, every)
pools = supplies.known_pools()
areas = areas_with(every, bodies.values())
fresh = freshness()
keeping = sorted({entry.keeper for entry in every}, key=lambda one: (bodies[one].area, bodies[one].name))

columns = st.columns([3, 2, 2, 2, 3])
text = columns[0].text_input(_("查找"), key="q", bind="query-params", placeholder=_("名称或地点中的文字"))
everything = _("全部")
area = choose_one(
    columns[1], _("区域"), areas, lambda one: told(areas[one].name, areas[one].name_en), key="area", nothing=everything
)
kind = choose_one(columns[2], _("类别"), ResourceClass, class_name, key="kind", nothing=everything)
holding = choose_one(columns[3], _("储备方式"), Holding, holding_name, key="holding", nothing=everything)
keeper = choose_one(
    columns[4], _("保管单位"), keeping, lambda one: told(bodies[one].name, bodies[one].name_en), key="keeper",
    nothing=everything,
)  # fmt: skip
with_retired = st.toggle(_("含已注销的条目"), key="retired", bind="query-params")
shown = matching(
    every, text=text, area=area or "", kind=kind, holding=holding, keeper=keeper or "", with_retired=with_retired
)
present = [entry for entry in shown if entry.retired_at is None]
parts: dict[str, Counted[Resource]] = {
    "unconfirmed": Counted(label=_("待确认的数字"), fits=lambda one: one.mark is Mark.TO_BE_CONFIRMED, tone="soon"),
    "stale": Counted(
        label=_("超过 {days} 天未核", days=fresh.days),
        fits=lambda one: fresh.is_over(one.checked_on, today()),
        tone="soon",
    ),
}
show_counters(
    [
        Counter(label=_("条目数"), count=len(present), href="/register"),
        Counter(label=_("保管单位数"), count=len({entry.keeper for entry in present})),
        *counters(present, parts, "/register"),
    ]
)
rule = _("{title}（{source}）", title=told(fresh.title, fresh.title_en), source=told(fresh.source, fresh.source_en))
show(tag("small", f"{rule} ", mark(fresh.mark)))
if st.query_params.get(ONLY) in parts:
    shown = list(part_listed(present, parts, "/register"))
if shown:
    table = RegisterTable(bodies, pools, "/register?entry=")
    show(table.entries(part_shown(shown), frozenset(entry.id for entry in mine)))
    with st.expander(_("合计（按类别和计量单位）"), key="totals-open"):
        show(total_table(totals(shown)))
elif every:
    show_empty(_("没有符合条件的条目"), _("放宽或清除上面的条件。"))
else:
    show_empty(_("资源台账还是空的"), _("保管单位或应急管理部门在下面登记第一条。"))

if actor.may(Action.EDIT_RESOURCES) and keepers:
    wanted = st.query_params.get("entry", "")
    st.subheader(_("登记与更正"))
    labels = [_("登记"), _("更正或注销")]
    entering, correcting = st.tabs(labels, default=labels[1] if wanted else labels[0])
    with entering:
        show_entering(keepers, pools, today())
    with correcting:
        show_correcting(every, mine, pools, today(), wanted)

if actor.may(Action.READ_CONTACTS):
    show_contacts(bodies, keepers)
