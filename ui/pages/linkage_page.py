"""衔接: how plans stand to each other, and one plan beside those it is tied to."""

import streamlit as st

from plans_repo import editions, plans
from plans_repo.linkage.comparison import compare
from plans_repo.linkage.network import network
from plans_repo.linkage.references import findings
from plans_repo.store.roles import Action
from ui.components.counters import show_empty
from ui.components.html import join, link, show, tag
from ui.components.linkage_tables import claim_table, clash_table, duty_table, level_table, limit_table, other_name
from ui.components.reference_list import reference_table
from ui.components.refusal import answered
from ui.components.tie_reasons import why_proposed
from ui.identity import guard, reading, work
from ui.sections.linkage_map import show_map
from ui.wording import _, n_

actor = guard(Action.READ_PLAN)
st.header(_("衔接"))
chosen = st.query_params.get("id", "")
with reading() as opened:
    around = network(opened, chosen)
    beside = compare(opened, chosen) if chosen else None
    gone = findings(opened, chosen) if chosen else ()
    may_link = bool(chosen) and actor.may(Action.LINK_PLAN) and editions.is_written_by(opened, chosen)
titles = around.titles

if not around.plans:
    show_empty(_("还没有可以衔接的预案"), _("预案库中有两件以上预案后，这里显示它们的关系。"))
    st.stop()
if chosen:
    show(join([link(_("查看全部预案的关系"), "/linkage"), "　", link(_("打开预案"), f"/plan?id={chosen}")]))
    st.subheader(titles.get(chosen, ""))
show_map(around, chosen)
if around.hidden > 0:
    st.caption(n_("另有 {count} 件预案没有画出，请从预案打开其衔接关系。", around.hidden))

proposed = [tie for tie in around.ties if tie.is_proposed and tie.plan == chosen]
for tie in proposed if may_link else ():
    words = _("建议：{other} 是本预案的“{kind}”", other=titles[tie.other], kind=other_name(tie.kind))
    columns = st.columns([5, 1])
    columns[0].write(words)
    columns[0].caption(why_proposed(tie))
    if columns[1].button(_("建立关系"), key=f"tie-{tie.other}"):
        with answered():
            guard(Action.LINK_PLAN)
            with work() as asked:
                plans.relate(asked, tie.plan, tie.other, tie.kind)
            st.rerun()
if beside is None:
    st.caption(_("点开一件预案，查看其响应级别、时限、职责和资源与相关预案的对照。"))
    st.stop()
if gone:
    st.subheader(_("引用失效"))
    show(reference_table(gone, chosen, f"/plan?id={chosen}"))
st.subheader(_("响应级别对照"))
if beside.levels:
    show(level_table(beside))
else:
    show_empty(_("没有可以对照的级别"), _("本预案和相关预案没有用数字写明的响应级别。"))
st.subheader(_("时限对照"))
if beside.limits:
    show(limit_table(beside))
else:
    st.caption(_("没有与相关预案不一致的时限。"))
st.subheader(_("职责对照"))
if beside.clashes:
    show(clash_table(beside))
if beside.without_duty:
    units = "、".join(unit for unit, _clause in beside.without_duty)
    show(tag("p", _("列为成员单位而没有写明职责：{units}", units=units)))
if beside.duties:
    with st.expander(n_("同一单位在各预案中的职责（{count} 个单位）", len(beside.duties)), key="duties-open"):
        show(duty_table(beside))
elif not beside.clashes:
    st.caption(_("相关预案没有写到同一单位的职责。"))
st.subheader(_("共用的力量与资源"))
if beside.claims:
    show(claim_table(beside))
else:
    st.caption(_("没有被几件预案同时使用的力量与资源。"))
