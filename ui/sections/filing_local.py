"""地方规定和对方密钥: limits an area has laid down itself, and whose the keys are that signed what came in."""

from __future__ import annotations

import streamlit as st

from plans_repo.access import standpoint
from plans_repo.checks.local_packs import LocalPack, packs_of
from plans_repo.filing import correspondents, local_figures
from plans_repo.filing.correspondents import KeyStanding, SeenKey
from plans_repo.packs.naming import name_of
from plans_repo.store.actor import Actor
from plans_repo.store.roles import Action
from ui.components.badges import badge
from ui.components.fields import fields, start_anew
from ui.components.filing_names import KEYS
from ui.components.html import show, table
from ui.components.notice import leave_notice
from ui.components.plan_names import told
from ui.components.refusal import answered
from ui.identity import guard, reading, work
from ui.wording import _, instant_text, language


def show_local_figures(actor: Actor) -> None:
    """The figures that count here otherwise than in the Measures, with their texts; who sets local rules adds one."""
    with reading() as asked:
        here = standpoint(asked)
        found = local_figures.local_figures(asked, here.area)
        packs = [pack for pack in packs_of(asked) if here.area.startswith(pack.area)]
    st.subheader(_("地方规定的期限"))
    st.caption(_("地方文件规定的期限严于国家规定的，按地方规定计算；新的登记代替同一地区原来的，原来的留存备查。"))
    if found:
        rows = [
            [_figure_name(one.key), _figure_value(one.key, one.value), one.source, instant_text(one.entered_at)]
            for one in found.values()
        ]
        show(table([_("事项"), _("规定值"), _("出自"), _("登记时间")], rows))
    else:
        st.caption(_none_entered(packs))
    if actor.may(Action.SET_LOCAL_RULES) and here.oversees:
        _show_figure_form()


def _none_entered(packs: list[LocalPack]) -> str:
    """By what days are counted where nothing has been entered here."""
    if not packs:
        return _("没有登记，按国家规定计算；各件的计算依据见“期限”表。")
    names = "、".join(told(pack.title.zh, pack.title.en) for pack in packs)
    return _("没有登记，按国家规定和已启用的地方规则（{names}）中较严的计算；各件的计算依据见“期限”表。", names=names)


def show_keys() -> None:
    """Every key seen in what came in, and whether somebody has checked that it belongs to the body it signs for."""
    with reading() as asked:
        seen = correspondents.seen_keys(asked)
        notes = {one.key: one for one in correspondents.correspondents(asked)}
    if not seen:
        return
    st.subheader(_("对方密钥"))
    st.caption(_("用电话或者当面核对指纹后登记；已登记的单位换了密钥，收到的文件会标明“密钥不符”。"))
    rows = [
        [
            one.body or "—",
            one.fingerprint,
            badge(_(KEYS[one.standing][0]), KEYS[one.standing][1]),
            notes[one.key].note if one.key in notes and one.standing is KeyStanding.CONFIRMED else "—",
        ]
        for one in seen
    ]
    show(table([_("单位"), _("密钥指纹"), _("核对情况"), _("怎样核对的")], rows))
    open_keys = [one for one in seen if one.standing is not KeyStanding.CONFIRMED]
    if open_keys:
        _show_key_form(open_keys)


def _show_figure_form() -> None:
    keys = list(local_figures.BOUNDS)
    with st.expander(_("登记地方规定的期限"), key="figure-open"), st.form("figure", border=False):
        at = st.selectbox(
            _("事项"), range(len(keys)), format_func=lambda one: _figure_name(keys[one]), key="figure-key"
        )
        low = min(bounds[0] for bounds in local_figures.BOUNDS.values())
        high = max(bounds[1] for bounds in local_figures.BOUNDS.values())
        value = st.number_input(_("规定值"), low, high, 1, key="figure-value")
        source = st.text_input(
            _("出自哪份文件"), key="figure-source", placeholder=_("例如：云岭省突发事件应急预案管理实施办法第二十条")
        )
        is_sent = st.form_submit_button(_("登记"), key="enter-figure")
    if is_sent:
        with answered():
            guard(Action.SET_LOCAL_RULES)
            with work() as asked:
                local_figures.enter_figure(asked, keys[at], int(value), source=source)
            st.rerun()


def _show_key_form(open_keys: list[SeenKey]) -> None:
    """Which key, whose, and how that was found out; the choice stands outside the form, so that its body follows it."""
    by_print = {(one.fingerprint, one.body): one for one in open_keys}
    field = fields("key")
    with st.expander(_("登记已核对的密钥"), key="key-open"):
        chosen = st.selectbox(
            _("密钥"), list(by_print), format_func=lambda one: f"{one[1] or '—'}　{one[0]}", key=field("key-which")
        )
        one = by_print[chosen]
        with st.form("key", border=False):
            body = st.text_input(_("属于哪个单位"), value=one.body, key=field(f"key-body-{one.key[:12]}-{one.body}"))
            placeholder = _("例如：11月20日与对方备案科电话核对")
            note = st.text_input(_("怎样核对的"), key=field("key-note"), placeholder=placeholder)
            is_sent = st.form_submit_button(_("登记"), key="confirm-key")
    if is_sent:
        with answered():
            guard()
            with work() as asked:
                correspondents.confirm_key(asked, one.fingerprint, body, note=note)
            start_anew("key")
            leave_notice(_("已登记：{body}的密钥 {fingerprint}。", body=body.strip(), fingerprint=one.fingerprint))


def _figure_name(key: str) -> str:
    return name_of("local_figure", key, language())


def _figure_value(key: str, value: int) -> str:
    return (_("是") if value else _("否")) if key in (local_figures.DEEMED, local_figures.MANDATE) else str(value)
