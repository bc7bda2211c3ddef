"""联系方式: who can be reached under which number; entered, verified, corrected, and told to the plans that name it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from plans_repo import contacts, replacements
from plans_repo.checks.pack import national_rule
from plans_repo.checks.register_rules import is_phone
from plans_repo.checks.spans import added
from plans_repo.contacts import Contact, add_contact
from plans_repo.course.working_days import local_day
from plans_repo.organisations import Organisation
from plans_repo.store.roles import Action
from ui.components.badges import badge
from ui.components.cells import card_table, unbroken
from ui.components.counters import show_empty
from ui.components.html import Html, join, link, show, tag
from ui.components.notice import leave_notice
from ui.components.plan_names import told
from ui.components.refusal import answered
from ui.identity import guard, reading, work
from ui.sections.calendar_view import today
from ui.sections.opened import plan_address
from ui.sections.plan_replacements import KINDS
from ui.wording import _, day_text, n_


def show_contacts(bodies: Mapping[str, Organisation], keepers: Sequence[Organisation]) -> None:
    """The list for those who may look people up; forms for those who keep it."""
    with reading() as asked:
        every = contacts.contacts(asked)
        changed = replacements.changes(asked)[:10]
        told_to = {one.id: replacements.offers(asked, one.id) for one in changed}
    st.subheader(_("联系方式"), anchor="contacts")
    listed = _of_unit(every, bodies)
    if every:
        show(
            card_table(
                [_("单位"), _("职务"), _("姓名"), _("电话"), _("核对日期")], (_row(one, bodies) for one in listed)
            )
        )
    else:
        show_empty(_("还没有联系方式"), _("在下面登记，预案体检会据此核对正文中的号码。"))
    if keepers:
        _show_forms(every, bodies, keepers)
    if changed:
        st.subheader(_("近期变更"))
        heads = [_("内容"), _("对象"), _("原为"), _("现为"), _("日期"), _("待处理的预案")]
        show(card_table(heads, (_changed(one, told_to[one.id]) for one in changed)))


def _of_unit(every: Sequence[Contact], bodies: Mapping[str, Organisation]) -> Sequence[Contact]:
    """Those of the unit in the address, all where it names none, with the way back to all."""
    unit = bodies.get(st.query_params.get("unit", ""))
    if unit is None:
        return every
    said = _("只列{unit}的联系方式。", unit=told(unit.name, unit.name_en))
    show(tag("div", said, " ", link(_("列出全部"), "/register#contacts"), cls="yy-account"))
    return [one for one in every if one.organisation == unit.id]


def _changed(one: replacements.RegisterChange, offered: Sequence[replacements.Replacement]) -> list[object]:
    return [_(KINDS[one.kind]), one.about, one.before, one.after, day_text(one.changed_at), _plans(offered)]


def _row(one: Contact, bodies: Mapping[str, Organisation]) -> list[object]:
    body = bodies.get(one.organisation or "")
    phones = join((_phone(phone) for phone in (one.phone, one.phone_spare) if phone), " ")
    return [told(body.name, body.name_en) if body else "—", one.post or "—", one.name, phones or "—", _checked(one)]


def _phone(phone: str) -> Html:
    return unbroken(phone) if is_phone(phone) else join([unbroken(phone), " ", badge(_("号码有误"), "bad")])


def _checked(one: Contact) -> Html:
    day = unbroken(day_text(one.checked_on))
    span = national_rule("L20").parameters["contacts"]
    is_old = one.checked_on is None or added(one.checked_on, span) < today()
    return join([day, " ", badge(_("未核"), "warn")]) if is_old else day


def _plans(offered: Sequence[replacements.Replacement]) -> Html:
    """The plans that still have the old words, each leading to where they are taken over."""
    places: dict[str, tuple[str, int]] = {}
    for one in offered:
        places[one.plan] = (one.title, places.get(one.plan, ("", 0))[1] + 1)
    if not places:
        return tag("span", _("无"))
    links = (
        tag("div", link(title, plan_address(plan, part="health")), " ", n_("{count}处", count))
        for plan, (title, count) in places.items()
    )
    return join(links)


def _show_forms(every: Sequence[Contact], bodies: Mapping[str, Organisation], keepers: Sequence[Organisation]) -> None:
    entering, correcting = st.tabs([_("登记联系方式"), _("核对或更正")])
    with entering, st.form("contact-new", border=False):
        body = st.selectbox(
            _("单位"), list(keepers), format_func=lambda one: told(one.name, one.name_en), key="contact-body"
        )
        fresh = _fields(Contact(name=""), "contact-new")
        if st.form_submit_button(_("登记"), type="primary", key="contact-add"):
            _enter(replace(fresh, organisation=body.id if body else None))
    with correcting:
        chosen = st.selectbox(
            _("联系方式"),
            list(every),
            format_func=lambda one: " ".join(filter(None, (_body(one, bodies), one.post, one.name))),
            key="contact-chosen",
        )
        if chosen is not None:
            with st.form("contact-correct", border=False):
                mended = _fields(chosen, f"contact-{chosen.id}")
                st.caption(_("保存即视为今日已核对。电话、人员、职务有变化的，会提示到写有原内容的预案。"))
                if st.form_submit_button(_("保存"), type="primary", key="contact-save"):
                    _correct(mended)


def _body(one: Contact, bodies: Mapping[str, Organisation]) -> str:
    body = bodies.get(one.organisation or "")
    return told(body.name, body.name_en) if body else ""


def _fields(one: Contact, key: str) -> Contact:
    left, middle, right, last = st.columns(4)
    return replace(
        one,
        post=left.text_input(_("职务"), value=one.post, key=f"{key}-post", max_chars=80),
        name=middle.text_input(_("姓名"), value=one.name, key=f"{key}-name", max_chars=80),
        phone=right.text_input(_("电话"), value=one.phone, key=f"{key}-phone", max_chars=40),
        phone_spare=last.text_input(_("备用电话"), value=one.phone_spare, key=f"{key}-spare", max_chars=40),
    )


def _enter(contact: Contact) -> None:
    with answered():
        guard(Action.EDIT_RESOURCES)
        with work() as asked:
            add_contact(asked, replace(contact, checked_on=local_day(asked.now)))
        leave_notice(_("已登记。"))


def _correct(contact: Contact) -> None:
    with answered():
        guard(Action.EDIT_RESOURCES)
        with work() as asked:
            made = replacements.correct_contact(asked, contact)
            count = len({one.plan for change in made for one in replacements.offers(asked, change.id)})
        if count:
            leave_notice(n_("已保存。{count}件预案写有原内容，已提示其编制人。", count))
        leave_notice(_("已保存。"))
