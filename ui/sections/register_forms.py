"""Entering, correcting and retiring entries of the register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import streamlit as st

from plans_repo import resources
from plans_repo.organisations import Organisation
from plans_repo.resources import MARKS, STOCK, Holding, Resource, ResourceClass
from plans_repo.store.roles import Action
from sim.figure import Mark
from sim.procedure import Pool
from ui.components.badges import MARKS as MARK_WORDS
from ui.components.choice import choose
from ui.components.counters import show_empty
from ui.components.html import show, tag
from ui.components.notice import leave_notice
from ui.components.plan_names import told
from ui.components.refusal import answered
from ui.components.register_table import amount, class_name, holding_name
from ui.identity import guard, reading, work
from ui.wording import _, day_text

MOST = 100_000_000
NEW = "new"


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What a form asks of an entry, whether it is new or corrected."""

    title: str
    quantity: int
    unit: str
    ready_share: float
    place: str
    pool: str
    quantity_per_unit: int
    source: str
    checked_on: date | None
    mark: Mark
    holding: Holding | None


def show_entering(keepers: Sequence[Organisation], pools: Mapping[str, Pool], today: date) -> None:
    """A form for a new entry."""
    left, right = st.columns(2)
    keeper = choose(left, _("保管单位"), keepers, lambda body: told(body.name, body.name_en), key="new-keeper")
    kind = choose(right, _("类别"), list(ResourceClass), class_name, key="new-kind")
    with st.form("entering"):
        asked = _figures(None, kind, pools, today)
        is_saving = st.form_submit_button(_("登记入账"), key="enter", type="primary")
    if is_saving:
        with answered():
            guard(Action.EDIT_RESOURCES)
            entry = Resource(kind=kind, keeper=keeper.id, **_fields(asked))
            with work() as opened:
                resources.add_resource(opened, entry)
            leave_notice(_("已登记“{title}”。", title=asked.title))


def show_correcting(
    every: Sequence[Resource], mine: Sequence[Resource], pools: Mapping[str, Pool], today: date, wanted: str
) -> None:
    """One entry with its figures to correct, and below it the way out of the register.

    Where the one *wanted* cannot be corrected this says why, and none is chosen.
    """
    if not mine:
        show_empty(_("没有可以更正的条目"), _("只能更正本单位保管的条目；应急管理部门可以更正辖区内的全部条目。"))
        return
    ids = [entry.id for entry in mine]
    if wanted and wanted not in ids:
        st.info(_why_not(next((entry for entry in every if entry.id == wanted), None)))
    entry = st.selectbox(
        _("条目"),
        mine,
        index=ids.index(wanted) if wanted in ids else None if wanted else 0,
        format_func=lambda one: f"{told(one.title, one.title_en)}　{amount(one)}　{one.place}",
        placeholder=_("请选择"),
        key=f"entry-{wanted}",
    )
    if entry is None:
        return
    with st.form(f"correcting-{entry.id}"):
        asked = _figures(entry, entry.kind, pools, today)
        reason = st.text_input(_("更正理由"), max_chars=resources.MOST_REASON, key=f"reason-{_state(entry)}")
        is_saving = st.form_submit_button(_("保存更正"), key="correct", type="primary")
    if is_saving:
        with answered():
            guard(Action.EDIT_RESOURCES)
            changed = replace(entry, **_fields(asked), **_translations(entry, asked))
            with work() as opened:
                resources.change_resource(opened, changed, reason=reason)
            leave_notice(_("已更正“{title}”。", title=asked.title))
    _show_reasons(entry)
    _show_retiring(entry)


def _why_not(wanted: Resource | None) -> str:
    """Why an entry cannot be corrected."""
    if wanted is None:
        return _("没有这个条目，或者它不在本单位可以查看的范围内。")
    title = told(wanted.title, wanted.title_en)
    if wanted.retired_at is not None:
        return _("“{title}”已经注销，不能再更正。", title=title)
    return _("“{title}”不归本单位更正。", title=title)


def _show_reasons(entry: Resource) -> None:
    """Why the entry was corrected before, the latest first."""
    with reading() as opened:
        given = resources.reasons(opened, entry)
    if given:
        lines = (_("{day}：{why}", day=day_text(each.given_at), why=each.text) for each in given)
        show(tag("div", tag("small", _("此前的更正")), *(tag("small", line, cls="yy-source") for line in lines)))


