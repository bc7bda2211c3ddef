"""专家库: the experts a panel is drawn from; who manages the pool adds, prolongs and retires them."""

from datetime import date

import streamlit as st

from plans_repo import organisations
from plans_repo.course import experts
from plans_repo.store.roles import Action
from ui.components.badges import badge
from ui.components.counted import Counted, counters, part_listed
from ui.components.counters import Counter, show_counters, show_empty
from ui.components.course_names import expert_name
from ui.components.fields import fields, start_anew
from ui.components.html import show, table
from ui.components.plan_names import told
from ui.components.refusal import answered
from ui.identity import guard, reading, work
from ui.installation import here
from ui.wording import _, day_text
from ui.wording.formats import HERE

actor = guard(Action.READ_PLAN)
st.header(_("专家库"))
today = here().store.clock().astimezone(HERE).date()
with reading() as asked:
    pool = experts.experts(asked, with_retired=True)
    bodies = organisations.organisations(asked)

branches = sorted({field for expert in pool for field in expert.fields})
parts: dict[str, Counted[experts.Expert]] = {
    "available": Counted(label=_("可抽取专家"), fits=lambda one: one.is_available(today)),
    "ended": Counted(
        label=_("聘期已满"), fits=lambda one: not one.is_retired and not one.is_available(today), tone="late"
    ),
}
show_counters([*counters(pool, parts, "/experts"), Counter(label=_("专业领域"), count=len(branches))])


def state(expert: experts.Expert) -> object:
    """Whether an expert can be drawn."""
    if expert.is_retired:
        return badge(_("已退出：{why}", why=expert.retired_why), "plain")
    return badge(_("可抽取"), "good") if expert.is_available(today) else badge(_("聘期已满"), "bad")


wanted = st.multiselect(_("专业"), branches, key="expert-fields")
shown = [expert for expert in part_listed(pool, parts, "/experts") if not wanted or set(wanted) & set(expert.fields)]
if shown:
    show(
        table(
            [_("姓名"), _("专业"), _("单位"), _("职称、职务"), _("电话"), _("聘期至"), _("状态")],
            [
                [
                    expert.name,
                    _("、").join(expert.fields),
                    expert.unit,
                    expert.title or "—",
                    expert.phone or "—",
                    day_text(expert.valid_until),
                    state(expert),
                ]
                for expert in shown
            ],
        )
    )
elif pool:
    show_empty(_("没有符合条件的专家"), _("放宽或清除上面的条件。"))
else:
    show_empty(_("专家库还没有专家"), _("由编制单位登记本地区专家，评审时从中抽取。"))

if actor.may(Action.MANAGE_EXPERTS):
    field = fields("expert")
    with st.expander(_("登记专家"), key="expert-open"), st.form("expert", border=False):
        name = st.text_input(_("姓名"), key=field("expert-name"))
        known = st.text_input(_("专业（用顿号分开）"), key=field("expert-known"))
        place = st.selectbox(
            _("单位"),
            range(len(bodies) + 1),
            format_func=lambda at: told(bodies[at - 1].name, bodies[at - 1].name_en) if at else _("其他（在下面填写）"),
            key=field("expert-body"),
        )
        unit = st.text_input(_("其他单位名称"), key=field("expert-unit"))
        title = st.text_input(_("职称、职务"), key=field("expert-title"))
        phone = st.text_input(_("电话"), key=field("expert-phone"))
        until = st.date_input(
            _("聘期至"), value=date(today.year + 3, 12, 31), format="YYYY-MM-DD", key=field("expert-until")
        )
        if st.form_submit_button(_("登记"), key="add-expert"):
            with answered():
                guard(Action.MANAGE_EXPERTS)
                with work() as asked:
                    experts.add_expert(
                        asked,
                        name,
                        fields=known.replace("，", "、").replace(",", "、").split("、"),
                        valid_until=until,
                        unit=unit,
                        organisation=bodies[place - 1].id if place else None,
                        title=title,
                        phone=phone,
                    )
                start_anew("expert")
                st.rerun()
    present = [expert for expert in pool if not expert.is_retired]
    if present:
        with st.expander(_("续聘或退出"), key="expert-end-open"), st.form("expert-end", border=False):
            at = st.selectbox(
                _("专家"),
                range(len(present)),
                format_func=lambda one: expert_name(present[one]),
                key="expert-end",
            )
            until = st.date_input(
                _("续聘至"), value=date(today.year + 3, 12, 31), format="YYYY-MM-DD", key="expert-prolong"
            )
            reason = st.text_input(_("退出理由"), key="expert-reason")
            prolongs = st.form_submit_button(_("续聘"), key="prolong-expert")
            retires = st.form_submit_button(_("退出专家库"), key="retire-expert")
        if prolongs or retires:
            with answered():
                guard(Action.MANAGE_EXPERTS)
                with work() as asked:
                    if retires:
                        experts.retire_expert(asked, present[at].id, reason=reason)
                    else:
                        experts.prolong_expert(asked, present[at].id, until)
                st.rerun()
