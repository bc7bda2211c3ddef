"""What fails in an event: the lines, a button to take each out, and a form for one more."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from plans_repo.packs.naming import name_of
from sim.failures import Failure, FailureKind
from ui.components.refusal import answered
from ui.wording import _, language

EVERYWHERE = ""


def failure_form(
    given: Sequence[Failure],
    told: Callable[[tuple[Failure, ...]], Sequence[str]],
    things: Mapping[str, str],
    *,
    key: str,
) -> tuple[Failure, ...]:
    """The failures as the form has them now; *told* says each in a line, *things* are what may fail, by id."""
    kept: list[Failure] = st.session_state.setdefault(f"{key}-failures", list(given))
    for at, line in enumerate(told(tuple(kept))):
        left, right = st.columns([4, 1])
        left.markdown(line)
        if right.button(_("删去此项"), key=f"{key}-unfail-{at}"):
            kept.pop(at)
            st.rerun()
    if not kept:
        st.caption(_("没有设定失效。可以设定通信中断、指挥人员不在位、道路中断、设备故障。"))
    _one_more(kept, {EVERYWHERE: _("所有道路（只用于道路中断）"), **things}, key)
    return tuple(kept)


def _one_more(kept: list[Failure], choices: dict[str, str], key: str) -> None:
    with st.form(f"{key}-fail", clear_on_submit=False):
        kind = st.selectbox(
            _("什么失效"), list(FailureKind), format_func=lambda one: name_of("failure_kind", one, language()),
            key=f"{key}-fail-kind",
        )  # fmt: skip
        of = st.selectbox(_("对象"), list(choices), format_func=lambda one: choices[one], key=f"{key}-fail-of")
        left, middle, right = st.columns(3)
        start = left.number_input(_("自第几分钟"), value=0.0, step=10.0, format="%g", key=f"{key}-fail-from")
        until = middle.number_input(
            _("至第几分钟（0 为到底）"), value=0.0, step=10.0, format="%g", key=f"{key}-fail-until"
        )
        units = right.number_input(_("数量（0 为全部）"), value=0, step=1, key=f"{key}-fail-units")
        if st.form_submit_button(_("加入失效")):
            with answered():
                kept.append(
                    Failure(
                        kind=FailureKind(str(kind)),
                        of=of,
                        from_min=start,
                        until_min=until if until else None,
                        units=int(units),
                    )
                )
                st.rerun()