def _show_retiring(entry: Resource) -> None:
    with st.form(f"retiring-{entry.id}"):
        st.caption(_("注销后不再计入推演和合计，条目和理由仍留在台账中；注销不能撤回，需要时重新登记。"))
        reason = st.text_input(_("注销理由"), max_chars=resources.MOST_REASON, key=f"why-{_state(entry)}")
        is_retiring = st.form_submit_button(_("注销条目"), key="retire")
    if is_retiring:
        with answered():
            guard(Action.EDIT_RESOURCES)
            with work() as opened:
                resources.retire_resource(opened, entry, reason=reason)
            leave_notice(_("已注销“{title}”。", title=entry.title))


def _figures(entry: Resource | None, kind: ResourceClass, pools: Mapping[str, Pool], today: date) -> Figures:
    """The fields of an entry, filled with what it holds now."""
    key = _state(entry)
    left, middle, right = st.columns(3)
    title = left.text_input(_("名称"), entry.title if entry else "", max_chars=200, key=f"title-{key}")
    quantity = middle.number_input(_("数量"), 0, MOST, entry.quantity if entry else 1, 1, key=f"quantity-{key}")
    unit = right.text_input(_("计量单位"), entry.unit if entry else "", max_chars=40, key=f"unit-{key}")
    place = left.text_input(_("存放（驻地）地点"), entry.place if entry else "", max_chars=200, key=f"place-{key}")
    holding = None
    if kind in STOCK:
        forms = list(Holding)
        present = forms.index(entry.holding) if entry and entry.holding else 0
        holding = choose(middle, _("储备方式"), forms, holding_name, key=f"holding-{key}", index=present)
    ready = (right if kind in STOCK else middle).number_input(
        _("可调用比例（%）"), 0, 100, round(entry.ready_share * 100) if entry else 100, 1, key=f"ready-{key}"
    )
    names = ["", *pools]
    pool = choose(
        left,
        _("推演中充当"),
        names,
        lambda name: told(pools[name].title, pools[name].title_en) if name in pools else _("不参与推演"),
        key=f"pool-{key}",
        index=names.index(entry.pool) if entry and entry.pool in pools else 0,
    )
    per_unit = middle.number_input(
        _("每多少个折合一个力量单位"), 1, MOST, entry.quantity_per_unit if entry else 1, 1, key=f"per-unit-{key}"
    )
    counted_on = right.date_input(
        _("统计日期"), entry.checked_on if entry else today, format="YYYY-MM-DD", key=f"day-{key}"
    )
    source = left.text_input(
        _("数据来源"),
        entry.source if entry else "",
        max_chars=300,
        placeholder=_("文件、盘点表或者调查报告的名称"),
        key=f"source-{key}",
    )
    known = choose(
        middle, _("标记"), MARKS, lambda one: _(MARK_WORDS[one.value][0]), key=f"mark-{key}",
        index=MARKS.index(entry.mark) if entry else MARKS.index(Mark.TO_BE_CONFIRMED),
    )  # fmt: skip
    return Figures(
        title=title.strip(),
        quantity=int(quantity),
        unit=unit.strip(),
        ready_share=_share(entry, int(ready)),
        place=place.strip(),
        pool=_pool(entry, pool, pools),
        quantity_per_unit=int(per_unit),
        source=source.strip(),
        checked_on=counted_on,
        mark=known,
        holding=holding,
    )


def _share(entry: Resource | None, percent: int) -> float:
    """The share as it is kept, unless another percentage was chosen."""
    if entry and percent == round(entry.ready_share * 100):
        return entry.ready_share
    return percent / 100


def _pool(entry: Resource | None, chosen: str, pools: Mapping[str, Pool]) -> str:
    """The pool chosen; one that no procedure knows is left as it is."""
    is_foreign = entry is not None and entry.pool and entry.pool not in pools
    return entry.pool if entry and is_foreign and not chosen else chosen


def _fields(asked: Figures) -> dict[str, Any]:
    return {name: getattr(asked, name) for name in Figures.__dataclass_fields__}


def _translations(entry: Resource, asked: Figures) -> dict[str, Any]:
    """The English of a title or a source goes with its Chinese."""
    return {
        "title_en": entry.title_en if asked.title == entry.title else "",
        "source_en": entry.source_en if asked.source == entry.source else "",
    }


def _state(entry: Resource | None) -> str:
    """What the keys of a form end in, so that it is filled anew for another entry and after a change."""
    return f"{entry.id}-{entry.revision}" if entry else NEW
