"""The accounts of the installation in one table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from plans_repo.organisations import Organisation
from plans_repo.store.accounts import Account
from ui.components.badges import badge
from ui.components.cells import card_table, unbroken
from ui.components.html import Html
from ui.components.names import role_names
from ui.components.plan_names import told
from ui.wording import _, later

STATES = {
    "disabled": (later("已停用"), "bad"),
    "must_change": (later("待改密码"), "warn"),
    "normal": (later("正常"), "plain"),
}


def account_table(accounts: Iterable[Account], bodies: Mapping[str, Organisation]) -> Html:
    """A row for every account: who it is, of which body, with which roles."""
    heads = [_("账户名"), _("姓名"), _("单位"), _("角色"), _("状态"), _("演示账户")]
    return card_table(heads, (_row(account, bodies) for account in accounts), cls="yy-accounts")


def body_name(body: Organisation | None) -> str:
    """A body in the reader's language; an account of none works for the whole system."""
    return told(body.name, body.name_en) if body else _("全系统")


def _row(account: Account, bodies: Mapping[str, Organisation]) -> list[object]:
    return [
        unbroken(account.name),
        account.display_name,
        body_name(bodies.get(account.organisation or "")),
        role_names(account.roles) or "—",
        _state(account),
        _("是") if account.demo else _("否"),
    ]


def _state(account: Account) -> Html:
    state = "disabled" if account.disabled else "must_change" if account.must_change else "normal"
    word, tone = STATES[state]
    return badge(_(word), tone)
