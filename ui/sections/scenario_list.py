"""The list of scenarios and compound events, and the ways to begin one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from plans_repo import scenario_versions, scenarios
from plans_repo.authored import edits, toml_text
from plans_repo.authored.ranges import LONGEST
from plans_repo.packs.naming import name_of
from sim.compound import Compound
from sim.hazards.models import MODELS
from sim.scenario import Scenario
from ui.components.badges import badge
from ui.components.html import Html, link, show, table
from ui.components.plan_names import told
from ui.components.refusal import answered
from ui.identity import reading, work
from ui.sections.compound_form import compound_form
from ui.wording import _, language

Event = Scenario | Compound


def address(event: str, *, edit: bool = False, version: int = 0) -> str:
    """Where an event is shown, or changed."""
    return f"/scenarios?id={event}" + (f"&v={version}" if version else "") + ("&edit=1" if edit else "")


def show_list(*, may_write: bool) -> None:
    """Everything there is, and forms to begin a scenario, bring one in, or put several together."""
    with reading() as asked:
        found, compounds = scenarios.list_scenarios(asked), scenarios.list_compounds(asked)
        every: list[Event] = [*found, *compounds]
        numbers = {one.id: scenario_versions.number_of(asked, one) for one in every}
    if may_write:
        _begin(found)
    st.subheader(_("情景"))
    show(_table(found, numbers))
    st.subheader(_("复合情景：几个事件先后或者同时发生"))
    show(_table(compounds, numbers))


def _table(events: Sequence[Event], numbers: dict[str, int]) -> Html:
    rows = [
        [
            link(told(one.title, one.title_en), address(one.id)),
            _("复合情景") if isinstance(one, Compound) else name_of("spread", one.spread, language()),
            _origin(numbers[one.id]),
            told(one.summary, one.summary_en),
        ]
        for one in sorted(events, key=lambda one: numbers[one.id] == 0)
    ]
    return table([_("标题"), _("种类"), _("来源"), _("概述")], rows)


def _origin(number: int) -> Html:
    return badge(_("本地第{number}版", number=number), "info") if number else badge(_("系统自带"), "plain")


def _begin(found: tuple[Scenario, ...]) -> None:
    with st.expander(_("新建情景"), key="scenario-new"):
        _new(found)
    with st.expander(_("读入情景文件"), key="scenario-import"):
        _bring_in()
    with st.expander(_("几个事件合成一个复合情景"), key="compound-new"):
        compound_form(None, number=0)


def _new(found: tuple[Scenario, ...]) -> None:
    how = st.radio(
        _("从哪里开始"),
        ["copy", "fresh"],
        format_func=lambda one: _("复制已有情景再修改") if one == "copy" else _("按情景种类新建"),
        horizontal=True,
        key="scenario-how",
    )
    by_id = {one.id: one for one in found}
    if how == "copy":
        base = st.selectbox(
            _("复制哪一个"), list(by_id), format_func=lambda one: told(by_id[one].title, by_id[one].title_en),
            key="scenario-base",
        )  # fmt: skip
    else:
        base = st.selectbox(
            _("情景种类"),
            list(MODELS),
            format_func=lambda one: name_of("spread", one, language()),
            key="scenario-spread",
        )
        st.caption(_("先填入该种类的默认参数和每类一个地点，保存后逐项修改。"))
    title = st.text_input(_("标题"), key="scenario-title", max_chars=LONGEST["title"])
    if st.button(_("建立"), key="scenario-create", type="primary"):
        with answered():
            _create(how, by_id, str(base), title)


def _create(how: str, by_id: dict[str, Scenario], base: str, title: str) -> None:
    with work() as doing:
        new_id = new_name(doing.new_id())
        title = title.strip() or (copy_title(by_id[base].title) if how == "copy" else "")
        made = edits.copied(by_id[base], new_id, title) if how == "copy" else edits.fresh(base, new_id, title)
        number = scenario_versions.number_of(doing, by_id[base]) if how == "copy" else 0
        source = f"{base}@{number}" if number else base if how == "copy" else ""
        scenario_versions.save(doing, made, made_from=source, after=0)
    go_to(new_id, edit=True)


def copy_title(title: str) -> str:
    """The title of a copy nobody has named yet, so that lists tell the two apart."""
    return _("{title}（副本）", title=title[: LONGEST["title"] - 10])


def new_name(unique: str) -> str:
    """The id of an event that was begun on a page."""
    return f"s-{unique.replace('-', '')[:10]}"


def go_to(event: str, *, edit: bool = False) -> None:
    """Go on at the address of an event."""
    st.query_params.from_dict({"id": event, **({"edit": "1"} if edit else {})})
    st.rerun()


def _bring_in() -> None:
    file = st.file_uploader(_("情景文件（TOML）"), type=["toml"], key="scenario-file")
    st.caption(_("文件中的编号已有时存为新版本；系统自带情景的文件请先改编号。"))
    if file is not None and st.button(_("读入"), key="scenario-take"):
        with answered():
            with work() as doing:
                event = toml_text.read(file.getvalue(), lambda name: scenarios.scenario(doing, name))
                if scenario_versions.is_of_packs(event.id):
                    event = replace(event, id=new_name(doing.new_id()))
                scenario_versions.save(doing, event, reason=_("读入文件 {name}", name=file.name[:100]))
            go_to(event.id)
