"""用户与权限: accounts, their roles, shutting and opening them."""

import streamlit as st

from plans_repo import organisations
from plans_repo.store import accounts
from plans_repo.store.passwords import random_password
from plans_repo.store.roles import Action, Role
from ui.components.names import role_name, role_names
from ui.components.refusal import answered
from ui.identity import guard, reading, work
from ui.wording import _

me = guard(Action.MANAGE_ACCOUNTS)
st.header(_("用户与权限"))
with reading() as opened:
    everybody = accounts.accounts(opened)
    bodies = organisations.organisations(opened)

rows = [
    {
        _("账户名"): account.name,
        _("姓名"): account.display_name,
        _("角色"): role_names(account.roles),
        _("状态"): _("已停用") if account.disabled else _("待改密码") if account.must_change else _("正常"),
        _("演示账户"): _("是") if account.demo else _("否"),
    }
    for account in everybody
]
st.dataframe(rows, hide_index=True, width="stretch")

changing, adding = st.tabs([_("修改账户"), _("新建账户")])
with changing:
    chosen = st.selectbox(
        _("账户"), everybody, format_func=lambda account: f"{account.name}（{account.display_name}）", key="account"
    )
    with st.form("roles"):
        roles = st.multiselect(
            _("角色"),
            list(Role),
            default=[role for role in Role if role in chosen.roles],
            format_func=role_name,
            key=f"roles-{chosen.id}",
        )
        is_saving = st.form_submit_button(_("保存角色"))
    if is_saving:
        with answered(), work() as opened:
            accounts.change_roles(opened, chosen.id, roles)
            st.success(_("角色已保存。"))
    left, right = st.columns(2)
    if chosen.disabled:
        if left.button(_("启用账户"), key="enable"):
            with work() as opened:
                accounts.enable(opened, chosen.id)
            st.rerun()
    elif left.button(_("停用账户"), key="disable", disabled=chosen.id == me.account):
        with work() as opened:
            accounts.disable(opened, chosen.id)
        st.rerun()
    if right.button(_("重置密码"), key="reset"):
        password = random_password()
        with work() as opened:
            accounts.reset_password(opened, chosen.id, password)
        st.success(_("新密码只显示这一次，请当面交给本人，首次登录须修改："))
        st.code(password, language=None)

with adding, st.form("new", clear_on_submit=False):
    name = st.text_input(_("账户名"), key="new-name")
    display_name = st.text_input(_("姓名"), key="new-display-name")
    body = st.selectbox(
        _("单位"),
        bodies,
        index=None,
        format_func=lambda body: body.name,
        placeholder=_("全系统"),
        key="new-organisation",
    )
    new_roles = st.multiselect(_("角色"), list(Role), format_func=role_name, key="new-roles")
    if st.form_submit_button(_("新建账户")):
        password = random_password()
        with answered(), work() as opened:
            accounts.create_account(
                opened,
                name,
                password,
                display_name=display_name,
                roles=new_roles,
                organisation=body.id if body else None,
            )
            st.success(_("账户已建立。初始密码只显示这一次，请当面交给本人，首次登录须修改："))
            st.code(password, language=None)
