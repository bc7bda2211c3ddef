"""The form of a scenario: words, figures, places, failures; what it holds is a scenario as it would be saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from plans_repo.authored.ranges import LONGEST, range_of
from plans_repo.failure_words import failures_told
from plans_repo.packs import reading as packs
from plans_repo.packs.cases import made_for
from plans_repo.packs.naming import codes_of, name_of
from plans_repo.word.numbers import unit_name
from plans_repo.word.wording import Wording
from sim.apart import told_apart
from sim.circumstance import ALTERNATIVES, Aspect, Circumstance
from sim.failures import Failure
from sim.figure import Figure, Mark
from sim.scenario import Parameter, Place, Scenario
from ui.components.badges import MARKS
from ui.components.plan_names import told
from ui.sections.failure_form import failure_form
from ui.wording import _, language, later

_TITLES = {"id": later("编号"), "title": later("名称")}


def scenario_form(scenario: Scenario, *, key: str) -> Scenario:
    """The scenario as the form has it now; refused by what the fields themselves refuse."""
    words, figures, places, failures = st.tabs(
        [_("基本情况"), _("参数"), _("地点和人员"), _("失效")], key=f"{key}-tabs"
    )
    with words:
        scenario = _words(scenario, key)
    with figures:
        scenario = replace(scenario, parameters=_figures(scenario, key), measures=_measures(scenario, key))
    with places:
        scenario = replace(scenario, places=tuple(_places(scenario, key)))
    with failures:
        return replace(scenario, failures=_failures(scenario, key))


def _words(scenario: Scenario, key: str) -> Scenario:
    title = st.text_input(_("标题"), scenario.title, max_chars=LONGEST["title"], key=f"{key}-title")
    summary = st.text_area(_("概述"), scenario.summary, max_chars=LONGEST["summary"], key=f"{key}-summary")
    horizon = st.number_input(
        _("推演时长（分钟，从情景零时起，最长一年）"),
        value=float(scenario.horizon_min),
        step=60.0,
        key=f"{key}-horizon",
    )
    chosen: list[Circumstance] = []
    for aspect, ways in ALTERNATIVES.items():
        given = next((one for one in scenario.circumstances if one in ways), None)
        one = st.selectbox(
            _(_ASPECTS[aspect]),
            list(ways),
            index=ways.index(given) if given else None,
            format_func=lambda each: made_for((), (each,), language()),
            placeholder=_("不限定"),
            key=f"{key}-{aspect.value}",
        )
        chosen += [one] if one else []
    is_same = set(chosen) == set(scenario.circumstances)
    return replace(
        scenario,
        title=title,
        title_en=scenario.title_en if title == scenario.title else "",
        summary=summary,
        summary_en=scenario.summary_en if summary == scenario.summary else "",
        horizon_min=float(horizon),
        circumstances=scenario.circumstances if is_same else tuple(chosen),
    )


_ASPECTS = {
    Aspect.HOURS: later("上班时间"),
    Aspect.DAYLIGHT: later("昼夜"),
    Aspect.AREA: later("城乡"),
    Aspect.GRADE: later("事件分级"),
}


def _figures(scenario: Scenario, key: str) -> tuple[Parameter, ...]:
    words = Wording(language())
    marks = {mark: _(MARKS[mark][0]) for mark in Mark}
    frame = pd.DataFrame(
        {
            "title": [told(one.title or one.name, one.title_en) for one in scenario.parameters],
            "value": [one.figure.value for one in scenario.parameters],
            "unit": [unit_name(words, one.figure.unit) for one in scenario.parameters],
            "range": [_range_words(one) for one in scenario.parameters],
            "mark": [marks[one.figure.mark] for one in scenario.parameters],
            "source": [one.figure.source for one in scenario.parameters],
        }
    )
    st.caption(_("可改“值”“依据”“出处”三栏。名称含“离散度”的参数决定随机范围，0 为不随机。"))
    edited = st.data_editor(
        frame,
        key=f"{key}-figures",
        hide_index=True,
        disabled=["title", "unit", "range"],
        column_config={
            "title": st.column_config.TextColumn(_("参数")),
            "value": st.column_config.NumberColumn(_("值"), format="%g", required=True),
            "unit": st.column_config.TextColumn(_("单位")),
            "range": st.column_config.TextColumn(_("允许范围")),
            "mark": st.column_config.SelectboxColumn(_("依据"), options=list(marks.values()), required=True),
            "source": st.column_config.TextColumn(_("出处"), max_chars=LONGEST["source"], required=True),
        },
    )
    named = {word: mark for mark, word in marks.items()}
    return tuple(
        replace(
            one,
            figure=Figure(
                value=float(row["value"]),
                unit=one.figure.unit,
                source=str(row["source"] or ""),
                mark=named[row["mark"]],
            ),
        )
        for one, row in zip(scenario.parameters, edited.to_dict("records"), strict=True)
    )


def _measures(scenario: Scenario, key: str) -> tuple[tuple[str, float], ...]:
    """What the conditions of response levels ask for by number; rows may be added and taken out."""
    st.markdown(f"**{_('启动响应所看的数字')}**")
    st.caption(_("按这些数字判定启动哪一级响应；启动条件写“且”的，几个数字须同时达到。"))
    codes = dict.fromkeys((*codes_of("measure"), *(name for name, _value in scenario.measures)))
    names = {code: name_of("measure", code, language()) for code in codes}
    rows = [{"name": names[name], "value": value} for name, value in scenario.measures]
    edited = st.data_editor(
        pd.DataFrame(rows, columns=["name", "value"]).astype({"value": float}),
        key=f"{key}-measures",
        num_rows="dynamic",
        hide_index=True,
        column_config={
            "name": st.column_config.SelectboxColumn(_("项目"), options=list(names.values()), required=True),
            "value": st.column_config.NumberColumn(_("值"), format="%g", required=True),
        },
    )
    code_of = {word: code for code, word in names.items()}
    found = [row for row in edited.to_dict("records") if row["name"] in code_of and not pd.isna(row["value"])]
    return tuple({code_of[row["name"]]: float(row["value"]) for row in found}.items())


def _range_words(one: Parameter) -> str:
    bounds = range_of(one.name, one.figure.unit)
    return f"{bounds.low:g} – {bounds.high:g}"


def _places(scenario: Scenario, key: str) -> list[Place]:
    """A table for each kind of place; rows may be added and taken out."""
    found: list[Place] = []
    for kind in dict.fromkeys(place.kind for place in scenario.places):
        st.markdown(f"**{name_of('place_kind', kind, language())}**")
        found += _of_kind(scenario.of_kind(kind), kind, key)
    return found


def _of_kind(places: Sequence[Place], kind: str, key: str) -> list[Place]:
    names = list(dict.fromkeys(name for place in places for name, _value in place.numbers))
    rows = [{"id": p.id, "title": p.title, **{name: dict(p.numbers).get(name) for name in names}} for p in places]
    edited = st.data_editor(
        pd.DataFrame(rows, columns=["id", "title", *names]),
        key=f"{key}-places-{kind}",
        num_rows="dynamic",
        hide_index=True,
        column_config={
            **{name: st.column_config.TextColumn(_(word), required=True) for name, word in _TITLES.items()},
            **{
                name: st.column_config.NumberColumn(name_of("place_number", name, language()), format="%g")
                for name in names
            },
        },
    )
    known = {place.id: place for place in places}
    return [_place(row, kind, names, known) for row in edited.to_dict("records")]


def _place(row: dict[str, object], kind: str, names: Sequence[str], known: dict[str, Place]) -> Place:
    numbers = tuple((name, float(str(row[name]))) for name in names if not pd.isna(row[name]))
    name, title = str(row["id"] or ""), str(row["title"] or "")
    before = known.get(name)
    english = before.title_en if before and before.title == title else ""
    order = [each for each, _value in before.numbers] if before else names
    given = dict(numbers)
    ordered = tuple((each, given[each]) for each in (*order, *(n for n in names if n not in order)) if each in given)
    return Place(id=name, title=title, kind=kind, numbers=ordered, title_en=english)


# -- failures ------------------------------------------------------------------------


def _failures(scenario: Scenario, key: str) -> tuple[Failure, ...]:
    procedure = packs.template(scenario.spread).procedure
    return failure_form(
        scenario.failures,
        lambda kept: failures_told(replace(scenario, failures=kept), procedure, language()),
        {
            **{pool.id: told(pool.title, pool.title_en) for pool in told_apart(procedure, scenario).pools},
            **{place.id: told(place.title, place.title_en) for place in scenario.places},
        },
        key=key,
    )
