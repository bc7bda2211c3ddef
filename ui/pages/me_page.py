"""我的账户: who I am here, and in which browsers I am signed in."""

import streamlit as st

from plans_repo.store import accounts
from ui.components.html import link, show, table
from ui.components.names import role_names
from ui.identity import current_session, guard, organisation_name
from ui.installation import here
from ui.wording import _, instant_text

actor = guard()
store = here().store
st.header(_("我的账户"))
show(
    table(
        [_("项目"), _("内容")],
        [
            [_("姓名"), actor.name],
            [_("单位"), organisation_name(actor) or "—"],
            [_("角色"), role_names(actor.roles)],
            [_("密码"), link(_("修改密码"), "/account/password")],
        ],
    )
)

st.subheader(_("我的登录设备"))
st.caption(_("闲置 30 分钟或登录满 12 小时后自动退出。发现不认识的设备，请立即结束其登录并修改密码。"))
for device in accounts.sessions_of(store, actor):
    words, action = st.columns([5, 1], vertical_alignment="center")
    is_this = device.session == current_session()
    words.text(
        _(
            "{address}，{at} 登录，{seen} 最近使用{here}",
            address=device.address or "—",
            at=instant_text(device.signed_in_at),
            seen=instant_text(device.seen_at),
            here=_("（本设备）") if is_this else "",
        ),
        help=device.user_agent,
    )
    if not is_this and action.button(_("结束登录"), key=f"end-{device.session}"):
        accounts.end_session(store, actor, device.session)
        st.rerun()
