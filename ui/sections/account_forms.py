"""The forms of an administrator: a new account, and what is changed in one."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from plans_repo.organisations import Organisation
from plans_repo.store import accounts
from plans_repo.store.accounts import Account
from plans_repo.store.actor import Actor
from plans_repo.store.passwords import random_password
from plans_repo.store.roles import Role
from ui.components.account_table import body_name
from ui.components.names import role_name
from ui.components.refusal import answered
from ui.identity import reading, work
from ui.wording import _

WHOLE_SYSTEM = ""
"""The choice of no body: said outright, never a default."""


def show_new_account(bodies: Iterable[Organisation]) -> None:
    """A form for a new account; its first password is shown once."""
    known = {body.id: body for body in bodies}
    with st.form("new", clear_on_submit=False):
        name = st.text_input(_("账户名"), key="new-name")
        display_name = st.text_input(_("姓名"), key="new-display-name")
        body = st.selectbox(
            _("单位"),
            [*known, WHOLE_SYSTEM],
            index=None,
            format_func=lambda chosen: _distinct_name(known.get(chosen), known.values()),
            placeholder=_("请选择单位"),
            help=_("账户只能查看和办理本单位及所辖单位的事项；选“全系统”则不限单位。"),
            key="new-organisation",
        )
        roles = st.multiselect(_("角色"), list(Role), format_func=role_name, key="new-roles")
        is_making = st.form_submit_button(_("新建账户"), key="new-now")
    if not is_making:
        return
    if body is None:
        st.error(_("请先选择单位。"))
        return
    with answered():
        _make(name, display_name, body, roles)


def _distinct_name(body: Organisation | None, bodies: Iterable[Organisation]) -> str:
    """The name of a body; two that share their English name are told apart by the Chinese one, which is unique."""
    said = body_name(body)
    return said if body is None or sum(body_name(other) == said for other in bodies) == 1 else body.name


def _make(name: str, display_name: str, body: str, roles: list[Role]) -> None:
    password = random_password()
    with work() as opened:
        accounts.create_account(
            opened, name, password, display_name=display_name, roles=roles, organisation=body or None
        )
    st.success(_("账户已建立。初始密码只显示这一次，请当面交给本人，首次登录须修改："))
    st.code(password, language=None)


def show_changes(me: Actor) -> None:
    """Choose an account and change its roles, its password, or whether it can sign in."""
    with reading() as opened:
        everybody = {account.id: account for account in accounts.accounts(opened)}
    chosen = everybody[
        st.selectbox(
            _("账户"),
            list(everybody),
            format_func=lambda one: _(
                "{account}（{name}）", account=everybody[one].name, name=everybody[one].display_name
            ),
            key="account",
        )
    ]
    _show_roles(chosen)
    left, right = st.columns(2)
    with left:
        _show_switch(chosen, me)
    if right.button(_("重置密码"), key="reset"):
        password = random_password()
        with work() as opened:
            accounts.reset_password(opened, chosen.id, password)
        st.success(_("新密码只显示这一次，请当面交给本人，首次登录须修改："))
        st.code(password, language=None)


def _show_roles(chosen: Account) -> None:
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


def _show_switch(chosen: Account, me: Actor) -> None:
    """Shut an account, or open one that is shut; one's own stays open."""
    word, change = (_("启用账户"), accounts.enable) if chosen.disabled else (_("停用账户"), accounts.disable)
    key = "enable" if chosen.disabled else "disable"
    if st.button(word, key=key, disabled=chosen.id == me.account):
        with work() as opened:
            change(opened, chosen.id)
        st.rerun()
