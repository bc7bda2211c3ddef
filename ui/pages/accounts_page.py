"""用户与权限: accounts, their roles, shutting and opening them."""

import streamlit as st

from plans_repo import organisations
from plans_repo.store import accounts
from plans_repo.store.roles import Action
from ui.components.account_table import account_table
from ui.components.html import show
from ui.identity import guard, reading
from ui.sections.account_forms import show_changes, show_new_account
from ui.wording import _

me = guard(Action.MANAGE_ACCOUNTS)
st.header(_("用户与权限"))
listed = st.container()
changing, adding = st.tabs([_("修改账户"), _("新建账户")])
with reading() as opened:
    bodies = organisations.organisations(opened)
with adding:
    show_new_account(bodies)
with changing:
    show_changes(me)
with listed, reading() as opened:  # last, so that it shows what the forms did
    show(account_table(accounts.accounts(opened), {body.id: body for body in bodies}))
